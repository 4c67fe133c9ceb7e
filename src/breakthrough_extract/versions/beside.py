"""Two versions row by row: what a page needs to show them side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from breakthrough_extract.model import Model
from breakthrough_extract.versions.changes import (
    Added,
    Change,
    Changes,
    Entry,
    Hunk,
    Role,
    Withdrawn,
    entries,
)
from breakthrough_extract.versions.diff import steps
from breakthrough_extract.versions.sides import LINES, Side
from breakthrough_extract.versions.told import OF_THEME, Names, Told, cell_of, tell


class Row(NamedTuple):
    """One entry, in both versions or in one."""

    label: str
    told: Told | None  # None: nothing changed
    anchor: str  # of the change, "" if there is none; only its first row has it
    old: tuple[Hunk, ...]  # empty if the old version has nothing there
    new: tuple[Hunk, ...]  # likewise


class Slot(NamedTuple):
    """The rows of one cell, or of what a theme has besides its cells."""

    name: str
    rows: tuple[Row, ...]


class Block(NamedTuple):
    """A theme, or at the head what belongs to none."""

    name: str
    slots: tuple[Slot, ...]

    @property
    def changed(self) -> bool:
        return any(row.told for slot in self.slots for row in slot.rows)


def blocks(old: Model, new: Model, changes: Changes) -> list[Block]:
    """All that either version has, in the order of the new one; what is gone stands where it
    stood."""
    both = _Beside.of(old, new, changes)
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    general = ((("", ""), _general_row(numbered)) for numbered in both.general)
    told = ((both.place(entry), _row(entry, is_new, both)) for entry, is_new in _in_order(both))
    for place, row in _anchored(chain(general, told)):
        rows[place].append(row)
    found = (
        Block(name, tuple(_slots(theme, rows, both.names)))
        for theme, name in {"": "", **both.names.themes}.items()
    )
    return [block for block in found if block.slots]


def _slots(
    theme: str, rows: Mapping[tuple[str, str], Sequence[Row]], names: Names
) -> Iterator[Slot]:
    for slot, name in {"": OF_THEME if theme else "", **names.slots}.items():
        if (theme, slot) in rows:
            yield Slot(name, tuple(rows[theme, slot]))


def _general_row(numbered: _Numbered) -> Row:
    told = tell(numbered.change)
    return Row(told.label, told, numbered.anchor, told.hunks, told.hunks)


@dataclass(frozen=True)
class _Numbered:
    change: Change
    anchor: str


@dataclass(frozen=True)
class _Beside:
    """Two versions, and the change that each entry is part of, by the entry's path."""

    names: Names
    general: tuple[_Numbered, ...]  # of the model as a whole
    of_old: Mapping[str, _Numbered]
    of_new: Mapping[str, _Numbered]
    old: tuple[Entry, ...]
    new: tuple[Entry, ...]

    @staticmethod
    def of(old: Model, new: Model, changes: Changes) -> _Beside:
        general: list[_Numbered] = []
        of_old: dict[str, _Numbered] = {}
        of_new: dict[str, _Numbered] = {}
        for number, change in enumerate(changes.changes, 1):
            numbered = _Numbered(change, f"change-{number}")
            before, after = entries(change)
            contents = change.contents if isinstance(change, Added | Withdrawn) else ()
            gone = (*before, *(contents if before else ()))
            come = (*after, *(() if before else contents))
            of_old.update((entry.path, numbered) for entry in gone)
            of_new.update((entry.path, numbered) for entry in come)
            if not gone and not come:
                general.append(numbered)
        return _Beside(
            names=Names.of(old, new, changes),
            general=tuple(general),
            of_old=of_old,
            of_new=of_new,
            old=tuple(_entries(Side(old))),
            new=tuple(_entries(Side(new))),
        )

    @cached_property
    def unchanged(self) -> dict[tuple[str, ...], str]:
        """Paths in the old version of what no change is about."""
        return {
            _key(entry, self.names): entry.path
            for entry in self.old
            if entry.path not in self.of_old
        }

    def twin(self, entry: Entry) -> str:
        """The path in the old version of what is this entry alone in the new one, or ""."""
        numbered = self.of_new.get(entry.path)
        if numbered is None:
            return self.unchanged.get(_key(entry, self.names), "")
        before, after = entries(numbered.change)
        return before[0].path if len(before) == len(after) == 1 else ""

    def place(self, entry: Entry) -> tuple[str, str]:
        return cell_of(entry, self.names)


def _in_order(both: _Beside) -> Iterator[tuple[Entry, bool]]:
    """All entries, and whether they are of the new version.

    Those of the old one that have no row with a new one stand after what they stood after.
    """
    kept = {both.twin(entry): n for n, entry in enumerate(both.new)}
    last: dict[tuple[str, str], int] = {}  # by place, index of the new entry that was passed
    gone: dict[int, list[Entry]] = defaultdict(list)  # by that index
    for entry in both.old:
        place = both.place(entry)
        n = kept.get(entry.path)
        if n is not None and both.place(both.new[n]) == place:
            last[place] = n
        else:
            gone[last.get(place, -1)].append(entry)
    yield from ((entry, False) for entry in gone[-1])
    for n, entry in enumerate(both.new):
        yield entry, True
        yield from ((old, False) for old in gone[n])


def _row(entry: Entry, is_new: bool, both: _Beside) -> Row:
    label = entry.code or entry.role.value
    numbered = (both.of_new if is_new else both.of_old).get(entry.path)
    if numbered is None:
        same = (Hunk(old=entry.text, new=entry.text),)
        return Row(label, None, "", same, same if is_new else ())
    told = tell(numbered.change)
    before, after = entries(numbered.change)
    paired = len(before) == len(after) == 1
    if paired and both.place(before[0]) == both.place(after[0]):
        return Row(label, told, numbered.anchor, told.hunks, told.hunks)
    if is_new:
        hunks = told.hunks if paired else (Hunk(old="", new=entry.text),)
        return Row(label, told, numbered.anchor, (), hunks)
    hunks = told.hunks if paired else (Hunk(old=entry.text, new=""),)
    return Row(label, told, numbered.anchor, hunks, ())


def _anchored(rows: Iterable[tuple[tuple[str, str], Row]]) -> Iterator[tuple[tuple[str, str], Row]]:
    """The rows; of those of one change the first alone keeps the anchor."""
    seen = {""}
    for place, row in rows:
        yield place, row._replace(anchor="") if row.anchor in seen else row
        seen.add(row.anchor)


def _entries(side: Side) -> Iterator[Entry]:
    """All that a version has, in the order of the file."""
    yield from sorted(_all(side), key=lambda entry: (entry.role != Role.STAGE, steps(entry)))


def _all(side: Side) -> Iterator[Entry]:
    model = side.model
    for n in range(len(model.stages)):
        yield side.stage_entry(n)
    for n in range(len(model.themes)):
        yield side.theme_entry(n)
        yield from filter(None, (side.line_entry(n, role) for role in LINES))
        for slot, cell in side.slots(n).items():
            singles = (side.headline_entry(n, slot, cell), side.label_entry(n, slot, cell))
            yield from filter(None, singles)
    for k in range(len(side.lists)):
        yield side.list_entry(k)
    for item in (*side.items, *side.notes, *side.paragraphs):
        yield side.entry(item)


def _key(entry: Entry, names: Names) -> tuple[str, ...]:
    """What an unchanged entry is known by in both versions."""
    if entry.role in (Role.THEME, Role.STAGE):
        return (entry.role, names.now(entry.id or ""))
    return (entry.role, *cell_of(entry, names), entry.id or entry.text)
