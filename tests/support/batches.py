"""Running the command on a corpus, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

from tests.support import paths

# Ctrl-C is heard though the tests themselves run in the background, where a shell bars it.
MAIN = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from breakthrough_extract.watched import main; sys.exit(main())"
)
LONGEST = 180  # seconds


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", MAIN, *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(paths.SOURCE.parent), **more}


def batch(
    *arguments: str | Path, before: Sequence[str] = (), **more: str
) -> subprocess.CompletedProcess[str]:
    """`breakthrough-extract batch …` carried out; `before` is put before the command."""
    return subprocess.run(
        [*before, *command("batch", *arguments)],
        env=environment(**more),
        check=False,
        capture_output=True,
        text=True,
        timeout=LONGEST,
    )


def started(*arguments: str | Path, stderr: int = subprocess.PIPE) -> subprocess.Popen[str]:
    """Likewise, under way; `stderr` may be a terminal."""
    return subprocess.Popen(
        command("batch", *arguments),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        start_new_session=True,
    )


def rows(out: Path, folder: str = "data") -> list[dict[str, Any]]:
    """All rows of a data set, in the order of its files."""
    files = sorted((out / folder).rglob("*.parquet"))
    found: list[dict[str, Any]] = ds.dataset(files).to_table().to_pylist()
    return found


def published(out: Path) -> Mapping[str, bytes]:
    """The files that are the same for each run of the same, by name."""
    files = [*(out / "data").rglob("*.parquet")]
    files += [out / name for name in ("plan.json", "shards.jsonl", "summary.json")]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}
