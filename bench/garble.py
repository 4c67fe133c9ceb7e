"""The garble benchmark: true models, damaged, read again, scored; the report and the calibration.

python -m bench.garble [--processes N]
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.calibration import (
    RISKS,
    SHIPPED,
    ByModel,
    at_most,
    fit,
    left_out,
    reliability,
    stated,
    taken,
    text_of,
)
from bench.garble_plots import plot_damages, plot_reliability
from bench.garbling import INTACT, Outcome, outcomes, trials
from bench.tables import README, Table, write
from breakthrough_extract.confidence import Calibration
from breakthrough_extract.document import COMPLAINT
from tests.garble.damages import DAMAGES
from tests.garble.scoring import Judged, Score
from tests.garble.truth import (
    CALIBRATION,
    FRAMEWORKS,
    HELD_OUT,
    NAMES,
    SHARED,
    frameworks_here,
    true_model,
)

PAGE = Path("docs/garble.md")
PICTURES = Path("docs/garble")

SCORES: tuple[tuple[str, Callable[[Score], float | None]], ...] = (
    ("placed right", lambda score: score.share_right),
    ("placed wrong", lambda score: score.share_wrong),
    ("left open", lambda score: score.share_open),
    ("foreign left open", lambda score: score.share_foreign_open if score.foreign else None),
    ("item recall", lambda score: score.recall),
    ("item precision", lambda score: score.precision),
    ("text accuracy", lambda score: score.accuracy),
)
SCORE_HEAD = (*(name for name, _ in SCORES), "invented", "unaccounted", "refused")


def main() -> None:
    parser = argparse.ArgumentParser(description="Damage true models and measure what comes out.")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    here = frameworks_here()
    if len(here) < len(FRAMEWORKS):
        missing = ", ".join(name for name in FRAMEWORKS if name not in here)
        print(f"Without {missing}: nothing in {SHARED}; BREAKTHROUGH_SHARED=FOLDER make garble")
    report(outcomes(trials((*NAMES, *here)), options.processes))


def report(outcomes_of_all: Sequence[Outcome]) -> None:
    """Fit the calibration, write it, and put all figures into the page; those of the public
    frameworks only if there are any."""
    found = [one for one in outcomes_of_all if one.trial.model in NAMES]
    others = [one for one in outcomes_of_all if one.trial.model not in NAMES]
    decisions = _decisions(found)
    calibration = fit({name: decisions[name] for name in CALIBRATION})
    SHIPPED.write_text(text_of(calibration, CALIBRATION), "utf-8")
    blocks = {
        "models": [_models()],
        "aims": [_aims(found)],
        "damages": [_damages(found)],
        "groups": [_grouped("Model", found, lambda o: o.trial.model), _by_dialect(found)],
        "risk": [_risks(decisions, calibration), _mild(found, calibration)],
    }
    if others:
        blocks["frameworks"] = [_frameworks(others, calibration)]
    for mark, tables in blocks.items():
        write(mark, tables, PAGE)
        for table in tables:
            print(table.plain(), end="\n\n")
    write("garble", blocks["aims"], README)
    plot_damages(_series(found), PICTURES / "damages.svg")
    plot_reliability(_reliability(decisions, calibration), PICTURES / "reliability.svg")


# Under these, published items are several true ones in one, of which the scorer knows none: it
# cannot tell whether a decision was right.
UNTOLD = ("items joined", "list marks lost")


def _decisions(found: Iterable[Outcome]) -> ByModel:
    out: dict[str, list[Judged]] = {name: [] for name in NAMES}
    for one in found:
        out[one.trial.model] += _judged(one)
    return out


def _judged(one: Outcome) -> tuple[Judged, ...]:
    return () if one.trial.damage in UNTOLD else one.judged


def _models() -> Table:
    rows = []
    for name in NAMES:
        model = true_model(name)
        texts = [cell for (_, slot), cell in model.cells.items() if slot != COMPLAINT]
        rows.append(
            (
                name,
                "calibration" if name in CALIBRATION else "held out",
                f"{len(model.profile.themes)} × {len(model.profile.stages)}",
                "yes" if model.profile.theme_list else "no",
                "yes" if any(cell.headline for cell in texts) else "no",
                "yes" if model.profile.complaints else "no",
                str(sum(len(cell.items) for cell in texts)),
            )
        )
    head = ("Model", "used for", "themes × stages", "list", "headlines", "complaints", "items")
    return Table("The true models", head, rows, left=2)


# The aims: what is asked, of which trials, what is measured, and what it must reach.


@dataclass(frozen=True)
class Aim:
    """What is asked of the trials with one damage."""

    what: str
    damage: str
    strengths: tuple[float, ...]  # empty: all
    value: Callable[[Score], float]
    least: float

    def share(self, found: Iterable[Outcome]) -> float:
        """What the trials among `found` that it asks of reach together."""
        return self.value(
            _sum(
                one
                for one in found
                if one.trial.damage == self.damage
                and (not self.strengths or one.trial.strength in self.strengths)
            )
        )


def _right(score: Score) -> float:
    return score.share_right


def _told(score: Score) -> float:
    return score.share_told_right


def _strangers(score: Score) -> float:
    return score.share_foreign_open


AIMS = (
    Aim("nothing damaged", INTACT, (), _right, 0.99),
    Aim("sections in any order", "sections shuffled", (1.0,), _right, 0.99),
    Aim("– themes that names tell apart", "sections shuffled", (1.0,), _told, 0.99),
    Aim("any order, half the headings wrong", "a bad converter", (1.0,), _right, 0.99),
    Aim("– themes that names tell apart", "a bad converter", (1.0,), _told, 0.99),
    Aim(
        "half the headings wrong, the order kept",
        "theme headings moved",
        (0.25, 0.5),
        _right,
        0.99,
    ),
    Aim("2 % of the characters misread", "characters misread", (0.02,), _right, 0.99),
    Aim("foreign sections: left open", "foreign sections added", (), _strangers, 0.95),
    Aim("foreign pages: left open", "foreign pages mixed in", (), _strangers, 0.95),
)


def _aims(found: Sequence[Outcome]) -> Table:
    everything = _sum(found)
    rows = [
        *(_aim(aim, found) for aim in AIMS),
        _none("words invented, in all trials", everything.invented),
        _none("characters unaccounted for, in all trials", everything.unaccounted),
    ]
    return Table(
        "The aims: placed right, unless it says otherwise",
        ("What", "aim", "all", "met", "not met by"),
        rows,
    )


def _aim(aim: Aim, found: Sequence[Outcome]) -> tuple[str, ...]:
    share = aim.share(found)
    own = {name: aim.share(o for o in found if o.trial.model == name) for name in NAMES}
    short = ", ".join(f"{name} {each:.2f}" for name, each in own.items() if each < aim.least)
    met = "yes" if share >= aim.least else "**no**"
    return (aim.what, f"≥ {aim.least}", f"{share:.3f}", met, short or "–")


def _frameworks(found: Sequence[Outcome], calibration: Calibration) -> Table:
    """The aims and the risk, on public frameworks, which nothing was fitted to."""
    names = dict.fromkeys(one.trial.model for one in found)
    of = {name: [one for one in found if one.trial.model == name] for name in names}
    rows = [(aim.what, *(f"{aim.share(own):.3f}" for own in of.values())) for aim in AIMS]
    decisions = {name: [each for one in own for each in _judged(one)] for name, own in of.items()}
    for risk in RISKS[-1:]:
        shares = [taken(calibration, own, risk) for own in decisions.values()]
        sizes = [len(own) for own in decisions.values()]
        rows.append(
            (
                f"taken at a risk of {risk:g}",
                *(f"{n / size:.3f}" for (n, _), size in zip(shares, sizes, strict=True)),
            )
        )
        rows.append(("– wrong of these", *(f"{w / n:.4f}" if n else "–" for n, w in shares)))
    return Table("Public frameworks, a column each", ("What", *names), rows)


def _none(what: str, count: int) -> tuple[str, ...]:
    return (what, "0", str(count), "**no**" if count else "yes", "–")


def _sum(found: Iterable[Outcome]) -> Score:
    return sum((one.score for one in found), Score())


def _row(score: Score) -> tuple[str, ...]:
    shares = [value(score) for _, value in SCORES]
    counts = (score.invented, score.unaccounted, score.refused)
    return (
        *("–" if share is None else f"{share:.3f}" for share in shares),
        *(str(count) for count in counts),
    )


def _damages(found: Sequence[Outcome]) -> Table:
    rows = [
        (name, f"{strength:g}", *_row(score))
        for name, points in _series(found).items()
        for strength, score in points
        if strength or name == DAMAGES[0].name
    ]
    first = (INTACT, *rows[0][1:])
    return Table(
        "Each damage, all models and layouts together",
        ("Damage", "strength", *SCORE_HEAD),
        [first, *rows[1:]],
    )


def _series(found: Sequence[Outcome]) -> dict[str, list[tuple[float, Score]]]:
    """For each damage the scores by strength, those without damage in the same layouts first."""
    scores: dict[tuple[str, float], Score] = defaultdict(Score)
    layouts: dict[str, set[str]] = defaultdict(set)
    for one in found:
        scores[one.trial.damage, one.trial.strength] += one.score
        layouts[one.trial.damage].add(one.trial.dialect)
    return {
        damage.name: [
            (
                0.0,
                _sum(
                    o
                    for o in found
                    if o.trial.damage == INTACT and o.trial.dialect in layouts[damage.name]
                ),
            ),
            *((strength, scores[damage.name, strength]) for strength in damage.strengths),
        ]
        for damage in DAMAGES
    }


def _grouped(title: str, found: Sequence[Outcome], key: Callable[[Outcome], str]) -> Table:
    groups: dict[str, Score] = defaultdict(Score)
    for one in found:
        groups[key(one)] += one.score
    rows = [(name, *_row(score)) for name, score in groups.items()]
    return Table(f"{title} by {title.lower()}, all damages together", (title, *SCORE_HEAD), rows)


def _by_dialect(found: Sequence[Outcome]) -> Table:
    return _grouped("Layout", found, lambda one: one.trial.dialect)


# The calibration.


def _risks(decisions: ByModel, calibration: Calibration) -> Table:
    """What is taken at each risk, and how much of it is wrong: on models that were left out of
    the fit one by one, and on those that never were in it."""
    others = left_out({name: decisions[name] for name in CALIBRATION})
    rows = []
    for name in NAMES:
        own = calibration if name in HELD_OUT else others[name]
        rows.append(
            (name, "held out" if name in HELD_OUT else "left out", *_taken(own, decisions[name]))
        )
    together = [one for name in HELD_OUT for one in decisions[name]]
    rows.append(("all held out", "held out", *_taken(calibration, together)))
    head = ["Model", "how", "decisions", "wrong, all taken"]
    for risk in RISKS:
        head += [f"taken at {risk:g}", "wrong"]
    return Table("Decisions taken and wrong, by the risk that is allowed", head, rows, left=2)


def _mild(found: Sequence[Outcome], calibration: Calibration) -> Table:
    """The same where there is little damage, on the models that were not in the fit."""
    held_out = [one for one in found if one.trial.model in HELD_OUT]
    least = {damage.name: damage.strengths[0] for damage in DAMAGES}
    kinds = {
        "nothing damaged": [one for one in held_out if one.trial.damage == INTACT],
        "each damage at its least strength": [
            one for one in held_out if least.get(one.trial.damage) == one.trial.strength
        ],
        "all trials": held_out,
    }
    risk = RISKS[-1]
    rows = []
    for kind, own in kinds.items():
        decisions = [each for one in own for each in _judged(one)]
        count, wrong = taken(calibration, decisions, risk)
        rows.append(
            (
                kind,
                str(len(decisions)),
                f"{count / len(decisions):.3f}",
                f"{wrong / count:.4f}" if count else "–",
                f"{at_most(wrong, count):.4f}",
            )
        )
    head = ("Trials", "decisions", f"taken at {risk:g}", "wrong", "at most, 95 %")
    return Table("All held out, by damage", head, rows)


def _taken(calibration: Calibration, decisions: Sequence[Judged]) -> tuple[str, ...]:
    out = [str(len(decisions)), f"{sum(not d.right for d in decisions) / len(decisions):.4f}"]
    for risk in RISKS:
        count, wrong = taken(calibration, decisions, risk)
        out += [f"{count / len(decisions):.3f}", f"{wrong / count:.4f}" if count else "–"]
    return tuple(out)


def _reliability(
    decisions: ByModel, calibration: Calibration
) -> dict[str, list[tuple[float, float, int]]]:
    others = left_out({name: decisions[name] for name in CALIBRATION})
    return {
        "models left out one by one": reliability(
            (round(stated(others[name], one), 2), one.right)
            for name in CALIBRATION
            for one in decisions[name]
        ),
        "models held out": reliability(
            (stated(calibration, one), one.right) for name in HELD_OUT for one in decisions[name]
        ),
    }


if __name__ == "__main__":
    main()
