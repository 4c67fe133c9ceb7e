"""The public frameworks, where they are at hand: with their profiles, and by discovery."""

from __future__ import annotations

import json
from functools import cache

import pytest

from bench.frameworks import KNOWN, compared, made_cells, true_cells
from breakthrough_extract import Extraction, load_profile
from breakthrough_extract.discover import discover
from breakthrough_extract.pipeline import extract_documents
from breakthrough_extract.readers import read
from tests.support.accounting import SHARED, faults

FOLDER = SHARED / "frameworks"
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the public frameworks are not at hand: no {FOLDER}"
)


@cache
def extracted(name: str, by_profile: bool) -> Extraction:
    file, profile = KNOWN[name]
    documents = [read(FOLDER / name / file)]
    known = load_profile(profile) if by_profile else discover(documents).profile
    return extract_documents(documents, known)


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize(("by_profile", "least"), [(True, 0.97), (False, 0.90)])
def test_the_cells_are_the_truths(name: str, by_profile: bool, least: float) -> None:
    truth = json.loads((FOLDER / name / "truth.json").read_text("utf-8"))
    result = extracted(name, by_profile)
    cells, items, headlines = compared(made_cells(result.model, truth), true_cells(truth))
    assert cells.f1 >= least
    assert items.f1 >= least
    assert headlines.f1 >= least


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("by_profile", [True, False])
def test_nothing_is_an_error_and_nothing_unresolved(name: str, by_profile: bool) -> None:
    result = extracted(name, by_profile)
    assert result.clean
    kinds = {part.kind for source in result.ledger.sources for part in source.partition}
    assert "unresolved" not in kinds


@pytest.mark.parametrize("name", KNOWN)
def test_the_reader_takes_each_character_once(name: str) -> None:
    assert faults(read(FOLDER / name / KNOWN[name][0])) == []
