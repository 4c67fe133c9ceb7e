"""What only one of two versions has, each told with the largest thing that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from breakthrough_extract.versions.changes import Entry
from breakthrough_extract.versions.links import Links, Matching
from breakthrough_extract.versions.sides import LIST, Side


@dataclass(frozen=True)
class Remains:
    """One side's things that the other has not, by index or place."""

    side: Side
    stages: frozenset[int]
    themes: frozenset[int]
    items: frozenset[int]
    notes: frozenset[int]
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
            _without(matching.items, len(side.items), which),
            _without(matching.notes, len(side.notes), which),
            frozenset(shared_cells),
        )

    def entries(self) -> Iterator[tuple[Entry, tuple[Entry, ...]]]:
        """Each thing with its contents: stages, themes, cells, then single items and notes."""
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
        for rest in contents.values():
            for entry in rest:
                yield entry, ()

    def _own_cells(self) -> Iterator[tuple[int, str, int]]:
        for theme in range(len(self.side.model.themes)):
            for slot, cell in self.side.slots(theme).items():
                if (theme, slot) not in self.shared_cells:
                    yield theme, slot, cell

    def _owner(self, theme: int, slot: str) -> str:
        """The path of the largest lonely thing that a cell belongs to; "" if it is shared."""
        if theme in self.themes:
            return f"themes[{theme}]"
        if (theme, slot) in self.shared_cells:
            return ""
        places = {stage.id: n for n, stage in enumerate(self.side.model.stages)}
        if slot != LIST and places.get(slot, -1) in self.stages:
            return f"stages[{places[slot]}]"
        return self.side.slot_path(theme, self.side.slots(theme)[slot])

    def _contents(self) -> dict[str, list[Entry]]:
        """What is lonely, by the path of what it belongs to."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for theme in sorted(self.themes):
            complaint = self.side.complaint_entry(theme)
            if complaint:
                found[f"themes[{theme}]"].append(complaint)
        for theme, slot, cell in self._own_cells():
            headline = self.side.headline_entry(theme, slot, cell)
            if headline:
                found[self._owner(theme, slot)].append(headline)
        for indices, entries in ((self.items, self.side.items), (self.notes, self.side.notes)):
            for n in sorted(indices):
                item = entries[n]
                found[self._owner(item.theme, item.slot)].append(self.side.entry(item))
        return found


def _without(links: Links, count: int, which: Literal["old", "new"]) -> frozenset[int]:
    """The indices of one side that no link or group holds."""
    held = {getattr(link, which) for link in links.pairs}
    held.update(n for group in links.groups for n in getattr(group, which))
    return frozenset(range(count)) - held
