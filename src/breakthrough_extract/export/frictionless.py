"""A Frictionless Data Package (v1): CSV tables, and a description with keys and checksums."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from breakthrough_extract.export.csv_text import from_csv, to_csv
from breakthrough_extract.export.shapes import MODEL_SHAPES, Column, ForeignKey, Table
from breakthrough_extract.export.tables import from_tables, tables
from breakthrough_extract.export.version import content_version
from breakthrough_extract.model import Model, ModelError

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger

DESCRIPTOR = "datapackage.json"
FOLDER = "datapackage"
TYPES = {str: "string", int: "integer", bool: "boolean"}
ESCAPING = (
    "In the CSV files a text in which one of = + - @, a tab or a line break stands first, or after "
    "apostrophes alone, has one apostrophe more before it, so that no spreadsheet runs it; to read "
    "such a text, take one apostrophe off."
)


def export(model: Model, ledger: Ledger | None) -> dict[str, bytes]:
    """`datapackage/`: datapackage.json and one CSV file a table."""
    found = tables(model, ledger)
    files = {f"{t.shape.name}.csv": to_csv(t.shape.columns, t.rows) for t in found}
    descriptor = {
        "profile": "tabular-data-package",
        "name": _slug(model.id),
        "id": model.address(),
        "title": model.title,
        "description": ESCAPING,
        "version": content_version(model),
        "resources": [_resource(table, files[f"{table.shape.name}.csv"]) for table in found],
    }
    text = json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"
    return {f"{FOLDER}/{name}": data for name, data in files.items()} | {
        f"{FOLDER}/{DESCRIPTOR}": text.encode()
    }


def _slug(name: str) -> str:
    """`name` as the specification has names: lower case letters, digits and . _ - alone."""
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-") or "model"


def _resource(table: Table, data: bytes) -> dict[str, Any]:
    shape = table.shape
    schema: dict[str, Any] = {
        "fields": [_field(column, shape.primary_key) for column in shape.columns],
        "primaryKey": list(shape.primary_key),
    }
    if shape.foreign_keys:
        schema["foreignKeys"] = [_foreign_key(key) for key in shape.foreign_keys]
    return {
        "profile": "tabular-data-resource",
        "name": shape.name,
        "path": f"{shape.name}.csv",
        "description": shape.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"lineTerminator": "\n"},
        "schema": schema,
    }


def _field(column: Column, primary_key: tuple[str, ...]) -> dict[str, Any]:
    constraints = {"required": True} if column.required else {}
    if primary_key == (column.name,):
        constraints["unique"] = True
    described = {
        "name": column.name,
        "type": TYPES[column.type],
        "description": column.description,
    }
    return described | ({"constraints": constraints} if constraints else {})


def _foreign_key(key: ForeignKey) -> dict[str, Any]:
    return {
        "fields": list(key.columns),
        "reference": {"resource": key.table, "fields": list(key.keys)},
    }


def load(path: Path) -> Model:
    """The model in a data package: its folder, or its descriptor. Raises ModelError."""
    folder = path if path.is_dir() else path.parent
    rows = {}
    for shape in MODEL_SHAPES:
        file = folder / f"{shape.name}.csv"
        try:
            rows[shape.name] = from_csv(file.read_bytes(), shape.columns)
        except OSError as error:
            raise ModelError(f"{file}: {error.strerror}; export the model anew") from None
        except (LookupError, ValueError, csv.Error) as error:
            raise ModelError(f"{file}: no CSV table of a model: {error}") from None
    return from_tables(rows, str(path))
