"""CITATION.cff: how to cite the dataset (Citation File Format 1.2.0)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from breakthrough_extract.export.version import checksum, content_version
from breakthrough_extract.model import Model

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger

AUTHORS = "the breakthrough-extract authors"


def export(model: Model, _: Ledger | None) -> dict[str, bytes]:
    """`citation/CITATION.cff`: the name that readers of the format look for."""
    # A JSON string is a YAML string; YAML 1.2, 1.3.
    lines = [
        "cff-version: 1.2.0",
        f"message: {_string('If you use this dataset, please cite it as below.')}",
        "type: dataset",
        f"title: {_string(model.title)}",
        f"version: {_string(content_version(model))}",
        "authors:",
        f"  - name: {_string(AUTHORS)}",
        "identifiers:",
        *_identifier(model.address(), "Permanent address of the dataset."),
        *_identifier(f"sha256:{checksum(model)}", "Checksum of its canonical JSON."),
    ]
    return {"citation/CITATION.cff": ("\n".join(lines) + "\n").encode()}


def _identifier(value: str, description: str) -> list[str]:
    return [
        "  - type: other",
        f"    value: {_string(value)}",
        f"    description: {_string(description)}",
    ]


def _string(text: str) -> str:
    # JSON would have what lies beyond U+FFFF as two escapes, which YAML does not join.
    inner = (char if ord(char) > 0xFFFF else json.dumps(char)[1:-1] for char in text)
    return f'"{"".join(inner)}"'
