"""What Markdown writes inside a block: emphasis, escapes, dashes typed as hyphens."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple

from breakthrough_extract.document import Block, Change, Passage, Span, Style
from breakthrough_extract.readers.inline import inline_markup

# How Markdown writes the dashes of type where it is not to depend on them; between words alone.
TYPED_DASH = re.compile(r"(?<=\s)---?(?=\s)")
TYPED_DASHES = {"--": "–", "---": "—"}
ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


class _Emphasis(NamedTuple):
    """Where marks of emphasis can open a stretch and where close one; each matches no
    character, and its group is the mark. So long texts take no longer than they must."""

    opens: re.Pattern[str]
    closes: re.Pattern[str]


# An escaped mark is none; of three stars that end a stretch the last two end the strong one.
STRONG = _Emphasis(
    re.compile(r"(?<!\\)(?=(\*\*|__)\S)"), re.compile(r"(?<=[^\s\\])(?=(\*\*|__)(?!\*))")
)
EMPHASIS = _Emphasis(
    re.compile(r"(?<![\w*\\])(?=(\*)[^\s*])|(?<![\w_\\])(?=(_)[^\s_])"),
    re.compile(r"(?<=[^\s*\\])(?=(\*)(?![\w*]))|(?<=[^\s_\\])(?=(_)(?![\w_]))"),
)


def typeset(text: Passage) -> Passage:
    """`text` with the dashes that were typed as hyphens; each is an edit."""
    if "--" not in text.text:
        return text
    return text.replace_all(
        Change(*found.span(), TYPED_DASHES[found.group()], "typed-dash")
        for found in TYPED_DASH.finditer(text.text)
    )


def without_markup(block: Block) -> tuple[Block, list[Span]]:
    """`block` without emphasis marks and escapes, its style; and the spans taken out."""
    text = block.text.text
    cuts: list[Span] = []
    strong = _emphasised(STRONG, text, cuts)
    hidden = list(text)
    for cut in cuts:
        hidden[cut.start : cut.end] = "\x00" * (cut.end - cut.start)
    italic = _emphasised(EMPHASIS, "".join(hidden).replace("\x00", " "), cuts)
    cuts += inline_markup(text)
    cuts += [Span(*found.span()) for found in ESCAPE.finditer(text)]
    if not cuts:
        return block, []
    cuts = _disjoint(cuts)
    style = Style(bold=_covers(strong, text, cuts), italic=_covers(italic, text, cuts))
    markup = [span for cut in cuts for span in block.text[cut.start : cut.end].spans]
    return replace(block, text=block.text.without(cuts, "markup").strip(), style=style), markup


def _disjoint(cuts: list[Span]) -> list[Span]:
    """`cuts` in order, those that touch the same characters made one."""
    out: list[Span] = []
    for cut in sorted(cuts):
        if out and cut.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, cut.end))
        else:
            out.append(cut)
    return out


def _emphasised(emphasis: _Emphasis, text: str, cuts: list[Span]) -> list[Span]:
    """The stretches that are emphasised so; their marks are added to `cuts`."""
    ends: dict[str, list[int]] = defaultdict(list)
    for found in emphasis.closes.finditer(text):
        ends[_mark(found)].append(found.start())
    inside: list[Span] = []
    at = 0
    for found in emphasis.opens.finditer(text):
        mark, start = _mark(found), found.start()
        first = start + len(mark)
        known = ends[mark]
        n = bisect_left(known, first + 1)
        if start < at or n == len(known):
            continue
        at = known[n] + len(mark)
        cuts += [Span(start, first), Span(known[n], at)]
        inside.append(Span(first, known[n]))
    return inside


def _mark(found: re.Match[str]) -> str:
    return found[found.lastindex or 0]


def _covers(inside: list[Span], text: str, cuts: list[Span]) -> bool:
    """Whether every letter of `text` stands in one of the stretches."""
    if not inside:
        return False
    covered = bytearray(len(text))
    for span in (*inside, *cuts):
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    return all(covered[i] or not char.isalnum() for i, char in enumerate(text))
