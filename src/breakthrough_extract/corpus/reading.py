"""The documents of a shard, from files, from rows of Parquet, from URLs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple, assert_never

import pyarrow as pa
import pyarrow.parquet as pq

from breakthrough_extract.corpus.shards import FileShard, RowShard, Shard

STEP = 64  # rows of a Parquet file that are in memory at a time


class Item(NamedTuple):
    """One document, before anything is known of its content."""

    id: str
    name: str  # what the ledger calls it
    size: int  # bytes; 0 if unknown
    data: bytes | None  # None if it has yet to be loaded, or if there is no text
    load: Callable[[], bytes] | None  # None if `data` is all there is; may raise OSError


def is_url(path: str) -> bool:
    return "://" in path


def open_input(path: str) -> IO[bytes]:
    """The file, or what the engine finds at the URL. Raises OSError."""
    if is_url(path):
        from breakthrough_extract.corpus.engine import open_url

        return open_url(path)
    return Path(path).open("rb")


def items_of(shard: Shard) -> Iterator[Item]:
    """The documents of the shard in their order."""
    match shard:
        case FileShard():
            return _files(shard)
        case RowShard():
            return _rows(shard)
        case unknown:
            assert_never(unknown)


def _files(shard: FileShard) -> Iterator[Item]:
    for entry in shard.files:
        name = entry.path.rstrip("/").rpartition("/")[2]

        def load(path: str = entry.path) -> bytes:
            with open_input(path) as file:
                return file.read()

        yield Item(entry.id, printable(name), entry.bytes, None, load)


def printable(name: str) -> str:
    """`name` without the bytes that are no text, which a file's name may have on Linux."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _rows(shard: RowShard) -> Iterator[Item]:
    columns = [shard.text_column, *([shard.id_column] if shard.id_column else [])]
    with open_input(shard.path) as file:
        parquet = pq.ParquetFile(file)
        groups, skip = _groups(parquet.metadata, shard)
        at = shard.start - skip
        end = shard.start + shard.rows
        for batch in parquet.iter_batches(STEP, row_groups=groups, columns=columns):
            first = max(shard.start - at, 0)
            wanted = batch.slice(first, max(end - at - first, 0))
            yield from _batch(wanted, shard, at + first)
            at += batch.num_rows
            if at >= end:
                return


def _groups(metadata: pq.FileMetaData, shard: RowShard) -> tuple[list[int], int]:
    """The row groups that the shard's rows are in, and how many rows of them come before."""
    groups: list[int] = []
    at = before = 0
    for number in range(metadata.num_row_groups):
        after = at + metadata.row_group(number).num_rows
        if at < shard.start + shard.rows and after > shard.start:
            before = before if groups else shard.start - at
            groups.append(number)
        at = after
    return groups, before


def _batch(batch: pa.RecordBatch, shard: RowShard, at: int) -> Iterator[Item]:
    """The rows of `batch`, of which the first is that of number `at` in the file."""
    texts = batch.column(shard.text_column)
    texts = texts.cast(pa.large_binary()).to_pylist()  # bytes as they are: most are screened out
    if shard.id_column:
        ids = [str(value) for value in batch.column(shard.id_column).to_pylist()]
    else:
        ids = [f"{shard.label}:{at + n}" for n in range(len(texts))]
    for name, text in zip(ids, texts, strict=True):
        yield Item(name, name, len(text or b""), text, None)
