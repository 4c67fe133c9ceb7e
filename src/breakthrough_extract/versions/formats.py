"""The formats that changes are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never, get_args

if TYPE_CHECKING:
    from breakthrough_extract.model import Model
    from breakthrough_extract.versions.changes import Changes

Format = Literal["json", "patch"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(form: Format, old: Model, new: Model, changes: Changes) -> str:
    """The changes from `old` to `new` as text."""
    match form:
        case "json":
            return changes.to_json()
        case "patch":
            from breakthrough_extract.versions.patch import patch_text

            return patch_text(old, new)
        case unknown:
            assert_never(unknown)
