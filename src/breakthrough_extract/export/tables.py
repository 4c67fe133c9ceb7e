"""A model as tables: tidy, with keys. What CSV, Parquet, SQLite, XLSX and JSON Lines hold.

Rows stand in the order of the document, and `number` keeps it where a format does not. What a
noun has beyond the columns of its table, as an optional field that was added to it, stands in the
column `more` as JSON: nothing of a model is lost.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from breakthrough_extract.export.errors import ExportError
from breakthrough_extract.export.shapes import (
    CELLS,
    EDITS,
    INDICATORS,
    MODEL,
    MODEL_SHAPES,
    MORE,
    NOTES,
    POINTS,
    PROVENANCE,
    STAGES,
    THEMES,
    Row,
    Shape,
    Table,
    Value,
)
from breakthrough_extract.model import Cell, Item, Model, ModelError, Note, Noun, Theme, read_plain

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Edit, Ledger


def tables(model: Model, ledger: Ledger | None = None) -> tuple[Table, ...]:
    """The tables of the model and, with its ledger, those of the proof.

    Raises ExportError if two rows have one key, or a row names one that is not there.
    """
    found = _model_tables(model)
    if ledger is not None:
        found = (*found, *_ledger_tables(ledger))
    for table in found:
        _assert_keys(table, {other.shape.name: other for other in found})
    return found


def _model_tables(model: Model) -> tuple[Table, ...]:
    themes = model.themes
    cells = [(theme, n, cell) for theme in themes for n, cell in enumerate(theme.stages, 1)]
    points = [(t, t.breakthrough_points.points) for t in themes if t.breakthrough_points]
    return (
        _table(MODEL, [_row(model, MODEL, {}, "stages", "themes")]),
        _table(STAGES, [_row(s, STAGES, {"number": n}) for n, s in enumerate(model.stages, 1)]),
        _table(THEMES, [_theme_row(n, theme) for n, theme in enumerate(themes, 1)]),
        _table(CELLS, [_cell_row(theme, n, cell) for theme, n, cell in cells]),
        _table(
            INDICATORS,
            [row for t, _, cell in cells for row in _items(INDICATORS, cell.indicators, t, cell)],
        ),
        _table(POINTS, [row for theme, items in points for row in _items(POINTS, items, theme)]),
        _table(NOTES, [row for t, _, cell in cells for row in _items(NOTES, cell.notes, t, cell)]),
    )


def _table(shape: Shape, rows: Sequence[Row]) -> Table:
    """The rows with the columns of the shape, and `more` if one of them has more."""
    columns = shape.columns
    if any(row[MORE.name] is not None for row in rows):
        columns = (*columns, MORE)
    names = [column.name for column in columns]
    kept = tuple({name: row[name] for name in names} for row in rows)
    return Table(shape._replace(columns=columns), kept)


def _row(noun: Noun, shape: Shape, place: Row, *elsewhere: str) -> Row:
    """The noun's fields that have a column, and its place; the rest, less what stands
    `elsewhere` in the tables, as JSON."""
    names = {column.name for column in shape.columns}
    own = noun.model_dump(mode="json", include=names)
    apart = {"schema_", *elsewhere, *names}
    rest = noun.model_dump(mode="json", exclude=apart, exclude_defaults=True)
    return {**own, **place, MORE.name: json.dumps(rest, ensure_ascii=False) if rest else None}


def _theme_row(number: int, theme: Theme) -> Row:
    points = theme.breakthrough_points
    place: Row = {
        "number": number,
        "has_breakthrough_points": points is not None,
        "breakthrough_points_headline": points.headline if points else None,
    }
    return _row(theme, THEMES, place, "stages", "breakthrough_points")


def _cell_row(theme: Theme, number: int, cell: Cell) -> Row:
    place: Row = {"theme_id": theme.id, "stage_id": cell.stage, "number": number}
    return _row(cell, CELLS, place, "stage", "indicators", "notes")


def _items(
    shape: Shape, items: Sequence[Item | Note], theme: Theme, cell: Cell | None = None
) -> Iterator[Row]:
    for number, item in enumerate(items, 1):
        place: Row = {"theme_id": theme.id, "number": number}
        yield _row(item, shape, place | ({"stage_id": cell.stage} if cell else {}))


def _ledger_tables(ledger: Ledger) -> tuple[Table, ...]:
    sums = {source.name: source.sha256 for source in ledger.sources}
    provenance: list[Row] = []
    edits: list[Row] = []
    for number, record in enumerate(ledger.fields, 1):
        provenance.append(
            {
                "number": number,
                "field_id": record.id,
                "path": record.path,
                "source": record.source,
                "source_sha256": sums.get(record.source),
                "start": record.spans[0].start if record.spans else None,
                "end": record.spans[-1].end if record.spans else None,
                "spans": len(record.spans),
                "page": record.spans[0].page if record.spans else None,
                "quote": record.quote,
            }
        )
        edits += [_edit_row(number, n, edit) for n, edit in enumerate(record.edits, 1)]
    return Table(PROVENANCE, tuple(provenance)), Table(EDITS, tuple(edits))


def _edit_row(provenance: int, number: int, edit: Edit) -> Row:
    evidence = edit.evidence
    return {
        "provenance_number": provenance,
        "number": number,
        "start": edit.start,
        "end": edit.end,
        "raw": edit.raw or None,
        "new": edit.new or None,
        "rule": edit.rule,
        "evidence_source": evidence.source if evidence else None,
        "evidence_start": evidence.start if evidence else None,
        "evidence_end": evidence.end if evidence else None,
        "evidence_quote": evidence.quote if evidence else None,
    }


def _assert_keys(table: Table, known: Mapping[str, Table]) -> None:
    shape = table.shape
    keys = Counter(_key(row, shape.primary_key) for row in table.rows)
    twice = [key for key, count in keys.items() if count > 1]
    if twice:
        raise ExportError(f"{shape.name}: {_told(twice[0])} stands twice; {REMEDY}")
    for foreign in shape.foreign_keys:
        there = {_key(row, foreign.keys) for row in known[foreign.table].rows}
        for row in table.rows:
            key = _key(row, foreign.columns)
            if key not in there:
                raise ExportError(
                    f"{shape.name}: {_told(key)} is none of the {foreign.table}; {REMEDY}"
                )


REMEDY = "`breakthrough-extract validate` shows where"


def _key(row: Row, columns: Sequence[str]) -> tuple[Value, ...]:
    return tuple(row[column] for column in columns)


def _told(key: tuple[Value, ...]) -> str:
    return ".".join(str(part) for part in key)


def from_tables(rows: Mapping[str, Sequence[Row]], name: str) -> Model:
    """The model that its tables make; `name` is for the message.

    Raises ModelError if a table or a column is missing, or if they make no model.
    """
    for shape in MODEL_SHAPES:
        if shape.name not in rows:
            raise ModelError(f"{name}: the table {shape.name} is missing; export the model anew")
        wanted = {column.name for column in shape.columns}
        for row in rows[shape.name]:
            if wanted - set(row):
                missing = ", ".join(sorted(wanted - set(row)))
                raise ModelError(f"{name}: {shape.name} lacks the column {missing}")
    if len(rows["model"]) != 1:
        raise ModelError(f"{name}: the table model has {len(rows['model'])} rows, and must have 1")
    try:
        plain = _plain(rows)
    except ModelError as error:
        raise ModelError(f"{name}: {error}") from None
    return read_plain(plain, name)


def _plain(rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    (model,) = rows["model"]
    return {
        **_own(model, *(column.name for column in MODEL.columns)),
        "stages": [_own(stage, "id", "name", "position") for stage in _sorted(rows["stages"])],
        "themes": [_theme(theme, rows) for theme in _sorted(rows["themes"])],
    }


def _theme(theme: Row, rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    mine = {"theme_id": theme["id"]}
    entries = _sorted(_where(rows["breakthrough_points"], mine))
    points = {
        "headline": theme["breakthrough_points_headline"],
        "points": [_own(entry, "id", "code", "text") for entry in entries],
    }
    cells = _sorted(_where(rows["cells"], mine))
    return {
        **_own(theme, "id", "name", "complaint"),
        "stages": [_cell(cell, rows) for cell in cells],
        "breakthrough_points": points if theme["has_breakthrough_points"] else None,
    }


def _cell(cell: Row, rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    mine = {column: cell[column] for column in ("theme_id", "stage_id")}
    indicators = _sorted(_where(rows["indicators"], mine))
    notes = _sorted(_where(rows["notes"], mine))
    return {
        "stage": cell["stage_id"],
        **_own(cell, "name", "headline"),
        "indicators": [_own(row, "id", "code", "text") for row in indicators],
        "notes": [_own(row, "id", "text") for row in notes],
    }


def _own(row: Row, *columns: str) -> dict[str, Any]:
    """Those columns of the row, and what stands in `more`."""
    more = row.get(MORE.name)
    try:
        rest = json.loads(str(more)) if more else {}
    except (ValueError, RecursionError):
        rest = None
    if not isinstance(rest, dict):
        raise ModelError(f"{more!r} in the column {MORE.name} is no JSON object")
    return {**rest, **{column: row[column] for column in columns}}


def _where(rows: Sequence[Row], wanted: Row) -> list[Row]:
    return [row for row in rows if all(row[column] == wanted[column] for column in wanted)]


def _sorted(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["number"] if isinstance(row["number"], int) else 0)
