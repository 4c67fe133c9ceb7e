"""The published schemas: what they are, and what they let through."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from breakthrough_extract import Extraction
from breakthrough_extract.schema import SCHEMAS, schema_text
from tests.support import paths
from tests.support.damaging import GONE, damaged
from tests.support.extracting import read_json

CLEAN = paths.CASES / "validate" / "clean" / "model.json"


def validator(noun: str) -> Any:
    return jsonschema.Draft202012Validator(json.loads(schema_text(noun)))


@pytest.mark.parametrize("noun", SCHEMAS)
def test_a_schema_is_json_schema_2020_12_and_has_a_name(noun: str) -> None:
    schema = json.loads(schema_text(noun))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith(f"urn:breakthrough-extract:{noun}:")
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_seed_fits_both_schemas(seed: Extraction) -> None:
    validator("model").validate(json.loads(seed.model.to_json()))
    validator("ledger").validate(json.loads(seed.ledger.to_json()))


def test_a_model_names_the_schema_that_it_fits() -> None:
    schema = json.loads(schema_text("model"))
    assert read_json(paths.OUTPUT / "breakthrough.json")["$schema"] == schema["$id"]


def test_a_clean_model_and_a_draft_fit() -> None:
    model = read_json(CLEAN)
    validator("model").validate(model)
    validator("model").validate({**model, "draft": True})


@pytest.mark.parametrize(
    ("at", "value"),
    [
        ("themes", GONE),
        ("themes[0].name", GONE),
        ("themes[0].name", ""),
        ("themes[0].colour", "blue"),
        ("themes[0].stages[0].indicators[0].code", GONE),
        ("themes[0].stages[0].indicators[0].text", 7),
        ("stages[0].position", 0),
        ("stages[0].position", "1"),
    ],
)
def test_what_load_refuses_the_schema_refuses(at: str, value: object) -> None:
    assert not validator("model").is_valid(damaged(read_json(CLEAN), at, value))
