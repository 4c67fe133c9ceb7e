"""The files that a ledger was made from, found again by their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from breakthrough_extract.document import Source
from breakthrough_extract.ledger import Ledger
from breakthrough_extract.readers import read_bytes
from breakthrough_extract.readers.errors import ReadError


def find_originals(ledger: Ledger, model: Path, given: Sequence[Path] = ()) -> dict[str, bytes]:
    """The bytes of each source that is at hand, by its name in the ledger.

    Sought among the files `given`, beside the file `model` and in a folder `raw` there, one
    folder up or where the command runs. Raises ReadError if a file given is no source.
    """
    wanted = {record.sha256: record.name for record in ledger.sources}
    found: dict[str, bytes] = {}
    for path in given:
        data = _bytes(path)
        if data is None:
            raise ReadError(f"{path}: cannot be read; check the path and your rights")
        digest = hashlib.sha256(data).hexdigest()
        if digest not in wanted:
            raise ReadError(
                f"{path}: not what the ledger was made from: its sha256 is {digest[:12]}…; "
                f"give the file that was extracted ({', '.join(wanted.values())})"
            )
        found[wanted[digest]] = data
    for record in ledger.sources:
        for path in () if record.name in found else _likely(record.name, model):
            data = _bytes(path)
            if data is not None and hashlib.sha256(data).hexdigest() == record.sha256:
                found[record.name] = data
                break
    return found


def read_originals(originals: Mapping[str, bytes]) -> dict[str, Source]:
    """Their texts, by sha256. Raises ReadError."""
    sources = (read_bytes(name, data).source for name, data in originals.items())
    return {source.sha256: source for source in sources}


def page_pictures(originals: Mapping[str, bytes]) -> dict[str, dict[int, bytes]]:
    """Pictures of their pages, WebP by name and page, 1-based, of those that have pages."""
    from breakthrough_extract.readers import pictures

    shown = {name: pictures.page_pictures(name, data) for name, data in originals.items()}
    return {name: pages for name, pages in shown.items() if pages}


def _likely(name: str, model: Path) -> Iterator[Path]:
    plain = Path(name).name  # a ledger may come from anywhere: its names lead to no other folder
    folders: Iterable[Path] = (model.parent, model.parent / "raw", model.parent.parent / "raw")
    for folder in (*folders, Path("raw"), Path()):
        yield folder / plain


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None
