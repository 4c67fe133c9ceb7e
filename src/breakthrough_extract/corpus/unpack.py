"""Single models out of a data set, as the files that `extract` writes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow.compute as pc
import pyarrow.dataset as ds

from breakthrough_extract.corpus.errors import CorpusError
from breakthrough_extract.corpus.rows import ROWS, Status
from breakthrough_extract.files import write_all

UNFIT = re.compile(r"[^\w.\-]+")  # for the name of a file
AT_ONCE = 16  # rows in memory
LONGEST_NAME = 120  # characters


class _Found(NamedTuple):
    """A row of the data set, as far as it is needed."""

    id: str
    status: str
    error: str | None
    model: str | None
    ledger: str | None


def unpack(results: Path, out: Path, ids: Collection[str] = (), drafts: bool = False) -> list[Path]:
    """Write the models of a data set, and their ledgers, each to a file named after its id.

    `ids`: of these documents alone; () for all. `drafts`: also those with errors. Returns the
    model files. Raises CorpusError if there is no data set or an id is not in it, WriteError.
    """
    written: dict[Path, str] = {}
    seen: set[str] = set()
    for row in _models(results, ids):
        seen.add(row.id)
        fit = row.status == Status.OK or drafts
        if row.model is None or row.ledger is None or not fit:
            if ids:
                raise CorpusError(_no_model(row))
            continue
        stem = _stem(row.id)
        path = out / f"{stem}.json"
        if path in written:
            raise CorpusError(
                f"{row.id}: another document would be written to the same file "
                f"({written[path]}); export them apart with --id"
            )
        written[path] = row.id
        write_all({path: row.model, out / f"{stem}.ledger.json": row.ledger})
    for name in ids:
        if name not in seen:
            raise CorpusError(f"{name}: no document of {results} has this id")
    return list(written)


def _models(results: Path, ids: Collection[str]) -> Iterator[_Found]:
    folder = results / "data"
    if not folder.is_dir():
        raise CorpusError(f"{results}: no results of a batch; name the folder given to -o")
    field = pc.field("id").isin(list(ids)) if ids else pc.field("model").is_valid()
    data = ds.dataset(folder, schema=ROWS, format="parquet")
    for batch in data.to_batches(columns=list(_Found._fields), filter=field, batch_size=AT_ONCE):
        yield from (_Found(**row) for row in batch.to_pylist())


def _no_model(row: _Found) -> str:
    if row.model is not None:
        return f"{row.id}: its model has errors; with --draft it is exported all the same"
    return f"{row.id}: no model: {row.error or 'screened out'}"


def _stem(name: str) -> str:
    """The id of a document as the name of a file, folders and all in one."""
    return UNFIT.sub("_", name).strip("._")[-LONGEST_NAME:] or "document"
