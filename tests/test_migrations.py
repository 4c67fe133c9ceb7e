"""How a model of an older version comes up to the newest, step by step."""

from __future__ import annotations

import re

import pytest

from breakthrough_extract.migrations import (
    MIGRATIONS,
    Migration,
    NewerVersionError,
    Plain,
    is_newer,
    migrated,
    unchanged,
)
from breakthrough_extract.model import SCHEMA_VERSION


def renamed(plain: Plain) -> Plain:
    return {"title" if key == "name" else key: value for key, value in plain.items()}


STEPS = (
    Migration("0.9.0", "1.0.0", renamed),
    Migration("1.0.0", "1.1.0", unchanged),
)


def test_each_step_is_taken_in_turn() -> None:
    old = {"schema_version": "0.9.0", "name": "A"}
    assert migrated(old, "1.1.0", STEPS) == {"schema_version": "1.1.0", "title": "A"}
    assert old == {"schema_version": "0.9.0", "name": "A"}


def test_steps_before_the_version_are_not_taken() -> None:
    later = {"schema_version": "1.0.0", "name": "A"}
    assert migrated(later, "1.1.0", STEPS) == {"schema_version": "1.1.0", "name": "A"}


def test_the_newest_version_is_left_as_it_is() -> None:
    newest = {"schema_version": "1.1.0", "name": "A"}
    assert migrated(newest, "1.1.0", STEPS) == newest


@pytest.mark.parametrize("plain", [{}, {"schema_version": 1}, {"schema_version": "none"}])
def test_what_has_no_version_is_left_to_validation(plain: Plain) -> None:
    assert migrated(plain, "1.1.0", STEPS) == plain


def test_a_newer_major_version_is_refused() -> None:
    with pytest.raises(NewerVersionError, match=r"2\.0\.0.*1\.1\.0"):
        migrated({"schema_version": "2.0.0"}, "1.1.0", STEPS)


def test_versions_are_compared_as_numbers() -> None:
    assert is_newer("1.10.0", "1.9.0")
    assert not is_newer("1.9.0", "1.10.0")
    assert not is_newer("1.0.0", "1.0.0")


def test_the_table_leads_to_this_version_without_a_gap() -> None:
    versions = [step.old for step in MIGRATIONS] + [SCHEMA_VERSION]
    assert versions[1:] == [step.new for step in MIGRATIONS]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
