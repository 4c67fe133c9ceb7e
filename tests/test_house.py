"""The repository as a whole: what is committed is what the code makes, and the code is clean."""

from __future__ import annotations

import hashlib
import io
import re
import tokenize

import jsonschema
import pytest

from breakthrough_extract import Extraction, Profile
from breakthrough_extract.schema import SCHEMAS, schema_text
from tests.support import paths
from tests.support.cutting import expected
from tests.support.extracting import read_json

SOURCES = sorted(paths.SOURCE.rglob("*.py"))


def test_the_manifest_knows_each_source_by_its_bytes() -> None:
    entries = read_json(paths.RAW / "manifest.json")["sources"]
    assert {entry["file"] for entry in entries} == {
        path.name for path in paths.RAW.iterdir() if path.name != "manifest.json"
    }
    for entry in entries:
        data = (paths.RAW / entry["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        assert len(data) == entry["bytes"]
        assert entry["what"]


def test_the_manifest_keeps_the_first_name_of_the_seed() -> None:
    (entry,) = (
        entry
        for entry in read_json(paths.RAW / "manifest.json")["sources"]
        if entry["file"] == "breakthrough.txt"
    )
    assert entry["first_name"] == "000_81a74d5c712971f7.txt"


def test_the_committed_model_is_a_fresh_extraction_to_the_byte(seed: Extraction) -> None:
    committed = (paths.OUTPUT / "breakthrough.json").read_bytes()
    assert committed == seed.model.to_json().encode()


def test_the_committed_ledger_is_a_fresh_extraction_to_the_byte(seed: Extraction) -> None:
    committed = (paths.OUTPUT / "breakthrough.ledger.json").read_bytes()
    assert committed == seed.ledger.to_json().encode()


@pytest.mark.parametrize("noun", SCHEMAS)
def test_the_committed_schema_is_the_generated_one(noun: str) -> None:
    committed = (paths.SCHEMA / f"{noun}.schema.json").read_bytes()
    assert committed == schema_text(noun).encode()


@pytest.mark.parametrize(
    ("noun", "file"), [("model", "breakthrough.json"), ("ledger", "breakthrough.ledger.json")]
)
def test_the_committed_output_fits_its_published_schema(noun: str, file: str) -> None:
    schema = read_json(paths.SCHEMA / f"{noun}.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(read_json(paths.OUTPUT / file))


def test_the_package_says_that_it_is_typed() -> None:
    assert (paths.SOURCE / "py.typed").exists()


# The code may not know the seed.


def words(text: str) -> list[str]:
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())


# Runs of words that any English text may hold.
EVERYDAY = {
    ("at", "the", "end", "of"),
    ("at", "the", "top", "of"),
    ("the", "end", "of", "the"),
    ("the", "top", "of", "the"),
    ("do", "not", "want", "to"),
    ("than", "on", "the", "same"),
}


def runs(text: str, length: int = 4) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[n : n + length]) for n in range(len(found) - length + 1)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(paths.SOURCE)))
def test_the_code_quotes_no_text_of_the_seed(path: object) -> None:
    assert isinstance(path, type(paths.ROOT))
    seed = paths.SEED.read_text(encoding="utf-8")
    text = re.sub(r"<[^<>]*>", " ", seed.replace("the breakthrough model", " "))
    known = runs(text) - EVERYDAY
    assert runs(path.read_text(encoding="utf-8")) & known == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(paths.SOURCE)))
def test_the_code_names_no_theme_of_the_seed(path: object) -> None:
    assert isinstance(path, type(paths.ROOT))
    code = path.read_text(encoding="utf-8")
    for theme in expected()["themes"]:
        assert not re.search(rf"\b{theme['name']}\b", code), theme["name"]


def test_theme_names_in_any_case_stand_in_no_string_that_the_code_runs_on(
    profile: Profile,
) -> None:
    names = {name.lower() for theme in profile.themes for name in (theme.name, *theme.aliases)}
    labels = {label.name.lower() for label in profile.stages}
    for path in SOURCES:
        tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
        literals = {
            token.string.strip("rbfRBF\"'").lower()
            for token in tokens
            if token.type == tokenize.STRING
        }
        assert not literals & (names | labels), path.name
