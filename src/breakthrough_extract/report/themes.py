"""The model, theme by theme, cell by cell, text by text, each with what the ledger says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

from breakthrough_extract.ledger import LOW_CONFIDENCE, Edit, FieldRecord
from breakthrough_extract.model import Cell, Indicator, Item, ItemList, Theme
from breakthrough_extract.report.anchors import list_name, of_stage
from breakthrough_extract.report.index import LIST, Index
from breakthrough_extract.report.nouns import (
    CellView,
    Column,
    DecisionView,
    ListView,
    Role,
    Run,
    StageView,
    TextView,
    ThemeView,
)
from breakthrough_extract.report.texts import changes_words, runs_of

KNOWN = {"id", "code", "text", "items"}  # fields of an item that have a place of their own
Line = Literal["complaint", "question", "motto"]
LINES: tuple[Line, ...] = get_args(Line)

Decided = Mapping[str, DecisionView]  # by cell


def columns_of(index: Index) -> tuple[Column, ...]:
    """The stages, and the list of the themes if any has one."""
    stages = [Column(stage.id, stage.name) for stage in index.model.stages]
    lists = any(theme.breakthrough_points for theme in index.model.themes)
    name = LIST.replace("_", " ").capitalize()
    return (*stages, *([Column(index.list_id, name)] if lists else []))


def themes_of(index: Index, decided: Decided) -> Iterator[ThemeView]:
    columns = columns_of(index)
    for n, theme in enumerate(index.model.themes):
        path = f"themes[{n}]"
        lines = {name: _line(index, theme, path, name) for name in LINES}
        about = [view for name, view in lines.items() if view and name != "complaint"]
        about += _paragraphs(index, theme.id, path, "description", theme.description)
        lists = tuple(_theme_lists(index, path, theme))
        yield ThemeView(
            anchor=index.anchors[theme.id],
            id=theme.id,
            name=theme.name,
            complaint=lines["complaint"],
            cells=tuple(_cell(index, path, theme, column, decided) for column in columns),
            group=theme.group or "",
            about=tuple(about),
            lists=lists,
            count=sum(1 for entry in lists for _ in walked(entry.items)),
        )


def stages_of(index: Index) -> Iterator[StageView]:
    """The stages of which something is said whatever the theme."""
    for n, stage in enumerate(index.model.stages):
        if stage.description or stage.items or stage.aliases:
            path = f"stages[{n}]"
            texts = _paragraphs(index, stage.id, path, "description", stage.description, True)
            yield StageView(
                anchor=index.anchors[f"stage {stage.id}"],
                id=stage.id,
                name=stage.name,
                aliases=stage.aliases,
                description=tuple(texts),
                items=tuple(_items(index, f"{path}.items", stage.items)),
            )


def texts_in(themes: Iterable[ThemeView], stages: Iterable[StageView]) -> tuple[TextView, ...]:
    """All texts, in the order of the page."""
    found: list[TextView] = []
    for stage in stages:
        found += (*stage.description, *walked(stage.items))
    for theme in themes:
        found += (*_one(theme.complaint), *theme.about)
        for cell in theme.cells:
            found += _texts_of(cell)
        found += (text for entry in theme.lists for text in walked(entry.items))
    return tuple(found)


def _texts_of(cell: CellView) -> Iterator[TextView]:
    yield from _one(cell.headline)
    yield from cell.prose
    yield from walked(cell.items)
    for entry in cell.lists:
        yield from walked(entry.items)
    yield from cell.notes


def _one(text: TextView | None) -> tuple[TextView, ...]:
    return (text,) if text else ()


def walked(items: Iterable[TextView]) -> Iterator[TextView]:
    """The items, each followed by what is listed under it."""
    for item in items:
        yield item
        yield from walked(item.items)


def _line(index: Index, theme: Theme, path: str, name: Line) -> TextView | None:
    text: str | None = getattr(theme, name)
    if text is None:
        return None
    return _text(index, f"{theme.id}.{name}", f"{path}.{name}", text, name)


def _paragraphs(
    index: Index,
    owner: str,
    path: str,
    role: Literal["description", "prose"],
    texts: Sequence[str],
    is_stage: bool = False,
) -> Iterator[TextView]:
    for n, text in enumerate(texts):
        id_ = f"{owner}.{role}.{n + 1}"
        known = of_stage(index.model, id_) if is_stage else id_
        yield _text(index, known, f"{path}.{role}[{n}]", text, role)


def _theme_lists(index: Index, path: str, theme: Theme) -> Iterator[ListView]:
    for n, entry in enumerate(_lists(index, path, theme.lists), 1):
        yield replace(entry, anchor=index.anchors[list_name(theme.id, n)])


def _lists(index: Index, path: str, lists: Sequence[ItemList]) -> Iterator[ListView]:
    for n, entry in enumerate(lists):
        items = _items(index, f"{path}.lists[{n}].items", entry.items)
        yield ListView(entry.name, tuple(items))


def _cell(index: Index, path: str, theme: Theme, column: Column, decided: Decided) -> CellView:
    """The cell of a theme in that column."""
    points = theme.breakthrough_points
    id_ = f"{theme.id}.{column.id}"
    bare = CellView(f"none-{id_}", id_, theme.id, column.id, column.name)
    if column.id == index.list_id and points:
        where = f"{path}.{LIST}"
        filled = replace(
            bare,
            headline=_headline(index, id_, where, points.headline),
            items=tuple(_items(index, f"{where}.points", points.points)),
        )
        return _summed(index, filled, decided)
    for n, cell in enumerate(theme.stages):
        if cell.stage == column.id:
            return _summed(index, _filled(index, f"{path}.stages[{n}]", cell, bare), decided)
    off = bool(theme.scale) and column.id not in (*theme.scale, index.list_id)
    return replace(bare, missing=True, unscaled=off)


def _filled(index: Index, path: str, cell: Cell, bare: CellView) -> CellView:
    return replace(
        bare,
        label=cell.label or "",
        nothing=cell.no_requirement,
        headline=_headline(index, bare.id, path, cell.headline),
        prose=tuple(_paragraphs(index, bare.id, path, "prose", cell.prose)),
        items=tuple(_items(index, f"{path}.indicators", cell.indicators)),
        lists=tuple(_lists(index, path, cell.lists)),
        notes=tuple(_notes(index, f"{path}.notes", cell)),
    )


def _headline(index: Index, id_: str, path: str, headline: str | None) -> TextView | None:
    if headline is None:
        return None
    return _text(index, f"{id_}.headline", f"{path}.headline", headline, "headline")


def _summed(index: Index, cell: CellView, decided: Decided) -> CellView:
    """The cell with what all its texts come to."""
    texts = tuple(_texts_of(cell))
    inner = {n for text in texts for n in text.findings}
    own = tuple(n for n in index.found.get(cell.id, ()) if n not in inner)
    return replace(
        cell,
        anchor=index.anchors[cell.id],
        count=sum(text.role == "item" for text in texts),
        edits=sum(len(text.edits) for text in texts),
        findings=tuple(sorted({*inner, *own})),
        own=own,
        decision=decided.get(cell.id),
        unsure=any(text.unsure for text in texts),
    )


def _items(index: Index, path: str, items: Sequence[Item]) -> Iterator[TextView]:
    """The items, with whatever fields a later version of the schema gives them."""
    for n, item in enumerate(items):
        fields = item.model_dump(mode="json", exclude=KNOWN)
        extras = tuple(
            (name.replace("_", " "), str(value))
            for name, value in fields.items()
            if value not in (None, "", [], {})
        )
        view = _text(index, item.id, f"{path}[{n}].text", item.text, "item", item.code, extras)
        inner = item.items if isinstance(item, Indicator) else ()
        yield replace(view, items=tuple(_items(index, f"{path}[{n}].items", inner)))


def _notes(index: Index, path: str, cell: Cell) -> Iterator[TextView]:
    for n, note in enumerate(cell.notes):
        yield _text(index, note.id, f"{path}[{n}].text", note.text, "note")


def _text(
    index: Index,
    id_: str,
    path: str,
    text: str,
    role: Role,
    label: str = "",
    extras: tuple[tuple[str, str], ...] = (),
) -> TextView:
    record = index.records.get(path)
    anchors = index.edit_anchors.get(path, ())
    return TextView(
        anchor=index.anchors[id_],
        id=id_,
        label=label or role.capitalize(),
        role=role,
        text=text,
        path=path,
        runs=runs_of(record, text, anchors) if record else (Run(text),),
        places=_places(index, record) if record else "",
        edits=tuple(_wordings(record.edits if record else (), anchors)),
        findings=index.found.get(id_, ()),
        unsure=record is not None and _is_unsure(record),
        extras=extras,
    )


def _places(index: Index, record: FieldRecord) -> str:
    number = index.numbers.get(record.source)
    if number is None:
        return ""
    return " ".join(f"{number}:{span.start}-{span.end}" for span in record.spans)


def _wordings(edits: Sequence[Edit], anchors: Sequence[str]) -> Iterator[str]:
    """The anchors of those edits that change words."""
    for edit, anchor in zip(edits, anchors, strict=True):
        if changes_words(edit):
            yield anchor


def _is_unsure(record: FieldRecord) -> bool:
    return any(
        span.confidence is not None and span.confidence < LOW_CONFIDENCE for span in record.spans
    )
