"""The optimisation: yes-or-no choices of a theme for each section, and what pairs gain.

The product of two choices (these two share that theme) is made linear by the formulation of
Adams and Johnson (1994, "Improved linear programming-based lower bounds for the quadratic
assignment problem"): for each section, theme and other slot, the shared pairs add up to no
more than the section's own choice. Its relaxation is so tight that the first linear programme
nearly always has a whole-numbered optimum, which is then proven; where it has not, HiGHS branches.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from breakthrough_extract.solver import Programme, Row


@dataclass
class Problem:
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
