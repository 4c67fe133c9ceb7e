"""Named lists of two versions, and paragraphs that stand alone in theirs: linked by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from breakthrough_extract.punctuation import letters
from breakthrough_extract.versions.changes import Basis
from breakthrough_extract.versions.links import Link, Links
from breakthrough_extract.versions.order import shifted
from breakthrough_extract.versions.pairing import best_pairs
from breakthrough_extract.versions.search import Homes
from breakthrough_extract.versions.sides import Item, NamedList
from breakthrough_extract.versions.typography import bare

SHARED = 0.5  # of the items of two lists that have other names: so many in common, and they are one


def link_lists(old: Sequence[NamedList], new: Sequence[NamedList], homes: Homes) -> Links:
    """Lists of one cell or theme: by name, then by the items that they share."""
    links = list(_same_names(old, new, homes))
    links += _same_items(old, new, homes, links)
    homesteads: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for link in links:
        homesteads[new[link.new].theme, new[link.new].slot].append((link.old, link.new))
    moved = frozenset(pair for pairs in homesteads.values() for pair in shifted(pairs))
    return Links(tuple(sorted(links)), shifted=moved)


Key = Callable[[NamedList | Item], Hashable]


def _old_home(homes: Homes) -> Key:
    return lambda one: (homes.themes.get(one.theme), homes.slots.get(one.slot))


def _new_home(one: NamedList | Item) -> Hashable:
    return one.theme, one.slot


def _same_names(old: Sequence[NamedList], new: Sequence[NamedList], homes: Homes) -> Iterator[Link]:
    home = _old_home(homes)
    there: dict[Hashable, list[int]] = defaultdict(list)
    for n in reversed(range(len(new))):
        there[_new_home(new[n]), bare(new[n].name)].append(n)
    for m, entry in enumerate(old):
        found = there.get((home(entry), bare(entry.name)))
        if found:
            yield Link(m, found.pop(), Basis.TEXT, 1.0)


def _same_items(
    old: Sequence[NamedList], new: Sequence[NamedList], homes: Homes, links: Sequence[Link]
) -> Iterator[Link]:
    home = _old_home(homes)
    taken, given = {link.old for link in links}, {link.new for link in links}
    there: dict[Hashable, list[int]] = defaultdict(list)
    for n, entry in enumerate(new):
        if n not in given:
            there[_new_home(entry)].append(n)
    shares = {
        (m, n): _share(entry, new[n])
        for m, entry in enumerate(old)
        if m not in taken
        for n in there.get(home(entry), ())
    }
    for m, n in best_pairs({pair: share for pair, share in shares.items() if share >= SHARED}):
        yield Link(m, n, Basis.LIKENESS, round(shares[m, n], 4))


def _share(old: NamedList, new: NamedList) -> float:
    """How many of the items of two lists are the same, of all."""
    ours, theirs = ({letters(item.text) for item in one.items} for one in (old, new))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 0.0


def with_lone(links: Links, old: Sequence[Item], new: Sequence[Item], homes: Homes) -> Links:
    """The links, and those of paragraphs that alone are left on both sides of one place."""
    home = _old_home(homes)
    ours = _left(old, home, {p.old for p in links.pairs} | {n for g in links.groups for n in g.old})
    theirs = _left(
        new, _new_home, {p.new for p in links.pairs} | {n for g in links.groups for n in g.new}
    )
    lone = [
        Link(left[0], theirs[place][0], Basis.PLACE, 1.0)
        for place, left in ours.items()
        if len(left) == 1 and len(theirs.get(place, ())) == 1
    ]
    return Links(tuple(sorted((*links.pairs, *lone))), links.groups, links.shifted)


def _left(items: Sequence[Item], home: Key, taken: set[int]) -> Mapping[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for n, item in enumerate(items):
        if n not in taken:
            found[item.role, home(item)].append(n)
    return found
