"""What each thing of a model is called in an address: codes for people, unique on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from breakthrough_extract.model import Model, Theme

WHITE = re.compile(r"\s+")
OF_THE_PAGE = re.compile(r"_.*|[ef]-\d+|s\d+-\d+|none-.*")  # what the page calls its own parts


def anchors_of(model: Model, list_id: str) -> dict[str, str]:
    """The anchor of each theme, cell and text, by what the ledger calls it.

    `list_id` is what it calls the list that themes have beside their stages.
    """
    out: dict[str, str] = {}
    taken: set[str] = set()
    for id_, wish in _wishes(model, list_id):
        out.setdefault(id_, _free(WHITE.sub("_", wish), taken))
        taken.add(out[id_])
    return out


def href(anchor: str) -> str:
    """The address of an anchor on its own page."""
    return "#" + quote(anchor, safe="-._~!$&'()*+,;=:@/?")


def _free(wish: str, taken: set[str]) -> str:
    name, n = wish, 1
    while name in taken or OF_THE_PAGE.fullmatch(name):
        n += 1
        name = f"~{n}{wish}"
    return name


def _wishes(model: Model, list_id: str) -> Iterator[tuple[str, str]]:
    for theme in model.themes:
        home = _theme_code(theme)
        yield theme.id, home
        yield f"{theme.id}.complaint", f"{home}.complaint"
        for cell in theme.stages:
            code = _parent(cell.indicators[0].code) if cell.indicators else ""
            code = code or f"{home}.{cell.stage}"
            yield f"{theme.id}.{cell.stage}", code
            yield f"{theme.id}.{cell.stage}.headline", f"{code}.headline"
            yield from ((item.id, item.code) for item in cell.indicators)
            yield from ((note.id, f"{code}.note.{n}") for n, note in enumerate(cell.notes, 1))
        if theme.breakthrough_points:
            points = theme.breakthrough_points.points
            code = _parent(points[0].code) if points else ""
            code = code or f"{home}.{list_id}"
            yield f"{theme.id}.{list_id}", code
            yield f"{theme.id}.{list_id}.headline", f"{code}.headline"
            yield from ((item.id, item.code) for item in points)


def _theme_code(theme: Theme) -> str:
    codes = [item.code for cell in theme.stages for item in cell.indicators]
    if theme.breakthrough_points:
        codes += [point.code for point in theme.breakthrough_points.points]
    return next((_parent(_parent(code)) for code in codes), "") or theme.id


def _parent(code: str) -> str:
    return code.rpartition(".")[0]
