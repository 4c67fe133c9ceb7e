"""Plain text and Markdown: what its marks mean, and that no character is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breakthrough_extract.document import Block, BlockKind
from tests.support.extracting import read_document
from tests.support.whole import assert_whole


def told(text: str) -> list[tuple[str, str]]:
    """The kind and the text of each block."""
    return [(block.kind.value, block.text.folded) for block in read_document(text).blocks]


def only(text: str) -> Block:
    (block,) = read_document(text).blocks
    return block


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("# One\n\ntwo", [("heading", "One"), ("paragraph", "two")]),
        ("### One ###\ntwo", [("heading", "One"), ("paragraph", "two")]),
        ("One\n===\n\nTwo\n---\n", [("heading", "One"), ("heading", "Two")]),
        ("one\ntwo\n\nthree", [("paragraph", "one two"), ("paragraph", "three")]),
        ("- one\n- two", [("item", "one"), ("item", "two")]),
        ("* one\n+ two\n• three", [("item", "one"), ("item", "two"), ("item", "three")]),
        ("– one\n– two", [("item", "one"), ("item", "two")]),
        ("1. one\n2) two\n10. ten", [("item", "one"), ("item", "two"), ("item", "ten")]),
        ("a) one\nb) two", [("item", "one"), ("item", "two")]),
        ("- one\n  goes on\n- two", [("item", "one goes on"), ("item", "two")]),
        ("- one\n  - inner\n- two", [("item", "one"), ("item", "inner"), ("item", "two")]),
        ("- [ ] one\n- [x] two", [("item", "one"), ("item", "two")]),
        ("- [one]\n- two", [("item", "[one]"), ("item", "two")]),
        (". one\n. two", [("item", "one"), ("item", "two")]),  # AsciiDoc
        ("#. one\n#. two", [("item", "one"), ("item", "two")]),  # reStructuredText
        ("one -- two --- three -x", [("paragraph", "one – two — three -x")]),
        ("> - quoted", [("item", "quoted")]),
        ("one\n\n---\n\ntwo", [("paragraph", "one"), ("paragraph", "two")]),
        ("one\n\n* * *\n\ntwo", [("paragraph", "one"), ("paragraph", "two")]),
        ("```\none\n```", [("paragraph", "one")]),
        ("~~~markdown\n- one\n~~~", [("item", "one")]),
        ("one\fNext page", [("paragraph", "one Next page")]),
        ("2019 was a good year.", [("paragraph", "2019 was a good year.")]),
        ("3.5 is a mark", [("paragraph", "3.5 is a mark")]),
        ("-5 degrees", [("paragraph", "-5 degrees")]),
    ],
)
def test_lines_become_blocks(text: str, blocks: list[tuple[str, str]]) -> None:
    assert told(text) == blocks
    assert_whole(read_document(text))


@pytest.mark.parametrize(
    ("text", "plain", "bold", "italic"),
    [
        ("**One two**", "One two", True, False),
        ("__One two__", "One two", True, False),
        ("*One two*", "One two", False, True),
        ("_One two_", "One two", False, True),
        ("***One two***", "One two", True, True),
        ("**One** two", "One two", False, False),
        ("**One *and* two:**", "One and two:", True, False),
        ("**Leaders* do not show it:**", "Leaders* do not show it:", True, False),
        ("Leaders* do not", "Leaders* do not", False, False),
        ("2 * 3 * 4", "2 * 3 * 4", False, False),
        ("snake_case_name and more", "snake_case_name and more", False, False),
        ("per**form**ance", "performance", False, False),
        (r"\*not a list\*", "*not a list*", False, False),
        (r"1\. not a list", "1. not a list", False, False),
        (r"one \[two\]", "one [two]", False, False),
        (r"C:\new", r"C:\new", False, False),
        ("R&amp;D &ndash; caf&eacute;", "R&D – café", False, False),
        ("AT&T and <3", "AT&T and <3", False, False),
    ],
)
def test_marks_within_a_line_are_read_and_taken_off(
    text: str, plain: str, bold: bool, italic: bool
) -> None:
    block = only(text)
    assert block.text.folded == plain
    assert (block.style.bold, block.style.italic) == (bold, italic)
    assert_whole(read_document(text))


def test_bold_may_run_over_a_line_break() -> None:
    assert only("**One\ntwo**").text.folded == "One two"


@pytest.mark.parametrize("hard_break", ["  ", "\\", "<br>", "<br/>", "<BR />"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_hard_line_break_is_a_line_break_and_nothing_more(hard_break: str, line_end: str) -> None:
    block = only(f"**LABEL**{hard_break}{line_end}**Headline:**")
    assert [line.text for line in block.text.lines()] == ["LABEL", "Headline:"]


def test_the_depth_of_an_item_is_told() -> None:
    levels = [block.level for block in read_document("- one\n  - two\n    - three").blocks]
    assert levels == [0, 1, 2]


def test_a_pipe_table_gives_each_cell_its_place() -> None:
    text = "| One | Two |\n|-----|:---:|\n| a<br>b | **c** |\n| | d |"
    document = read_document(text)
    assert [(b.text.text, b.place.table, b.place.row, b.place.column) for b in document.blocks] == [
        ("One", 1, 0, 0),
        ("Two", 1, 0, 1),
        ("a\nb", 1, 1, 0),
        ("c", 1, 1, 1),
        ("d", 1, 2, 1),
    ]
    assert_whole(document)


def test_a_pipe_cell_may_hold_a_list() -> None:
    blocks = read_document("| Head: <br> • one; <br> • two. | next |\n|---|---|").blocks
    assert [(b.kind, b.text.folded) for b in blocks] == [
        (BlockKind.PARAGRAPH, "Head:"),
        (BlockKind.ITEM, "one;"),
        (BlockKind.ITEM, "two."),
        (BlockKind.PARAGRAPH, "next"),
    ]


def test_an_escaped_bar_is_no_cell_border() -> None:
    document = read_document("| a \\| b | c |\n|---|---|")
    assert [b.text.folded for b in document.blocks] == ["a | b", "c"]


LIST = "- dig;\n- rake;\n- sow in rows"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (f"{LIST}\n\n- when it is dry.", "sow in rows - when it is dry."),
        # As the document writes its dashes.
        (f"By hand – or not.\n\n{LIST}\n\n- when dry.", "sow in rows – when dry."),
        (f"{LIST};\n\n- water.", "water."),  # the item before has its end
        (f"{LIST}\n\n- Water.", "Water."),  # no sentence goes on so
        ("- dig\n- rake\n- sow", "sow"),  # items without ends
        ("Dig;\nrake;\nsow\n\n- when dry.", "Dig; rake; sow - when dry."),  # the marks are lost
        ("Tools\n\n- a spade;", "a spade;"),
    ],
)
def test_a_dash_that_became_a_list_mark_goes_on_with_its_sentence(text: str, last: str) -> None:
    document = read_document(text)
    assert document.blocks[-1].text.folded == last
    assert_whole(document)


def test_two_tables_have_two_numbers() -> None:
    document = read_document("| a | b |\n|---|---|\n\ntext\n\n| c | d |\n|---|---|")
    assert [b.place.table for b in document.blocks] == [1, 1, 0, 2, 2]


def test_tabs_part_cells_where_a_line_of_dashes_follows() -> None:
    document = read_document("One\tTwo\n--\t---\nthree\tfour is text")
    places = {b.text.folded: (b.place.table, b.place.row, b.place.column) for b in document.blocks}
    assert places["One"] == (1, 0, 0)
    assert places["Two"] == (1, 0, 1)
    assert_whole(document)


def test_tabs_part_cells_of_html() -> None:
    text = "<p><b>A</b></p>\t<p>b</p> <ul><li>c</li></ul>\n--\t--\n\nafter"
    document = read_document(text)
    assert [(b.text.folded, b.place.table, b.place.column) for b in document.blocks] == [
        ("A", 1, 0),
        ("b", 1, 1),
        ("c", 1, 1),
        ("after", 0, 0),
    ]
    assert_whole(document)


def test_a_tab_in_a_sentence_parts_nothing() -> None:
    assert told("one\ttwo in a sentence") == [("paragraph", "one two in a sentence")]


def test_html_and_markdown_may_take_turns() -> None:
    text = "# A\n<ul>\n<li>one</li>\n</ul>\n\n- two\n\n<p>three</p>\nfour"
    found = told(text)
    assert found[:3] == [("heading", "A"), ("item", "one"), ("item", "two")]
    assert " ".join(words for _, words in found[3:]) == "three four"


def test_an_html_table_may_run_over_blank_lines() -> None:
    text = "<table><tr><td>one</td>\n\n<td>two</td></tr></table>\n\nafter"
    assert [(b.text.folded, b.place.column) for b in read_document(text).blocks] == [
        ("one", 0),
        ("two", 1),
        ("after", 0),
    ]


def test_a_comment_is_no_text() -> None:
    assert told("<!-- hidden -->\n\nshown") == [("paragraph", "shown")]


@pytest.mark.parametrize(
    "text",
    ["# A\n\n**b**\n\n- c;\n- d.\n", "A\n===\n\n| b | c |\n|---|---|\n", "<p>a</p>\n<p>b</p>\n"],
)
def test_line_ends_of_other_systems_change_nothing(text: str) -> None:
    assert told(text.replace("\n", "\r\n")) == told(text)
    assert_whole(read_document(text.replace("\n", "\r\n")))


TOKENS = (
    "word|two words|don't|–|é|\n|\n|\n\n|\n\n| |  |\t|- |* |1. |# |## |**|*|_|__|`|> |===\n|---\n"
    "|--\t--\n|<br>|<p>|</p>|<b>|</b>|<ul>|<li>|</li>|</ul>|<i|>|<|&amp;|&lt;|&nbsp;|&|&#8211;|\\"
    "|;|:|STARTING|<table>|<tr>|<td>|</td>|</tr>|</table>|<!-- |-->|<script>|</script>|```\n"
    "|<td colspan=2>|<h2>|</h2>|'|\u00a0|\f|\r\n"
).split("|")


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*TOKENS, "|", "| "]), min_size=1, max_size=40))
def test_no_garble_makes_the_reader_lose_a_word_or_take_it_twice(tokens: list[str]) -> None:
    text = "".join(tokens)
    if text.strip():
        assert_whole(read_document(text))


def test_a_ligature_is_read_as_its_letters() -> None:
    document = read_document("the o\ufb03ce \ufb01nds it")
    (block,) = document.blocks
    assert block.text.text == "the office finds it"
    assert {piece.rule for piece in block.text.pieces if piece.rule} == {"ligature"}


def test_two_hyphens_are_a_mark_and_in_a_sentence_a_dash() -> None:
    text = "-- one thing;\n\n-- another thing;\n\n-- a third\n\n-- or so;\n\n-- the last.\n"
    document = read_document(text)

    assert [block.text.folded for block in document.blocks] == [
        "one thing;",
        "another thing;",
        "a third – or so;",
        "the last.",
    ]
    assert_whole(document)


@pytest.mark.parametrize(
    ("line", "kind"), [("-- a tune", "item"), ("<p>a</p>\n--\t--", "paragraph")]
)
def test_two_hyphens_mark_an_item_if_they_have_a_text(line: str, kind: str) -> None:
    assert read_document(f"{line}\n").blocks[-1].kind == kind
