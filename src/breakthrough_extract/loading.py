"""A model from a file of any lossless format, known by its content."""

from __future__ import annotations

import json
from pathlib import Path

from breakthrough_extract.export import format_of
from breakthrough_extract.model import Model, ModelError
from breakthrough_extract.regular import bytes_of

# What the first bytes of a file say it is; first match wins.
MAGIC = ((b"SQLite format 3\0", "sqlite"), (b"PK\x03\x04", "xlsx"), (b"PAR1", "parquet"))
# What a folder is that holds such a file.
FOLDERS = (("datapackage.json", "frictionless"), ("model.parquet", "parquet"))


def load(path: str | Path) -> Model:
    """The model in that file, or in that folder of a data package or of Parquet files.

    Files of older versions of the schema are brought up to this one. Raises ModelError if there
    is no model, or one of a newer version; the message names the place and the remedy. Raises
    MissingExtraError (an ImportError) if the format needs a library that is not installed.
    """
    path = Path(path)
    try:
        return format_of(_kind(path)).load(path)
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; give the path of a model file") from None


def _kind(path: Path) -> str:
    if path.is_dir():
        found = [kind for file, kind in FOLDERS if (path / file).is_file()]
        if not found:
            wanted = " or ".join(file for file, _ in FOLDERS)
            raise ModelError(f"{path}: no model in this folder: there is no {wanted}")
        return found[0]
    data = bytes_of(path)
    found = [kind for magic, kind in MAGIC if data.startswith(magic)]
    return found[0] if found else _kind_of_json(data)


def _kind_of_json(data: bytes) -> str:
    """Which JSON it is; what is none is left to the reader of models to complain of."""
    first = _parsed(data.split(b"\n", 1)[0])
    if "table" in first:
        return "jsonl"
    described = b'"resources"' in data and "resources" in _parsed(data)
    return "frictionless" if described else "json"


def _parsed(data: bytes) -> dict[str, object]:
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return plain if isinstance(plain, dict) else {}
