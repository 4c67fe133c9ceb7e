"""Model × Model → Matching: which entry of the new version is which of the old one.

In the order of trust: the same identifier; the same letters; then the best assignment of all
that is left, by wording, place and neighbours, proven optimal. What is one entry on one side
and several on the other is a split or a merge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from breakthrough_extract.language import likeness
from breakthrough_extract.model import Model, Theme
from breakthrough_extract.versions.changes import Basis
from breakthrough_extract.versions.likeness import Lexicon, Wordings
from breakthrough_extract.versions.links import Link, Links, Matching, same_ids
from breakthrough_extract.versions.lists import link_lists, with_lone
from breakthrough_extract.versions.order import shifted
from breakthrough_extract.versions.pairing import best_pairs
from breakthrough_extract.versions.search import Homes, link_items
from breakthrough_extract.versions.sides import LIST, NO_THEME, OF_THEME, Side
from breakthrough_extract.versions.typography import bare

# Two themes, or stages, are one if the likeness of all their texts and what their names say
# come to NEED. The stages of one model are up to 0.5 alike, since they speak of the same themes.
NEED = 0.7
SAME_NAME = 0.7  # enough on its own
LIKE_NAME = 0.3  # times the likeness of two names that differ
LEAST = NEED - LIKE_NAME
BELOW = NEED - 1e-5  # NEED itself is enough
UNCHANGED = 0.7  # so much of its texts, and its name, and nothing else can be meant


def match(old: Side, new: Side, by_id: bool = True) -> Matching:
    """The matching of two versions; `by_id`: an identifier that both have decides.

    It is the same seen from either side: one direction is computed, the other mirrored.
    """
    if new.text < old.text:
        return _match(new, old, by_id).mirrored()
    return _match(old, new, by_id)


def _match(old: Side, new: Side, by_id: bool) -> Matching:
    lexicon = Lexicon()
    stages = _link_families(_stages(old), _stages(new), by_id, lexicon)
    themes = _link_families(_themes(old), _themes(new), by_id, lexicon)
    slots = {old.model.stages[link.old].id: new.model.stages[link.new].id for link in stages.pairs}
    places = Homes(
        {NO_THEME: NO_THEME, **themes.new_of()},
        {LIST: LIST, OF_THEME: OF_THEME, **slots},
        {-1: -1},
    )
    lists = link_lists(old.lists, new.lists, places)
    homes = places._replace(lists={-1: -1, **lists.new_of()})
    gone = {**_replaced(new.model), **_replaced(old.model)} if by_id else {}
    paragraphs = link_items(old.paragraphs, new.paragraphs, homes, lexicon, False, {})
    return Matching(
        stages=stages,
        themes=themes,
        lists=lists,
        items=link_items(old.items, new.items, homes, lexicon, by_id, gone),
        notes=link_items(old.notes, new.notes, homes, lexicon, by_id, {}),
        paragraphs=with_lone(paragraphs, old.paragraphs, new.paragraphs, homes),
    )


def slots_of(old: Side, new: Side, stages: Links) -> dict[str, str]:
    """What the slots of the old version are in the new one: the list, and the stages.

    A cell may name a stage that its model does not have; then its name is all there is to go by.
    """
    known = {old.model.stages[link.old].id: new.model.stages[link.new].id for link in stages.pairs}
    unknown = _unknown_slots(old) & _unknown_slots(new)
    return {LIST: LIST, OF_THEME: OF_THEME, **{slot: slot for slot in sorted(unknown)}, **known}


def _unknown_slots(side: Side) -> set[str]:
    used = {cell.stage for theme in side.model.themes for cell in theme.stages}
    return used - {stage.id for stage in side.model.stages}


def _replaced(model: Model) -> dict[str, tuple[str, ...]]:
    return {gone.id: gone.replaced_by for gone in model.withdrawn}


class Family(NamedTuple):
    """A theme or a stage."""

    id: str
    name: str  # of a theme, with that of its group before it


class Families(NamedTuple):
    """All themes or stages of a version, and what gives the texts of each, a line each."""

    all: Sequence[Family]
    texts: Callable[[], list[str]]


def _themes(side: Side) -> Families:
    named = [Family(t.id, f"{t.group or ''} {t.name}") for t in side.model.themes]
    return Families(named, lambda: _texts_of_themes(side))


def _texts_of_themes(side: Side) -> list[str]:
    texts = [list(_texts(theme)) for theme in side.model.themes]
    for item in (*side.items, *side.paragraphs):
        if item.theme != NO_THEME:
            texts[item.theme].append(item.text)
    return list(map("\n".join, texts))


def _texts(theme: Theme) -> Iterator[str]:
    """What is no item and no paragraph."""
    for text in (theme.complaint, theme.question, theme.motto):
        yield text or ""
    for cell in theme.stages:
        yield cell.headline or ""
    if theme.breakthrough_points:
        yield theme.breakthrough_points.headline or ""


def _stages(side: Side) -> Families:
    return Families(
        [Family(stage.id, stage.name) for stage in side.model.stages],
        lambda: _texts_of_stages(side),
    )


def _texts_of_stages(side: Side) -> list[str]:
    texts: dict[str, list[str]] = {stage.id: [] for stage in side.model.stages}
    for item in (*side.items, *side.paragraphs):
        texts.setdefault(item.slot, []).append(item.text)
    return ["\n".join(texts[stage.id]) for stage in side.model.stages]


def _link_families(old: Families, new: Families, by_id: bool, lexicon: Lexicon) -> Links:
    links = same_ids([f.id for f in old.all], [f.id for f in new.all]) if by_id else []
    if len(links) < min(len(old.all), len(new.all)):
        texts = (old.texts(), new.texts())
        wordings = Wordings(*texts, lexicon)
        links += _unchanged(*_left(old, new, texts, links), wordings)
        links += _best_families(*_left(old, new, texts, links), wordings)
    return Links(tuple(sorted(links)), shifted=shifted((link.old, link.new) for link in links))


Left = Mapping[int, tuple[str, str]]  # by index: bare name, and texts


def _left(
    old: Families, new: Families, texts: tuple[list[str], list[str]], links: Sequence[Link]
) -> tuple[Left, Left]:
    """What no link has yet."""
    taken = ({link.old for link in links}, {link.new for link in links})
    ours, theirs = (
        {n: (bare(one.name), lines[n]) for n, one in enumerate(side.all) if n not in gone}
        for side, lines, gone in zip((old, new), texts, taken, strict=True)
    )
    return ours, theirs


def _unchanged(old: Left, new: Left, wordings: Wordings) -> list[Link]:
    """What has its name still, that nothing else has, and most of its texts."""
    names = same_ids([name for name, _ in old.values()], [name for name, _ in new.values()])
    ours, theirs = list(old), list(new)
    pairs = [(ours[link.old], theirs[link.new]) for link in names]
    return [
        Link(m, n, Basis.TEXT, 1.0)
        for m, n in pairs
        if wordings.likeness(old[m][1], new[n][1]) >= UNCHANGED
    ]


def _best_families(old: Left, new: Left, wordings: Wordings) -> Iterator[Link]:
    """The best assignment of the rest, by texts and names."""
    ours, theirs = list(old), list(new)
    alike = {
        (ours[m], theirs[n]): likeness
        for m, n, likeness in wordings.alike(
            [old[m][1] for m in ours], [new[n][1] for n in theirs], LEAST
        )
    }
    named: dict[str, list[int]] = defaultdict(list)
    for n in theirs:
        named[new[n][0]].append(n)
    for m in ours:
        for n in named.get(old[m][0], ()):
            alike.setdefault((m, n), wordings.likeness(old[m][1], new[n][1]))
    totals = {
        (m, n): content + _of_names(old[m][0], new[n][0]) for (m, n), content in alike.items()
    }
    for m, n in best_pairs({pair: total - BELOW for pair, total in totals.items()}):
        yield Link(m, n, Basis.LIKENESS, min(round(totals[m, n], 4), 1.0))


def _of_names(one: str, other: str) -> float:
    """What two bare names say for it."""
    return SAME_NAME if one == other else LIKE_NAME * likeness(one, other)
