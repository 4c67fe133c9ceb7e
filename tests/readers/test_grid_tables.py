"""Tables drawn in characters."""

from __future__ import annotations

import pytest

from tests.support.extracting import read_document
from tests.support.whole import assert_whole

GRID = """\
+--------+-----------------+
| Crop   | What to do      |
+========+=================+
| # Peas | Dig:            |
|        |                 |
|        | • a deep trench |
|        |   in autumn;    |
|        |                 |
|        | • two rows.     |
+--------+-----------------+
| <div>  | Wait for spring |
|        | -- or longer.   |
| Kale   |                 |
|        |                 |
| </div> |                 |
+--------+-----------------+
| Not before May           |
| in the north.            |
+--------+-----------------+
"""


def told(text: str) -> list[tuple[str, int, int, str]]:
    document = read_document(text)
    assert_whole(document)
    return [
        (block.kind.value, block.place.row, block.place.column, block.text.folded)
        for block in document.blocks
    ]


def test_a_cell_has_lines_and_paragraphs_and_items() -> None:
    assert told(GRID) == [
        ("paragraph", 0, 0, "Crop"),
        ("paragraph", 0, 1, "What to do"),
        ("paragraph", 1, 0, "Peas"),
        ("paragraph", 1, 1, "Dig:"),
        ("item", 1, 1, "a deep trench in autumn;"),
        ("item", 1, 1, "two rows."),
        ("paragraph", 2, 0, "Kale"),
        ("paragraph", 2, 1, "Wait for spring – or longer."),
        ("paragraph", 3, 0, "Not before May in the north."),
    ]


def test_a_cell_without_a_bar_inside_reaches_over_columns() -> None:
    assert read_document(GRID).blocks[-1].place.columns == 2


def test_text_around_the_table_is_no_part_of_it() -> None:
    places = [block.place.table for block in read_document(f"before\n\n{GRID}\nafter\n").blocks]
    assert places == [0, *[1] * 9, 0]


def test_a_word_that_a_narrow_column_may_have_broken_is_told() -> None:
    document = read_document("+-----+----+\n| au  | x  |\n| tumn| y  |\n+-----+----+\n")
    assert [block.text.folded for block in document.blocks] == ["au tumn", "x y"]
    assert [passage.text for passage in document.cut] == ["tumn"]
    assert_whole(document)


@pytest.mark.parametrize(
    "text",
    [
        # One rule: each line is a row.
        "| a | b |\n|---+---|\n| c | d |\n| e | f |\n",
        "+ a sum\n+ another\n",
    ],
)
def test_what_is_no_such_table(text: str) -> None:
    lines = {block.text.text.count("\n") for block in read_document(text).blocks}
    assert lines == {0}
    assert_whole(read_document(text))
