"""Which entry of one version is which of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from breakthrough_extract.versions.changes import Basis


class Link(NamedTuple):
    """Two entries, by index, that are one."""

    old: int
    new: int
    basis: Basis
    confidence: float  # 0..1


class Group(NamedTuple):
    """One entry that became several, or several that became one; by index."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    basis: Basis
    confidence: float  # 0..1


@dataclass(frozen=True)
class Links:
    """All links of one kind of thing, sorted; no index of a side is in two of them."""

    pairs: tuple[Link, ...] = ()
    groups: tuple[Group, ...] = ()
    shifted: frozenset[tuple[int, int]] = frozenset()  # pairs that left the order of their list

    def new_of(self) -> dict[int, int]:
        return {link.old: link.new for link in self.pairs}

    def mirrored(self) -> Links:
        return Links(
            tuple(sorted(link._replace(old=link.new, new=link.old) for link in self.pairs)),
            tuple(sorted(group._replace(old=group.new, new=group.old) for group in self.groups)),
            frozenset((new, old) for old, new in self.shifted),
        )


@dataclass(frozen=True)
class Matching:
    """Links by index into the models' stages and themes and the sides' named lists, items, notes
    and paragraphs."""

    stages: Links
    themes: Links
    lists: Links
    items: Links
    notes: Links
    paragraphs: Links

    def mirrored(self) -> Matching:
        return Matching(
            self.stages.mirrored(),
            self.themes.mirrored(),
            self.lists.mirrored(),
            self.items.mirrored(),
            self.notes.mirrored(),
            self.paragraphs.mirrored(),
        )


def same_ids(old: Sequence[str], new: Sequence[str]) -> list[Link]:
    """What has an identifier that stands once on either side."""
    ours, theirs = Counter(old), Counter(new)
    place = {id_: n for n, id_ in enumerate(new)}
    return [
        Link(n, place[id_], Basis.ID, 1.0)
        for n, id_ in enumerate(old)
        if ours[id_] == theirs[id_] == 1
    ]
