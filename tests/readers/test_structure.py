"""What the readers tell of a text's structure: depth, merged cells, templates, inline marks."""

from __future__ import annotations

import pytest

from breakthrough_extract.document import Block, BlockKind
from breakthrough_extract.readers.text import read_text
from tests.support.accounting import faults, source


def blocks(text: str) -> tuple[Block, ...]:
    document = read_text(source(text))
    assert faults(document) == []
    return document.blocks


def texts(text: str) -> list[str]:
    return [block.text.folded for block in blocks(text)]


def test_items_have_their_depth_whatever_indents_them() -> None:
    text = "- one\n  - two\n    - three\n\n* four\n\t* five\n"
    assert [(block.text.text, block.level) for block in blocks(text)] == [
        ("one", 0),
        ("two", 1),
        ("three", 2),
        ("four", 0),
        ("five", 2),
    ]


def test_items_of_html_have_their_depth() -> None:
    text = "<html><body><ul><li>one<ul><li>two</li></ul></li><li>three</li></ul></body></html>"
    assert [(block.text.text, block.level) for block in blocks(text)] == [
        ("one", 0),
        ("two", 1),
        ("three", 0),
    ]


def test_what_stands_before_a_heading_is_no_heading() -> None:
    text = "<html><body>a word<h2>A title</h2></body></html>"
    assert [block.kind for block in blocks(text)] == [BlockKind.PARAGRAPH, BlockKind.HEADING]


def test_dashes_are_marks_where_the_item_before_began_with_one() -> None:
    text = "* a star\n* a star\n* a star\n\n- a dash\n- a dash that has no stop\n- a last one\n"
    assert len(blocks(text)) == 6


def test_merged_cells_say_how_far_they_reach() -> None:
    text = (
        "<table><tr><td rowspan='2'>a</td><td colspan='2'>b</td></tr>"
        "<tr><td>c</td><td>d</td></tr></table>"
    )
    places = {block.text.text: block.place for block in blocks(text)}
    assert (places["a"].rows, places["a"].columns) == (2, 1)
    assert (places["b"].rows, places["b"].columns) == (1, 2)
    assert (places["d"].row, places["d"].column) == (1, 2)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("see [the pond](https://ponds.example/(deep)) now", "see the pond now"),
        ("see [the pond][1] now", "see the pond now"),
        ("set `depth = 2` first", "set depth = 2 first"),
        ("a <span class='x'>wet</span> pond", "a wet pond"),
        ("the [=pond=] is wet", "the pond is wet"),
        ("a ![frog](frog.png) sits", "a sits"),
        ('[ponds]({{< ref "/ponds#deep" >}}) are wet', "ponds are wet"),
        (r"\>1 frog", ">1 frog"),
        ("a [sic] stays, and so does a[0]", "a [sic] stays, and so does a[0]"),
        ("no link: [x] (y)", "no link: [x] (y)"),
    ],
)
def test_marks_within_a_line_are_markup(text: str, read: str) -> None:
    assert texts(text + "\n") == [read]


def test_front_matter_is_markup_at_the_head_and_where_files_were_joined() -> None:
    text = (
        "---\ntitle: Ponds\nnote: any thing\n---\n\nwet\n\n---\n\nlayout: pond\norder: 2\n\n---\n"
    )
    assert texts(text + "\n# Deep\n") == ["wet", "Deep"]


def test_a_rule_and_a_sentence_with_a_colon_are_no_front_matter() -> None:
    text = (
        "wet\n\n---\n\nA note: it rains. And it rains again.\nNothing more to say\n\n---\n\ndry\n"
    )
    assert texts(text) == [
        "wet",
        "A note: it rains. And it rains again. Nothing more to say",
        "dry",
    ]


@pytest.mark.parametrize(
    "call",
    ['{{< tab name="Frogs" >}}', '{{% tab "Frogs" %}}', '{{< details title="Frogs" open >}}'],
)
def test_a_tab_is_a_heading(call: str) -> None:
    (heading, item) = blocks(f"{call}\n\n- green\n\n{{{{< /tab >}}}}\n")
    assert (heading.kind, heading.text.text) == (BlockKind.HEADING, "Frogs")
    assert item.text.text == "green"


def test_other_calls_of_templates_are_markup() -> None:
    assert texts("{% include frogs.md %}\n\n{{< tabs >}}\n\nwet\n") == ["wet"]


def test_a_folded_part_is_a_heading() -> None:
    text = "<details>\n<summary>Frogs</summary>\n\n- green\n\n</details>\n"
    assert [(block.kind, block.text.text) for block in blocks(text)] == [
        (BlockKind.HEADING, "Frogs"),
        (BlockKind.ITEM, "green"),
    ]


def test_a_script_and_a_comment_end_where_they_end() -> None:
    text = "<script>\nlet a = 1\n\nlet b = 2\n</script>\n\n<!-- one\n\ntwo -->\n\nwet\n"
    assert texts(text) == ["wet"]


def test_a_table_needs_no_bars_at_its_ends() -> None:
    places = [
        (block.text.text, block.place.row, block.place.column)
        for block in blocks("pond | frogs\n--- | ---\ndeep | two\n\nno | table\n")
    ]
    assert places == [
        ("pond", 0, 0),
        ("frogs", 0, 1),
        ("deep", 1, 0),
        ("two", 1, 1),
        ("no | table", 0, 0),
    ]


def test_markdown_goes_on_between_blank_lines_in_a_table_of_html() -> None:
    text = "<table><tr><td>\n\n- a **green** frog\n- a newt\n\n</td></tr></table>\n"
    found = blocks(text)
    assert [block.text.text for block in found] == ["a green frog", "a newt"]
    assert {block.kind for block in found} == {BlockKind.ITEM}
