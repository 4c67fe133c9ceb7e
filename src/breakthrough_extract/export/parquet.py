"""Parquet: one file a table, with a description for each column. The only pyarrow of exports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from breakthrough_extract.export.shapes import MODEL_SHAPES, Table
from breakthrough_extract.export.tables import from_tables, tables
from breakthrough_extract.extras import MissingExtraError
from breakthrough_extract.model import Model, ModelError

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger

FOLDER = "parquet"
MAGIC = b"PAR1"


def export(model: Model, ledger: Ledger | None) -> dict[str, bytes]:
    """`parquet/`: one file a table. Raises MissingExtraError."""
    return {f"{FOLDER}/{t.shape.name}.parquet": _written(t) for t in tables(model, ledger)}


def _written(table: Table) -> bytes:
    pa, pq = _libraries()
    kinds = {str: pa.string(), int: pa.int64(), bool: pa.bool_()}
    fields = [
        pa.field(
            column.name,
            kinds[column.type],
            nullable=not column.required,
            metadata={"description": column.description},
        )
        for column in table.shape.columns
    ]
    schema = pa.schema(fields, metadata={"description": table.shape.description})
    rows = pa.Table.from_pylist(list(table.rows), schema=schema)
    out = pa.BufferOutputStream()
    pq.write_table(rows, out, compression="zstd")
    return bytes(out.getvalue())


def _libraries() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError("pyarrow", "tables") from None
    return pyarrow, pyarrow.parquet


def load(path: Path) -> Model:
    """The model in a folder of Parquet files, or beside one of them. Raises ModelError."""
    pa, pq = _libraries()
    folder = path if path.is_dir() else path.parent
    rows = {}
    for shape in MODEL_SHAPES:
        file = folder / f"{shape.name}.parquet"
        try:
            rows[shape.name] = pq.ParquetFile(file).read().to_pylist()
        except (OSError, ValueError, pa.ArrowException) as error:
            raise ModelError(f"{file}: not a Parquet table of a model: {error}") from None
    return from_tables(rows, str(path))
