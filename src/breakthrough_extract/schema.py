"""The published JSON Schemas (2020-12), generated from the types."""

from __future__ import annotations

import json

from breakthrough_extract.ledger import LEDGER_ID, Ledger
from breakthrough_extract.model import SCHEMA_ID, Model, Noun
from breakthrough_extract.versions.changes import CHANGES_ID, Changes

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS: dict[str, tuple[type[Noun], str]] = {
    "model": (Model, SCHEMA_ID),
    "ledger": (Ledger, LEDGER_ID),
    "changes": (Changes, CHANGES_ID),
}


def schema_text(noun: str) -> str:
    """The schema of a noun in SCHEMAS as canonical JSON text."""
    kind, identifier = SCHEMAS[noun]
    schema = kind.model_json_schema(by_alias=True, mode="serialization")
    schema = {"$schema": DIALECT, "$id": identifier, **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
