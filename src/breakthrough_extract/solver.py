"""The only HiGHS: programmes of yes-or-no choices, solved exactly and solved again.

A `Programme` stays warm: it is solved once, and again with a choice forbidden to learn what
that choice is worth. Each solution is proven by branch and bound over linear relaxations.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import highspy
import numpy as np

# highspy.Highs prints a banner before it can be told not to (HiGHS issue 2749); the class
# under it does not.
from highspy._core import _Highs as Solver

TIE = 1e-6  # two totals that differ by less are one: the solver's own tolerance

Row = tuple[list[int], list[float], float]  # columns, their factors, upper bound of the sum


class UnsolvedError(Exception):
    """More relaxations were needed than were allowed."""


class Programme:
    """Greatest `costs` · x with 0 ≤ x ≤ 1, each row at most its bound, the first `choices`
    variables whole. `most`: relaxations for one solution, or UnsolvedError is raised."""

    def __init__(
        self, costs: Sequence[float], rows: Sequence[Row], choices: int, most: float = math.inf
    ) -> None:
        self.choices = choices
        self.most = most
        self.solved = 0  # relaxations, for the last solution
        self.fixed: set[int] = set()
        self.solver = Solver()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        self.solver.setOptionValue("presolve", "off")  # dearer than these small programmes
        self.solver.setOptionValue("random_seed", 0)
        self.solver.passModel(_maximise(costs, rows))

    def fix(self, choice: int) -> None:
        """Take that choice in all solutions in which it is not forbidden."""
        self.fixed.add(choice)
        self.solver.changeColBounds(choice, 1.0, 1.0)

    def solve(self, forbidden: int | None = None) -> list[bool]:
        """The choices of the best solution, `forbidden` not among them."""
        best = self.better(-math.inf, forbidden)
        assert best is not None
        return best

    def better(self, floor: float, forbidden: int | None = None) -> list[bool] | None:
        """The same, if its total is above `floor`: much is not looked at if it need not be."""
        if forbidden is not None:
            self.solver.changeColBounds(forbidden, 0.0, 0.0)
        self.solved = 0
        best = self._branch(floor)
        if forbidden is not None:
            self.solver.changeColBounds(forbidden, float(forbidden in self.fixed), 1.0)
        return best[1] if best else None

    def _branch(self, floor: float) -> tuple[float, list[bool]] | None:
        """The best whole-numbered solution above `floor`: branch and bound, each programme solved
        from the basis of the one before."""
        self.solved += 1
        if self.solved > self.most:
            raise UnsolvedError
        self.solver.run()
        total = self.solver.getInfo().objective_function_value
        if total <= floor + TIE:
            return None
        values = list(self.solver.getSolution().col_value)[: self.choices]
        parted = [(abs(v - 0.5), n) for n, v in enumerate(values) if min(v, 1 - v) > TIE]
        if not parted:
            return total, [value > 0.5 for value in values]
        column = min(parted)[1]
        best = None
        for bound in (1.0, 0.0):
            self.solver.changeColBounds(column, bound, bound)
            best = self._branch(best[0] if best else floor) or best
        self.solver.changeColBounds(column, 0.0, 1.0)
        return best


def _maximise(costs: Sequence[float], rows: Sequence[Row]) -> highspy.HighsLp:
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
