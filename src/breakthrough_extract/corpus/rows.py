"""What the data set holds: one row a document, and what it took, kept apart.

The rows are the same however often and on however many machines a run is made. Time is not,
so it has files of its own: a data set can be compared to the byte.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

import pyarrow as pa
import pyarrow.parquet as pq


class Status(StrEnum):
    """How it went with one document."""

    OK = "ok"  # a model without a finding of severity error
    FINDINGS = "findings"  # a model, marked as a draft: some finding is an error
    SCREENED = "screened"  # no staged model in it, by its labels; not read any further
    ERROR = "error"  # it could not be read; `error` says why
    TIMEOUT = "timeout"  # it took longer than it may
    MEMORY = "memory"  # it took more memory than it may
    CRASHED = "crashed"  # the process that worked on it died, twice


@dataclass(frozen=True)
class Row:
    """One document of the corpus and what became of it."""

    id: str  # path under the folder given, or the value of the id column
    bytes: int  # size of the document
    status: str  # a `Status`
    sha256: str | None = None  # of the document; None where it was screened out
    profile: str | None = None  # id of the profile that the model was read by
    themes: int | None = None
    cells: int | None = None  # that hold something, of all themes
    indicators: int | None = None
    points: int | None = None
    errors: int | None = None  # findings of that severity
    warnings: int | None = None
    findings: str | None = None  # JSON: the findings of the ledger
    error: str | None = None  # why there is no model, in one line
    model: str | None = None  # the canonical text, as `extract` writes it
    ledger: str | None = None  # likewise


@dataclass(frozen=True)
class Timing:
    """What one document that was worked on took, in the run that the row was made by."""

    id: str
    seconds: float
    cached: bool  # whether the result of an earlier run was taken


_TYPES = {"str": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}


def _schema(noun: type[Row] | type[Timing]) -> pa.Schema:
    columns = []
    for field in fields(noun):
        kind, _, missing = str(field.type).partition(" | ")
        columns.append(pa.field(field.name, _TYPES[kind], nullable=bool(missing)))
    return pa.schema(columns)


ROWS = _schema(Row)
TIMINGS = _schema(Timing)


def rows_file(rows: Sequence[Row]) -> bytes:
    """The rows as one Parquet file."""
    return _file(rows, ROWS)


def timings_file(timings: Sequence[Timing]) -> bytes:
    """The timings as one Parquet file."""
    return _file(timings, TIMINGS)


def _file(records: Sequence[Row] | Sequence[Timing], schema: pa.Schema) -> bytes:
    sink = io.BytesIO()
    columns = {name: [getattr(record, name) for record in records] for name in schema.names}
    table = pa.table(columns, schema=schema)
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()
