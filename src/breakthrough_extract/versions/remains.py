"""What only one of two versions has, each told with the largest thing that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from breakthrough_extract.versions.changes import Entry
from breakthrough_extract.versions.links import Links, Matching
from breakthrough_extract.versions.sides import LINES, LIST, NO_THEME, OF_THEME, Side


@dataclass(frozen=True)
class Remains:
    """One side's things that the other has not, by index or place."""

    side: Side
    stages: frozenset[int]
    themes: frozenset[int]
    lists: frozenset[int]
    items: frozenset[int]
    notes: frozenset[int]
    paragraphs: frozenset[int]
    shared_cells: frozenset[tuple[int, str]]  # theme and slot

    @staticmethod
    def of(
        side: Side,
        matching: Matching,
        shared_cells: Collection[tuple[int, str]],
        which: Literal["old", "new"],
    ) -> Remains:
        return Remains(
            side,
            _without(matching.stages, len(side.model.stages), which),
            _without(matching.themes, len(side.model.themes), which),
            _without(matching.lists, len(side.lists), which),
            _without(matching.items, len(side.items), which),
            _without(matching.notes, len(side.notes), which),
            _without(matching.paragraphs, len(side.paragraphs), which),
            frozenset(shared_cells),
        )

    def entries(self) -> Iterator[tuple[Entry, tuple[Entry, ...]]]:
        """Each thing with its contents: stages, themes, cells, lists, then what stands alone."""
        contents = self._contents()
        for stage in sorted(self.stages):
            entry = self.side.stage_entry(stage)
            yield entry, tuple(contents.pop(entry.path, ()))
        for theme in sorted(self.themes):
            entry = self.side.theme_entry(theme)
            yield entry, tuple(contents.pop(entry.path, ()))
        for theme, slot, cell in self._own_cells():
            if self._owner(theme, slot) == self.side.slot_path(theme, cell):
                entry = self.side.cell_entry(theme, slot, cell)
                yield entry, tuple(contents.pop(entry.path, ()))
        for number in sorted(self.lists):
            if self._list_owner(number) == self.side.list_path(number):
                entry = self.side.list_entry(number)
                yield entry, tuple(contents.pop(entry.path, ()))
        for rest in contents.values():
            for entry in rest:
                yield entry, ()

    def _own_cells(self) -> Iterator[tuple[int, str, int]]:
        for theme in range(len(self.side.model.themes)):
            for slot, cell in self.side.slots(theme).items():
                if (theme, slot) not in self.shared_cells:
                    yield theme, slot, cell

    def _owner(self, theme: int, slot: str) -> str:
        """The path of the largest lonely thing that a place belongs to; "" if it is shared."""
        places = {stage.id: n for n, stage in enumerate(self.side.model.stages)}
        stage = places.get(slot, -1)
        if theme in self.themes:
            return f"themes[{theme}]"
        if slot == OF_THEME or (theme, slot) in self.shared_cells:
            return ""
        if slot != LIST and stage in self.stages:
            return f"stages[{stage}]"
        return "" if theme == NO_THEME else self.side.slot_path(theme, self.side.slots(theme)[slot])

    def _list_owner(self, number: int) -> str:
        """The same for what stands in a named list."""
        entry = self.side.lists[number]
        owner = self._owner(entry.theme, entry.slot)
        return owner or (self.side.list_path(number) if number in self.lists else "")

    def _contents(self) -> dict[str, list[Entry]]:
        """What is lonely, by the path of what it belongs to."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for theme in sorted(self.themes):
            lines = (self.side.line_entry(theme, role) for role in LINES)
            found[f"themes[{theme}]"] += [line for line in lines if line]
        for theme, slot, cell in self._own_cells():
            singles = (
                self.side.headline_entry(theme, slot, cell),
                self.side.label_entry(theme, slot, cell),
            )
            found[self._owner(theme, slot)] += [entry for entry in singles if entry]
        for number in sorted(self.lists):
            owner = self._list_owner(number)
            if owner != self.side.list_path(number):
                found[owner].append(self.side.list_entry(number))
        for indices, entries in (
            (self.items, self.side.items),
            (self.notes, self.side.notes),
            (self.paragraphs, self.side.paragraphs),
        ):
            for n in sorted(indices):
                item = entries[n]
                owner = (
                    self._owner(item.theme, item.slot)
                    if item.list < 0
                    else self._list_owner(item.list)
                )
                found[owner].append(self.side.entry(item))
        return found


def _without(links: Links, count: int, which: Literal["old", "new"]) -> frozenset[int]:
    """The indices of one side that no link or group holds."""
    held = {getattr(link, which) for link in links.pairs}
    held.update(n for group in links.groups for n in getattr(group, which))
    return frozenset(range(count)) - held
