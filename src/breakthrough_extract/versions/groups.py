"""One item that became several. Seen from the new version it is several that became one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from breakthrough_extract.versions.likeness import Wordings

# Each part stands in the whole for the most part, each adds to what the others hold of it,
# and all together are more like it than any alone.
HELD = 0.6  # share of a part's weight that stands in the whole
ADDS = 0.2  # share of the whole's weight that each part adds
WHOLE = 0.7  # likeness of the whole and all parts together
BETTER = 0.1  # by so much at least that exceeds the likeness of the best part alone


class Parting(NamedTuple):
    """One entry and what it became, by index."""

    whole: int
    parts: tuple[int, ...]
    confidence: float


def partings(
    wholes: Mapping[int, str],
    parts: Mapping[int, str],
    linked: Mapping[int, int],
    wordings: Wordings,
) -> Iterator[Parting]:
    """What of `wholes` became several of `parts`, by their texts.

    `linked` tells for a whole the one part that it is taken for so far. That must be among
    the several, and is no part of another whole; all others are free.
    """
    taken = set(linked.values())
    free = {n: text for n, text in parts.items() if n not in taken}
    names, others = list(wholes), list(free)
    inside: dict[int, list[int]] = defaultdict(list)
    for part, whole in wordings.holding(list(free.values()), list(wholes.values()), HELD):
        inside[names[whole]].append(others[part])
    for whole, candidates in inside.items():
        own = linked.get(whole)
        if own is not None and wordings.held(parts[own], wholes[whole]) >= HELD:
            candidates.append(own)
    for whole, candidates in sorted(inside.items()):
        chosen = _chosen(wholes[whole], {n: parts[n] for n in candidates}, wordings)
        if len(chosen) < 2 or linked.get(whole, chosen[0]) not in chosen:
            continue
        best = max(wordings.likeness(wholes[whole], parts[n]) for n in chosen)
        together = _together(wholes[whole], [parts[n] for n in chosen], wordings)
        if together >= max(WHOLE, best + BETTER):
            yield Parting(whole, chosen, round(together, 4))


def _together(whole: str, parts: Sequence[str], wordings: Wordings) -> float:
    """How alike the whole and all parts together are."""
    words = frozenset[str]().union(*map(wordings.words, parts))
    both = wordings.total(whole) + wordings.weight(words)
    return 2 * wordings.weight(words & wordings.words(whole)) / both if both else 0.0


def _chosen(whole: str, parts: Mapping[int, str], wordings: Wordings) -> tuple[int, ...]:
    """The parts that hold the whole, each adding to the one before; in their order."""
    rest = wordings.words(whole)
    least = ADDS * wordings.weight(rest)
    chosen: list[int] = []
    left = sorted(parts)
    while left:
        gains = {n: wordings.weight(rest & wordings.words(parts[n])) for n in left}
        best = max(left, key=lambda n: (gains[n], -n))
        if gains[best] < least:
            break
        chosen.append(best)
        left.remove(best)
        rest -= wordings.words(parts[best])
    return tuple(sorted(chosen))


class Replaced(NamedTuple):
    """Old entries and the new ones that stand for them, by index."""

    old: tuple[int, ...]
    new: tuple[int, ...]


def declared(
    old: Sequence[str],
    new: Sequence[str],
    replaced: Mapping[str, Sequence[str]],
    linked: Mapping[int, int],
) -> Iterator[Replaced]:
    """What a version records of withdrawn identifiers, where it concerns these two.

    `replaced` tells for a withdrawn identifier by which others; `linked` what the old entry
    of a new one is by its identifier.
    """
    place = {id_: n for n, id_ in enumerate(new)}
    known = set(linked.values())
    sources: dict[int, list[int]] = defaultdict(list)
    for n, id_ in enumerate(old):
        if n in known:
            continue
        targets = tuple(sorted(place[other] for other in _heirs(id_, replaced) if other in place))
        if len(targets) > 1 and not any(target in linked for target in targets):
            yield Replaced((n,), targets)
        elif len(targets) == 1:
            sources[targets[0]].append(n)
    for target, found in sorted(sources.items()):
        already = [linked[target]] if target in linked else []
        yield Replaced(tuple(sorted((*found, *already))), (target,))


def _heirs(id_: str, replaced: Mapping[str, Sequence[str]]) -> list[str]:
    """By what an identifier was replaced, and those again, down to the last."""
    out: list[str] = []
    ahead, seen = [id_], {id_}
    while ahead:
        for other in replaced.get(ahead.pop(0), ()):
            if other not in seen:
                seen.add(other)
                out.append(other)
                ahead.append(other)
    return out
