"""Models of older versions of the schema, brought up to this one.

A version is MAJOR.MINOR.PATCH. A minor version adds optional fields; a major one changes what a
field means, or takes one away. Each step that has to do something to a file is one entry of
MIGRATIONS; a step that adds an optional field has nothing to do and stands there none the less,
so that the table is the history of the schema.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeGuard

Plain = dict[str, Any]  # a model as JSON has it
VERSION = re.compile(r"[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}")


class Migration(NamedTuple):
    """One step from a published version to the next."""

    old: str
    new: str
    change: Callable[[Plain], Plain]  # a new dict; the given one is left alone


class NewerVersionError(ValueError):
    """A file of a version that is not known here; the message names both versions."""


def unchanged(plain: Plain) -> Plain:
    return plain


# In the order of the versions. A step that changes nothing but the version takes `unchanged`.
MIGRATIONS: tuple[Migration, ...] = (
    Migration("1.0.0", "1.1.0", unchanged),  # `withdrawn`; what other staged models have
)


def migrated(plain: Plain, current: str, steps: Sequence[Migration] = MIGRATIONS) -> Plain:
    """`plain` as a model of the version `current`, or of a newer minor one.

    What has no version that can be read is returned as it is: validation says what is wrong
    with it. A newer minor version is returned as it is, too: it is a model of this version if
    it uses nothing that was added. Raises NewerVersionError for a newer major version.
    """
    version = plain.get("schema_version")
    if is_newer(version, current) and _numbers(version)[0] > _numbers(current)[0]:
        raise NewerVersionError(
            f"schema_version: the file is of version {version}, and {current} is the newest that "
            "can be read here; update breakthrough-extract"
        )
    for step in steps:
        if plain.get("schema_version") == step.old:
            plain = {**step.change(plain), "schema_version": step.new}
    return plain


def is_newer(version: object, current: str) -> TypeGuard[str]:
    """Whether `version` is a version, and newer than `current`: 1.10.0 is newer than 1.9.0."""
    known = isinstance(version, str) and VERSION.fullmatch(version)
    return bool(known) and _numbers(str(version)) > _numbers(current)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
