"""The data package, as Frictionless itself and a spreadsheet see it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import frictionless
import pytest
from hypothesis import given, settings

from breakthrough_extract import Extraction, Model
from breakthrough_extract.export import export
from breakthrough_extract.export.csv_text import escaped, unescaped
from tests.export.test_formats import written
from tests.support.models import ANY, models


@pytest.fixture
def package(seed: Extraction, tmp_path: Path) -> Path:
    return written(export(seed.model, seed.ledger, "frictionless", "a"), tmp_path)


def descriptor(package: Path) -> dict[str, Any]:
    found = json.loads((package / "datapackage.json").read_bytes())
    assert isinstance(found, dict)
    return found


def faults(package: Path) -> list[list[Any]]:
    report = frictionless.validate(str(package / "datapackage.json"))
    return list(report.flatten(["type", "message"]))


def test_frictionless_finds_it_valid(package: Path) -> None:
    assert faults(package) == []


def test_frictionless_checks_sums_keys_and_foreign_keys(package: Path) -> None:
    indicators = package / "indicators.csv"
    old, new = (f'"{theme}","starting",1,' for theme in ("leadership", "nowhere"))
    text = indicators.read_text("utf-8").replace(old, new)
    indicators.write_text(text, "utf-8")
    assert {"hash-count", "foreign-key"} <= {kind for kind, _ in faults(package)}


def test_the_tables_are_those_that_are_promised(package: Path) -> None:
    names = [resource["name"] for resource in descriptor(package)["resources"]]
    promised = "themes stages cells indicators breakthrough_points provenance".split()
    assert set(promised) <= set(names)


def test_each_field_and_table_is_described(package: Path) -> None:
    for resource in descriptor(package)["resources"]:
        assert resource["description"]
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_each_file_has_its_checksum_and_its_size(package: Path) -> None:
    for resource in descriptor(package)["resources"]:
        data = (package / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)


def test_the_version_is_semantic_and_follows_the_content(seed: Extraction, package: Path) -> None:
    version = descriptor(package)["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+\+sha\.[0-9a-f]{12}", version)
    other = seed.model.model_copy(update={"title": "Another"})
    files = export(other, None, "frictionless", "a")
    assert json.loads(files["a.datapackage/datapackage.json"])["version"] != version


def test_the_rows_are_those_of_the_document(package: Path) -> None:
    counts = {
        name: len((package / f"{name}.csv").read_text("utf-8").splitlines()) - 1
        for name in ("themes", "stages", "cells", "indicators", "breakthrough_points", "notes")
    }
    assert counts == {
        "themes": 6, "stages": 3, "cells": 18,
        "indicators": 117, "breakthrough_points": 45, "notes": 1,
    }  # fmt: skip


def test_an_edit_is_a_row_with_its_evidence(package: Path) -> None:
    rows = list(csv.DictReader((package / "edits.csv").read_text("utf-8").splitlines()))
    restored = [row for row in rows if row["rule"] == "restored-from-fragment"]
    assert [(row["raw"], row["new"], row["evidence_quote"]) for row in restored] == [
        ("", " this", "but at this"),
        ("", " always", "and not always"),
    ]


def test_a_package_without_a_ledger_is_valid_too(seed: Extraction, tmp_path: Path) -> None:
    assert faults(written(export(seed.model, None, "frictionless", "a"), tmp_path)) == []


# A text that a spreadsheet would run.


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+41", "'+41"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'one voice'", "'one voice'"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_formula_is_made_text_and_nothing_else_is_touched(text: str, safe: str) -> None:
    assert escaped(text) == safe
    assert unescaped(safe) == text


@given(ANY)
def test_what_is_escaped_is_safe_and_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert escaped(text)[0] not in "=+-@＝＋－＠\t\r\n"


@settings(max_examples=40)
@given(models(ANY))
def test_no_cell_of_any_model_is_a_formula(model: Model) -> None:
    for name, data in export(model, None, "frictionless", "a").items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(data.decode(), newline="")):
                assert not any(cell[:1] in set("=+-@\t\r\n") for cell in row)
