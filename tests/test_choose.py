"""Which profile is taken where none is named."""

from __future__ import annotations

import pytest

from breakthrough_extract import Extraction, extract
from breakthrough_extract.choose import choose
from breakthrough_extract.discover import NoModelError
from breakthrough_extract.readers import read
from tests.support import paths
from tests.support.extracting import codes, read_document

PONDS = paths.CASES / "families" / "stage-items" / "levels" / "input.md"


def test_the_seed_has_the_names_of_a_shipped_profile() -> None:
    choice = choose([read(paths.SEED)])
    assert choice.profile.id == "breakthrough"
    assert not choice.discovered


def test_the_seed_extracted_without_a_profile_is_the_same(seed: Extraction) -> None:
    assert extract(paths.SEED).model == seed.model


def test_what_no_shipped_profile_names_is_discovered_and_said() -> None:
    result = extract(PONDS)
    assert len(result.model.themes) == 3
    assert codes(result) == ["profile-discovered"]
    assert result.findings == result.ledger.findings
    assert "3 themes × 6 stages, 100% of the cells filled" in result.findings[0].message


def test_stages_alone_are_enough_for_a_profile_that_is_read_by_labels() -> None:
    document = read_document("STARTING\n\n- a list of words\n\nnothing else is left\n")
    assert choose([document]).profile.id == "breakthrough"


def test_nothing_fits_a_letter() -> None:
    with pytest.raises(NoModelError, match="no staged model"):
        choose([read_document("Dear Sir,\n\nthank you for your letter.\n")])
