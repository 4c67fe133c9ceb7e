"""The version of a dataset: of its schema and, after a `+`, of its content."""

from __future__ import annotations

import hashlib

from breakthrough_extract.model import Model


def content_version(model: Model) -> str:
    """`1.0.0+sha.0123456789ab`, a semantic version; equal models, and no others, have one.

    The digits are the first of the SHA-256 of the canonical JSON.
    """
    return f"{model.schema_version}+sha.{checksum(model)[:12]}"


def checksum(model: Model) -> str:
    """SHA-256 of the canonical JSON, hexadecimal."""
    return hashlib.sha256(model.to_json().encode()).hexdigest()
