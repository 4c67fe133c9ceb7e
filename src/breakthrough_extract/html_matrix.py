"""Themes × stages as an HTML table, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

LONGEST = 160  # characters of a text; what is longer is cut


class Entry(NamedTuple):
    """What the table shows of a cell or of a theme."""

    text: str
    items: int | None = None  # how many it has; None: that is not told
    above: str = ""  # in small letters before the text


def table(
    caption: str, heads: Sequence[str], rows: Iterable[tuple[Entry, Iterable[Entry | None]]]
) -> str:
    """`rows`: each theme with its cells, None where one is missing."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{_entry(theme)}</th>{"".join(map(_cell, cells))}</tr>'
        for theme, cells in rows
    )
    return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{body}</table>"


def _cell(entry: Entry | None) -> str:
    return f"<td>{_entry(entry) if entry else '–'}</td>"


def _entry(entry: Entry) -> str:
    text = entry.text or ("" if entry.items is None else "–")
    if len(text) > LONGEST:
        text = text[: LONGEST - 1].rstrip() + "…"
    count = f" <small>({entry.items})</small>" if entry.items is not None else ""
    above = f"<small>{escape(entry.above)}</small><br>" if entry.above else ""
    return f"{above}{escape(text)}{count}"
