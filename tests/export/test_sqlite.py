"""The database, as SQLite itself sees it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakthrough_extract import Extraction
from breakthrough_extract.export import export


@pytest.fixture
def database(seed: Extraction, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "a.sqlite"
    path.write_bytes(export(seed.model, seed.ledger, "sqlite", "a")["a.sqlite"])
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def test_the_file_is_whole(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_foreign_keys_hold(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_foreign_keys_are_enforced(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.execute("DELETE FROM stages WHERE id = 'starting'")


def test_the_full_text_is_searched_by_stems(database: sqlite3.Connection) -> None:
    found = database.execute(
        "SELECT code FROM indicators_fts f JOIN indicators i ON i.rowid = f.rowid "
        "WHERE indicators_fts MATCH 'sporadically AND honest'"
    ).fetchall()
    assert found == [("LEA.DEV.5",)]
    points = database.execute(
        "SELECT count(*) FROM breakthrough_points_fts WHERE breakthrough_points_fts MATCH 'coach'"
    ).fetchone()
    assert points[0] > 0


def test_datasette_can_find_the_index_by_its_table(database: sqlite3.Connection) -> None:
    (sql,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'indicators_fts'")
    assert "VIRTUAL TABLE" in sql[0]
    assert "USING fts5" in sql[0]
    assert "content='indicators'" in sql[0]


def test_the_view_shows_items_by_name(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT count(*) FROM items").fetchone() == (162,)
    row = database.execute("SELECT theme, stage, text FROM items WHERE code = 'LEA.STA.6'")
    assert row.fetchone() == (
        "Leadership",
        "Starting",
        "the leadership team does not take time to look at its performance",
    )


def test_the_header_names_no_version_of_the_library(seed: Extraction) -> None:
    data = export(seed.model, None, "sqlite", "a")["a.sqlite"]
    assert data[96:100] == bytes(4)  # SQLITE_VERSION_NUMBER, "The Database Header"
