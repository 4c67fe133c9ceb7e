"""The in-between nouns: what a reader hands on, and what recognition makes of it.

Everything here is immutable. Text is never edited in place: a `Passage` is a row of
`Piece`s, each of which either quotes the source or replaces a quoted stretch and says why.
From a passage both the published text and the proof of where it came from can be told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

COMPLAINT = "complaint"  # the slot of a theme's quoted complaint
BY_HAND = "by-hand"  # the rule of an edit that a person made
WHITE = re.compile(r"\s+")


def fold(text: str) -> str:
    """`text` with each run of white space as one space, and none at the ends."""
    return WHITE.sub(" ", text).strip()


class Span(NamedTuple):
    """Where a run of characters stands in `Source.text`."""

    start: int  # code points, 0-based
    end: int  # exclusive


class Box(NamedTuple):
    """A rectangle on a page, in points from the page's top left corner, y downwards."""

    x0: float
    top: float
    x1: float
    bottom: float


class Page(NamedTuple):
    """One page of a paged source: its size in points and its run of `Source.text`."""

    number: int  # 1-based
    width: float
    height: float
    span: Span
    unread: bool = False  # a picture that no text could be recognised on: there is no OCR


@dataclass(frozen=True)
class Source:
    """One file as it came."""

    name: str
    sha256: str
    media_type: str
    encoding: str  # "" where the format is not text
    text: str  # the character stream that all spans count in
    pages: tuple[Page, ...] = ()
    boxes: tuple[Box | None, ...] = ()  # one a character of `text`; empty if the format has none
    confidence: tuple[float, ...] = ()  # one a character, 0..1, from OCR; empty elsewhere
    # White code points before its own text. Several witnesses stand one behind the other in
    # one stream, so that a position alone tells whose it is; published positions start at 0.
    padding: int = 0


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
        first = max(bisect_right(self._starts, start) - 1, 0) if start else 0
        for n in range(first, len(self.pieces)):
            piece, at = self.pieces[n], self._starts[n]
            if at > end:
                break
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
            part = self[at : at + len(line)].strip()
            if part:
                yield part
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


class Style(NamedTuple):
    """How a block is set, as far as the format says."""

    bold: bool = False
    italic: bool = False
    size: float = 0.0  # points; 0 if unknown


class Place(NamedTuple):
    """Where a block stands, as far as the format says."""

    page: int = 0  # 1-based; 0 if there are no pages
    box: Box | None = None
    region: int = 0  # blocks of one region (cell, column, box) were set together; 0 if unknown
    table: int = 0  # 1-based; 0 outside tables
    row: int = 0  # 0-based
    column: int = 0  # 0-based
    rows: int = 1  # how many rows its cell reaches over
    columns: int = 1


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True)
class Block:
    """A run of text that belongs together; its `text` keeps the line breaks."""

    text: Passage
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0  # of a heading, 1-based; depth of an item, 0-based
    style: Style = Style()
    place: Place = Place()


@dataclass(frozen=True)
class Document:
    """A source as its reader understood it.

    The blocks and the markup share no character, and together hold every non-white one.
    """

    source: Source
    blocks: tuple[Block, ...]  # in the order that the reader believes is the reading order
    markup: tuple[Span, ...] = ()  # characters that the format, not the author, put there
    # Blocks whose lines run over the page's edge and whose other half is not proven.
    cut: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class NamedList:
    """A list under a name of its own."""

    name: str  # as it is published
    items: tuple[Passage, ...]
    depths: tuple[int, ...] = ()  # of each item, 0-based; empty if all are 0


@dataclass(frozen=True)
class Section:
    """The text of one cell, or of one theme's list, before anyone knows whose it is."""

    slot: str  # id of the stage or of the list that its label names
    label: Passage  # empty where the head of a table's column or row is the label
    headline: Passage = Passage()
    items: tuple[Passage, ...] = ()
    notes: tuple[Passage, ...] = ()
    place: Place = Place()
    theme: str = ""  # the theme that the layout puts it under; "" if the layout is silent
    under: str = ""  # the theme whose heading is the last above it in running text; "" if none
    home: str = ""  # the theme that a person put it under; "" if nobody did
    in_matrix: bool = False  # whether row and column of a table name theme and stage
    unmarked: bool = False  # whether where its items end is inferred: their marks are lost
    # What only documents have whose structure came through:
    structural: bool = False  # whether headings, lists or tables name its theme
    title: str = ""  # what its stage is called here, where that is not the stage's name
    depths: tuple[int, ...] = ()  # of each item, 0-based; empty if all are 0
    prose: tuple[Passage, ...] = ()
    lists: tuple[NamedList, ...] = ()

    @cached_property
    def text(self) -> str:
        return " ".join(part.folded for part in (self.headline, *self.items))

    @property
    def start(self) -> int:
        """Where the section begins in its source, in code points."""
        parts = (self.label, self.headline, *self.items, *self.notes)
        return next((part.pieces[0].start for part in parts if part.pieces), 0)


@dataclass(frozen=True)
class ThemeHeading:
    """A line that names a theme, and the complaint that stands with it."""

    theme: str
    text: Passage
    complaint: Passage = Passage()
    place: Place = Place()


@dataclass(frozen=True)
class About:
    """What a document says of a theme, or of a stage, as a whole."""

    of: str  # id
    is_stage: bool = False
    question: Passage = Passage()
    motto: Passage = Passage()
    description: tuple[Passage, ...] = ()
    items: tuple[Passage, ...] = ()  # of a stage
    depths: tuple[int, ...] = ()
    lists: tuple[NamedList, ...] = ()  # of a theme


@dataclass(frozen=True)
class Outline:
    """A document with every block named for what it is."""

    sections: tuple[Section, ...]
    headings: tuple[ThemeHeading, ...]
    table_heads: tuple[Passage, ...]  # labels of whole columns or rows, and what stands by them
    furniture: tuple[Passage, ...]  # running heads, page numbers
    loose: tuple[tuple[Passage, ...], ...]  # runs of text that no rule explains
    repeats: tuple[tuple[Section, int], ...] = ()  # (the repeat, index of what it repeats)
    interleaved: bool = False  # columns were dealt out by turns, and some lists are still mixed
    # Where mixed lists were put together again: how much worse, at the least sure place, the next
    # best reading is (24 is a link altogether); 0 where nothing was mixed.
    untangled: float = 0.0
    # Labels, headlines and items of mixed lists of which nothing decides whose they are.
    undecided: tuple[Passage, ...] = ()
    families: tuple[str, ...] = ()  # the layout families that explain it; none: labels alone do
    about: tuple[About, ...] = ()
    context: tuple[Passage, ...] = ()  # text around the model
    marks: tuple[Passage, ...] = ()  # what counts items or parts a label from its text


@dataclass(frozen=True)
class Decision:
    """Where one section went, and how sure that is."""

    section: int  # index into Outline.sections, 0-based
    theme: str  # "" if left open
    score: float  # what the section adds to the total where it stands
    runner_up: str  # theme of the best total without this choice; "" if that is: nowhere
    # Best total minus the best total without this choice; below 0 where a person decided
    # against the evidence.
    margin: float
    support: float  # what ties the section to this theme, itself or through its neighbours
    probability: float = 0.0  # that the theme is right; 0 where none was decided on


@dataclass(frozen=True)
class Grid:
    """The joint decision over all sections of a document."""

    decisions: tuple[Decision, ...]  # one a section, in the order of Outline.sections
    total: float


@dataclass(frozen=True)
class Witnessed:
    """Loose text that says again what a section says, whole or clipped."""

    text: tuple[Passage, ...]
    kind: str  # "repeat" or "fragment"
    section: int  # index into Outline.sections, 0-based


@dataclass(frozen=True)
class Variant:
    """Two readings of one place between which nothing decides."""

    section: int
    here: Passage  # as the section has it
    there: Passage  # as the repeat or fragment has it


@dataclass(frozen=True)
class Repaired:
    """The sections with what their fragments restore, and what was learnt of loose text."""

    sections: tuple[Section, ...]
    witnessed: tuple[Witnessed, ...]
    variants: tuple[Variant, ...]
    unresolved: tuple[Passage, ...]


@dataclass(frozen=True)
class Reading:
    """One witness of a document, understood on its own."""

    document: Document
    outline: Outline
    grid: Grid
    repaired: Repaired


@dataclass(frozen=True)
class Dispute:
    """What witnesses say against each other about one thing."""

    code: str  # of the finding that reports it
    readings: tuple[tuple[str, Passage], ...]  # what one says, and where; the one taken first
    settled: bool  # whether something decided, and not only the choice of the best witness


@dataclass(frozen=True)
class Attested:
    """One text of the model with all that bears witness to it."""

    text: Passage  # of the best witness, with what the others restore
    again: tuple[Passage, ...] = ()  # what the others have in its place
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True)
class SettledList:
    """A named list as all documents together have it."""

    name: str
    items: tuple[Attested, ...]
    depths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Settled:
    """One cell, or one theme's list, as all witnesses together have it."""

    theme: str
    slot: str
    labels: tuple[Passage, ...]
    headline: Attested
    items: tuple[Attested, ...] = ()
    notes: tuple[Attested, ...] = ()
    strays: tuple[Passage, ...] = ()  # what a witness has there and no text of the model takes
    structural: bool = False  # see Section
    title: str = ""
    depths: tuple[int, ...] = ()  # of each item; empty if all are 0
    prose: tuple[Attested, ...] = ()
    lists: tuple[SettledList, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.theme}.{self.slot}"


@dataclass(frozen=True)
class Copy:
    """A cell, or a text about a theme, that is given again."""

    of: str  # name of the cell, or id of the theme
    texts: tuple[Passage, ...]  # what the model does not take, since it has it
    head: Passage  # where the copy begins
    original: Passage  # where what the model takes begins
    differs: tuple[tuple[Passage, Passage], ...] = ()  # (taken, not taken), where they differ


@dataclass(frozen=True)
class Settlement:
    """What all witnesses of a document agree on, and what they do not."""

    cells: tuple[Settled, ...]
    homes: tuple[tuple[str, ...], ...]  # for each reading and section the theme; "" if left open
    disputes: tuple[tuple[str, Dispute], ...] = ()  # with the cell that each is about
    explained: frozenset[Passage] = frozenset()  # loose text that says again what a cell says
    about: tuple[About, ...] = ()  # one a theme or stage at most
    copies: tuple[Copy, ...] = ()  # cells that are given more than once
    spare: tuple[Passage, ...] = ()  # said of a theme or a stage, and not taken
