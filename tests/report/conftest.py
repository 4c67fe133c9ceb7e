from __future__ import annotations

from pathlib import Path

import pytest

from breakthrough_extract.ledger import load_ledger
from breakthrough_extract.loading import load
from breakthrough_extract.readers import read
from breakthrough_extract.report import render
from tests.support import paths


@pytest.fixture(scope="session")
def seed_page() -> str:
    """The page of the committed model."""
    source = read(paths.SEED).source
    model = load(paths.OUTPUT / "breakthrough.json")
    ledger = load_ledger(paths.OUTPUT / "breakthrough.ledger.json")
    return render(model, ledger, {source.sha256: source})


@pytest.fixture(scope="session")
def seed_file(seed_page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(seed_page, encoding="utf-8", newline="\n")
    return file
