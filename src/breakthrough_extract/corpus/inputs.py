"""What the user points at → files → shards."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from breakthrough_extract.corpus.errors import CorpusError
from breakthrough_extract.corpus.reading import is_url, open_input, printable
from breakthrough_extract.corpus.shards import (
    MOST_ROWS,
    FileEntry,
    RowShard,
    Shard,
    bounded,
    file_shards,
    row_pieces,
    to_order,
)
from breakthrough_extract.files import NOT_DOCUMENTS

WILD = "*?["
PARQUET = {".parquet", ".pq"}
FOOTERS_AT_ONCE = 16
KINDS = "INPUT is a folder, a glob, a list of paths one a line, or Parquet with --text-column"


@dataclass(frozen=True)
class Columns:
    """Which columns of a Parquet data set hold the documents."""

    text: str
    id: str | None


def shards_of(given: str, columns: Columns | None) -> list[Shard]:
    """The shards that the input is worked on in. Raises CorpusError."""
    if columns is None:
        shards: list[Shard] = list(file_shards(list(_documents(given))))
    else:
        shards = _row_shards(_parquet(given), columns)
    if not shards:
        raise CorpusError(f"{given}: no document in it; {KINDS}")
    return shards


def fingerprint(shards: Sequence[Shard]) -> str:
    """A digest of what is to be read: ids, paths, sizes, and when local files were changed."""
    digest = hashlib.sha256()
    for shard in shards:
        digest.update(to_order(shard).encode() + b"\n")
    for path in dict.fromkeys(path for shard in shards for path in shard.paths):
        if not is_url(path):
            digest.update(b"%d " % Path(path).stat().st_mtime_ns)
    return digest.hexdigest()


def _documents(given: str) -> Iterator[FileEntry]:
    root = Path(given)
    if is_url(given):
        pattern = given if set(WILD) & set(given) else f"{given.rstrip('/')}/**"
        yield from (FileEntry(url, url, size) for url, size in _urls(pattern))
    elif root.is_dir():
        yield from (_entry(path, root) for path in _under(root))
    elif set(WILD) & set(given) and not root.exists():
        found = map(Path, _matching(given))
        yield from (_entry(path, Path()) for path in found if path.is_file())
    else:
        yield from _listed(root)


def _matching(pattern: str) -> list[str]:
    """The paths that match, in alphabetical order; `**` stands for any folders."""
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - the pattern may be absolute


def _under(root: Path) -> list[Path]:
    """The documents in a folder and in those below it; nothing hidden."""
    return sorted(
        path
        for path in root.rglob("*")
        if path.suffix.lower() not in NOT_DOCUMENTS
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
        and path.is_file()
    )


def _entry(path: Path, root: Path) -> FileEntry:
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return FileEntry(printable(shown.as_posix()), str(path), path.stat().st_size)


def _urls(pattern: str) -> list[tuple[str, int]]:
    from breakthrough_extract.corpus.engine import list_urls

    try:
        return list_urls(pattern)
    except OSError as error:
        raise CorpusError(f"{pattern}: {error}; check the address and your rights") from None


def _listed(path: Path) -> Iterator[FileEntry]:
    """The files that a list names, one a line; paths count from the list's folder."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror}; {KINDS}") from None
    except UnicodeDecodeError:
        raise CorpusError(f"{path}: no list of paths, for it is no text; {KINDS}") from None
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        if is_url(line):
            yield FileEntry(line, line, 0)
            continue
        file = path.parent / line
        if not file.is_file():
            raise CorpusError(f"{path}: line {number}: no such file: {line[:80]}; {KINDS}")
        yield FileEntry(printable(line), str(file), file.stat().st_size)


def _parquet(given: str) -> list[tuple[str, str]]:
    """The Parquet files of the input, in alphabetical order: path, and what ids call it."""
    root = Path(given)
    if is_url(given):
        urls = [given] if _is_one(given) else [url for url, _ in _urls(_all_parquet(given))]
        return [(url, url) for url in urls]
    if root.is_dir():
        paths = [path for path in _under(root) if path.suffix in PARQUET]
        return [(str(path), printable(path.relative_to(root).as_posix())) for path in paths]
    wild = bool(set(WILD) & set(given)) and not root.exists()
    found = _matching(given) if wild else [given]
    return [(path, printable(path if wild else root.name)) for path in found]


def _is_one(url: str) -> bool:
    return not set(WILD) & set(url) and Path(url).suffix in PARQUET


def _all_parquet(url: str) -> str:
    return url if set(WILD) & set(url) else f"{url.rstrip('/')}/**/*.parquet"


def _row_shards(files: Sequence[tuple[str, str]], columns: Columns) -> list[Shard]:
    with ThreadPoolExecutor(FOOTERS_AT_ONCE) as pool:
        groups = list(pool.map(lambda file: _row_groups(file[0], columns), files))
    most = bounded(sum(rows for sizes in groups for rows, _ in sizes), MOST_ROWS)
    shards: list[Shard] = []
    for (path, label), sizes in zip(files, groups, strict=True):
        for start, rows in row_pieces(sizes, most):
            number = len(shards)
            shards.append(RowShard(number, path, label, start, rows, columns.text, columns.id))
    return shards


def _row_groups(path: str, columns: Columns) -> list[tuple[int, int]]:
    """(rows, bytes of text) of each row group of a Parquet file."""
    try:
        with open_input(path) as file:
            parquet = pq.ParquetFile(file)
            _check(path, parquet.schema_arrow, columns)
            groups = [parquet.metadata.row_group(n) for n in range(parquet.num_row_groups)]
            return [(group.num_rows, _bytes(group, columns.text)) for group in groups]
    except OSError as error:
        reason = error.strerror or str(error)
        raise CorpusError(f"{path}: {reason}; check the path and your rights") from None
    except pa.ArrowException as error:
        raise CorpusError(f"{path}: not a Parquet file ({error})") from None


def _check(path: str, schema: pa.Schema, columns: Columns) -> None:
    for name in filter(None, (columns.text, columns.id)):
        if name not in schema.names:
            known = ", ".join(schema.names)
            raise CorpusError(f"{path}: no column {name}; there are: {known}")
    kind = schema.field(columns.text).type
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    textual = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view,
               pa.types.is_binary, pa.types.is_large_binary)  # fmt: skip
    if not any(is_kind(plain) for is_kind in textual):
        raise CorpusError(f"{path}: the column {columns.text} holds {kind}, and no text")


def _bytes(group: pq.RowGroupMetaData, column: str) -> int:
    chunks = (group.column(n) for n in range(group.num_columns))
    return sum(c.total_uncompressed_size for c in chunks if c.path_in_schema == column)
