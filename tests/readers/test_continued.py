"""Tables that a converter began anew on each page."""

from __future__ import annotations

from tests.support.extracting import read_document
from tests.support.whole import assert_whole

HEAD = "| Crop | Dig | Sow |\n|---|---|---|\n"


def places(text: str) -> list[tuple[str, int, int, int]]:
    document = read_document(text)
    assert_whole(document)
    return [
        (b.text.folded, b.place.table, b.place.row, b.place.column)
        for b in document.blocks
        if b.place.table and b.text.folded not in ("Crop", "Dig", "Sow")
    ]


def test_below_a_head_row_said_again_a_row_without_its_name_goes_on_with_the_last() -> None:
    first = f"{HEAD}| Peas | a deep | in rows; |\n"
    text = f"{first}\n7\n\n{HEAD}| | trench; | and water. |\n| Kale | x | y |\n"
    assert places(text) == [
        ("Peas", 1, 1, 0),
        ("a deep", 1, 1, 1),
        ("in rows;", 1, 1, 2),
        ("trench;", 1, 1, 1),
        ("and water.", 1, 1, 2),
        ("Kale", 1, 3, 0),
        ("x", 1, 3, 1),
        ("y", 1, 3, 2),
    ]


def test_what_goes_on_may_stand_where_a_head_row_would() -> None:
    text = f"{HEAD}| Peas | a deep | in rows; |\n\n|Col1|trench;|• and water.|\n|---|---|---|\n"
    assert places(text)[3:] == [("trench;", 1, 1, 1), ("and water.", 1, 1, 2)]


def test_a_table_after_other_text_is_another() -> None:
    text = f"{HEAD}| Peas | a deep | in rows; |\n\nOf roots\n\n{HEAD}| | trench; | and water. |\n"
    assert [table for _, table, _, _ in places(text)] == [1, 1, 1, 2, 2]


def test_a_table_with_a_head_of_its_own_is_another() -> None:
    text = f"{HEAD}| Peas | a | b |\n\n| Tool | Clean | Mend |\n|---|---|---|\n| Hoe | c | d |\n"
    assert [table for _, table, _, _ in places(text)] == [1, 1, 1, 2, 2, 2, 2, 2, 2]


def test_a_row_whose_first_cell_is_empty_is_no_rest_if_it_begins_as_a_text_does() -> None:
    text = f"{HEAD}| Peas | a | b |\n\n| | Under glass | Outdoors |\n|---|---|---|\n"
    assert [table for _, table, _, _ in places(text)] == [1, 1, 1, 2, 2]
