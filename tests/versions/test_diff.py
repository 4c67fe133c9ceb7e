"""What a diff finds: cases read by eye, one change a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from breakthrough_extract import Model, diff
from tests.support import paths
from tests.support.history import identified
from tests.support.outlines import lines, read_outline, renamed

CASES = sorted(path for path in (paths.CASES / "diff").iterdir() if path.is_dir())
BY_NAME = pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))


def read(case: Path) -> tuple[Model, Model, list[str]]:
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    return read_outline(case / "old.txt"), read_outline(case / "new.txt"), sorted(expected)


@BY_NAME
def test_the_changes_are_those_that_a_reader_names(case: Path) -> None:
    old, new, expected = read(case)
    assert sorted(lines(diff(old, new))) == expected


@BY_NAME
def test_they_are_the_same_where_no_identifier_helps(case: Path) -> None:
    """Extracted without a baseline: identifiers are made of texts, names say which theme."""
    old, new, expected = read(case)
    if any(line.startswith("reidentified") for line in expected):
        expected = [line for line in expected if not line.startswith("reidentified")]
    found = diff(identified(old), identified(new))
    assert sorted(lines(renamed(found, old, new))) == expected
