"""The formats that changes are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never, get_args

if TYPE_CHECKING:
    from breakthrough_extract.model import Model
    from breakthrough_extract.versions.changes import Changes

Format = Literal["terminal", "markdown", "html", "json", "patch"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(
    form: Format, old: Model, new: Model, changes: Changes, colour: bool = False, width: int = 0
) -> str:
    """The changes from `old` to `new` as text; `colour` and `width` are the terminal's."""
    match form:
        case "terminal":
            from breakthrough_extract.versions.terminal import terminal_text

            return terminal_text(old, new, changes, colour, width)
        case "markdown":
            from breakthrough_extract.versions.markdown import markdown_text

            return markdown_text(old, new, changes)
        case "html":
            from breakthrough_extract.versions.html import html_text

            return html_text(old, new, changes)
        case "json":
            return changes.to_json()
        case "patch":
            from breakthrough_extract.versions.patch import patch_text

            return patch_text(old, new)
        case unknown:
            assert_never(unknown)
