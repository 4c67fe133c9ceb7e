"""Sections × themes to a grid: one exact optimisation over all evidence at once.

Each section goes to at most one theme, each cell takes at most one section, and the total of

    affinity of each section to the words of its theme's name
  + affinity of each two sections that share a theme
  + what the layout says, and the order of the sections as far as it is one
  - the price of a cell, so that a section that brings nothing takes none

is the greatest there is. The product of two choices (these two share that theme) is made
linear by the formulation of Adams and Johnson (1994, "Improved linear programming-based
lower bounds for the quadratic assignment problem"): for each section, theme and other slot,
the shared pairs add up to no more than the section's own choice. Its relaxation is so tight
that the first linear programme nearly always has a whole-numbered optimum, which is then
proven; where it has not, HiGHS branches.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from breakthrough_extract.document import COMPLAINT, Decision, Grid, Outline, Section
from breakthrough_extract.language import content_words
from breakthrough_extract.profile import Profile
from breakthrough_extract.solver import TIE, Programme, Row
from breakthrough_extract.vectors import Vector, cosine, unit, weighted

# The weights, in units of one full cosine.
NAME = 1.0  # section and theme name share their words
SHARED = 2.0  # two sections of one theme share their words
BESIDE = 0.15  # the theme's heading stands in the same row of a table that has no column heads
# Headings, lists or tables name the theme: more than all likeness between texts can add up to.
STRUCTURAL = 4.0
HEADED = 0.5  # a complaint stands directly under the theme's heading
# For all sections of one row or run together, so that a head weighs the same on few stages as
# on many, and less than what the words of a whole theme say:
IN_MATRIX = 0.4  # the theme heads the row, in a table whose columns have heads
UNDER = 0.4  # the theme's heading stands above the run in running text, times `_Order.trust`
TOGETHER = 0.1  # two sections stand in one row of a matrix, or, times that, in one run
OPEN = 0.1  # what a section must bring with it to take a cell
SURE = 0.25  # what a section itself says for its theme, from which its word for others counts full

HEADLINE_WEIGHT = 3  # a word of the headline counts as so many in the items


def assign(outline: Outline, profile: Profile) -> Grid:
    """The best grid for the sections of `outline`, with a margin for each decision.

    The margin of a section is found by solving again with its choice forbidden. A section
    whose margin is 0 is left open: the evidence does not decide. A section that a person gave a
    home goes there, and the best grid is that of the others around it.
    """
    copies = _copies(outline.sections)
    sections = [section for n, section in enumerate(outline.sections) if n not in copies]
    if not sections:
        return Grid((), 0.0)
    best, decisions = _solved(sections, profile)
    place = iter(decisions)
    own = {n: next(place) for n in range(len(outline.sections)) if n not in copies}
    return Grid(
        tuple(replace(own[copies.get(n, n)], section=n) for n in range(len(outline.sections))),
        best,
    )


def _copies(sections: Sequence[Section]) -> dict[int, int]:
    """The sections whose theme structure names and another's before them too: they go where
    that goes, unless a person gave them a home. A document may give a cell in a summary and
    again in detail."""
    first: dict[tuple[str, str], int] = {}
    out: dict[int, int] = {}
    for n, section in enumerate(sections):
        if section.structural and not section.home:
            before = first.setdefault((section.theme, section.slot), n)
            if before != n:
                out[n] = before
    return out


def _solved(sections: Sequence[Section], profile: Profile) -> tuple[float, list[Decision]]:
    themes = [theme.id for theme in profile.themes]
    vectors, rarity = _vectors(sections)
    order = _Order.of(sections, [slot.id for slot in profile.slots])
    evidence = _unary(sections, vectors, rarity, profile, order)
    problem = _Problem(
        unary=[[gain - OPEN for gain in row] for row in evidence],
        pairs=_pairs(sections, vectors, order),
        slots=[section.slot for section in sections],
        fixed={n: themes.index(s.home) for n, s in enumerate(sections) if s.home},
    )
    best, chosen = problem.solve()
    support = _support(evidence, problem.pairs, chosen)
    decisions: list[Decision] = []
    for index, theme in enumerate(chosen):
        if theme is None:
            decisions.append(Decision(index, "", 0.0, "", 0.0, 0.0))
            continue
        total, other = problem.solve(forbidden=(index, theme))
        by_hand = bool(sections[index].home)
        margin = best - total if by_hand else max(best - total, 0.0)
        runner_up = other[index]
        decisions.append(
            Decision(
                section=index,
                theme=themes[theme] if by_hand or margin > TIE else "",
                score=problem.share(index, chosen),
                runner_up="" if runner_up is None else themes[runner_up],
                margin=margin,
                support=support[index],
            )
        )
    return best, decisions


def _support(
    evidence: Sequence[Sequence[float]],
    pairs: Mapping[tuple[int, int], float],
    chosen: Sequence[int | None],
) -> list[float]:
    """For each section what ties it to its theme: its own evidence, and what it shares with
    the others there, as far as these have evidence of their own.

    Strangers that are only like each other, in cells that happen to be free, have none.
    """
    own = [0.0 if t is None else row[t] for t, row in zip(chosen, evidence, strict=True)]
    word = [min(gain / SURE, 1.0) for gain in own]
    shared: list[list[float]] = [[] for _ in chosen]
    for (i, j), gain in pairs.items():
        if chosen[i] is not None and chosen[i] == chosen[j]:
            shared[i].append(gain * word[j])
            shared[j].append(gain * word[i])
    return [gain + math.fsum(more) for gain, more in zip(own, shared, strict=True)]


def _unary(
    sections: Sequence[Section],
    vectors: Sequence[Vector],
    rarity: Mapping[str, float],
    profile: Profile,
    order: _Order,
) -> list[list[float]]:
    """For each section and theme, what the section alone says for it."""
    complaints = {s.theme: s.text for s in sections if s.slot == COMPLAINT and s.theme}
    names = [
        _name_vector((t.name, *t.aliases, complaints.get(t.id, "")), rarity) for t in profile.themes
    ]
    out: list[list[float]] = []
    for index, (section, vector) in enumerate(zip(sections, vectors, strict=True)):
        row = [NAME * cosine(vector, name) for name in names]
        for n, theme in enumerate(profile.themes):
            if section.theme == theme.id:
                row[n] += _layout_weight(section, len(profile.slots))
            if index in order.headed and section.under == theme.id:
                row[n] += UNDER * order.trust / len(profile.slots)
        out.append(row)
    return out


@dataclass(frozen=True)
class _Order:
    """What the order of the sections says of who belongs together.

    A run is a stretch of sections, under one heading, whose slots follow the scale.
    """

    run: tuple[int, ...]  # for each section the number of its run; -1 for a complaint
    headed: frozenset[int]  # sections of the first run under a heading
    rows: tuple[tuple[int, int] | None, ...]  # table and row, of sections in a matrix
    trust: float  # 0 if the slots follow one another as by chance, 1 if always as in the scale

    @staticmethod
    def of(sections: Sequence[Section], slots: Sequence[str]) -> _Order:
        rank = {slot: n for n, slot in enumerate(slots)}
        placed = [n for n, section in enumerate(sections) if section.slot != COMPLAINT]
        run = [-1] * len(sections)
        headed: set[int] = set()
        number, is_first, before = 0, True, None
        for index in placed:
            section = sections[index]
            if before is not None:
                same = _stretch(before) == _stretch(section)
                if not same or rank[section.slot] <= rank[before.slot]:
                    number, is_first = number + 1, not same
            run[index] = number
            if is_first:
                headed.add(index)
            before = section
        return _Order(
            run=tuple(run),
            headed=frozenset(headed),
            rows=tuple((s.place.table, s.place.row) if s.in_matrix else None for s in sections),
            trust=_above_chance([rank[sections[n].slot] for n in placed], len(slots)),
        )

    def together(self, one: int, other: int) -> float:
        """How far the layout says that two sections share a theme, 0..1."""
        if self.rows[one] and self.rows[one] == self.rows[other]:
            return 1.0
        return self.trust if self.run[one] == self.run[other] >= 0 else 0.0


def _above_chance(ranks: Sequence[int], slots: int) -> float:
    """How much more often than by chance the next section has the next slot, 0..1."""
    follows = sum((one + 1) % slots == other for one, other in pairwise(ranks))
    share = follows / max(len(ranks) - 1, 1)
    return max((share - 1 / slots) / (1 - 1 / slots), 0.0)


def _stretch(section: Section) -> tuple[str, int, int]:
    """What heading, table and row a section stands under."""
    return section.under, section.place.table, section.place.row


def _layout_weight(section: Section, slots: int) -> float:
    if section.slot == COMPLAINT:
        return HEADED
    if section.structural:
        return STRUCTURAL
    return IN_MATRIX / slots if section.in_matrix else BESIDE


def _pairs(
    sections: Sequence[Section], vectors: Sequence[Vector], order: _Order
) -> dict[tuple[int, int], float]:
    """What two sections gain by sharing a theme; (i, j) with i < j, of different slots.

    Only what is above the usual is a gain: all texts of one model share words, and a section
    that is no more like one partner than like the next has no reason to be there at all.
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
    gains = {
        (i, j): SHARED * (value - (usual[i, sections[j].slot] + usual[j, sections[i].slot]) / 2)
        + TOGETHER * order.together(i, j)
        for (i, j), value in alike.items()
    }
    return {pair: gain for pair, gain in sorted(gains.items()) if gain > 0}


def _vectors(sections: Sequence[Section]) -> tuple[list[Vector], dict[str, float]]:
    """Each section's words, weighted by how rare they are among the sections, as a vector of
    length 1; and that rarity."""
    counts: list[Counter[str]] = []
    for section in sections:
        count = Counter(word for item in section.items for word in content_words(item.folded))
        for word in content_words(section.headline.folded):
            count[word] += HEADLINE_WEIGHT
        counts.append(count)
    return weighted(counts)


def _name_vector(names: Sequence[str], rarity: Mapping[str, float]) -> Vector:
    """The words of a theme's names; one that no section has says nothing, but has its length."""
    unseen = max(rarity.values(), default=1.0)
    words = {word for name in names for word in content_words(name)}
    return unit({word: rarity.get(word, unseen) for word in sorted(words)})


@dataclass
class _Problem:
    """The optimisation, kept warm between the first solution and the forced ones."""

    unary: list[list[float]]
    pairs: dict[tuple[int, int], float]
    slots: list[str]
    fixed: Mapping[int, int] = field(default_factory=dict)  # section → theme: a person decided

    def __post_init__(self) -> None:
        self.themes = len(self.unary[0])
        costs, rows = self._terms()
        self.programme = Programme(costs, rows, choices=len(self.unary) * self.themes)
        for choice in self.fixed.items():
            self.programme.fix(self._column(*choice))

    def solve(self, forbidden: tuple[int, int] | None = None) -> tuple[float, list[int | None]]:
        chosen = self.programme.solve(self._column(*forbidden) if forbidden else None)
        themes = [self._choice(chosen, section) for section in range(len(self.unary))]
        return self.total(themes), themes

    def total(self, chosen: Sequence[int | None]) -> float:
        """The value of a solution, computed from its terms and not read off the solver."""
        own = (self.unary[i][t] for i, t in enumerate(chosen) if t is not None)
        shared = (
            gain
            for (i, j), gain in self.pairs.items()
            if chosen[i] is not None and chosen[i] == chosen[j]
        )
        return math.fsum(own) + math.fsum(shared)

    def share(self, section: int, chosen: Sequence[int | None]) -> float:
        """What one section adds to the total."""
        without = list(chosen)
        without[section] = None
        return self.total(chosen) - self.total(without)

    def _column(self, section: int, theme: int) -> int:
        return section * self.themes + theme

    def _choice(self, chosen: Sequence[bool], section: int) -> int | None:
        row = chosen[self._column(section, 0) : self._column(section + 1, 0)]
        return next((theme for theme, taken in enumerate(row) if taken), None)

    def _terms(self) -> tuple[list[float], list[Row]]:
        """Costs and rows of the linear programme: the choices first, then a variable a pair and
        theme."""
        costs = [gain for row in self.unary for gain in row]
        shared: dict[tuple[int, str], list[int]] = defaultdict(list)
        for (i, j), gain in self.pairs.items():
            shared[i, self.slots[j]].append(len(costs))
            shared[j, self.slots[i]].append(len(costs))
            costs += [gain] * self.themes
        rows: list[Row] = []
        for section in range(len(self.unary)):
            columns = [self._column(section, theme) for theme in range(self.themes)]
            rows.append((columns, [1.0] * len(columns), 1.0))
        for slot in sorted(set(self.slots)):
            members = [n for n, other in enumerate(self.slots) if other == slot]
            for theme in range(self.themes):
                columns = [self._column(section, theme) for section in members]
                rows.append((columns, [1.0] * len(columns), 1.0))
        for (section, _), firsts in shared.items():
            for theme in range(self.themes):
                columns = [first + theme for first in firsts]
                factors = [1.0] * len(columns)
                rows.append(([*columns, self._column(section, theme)], [*factors, -1.0], 0.0))
        return costs, rows
