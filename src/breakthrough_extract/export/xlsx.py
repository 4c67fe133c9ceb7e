"""XLSX: a matrix sheet to print, and the tables. The only openpyxl."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from breakthrough_extract.export.errors import ExportError
from breakthrough_extract.export.shapes import MODEL_SHAPES, Table
from breakthrough_extract.export.tables import from_tables, tables
from breakthrough_extract.extras import MissingExtraError
from breakthrough_extract.model import (
    Cell,
    Indicator,
    Item,
    ItemList,
    Model,
    ModelError,
    Stage,
    Theme,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from breakthrough_extract.ledger import Ledger

MAGIC = b"PK\x03\x04"
MATRIX = "Matrix"
MOST = 1 << 28  # bytes of a workbook that is read, unpacked
LONGEST = 32767  # characters in a cell; more are cut off in silence
# What XML cannot hold, or would change, is written `_xHHHH_`; ECMA-376 Part 1, 22.9.2.19. What
# looks so already is refused: it would be read as what it is not. (openpyxl drops "x005F_".)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNFIT = re.compile(r"_x[0-9A-Fa-f]{4}_|x005F_")
# No clock: the earliest date that a zip archive can hold.
DATE = (1980, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
NARROW, WIDE = 18, 46  # widths of columns, in characters


def export(model: Model, ledger: Ledger | None) -> dict[str, bytes]:
    """`xlsx`: a workbook.

    Raises MissingExtraError, and ExportError if a text does not fit a cell.
    """
    openpyxl = _library()
    book = openpyxl.Workbook()
    book.properties.title = CONTROL.sub("", model.title)  # for people; the tables have it whole
    book.properties.creator = "breakthrough-extract"
    _write_matrix(book.active, model)
    for table in tables(model, ledger):
        _write_table(book.create_sheet(table.shape.name), table)
    out = io.BytesIO()
    book.save(out)
    return {"xlsx": _without_dates(out.getvalue())}


def _library() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("openpyxl", "tables") from None
    return openpyxl


def _write_matrix(sheet: Worksheet, model: Model) -> None:
    """Themes down, stages across, as it is printed: landscape, as wide as the page."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    sheet.title = MATRIX
    has_points = any(theme.breakthrough_points for theme in model.themes)
    has_lists = any(theme.lists for theme in model.themes)
    head = ["", *map(_stage_text, model.stages)]
    head += ["Breakthrough points"] if has_points else []
    head += ["Lists"] if has_lists else []
    rows = [head, *(_matrix_row(model, theme, has_points, has_lists) for theme in model.themes)]
    line = Side(style="thin", color="999999")
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            cell = sheet.cell(r, c)
            # For people; the tables have it whole.
            _put(cell, text if len(text) <= LONGEST else text[: LONGEST - 1] + "…", MATRIX)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            if r == 1 or c == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="EEEEEE")
    for c in range(1, len(head) + 1):
        sheet.column_dimensions[sheet.cell(1, c).column_letter].width = NARROW if c == 1 else WIDE
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.print_title_cols = "A:A"
    sheet.oddFooter.center.text = "&P / &N"


def _matrix_row(model: Model, theme: Theme, has_points: bool, has_lists: bool) -> list[str]:
    cells = {cell.stage: cell for cell in theme.stages}
    row = [_theme_text(theme)]
    row += [_cell_text(cells.get(stage.id)) for stage in model.stages]
    points = theme.breakthrough_points
    if has_points:
        lines = [*_line(points.headline), *_bullets(points.points)] if points else []
        row.append("\n".join(lines))
    if has_lists:
        row.append("\n".join(_listed(theme.lists)))
    return row


def _theme_text(theme: Theme) -> str:
    parts = (theme.group, theme.name, theme.question, theme.motto, theme.complaint)
    return "\n\n".join(part for part in (*parts, *theme.description) if part)


def _stage_text(stage: Stage) -> str:
    return "\n".join([stage.name, *stage.description, *_bullets(stage.items)])


def _cell_text(cell: Cell | None) -> str:
    if cell is None:
        return ""
    said = [*_line(cell.label), *_line(cell.headline), *cell.prose, *_bullets(cell.indicators)]
    nothing = ["No requirement"] if cell.no_requirement and not cell.indicators else []
    notes = (note.text for note in cell.notes)
    return "\n".join([*said, *nothing, *_listed(cell.lists), *notes])


def _line(text: str | None) -> list[str]:
    return [text] if text else []


def _listed(lists: Iterable[ItemList]) -> Iterator[str]:
    for entry in lists:
        yield f"{entry.name}:"
        yield from _bullets(entry.items)


def _bullets(items: Iterable[Item], indent: str = "") -> Iterator[str]:
    for item in items:
        yield f"{indent}• {item.text}"
        if isinstance(item, Indicator):
            yield from _bullets(item.items, indent + "   ")


def _write_table(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Font

    names = [column.name for column in table.shape.columns]
    for c, name in enumerate(names, 1):
        sheet.cell(1, c, name).font = Font(bold=True)
    for r, row in enumerate(table.rows, 2):
        for c, name in enumerate(names, 1):
            _put(sheet.cell(r, c), row[name], f"{table.shape.name}, row {r}, {name}")
    sheet.freeze_panes = "A2"


def _put(cell: Any, value: str | int | bool | None, place: str) -> None:
    """The value as it is: a text that begins with `=` is a text."""
    if isinstance(value, str):
        unfit = UNFIT.search(value)
        if unfit:
            raise ExportError(f"{place}: XLSX cannot hold {unfit.group()!r}; choose another format")
        if len(value) > LONGEST:
            raise ExportError(
                f"{place}: {len(value)} characters, and a cell of XLSX holds {LONGEST}; "
                "choose another format"
            )
        value = CONTROL.sub(lambda sign: f"_x{ord(sign.group()):04X}_", value)
    cell.value = value
    if isinstance(value, str) and value:
        cell.data_type = "s"


def _without_dates(data: bytes) -> bytes:
    """The archive with one date everywhere, so that the same workbook has the same bytes."""
    out = io.BytesIO()
    date = datetime(*DATE).strftime("%Y-%m-%dT%H:%M:%SZ").encode()  # noqa: DTZ001
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            content = old.read(name)
            if name == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>" + date, content)
            new.writestr(entry, content)
    return out.getvalue()


def load(path: Path) -> Model:
    """The model in a workbook. Raises ModelError, and MissingExtraError."""
    openpyxl = _library()
    data = path.read_bytes()
    try:
        _assert_whole(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is in a workbook beside the cells
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        rows = {
            shape.name: _read(book[shape.name])
            for shape in MODEL_SHAPES
            if shape.name in book.sheetnames
        }
    except BROKEN as error:
        raise ModelError(f"{path}: not a workbook of a model: {error}") from None
    return from_tables(rows, str(path))


# What zipfile and openpyxl raise of a file that is no workbook, or one that is damaged.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def _assert_whole(data: bytes) -> None:
    """Raises one of BROKEN if an entry of the archive is damaged, or all would be too large."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST:
            raise ValueError(f"unpacked it would have more than {MOST} bytes")
        damaged = archive.testzip()
        if damaged:
            raise ValueError(f"{damaged} is damaged")


def _read(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, map(_decoded, row), strict=False)) for row in rows]


def _decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return CODED.sub(lambda code: chr(int(code[1], 16)), value)
