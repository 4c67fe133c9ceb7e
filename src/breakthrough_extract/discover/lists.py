"""Which labels within cells are lists, and what each holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from breakthrough_extract.discover.labels import Mark
from breakthrough_extract.profile import Label, Role
from breakthrough_extract.recognise.families.assembly import joined
from breakthrough_extract.recognise.families.names import Names, key
from breakthrough_extract.recognise.families.nouns import Claim, Leaf

LONGEST_LEAD = 6  # words of a line with a colon that names the list under it
LEAST_CELLS = 2
LEAST_TIMES = 3


@dataclass(frozen=True)
class Kind:
    """A label that comes again in cells."""

    name: str
    role: Role
    cells: int  # in how many it stands
    items: int


def lists(claims: Iterable[Claim], names: Names) -> tuple[Kind, ...]:
    """The lists of a model's cells, the first that a document has first.

    If none is known to hold the indicators, and no text stands outside all of them, it is
    the one with the most items.
    """
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    spelled: dict[str, str] = {}
    items: Counter[str] = Counter()
    bare = 0
    firsts: Counter[str] = Counter()
    for claim in _fullest(claims):
        firsts.update([_first_label(claim)])
        for label, leaf in _labelled(claim.leaves):
            if not label:
                bare += leaf.is_item or leaf.in_table
                continue
            name = key(label)
            spelled.setdefault(name, label.strip().rstrip(":："))
            places[name].add((claim.theme, claim.stage))
            items[name] += 1
    kept = [name for name in spelled if name and len(places[name]) >= LEAST_CELLS]
    roles = _usual(kept, places, names)
    if not bare and kept and Role.INDICATORS not in roles.values():
        free = [name for name in kept if roles[name] == Role.LIST]
        if free or len(kept) == 1:
            roles[max(free or kept, key=lambda name: items[name])] = Role.INDICATORS
    for name in kept:
        if roles[name] == Role.LIST and firsts[name] == len(places[name]):
            rivals = [other for other in kept if roles[other] == Role.INDICATORS]
            if rivals and not any(places[name] & places[other] for other in rivals):
                roles[name] = Role.INDICATORS  # the same list under another name
    return tuple(Kind(spelled[name], roles[name], len(places[name]), items[name]) for name in kept)


def _usual(
    kept: Sequence[str], places: dict[str, set[tuple[str, str]]], names: Names
) -> dict[str, Role]:
    """What lists usually hold; one list of a cell holds its indicators, the first that may."""
    roles = {name: names.role(name) or Role.LIST for name in kept}
    main = [name for name in kept if roles[name] == Role.INDICATORS]
    for n, name in enumerate(main):
        if any(places[name] & places[other] for other in main[:n]):
            roles[name] = Role.LIST
    return roles


def _first_label(claim: Claim) -> str:
    """The first label of a cell that stands over items."""
    labels = ((label, leaf) for label, leaf in _labelled(claim.leaves) if leaf.is_item)
    return next((key(label) for label, _ in labels), "")


def among_stages(marked: Sequence[Mark], names: Names) -> tuple[Kind, ...]:
    """Labels that come again and again behind stages' labels of the same level: converters
    flatten levels, and they would end the stage."""
    after: dict[tuple[int, int], str] = {}
    times: Counter[str] = Counter()
    stages_of: dict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    for mark in marked:
        place = (mark.parent.start if mark.parent else -1, mark.level)
        stage = names.read(mark.text).stage
        if stage:
            after[place] = stage
        elif place in after:
            spelled.setdefault(key(mark.text), mark.text)
            times[key(mark.text)] += 1
            stages_of[key(mark.text)].add(after[place])
    stages = sum(bool(names.read(mark.text).stage) for mark in marked)
    often = [
        name
        for name in spelled
        # Behind the last stage alone it is no stage's.
        if name and len(stages_of[name]) > 1 and times[name] >= max(LEAST_TIMES, stages / 3)
    ]
    return tuple(
        Kind(spelled[name], names.role(name) or Role.LIST, times[name], times[name])
        for name in often
    )


def _fullest(claims: Iterable[Claim]) -> list[Claim]:
    """Of each cell's claims that with the most texts: a summary table has no lists."""
    best: dict[tuple[str, str], Claim] = {}
    for claim in joined(claims):
        old = best.get((claim.theme, claim.stage))
        if old is None or len(claim.leaves) > len(old.leaves):
            best[claim.theme, claim.stage] = claim
    return list(best.values())


def _labelled(leaves: Sequence[Leaf]) -> Iterable[tuple[str, Leaf]]:
    """Each text with the label over it in its cell; a short line with a colon is one, too."""
    lead = ""
    for n, leaf in enumerate(leaves):
        after = leaves[n + 1] if n + 1 < len(leaves) else None
        if not leaf.is_item:
            lead = ""
            text = leaf.text.folded
            short = text.endswith((":", "：")) and len(text.split()) <= LONGEST_LEAD
            if short and after is not None and after.is_item:
                lead = text
                continue
        label = leaf.path[-1].text.folded if leaf.path else lead
        yield label, leaf


def as_labels(kinds: Iterable[Kind]) -> tuple[Label, ...]:
    return tuple(
        Label(id=key(kind.name), name=kind.name, code=f"L{n}", role=kind.role)
        for n, kind in enumerate(kinds, 1)
    )
