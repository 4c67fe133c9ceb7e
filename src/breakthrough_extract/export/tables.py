"""A model as tables: tidy, with keys. What CSV, Parquet, SQLite, XLSX and JSON Lines hold.

Rows stand in the order of the document, and `number` keeps it where a format does not.
"""

from __future__ import annotations

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
    NOTES,
    POINTS,
    PROVENANCE,
    STAGES,
    THEMES,
    Row,
    Table,
    Value,
)
from breakthrough_extract.model import (
    BreakthroughPoint,
    Cell,
    Indicator,
    Model,
    ModelError,
    Note,
    Theme,
    read_plain,
)

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
    cells = [(theme, n, cell) for theme in model.themes for n, cell in enumerate(theme.stages, 1)]
    return (
        Table(MODEL, (_model_row(model),)),
        Table(STAGES, tuple({"number": n, **s.model_dump()} for n, s in _counted(model.stages))),
        Table(THEMES, tuple(_theme_row(n, theme) for n, theme in _counted(model.themes))),
        Table(CELLS, tuple(_cell_row(theme, n, cell) for theme, n, cell in cells)),
        Table(
            INDICATORS,
            tuple(row for t, _, cell in cells for row in _items(cell.indicators, t, cell)),
        ),
        Table(POINTS, tuple(row for theme in model.themes for row in _points(theme))),
        Table(NOTES, tuple(row for t, _, cell in cells for row in _items(cell.notes, t, cell))),
    )


def _counted(entries: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    return enumerate(entries, 1)


def _model_row(model: Model) -> Row:
    return {column.name: getattr(model, column.name) for column in MODEL.columns}


def _theme_row(number: int, theme: Theme) -> Row:
    points = theme.breakthrough_points
    return {
        "number": number,
        "id": theme.id,
        "name": theme.name,
        "complaint": theme.complaint,
        "has_breakthrough_points": points is not None,
        "breakthrough_points_headline": points.headline if points else None,
    }


def _cell_row(theme: Theme, number: int, cell: Cell) -> Row:
    return {
        "theme_id": theme.id,
        "stage_id": cell.stage,
        "number": number,
        "name": cell.name,
        "headline": cell.headline,
    }


def _items(entries: Sequence[Indicator | Note], theme: Theme, cell: Cell) -> Iterator[Row]:
    for number, entry in enumerate(entries, 1):
        place: Row = {"theme_id": theme.id, "stage_id": cell.stage, "number": number}
        code: Row = {"code": entry.code} if isinstance(entry, Indicator) else {}
        yield {"id": entry.id, **code, **place, "text": entry.text}


def _points(theme: Theme) -> Iterator[Row]:
    points: tuple[BreakthroughPoint, ...] = ()
    if theme.breakthrough_points:
        points = theme.breakthrough_points.points
    for number, point in enumerate(points, 1):
        place: Row = {"theme_id": theme.id, "number": number}
        yield {"id": point.id, "code": point.code, **place, "text": point.text}


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
    stages = _sorted(rows["stages"])
    themes = _sorted(rows["themes"])
    plain = {
        **rows["model"][0],
        "stages": [_picked(stage, "id", "name", "position") for stage in stages],
        "themes": [_theme(theme, rows) for theme in themes],
    }
    return read_plain(plain, name)


def _theme(theme: Row, rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    mine = {"theme_id": theme["id"]}
    points = {
        "headline": theme["breakthrough_points_headline"],
        "points": [
            _picked(row, "id", "code", "text")
            for row in _sorted(_where(rows["breakthrough_points"], mine))
        ],
    }
    cells = _sorted(_where(rows["cells"], mine))
    return {
        **_picked(theme, "id", "name", "complaint"),
        "stages": [_cell(cell, rows) for cell in cells],
        "breakthrough_points": points if theme["has_breakthrough_points"] else None,
    }


def _cell(cell: Row, rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    mine = _picked(cell, "theme_id", "stage_id")
    indicators = _sorted(_where(rows["indicators"], mine))
    notes = _sorted(_where(rows["notes"], mine))
    return {
        "stage": cell["stage_id"],
        **_picked(cell, "name", "headline"),
        "indicators": [_picked(row, "id", "code", "text") for row in indicators],
        "notes": [_picked(row, "id", "text") for row in notes],
    }


def _picked(row: Row, *columns: str) -> Row:
    return {column: row[column] for column in columns}


def _where(rows: Sequence[Row], wanted: Row) -> list[Row]:
    return [row for row in rows if all(row[column] == wanted[column] for column in wanted)]


def _sorted(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["number"] if isinstance(row["number"], int) else 0)
