"""Permanent identifiers: what a new version takes over from the one before.

An entry that is in both keeps its identifier, however it was reworded or moved. What is new
gets one that no version ever had; what is gone is recorded with what stands for it now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from breakthrough_extract.model import Model, ModelError, Stage, Theme, Withdrawn
from breakthrough_extract.profile import slug
from breakthrough_extract.versions.links import Links
from breakthrough_extract.versions.match import match
from breakthrough_extract.versions.sides import Item, Side


@dataclass(frozen=True)
class Heritage:
    """Permanent identifiers by those that a version would have without a baseline."""

    themes: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)  # indicators, points and notes
    withdrawn: tuple[Withdrawn, ...] = ()


def heritage(fresh: Model, baseline: Model) -> Heritage:
    """What `fresh`, extracted without a baseline, takes over from `baseline`.

    The identifiers of `fresh` are made of its texts and say nothing of where they come from,
    so the matching does without them. Raises ModelError if the two are not one model, or if the
    baseline is a draft: what a draft lacks may only not have been read, and would be withdrawn
    for good.
    """
    if baseline.draft:
        raise ModelError("the baseline is a draft; give the last version that was none")
    if fresh.id != baseline.id:
        raise ModelError(
            f"the baseline is a version of the model {baseline.id}, and this is {fresh.id}; "
            "give an earlier version of the same model"
        )
    old, new = Side(baseline), Side(fresh)
    matching = match(old, new, by_id=False)
    names = _Names(set(_all_ids(old)) | {gone.id for gone in baseline.withdrawn})
    themes = _families(baseline.themes, fresh.themes, matching.themes, names)
    stages = _families(baseline.stages, fresh.stages, matching.stages, names)
    items = _items(old.items, new.items, matching.items, names)
    notes = _items(old.notes, new.notes, matching.notes, names)
    kept = {*themes.values(), *stages.values(), *items.values(), *notes.values()}
    heirs = _heirs(old.items, new.items, matching.items, items)
    heirs |= _heirs(old.notes, new.notes, matching.notes, notes)
    gone = (
        Withdrawn(id=id_, text=text, replaced_by=heirs.get(id_, ()))
        for id_, text in _all_ids(old).items()
        if id_ not in kept
    )
    return Heritage(themes, stages, {**items, **notes}, (*baseline.withdrawn, *gone))


def _all_ids(side: Side) -> dict[str, str]:
    """All identifiers of a version, each with its text, stages first."""
    families: tuple[Stage | Theme, ...] = (*side.model.stages, *side.model.themes)
    named = {family.id: family.name for family in families}
    return {**named, **{item.id: item.text for item in (*side.items, *side.notes)}}


@dataclass
class _Names:
    """All identifiers that were ever given."""

    taken: set[str]

    def mint(self, wanted: str) -> str:
        """`wanted`, or the first like it, with a number, that nothing ever had."""
        id_, n = wanted, 1
        while id_ in self.taken:
            n += 1
            id_ = f"{wanted}-{n}"
        self.taken.add(id_)
        return id_


def _families(
    old: Sequence[Stage | Theme], new: Sequence[Stage | Theme], links: Links, names: _Names
) -> dict[str, str]:
    """The permanent identifier of each theme, or stage, by the one that the profile gives it."""
    known = {link.new: old[link.old].id for link in links.pairs}
    linked = set(known.values())
    # An identifier that a profile states, and does not make of the name, is meant to go on.
    stated = {
        n: family.id
        for n, family in enumerate(new)
        if n not in known and family.id != slug(family.name)
    }
    free = {family.id for family in old} - linked
    known |= {n: id_ for n, id_ in stated.items() if id_ in free}
    return {
        family.id: known[n] if n in known else names.mint(family.id) for n, family in enumerate(new)
    }


def _items(old: Sequence[Item], new: Sequence[Item], links: Links, names: _Names) -> dict[str, str]:
    known = {link.new: old[link.old].id for link in links.pairs}
    return {item.id: known[n] if n in known else names.mint(item.id) for n, item in enumerate(new)}


def _heirs(
    old: Sequence[Item], new: Sequence[Item], links: Links, permanent: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """What stands for each entry that was split or merged."""
    return {
        old[n].id: tuple(permanent[new[m].id] for m in group.new)
        for group in links.groups
        for n in group.old
    }
