"""Shards: runs of documents that are worked on in one go and written as one file.

Where a shard ends depends on the input alone, never on how many workers there are, so that the
files of a data set are the same on any machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

MOST_BYTES = 32_000_000  # of documents in a shard; a single document may be larger
MOST_FILES = 64
MOST_ROWS = 20_000
FEWEST = 4  # documents that a shard is not cut below for the sake of the number of shards
SHARDS = 64  # so many there are at least, if there are documents enough: work for many cores


@dataclass(frozen=True)
class FileEntry:
    """One file that is a document."""

    id: str
    path: str  # a path, or a URL that the engine reads
    bytes: int  # 0 if unknown


@dataclass(frozen=True)
class FileShard:
    """Documents that are files."""

    number: int  # 0-based
    files: tuple[FileEntry, ...]

    @property
    def documents(self) -> int:
        return len(self.files)

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(entry.path for entry in self.files)


@dataclass(frozen=True)
class RowShard:
    """Documents that are consecutive rows of one Parquet file."""

    number: int  # 0-based
    path: str  # a path, or a URL that the engine reads
    label: str  # what ids begin with where there is no id column
    start: int  # row of the file, 0-based
    rows: int
    text_column: str
    id_column: str | None

    @property
    def documents(self) -> int:
        return self.rows

    @property
    def paths(self) -> tuple[str, ...]:
        return (self.path,)


Shard = FileShard | RowShard


def to_order(shard: Shard) -> str:
    """The shard as one line of JSON, which any process can be handed."""
    return json.dumps({"kind": type(shard).__name__, **asdict(shard)})


def from_order(order: str) -> Shard:
    """The shard that `to_order` wrote."""
    values = json.loads(order)
    if values.pop("kind") == RowShard.__name__:
        return RowShard(**values)
    files = tuple(FileEntry(**entry) for entry in values["files"])
    return FileShard(values["number"], files)


def bounded(documents: int, most: int) -> int:
    """How many documents a shard may have, of an input of so many; never more than `most`."""
    return min(most, max(FEWEST, -(-documents // SHARDS)))


def file_shards(files: Sequence[FileEntry]) -> Iterator[FileShard]:
    """The files in their order, cut into shards."""
    most = bounded(len(files), MOST_FILES)
    number, run, size = 0, list[FileEntry](), 0
    for entry in files:
        if run and (len(run) == most or size + entry.bytes > MOST_BYTES):
            yield FileShard(number, tuple(run))
            number, run, size = number + 1, [], 0
        run.append(entry)
        size += entry.bytes
    if run:
        yield FileShard(number, tuple(run))


def row_pieces(groups: Iterable[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """(start, rows) of the pieces that a Parquet file is cut into, given (rows, bytes) of each
    of its row groups: small groups together, a large one in equal parts, of `most` rows at most.
    """
    at = rows = size = 0
    for group_rows, group_bytes in groups:
        if rows and (rows + group_rows > most or size + group_bytes > MOST_BYTES):
            yield from _parts(at, rows, size, most)
            at, rows, size = at + rows, 0, 0
        rows += group_rows
        size += group_bytes
    if rows:
        yield from _parts(at, rows, size, most)


def _parts(start: int, rows: int, size: int, most: int) -> Iterator[tuple[int, int]]:
    parts = min(rows, max(-(-rows // most), -(-size // MOST_BYTES)))
    edges = [start + rows * n // parts for n in range(parts + 1)]
    for begin, end in pairwise(edges):
        yield begin, end - begin
