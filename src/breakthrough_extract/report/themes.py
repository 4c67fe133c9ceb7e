"""The model, theme by theme, cell by cell, text by text, each with what the ledger says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from breakthrough_extract.ledger import LOW_CONFIDENCE, Edit, FieldRecord
from breakthrough_extract.model import Cell, Noun, Theme
from breakthrough_extract.report.index import LIST, Index
from breakthrough_extract.report.nouns import (
    CellView,
    Column,
    DecisionView,
    Role,
    Run,
    TextView,
    ThemeView,
)
from breakthrough_extract.report.texts import changes_words, runs_of

KNOWN = {"id", "code", "text"}  # fields of an item that have a place of their own
LABELS: Mapping[Role, str] = {"complaint": "Complaint", "headline": "Headline", "note": "Note"}

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
        complaint = None
        if theme.complaint is not None:
            where = f"{path}.complaint"
            complaint = _text(index, f"{theme.id}.complaint", where, theme.complaint, "complaint")
        yield ThemeView(
            anchor=index.anchors[theme.id],
            id=theme.id,
            name=theme.name,
            complaint=complaint,
            cells=tuple(_cell(index, path, theme, column, decided) for column in columns),
        )


def texts_in(themes: Iterable[ThemeView]) -> tuple[TextView, ...]:
    """All texts, in the order of the model."""
    return tuple(
        text
        for theme in themes
        for text in (
            theme.complaint,
            *(t for cell in theme.cells for t in (cell.headline, *cell.items, *cell.notes)),
        )
        if text is not None
    )


def _cell(index: Index, path: str, theme: Theme, column: Column, decided: Decided) -> CellView:
    """The cell of a theme in that column."""
    points = theme.breakthrough_points
    if column.id == index.list_id and points:
        where = f"{path}.{LIST}"
        items = _items(index, f"{where}.points", points.points)
        return _filled(index, theme, column, where, points.headline, items, (), decided)
    for n, cell in enumerate(theme.stages):
        if cell.stage == column.id:
            where = f"{path}.stages[{n}]"
            items = _items(index, f"{where}.indicators", cell.indicators)
            notes = _notes(index, f"{where}.notes", cell)
            return _filled(index, theme, column, where, cell.headline, items, notes, decided)
    id_ = f"{theme.id}.{column.id}"
    return CellView(f"none-{id_}", id_, theme.id, column.id, column.name, missing=True)


def _filled(
    index: Index,
    theme: Theme,
    column: Column,
    path: str,
    headline: str | None,
    items: Iterable[TextView],
    notes: Iterable[TextView],
    decided: Decided,
) -> CellView:
    id_ = f"{theme.id}.{column.id}"
    head = None
    if headline is not None:
        head = _text(index, f"{id_}.headline", f"{path}.headline", headline, "headline")
    items, notes = tuple(items), tuple(notes)
    texts = (*([head] if head else []), *items, *notes)
    inner = {n for text in texts for n in text.findings}
    own = tuple(n for n in index.found.get(id_, ()) if n not in inner)
    return CellView(
        anchor=index.anchors[id_],
        id=id_,
        theme=theme.id,
        stage=column.id,
        name=column.name,
        headline=head,
        items=items,
        notes=notes,
        edits=sum(len(text.edits) for text in texts),
        findings=tuple(sorted({*inner, *own})),
        own=own,
        decision=decided.get(id_),
        unsure=any(text.unsure for text in texts),
    )


def _items(index: Index, path: str, items: Sequence[Noun]) -> Iterator[TextView]:
    """The items, with whatever fields a later version of the schema gives them."""
    for n, item in enumerate(items):
        fields = item.model_dump(mode="json")
        extras = tuple(
            (name.replace("_", " "), str(value))
            for name, value in fields.items()
            if name not in KNOWN and value not in (None, "", [], {})
        )
        where = f"{path}[{n}].text"
        yield _text(index, fields["id"], where, fields["text"], "item", fields["code"], extras)


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
        label=label or LABELS[role],
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
