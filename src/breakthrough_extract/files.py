"""Which files are documents, and how results are written: all whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from breakthrough_extract.readers.errors import ReadError

# What lies beside the sources and is none.
NOT_DOCUMENTS = {".json", ".toml", ".yaml", ".yml"}


class WriteError(OSError):
    """A result that cannot be written; the message names the file and the remedy."""

    def __str__(self) -> str:
        return str(self.args[0])


def documents_in(inputs: Iterable[Path], apart: bool = True) -> list[Path]:
    """The files among `inputs`, and the documents in the folders among them, by name.

    Raises ReadError if there are none, or if two would be written to one output; `apart`:
    each has an output of its own.
    """
    paths: list[Path] = []
    for path in inputs:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if _is_document(p))
            if not inside:
                raise ReadError(f"{path}: no document in this folder; give one that has some")
            paths += inside
        else:
            paths.append(path)
    stems = Counter(stem for path in paths for stem in (path.stem, f"{path.stem}.ledger"))
    twice = [stem for stem, n in stems.items() if n > 1]
    if apart and twice:
        raise ReadError(
            f"{twice[0]}: two inputs have this name, and one output would overwrite the other; "
            "rename one or extract them apart"
        )
    return paths


def _is_document(path: Path) -> bool:
    hidden = path.name.startswith(".")
    return path.is_file() and not hidden and path.suffix.lower() not in NOT_DOCUMENTS


def write_all(contents: Mapping[Path, str | bytes], keep: Iterable[Path] = ()) -> None:
    """Write each content to its file, text as UTF-8; the files `keep` are in no case written over.

    All are first written in full beside their places and then moved there, so that an old
    file stays whole until its successor is. Raises WriteError.
    """
    ready: list[tuple[Path, Path]] = []
    target = Path()
    sources = {path.resolve() for path in keep}
    try:
        for target, content in contents.items():
            if target.resolve() in sources:
                raise FileExistsError(errno.EEXIST, "the input itself has this name")
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
            ready.append((Path(name), target))
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
        for temporary, target in ready:
            temporary.replace(target)
    except OSError as error:
        for temporary, _ in ready:
            with contextlib.suppress(OSError):
                temporary.unlink()
        reason = error.strerror or "cannot be written"
        raise WriteError(f"{target}: {reason}; choose another output folder") from None
