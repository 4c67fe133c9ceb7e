"""What speaks for a theme, in units of one full cosine: words, and what the layout says."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from breakthrough_extract.assign.arrangement import Arrangement, Layout
from breakthrough_extract.document import COMPLAINT, Section
from breakthrough_extract.language import content_words
from breakthrough_extract.profile import Profile
from breakthrough_extract.vectors import Vector, cosine, unit, weighted

# The weights, in units of one full cosine.
NAME = 1.0  # section and theme name share their words
SHARED = 2.0  # two sections of one theme share their words
BESIDE = 0.15  # the theme's heading stands in the same row of a table that has no column heads
# Headings, lists or tables name the theme: more than all likeness between texts can add up to.
STRUCTURAL = 4.0
HEADED = 0.5  # a complaint stands directly under the theme's heading
TOGETHER = 0.1  # two sections stand in one row of a matrix, or, as far as there is order, one run
OPEN = 0.1  # what a section must bring with it to take a cell
SURE = 0.25  # what a section itself says for its theme, from which its word for others counts full

# Cosine from which two sections are the same: "no requirement" is no kin of "no requirement".
BOILERPLATE = 0.95

LEAST_KIN, MOST_MORE = 5, 4  # letters of a stem that two words share, and of the longer's ending

HEADLINE_WEIGHT = 3  # a word of the headline counts as so many in the items


@dataclass(frozen=True)
class Words:
    """The words of each section, weighted by how rare they are among the sections."""

    vectors: list[Vector]  # of length 1
    rarity: Mapping[str, float]

    @staticmethod
    def of(sections: Sequence[Section]) -> Words:
        counts: list[Counter[str]] = []
        for section in sections:
            count = Counter(word for item in section.items for word in content_words(item.folded))
            for word in content_words(section.headline.folded):
                count[word] += HEADLINE_WEIGHT
            counts.append(count)
        return Words(*weighted(counts))

    def as_used(self, word: str) -> str:
        """The stem of a name as the sections have it: of a longer or a shorter word of its
        family, if that is all they have."""
        if word in self.rarity:
            return word
        kin = [other for other in self.rarity if _are_kin(word, other)]
        return min(kin, key=lambda other: (abs(len(other) - len(word)), other), default=word)

    def name(self, names: Sequence[str]) -> Vector:
        """The words of a theme's names; one that no section has says nothing, but has its
        length."""
        unseen = max(self.rarity.values(), default=1.0)
        words = {self.as_used(word) for name in names for word in content_words(name)}
        return unit({word: self.rarity.get(word, unseen) for word in sorted(words)})


def _are_kin(one: str, other: str) -> bool:
    """Whether one stem is the other with an ending: `neighbour`, `neighbourli`."""
    short, long = sorted((one, other), key=len)
    return (
        len(short) >= LEAST_KIN and len(long) - len(short) <= MOST_MORE and long.startswith(short)
    )


def named_by_words(
    sections: Sequence[Section], words: Words, profile: Profile
) -> list[list[float]]:
    """For each section and theme, how far the section uses the words of the theme's name."""
    complaints = {s.theme: s.text for s in sections if s.slot == COMPLAINT and s.theme}
    names = [
        words.name((theme.name, *theme.aliases, complaints.get(theme.id, "")))
        for theme in profile.themes
    ]
    return [[NAME * cosine(vector, name) for name in names] for vector in words.vectors]


def unary(
    sections: Sequence[Section],
    named: Sequence[Sequence[float]],
    layout: Layout,
    profile: Profile,
) -> list[list[float]]:
    """For each section and theme, what the section alone says for it."""
    out: list[list[float]] = []
    for index, section in enumerate(sections):
        row = [gain + more for gain, more in zip(named[index], layout[index], strict=True)]
        for n, theme in enumerate(profile.themes):
            if section.theme == theme.id and (section.structural or not section.in_matrix):
                row[n] += _beside(section)
        out.append(row)
    return out


def _beside(section: Section) -> float:
    if section.slot == COMPLAINT:
        return HEADED
    return STRUCTURAL if section.structural else BESIDE


def pairs(
    sections: Sequence[Section], vectors: Sequence[Vector], arranged: Arrangement
) -> dict[tuple[int, int], float]:
    """What two sections gain by sharing a theme; (i, j) with i < j, of different slots.

    Only what is above the usual is a gain: all texts of one model share words, and a section
    that is no more like one partner than like the next has no reason to be there at all. Nor do
    texts that are the same say anything.
    """
    alike: dict[tuple[int, int], float] = {}
    seen: dict[tuple[int, str], list[float]] = defaultdict(list)
    # A complaint under its theme's heading speaks through the theme's words already.
    free = [n for n, s in enumerate(sections) if s.slot != COMPLAINT or not s.theme]
    for n, i in enumerate(free):
        one = sections[i]
        for j in free[:n]:
            # Where structure names both themes, likeness has nothing to decide.
            if one.slot != sections[j].slot and not (one.structural and sections[j].structural):
                alike[j, i] = cosine(vectors[i], vectors[j])
                seen[i, sections[j].slot].append(alike[j, i])
                seen[j, one.slot].append(alike[j, i])
    usual = {key: math.fsum(values) / len(values) for key, values in seen.items()}
    gains: dict[tuple[int, int], float] = {}
    for (i, j), value in alike.items():
        above = value - (usual[i, sections[j].slot] + usual[j, sections[i].slot]) / 2
        words = SHARED * above if value < BOILERPLATE else 0.0
        gains[i, j] = words + TOGETHER * arranged.together(i, j)
    return {pair: gain for pair, gain in sorted(gains.items()) if gain > 0}
