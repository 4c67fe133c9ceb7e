"""Markdown: the matrix as a document to read, with the code of each item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from breakthrough_extract.model import Cell, Item, Model, Theme

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger

# What would begin markup; a backslash before it leaves the sign. CommonMark 0.31, 2.4.
INLINE = re.compile(r"[\\`*_\[\]<>&]")
# What would begin a block if it stood first on a line.
BLOCK = re.compile(r"^(\d{1,9})([.)])|^([#+\-=~|])")


def export(model: Model, _: Ledger | None) -> dict[str, bytes]:
    """`md`: one heading a theme, one a stage, one line an item."""
    blocks = [f"# {_plain(model.title)}"]
    for theme in model.themes:
        blocks += _theme(theme)
    return {"md": ("\n\n".join(blocks) + "\n").encode()}


def _theme(theme: Theme) -> Iterator[str]:
    yield f"## {_plain(theme.name)}"
    if theme.complaint is not None:
        yield f"> {_plain(theme.complaint)}"
    for cell in theme.stages:
        yield from _cell(cell)
    points = theme.breakthrough_points
    if points is not None:
        yield "### Breakthrough points"
        yield from _list(points.headline, points.points)


def _cell(cell: Cell) -> Iterator[str]:
    yield f"### {_plain(cell.name)}"
    yield from _list(cell.headline, cell.indicators)
    for note in cell.notes:
        yield _plain(note.text)


def _list(headline: str | None, items: Iterable[Item]) -> Iterator[str]:
    if headline is not None:
        yield f"**{_plain(headline)}**"
    lines = [f"- {_plain(item.text)} `{_code(item.code)}`" for item in items]
    if lines:
        yield "\n".join(lines)


def _plain(text: str) -> str:
    """`text` on one line, so that Markdown shows it to the character."""
    folded = " ".join(text.split())
    escaped = INLINE.sub(lambda sign: f"\\{sign.group()}", folded)
    return BLOCK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


def _code(code: str) -> str:
    return " ".join(code.replace("`", "'").split())
