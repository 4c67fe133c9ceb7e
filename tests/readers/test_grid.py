from __future__ import annotations

from pathlib import Path

import pytest

from breakthrough_extract.document import BlockKind
from breakthrough_extract.readers.grid import is_grid, read_grid
from tests.support.accounting import faults, shared, source

TWO_COLUMNS = """\
Apples                            Pears
Apples are red when ripe:         Pears are yellow when ripe:
• pick them in autumn, by hand    • pick them early; they ripen
  and with care;                    in the cellar;
• keep them cool.                 • eat them soon.
"""

TABLE = """\
Fruit     GREEN                RIPE

Apple     Hard and sour:       Sweet and red:
          • leave it on the    • pick it by hand;
            tree; and          • keep it cool.
          • wait.

Pear      Hard as wood:        Soft, for a day:
          • pick it early;     • eat it at once.
          • wait.
"""


def texts(text: str) -> list[str]:
    return [block.text.folded for block in read_grid(source(text)).blocks]


def test_columns_are_read_one_after_the_other() -> None:
    assert texts(TWO_COLUMNS) == [
        "Apples Apples are red when ripe:",
        "pick them in autumn, by hand and with care;",
        "keep them cool.",
        "Pears Pears are yellow when ripe:",
        "pick them early; they ripen in the cellar;",
        "eat them soon.",
    ]


def test_a_soft_line_break_stays_a_line_break() -> None:
    items = [b for b in read_grid(source(TWO_COLUMNS)).blocks if b.kind == BlockKind.ITEM]
    assert items[0].text.text == "pick them in autumn, by hand\nand with care;"


def test_rows_and_columns_of_a_table_are_told() -> None:
    cells = {
        (b.place.row, b.place.column): b.text.folded
        for b in reversed(read_grid(source(TABLE)).blocks)
    }
    assert cells == {
        (0, 0): "Fruit",
        (0, 1): "GREEN",
        (0, 2): "RIPE",
        (1, 0): "Apple",
        (1, 1): "Hard and sour:",
        (1, 2): "Sweet and red:",
        (2, 0): "Pear",
        (2, 1): "Hard as wood:",
        (2, 2): "Soft, for a day:",
    }


def test_columns_whose_lines_differ_in_height_are_not_torn() -> None:
    text = """\
• the first of the items goes
                                  • the other item stands a
  over several lines
                                    little lower than the
  of which each has a row
                                    first and is as long
  of its own.
                                    as the first is.
"""
    assert texts(text) == [
        "the first of the items goes over several lines of which each has a row of its own.",
        "the other item stands a little lower than the first and is as long as the first is.",
    ]


def test_a_form_feed_ends_a_page() -> None:
    document = read_grid(source(TWO_COLUMNS + "\f" + TWO_COLUMNS))
    assert [block.place.page for block in document.blocks] == [1] * 6 + [2] * 6


def test_a_head_row_on_each_page_makes_one_table() -> None:
    head = "Fruit     GREEN                RIPE\n\n"
    moved = "Fruit        GREEN                RIPE\n\n"
    first = head + "Apple     Hard and sour.       Sweet and red.\n"
    second = moved + "Pear         Hard as wood.        Soft, for a day.\n"
    document = read_grid(source(first + "\f" + second))
    found = [(b.place.row, b.text.folded) for b in document.blocks if b.place.row]
    assert {block.place.table for block in document.blocks} == {1}
    assert found[0] == (1, "Apple")
    assert found[3] == (2, "Pear")


LABELLED = """\
GREEN       Hard and sour:
            • leave it on the tree, or pick it and
              wait for a week;
            • keep the birds away.
RIPE        Sweet and red:
            • pick it by hand.
OVERRIPENED Soft, for a day:
            • eat it at once;
            • make jam of what is left.
"""


def test_one_space_parts_a_label_from_the_text_beside_it() -> None:
    assert is_grid(LABELLED)
    assert "OVERRIPENED" in texts(LABELLED)
    assert "Soft, for a day:" in texts(LABELLED)
    assert not faults(read_grid(source(LABELLED)))


def test_a_table_goes_on_though_its_columns_stand_elsewhere_on_the_next_page() -> None:
    second = """\
            • the last of it.      • the last of all.

  Pear      Hard as wood:          Soft, for a day:
            • pick it early;       • eat it at once.
            • wait.
"""
    document = read_grid(source(TABLE + "\f" + second))
    last = {(b.place.table, b.place.row, b.text.folded) for b in document.blocks[-30:]}
    assert (1, 2, "the last of it.") in last
    assert (1, 3, "Pear") in last


def test_drawn_lines_are_markup() -> None:
    text = TABLE.replace("\n\n", "\n" + "-" * 40 + "\n", 1)
    document = read_grid(source(text))
    assert not faults(document)
    assert all("--" not in block.text.text for block in document.blocks)


@pytest.mark.parametrize("text", [TWO_COLUMNS, TABLE, TABLE.expandtabs()])
def test_columns_kept_by_spaces_are_a_grid(text: str) -> None:
    assert is_grid(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One line.\n" * 50,
        "    an indented line\n" * 50,
        "•     an item with its mark far off\n" * 50,
        "12.     a numbered item\n" * 50,
        "| a      | table   | in Markdown |\n" * 50,
        "<td>a</td>      <td>b</td>\n" * 50,
        "A sentence.  Two spaces after it.\n" * 50,
        "text text text\n" * 60 + "a slip     of the thumb\n" * 3,
    ],
)
def test_other_text_is_no_grid(text: str) -> None:
    assert not is_grid(text)


@pytest.mark.parametrize("text", [TWO_COLUMNS, TABLE, "", "\f\f", "a\tb\n\n  c\r\n----\n"])
def test_each_character_is_in_one_block_or_markup(text: str) -> None:
    assert faults(read_grid(source(text))) == []


FILES = shared("*layout.txt")


@pytest.mark.skipif(not FILES, reason="no shared conversions; set BREAKTHROUGH_SHARED")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_character_of_a_shared_file_is_accounted_for(path: Path) -> None:
    assert faults(read_grid(source(path.read_text(encoding="utf-8")))) == []
