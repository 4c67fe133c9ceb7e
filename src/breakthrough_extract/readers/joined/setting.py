"""The lines that one column can have in a row, and what each costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from breakthrough_extract.readers.joined.nouns import End, Kind, Line, Measure, Row
from breakthrough_extract.readers.joined.sense import Sense

# Costs in nats.
NEVER = 1e9
SHARPNESS, LEAST_SHARPNESS = 0.004, 0.02  # share of a width, and ems, that widths may be wrong by
TOO_FAR = 4.0  # times as much is out of the question
LONG_WORD = 10.0  # ems: no line that goes on leaves so much room
ABSENT, ABSENT_INSIDE, NOT_BEGUN = 0.3, 0.8, 2.0  # a column that has no line in the row
NOTED = 0.5  # a note begins below a list
ODD, BEYOND, WRONG = 3.0, 4.0, 6.0
AFTER_PART = 0.7  # an item goes on after a semicolon
QUOTES = "'‘’\"“”"


class Setting:
    """Rows as they are set by one measure. `sense` None leaves the words' sense aside."""

    def __init__(
        self, rows: Sequence[Row], measure: Measure, sense: Sense | None, sharpness: float
    ) -> None:
        self.rows, self.measure, self.sense, self.sharpness = rows, measure, sense, sharpness
        self.regular = [Line(row.words, measure.face.regular) for row in rows]
        self.bold = [Line(row.words, measure.face.bold) for row in rows]
        self.columns = len(measure.widths)
        self._stretched: dict[tuple[int, int, Kind, int], list[tuple[float, int, bool]]] = {}

    def _line(self, row: int, kind: Kind) -> Line:
        return (self.bold if kind == Kind.HEAD else self.regular)[row]

    def _misfit(self, excess: float, room: float) -> float:
        if excess <= 0:
            return 0.0
        far = excess / (self.sharpness * room + LEAST_SHARPNESS)
        return far * far / 2 if far < TOO_FAR else NEVER

    def _is_full(self, column: int, before: End, row: int, start: int) -> float:
        """What it costs that the line before `start` ends where it does, though text goes on."""
        line = self._line(before.row, before.kind)
        marked = before.start in self.rows[before.row].marks
        room = self.measure.room(column, before.kind, marked)
        after = self._line(row, before.kind).firsts[start]
        filled = line.width(before.start, before.end) + line.style.space + after
        return self._misfit(room - filled, room)

    def _begin(self, column: int, before: End | None, row: int, start: int) -> tuple[float, Kind]:
        """What it costs that a column's line begins there, and what it then is."""
        word = self.rows[row].words[start]
        marked = start in self.rows[row].marks
        if self.measure.stub and column == 0:
            return self._begin_stub(before, row, start), Kind.STUB
        if before is None:
            if marked:
                return ODD, Kind.ITEM
            return (0.0, Kind.HEAD) if word[0].isupper() else (WRONG, Kind.ITEM)
        last = self.rows[before.row].words[before.end - 1]
        if marked:
            return self._begin_item(before, last)
        if before.kind == Kind.HEAD and before.closed:
            return WRONG, Kind.HEAD
        cost = AFTER_PART if before.closed else 0.0
        if before.kind == Kind.LAST and before.closed:
            if word[0] in "*†":
                return NOTED, Kind.NOTE
            cost = BEYOND
        return cost + self._is_full(column, before, row, start), before.kind

    def _begin_item(self, before: End, last: str) -> tuple[float, Kind]:
        if before.kind == Kind.HEAD:
            return (0.0 if before.closed else WRONG), Kind.ITEM
        if before.kind in (Kind.LAST, Kind.NOTE):
            return WRONG, Kind.ITEM
        if not before.closed:
            return WRONG + 1, Kind.ITEM
        return 0.0, (Kind.ITEM if last.endswith(";") else Kind.LAST)

    def _begin_stub(self, before: End | None, row: int, start: int) -> float:
        word = self.rows[row].words[start]
        if start in self.rows[row].marks:
            return NEVER
        if before is None:
            return 0.0 if word[0].isupper() or word[0] in QUOTES else WRONG
        if before.closed:
            return WRONG
        return 0.0 if word[0] in QUOTES else min(ODD, self._is_full(0, before, row, start) / 4)

    def _closes(self, kind: Kind, row: int, start: int, end: int) -> tuple[bool, float]:
        """Whether a text of that kind may end before `end`, and what it costs that a line does."""
        words = self.rows[row].words
        last = words[end - 1]
        if kind == Kind.HEAD:
            return last.endswith(":"), 0.0
        if kind == Kind.ITEM:
            joined = last in ("and", "or") and (end - 1 == start or words[end - 2][-1] == ";")
            return last.endswith(";") or joined, BEYOND if last.endswith(".") else 0.0
        if kind == Kind.LAST:
            return last.endswith("."), 0.0
        return kind == Kind.NOTE or last[-1] in QUOTES, 0.0

    def lines(
        self, column: int, before: End | None, row: int, start: int
    ) -> Iterator[tuple[float, End]]:
        """The lines that the column can have in `row` from its word `start` on, and their costs."""
        cost, kind = self._begin(column, before, row, start)
        if cost >= NEVER:
            return
        marked = start in self.rows[row].marks
        if self.sense and before and before.kind == kind and not marked:
            last = self.rows[before.row].words[before.end - 1]
            cost -= self.sense.across(last, self.rows[row].words[start])
        y = self.measure.below(before, marked) if before else 0.0
        key = (row, column, kind, start)
        if key not in self._stretched:
            self._stretched[key] = list(self._stretches(column, kind, row, start))
        for more, end, closed in self._stretched[key]:
            yield cost + more, End(row, start, end, kind, closed, y)

    def _stretches(
        self, column: int, kind: Kind, row: int, start: int
    ) -> Iterator[tuple[float, int, bool]]:
        """Where a line from the word `start` on can end: what that costs, the word after it, and
        whether its text may end there."""
        words, marks = self.rows[row].words, self.rows[row].marks
        room = self.measure.room(column, kind, start in marks)
        line = self._line(row, kind)
        sense = 0.0
        for end in range(start + 1, len(words) + 1):
            inside = end - 1 > start
            if inside and (end - 1 in marks or _is_quoted(kind, words[end - 2])):
                return
            wide = line.width(start, end)
            over = self._misfit(wide - room, room)
            if over >= NEVER:
                return
            if self.sense and inside and end - 2 not in marks:
                sense -= self.sense.beside(words[end - 2], words[end - 1])
            if column == self.columns - 1 and end < len(words):
                continue
            closed, odd = self._closes(kind, row, start, end)
            if closed or room - wide <= LONG_WORD or kind == Kind.STUB:
                yield sense + over + odd, end, closed

    def absent(self, column: int, before: End | None) -> float:
        """What it costs that the column has no line in a row."""
        if self.measure.stub and column == 0:
            return 0.0
        if before is None:
            return NOT_BEGUN
        if before.closed:
            return 0.0 if before.kind in (Kind.LAST, Kind.NOTE) else ABSENT
        return ABSENT_INSIDE


def _is_quoted(kind: Kind, word: str) -> bool:
    """Whether a stub ends with that word: its complaint does."""
    return kind == Kind.STUB and word[-1] in QUOTES
