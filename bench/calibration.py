"""From judged decisions to the table of probabilities that the package ships."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean, stdev

from sklearn.isotonic import IsotonicRegression

from breakthrough_extract.confidence import TABLE, Calibration, certainty
from tests.garble.scoring import Judged

SHIPPED = Path("src/breakthrough_extract") / TABLE
WIDTH = 0.05  # of the classes of certainty in which decisions are counted
WIDEST = 1.0  # all that is surer than this is one class
RISKS = (0.2, 0.1, 0.05, 0.02, 0.01)

HEAD = """\
# How often decisions of each certainty were right: a step begins at its certainty.
# Made by `make garble`: isotonic regression over the decisions of the models
# {models}
# each model with the same weight, a standard error from model to model taken off.

"""

ByModel = Mapping[str, Sequence[Judged]]


def fit(decisions: ByModel) -> Calibration:
    """The probability for each certainty, never falling; models count alike, however large."""
    classes: dict[float, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for name, own in decisions.items():
        for one in own:
            sure = certainty(one.margin, one.support)
            begin = min(math.floor(sure / WIDTH) * WIDTH, WIDEST)
            classes[round(begin, 4)][name].append(one.right)
    begins = sorted(classes)
    weights = [
        math.fsum(len(found) / len(decisions[name]) for name, found in classes[begin].items())
        for begin in begins
    ]
    cautious = [_cautious(list(classes[begin].values())) for begin in begins]
    fitted = IsotonicRegression(y_min=0, y_max=1).fit(begins, cautious, weights).predict(begins)
    return _steps(begins, [math.floor(float(value) * 1000) / 1000 for value in fitted])


def _cautious(models: Sequence[Sequence[bool]]) -> float:
    """The mean share that was right, less its standard error from model to model; in each model
    as if one more decision had been wrong."""
    shares = [sum(found) / (len(found) + 1) for found in models]
    error = stdev(shares) / math.sqrt(len(shares)) if len(shares) > 1 else 0.0
    return max(fmean(shares) - error, 0.0)


def _steps(begins: Sequence[float], values: Sequence[float]) -> Calibration:
    """The classes with equal values joined."""
    kept = [n for n, value in enumerate(values) if n == 0 or value != values[n - 1]]
    starts = [0.0, *(begins[n] for n in kept[1:])]
    return Calibration(tuple(starts), tuple(values[n] for n in kept))


def text_of(calibration: Calibration, models: Iterable[str]) -> str:
    """The table as the package ships it."""
    head = HEAD.format(models=", ".join(models) + ":")
    return (
        f"{head}certainty = {_row(calibration.certainty)}\n"
        f"probability = {_row(calibration.probability)}\n"
    )


def _row(values: Sequence[float]) -> str:
    return "[" + ", ".join(f"{value:g}" for value in values) + "]"


def stated(calibration: Calibration, one: Judged) -> float:
    """The probability that the decision is given."""
    return calibration(certainty(one.margin, one.support))


def taken(calibration: Calibration, decisions: Iterable[Judged], risk: float) -> tuple[int, int]:
    """How many decisions are taken at that risk, and how many of them are wrong."""
    own = [one for one in decisions if 1 - stated(calibration, one) <= risk]
    return len(own), sum(not one.right for one in own)


def left_out(decisions: ByModel) -> dict[str, Calibration]:
    """For each model the table that is fitted on all others."""
    return {
        name: fit({other: own for other, own in decisions.items() if other != name})
        for name in decisions
    }


def reliability(
    pairs: Iterable[tuple[float, bool]],
) -> list[tuple[float, float, int]]:
    """For each stated probability the share that was right, and how many there were."""
    counts: dict[float, list[bool]] = defaultdict(list)
    for probability, right in pairs:
        counts[probability].append(right)
    return [(p, sum(found) / len(found), len(found)) for p, found in sorted(counts.items())]
