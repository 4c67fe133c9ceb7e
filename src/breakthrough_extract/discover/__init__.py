"""A profile for documents of which nothing is known: stages, themes and lists, found.

Rows of labels that may be an ordered scale are paired with labels that may be the themes, and
each pair is tried: the layout families read the documents by it, and the pair that explains
most of them best is proposed, with its evidence. If none does, this is no staged model.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from breakthrough_extract.discover.labels import Mark, Row, marks, rows
from breakthrough_extract.discover.lists import Kind, among_stages, as_labels, lists
from breakthrough_extract.discover.proposal import toml_of
from breakthrough_extract.discover.scales import Scale, place_in_scale, scales
from breakthrough_extract.discover.statements import (
    are_ticked,
    filled,
    have_dates,
    have_prices,
    hold_statements,
    outweigh,
)
from breakthrough_extract.discover.themes import Themes, candidates
from breakthrough_extract.discover.variants import with_variants
from breakthrough_extract.document import Document
from breakthrough_extract.profile import Label, Profile, distinct, read_profile, slug
from breakthrough_extract.recognise.families import Explanation, explain
from breakthrough_extract.recognise.families.frames import frames
from breakthrough_extract.recognise.families.names import CODE, Names, key
from breakthrough_extract.recognise.families.nouns import Claim, Form, Table
from breakthrough_extract.wordlists import words

__all__ = ["Discovery", "NoModelError", "discover"]

LEAST_EVIDENCE = 0.6  # that the stages are an ordered scale
LEAST_FILLED = 0.45  # share of the cells that must have a text
LEAST_CELLS = 4
SURE = 1.1  # evidence that outweighs prices and dates: a career has levels, each with a salary
ENOUGH_TRIALS = 20  # the strongest scales come first
CONFUSED = 0.7  # of its worth a reading loses that gives all cells twice


class NoModelError(ValueError):
    """Documents that hold no staged model; the message says what was looked for."""


@dataclass(frozen=True)
class Discovery:
    """A profile, and what speaks for it."""

    toml: str  # the profile as a file, its evidence as comments
    profile: Profile  # what the file gives when it is loaded
    scale: Scale
    themes: Themes
    kinds: tuple[Kind, ...]
    filled: float  # share of the cells that have a text
    confidence: dict[str, float]  # by id of stage, and of theme: share of its cells with a text


@dataclass(frozen=True)
class _Trial:
    scale: Scale
    themes: Themes
    profile: Profile
    explanations: tuple[Explanation, ...]
    cells: dict[tuple[str, str], str]  # the text of each that has one
    score: float
    filled: float

    @property
    def claims(self) -> list[Claim]:
        return [claim for found in self.explanations for claim in found.claims]


def discover(documents: Sequence[Document]) -> Discovery:
    """The profile that explains the documents best, taken together.

    Raises NoModelError if none explains them.
    """
    tables = [table for document in documents for table in frames(document, NOBODY).tables]
    marked = [mark for document in documents for mark in marks(document)]
    about_levels = _speaks_of_levels(marked)
    trials: list[_Trial] = []
    for scale in scales(_all_rows(documents, marked, tables)):
        strong = replace(scale, strength=scale.strength + 0.3 * about_levels)
        if strong.strength >= LEAST_EVIDENCE and len(trials) < ENOUGH_TRIALS:
            trials += _trials(documents, marked, strong)
    best = max(trials, key=lambda trial: trial.score, default=None)
    if best is None or best.score <= 0:
        names = ", ".join(document.source.name for document in documents)
        raise NoModelError(
            f"{names}: this is no staged model: no labels in it form an ordered scale "
            "with texts for several themes; if it is one, describe it in a profile"
        )
    return _discovery(documents, best, marked)


def _nobody() -> Profile:
    return Profile("nobody", "nobody", (), ())


NOBODY = Names(_nobody())


def _all_rows(
    documents: Sequence[Document], marked: Sequence[Mark], tables: Sequence[Table]
) -> list[Row]:
    """The rows of labels of the documents; the titles of several documents are one more."""
    found = rows(marked, tables)
    if len(documents) > 1:
        titles = [next(iter(marks(document)), None) for document in documents]
        labels = sorted((title.text for title in titles if title), key=place_in_scale)
        found.append(Row(tuple(labels), Form.HEADING))  # files come by name
    return found


def _speaks_of_levels(marked: Sequence[Mark]) -> bool:
    """Whether the document calls itself a model of levels in a heading of its first part."""
    top = min((mark.level for mark in marked), default=1)
    titles = [mark.text for mark in marked if mark.level <= top + 1][:12]
    said = {word for title in titles for word in key(title).split()}
    return bool(said & words("model_words"))


def _trials(documents: Sequence[Document], marked: Sequence[Mark], scale: Scale) -> list[_Trial]:
    stages = _stages(scale)
    bare = Names(Profile("found", "found", stages, ()))
    inner = among_stages(marked, bare)
    framed = [frames(document, bare) for document in documents]
    return [
        trial
        for themes in with_variants(candidates(framed, marked, bare))
        if (trial := _tried(documents, scale, stages, themes, inner))
    ]


def _stages(scale: Scale) -> tuple[Label, ...]:
    return distinct(
        [
            Label(slug(step.name) or f"stage-{n}", step.name, "", step.aliases, step.number)
            for n, step in enumerate(scale.steps, 1)
        ]
    )


def _tried(
    documents: Sequence[Document],
    scale: Scale,
    stages: tuple[Label, ...],
    themes: Themes,
    inner: Sequence[Kind],
) -> _Trial | None:
    """What comes of reading the documents so; None if it is no model."""
    stage_names = {key(name) for stage in stages for name in (stage.name, *stage.aliases)}
    labels = [label for label in _labels(themes) if key(label.name) not in stage_names]
    if len({label.id for label in labels}) < max(len(labels), 2):
        return None
    own_names = {key(label.name) for label in labels}
    kinds = as_labels(kind for kind in inner if key(kind.name) not in own_names)
    profile = Profile("found", "Found", stages, distinct(labels), lists=kinds)
    names = Names(profile)
    found = tuple(explain(document, profile, names) for document in documents)
    texts = _texts(claim for one in found for claim in one.claims)
    cells = filled(texts)
    own = {theme for theme, _ in cells}
    profile = replace(profile, themes=tuple(t for t in profile.themes if t.id in own))
    total = len(profile.themes) * len(stages)
    if len(own) < 2 or len({stage for _, stage in cells}) < 2 or len(cells) < LEAST_CELLS:
        return None
    share = len(cells) / total
    if share < LEAST_FILLED or are_ticked(texts) or not hold_statements(cells):
        return None
    if not outweigh(cells, [step.name for step in scale.steps]):
        return None
    if scale.strength < SURE and (have_prices(cells) or have_dates(cells)):
        return None
    # A cell that is given twice, with other words, is two cells that this reading confuses.
    twice = min(sum(one.twice for one in found) / len(cells), 1.0)
    score = scale.strength**2 * share * math.sqrt(len(cells)) * (0.25 + _coverage(found))
    score *= themes.plain * (1.0 - CONFUSED * twice) * (1.0 - _said_again(found))
    return _Trial(scale, themes, profile, found, cells, score, share)


def _labels(themes: Themes) -> list[Label]:
    aliases = themes.aliases or ((),) * len(themes.names)
    every = zip(themes.names, themes.groups, aliases, strict=True)
    return [
        Label(slug(f"{group} {name}") or f"theme-{n}", name, "", other, group=group)
        for n, (name, group, other) in enumerate(every, 1)
    ]


def _texts(claims: Iterable[Claim]) -> dict[tuple[str, str], str]:
    """The text of each cell, the longest where several claims give it."""
    out: dict[tuple[str, str], str] = {}
    for claim in claims:
        text = " ".join(leaf.text.folded for leaf in claim.leaves)
        place = (claim.theme, claim.stage)
        out[place] = max(out.get(place, ""), text, key=len)
    return out


def _said_again(found: Sequence[Explanation]) -> float:
    """The share of the cells' text that a theme says word for word of several stages: what it is
    about, and not how far it has come. Merged cells are meant so."""
    stages: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in (claim for one in found for claim in one.claims):
        for leaf in claim.leaves:
            if not leaf.is_shared:
                stages[claim.theme, key(leaf.text.text)].add(claim.stage)
    lengths = {place: len(place[1]) * len(own) for place, own in stages.items()}
    again = sum(length for place, length in lengths.items() if len(stages[place]) > 1)
    return again / max(sum(lengths.values()), 1)


def _without_spare_aliases(profile: Profile) -> Profile:
    """`profile` less the codes of stages that the themes' initials explain."""
    codes = Names(profile).codes

    def spare(alias: str) -> bool:
        found = CODE.match(alias)
        return found is not None and found[1].casefold() in codes

    stages = (
        replace(stage, aliases=tuple(alias for alias in stage.aliases if not spare(alias)))
        for stage in profile.stages
    )
    return replace(profile, stages=tuple(stages))


def _coverage(found: Sequence[Explanation]) -> float:
    """The share of the documents' words that stand in cells."""
    words_in = words_of = 0
    for one in found:
        cells = {leaf.start: len(leaf.text.text) for claim in one.claims for leaf in claim.leaves}
        words_in += sum(cells.values())
        words_of += sum(len(leaf.text.text) for leaf in one.frames.leaves)
        words_of += sum(len(c.text.text) for table in one.frames.tables for c in table.cells)
    return words_in / max(words_of, 1)


def _discovery(documents: Sequence[Document], trial: _Trial, marked: Sequence[Mark]) -> Discovery:
    profile = _without_spare_aliases(trial.profile)
    names = Names(profile)
    kinds = lists(trial.claims, names)
    families: dict[str, None] = {}
    for found in trial.explanations:
        families.update(dict.fromkeys(found.families))
    title = next((mark.text for mark in marked if mark.level == 1), documents[0].source.name)
    profile = replace(
        profile,
        id=slug(title) or "found",
        title=title,
        layout=tuple(families),
        lists=as_labels(kinds),
    )
    stages, themes = len(profile.stages), len(profile.themes)
    confidence = {
        **{s.id: sum(c[1] == s.id for c in trial.cells) / themes for s in profile.stages},
        **{t.id: sum(c[0] == t.id for c in trial.cells) / stages for t in profile.themes},
    }
    sources = [document.source.name for document in documents]
    toml = toml_of(profile, trial.scale, trial.themes, kinds, confidence, sources)
    return Discovery(
        toml,
        read_profile(toml.encode(), f"profile discovered in {sources[0]}"),
        trial.scale,
        trial.themes,
        kinds,
        trial.filled,
        confidence,
    )
