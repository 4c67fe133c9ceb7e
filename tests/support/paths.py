"""Where things stand in the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
RAW = ROOT / "raw"
OUTPUT = ROOT / "output"
SCHEMA = ROOT / "schema"
SOURCE = ROOT / "src" / "breakthrough_extract"
CASES = ROOT / "tests" / "cases"

SEED = RAW / "breakthrough.txt"
EXPECTED = CASES / "extract" / "breakthrough" / "expected.json"
