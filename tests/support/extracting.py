"""Short ways from a text to what the package makes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from breakthrough_extract import Extraction, Model, Profile
from breakthrough_extract.document import Document, Outline
from breakthrough_extract.pipeline import extract_document
from breakthrough_extract.readers import read_bytes
from breakthrough_extract.recognise import recognise


def read_document(text: str, name: str = "given.md") -> Document:
    return read_bytes(name, text.encode())


def outline_of(text: str, profile: Profile) -> Outline:
    return recognise(read_document(text), profile)


def extract_text(text: str, profile: Profile, name: str = "given.md") -> Extraction:
    return extract_document(read_document(text, name), profile)


def codes(result: Extraction) -> list[str]:
    return [finding.code for finding in result.findings]


def texts_of(model: Model) -> dict[str, Any]:
    """The texts of a model in the shape of `expected.json`: no ids, no codes."""
    return {
        "themes": [
            {
                "name": theme.name,
                "complaint": theme.complaint,
                "stages": [
                    {
                        "stage": cell.stage,
                        "headline": cell.headline,
                        "indicators": [indicator.text for indicator in cell.indicators],
                        "notes": [note.text for note in cell.notes],
                    }
                    for cell in theme.stages
                ],
                "breakthrough_points": theme.breakthrough_points
                and {
                    "headline": theme.breakthrough_points.headline,
                    "points": [point.text for point in theme.breakthrough_points.points],
                },
            }
            for theme in model.themes
        ]
    }


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
