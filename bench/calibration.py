"""From judged decisions to the tables of probabilities that the package ships."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from statistics import fmean, stdev

from sklearn.isotonic import IsotonicRegression

from breakthrough_extract.confidence import (
    BASES,
    TABLE,
    Calibration,
    Steps,
    basis,
    certainty,
    probability,
)
from tests.garble.scoring import Judged

SHIPPED = Path("src/breakthrough_extract") / TABLE
# Where the classes of certainty begin in which decisions are counted: so wide that each has
# hundreds of them in most models.
CLASSES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
RISKS = (0.2, 0.1, 0.05, 0.02, 0.01)
Z = 1.96  # standard deviations of an interval of 95 %

HEAD = """\
# How often decisions of each certainty were right, by what they rest on: a step begins at its
# certainty. Made by `make garble`: isotonic regression over the decisions of the models
# {models}
# each model with the same weight, a standard error from model to model taken off.
"""

ByModel = Mapping[str, Sequence[Judged]]


def fit(decisions: ByModel) -> Calibration:
    """The tables, one a basis; models count alike, however large."""
    return {
        name: _fit(
            {
                model: [one for one in own if basis(one.decision) == name]
                for model, own in decisions.items()
            }
        )
        for name in BASES
    }


def _fit(decisions: ByModel) -> Steps:
    """The probability for each certainty, never falling."""
    classes: dict[float, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for name, own in decisions.items():
        for one in own:
            begin = max(edge for edge in CLASSES if edge <= certainty(one.decision))
            classes[begin][name].append(one.right)
    begins = sorted(classes)
    if not begins:
        return Steps((0.0,), (0.0,))
    weights = [
        math.fsum(len(found) / len(decisions[name]) for name, found in classes[begin].items())
        for begin in begins
    ]
    cautious = [_cautious(list(classes[begin].values())) for begin in begins]
    fitted = IsotonicRegression(y_min=0, y_max=1).fit(begins, cautious, weights).predict(begins)
    return _steps(begins, [math.floor(float(value) * 1000) / 1000 for value in fitted])


def _cautious(models: Sequence[Sequence[bool]]) -> float:
    """The mean share that was right, less its standard error from model to model; as if one more
    decision had been wrong."""
    shares = [fmean(found) for found in models]
    error = stdev(shares) / math.sqrt(len(shares)) if len(shares) > 1 else 0.0
    return max(fmean(shares) - error - 1 / (sum(map(len, models)) + 1), 0.0)


def _steps(begins: Sequence[float], values: Sequence[float]) -> Steps:
    """The classes with equal values joined; below the first there is nothing to go by."""
    pairs = [(0.0, values[0]), *zip(begins, values, strict=True)]
    joined = [next(group) for _, group in groupby(pairs, key=lambda pair: pair[1])]
    return Steps(tuple(begin for begin, _ in joined), tuple(value for _, value in joined))


def text_of(calibration: Calibration, models: Iterable[str]) -> str:
    """The tables as the package ships them."""
    head = HEAD.format(models=", ".join(models) + ":")
    return head + "".join(
        f"\n[{name}]\n"
        f"certainty = {_row(steps.certainty)}\n"
        f"probability = {_row(steps.probability)}\n"
        for name, steps in calibration.items()
    )


def _row(values: Sequence[float]) -> str:
    return "[" + ", ".join(f"{value:g}" for value in values) + "]"


def stated(calibration: Calibration, one: Judged) -> float:
    """The probability that the decision is given."""
    return probability(calibration, one.decision)


def taken(calibration: Calibration, decisions: Iterable[Judged], risk: float) -> tuple[int, int]:
    """How many decisions are taken at that risk, and how many of them are wrong."""
    own = [one for one in decisions if 1 - stated(calibration, one) <= risk]
    return len(own), sum(not one.right for one in own)


def at_most(wrong: int, count: int) -> float:
    """The upper end of the 95 % interval of a share (Wilson 1927), as if each were by itself."""
    if not count:
        return 1.0
    share = wrong / count
    middle = share + Z * Z / (2 * count)
    half = Z * math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    return (middle + half) / (1 + Z * Z / count)


def left_out(decisions: ByModel) -> dict[str, Calibration]:
    """For each model the tables that are fitted on all others."""
    return {
        name: fit({other: own for other, own in decisions.items() if other != name})
        for name in decisions
    }


def reliability(
    pairs: Iterable[tuple[float, bool]],
) -> list[tuple[float, float, int]]:
    """For each stated probability the share that was right, and how many there were."""
    counts: dict[float, list[bool]] = defaultdict(list)
    for stated_probability, right in pairs:
        counts[stated_probability].append(right)
    return [(p, sum(found) / len(found), len(found)) for p, found in sorted(counts.items())]
