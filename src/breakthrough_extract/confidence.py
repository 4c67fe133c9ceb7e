"""How sure a decision is: its margin, its support and what it rests on, as a probability that
was measured.

The certainty of a decision is the lesser of margin and support: a section is no surer of its
theme than the next best grid is far away, nor than what ties it to the theme at all; nor, where
words alone speak for the theme, than these say its name rather than another. What it rests on
counts as much: a theme that heading and order both name is hardly ever wrong, one that words
alone speak for may be. How often decisions of each certainty were right is a table for each
basis, fitted on the garble benchmark.
"""

from __future__ import annotations

import bisect
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from breakthrough_extract.document import Decision, Grid

TABLE = "calibration.toml"
ANY_RISK = 1.0

# What a decision rests on, and how far heading and order must say its theme at least.
WORDS = "words"
BASES = {WORDS: 0.0, "heading": 0.2, "order": 0.7}


@dataclass(frozen=True)
class Steps:
    """A step function from certainty to probability."""

    certainty: tuple[float, ...]  # where each step begins, ascending; the first is 0
    probability: tuple[float, ...]  # of each step, 0..1, ascending

    def __call__(self, certainty: float) -> float:
        """The probability of the step that `certainty`, at least 0, falls on."""
        return self.probability[bisect.bisect_right(self.certainty, certainty) - 1]


Calibration = Mapping[str, Steps]  # by basis


@lru_cache(maxsize=1)
def shipped() -> Calibration:
    """The tables in the package."""
    text = resources.files("breakthrough_extract").joinpath(TABLE).read_text("utf-8")
    tables = tomllib.loads(text)
    return {
        basis: Steps(tuple(tables[basis]["certainty"]), tuple(tables[basis]["probability"]))
        for basis in BASES
    }


def basis(decision: Decision) -> str:
    """What the decision rests on: words alone, a heading or an order that is doubtful, or heading
    and order together."""
    return max(
        (name for name, least in BASES.items() if decision.layout >= least), key=BASES.__getitem__
    )


def certainty(decision: Decision) -> float:
    """The least of margin, support and, where these alone speak for it, words; at least 0."""
    least = min(decision.margin, decision.support)
    return max(min(least, decision.words) if basis(decision) == WORDS else least, 0.0)


def probability(calibration: Calibration, decision: Decision) -> float:
    """How often decisions like this one were right."""
    return calibration[basis(decision)](certainty(decision))


def rated(grid: Grid) -> Grid:
    """`grid` with the probability of each decision that was taken."""
    return replace(
        grid,
        decisions=tuple(
            replace(decision, probability=probability(shipped(), decision))
            if decision.theme
            else decision
            for decision in grid.decisions
        ),
    )


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
