"""One trial of the garble benchmark: a model, damaged, written down, read again, scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Any

from breakthrough_extract import ReadError
from breakthrough_extract.pipeline import extract_document
from breakthrough_extract.readers import read_bytes
from tests.garble.damages import DAMAGES, Damage
from tests.garble.dialects import DIALECTS, Dialect
from tests.garble.rendering import intact
from tests.garble.scoring import Judged, Score, judged, refusal, score
from tests.garble.truth import FRAMEWORKS, NAMES, true_model

INTACT = "nothing"
ALL = (*NAMES, *FRAMEWORKS)
# Dialects in which each model is tried under each damage; they take turns.
TURNS = 2
TURNS_OF_FRAMEWORKS = 1


@dataclass(frozen=True)
class Trial:
    """What is damaged, how, and how much; names, so that it travels between processes."""

    model: str
    dialect: str
    damage: str
    strength: float


@dataclass(frozen=True)
class Outcome:
    """What came of a trial."""

    trial: Trial
    score: Score
    judged: tuple[Judged, ...]


def trials(models: Iterable[str] = NAMES) -> list[Trial]:
    """All trials: each model undamaged in each dialect, and under each damage in some."""
    return [trial for model in models for trial in (*_intact(model), *_damaged(model))]


def _intact(model: str) -> Iterator[Trial]:
    for dialect in DIALECTS:
        yield Trial(model, dialect.name, INTACT, 0.0)


def _damaged(model: str) -> Iterator[Trial]:
    turn = ALL.index(model)
    turns = TURNS_OF_FRAMEWORKS if model in FRAMEWORKS else TURNS
    for damage in DAMAGES:
        able = [dialect.name for dialect in DIALECTS if not (damage.flow and dialect.matrix)]
        for strength in damage.strengths:
            for _ in range(turns):
                yield Trial(model, able[turn % len(able)], damage.name, strength)
                turn += 1


def outcome(trial: Trial) -> Outcome:
    """The trial, carried out; the same trial has the same outcome."""
    dialect = _named(DIALECTS, trial.dialect)
    number = ALL.index(trial.model)
    foreign = true_model(NAMES[(number + 1) % len(NAMES)])
    rendering = intact(true_model(trial.model), foreign, dialect.punctuated)
    if trial.damage != INTACT:
        damage = _named(DAMAGES, trial.damage)
        chance = Random(repr(trial))
        rendering = damage.apply(rendering, trial.strength, chance)
    text = dialect.write(rendering)
    try:
        result = extract_document(read_bytes("garbled.txt", text.encode()), rendering.profile)
    except ReadError:
        return Outcome(trial, refusal(rendering), ())
    return Outcome(trial, score(rendering, text, result), tuple(judged(rendering, result)))


def outcomes(of: list[Trial], processes: int) -> list[Outcome]:
    """The outcomes in the order of the trials, whatever the number of processes."""
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(outcome, of, chunksize=8))


def _named(table: Iterable[Damage] | Iterable[Dialect], name: str) -> Any:
    return next(entry for entry in table if entry.name == name)
