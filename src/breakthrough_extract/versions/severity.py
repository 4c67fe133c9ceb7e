"""What a change means for tools, and what it does to the version number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import assert_never

from breakthrough_extract.versions.changes import (
    Added,
    Bump,
    Change,
    Changes,
    Described,
    Details,
    Entry,
    Merged,
    Moved,
    MovedReworded,
    Reidentified,
    Renamed,
    Reordered,
    Reworded,
    Role,
    Severity,
    Split,
    Typography,
    Withdrawn,
)

NUMBER = re.compile(r"\d+\.\d+\.\d+", re.ASCII)
ORDER = tuple(Severity)  # most severe first
BUMPS = {
    Severity.BREAKING: Bump.MAJOR,
    Severity.COMPATIBLE: Bump.MINOR,
    Severity.EDITORIAL: Bump.PATCH,
}


def severity_of(change: Change) -> Severity:
    """How severe a change is by its kind and by what becomes of the identifiers."""
    match change:
        case Described():
            return _described(change)
        case Withdrawn():
            gone = (change.old, *change.contents)
            return Severity.BREAKING if any(map(_has_id, gone)) else Severity.COMPATIBLE
        case Split():
            return _worst(Severity.COMPATIBLE, (change.old,), change.new)
        case Merged():
            return _worst(Severity.COMPATIBLE, change.old, (change.new,))
        case Moved() | MovedReworded() | Reordered():
            return _worst(Severity.COMPATIBLE, (change.old,), (change.new,))
        case Reworded() | Typography() | Renamed():
            return _worst(Severity.EDITORIAL, (change.old,), (change.new,))
        case Reidentified():
            return Severity.BREAKING
        case Added() | Details():
            return Severity.COMPATIBLE
        case unknown:
            assert_never(unknown)


def _described(change: Described) -> Severity:
    match change.field:
        case "id":
            return Severity.BREAKING
        case "schema_version":
            major = change.old.split(".")[0] != change.new.split(".")[0]
            return Severity.BREAKING if major else Severity.COMPATIBLE
        case "draft":
            return Severity.COMPATIBLE
        case "title":
            return Severity.EDITORIAL
        case unknown:
            assert_never(unknown)


def _has_id(entry: Entry) -> bool:
    return entry.id is not None or entry.role == Role.CELL


def _worst(otherwise: Severity, old: Iterable[Entry], new: Iterable[Entry]) -> Severity:
    """Breaking if an old identifier is among the new ones no longer."""
    gone = {entry.id for entry in old} - {entry.id for entry in new}
    return Severity.BREAKING if gone else otherwise


def most_severe(changes: Iterable[Change]) -> Severity | None:
    """The most severe there is; None of no change."""
    return min((change.severity for change in changes), key=ORDER.index, default=None)


def at_least(changes: Changes, least: str) -> bool:
    """Whether a change is as severe as `least`, or more."""
    return changes.severity is not None and ORDER.index(changes.severity) <= ORDER.index(
        Severity(least)
    )


def bump_of(severity: Severity | None) -> Bump:
    """Wording raises the patch number, additions the minor one, identifiers the major one."""
    return BUMPS[severity] if severity else Bump.NONE


class VersionError(ValueError):
    """A version number that cannot be raised."""


def next_version(current: str, bump: Bump) -> str:
    """`current`, which is `MAJOR.MINOR.PATCH`, raised. Raises VersionError if it is not that."""
    if not NUMBER.fullmatch(current):
        raise VersionError(f"{current}: not a version number; give three numbers, as in 1.4.2")
    major, minor, patch = map(int, current.split("."))
    match bump:
        case Bump.MAJOR:
            return f"{major + 1}.0.0"
        case Bump.MINOR:
            return f"{major}.{minor + 1}.0"
        case Bump.PATCH:
            return f"{major}.{minor}.{patch + 1}"
        case Bump.NONE:
            return current
        case unknown:
            assert_never(unknown)
