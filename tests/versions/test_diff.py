"""What a diff finds: cases read by eye, one change a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from breakthrough_extract import diff
from tests.support import paths
from tests.support.outlines import lines, read_outline

CASES = sorted(path for path in (paths.CASES / "diff").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_the_changes_are_those_that_a_reader_names(case: Path) -> None:
    found = diff(read_outline(case / "old.txt"), read_outline(case / "new.txt"))
    assert lines(found) == (case / "expected.txt").read_text(encoding="utf-8").splitlines()
