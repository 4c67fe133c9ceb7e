"""Which item of the new version is which of the old one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from breakthrough_extract.punctuation import letters
from breakthrough_extract.versions.changes import Basis
from breakthrough_extract.versions.groups import declared, partings
from breakthrough_extract.versions.likeness import Lexicon, Wordings
from breakthrough_extract.versions.links import Group, Link, Links, same_ids
from breakthrough_extract.versions.order import shifted
from breakthrough_extract.versions.pairing import best_pairs
from breakthrough_extract.versions.sides import Item

# Two items are one if their likeness and what speaks for it come to NEED. The numbers were
# measured on models with much boilerplate: of the pairs of different items in one list the
# most alike come to 0.30, and 99 in 100 to less than 0.28; of those in one theme 99 in 100
# come to less than 0.36; rewordings to 0.5 and more.
NEED = 0.58
SAME_LIST = 0.1  # they stand in the same list
HALF_LIST = 0.03  # in the same theme, or at the same stage
NEIGHBOUR = 0.09  # on each side: they stand next to the same item, or at the list's end


class Homes(NamedTuple):
    """What the themes, slots and named lists of the old version are in the new one."""

    themes: Mapping[int, int]
    slots: Mapping[str, str]
    lists: Mapping[int, int]  # by index in Side.lists; -1, which is no list, is -1


def link_items(
    old: Sequence[Item],
    new: Sequence[Item],
    homes: Homes,
    lexicon: Lexicon,
    by_id: bool,
    replaced: Mapping[str, Sequence[str]],
) -> Links:
    """The links of all items; `replaced`: which items a version says stand for an older one."""
    search = _Search(old, new, homes, lexicon)
    if by_id:
        search.link(same_ids([item.id for item in old], [item.id for item in new]))
        search.declare(replaced)
    for key in TIERS:
        search.link(list(search.same_letters(key)))
    if search.free_old() and search.free_new():
        search.link(list(search.assigned()))
    search.regroup()
    return Links(
        tuple(sorted(search.links.values())), tuple(sorted(search.groups)), search.shifted()
    )


Home = tuple[int | None, str | None, int | None]  # theme, slot and list; None: not in the new one
Key = Callable[[Home, str], Hashable]

# Items of the same letters belong together in the same list first, then in the same theme, at
# the same stage, anywhere.
TIERS: tuple[Key, ...] = (
    lambda home, text: (home, text),
    lambda home, text: (home[:2], text),
    lambda home, text: (home[0], text),
    lambda home, text: (home[1], text),
    lambda _, text: text,
)


@dataclass
class _Search:
    old: Sequence[Item]
    new: Sequence[Item]
    homes: Homes
    lexicon: Lexicon
    links: dict[int, Link] = field(default_factory=dict)  # by the old index
    partner: dict[int, int] = field(default_factory=dict)  # new index → old index
    groups: list[Group] = field(default_factory=list)
    grouped_old: set[int] = field(default_factory=set)
    grouped_new: set[int] = field(default_factory=set)

    @cached_property
    def wordings(self) -> Wordings:
        old, new = (item.text for item in self.old), (item.text for item in self.new)
        return Wordings(old, new, self.lexicon)

    def link(self, links: Iterable[Link]) -> None:
        for link in links:
            self.links[link.old] = link
            self.partner[link.new] = link.old

    def free_old(self) -> list[int]:
        taken = self.links.keys() | self.grouped_old
        return [n for n in range(len(self.old)) if n not in taken]

    def free_new(self) -> list[int]:
        taken = self.partner.keys() | self.grouped_new
        return [n for n in range(len(self.new)) if n not in taken]

    # Where items stand, in terms of the new version.

    def old_home(self, n: int) -> Home:
        item, homes = self.old[n], self.homes
        return (
            homes.themes.get(item.theme),
            homes.slots.get(item.slot),
            homes.lists.get(item.list),
        )

    def new_home(self, n: int) -> Home:
        item = self.new[n]
        return item.theme, item.slot, item.list

    def same_letters(self, key: Key) -> Iterator[Link]:
        """Free items whose keys are the same; several of one key in the order of the file."""
        theirs: dict[Hashable, list[int]] = defaultdict(list)
        for n in reversed(self.free_new()):
            theirs[key(self.new_home(n), _letters(self.new[n].text))].append(n)
        for n in self.free_old():
            found = theirs.get(key(self.old_home(n), _letters(self.old[n].text)))
            if found:
                yield Link(n, found.pop(), Basis.TEXT, 1.0)

    # The best assignment of what is left.

    def assigned(self) -> Iterator[Link]:
        alike = {**self._alike_anywhere(), **self._alike_in_lists()}
        gains = {
            (m, n): likeness + self._support(m, n) - NEED for (m, n), likeness in alike.items()
        }
        for m, n in best_pairs(gains):
            yield Link(m, n, Basis.LIKENESS, round(alike[m, n], 4))

    def _alike_anywhere(self) -> dict[tuple[int, int], float]:
        """The pairs of free items that need no list in common to be one."""
        ours, theirs = self.free_old(), self.free_new()
        old, new = [self.old[m].text for m in ours], [self.new[n].text for n in theirs]
        found = self.wordings.alike(old, new, NEED - HALF_LIST)
        return {(ours[m], theirs[n]): likeness for m, n, likeness in found}

    def _alike_in_lists(self) -> dict[tuple[int, int], float]:
        """All pairs of free items in one list."""
        lists: dict[Home, list[int]] = defaultdict(list)
        for n in self.free_new():
            lists[self.new_home(n)].append(n)
        return {
            (m, n): self.wordings.likeness(self.old[m].text, self.new[n].text)
            for m in self.free_old()
            for n in lists[self.old_home(m)]
        }

    def _support(self, m: int, n: int) -> float:
        """What place and neighbours say for a pair."""
        ours, theirs = self.old_home(m), self.new_home(n)
        if ours != theirs:
            return HALF_LIST * (ours[0] == theirs[0] or ours[1] == theirs[1])
        shared = sum(self._next(m, step) == _beside(self.new, n, step) for step in (-1, 1))
        return SAME_LIST + NEIGHBOUR * shared

    def _next(self, m: int, step: int) -> int | None:
        """The new index of what stands beside an old item; None at the end of the list."""
        beside = _beside(self.old, m, step)
        if beside is None:
            return None
        return self.links[beside].new if beside in self.links else -1

    # Splits and merges.

    def declare(self, replaced: Mapping[str, Sequence[str]]) -> None:
        """Take over what a version records of its withdrawn identifiers, in either direction."""
        old, new = [item.id for item in self.old], [item.id for item in self.new]
        forth = declared(old, new, replaced, self.partner)
        for found in list(forth):
            self._group(Group(found.old, found.new, Basis.DECLARED, 1.0))
        back = declared(new, old, replaced, {m: link.new for m, link in self.links.items()})
        for found in list(back):
            self._group(Group(found.new, found.old, Basis.DECLARED, 1.0))

    def regroup(self) -> None:
        """Turn links and free items into splits and merges, the surest first."""
        taken = {m: link.new for m, link in self.links.items() if self._open(link)}
        ours = {m: self.old[m].text for m in sorted({*self.free_old(), *taken})}
        theirs = {n: self.new[n].text for n in sorted({*self.free_new(), *taken.values()})}
        if not (ours and theirs):
            return
        mirrored = {n: m for m, n in taken.items()}
        splits = partings(ours, theirs, taken, self.wordings)
        merges = partings(theirs, ours, mirrored, self.wordings)
        groups = [
            *(Group((p.whole,), p.parts, Basis.LIKENESS, p.confidence) for p in splits),
            *(Group(p.parts, (p.whole,), Basis.LIKENESS, p.confidence) for p in merges),
        ]
        for group in sorted(groups, key=lambda group: (-group.confidence, group.old, group.new)):
            self._group(group)

    def _open(self, link: Link) -> bool:
        """Whether a link may turn out to be part of a split or merge."""
        old, new = self.old[link.old].text, self.new[link.new].text
        return old != new and _letters(old) != _letters(new)

    def _group(self, group: Group) -> None:
        """Put a group in the place of the links between its members, if nothing else has them."""
        if self.grouped_old & set(group.old) or self.grouped_new & set(group.new):
            return
        for m in group.old:
            link = self.links.pop(m, None)
            if link:
                del self.partner[link.new]
        if len(group.old) == len(group.new) == 1:
            self.link([Link(group.old[0], group.new[0], group.basis, group.confidence)])
            return
        self.groups.append(group)
        self.grouped_old.update(group.old)
        self.grouped_new.update(group.new)

    def shifted(self) -> frozenset[tuple[int, int]]:
        """The links within one list that are out of its order."""
        lists: dict[tuple[Home, int], list[tuple[int, int]]] = defaultdict(list)
        for m, link in self.links.items():
            above = self.new[link.new].under
            if self.old_home(m) == self.new_home(link.new) and self._above(m) == above:
                lists[self.new_home(link.new), above].append((m, link.new))
        return frozenset(pair for pairs in lists.values() for pair in shifted(pairs))

    def _above(self, m: int) -> int | None:
        """The new index of what an old item is listed under, -1 if of nothing."""
        above = self.old[m].under
        if above < 0:
            return above
        return self.links[above].new if above in self.links else None


_letters = lru_cache(maxsize=1 << 16)(letters)


def _beside(items: Sequence[Item], n: int, step: int) -> int | None:
    """The index of what stands before or behind in the same list; None at its end."""
    other = n + step
    if not 0 <= other < len(items):
        return None
    one, two = items[n], items[other]
    return other if one.at == two.at else None
