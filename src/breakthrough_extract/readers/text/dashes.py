"""Whether a dash at the head of a line marks an item or is one of the sentence before.

It is asked of each such line, so what depends on the whole text is counted once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from breakthrough_extract.document import Block, BlockKind, Piece, Span
from breakthrough_extract.punctuation import LISTED
from breakthrough_extract.readers.marks import CLIPPED, STOPPED, is_dash, mark_length

PUNCTUATED = 0.8  # share of the marks before which a sign of an end must stand
DASH = re.compile(r"(?<=\s)[–—](?=\s)")
# A document's items end in signs if so many are known, and such a share of them do.
LEAST_ENDS, STOPPED_SHARE = 2, 0.9
NEAREST = 60  # blocks and marks looked at; so a list without signs takes no more than linear time


def usual_mark(lines: Iterable[str]) -> str:
    """The glyph that marks most items among `lines`; empty if none does."""
    return _most_common(line.lstrip()[0] for line in lines if mark_length(line))


def marks_follow_ends(lines: Iterable[str]) -> bool:
    """Whether items end in a sign, so that a dash before which none stands is no mark."""
    rows = [line.rstrip() for line in lines]
    before = [one for one, other in pairwise(rows) if one and mark_length(other)]
    return sum(bool(STOPPED.search(one)) for one in before) >= PUNCTUATED * len(before) > 0


def goes_on_with_dash(line: str, read: Sequence[Block | Span]) -> bool:
    """Whether a dash that a converter took for a list's mark goes on with the last block that
    was `read`.

    It does where the items end in signs and that block does not, unless it was clipped: no
    sentence has a dash after a comma or an article.
    """
    before = read[-1] if read else None
    if not isinstance(before, Block) or not line[mark_length(line) :][:1].islower():
        return False
    text = before.text.folded
    if CLIPPED.search(text) or not is_dash(text, line):
        return False
    ends = [bool(STOPPED.search(item)) for item in _listed(before, read)]
    return len(ends) >= LEAST_ENDS and sum(ends) >= STOPPED_SHARE * len(ends)


def dash_at(text: str, at: int) -> Piece:
    """The dash of a sentence at `at`; a hyphen becomes the dash that `text` uses, as an edit."""
    usual = _most_common(DASH.findall(text)) or text[at]
    if text.startswith("--", at):  # as typewriters have it
        return Piece(at, at + 2, usual if usual in "–—" else "–", "typed-dash")
    if text[at] == "-" != usual:
        return Piece(at, at + 1, usual, "typed-dash")
    return Piece(at, at + 1, text[at])


def _listed(last: Block, read: Sequence[Block | Span]) -> list[str]:
    """The items before the last, as far as they are told from the text: those of a list that
    lost its marks are the lines of a paragraph that end in signs."""
    if last.kind != BlockKind.ITEM:
        lines = [line.text for line in last.text.lines()]
        return [line for line in lines[:-1] if LISTED.search(line)]
    blocks = (entry for entry in read[-NEAREST:-1] if isinstance(entry, Block))
    return [block.text.folded for block in blocks if block.kind == BlockKind.ITEM]


def _most_common(signs: Iterable[str]) -> str:
    counts = Counter(signs)
    return max(sorted(counts), key=lambda sign: counts[sign], default="")
