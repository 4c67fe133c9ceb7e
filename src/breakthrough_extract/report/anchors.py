"""What each thing of a model is called in an address: codes for people, unique on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from breakthrough_extract.model import Cell, Model, Theme, nested

WHITE = re.compile(r"\s+")
LINES = ("complaint", "question", "motto")  # single texts about a theme
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


def of_stage(model: Model, id_: str) -> str:
    """What the page calls a text about a stage, which the ledger calls `id_`: a theme may have
    the identifier of a stage."""
    themes = {theme.id for theme in model.themes}
    return f"stage {id_}" if id_.partition(".")[0] in themes else id_


def _wishes(model: Model, list_id: str) -> Iterator[tuple[str, str]]:
    for theme in model.themes:
        yield from _theme(theme, list_id)
    for stage in model.stages:
        # No code begins with a stage.
        home = f"stage.{stage.id}"
        yield f"stage {stage.id}", home
        for id_, wish in _paragraphs(stage.id, home, "description", stage.description):
            yield of_stage(model, id_), wish
        yield from ((item.id, item.code) for item in nested(stage.items))


def _theme(theme: Theme, list_id: str) -> Iterator[tuple[str, str]]:
    home = _theme_code(theme)
    yield theme.id, home
    yield from ((f"{theme.id}.{line}", f"{home}.{line}") for line in LINES)
    yield from _paragraphs(theme.id, home, "description", theme.description)
    for cell in theme.stages:
        code = _cell_code(cell) or f"{home}.{cell.stage}"
        name = f"{theme.id}.{cell.stage}"
        yield name, code
        yield f"{name}.headline", f"{code}.headline"
        yield from _paragraphs(name, code, "prose", cell.prose)
        yield from ((item.id, item.code) for item in cell.items())
        yield from ((note.id, f"{code}.note.{n}") for n, note in enumerate(cell.notes, 1))
    if theme.breakthrough_points:
        points = theme.breakthrough_points.points
        code = _parent(points[0].code) if points else ""
        code = code or f"{home}.{list_id}"
        yield f"{theme.id}.{list_id}", code
        yield f"{theme.id}.{list_id}.headline", f"{code}.headline"
        yield from ((item.id, item.code) for item in points)
    for n, entry in enumerate(theme.lists, 1):
        yield list_name(theme.id, n), f"{home}.LIST{n}"
        yield from ((item.id, item.code) for item in nested(entry.items))


def list_name(theme: str, number: int) -> str:
    """What the page calls a named list of a theme; `number` is 1-based."""
    return f"{theme} list {number}"


def _paragraphs(
    owner: str, code: str, name: str, texts: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for n in range(1, len(texts) + 1):
        yield f"{owner}.{name}.{n}", f"{code}.{name}.{n}"


def _cell_code(cell: Cell) -> str:
    if cell.indicators:
        return _parent(cell.indicators[0].code)
    listed = [entry.items[0].code for entry in cell.lists if entry.items]
    return _parent(_parent(listed[0])) if listed else ""


def _theme_code(theme: Theme) -> str:
    codes = [_cell_code(cell) for cell in theme.stages]
    if theme.breakthrough_points:
        codes += [_parent(point.code) for point in theme.breakthrough_points.points]
    codes += [_parent(entry.items[0].code) for entry in theme.lists if entry.items]
    return next((_parent(code) for code in codes if code), "") or theme.id


def _parent(code: str) -> str:
    return code.rpartition(".")[0]
