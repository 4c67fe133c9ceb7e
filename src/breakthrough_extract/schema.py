"""The published JSON Schemas (2020-12), generated from the types; a profile's, from its keys."""

from __future__ import annotations

import json
from typing import Any

from breakthrough_extract.ledger import LEDGER_ID, Ledger
from breakthrough_extract.model import SCHEMA_ID, Model, Noun
from breakthrough_extract.profile import KEYS, REQUIRED, Role
from breakthrough_extract.versions.changes import CHANGES_ID, Changes

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PROFILE_ID = "urn:breakthrough-extract:profile:1"
SCHEMAS: dict[str, tuple[type[Noun] | None, str]] = {
    "model": (Model, SCHEMA_ID),
    "ledger": (Ledger, LEDGER_ID),
    "changes": (Changes, CHANGES_ID),
    "profile": (None, PROFILE_ID),
}

TEXT = {"type": "string", "pattern": r"\S"}
TYPES: dict[str, dict[str, Any]] = {
    "text": TEXT,
    "texts": {"type": "array", "items": {"type": "string"}},
    "flag": {"type": "boolean"},
    "number": {"type": "integer"},
    "role": {"enum": [role.value for role in Role]},
}
LEAST = {"stages": 2, "themes": 1}  # entries


def schema_text(noun: str) -> str:
    """The schema of a noun in SCHEMAS as canonical JSON text."""
    kind, identifier = SCHEMAS[noun]
    if kind is None:
        tables = {name: _table(name) for name in KEYS if name}
        schema = {"$defs": tables, "title": "Profile", **_table("")}
    else:
        schema = kind.model_json_schema(by_alias=True, mode="serialization")
    schema = {"$schema": DIALECT, "$id": identifier, **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _table(name: str) -> dict[str, Any]:
    """The schema of a table of a profile."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(REQUIRED.get(name, ("name",))),
        "properties": {
            key: {"description": description, **_type(key, takes)}
            for key, (takes, description) in KEYS[name].items()
        },
    }


def _type(key: str, takes: str) -> dict[str, Any]:
    table = {"$ref": f"#/$defs/{key}"}
    if takes == "table":
        return table
    if takes == "tables":
        return {"type": "array", "minItems": LEAST.get(key, 0), "items": table}
    return TYPES[takes]
