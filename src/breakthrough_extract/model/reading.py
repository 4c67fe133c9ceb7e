"""A model from JSON, of this or an older version; and what keeps a file from being one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from breakthrough_extract.migrations import NewerVersionError, is_newer, migrated
from breakthrough_extract.model.staged import SCHEMA_VERSION, Model
from breakthrough_extract.safe_text import terminal_safe


class ModelError(ValueError):
    """A file that is not a model; the message names the file, the place and the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(terminal_safe(message))


def parse(data: str | bytes, name: str) -> Model:
    """The model in a JSON text of this or an older version; `name` is for the message.

    Raises ModelError if it is no model; the message lists every place that is wrong.
    """
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        plain = None  # pydantic says where the JSON is broken
    if isinstance(plain, dict) and plain.get("schema_version") != SCHEMA_VERSION:
        return read_plain(plain, name)
    try:
        return Model.model_validate_json(data)
    except ValidationError as error:
        raise ModelError(_unresolved(data, name) or explain(name, "model", error)) from None


def read_plain(plain: dict[str, Any], name: str) -> Model:
    """The model in what JSON was parsed to, as `parse`."""
    try:
        return Model.model_validate(migrated(plain, SCHEMA_VERSION))
    except NewerVersionError as error:
        raise ModelError(f"{name}: {error}") from None
    except ValidationError as error:
        newer = is_newer(plain.get("schema_version"), SCHEMA_VERSION)
        remedy = "; the file is of a newer version: update breakthrough-extract" if newer else ""
        raise ModelError(explain(name, "model", error) + remedy) from None


def dotted(parts: tuple[int | str, ...]) -> str:
    """A place in a model as `themes[3].stages[1].headline`; list indices are 0-based."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts).lstrip(".")


def _unresolved(data: str | bytes, name: str) -> str:
    """What a file with the conflicts of a merge in it says; "" if it is none."""
    try:
        conflicts = _Conflicts.model_validate_json(data).conflicts
    except ValidationError:
        return ""
    told = "; ".join(
        f"{c.what}: {_says('ours', c.ours)}, {_says('theirs', c.theirs)}" for c in conflicts
    )
    return (
        f"{name}: a merge left {len(conflicts)} to decide, and the file has ours: {told}. "
        "Put each right, then take `conflicts` out of the file"
    )


def _says(side: str, text: str | None) -> str:
    return f"{side} takes it out" if text is None else f"{side} has “{text}”"


class _Conflict(BaseModel):
    """As `versions.merge` writes it."""

    what: str
    ours: str | None
    theirs: str | None


class _Conflicts(BaseModel):
    conflicts: tuple[_Conflict, ...]


def explain(path: str | Path, noun: str, error: ValidationError) -> str:
    """In one line, every place that keeps a file from being a `noun`."""
    faults = [f"{dotted(fault['loc']) or 'the file'}: {fault['msg']}" for fault in error.errors()]
    return f"{path}: not a {noun} file: " + "; ".join(faults)
