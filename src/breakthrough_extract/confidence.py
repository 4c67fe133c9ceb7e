"""How sure a decision is: its margin and its support, as a probability that was measured.

The certainty of a decision is the lesser of the two: a section is no surer of its theme than
the next best grid is far away, nor than what ties it to the theme at all. How often decisions
of each certainty were right is a table, fitted on the garble benchmark.
"""

from __future__ import annotations

import bisect
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from breakthrough_extract.document import Decision, Grid

TABLE = "calibration.toml"
ANY_RISK = 1.0


@dataclass(frozen=True)
class Calibration:
    """A step function from certainty to probability."""

    certainty: tuple[float, ...]  # where each step begins, ascending; the first is 0
    probability: tuple[float, ...]  # of each step, 0..1, ascending

    def __call__(self, certainty: float) -> float:
        """The probability of the step that `certainty`, at least 0, falls on."""
        return self.probability[bisect.bisect_right(self.certainty, certainty) - 1]


@lru_cache(maxsize=1)
def shipped() -> Calibration:
    """The table in the package."""
    text = resources.files("breakthrough_extract").joinpath(TABLE).read_text("utf-8")
    table = tomllib.loads(text)
    return Calibration(tuple(table["certainty"]), tuple(table["probability"]))


def certainty(margin: float, support: float) -> float:
    """The lesser of margin and support, at least 0."""
    return max(min(margin, support), 0.0)


def rated(grid: Grid) -> Grid:
    """`grid` with the probability of each decision that was taken."""
    return replace(grid, decisions=tuple(_rated(decision) for decision in grid.decisions))


def _rated(decision: Decision) -> Decision:
    if not decision.theme:
        return decision
    sure = certainty(decision.margin, decision.support)
    return replace(decision, probability=shipped()(sure))


def within(max_risk: float, grid: Grid, spared: Collection[int] = ()) -> Grid:
    """`grid` with every decision left open that is wrong with a probability above `max_risk`.

    Not those of the `spared` sections, which a person decided on.
    """
    return replace(
        grid,
        decisions=tuple(
            replace(decision, theme="")
            if 1 - decision.probability > max_risk and decision.section not in spared
            else decision
            for decision in grid.decisions
        ),
    )
