"""HTML: its text with the places where it stands in the source."""

from __future__ import annotations

import pytest

from breakthrough_extract.document import Block, Document
from tests.support.extracting import read_document
from tests.support.whole import assert_whole


def page(body: str) -> Document:
    return read_document(f"<!DOCTYPE html><html><body>{body}</body></html>", "given.html")


def told(body: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text.folded) for block in page(body).blocks]


def quotes(document: Document, block: Block) -> list[str]:
    """The source's characters under a block."""
    return [document.source.text[span.start : span.end] for span in block.text.spans]


def places(body: str) -> dict[str, tuple[int, int]]:
    return {b.text.folded: (b.place.row, b.place.column) for b in page(body).blocks}


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<h2>A</h2><p>b</p>", [("heading", "A"), ("paragraph", "b")]),
        ("<p>a <b>b</b> c</p>", [("paragraph", "a b c")]),
        ("<p>per<b>form</b>ance</p>", [("paragraph", "performance")]),
        ("<p><b>per</b><i>form</i></p>", [("paragraph", "perform")]),
        ("<p>a <b> b</b></p>", [("paragraph", "a b")]),
        ("<p>a\nb\n  c</p>", [("paragraph", "a b c")]),
        ("<ul><li>a</li><li>b</li></ul>", [("item", "a"), ("item", "b")]),
        ("<ul><li><p>a</p></li></ul>", [("item", "a")]),
        (
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
            [("item", "a"), ("item", "b"), ("item", "c")],
        ),
        ("<ul><li>a<li>b</ul>", [("item", "a"), ("item", "b")]),
        ("<p>a<p>b", [("paragraph", "a"), ("paragraph", "b")]),
        ("<p>a</b></i></p><p>b</p>", [("paragraph", "a"), ("paragraph", "b")]),
        ("<b><p>a</b></p>b", [("paragraph", "a"), ("paragraph", "b")]),
        ("a<div>b</div>c", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
        ("<p>&bull; a<br>&bull; b</p>", [("item", "a"), ("item", "b")]),
        (
            "<p>• dig a bed; • rake it</p><p>well; and • sow.</p>",
            [
                ("item", "dig a bed;"),
                ("item", "rake it"),
                ("paragraph", "well; and"),
                ("item", "sow."),
            ],
        ),
        (
            "<p><b>Dig:</b> ▪ a bed ▪ a row</p>",
            [("paragraph", "Dig:"), ("item", "a bed"), ("item", "a row")],
        ),
        ("<p>– dig; – rake;</p>", [("item", "dig;"), ("item", "rake;")]),
        ("<p>and o sow it.</p>", [("paragraph", "and"), ("item", "sow it.")]),
        ("<p>• dig deep<br>– or not;</p>", [("item", "dig deep – or not;")]),
        # What is no mark: a dash of the sentence, a product, a letter.
        ("<p>dig – and rake; 2 * 3 o clock</p>", [("paragraph", "dig – and rake; 2 * 3 o clock")]),
        # A note that stood below its list.
        ("<p>• dig. Note: when dry.</p>", [("item", "dig. Note: when dry.")]),
        (
            "<p>a</p><script>if (1 < 2) x('b')</script><p>c</p>",
            [("paragraph", "a"), ("paragraph", "c")],
        ),
        ("<style>p { color: red }</style><p>a</p>", [("paragraph", "a")]),
        ("<p>a<!-- b --> c</p>", [("paragraph", "a c")]),
        ("<P>a</P><UL><LI>b</LI></UL>", [("paragraph", "a"), ("item", "b")]),
        ("<p>2 < 3 and 4 > 3</p>", [("paragraph", "2 < 3 and 4 > 3")]),
    ],
)
def test_tags_become_blocks(body: str, blocks: list[tuple[str, str]]) -> None:
    assert told(body) == blocks
    assert_whole(page(body))


def test_a_note_behind_an_item_is_a_line_of_its_own() -> None:
    (block,) = page("<p>• dig. Note: when dry.</p>").blocks
    assert [line.text for line in block.text.lines()] == ["dig.", "Note: when dry."]


def test_the_head_of_a_page_is_no_text() -> None:
    text = "<html><head><title>T</title><style>p{}</style></head><body><p>a</p></body></html>"
    document = read_document(text, "given.html")
    assert [block.text.folded for block in document.blocks] == ["a"]
    assert_whole(document)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>R&amp;D</p>", "R&D"),
        ("<p>a&nbsp;b</p>", "a b"),
        ("<p>caf&eacute; &#8211; &#x201C;x&#x201d;</p>", "café – “x”"),
        ("<p>AT&T &copy2020</p>", "AT&T ©2020"),
        ("<p>&lt;b&gt;</p>", "<b>"),
        ("<p>&amp;amp;</p>", "&amp;"),
        ("<p>&nosuchthing; &</p>", "&nosuchthing; &"),
    ],
)
def test_character_references_are_read(body: str, text: str) -> None:
    assert told(body) == [("paragraph", text)]
    assert_whole(page(body))


def test_spans_of_references_point_at_the_characters_of_the_source() -> None:
    document = page("<p>fish &amp; chips &mdash; <b>hot</b></p>")
    (block,) = document.blocks
    assert block.text.folded == "fish & chips — hot"
    assert quotes(document, block) == ["fish &amp; chips &mdash; ", "hot"]
    chips = block.text[block.text.text.index("&") : block.text.text.index("chips") + 5]
    assert [document.source.text[a:b] for a, b in chips.spans] == ["&amp; chips"]


def test_a_line_break_is_a_line_break() -> None:
    (block,) = page("<p><b>LABEL</b><br/>Headline<br>more</p>").blocks
    assert [line.text for line in block.text.lines()] == ["LABEL", "Headline", "more"]


def test_bold_and_italic_are_told() -> None:
    bold, italic, neither, both = page(
        "<p><b>a</b></p><p><em>a</em></p><p><b>a</b> a</p><p><strong><i>a</i></strong></p>"
    ).blocks
    assert (bold.style.bold, bold.style.italic) == (True, False)
    assert (italic.style.bold, italic.style.italic) == (False, True)
    assert (neither.style.bold, neither.style.italic) == (False, False)
    assert (both.style.bold, both.style.italic) == (True, True)


def test_cells_have_their_row_and_column() -> None:
    body = (
        "<table><tr><th>a</th><td>b</td></tr><tr><td>c</td><td><p>d</p><p>e</p></td></tr></table>"
    )
    assert places(body) == {"a": (0, 0), "b": (0, 1), "c": (1, 0), "d": (1, 1), "e": (1, 1)}


def test_a_wide_cell_pushes_the_next_one_on() -> None:
    body = (
        "<table><tr><td colspan=2>a</td><td>b</td></tr>"
        "<tr><td>c</td><td>d</td><td>e</td></tr></table>"
    )
    assert places(body) == {"a": (0, 0), "b": (0, 2), "c": (1, 0), "d": (1, 1), "e": (1, 2)}


def test_a_high_cell_pushes_those_beside_it_on() -> None:
    body = (
        '<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>'
        "<tr><td>d</td></tr></table>"
    )
    assert places(body) == {"a": (0, 0), "b": (0, 1), "c": (1, 1), "d": (2, 0)}


@pytest.mark.parametrize("value", ["0", "-1", "many", "999999999", "", "2.5"])
def test_a_senseless_span_stops_nothing(value: str) -> None:
    body = (
        f'<table><tr><td colspan="{value}" rowspan="{value}">a</td></tr><tr><td>b</td></tr></table>'
    )
    assert set(places(body)) == {"a", "b"}


def test_two_tables_are_two() -> None:
    body = "<table><tr><td>a</td></tr></table><p>b</p><table><tr><td>c</td></tr></table>"
    assert [block.place.table for block in page(body).blocks] == [1, 0, 2]


def test_text_after_a_table_in_a_cell_is_still_in_the_cell() -> None:
    body = "<table><tr><td>a<table><tr><td>b</td></tr></table>c</td><td>d</td></tr></table>"
    blocks = {block.text.folded: block.place for block in page(body).blocks}
    assert set(blocks) == {"a", "b", "c", "d"}
    assert (blocks["a"].table, blocks["a"].column) == (blocks["c"].table, blocks["c"].column)
    assert blocks["d"].column == 1


def test_deep_nesting_is_read() -> None:
    deep = "<div>" * 3000 + "a" + "</div>" * 3000
    assert told(f"{deep}<p>b</p>") == [("paragraph", "a"), ("paragraph", "b")]


def test_docbook_is_read_as_what_it_means() -> None:
    text = (
        "<section>\n  <title>Fruit</title>\n  <para>\n    It is\n    eaten.\n  </para>\n"
        "  <itemizedlist>\n    <listitem>\n      <para>\n        raw;\n      </para>\n"
        "    </listitem>\n  </itemizedlist>\n</section>\n"
    )
    blocks = read_document(text, "given.xml").blocks

    assert [(block.kind.value, block.text.folded) for block in blocks] == [
        ("paragraph", "Fruit"),
        ("paragraph", "It is eaten."),
        ("item", "raw;"),
    ]
