"""Lines to pieces, and pieces to runs: what surely stands together, how it begins and ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

from breakthrough_extract.document import BlockKind, Passage
from breakthrough_extract.punctuation import ABBREVIATED, FULL_STOP, LAST_BUT_ONE, LISTED
from breakthrough_extract.recognise.lines import Line, What
from breakthrough_extract.recognise.lists import Lists, split_headline
from breakthrough_extract.recognise.run_in import OPENING

MARKED = 1 / 3  # share of the texts that must have list marks if the marks are not lost
COMMON = 0.2  # share of the gaps between items that makes a gap usual
ASTRAY = 0.1  # texts that do not go on, to those that do, at a gap that keeps lists together


class Start(Enum):
    """How a piece begins."""

    LABEL = auto()
    HEAD = auto()
    ITEM = auto()
    REST = auto()  # of an item or a headline that was cut
    EITHER = auto()  # an item whose mark is lost, or the rest of one


class End(Enum):
    """How a piece ends, and so what must come next."""

    LABEL = auto()  # a headline
    HEAD = auto()  # an item
    MORE = auto()  # an item
    LAST_BUT_ONE = auto()  # the last item
    CUT = auto()  # the rest
    LAST = auto()  # nothing


@dataclass(frozen=True)
class Piece:
    """A label, a headline, an item, or the rest of one."""

    line: Line
    start: Start
    end: End

    @property
    def text(self) -> str:
        return self.line.text.folded


@dataclass(frozen=True)
class Run:
    """Pieces that surely follow one another in one list."""

    pieces: tuple[Piece, ...]
    page: int  # stretches between running heads, 0-based
    turn: int  # number of its turn in the text: what no blank line parts has one turn
    down: int  # turns since its page began

    @property
    def first(self) -> Piece:
        return self.pieces[0]

    @property
    def last(self) -> Piece:
        return self.pieces[-1]

    @property
    def slot(self) -> str:
        """What its label names; "" if it has none."""
        return self.first.line.name if self.first.start == Start.LABEL else ""

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces if piece.start != Start.LABEL)


def is_rest(run: Run) -> bool:
    """Whether it begins in the middle of a list."""
    return run.first.start in (Start.ITEM, Start.REST, Start.EITHER)


def follows(one: Piece, other: Piece) -> bool:
    """Whether `other` may come next after `one` in a list."""
    item = other.start in (Start.ITEM, Start.EITHER)
    match one.end:
        case End.LABEL:
            return other.start == Start.HEAD
        case End.HEAD | End.MORE:
            return item
        case End.LAST_BUT_ONE:
            return item and other.end in (End.LAST, End.CUT)
        case End.CUT if one.start == Start.HEAD:
            return other.start == Start.REST and other.end == End.HEAD
        case End.CUT:
            return other.start in (Start.REST, Start.EITHER) and other.end != End.HEAD
        case End.LAST:
            return False


def runs_of(lines: Sequence[Line], lists: Lists) -> list[Run]:
    """The runs of a text, in its order."""
    entries = list(_entries(lines, lists))
    usual = _usual_gap(entries)
    found: list[tuple[list[Piece], int, int, int]] = []  # its pieces, page, turn, down
    page = turn = top = region = 0
    before: Piece | None = None  # the piece directly before
    for entry in entries:
        there = _line(entry).block.place.region
        together = before and isinstance(entry, Piece) and _gap(before, entry) <= usual
        if together and before and isinstance(entry, Piece) and follows(before, entry):
            found[-1][0].append(entry)
            before, region = entry, there
            continue
        turn, region = turn + (there != region), there
        if isinstance(entry, Piece):
            found.append(([entry], page, turn, turn - top))
            before = entry
            continue
        before = None
        if entry.what in (What.FURNITURE, What.HEADS):
            page, top = page + 1, turn
    runs = [Run(tuple(pieces), *where) for pieces, *where in found]
    return [part for run, after in pairwise([*runs, None]) if run for part in _cut(run, after)]


def _cut(run: Run, after: Run | None) -> Iterator[Run]:
    """`run`; piece by piece, if it came to its end just before the rest of another list.

    A table's row may be cut there by the page's end, of which the text shows nothing: then what
    seems to go on with the last column's list is the rest of the first one's.
    """
    rest = after is not None and after.turn == run.turn and is_rest(after)
    if not rest or run.first.start != Start.LABEL or run.last.end != End.LAST:
        yield run
        return
    heads = [piece for piece in run.pieces if piece.start in (Start.LABEL, Start.HEAD)]
    yield replace(run, pieces=tuple(heads))
    for piece in run.pieces[len(heads) :]:
        yield replace(run, pieces=(piece,))


def _line(entry: Piece | Line) -> Line:
    return entry.line if isinstance(entry, Piece) else entry


def _entries(lines: Sequence[Line], lists: Lists) -> Iterator[Piece | Line]:
    """The labels and texts as pieces, other lines as they are."""
    texts = [line for line in lines if line.what == What.TEXT]
    marked = sum(line.block.kind == BlockKind.ITEM for line in texts) > MARKED * len(texts)
    for line in lines:
        if line.what == What.LABEL:
            yield Piece(line, Start.LABEL, End.LABEL)
        elif line.what == What.TEXT and line.block.kind == BlockKind.ITEM:
            item, rest = _ended(line.text)
            yield Piece(replace(line, text=item), Start.ITEM, _end(item.folded))
            if rest:
                yield Piece(replace(line, text=rest), Start.REST, _end(rest.folded))
        elif line.what == What.TEXT:
            yield from _unmarked(line, lists, marked)
        else:
            yield line


def _ended(text: Passage) -> tuple[Passage, Passage]:
    """`text` up to a full stop at a line's end after which no sentence begins, and the rest:
    what was cut in another column."""
    lines = list(text.lines())
    for n, (one, other) in enumerate(pairwise(lines), 1):
        if _end(one.text) == End.LAST and other.text[:1].islower():
            return Passage.join(lines[:n]), Passage.join(lines[n:])
    return text, Passage()


def _lists_apart(items: Iterable[Passage]) -> Iterator[Passage]:
    """`items`, each cut where one list ends and a piece of another follows."""
    for item in items:
        ended, rest = _ended(item)
        while rest:
            yield ended
            ended, rest = _ended(rest)
        yield ended


def _unmarked(line: Line, lists: Lists, marked: bool) -> Iterator[Piece]:
    """The pieces of a paragraph. `marked`: items have list marks in this text."""
    head, rest = split_headline(line.text)
    if head.folded.endswith(":"):
        start = Start.HEAD if _is_capital(head.folded) else Start.REST
        yield Piece(replace(line, text=head), start, End.HEAD)
    else:
        rest = line.text
    if not rest:
        return
    for part in [rest] if marked else _lists_apart(lists.split(rest)):
        end = _end(part.folded)
        headline = end == End.CUT and _is_capital(part.folded)
        start = Start.REST if marked else Start.EITHER
        if headline and (marked or line.block.style.bold):
            start = Start.HEAD
        yield Piece(replace(line, text=part), start, end)


def _is_capital(text: str) -> bool:
    return text.lstrip(f"{OPENING}([*")[:1].isupper()


def _end(text: str) -> End:
    if LAST_BUT_ONE.search(text):
        return End.LAST_BUT_ONE
    if LISTED.search(text):
        return End.MORE
    if FULL_STOP.search(text) and not ABBREVIATED.search(text):
        return End.LAST
    return End.CUT


def _gap(one: Piece, other: Piece) -> int:
    """How many blank lines stand between two pieces."""
    return other.line.block.place.region - one.line.block.place.region


def _usual_gap(entries: Sequence[Piece | Line]) -> int:
    """How many blank lines part the pieces of one list: the fewest that are common, if texts
    that do not go on stand further apart; -1 if the blank lines say nothing."""
    fits: Counter[int] = Counter()
    breaks: Counter[int] = Counter()
    for one, other in pairwise(entries):
        if isinstance(one, Piece) and isinstance(other, Piece):
            if follows(one, other):
                fits[_gap(one, other)] += 1
            elif other.line.text and one.end != End.CUT and _breaks_off(one, other):
                breaks[_gap(one, other)] += 1
    usual = min((gap for gap in fits if fits[gap] >= COMMON * fits.total()), default=0)
    near = sum(count for gap, count in breaks.items() if gap <= usual)
    together = sum(count for gap, count in fits.items() if gap <= usual)
    return usual if near <= ASTRAY * together else -1


def _breaks_off(one: Piece, other: Piece) -> bool:
    """Whether `other` is neither the rest of something nor the label of the next list."""
    return other.start != Start.REST and (one.end, other.start) != (End.LAST, Start.LABEL)
