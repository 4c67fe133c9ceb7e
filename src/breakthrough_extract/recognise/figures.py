"""Which figure a document gives each stage, where the profile gives none.

A profile that only names its stages counts them from 1. Documents count from 0 as well, and one
that says `Level 0: None`, `Level 1: Basic` must not be read by the figures of the other count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from breakthrough_extract.document import Document
from breakthrough_extract.profile import Profile
from breakthrough_extract.recognise.families.names import key
from breakthrough_extract.wordlists import words

LONGEST_LABEL = 160  # characters; a longer text is no label
AGREED = 0.8  # share of the labels with figure and name that must give one count


def as_counted(document: Document, profile: Profile) -> Profile:
    """`profile`, its stages with the figures that the document counts them by.

    As it is if it gives figures itself, or if the document's labels do not agree on others.
    """
    if any(stage.number is not None or re.search(r"\d", stage.name) for stage in profile.stages):
        return profile
    labels = [key(label) for label in _labels(document)]
    shifts = Counter(_shifts(labels, profile)) or Counter(_from_zero(labels, profile))
    shift, times = shifts.most_common(1)[0] if shifts else (0, 0)
    if not shift or times < AGREED * shifts.total():
        return profile
    stages = (replace(stage, number=n + shift) for n, stage in enumerate(profile.stages, 1))
    return replace(profile, stages=tuple(stages))


def _labels(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if len(block.text.text) <= LONGEST_LABEL:
            yield block.text.text


def _figure() -> re.Pattern[str]:
    """A figure behind a word for level: `level 2`, `maturity level 2`, `l2`."""
    levels = "|".join(sorted(words("level_words"), key=len, reverse=True))
    return re.compile(rf"^(?:maturity )?(?:{levels}) ?(\d{{1,2}})(?: |$)")


def _shifts(labels: list[str], profile: Profile) -> Iterator[int]:
    """For each label with a stage's figure and its name, how much the figure is more than the
    stage's place."""
    places = {
        key(name): n
        for n, stage in enumerate(profile.stages, 1)
        for name in (stage.name, *stage.aliases)
    }
    figure = _figure()
    for label in labels:
        found = figure.match(label)
        if found:
            rest = label[found.end() :]
            named = [name for name in places if f"{rest} ".startswith(f"{name} ")]
            if named:
                yield int(found[1]) - places[max(named, key=len)]


def _from_zero(labels: list[str], profile: Profile) -> Iterator[int]:
    """-1 if the labels count from 0 to one less than there are stages."""
    figure = _figure()
    found = {int(match[1]) for label in labels if (match := figure.match(label))}
    if found == set(range(len(profile.stages))):
        yield -1
