"""Sections × themes to a grid: one exact optimisation over all evidence at once.

Each section goes to at most one theme, each cell takes at most one section, and the total of

    affinity of each section to the words of its theme's name
  + affinity of each two sections that share a theme
  + what the layout says

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
from dataclasses import dataclass, replace

import highspy
import numpy as np

# highspy.Highs prints a banner before it can be told not to (HiGHS issue 2749); the class
# under it does not.
from highspy._core import _Highs as Solver

from breakthrough_extract.document import COMPLAINT, Decision, Grid, Outline, Section
from breakthrough_extract.language import content_words
from breakthrough_extract.profile import Profile

# The weights, in units of one full cosine.
NAME = 1.0  # section and theme name share their words
SHARED = 2.0  # two sections of one theme share their words
BESIDE = 0.15  # the theme's heading stands in the same row of a table that has no column heads
IN_MATRIX = 1.0  # the same, in a table whose columns have heads: a matrix that came through whole
# Headings, lists or tables name the theme: more than all likeness between texts can add up to.
STRUCTURAL = 4.0
HEADED = 0.5  # a complaint stands directly under the theme's heading

HEADLINE_WEIGHT = 3  # a word of the headline counts as so many in the items

Vector = Mapping[str, float]


def assign(outline: Outline, profile: Profile) -> Grid:
    """The best grid for the sections of `outline`, with a margin for each decision.

    The margin of a section is found by solving again with its choice forbidden. A section
    whose margin is 0 is left open: the evidence does not decide.
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
    that goes. A document may give a cell in a summary and again in detail."""
    first: dict[tuple[str, str], int] = {}
    out: dict[int, int] = {}
    for n, section in enumerate(sections):
        if section.structural:
            before = first.setdefault((section.theme, section.slot), n)
            if before != n:
                out[n] = before
    return out


def _solved(sections: Sequence[Section], profile: Profile) -> tuple[float, list[Decision]]:
    themes = [theme.id for theme in profile.themes]
    vectors, rarity = _vectors(sections)
    problem = _Problem(
        unary=_unary(sections, vectors, rarity, profile),
        pairs=_pairs(sections, vectors),
        slots=[section.slot for section in sections],
    )
    best, chosen = problem.solve()
    decisions: list[Decision] = []
    for index, theme in enumerate(chosen):
        if theme is None:
            decisions.append(Decision(index, "", 0.0, "", 0.0))
            continue
        total, other = problem.solve(forbidden=(index, theme))
        margin = max(best - total, 0.0)
        runner_up = other[index]
        decisions.append(
            Decision(
                section=index,
                theme=themes[theme] if margin > TIE else "",
                score=problem.share(index, chosen),
                runner_up="" if runner_up is None else themes[runner_up],
                margin=margin,
            )
        )
    return best, decisions


TIE = 1e-6  # two totals that differ by less are one: the solver's own tolerance


def _unary(
    sections: Sequence[Section],
    vectors: Sequence[Vector],
    rarity: Mapping[str, float],
    profile: Profile,
) -> list[list[float]]:
    """For each section and theme, what the section alone says for it."""
    complaints = {s.theme: s.text for s in sections if s.slot == COMPLAINT and s.theme}
    names = [
        _name_vector((t.name, *t.aliases, complaints.get(t.id, "")), rarity) for t in profile.themes
    ]
    out: list[list[float]] = []
    for section, vector in zip(sections, vectors, strict=True):
        row = [NAME * cosine(vector, name) for name in names]
        for n, theme in enumerate(profile.themes):
            if section.theme == theme.id:
                row[n] += _layout_weight(section)
        out.append(row)
    return out


def _layout_weight(section: Section) -> float:
    if section.slot == COMPLAINT:
        return HEADED
    if section.structural:
        return STRUCTURAL
    return IN_MATRIX if section.in_matrix else BESIDE


def _pairs(sections: Sequence[Section], vectors: Sequence[Vector]) -> dict[tuple[int, int], float]:
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
    frequency = Counter(word for count in counts for word in count)
    rarity = {
        word: math.log(1 + (len(counts) - n + 0.5) / (n + 0.5)) for word, n in frequency.items()
    }
    vectors = [
        _unit({word: (1 + math.log(n)) * rarity[word] for word, n in count.items()})
        for count in counts
    ]
    return vectors, rarity


def _name_vector(names: Sequence[str], rarity: Mapping[str, float]) -> Vector:
    """The words of a theme's names; one that no section has says nothing, but has its length."""
    unseen = max(rarity.values(), default=1.0)
    words = {word for name in names for word in content_words(name)}
    return _unit({word: rarity.get(word, unseen) for word in sorted(words)})


def _unit(vector: Vector) -> Vector:
    """`vector` brought to length 1; an empty one stays empty."""
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1, 0 if one is empty."""
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(weight * other[word] for word, weight in one.items() if word in other)


@dataclass
class _Problem:
    """The optimisation, kept warm between the first solution and the forced ones."""

    unary: list[list[float]]
    pairs: dict[tuple[int, int], float]
    slots: list[str]

    def __post_init__(self) -> None:
        self.themes = len(self.unary[0])
        self.choices = len(self.unary) * self.themes
        self.solver = Solver()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("presolve", "off")  # dearer than these small programmes
        self.solver.setOptionValue("random_seed", 0)
        self.solver.passModel(self._programme())

    def solve(self, forbidden: tuple[int, int] | None = None) -> tuple[float, list[int | None]]:
        if forbidden:
            self.solver.changeColBounds(self._column(*forbidden), 0.0, 0.0)
        best = self._branch(-math.inf)
        if forbidden:
            self.solver.changeColBounds(self._column(*forbidden), 0.0, 1.0)
        assert best is not None
        return best

    def _branch(self, floor: float) -> tuple[float, list[int | None]] | None:
        """The best whole-numbered solution above `floor`: branch and bound, each programme solved
        from the basis of the one before."""
        self.solver.run()
        if self.solver.getInfo().objective_function_value <= floor + TIE:
            return None
        values = list(self.solver.getSolution().col_value)[: self.choices]
        parted = [(abs(v - 0.5), n) for n, v in enumerate(values) if min(v, 1 - v) > TIE]
        if not parted:
            chosen = [self._choice(values, n) for n in range(len(self.unary))]
            return self.total(chosen), chosen
        column = min(parted)[1]
        best = None
        for bound in (1.0, 0.0):
            self.solver.changeColBounds(column, bound, bound)
            best = self._branch(best[0] if best else floor) or best
        self.solver.changeColBounds(column, 0.0, 1.0)
        return best

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

    def _choice(self, values: Sequence[float], section: int) -> int | None:
        row = values[self._column(section, 0) : self._column(section + 1, 0)]
        return next((theme for theme, value in enumerate(row) if value > 0.5), None)

    def _programme(self) -> highspy.HighsLp:
        """The linear programme: the choices first, then a variable a pair and theme."""
        costs = [gain for row in self.unary for gain in row]
        shared: dict[tuple[int, str], list[int]] = defaultdict(list)
        for (i, j), gain in self.pairs.items():
            shared[i, self.slots[j]].append(len(costs))
            shared[j, self.slots[i]].append(len(costs))
            costs += [gain] * self.themes
        rows: list[tuple[list[int], list[float], float]] = []  # columns, factors, upper bound
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
        return _maximise(costs, rows)


def _maximise(
    costs: Sequence[float], rows: Sequence[tuple[list[int], list[float], float]]
) -> highspy.HighsLp:
    """The programme: greatest `costs` · x with 0 ≤ x ≤ 1 and each row at most its bound."""
    programme = highspy.HighsLp()
    programme.num_col_ = len(costs)
    programme.num_row_ = len(rows)
    programme.sense_ = highspy.ObjSense.kMaximize
    programme.col_cost_ = np.array(costs)
    programme.col_lower_ = np.zeros(len(costs))
    programme.col_upper_ = np.ones(len(costs))
    programme.row_lower_ = np.full(len(rows), -highspy.kHighsInf)
    programme.row_upper_ = np.array([bound for _, _, bound in rows])
    matrix = programme.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    lengths = [len(columns) for columns, _, _ in rows]
    matrix.start_ = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    matrix.index_ = np.array([c for columns, _, _ in rows for c in columns], dtype=np.int32)
    matrix.value_ = np.array([f for _, factors, _ in rows for f in factors])
    return programme
