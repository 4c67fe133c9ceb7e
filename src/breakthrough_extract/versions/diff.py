"""The story: two models are matched, each kind of thing tells what changed, all is rated."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from breakthrough_extract.model import Model
from breakthrough_extract.versions.changes import (
    Change,
    Changes,
    Described,
    Details,
    Entry,
    Typography,
    Version,
    entries,
)
from breakthrough_extract.versions.kinds import KINDS, Comparison, details
from breakthrough_extract.versions.match import match
from breakthrough_extract.versions.severity import bump_of, most_severe, severity_of
from breakthrough_extract.versions.sides import Side


def diff(old: Model, new: Model, names: tuple[str, str] = ("", "")) -> Changes:
    """What changed from one version of a model to another; nothing only if they are equal.

    `names`: what the user calls the two, a path say.
    """
    ours, theirs = Side(old), Side(new)
    found: list[Change] = []
    if ours.text != theirs.text:
        both = Comparison(ours, theirs, match(ours, theirs))
        found = [change for kind in KINDS for change in kind(both)] or list(details(both))
    return _changes(_version(ours, names[0]), _version(theirs, names[1]), found)


def without_typography(changes: Changes) -> Changes:
    """The changes without those that are of typography alone."""
    rest = [change for change in changes.changes if not isinstance(change, Typography)]
    return _changes(changes.old, changes.new, rest)


def _changes(old: Version, new: Version, found: Iterable[Change]) -> Changes:
    rated = [change.model_copy(update={"severity": severity_of(change)}) for change in found]
    severity = most_severe(rated)
    return Changes(
        old=old,
        new=new,
        severity=severity,
        bump=bump_of(severity),
        changes=tuple(sorted(rated, key=_place)),
    )


def _version(side: Side, name: str) -> Version:
    model = side.model
    return Version(
        name=name,
        id=model.id,
        title=model.title,
        schema_version=model.schema_version,
        sha256=hashlib.sha256(side.text.encode()).hexdigest(),
    )


# The order of the file, as far as the names of its keys give it.
KEYS = (
    "group",
    "question",
    "motto",
    "complaint",
    "description",
    "headline",
    "label",
    "prose",
    "indicators",
    "items",
    "points",
    "lists",
    "notes",
    "stages",
    "themes",
    "breakthrough_points",
)
STEP = re.compile(r"\[(\d+)\]|(\w+)")


def _place(change: Change) -> tuple[object, ...]:
    """Where a change is told: by its new place, or the old one if there is none."""
    old, new = entries(change)
    if isinstance(change, Described):
        return 0, (), change.field, ""
    if isinstance(change, Details):
        return 2, (), "", ""
    return 1, steps((new or old)[0]), change.kind, (old or new)[0].path


def steps(entry: Entry) -> tuple[int, ...]:
    """The place of an entry in its file, as numbers that sort in the order of the file."""
    return tuple(
        int(index) if index else KEYS.index(key) if key in KEYS else len(KEYS)
        for index, key in STEP.findall(entry.path)
    )
