"""The ledger that goes with the file of a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from breakthrough_extract import Extraction, ModelError
from breakthrough_extract.companion import ledger_of


def both(seed: Extraction, folder: Path, name: str = "a") -> tuple[Path, Path]:
    model, ledger = folder / f"{name}.json", folder / f"{name}.ledger.json"
    model.write_text(seed.model.to_json(), encoding="utf-8")
    ledger.write_text(seed.ledger.to_json(), encoding="utf-8")
    return model, ledger


def test_the_ledger_beside_a_model_is_found(seed: Extraction, tmp_path: Path) -> None:
    model, _ = both(seed, tmp_path)
    assert ledger_of(seed.model, model) == seed.ledger


def test_without_a_ledger_there_is_none(seed: Extraction, tmp_path: Path) -> None:
    assert ledger_of(seed.model, tmp_path / "a.json") is None


def test_a_ledger_that_is_named_must_be_there(seed: Extraction, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.json.*give the path of a ledger"):
        ledger_of(seed.model, tmp_path / "a.json", tmp_path / "none.json")


def test_what_is_no_ledger_is_refused(seed: Extraction, tmp_path: Path) -> None:
    model, _ = both(seed, tmp_path)
    with pytest.raises(ModelError, match=r"a\.json: not a ledger"):
        ledger_of(seed.model, model, model)


def test_the_ledger_of_other_texts_is_refused(seed: Extraction, tmp_path: Path) -> None:
    model, _ = both(seed, tmp_path)
    theme = seed.model.themes[0].model_copy(update={"complaint": "Another."})
    other = seed.model.model_copy(update={"themes": (theme, *seed.model.themes[1:])})
    with pytest.raises(ModelError, match=r"a\.ledger\.json: not the ledger of .*a\.json"):
        ledger_of(other, model)
