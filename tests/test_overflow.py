"""Lists that flow over into the columns beside them."""

from __future__ import annotations

from breakthrough_extract.document import Block, BlockKind, Box, Passage, Place
from breakthrough_extract.recognise.lines import Line, What
from breakthrough_extract.recognise.overflow import reclaim


def line(text: str, left: float, top: float, what: What = What.TEXT) -> Line:
    passage = Passage.of(text, 0, len(text))
    place = Place(page=1, box=Box(left, top, left + 90, top + 10))
    kind = BlockKind.ITEM if what == What.TEXT else BlockKind.PARAGRAPH
    return Line(what, passage, Block(passage, kind, place=place))


def told(lines: list[Line]) -> list[str]:
    return [entry.text.text for entry in reclaim(lines)]


GREEN = [line("GREEN", 0, 0, What.LABEL), line("wait.", 0, 12)]
RIPE = [line("RIPE", 200, 0, What.LABEL), line("pick it.", 200, 12)]
TOOLS = [line("TOOLS", 0, 100, What.LABEL), line("a ladder;", 0, 112), line("a bag;", 0, 124)]
# The second column of the list of tools, under the ripe; longer than the first.
MORE = [line("a hook;", 200, 112), line("a cloth;", 200, 124), line("a crate; and", 200, 142)]
LAST = line("a cart.", 200, 160)


def test_what_is_too_much_in_one_list_ends_the_one_beside_it() -> None:
    assert told([*GREEN, *TOOLS, *RIPE, *MORE, LAST]) == [
        *("GREEN", "wait.", "TOOLS", "a ladder;", "a bag;"),
        *("a hook;", "a cloth;", "a crate; and", "a cart.", "RIPE", "pick it."),
    ]


def test_what_does_not_make_the_list_whole_stays_where_it_is() -> None:
    lines = [*GREEN, *TOOLS, *RIPE, *MORE]
    assert told(lines) == [entry.text.text for entry in lines]


def test_what_begins_above_the_list_is_no_part_of_it() -> None:
    lines = [*GREEN, *TOOLS, *RIPE, line("a hook;", 200, 40), LAST]
    assert told(lines) == [entry.text.text for entry in lines]
