"""Models of every version that was ever published.

That every format is read back equal is tests/export/test_formats.py's.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from breakthrough_extract import ModelError, load, validate
from breakthrough_extract.migrations import MIGRATIONS
from breakthrough_extract.model import SCHEMA_VERSION
from tests.support import paths
from tests.support.extracting import read_json

PUBLISHED = sorted((paths.CASES / "published").iterdir())


@pytest.mark.parametrize("folder", PUBLISHED, ids=lambda folder: folder.name)
def test_a_file_of_each_published_version_is_read(folder: Path) -> None:
    model = load(folder / "model.json")
    assert model.schema_version == SCHEMA_VERSION
    assert validate(model) == []
    assert len(list(model.iter_items())) == 162
    assert model.find("LEA.STA.6").text == (
        "the leadership team does not take time to look at its performance"
    )


def test_a_file_of_this_version_and_each_before_it_is_kept() -> None:
    versions = {folder.name for folder in PUBLISHED}
    assert versions >= {SCHEMA_VERSION, *(step.old for step in MIGRATIONS)}
    for folder in PUBLISHED:
        assert read_json(folder / "model.json")["schema_version"] == folder.name


def changed(tmp_path: Path, **fields: Any) -> Path:
    plain = read_json(paths.OUTPUT / "breakthrough.json") | fields
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def test_a_newer_major_version_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = changed(tmp_path, schema_version="2.0.0")
    with pytest.raises(ModelError, match=rf"2\.0\.0.*{SCHEMA_VERSION}.*update breakthrough-ex"):
        load(path)


def test_a_newer_minor_version_is_read_if_it_uses_nothing_new(tmp_path: Path) -> None:
    assert load(changed(tmp_path, schema_version="1.99.0")).schema_version == "1.99.0"


def test_what_a_newer_minor_version_added_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = changed(tmp_path, schema_version="1.99.0", colour="blue")
    with pytest.raises(ModelError, match=r"colour.*newer version: update breakthrough-extract"):
        load(path)


@pytest.mark.parametrize("version", [7, None, "", "1", "one", "1.0.0.0", "-1.0.0", "9" * 5000])
def test_a_version_that_is_none_is_refused_by_name(version: object, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="schema_version"):
        load(changed(tmp_path, schema_version=version))
