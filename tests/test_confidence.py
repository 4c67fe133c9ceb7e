"""How sure a decision is, and what is left open for a smaller risk."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from breakthrough_extract import Extraction, Profile
from breakthrough_extract.cli import main
from breakthrough_extract.confidence import (
    BASES,
    Steps,
    basis,
    certainty,
    probability,
    rated,
    shipped,
    within,
)
from breakthrough_extract.document import Decision, Grid
from breakthrough_extract.pipeline import extract_document
from tests.support import paths
from tests.support.extracting import codes, read_document, read_json

STEPS = Steps((0.0, 0.2, 0.5), (0.6, 0.9, 0.99))


@pytest.mark.parametrize(
    ("sure", "probability"),
    [(0.0, 0.6), (0.19, 0.6), (0.2, 0.9), (0.49, 0.9), (0.5, 0.99), (7.0, 0.99)],
)
def test_a_step_begins_at_its_certainty(sure: float, probability: float) -> None:
    assert STEPS(sure) == probability


def decision(
    theme: str, margin: float, support: float, layout: float = 0.0, words: float = 9.0
) -> Decision:
    return Decision(0, theme, 1.0, "", margin, support, layout, words)


@pytest.mark.parametrize(("layout", "name"), [(0, "words"), (0.5, "heading"), (1, "order")])
def test_a_decision_rests_on_the_surest_that_says_its_theme(layout: float, name: str) -> None:
    assert basis(decision("a", 1, 1, layout)) == name


def test_a_decision_is_no_surer_than_its_margin_nor_than_its_support() -> None:
    assert certainty(decision("a", 0.3, 0.1)) == 0.1
    assert certainty(decision("a", 0.1, 0.3)) == 0.1
    assert certainty(decision("a", 0.1, -0.1)) == 0


def test_words_that_say_another_name_as_well_are_no_certainty_unless_the_layout_speaks() -> None:
    assert certainty(decision("a", 0.3, 0.3, words=0.2)) == 0.2
    assert certainty(decision("a", 0.3, 0.3, words=-1)) == 0
    assert certainty(decision("a", 0.3, 0.3, layout=1, words=-1)) == 0.3


@pytest.mark.parametrize("name", BASES)
def test_the_shipped_tables_start_at_nothing_and_never_fall(name: str) -> None:
    table = shipped()[name]
    assert table.certainty[0] == 0
    assert len(table.certainty) == len(table.probability)
    assert all(one < other for one, other in pairwise(table.certainty))
    assert all(one < other for one, other in pairwise(table.probability))
    assert 0 <= table.probability[0] < table.probability[-1] < 1


def test_what_heading_and_order_say_is_surer_than_what_words_say() -> None:
    table = shipped()
    assert table["order"](1) > table["words"](1)


def test_what_is_riskier_than_allowed_is_left_open_and_nothing_else() -> None:
    grid = rated(Grid((decision("a", 9, 9), decision("b", 9, 0), decision("", 0, 0)), 1.0))
    best, worst, none = grid.decisions
    assert best.probability > worst.probability > none.probability == 0
    risk = 1 - best.probability
    assert [d.theme for d in within(risk, grid).decisions] == ["a", "", ""]
    assert within(1, grid) == grid
    assert [d.theme for d in within(0, grid).decisions] == ["", "", ""]
    assert within(risk, grid).decisions[1] == replace(worst, theme="")


def test_the_ledger_says_how_sure_each_decision_is(seed: Extraction) -> None:
    (reading,) = seed.readings
    pairs = zip(reading.grid.decisions, seed.ledger.decisions, strict=True)
    for each, record in pairs:
        assert record.probability == probability(shipped(), each)


def test_a_section_that_is_too_risky_is_left_open_reported_and_kept_in_the_ledger(
    seed: Extraction, seed_text: str, profile: Profile
) -> None:
    sure = sorted({record.probability or 0.0 for record in seed.ledger.decisions})
    risk = 1 - sure[1]  # the least sure are too much
    result = extract_document(read_document(seed_text), profile, max_risk=risk)
    least = [n for n, d in enumerate(seed.ledger.decisions) if d.probability == sure[0]]
    opened = [n for n, d in enumerate(result.ledger.decisions) if d.theme is None]
    assert opened == least
    assert codes(result).count("left-open") == len(least)
    assert not result.clean
    messages = [f.message for f in result.findings if f.code == "left-open"]
    assert all(f"is right with {sure[0]:.3f} only" in message for message in messages)


def test_the_command_takes_a_risk(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["extract", str(paths.SEED), "-o", str(tmp_path), "--draft", "--max-risk"]
    assert main([*arguments, "0"]) == 1
    assert "left-open" in capsys.readouterr().err
    ledger = read_json(paths.OUTPUT.parent.joinpath(str(tmp_path), "breakthrough.ledger.json"))
    assert {entry["theme"] for entry in ledger["decisions"]} == {None}


@pytest.mark.parametrize("risk", ["-0.1", "1.5", "much", "nan"])
def test_a_risk_that_is_none_is_refused(risk: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["extract", str(paths.SEED), "-o", "x", f"--max-risk={risk}"])
    assert stopped.value.code == 2
    assert f"{risk} is no number from 0 to 1" in capsys.readouterr().err
