"""Pages of the reference that are generated when the site is built, and stand nowhere else.

MkDocs calls `on_files`; https://www.mkdocs.org/user-guide/configuration/#hooks.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from breakthrough_extract.cli import parser
from breakthrough_extract.export import EXPORTERS
from breakthrough_extract.schema import SCHEMAS, schema_text

COLUMNS = "80"  # of the help; argparse asks the environment
FORMAT_TABLE = "<!-- formats -->"  # in reference/formats.md


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The files of the site and those that are made here."""
    made = {"reference/command.md": command_page(), "reference/schema.md": schema_page()}
    for name, text in made.items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """A page with the generated table in the place that is kept for it."""
    return markdown.replace(FORMAT_TABLE, format_table())


# The command.


def command_page() -> str:
    """The help of the command and of each of its commands."""
    whole = parser()
    parts = ["# Command", "", *_help(whole)]
    for name, command in _commands(whole):
        parts += ["", f"## {name}", "", *_help(command)]
    return "\n".join(parts) + "\n"


def _help(command: argparse.ArgumentParser) -> list[str]:
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = COLUMNS
    try:
        return ["```text", command.format_help().rstrip(), "```"]
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before


def _commands(whole: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in whole._actions:  # noqa: SLF001 – argparse has no other way to its commands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.items()


# The formats.


def format_table() -> str:
    """EXPORTERS as a table."""
    head = ["| `--to` | Files | Read back | Ledger | Extra |", "| --- | --- | --- | --- | --- |"]
    rows = [
        f"| `{name}` | `{row.files}` | {_yes(row.lossless)} | {_yes(row.ledger)} "
        f"| {f'`{row.extra}`' if row.extra else '–'} |"
        for name, row in EXPORTERS.items()
    ]
    return "\n".join([*head, *rows])


def _yes(value: bool) -> str:
    return "yes" if value else "–"


# The schemas.

ABOUT_SCHEMAS = (
    "Generated from the JSON Schemas (2020-12) in `schema/`, which are generated from the types. "
    "`breakthrough-extract schema NOUN` prints one. A profile is TOML: each of its tables "
    "is an object."
)


def schema_page() -> str:
    """Each noun of the published files, with its fields."""
    parts = ["# Schema", "", ABOUT_SCHEMAS]
    for noun in SCHEMAS:
        schema = json.loads(schema_text(noun))
        parts += ["", f"## The {noun}", "", f"`{schema['$id']}`"]
        for name, definition in {schema["title"]: schema, **schema["$defs"]}.items():
            parts += ["", f"### {name}", "", *_definition(definition)]
    return "\n".join(parts) + "\n"


def _definition(schema: dict[str, Any]) -> list[str]:
    about = [schema["description"], ""] if "description" in schema else []
    if "enum" in schema:
        return [*about, "One of " + ", ".join(f"`{value}`" for value in schema["enum"]) + "."]
    required = schema.get("required", [])
    rows = [
        f"| `{name}` | {_kind(field)} | {_yes(name in required)} | {field.get('description', '')} |"
        for name, field in schema["properties"].items()
    ]
    return [*about, "| Field | Type | Required | Meaning |", "| --- | --- | --- | --- |", *rows]


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return " or ".join(_kind(choice) for choice in choices)
    if "prefixItems" in schema:
        return "list of " + ", ".join(_kind(item) for item in schema["prefixItems"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return str(schema["type"])
