"""What changed, one small generator a kind of thing. KINDS is the table of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from breakthrough_extract.versions.around import leaves, values_around
from breakthrough_extract.versions.changes import (
    Added,
    Basis,
    Change,
    Described,
    Details,
    Entry,
    Merged,
    Moved,
    MovedReworded,
    Reidentified,
    Renamed,
    Reordered,
    Reworded,
    Scope,
    Split,
    Typography,
    Value,
    Withdrawn,
)
from breakthrough_extract.versions.links import Group, Link, Links, Matching
from breakthrough_extract.versions.match import slots_of
from breakthrough_extract.versions.remains import Remains
from breakthrough_extract.versions.sides import LINES, NO_THEME, Item, Side
from breakthrough_extract.versions.typography import only_typography
from breakthrough_extract.versions.words import hunks


@dataclass(frozen=True)
class Comparison:
    """Two versions, and what of the one is what of the other."""

    old: Side
    new: Side
    matching: Matching

    @cached_property
    def slots(self) -> dict[str, str]:
        """What the slots of the old version are in the new one."""
        return slots_of(self.old, self.new, self.matching.stages)

    @cached_property
    def themes(self) -> dict[int, int]:
        return {NO_THEME: NO_THEME, **self.matching.themes.new_of()}

    @cached_property
    def lists(self) -> dict[int, int]:
        return {-1: -1, **self.matching.lists.new_of()}

    @cached_property
    def partners(self) -> dict[int, int]:
        """What the items of the old version are in the new one, by index."""
        return {-1: -1, **self.matching.items.new_of()}

    @property
    def linked(self) -> tuple[tuple[Links, Sequence[Item], Sequence[Item]], ...]:
        """What stands in lists, with its links."""
        return (
            (self.matching.items, self.old.items, self.new.items),
            (self.matching.notes, self.old.notes, self.new.notes),
            (self.matching.paragraphs, self.old.paragraphs, self.new.paragraphs),
        )

    def shared_cells(self) -> Iterator[tuple[int, int, str, str]]:
        """Old theme, new theme, old slot, new slot of each cell that both versions have."""
        for ours, theirs in self.matching.themes.new_of().items():
            known = self.new.slots(theirs)
            for slot in self.old.slots(ours):
                if self.slots.get(slot) in known:
                    yield ours, theirs, slot, self.slots[slot]

    def remains(self) -> tuple[Remains, Remains]:
        """What only the old version has, and what only the new one."""
        cells = list(self.shared_cells())
        return (
            Remains.of(
                self.old, self.matching, {(ours, slot) for ours, _, slot, _ in cells}, "old"
            ),
            Remains.of(
                self.new, self.matching, {(theirs, slot) for _, theirs, _, slot in cells}, "new"
            ),
        )


def described(both: Comparison) -> Iterator[Change]:
    """The model's own names and marks."""
    old, new = both.old.model, both.new.model
    if old.id != new.id:
        yield Described(field="id", old=old.id, new=new.id)
    if old.title != new.title:
        yield Described(field="title", old=old.title, new=new.title)
    if old.schema_version != new.schema_version:
        yield Described(field="schema_version", old=old.schema_version, new=new.schema_version)
    if old.draft != new.draft:
        yield Described(field="draft", old=str(old.draft).lower(), new=str(new.draft).lower())


def families(both: Comparison) -> Iterator[Change]:
    """Themes, stages and named lists that both versions have."""
    for links, ours, theirs in (
        (both.matching.stages, both.old.stage_entry, both.new.stage_entry),
        (both.matching.themes, both.old.theme_entry, both.new.theme_entry),
        (both.matching.lists, both.old.list_entry, both.new.list_entry),
    ):
        for link in links.pairs:
            moved = (link.old, link.new) in links.shifted
            yield from _family(ours(link.old), theirs(link.new), link, moved)


def _family(old: Entry, new: Entry, link: Link, moved: bool) -> Iterator[Change]:
    basis, confidence = link.basis, link.confidence
    if old.text != new.text:
        kind = Typography if only_typography(old.text, new.text) else Renamed
        words = hunks(old.text, new.text)
        yield kind(old=old, new=new, basis=basis, confidence=confidence, hunks=words)
    elif old.id != new.id and not moved:
        yield Reidentified(old=old, new=new, basis=basis, confidence=confidence)
    if moved:
        yield Reordered(old=old, new=new, basis=basis, confidence=confidence)


def singles(both: Comparison) -> Iterator[Change]:
    """Texts of which there is but one in what both versions have."""
    for ours, theirs in both.matching.themes.new_of().items():
        for role in LINES:
            if both.old.line(ours, role) == both.new.line(theirs, role):
                continue  # most are the same, and entries take time to make
            yield from _single(both.old.line_entry(ours, role), both.new.line_entry(theirs, role))
    for ours, theirs, slot, other in both.shared_cells():
        old = (ours, slot, both.old.slots(ours)[slot])
        new = (theirs, other, both.new.slots(theirs)[other])
        if both.old.headline(ours, old[2]) != both.new.headline(theirs, new[2]):
            yield from _single(both.old.headline_entry(*old), both.new.headline_entry(*new))
        if both.old.label(ours, old[2]) != both.new.label(theirs, new[2]):
            yield from _single(both.old.label_entry(*old), both.new.label_entry(*new))


def _single(old: Entry | None, new: Entry | None) -> Iterator[Change]:
    if old is None and new is not None:
        yield Added(new=new)
    elif old is not None and new is None:
        yield Withdrawn(old=old)
    elif old is not None and new is not None and old.text != new.text:
        kind = Typography if only_typography(old.text, new.text) else Reworded
        words = hunks(old.text, new.text)
        yield kind(old=old, new=new, basis=Basis.PLACE, confidence=1.0, hunks=words)


def items(both: Comparison) -> Iterator[Change]:
    """Items, notes and paragraphs that both versions have."""
    for links, ours, theirs in both.linked:
        for link in links.pairs:
            old, new = ours[link.old], theirs[link.new]
            scope = _scope(both, old, new, (link.old, link.new) in links.shifted)
            if scope or (old.id, old.text) != (new.id, new.text):
                yield _item(both.old.entry(old), both.new.entry(new), link, scope)


def _scope(both: Comparison, old: Item, new: Item, shifted: bool) -> Scope | None:
    """What an item left, if it did."""
    if both.themes.get(old.theme) != new.theme:
        return "theme"
    if both.slots.get(old.slot) != new.slot:
        return "stage"
    if both.lists.get(old.list) != new.list:
        return "list"
    if both.partners.get(old.under) != new.under:
        return "item"
    return "position" if shifted else None


def _item(old: Entry, new: Entry, link: Link, scope: Scope | None) -> Change:
    pair: dict[str, Any] = {
        "old": old,
        "new": new,
        "basis": link.basis,
        "confidence": link.confidence,
    }
    words = hunks(old.text, new.text)
    reworded = bool(words) and not only_typography(old.text, new.text)
    if scope:
        kind = MovedReworded if reworded else Moved
        return kind(**pair, hunks=words, scope=scope)
    if not words:
        return Reidentified(**pair)
    return (Reworded if reworded else Typography)(**pair, hunks=words)


def groups(both: Comparison) -> Iterator[Change]:
    """What was split or merged."""
    for links, ours, theirs in both.linked:
        for group in links.groups:
            old = tuple(both.old.entry(ours[n]) for n in group.old)
            new = tuple(both.new.entry(theirs[n]) for n in group.new)
            yield _group(old, new, group)


def _group(old: tuple[Entry, ...], new: tuple[Entry, ...], group: Group) -> Change:
    words = hunks(" ".join(e.text for e in old), " ".join(e.text for e in new))
    sure = group.confidence
    if len(old) == 1:
        return Split(old=old[0], new=new, basis=group.basis, confidence=sure, hunks=words)
    return Merged(old=old, new=new[0], basis=group.basis, confidence=sure, hunks=words)


def lonely(both: Comparison) -> Iterator[Change]:
    """What only one of the versions has: what came, and what went."""
    gone, come = both.remains()
    for entry, contents in gone.entries():
        yield Withdrawn(old=entry, contents=contents)
    for entry, contents in come.entries():
        yield Added(new=entry, contents=contents)


Kind = Callable[[Comparison], Iterator[Change]]


def around(both: Comparison) -> Iterator[Change]:
    """Aliases, scales and the like that differ beside what is told of."""
    values = values_around(both.old, both.new, both.matching, both.slots)
    if values:
        yield Details(values=tuple(values))


KINDS: tuple[Kind, ...] = (described, families, singles, items, groups, lonely, around)


def details(both: Comparison) -> Iterator[Change]:
    """Every value that differs. For models in which no generator finds a change."""
    ours = leaves(json.loads(both.old.model.to_json()))
    theirs = leaves(json.loads(both.new.model.to_json()))
    values = [
        Value(old_path=path, new_path=path, old=ours.get(path), new=theirs.get(path))
        for path in sorted({**ours, **theirs})
        if ours.get(path) != theirs.get(path)
    ]
    if values:
        yield Details(values=tuple(values))
