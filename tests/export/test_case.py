"""The CASE package, against the structure of the specification."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from breakthrough_extract import Extraction, Model
from breakthrough_extract.export import export
from tests.support import paths
from tests.support.extracting import read_json
from tests.support.models import ANY, models

VALIDATOR = jsonschema.Draft202012Validator(read_json(paths.SCHEMA / "case.schema.json"))


def package_of(model: Model) -> Any:
    return json.loads(export(model, None, "case", "a")["a.case.json"])


@pytest.fixture(scope="module")
def package(seed: Extraction) -> Any:
    return package_of(seed.model)


def item(package: Any, code: str) -> Any:
    (found,) = (i for i in package["CFItems"] if i.get("humanCodingScheme") == code)
    return found


def identifiers(package: Any) -> list[str]:
    entries = [
        package["CFDocument"],
        *package["CFItems"],
        *package["CFAssociations"],
        *package["CFDefinitions"]["CFItemTypes"],
    ]
    for rubric in package["CFRubrics"]:
        entries += [rubric, *rubric["CFRubricCriteria"]]
        for criterion in rubric["CFRubricCriteria"]:
            entries += criterion["CFRubricCriterionLevels"]
    return [entry["identifier"] for entry in entries]


def test_the_package_fits_the_published_structure(package: Any) -> None:
    VALIDATOR.validate(package)


@pytest.mark.parametrize("field", ["identifier", "uri", "creator", "title", "lastChangeDateTime"])
def test_the_structure_asks_for_what_the_specification_asks_for(package: Any, field: str) -> None:
    document = {name: value for name, value in package["CFDocument"].items() if name != field}
    assert not VALIDATOR.is_valid({**package, "CFDocument": document})


@settings(max_examples=40)
@given(models(ANY))
def test_any_model_gives_a_package_of_unique_entries(model: Model) -> None:
    package = package_of(model)
    VALIDATOR.validate(package)
    assert len(set(identifiers(package))) == len(identifiers(package))


def test_the_items_are_all_that_the_model_has(package: Any) -> None:
    kinds = [entry["CFItemType"] for entry in package["CFItems"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "Theme": 6,
        "Stage": 18,
        "Indicator": 117,
        "Breakthrough points": 6,
        "Breakthrough point": 45,
    }


def test_each_item_is_the_child_of_one_entry_up_to_the_document(package: Any) -> None:
    parents = {
        association["originNodeURI"]["identifier"]: association["destinationNodeURI"]["identifier"]
        for association in package["CFAssociations"]
        if association["associationType"] == "isChildOf"
    }
    assert set(parents) == {entry["identifier"] for entry in package["CFItems"]}
    at = item(package, "LEA.DEV.3")["identifier"]
    titles = {entry["identifier"]: entry["fullStatement"] for entry in package["CFItems"]}
    line = []
    while at in parents:
        at = parents[at]
        line.append(titles.get(at, "the document"))
    assert line == [
        "Leaders start to give clear messages about performance",
        "Leadership",
        "the document",
    ]
    assert at == package["CFDocument"]["identifier"]


def test_a_stage_precedes_the_next_of_its_theme(package: Any) -> None:
    pairs = [
        (association["originNodeURI"]["title"], association["destinationNodeURI"]["title"])
        for association in package["CFAssociations"]
        if association["associationType"] == "precedes"
    ]
    assert len(pairs) == 12
    lower, higher = pairs[0]
    assert lower.startswith("Leaders do not show clearly through their words")
    assert higher == "Leaders start to give clear messages about performance"


def test_the_rubric_is_the_matrix(package: Any) -> None:
    (rubric,) = package["CFRubrics"]
    criterion = rubric["CFRubricCriteria"][0]
    assert criterion["category"] == "Leadership"
    assert criterion["description"] == "Leaders aren't interested."
    assert criterion["rubricId"] == rubric["identifier"]
    levels = criterion["CFRubricCriterionLevels"]
    assert [level["quality"] for level in levels] == ["Starting", "Developing", "Consolidating"]
    assert [level["score"] for level in levels] == [1, 2, 3]


def test_an_item_has_its_permanent_address(seed: Extraction, package: Any) -> None:
    found = item(package, "LEA.DEV.4")
    assert found["uri"] == "urn:breakthrough-extract:dataset:breakthrough#i-aseagpl744"
    assert seed.model.find(found["uri"]).text == found["fullStatement"]


def test_a_reworded_item_keeps_its_identifier(seed: Extraction, package: Any) -> None:
    text = seed.model.to_json().replace("sporadic and not always", "sporadic and never")
    later = package_of(Model.model_validate_json(text))
    old, new = item(package, "LEA.DEV.5"), item(later, "LEA.DEV.5")
    assert old["fullStatement"] != new["fullStatement"]
    assert old["identifier"] == new["identifier"]
    assert identifiers(later) == identifiers(package)


def test_two_models_share_no_identifier(seed: Extraction, package: Any) -> None:
    other = package_of(seed.model.model_copy(update={"id": "another"}))
    assert not set(identifiers(other)) & set(identifiers(package))
