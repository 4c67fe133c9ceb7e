"""SQLite: the tables with their keys, and a full-text index of the items."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from breakthrough_extract.export.shapes import MODEL_SHAPES, Shape, Table
from breakthrough_extract.export.tables import from_tables, tables
from breakthrough_extract.model import Model, ModelError

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger

MAGIC = b"SQLite format 3\0"
TYPES = {str: "TEXT", int: "INTEGER", bool: "BOOLEAN"}
SEARCHABLE = ("indicators", "breakthrough_points")
# All items with names instead of ids, for people who look around.
ITEMS = """\
CREATE VIEW items AS
SELECT i.id, i.code, t.name AS theme, c.name AS stage, c.headline, i.text
FROM indicators i
JOIN themes t ON t.id = i.theme_id
JOIN cells c ON c.theme_id = i.theme_id AND c.stage_id = i.stage_id
UNION ALL
SELECT p.id, p.code, t.name, NULL, t.breakthrough_points_headline, p.text
FROM breakthrough_points p
JOIN themes t ON t.id = p.theme_id"""


def export(model: Model, ledger: Ledger | None) -> dict[str, bytes]:
    """`sqlite`: a database file."""
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        for table in tables(model, ledger):
            _create(database, table)
        for name in SEARCHABLE:
            # The tables stay the only place of the texts, and Datasette finds the index by them.
            database.execute(
                f"CREATE VIRTUAL TABLE {name}_fts USING fts5(text, content='{name}', "
                "tokenize='porter unicode61')"
            )
            database.execute(f"INSERT INTO {name}_fts({name}_fts) VALUES ('rebuild')")
        database.execute(ITEMS)
        database.commit()
        # In memory: the header of a file would name the version of the library that wrote it.
        return {"sqlite": database.serialize()}


def _create(database: sqlite3.Connection, table: Table) -> None:
    shape = table.shape
    database.execute(_definition(shape))
    names = ", ".join(f":{column.name}" for column in shape.columns)
    database.executemany(f"INSERT INTO {shape.name} VALUES ({names})", table.rows)


def _definition(shape: Shape) -> str:
    lines = [
        f"{column.name} {TYPES[column.type]}{' NOT NULL' if column.required else ''}"
        for column in shape.columns
    ]
    lines.append(f"PRIMARY KEY ({', '.join(shape.primary_key)})")
    lines += [
        f"FOREIGN KEY ({', '.join(key.columns)}) REFERENCES {key.table} ({', '.join(key.keys)})"
        for key in shape.foreign_keys
    ]
    return f"CREATE TABLE {shape.name} (" + ", ".join(lines) + ")"


def load(path: Path) -> Model:
    """The model in a database file. Raises ModelError."""
    rows = {}
    try:
        with contextlib.closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(path.read_bytes())
            database.row_factory = sqlite3.Row
            for shape in MODEL_SHAPES:
                found = database.execute(f"SELECT * FROM {shape.name}")
                rows[shape.name] = [dict(row) for row in found]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: not a database of a model: {error}") from None
    return from_tables(rows, str(path))
