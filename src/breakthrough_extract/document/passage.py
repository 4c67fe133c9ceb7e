"""Text that knows where it comes from.

Text is never edited in place: a `Passage` is a row of `Piece`s, each of which either quotes the
source or replaces a quoted stretch and says why. From a passage both the published text and the
proof of where it came from can be told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from breakthrough_extract.document.source import Span

BY_HAND = "by-hand"  # the rule of an edit that a person made
WHITE = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` with each run of white space as one space, and none at the ends."""
    return WHITE.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an edit rests on, where that is more than its rule: other characters of a source."""

    source: str  # name of the source
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of source and the text it stands for.

    With `rule` empty the text is the source's own. Three kinds have no extent
    (`start == end`): the break between two stretches that do not touch (white space, no
    rule), such a break taken out (text "", the rule says why), and an insertion (a text
    and a rule). All others with a rule replace the source's text by theirs.
    """

    start: int  # code points into Source.text, 0-based
    end: int  # exclusive; equal to start for an insertion
    text: str
    rule: str = ""
    evidence: Evidence | None = None


class Change(NamedTuple):
    """A stretch of a passage's text that is to be read as something else."""

    start: int  # code points into `Passage.text`, 0-based
    end: int  # exclusive; equal to start for an insertion
    new: str
    rule: str
    evidence: Evidence | None = None


@dataclass(frozen=True)
class Passage:
    """Text that knows, character by character, where it stands in its source."""

    pieces: tuple[Piece, ...] = ()

    @staticmethod
    def of(source: str, start: int, end: int) -> Passage:
        """The verbatim passage `source[start:end]`."""
        return Passage((Piece(start, end, source[start:end]),)) if end > start else Passage()

    @staticmethod
    def join(parts: Iterable[Passage], glue: str = "\n", rule: str = "") -> Passage:
        """`parts` one after the other.

        Between parts that do not touch in the source stands `glue`: white space, or ""
        with the rule that says why none belongs there.
        """
        out: list[Piece] = []
        for part in parts:
            if not part.pieces:
                continue
            # What was inserted stands nowhere: the nearest source on both sides decides.
            end = next((p.end for p in reversed(out) if p.start < p.end), None)
            start = next((p.start for p in part.pieces if p.start < p.end), None)
            if out and (end is None or end != start):
                out.append(Piece(out[-1].end, out[-1].end, glue, rule))
            out.extend(part.pieces)
        return Passage(tuple(out))

    @cached_property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The maximal runs of source that the passage stands on, in reading order."""
        runs: list[Span] = []
        for piece in self.pieces:
            if piece.start == piece.end:
                continue
            if runs and runs[-1].end == piece.start:
                runs[-1] = Span(runs[-1].start, piece.end)
            else:
                runs.append(Span(piece.start, piece.end))
        return tuple(runs)

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def __getitem__(self, cut: slice) -> Passage:
        """The passage of `self.text[cut]` (step 1). An edit that the cut falls into stays whole."""
        start, end, _ = cut.indices(len(self.text))
        return Passage(_without_loose_breaks(self._cut(start, end)))

    def _cut(self, start: int, end: int) -> list[Piece]:
        out: list[Piece] = []
        pieces, starts = self.pieces, self._starts
        first = max(bisect_right(starts, start) - 1, 0) if start else 0
        for n in range(first, len(pieces)):
            piece, at = pieces[n], starts[n]
            if at > end:
                break
            if piece.text and start <= at and at + len(piece.text) <= end:
                out.append(piece)
                continue
            low, high = max(start - at, 0), min(end - at, len(piece.text))
            # An edit to nothing goes with what stands before it, so that cuts side by side
            # share no piece and lose none.
            if low < high or (not piece.text and (start < at <= end or at == start == 0 < end)):
                verbatim = not piece.rule and piece.end > piece.start
                out.append(
                    Piece(piece.start + low, piece.start + high, piece.text[low:high])
                    if verbatim
                    else piece
                )
        return out

    @cached_property
    def _starts(self) -> list[int]:
        """Where in `text` each piece begins."""
        return [0, *accumulate(len(piece.text) for piece in self.pieces[:-1])][: len(self.pieces)]

    def strip(self) -> Passage:
        text = self.text
        return self[len(text) - len(text.lstrip()) : len(text.rstrip())]

    def replace(
        self, start: int, end: int, new: str, rule: str, evidence: Evidence | None = None
    ) -> Passage:
        """The passage with `text[start:end]` read as `new`, its source kept.

        Where the old text stands on several runs of source, the first carries `new` and
        the others are read as nothing, all under the same rule.
        """
        return self.replace_all([Change(start, end, new, rule, evidence)])

    def replace_all(self, changes: Iterable[Change]) -> Passage:
        """The passage with each of the changes made, which are ascending and disjoint."""
        pieces: list[Piece] = []
        at = 0
        for change in changes:
            pieces += self._cut(at, change.start)
            pieces += self._changed(change)
            at = change.end
        return Passage((*pieces, *self._cut(at, len(self.text))))

    def _changed(self, change: Change) -> list[Piece]:
        """The pieces under `change`, read as it says."""
        rule, evidence = change.rule, change.evidence
        edits: list[Piece] = []
        for piece in self._cut(change.start, change.end):
            touches = edits and edits[-1].start < edits[-1].end == piece.start
            if touches and piece.start < piece.end:
                edits[-1] = Piece(edits[-1].start, piece.end, "", rule, evidence)
            else:
                edits.append(Piece(piece.start, piece.end, "", rule, evidence))
        carrier = next((i for i, piece in enumerate(edits) if piece.start < piece.end), None)
        if carrier is not None:
            start, end = edits[carrier].start, edits[carrier].end
            edits[carrier] = Piece(start, end, change.new, rule, evidence)
        elif change.new:
            where = edits[0].start if edits else self._source_at(change.start)
            edits.insert(0, Piece(where, where, change.new, rule, evidence))
        return edits

    def without(self, cuts: Iterable[Span], rule: str) -> Passage:
        """The passage less those runs of its text; the characters leave it altogether.

        `cuts` are offsets into `text`, ascending, disjoint. What stood on both sides of a
        cut belongs together: no white space comes between.
        """
        parts: list[Piece] = []
        at = 0
        for cut in (*cuts, Span(len(self.text), len(self.text))):
            kept = self._cut(at, cut.start) if cut.start > at else []
            if kept and parts:
                parts.append(Piece(parts[-1].end, parts[-1].end, "", rule))
            parts.extend(kept)
            at = cut.end
        return Passage(tuple(parts))

    def lines(self) -> Iterator[Passage]:
        """The non-empty lines of the text, stripped."""
        at = 0
        for line in self.text.split("\n"):
            if bare := line.strip():
                part = self[at : at + len(line)]
                yield part if part.text == bare else part.strip()
            at += len(line) + 1

    def _source_at(self, index: int) -> int:
        at = 0
        for piece in self.pieces:
            if index < at + len(piece.text):
                return piece.start + (index - at if not piece.rule else 0)
            at += len(piece.text)
        return self.pieces[-1].end if self.pieces else 0


def _without_loose_breaks(pieces: list[Piece]) -> tuple[Piece, ...]:
    """`pieces` without line breaks that no longer stand between two stretches of source."""
    while pieces and pieces[0].start == pieces[0].end and not pieces[0].text.strip():
        pieces.pop(0)
    while pieces and pieces[-1].start == pieces[-1].end and not pieces[-1].text.strip():
        pieces.pop()
    return tuple(pieces)
