"""TypeScript declarations of the model and the ledger, generated from their JSON Schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from breakthrough_extract.ledger import Ledger
from breakthrough_extract.model import Model, Noun

Schema = Mapping[str, Any]
SCALARS = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
NAME = re.compile(r"[A-Za-z_]\w*")


def export(_: Model, __: Ledger | None) -> dict[str, bytes]:
    """`model.d.ts` and `ledger.d.ts`: the types of the JSON files, whatever they hold."""
    nouns: dict[str, type[Noun]] = {"model.d.ts": Model, "ledger.d.ts": Ledger}
    return {name: declarations(_schema(noun)).encode() for name, noun in nouns.items()}


def _schema(noun: type[Noun]) -> Schema:
    return noun.model_json_schema(by_alias=True, mode="serialization")


def declarations(schema: Schema) -> str:
    """The declarations of a schema and all its definitions, by name.

    Raises ValueError for a keyword that has no counterpart here.
    """
    named = {**schema.get("$defs", {}), schema["title"]: schema}
    blocks = [_declaration(name, named[name]) for name in sorted(named)]
    return "// Generated from the JSON Schema.\n\n" + "\n".join(blocks)


def _declaration(name: str, schema: Schema) -> str:
    head = _comment(schema.get("description"), "")
    if schema.get("type") != "object":
        return f"{head}export type {name} = {_type(schema)};\n"
    fields = "".join(_fields(schema))
    return f"{head}export interface {name} {{\n{fields}}}\n"


def _fields(schema: Schema) -> Iterator[str]:
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        key = name if NAME.fullmatch(name) else json.dumps(name)
        mark = "" if name in required else "?"
        comment = _comment(field.get("description"), "  ")
        yield f"{comment}  readonly {key}{mark}: {_type(field)};\n"


def _comment(text: str | None, indent: str) -> str:
    if not text:
        return ""
    lines = text.replace("*/", "* /").split("\n")
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    inner = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{inner}{indent} */\n"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return " | ".join(_type(choice) for choice in choices)
    if schema.get("type") == "array":
        return _array(schema)
    if schema.get("type") in SCALARS:
        return SCALARS[schema["type"]]
    raise ValueError(f"no TypeScript for this schema: {dict(schema)}")


def _array(schema: Schema) -> str:
    if "prefixItems" in schema:
        return f"readonly [{', '.join(_type(item) for item in schema['prefixItems'])}]"
    inner = _type(schema["items"])
    return f"readonly ({inner})[]" if " | " in inner else f"readonly {inner}[]"
