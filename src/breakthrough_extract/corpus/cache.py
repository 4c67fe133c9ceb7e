"""Results kept by content: what was extracted once is not extracted again.

An entry is found by the sha256 of the document, in a folder named after the version, the code
and the profiles. Only what a document holds for ever is kept: a model. An error may be mended
by an extra that is installed later, a limit by a faster machine.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from breakthrough_extract import __version__
from breakthrough_extract.corpus.rows import Row
from breakthrough_extract.profile import Profile


@dataclass(frozen=True)
class Cache:
    """Rows by the sha256 of their documents, in the files of one folder."""

    folder: Path

    def get(self, sha256: str) -> Row | None:
        """The row of that document; None if it was never extracted so."""
        try:
            return Row(**json.loads(gzip.decompress(self._path(sha256).read_bytes())))
        except (OSError, EOFError, ValueError, TypeError):  # none, or a file that was damaged
            return None

    def put(self, sha256: str, row: Row) -> None:
        """Keep the row, whole or not at all: where it cannot be written, time is lost alone."""
        path = self._path(sha256)
        text = json.dumps(asdict(row), ensure_ascii=False)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(text.encode(), compresslevel=1, mtime=0))
            Path(name).replace(path)

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / f"{sha256}.json.gz"


def edition(profiles: Sequence[Profile]) -> str:
    """What a result depends on besides the document: the version, the code, the profiles."""
    digest = hashlib.sha256(_code())
    for profile in profiles:
        digest.update(f"{profile.id} {profile.sha256}\n".encode())
    return f"{__version__}-{digest.hexdigest()[:16]}"


@cache
def _code() -> bytes:
    """A digest of the package's files: a version under development has many states."""
    root = Path(str(resources.files("breakthrough_extract")))
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".toml", ".txt"}:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.digest()
