"""Each check fires on what it is for, and on nothing else."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from breakthrough_extract import Extraction, Finding, Model, load, validate
from breakthrough_extract.checks import CHECKS, PROOFS
from breakthrough_extract.ledger import Ledger
from tests.support import paths
from tests.support.damaging import GONE, damaged
from tests.support.extracting import read_json

CLEAN = paths.CASES / "validate" / "clean" / "model.json"
DAMAGES: list[dict[str, Any]] = tomllib.loads(
    (paths.CASES / "validate" / "damages.toml").read_text(encoding="utf-8")
)["damage"]
EACH_DAMAGE = pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: str(damage["what"]))


def broken(damage: dict[str, Any]) -> Model:
    value = damage.get("value", GONE)
    plain = damaged(read_json(CLEAN), damage["at"], None if value == "null" else value)
    return Model.model_validate_json(json.dumps(plain))


def told(findings: list[Finding]) -> list[list[str]]:
    return sorted([finding.code, finding.path] for finding in findings)


def test_a_clean_model_has_no_finding() -> None:
    assert validate(load(CLEAN)) == []


def test_the_committed_model_has_no_finding() -> None:
    assert validate(load(paths.OUTPUT / "breakthrough.json")) == []


@EACH_DAMAGE
def test_a_damage_is_found_where_it_is_and_nothing_else(damage: dict[str, Any]) -> None:
    assert told(validate(broken(damage))) == sorted(damage["findings"])


@EACH_DAMAGE
def test_the_check_that_a_damage_is_for_is_the_one_that_notices(damage: dict[str, Any]) -> None:
    noticed = [check.__name__ for check in CHECKS if list(check(broken(damage)))]
    assert noticed == [damage["check"]]


@EACH_DAMAGE
def test_only_a_draft_is_less_than_an_error(damage: dict[str, Any]) -> None:
    severities = {str(finding.severity) for finding in validate(broken(damage))}
    assert severities == {"warning" if damage["check"] == "drafts" else "error"}


def test_each_check_has_its_damage() -> None:
    assert {check.__name__ for check in CHECKS} == {damage["check"] for damage in DAMAGES}


def test_all_findings_are_reported_at_once() -> None:
    plain = read_json(paths.OUTPUT / "breakthrough.json")
    plain = damaged(plain, "themes[3].stages[1].indicators[0].text", "<i>left</i> over; and")
    plain = damaged(plain, "themes[0].complaint", None)
    plain = damaged(plain, "themes[5].stages[2]")
    found = validate(Model.model_validate_json(json.dumps(plain)))
    assert told(found) == [
        ["list-mark", "themes[3].stages[1].indicators[0].text"],
        ["markup", "themes[3].stages[1].indicators[0].text"],
        ["missing-complaint", "themes[0].complaint"],
        ["missing-stage", "themes[5].stages"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "costs are 3 < 4 and 5 > 2",
        "R&D is funded",
        "it uses the 'so what?' test",
        "what does this information really mean?'",
        "and so on…",
        "snake_case is used",
        "morale, satisfaction etc",
        "people ask why; nobody answers",
        "a.m. and p.m",
    ],
)
def test_ordinary_text_is_no_damage(text: str) -> None:
    plain = damaged(read_json(CLEAN), "themes[0].stages[0].indicators[0].text", text)
    assert validate(Model.model_validate_json(json.dumps(plain))) == []


@pytest.mark.parametrize("without", ["complaint", "breakthrough_points"])
def test_what_no_theme_has_is_not_missed(without: str) -> None:
    plain = read_json(CLEAN)
    for n in range(2):
        plain = damaged(plain, f"themes[{n}].{without}", None)
    assert validate(Model.model_validate_json(json.dumps(plain))) == []


# The proofs: what a ledger must be.


def test_the_ledger_of_the_seed_proves_its_model(seed: Extraction) -> None:
    errors = [f for f in validate(seed.model, seed.ledger) if f.severity == "error"]
    assert errors == []


def with_ledger(seed: Extraction, at: str, value: Any) -> list[Finding]:
    plain = json.loads(seed.ledger.to_json())
    ledger = Ledger.model_validate_json(json.dumps(damaged(plain, at, value)))
    return validate(seed.model, ledger)


def test_characters_that_are_accounted_for_twice_are_an_error(seed: Extraction) -> None:
    found = with_ledger(seed, "sources[0].partition[3].start", 100)
    assert ["ledger-overlap", "sources[0].partition[3]"] in told(found)


def test_edits_that_do_not_give_the_text_are_an_error(seed: Extraction) -> None:
    quote = seed.ledger.fields[4].quote
    found = with_ledger(seed, "fields[4].quote", quote.replace("e", "x"))
    assert told([f for f in found if f.severity == "error"]) == [["ledger-replay", "fields[4]"]]


def test_a_text_without_a_record_is_an_error(seed: Extraction) -> None:
    found = with_ledger(seed, "fields[4]", GONE)
    assert told([f for f in found if f.severity == "error"]) == [
        ["ledger-missing", seed.ledger.fields[4].path]
    ]


def test_characters_that_no_reader_took_are_told(seed: Extraction) -> None:
    unread = {"start": 0, "end": 1, "kind": "unresolved", "of": "unread"}
    assert ["unread", "sources[0]"] in told(with_ledger(seed, "sources[0].partition", [unread]))


@pytest.mark.parametrize(("left", "severity"), [(0, "warning"), (40, "error")])
def test_a_list_without_its_end_is_an_error_if_text_is_left(
    seed: Extraction, left: int, severity: str
) -> None:
    at = next(n for n, f in enumerate(seed.ledger.fields) if f.quote.endswith("incentives."))
    plain = json.loads(seed.ledger.to_json())
    plain["fields"][at]["quote"] = plain["fields"][at]["quote"][:-1] + ";"
    rest = {"start": 0, "end": left, "kind": "unresolved", "of": ""}
    plain["sources"][0]["partition"] = [rest] if left else []
    found = validate(seed.model, Ledger.model_validate_json(json.dumps(plain)))
    assert [f.severity for f in found if f.code == "open-list"] == [severity]


def test_there_is_a_table_of_checks_and_one_of_proofs() -> None:
    assert len(CHECKS) >= 9
    assert len(PROOFS) >= 3
    assert all(check.__doc__ for check in CHECKS)


def test_validating_a_model_file_needs_nothing_but_the_file(tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere.json"
    copy.write_bytes(CLEAN.read_bytes())
    assert validate(load(copy)) == []
