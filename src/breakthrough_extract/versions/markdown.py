"""A diff as Markdown, for the description of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from breakthrough_extract.model import Model
from breakthrough_extract.versions.changes import Changes, Hunk
from breakthrough_extract.versions.escaping import markdown as escaped
from breakthrough_extract.versions.told import SURE, Told, matrix, sections, summary


def markdown_text(old: Model, new: Model, changes: Changes) -> str:
    """The changes: a summary, a table of the cells that changed, a list a theme."""
    return "\n".join(_page(old, new, changes)) + "\n"


def _page(old: Model, new: Model, changes: Changes) -> Iterator[str]:
    yield f"**{summary(changes)}**"
    if not changes:
        return
    yield ""
    yield from _table(old, new, changes)
    for theme, told in sections(old, new, changes):
        yield from ("", f"### {escaped(theme) or 'The model'}", "")
        for one in told:
            yield from _item(one)


def _table(old: Model, new: Model, changes: Changes) -> Iterator[str]:
    found = matrix(old, new, changes)
    yield _row(["Changes", *map(escaped, found.columns)])
    yield _row(["---", *("---:" for _ in found.columns)])
    for theme, counts in found.rows:
        yield _row([escaped(theme), *(str(count) if count else "" for count in counts)])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _item(told: Told) -> Iterator[str]:
    place = f" ({escaped(told.place)})" if told.place else ""
    unsure = f", {told.confidence:.0%} sure" if told.confidence < SURE else ""
    severity = f", {told.severity}" if told.severity == "breaking" else ""
    yield f"- **{escaped(told.label)}**{place} {escaped(told.happened)}{severity}{unsure}"
    if told.hunks:
        yield f"  <br>{''.join(map(_hunk, told.hunks))}"


def _hunk(hunk: Hunk) -> str:
    if hunk.same:
        return escaped(hunk.new)
    return _wrapped(hunk.old, "~~", "~~") + _wrapped(hunk.new, "**", "**")


def _wrapped(words: str, before: str, after: str) -> str:
    """The words between marks; white space at the ends stays outside, where Markdown wants it."""
    bare = words.strip()
    if not bare:
        return words and " "
    left, _, right = words.partition(bare)
    return f"{left}{before}{escaped(bare)}{after}{right}"
