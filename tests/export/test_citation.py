"""How to cite: the dataset and the program, against the Citation File Format 1.2.0."""

from __future__ import annotations

import re
from typing import Any

import yaml

from breakthrough_extract import Extraction, __version__
from breakthrough_extract.export import export
from tests.support import paths

# The schema of the format: what is required, and what values these keys take.
REQUIRED = {"cff-version", "message", "title", "authors"}
KNOWN = REQUIRED | {"type", "version", "identifiers", "abstract", "keywords", "license"}


def assert_citable(cff: Any) -> None:
    assert REQUIRED <= set(cff) <= KNOWN
    assert cff["cff-version"] == "1.2.0"
    assert cff["type"] in {"dataset", "software"}
    assert all(isinstance(cff[key], str) and cff[key] for key in ("message", "title", "version"))
    assert cff["authors"]
    assert all(set(author) == {"name"} for author in cff["authors"])
    for identifier in cff.get("identifiers", []):
        assert set(identifier) == {"type", "value", "description"}
        assert identifier["type"] in {"doi", "url", "swh", "other"}


def dataset(seed: Extraction) -> Any:
    files = export(seed.model, None, "citation", "a")
    return yaml.safe_load(files["a.citation/CITATION.cff"])


def test_the_dataset_can_be_cited(seed: Extraction) -> None:
    cff = dataset(seed)
    assert_citable(cff)
    assert cff["type"] == "dataset"
    assert cff["title"] == "The breakthrough model"
    values = [identifier["value"] for identifier in cff["identifiers"]]
    assert values[0] == "urn:breakthrough-extract:dataset:breakthrough"
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", values[1])


def test_a_title_of_any_characters_is_one_yaml_string(seed: Extraction) -> None:
    title = 'a: "b" # c\n– \u2028 \\ 🌳'
    model = seed.model.model_copy(update={"title": title})
    text = export(model, None, "citation", "a")["a.citation/CITATION.cff"]
    assert yaml.safe_load(text)["title"] == title


def test_the_program_can_be_cited_in_its_version() -> None:
    cff = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text("utf-8"))
    assert_citable(cff)
    assert cff["type"] == "software"
    assert cff["version"] == __version__
