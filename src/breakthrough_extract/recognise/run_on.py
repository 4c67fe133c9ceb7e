"""Lists that a converter ran together: `Headline: one; two; and three.` in one paragraph.

The sign that an item ends, and the word before the last, are all that is left. A semicolon can
also stand within an item; so where lists run together, each is said to be unproven. The list is
cut at all of them if there are many, else before words that items begin with elsewhere; but never
before a pronoun, which goes on with what stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from breakthrough_extract.document import BlockKind, Passage
from breakthrough_extract.punctuation import LAST_BUT_ONE, LISTED
from breakthrough_extract.recognise.lines import Line, What
from breakthrough_extract.recognise.lists import LEADING_COLON
from breakthrough_extract.recognise.odds import first_word

# Where the next item would begin; brackets are counted apart.
SIGN = re.compile(
    r"[()]|;(?P<last>\s+(?:and|or))?\s+(?!(?:it|they|he|she|this|that|these|those)\b)(?=\w)"
)
LONGEST_WORD = 40  # characters
SEVERAL = 3  # so many in one line do not all stand within items


@dataclass(frozen=True)
class RunOn:
    """The lines of a document, lists that ran together broken into lines of their own."""

    lines: list[Line]
    sure: frozenset[int]  # where items begin that must, in code points into the source
    likely: frozenset[int]  # where items may begin, and a semicolon is the only sign

    @staticmethod
    def of(lines: Sequence[Line], marked: bool) -> RunOn:
        """`marked`: whether items have kept their marks; then a semicolon parts none."""
        parts = [] if marked else list(_unmarked(lines))
        ran = sum(map(_ends_within, parts))
        if not ran:
            return RunOn(list(lines), frozenset(), frozenset())
        kept = sum(bool(LAST_BUT_ONE.search(part.text)) for part in parts)
        cutting = _Cutting(always=ran > kept, starts=_starts(lines))
        out = [
            replace(
                line,
                text=Passage.join(new for part in line.text.lines() for new in cutting.of(part)),
            )
            if _is_unmarked(line)
            else line
            for line in lines
        ]
        return RunOn(out, frozenset(cutting.sure), frozenset(cutting.likely))


def _is_unmarked(line: Line) -> bool:
    return line.what == What.TEXT and line.block.kind != BlockKind.ITEM


def _unmarked(lines: Sequence[Line]) -> Iterator[Passage]:
    for line in lines:
        if _is_unmarked(line):
            yield from line.text.lines()


def _ends_within(part: Passage) -> bool:
    """Whether the last item of a list begins within the line."""
    signs = list(_signs(part.text))
    return bool(signs) and signs[-1].group("last") is not None


def _signs(text: str) -> Iterator[re.Match[str]]:
    """The semicolons that stand in no bracket."""
    depth = 0
    for sign in SIGN.finditer(text):
        if sign.group() in "()":
            depth = max(depth + (1 if sign.group() == "(" else -1), 0)
        elif not depth:
            yield sign


def _starts(lines: Sequence[Line]) -> set[str]:
    """The words that items begin with, as far as lines show it."""
    out: set[str] = set()
    for one, other in pairwise(_unmarked(lines)):
        if one.text.endswith(":") or LISTED.search(one.text):
            out.add(first_word(other.text))
    return out


@dataclass
class _Cutting:
    """Lines cut where items begin, and what says that they do."""

    always: bool  # whether lists of this document run together as a rule
    starts: set[str]  # words that items begin with
    sure: set[int] = field(default_factory=set)
    likely: set[int] = field(default_factory=set)

    def of(self, part: Passage) -> Iterator[Passage]:
        """The items in a line; where they begin is put down in `sure` or `likely`."""
        signs = list(_signs(part.text))
        head = LEADING_COLON.search(part.text) if signs else None
        at = 0
        if head and head.start() < signs[0].start():
            yield part[: head.start() + 1]
            at = head.end()
            self.sure.add(part[at : at + 1].pieces[0].start)
        every = self.always or len(signs) >= SEVERAL
        for sign in signs:
            start = part[sign.end() : sign.end() + 1].pieces[0].start
            if sign is signs[-1] and sign.group("last") is not None:
                self.sure.add(start)
            else:
                self.likely.add(start)
                if not (
                    every
                    or first_word(part.text[sign.end() : sign.end() + LONGEST_WORD]) in self.starts
                ):
                    continue
            yield part[at : sign.end()].strip()
            at = sign.end()
        yield part[at:].strip()
