"""Documents that break the process that works on them cost a row each, and no more."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="the extra [corpus] is not installed")

import pyarrow.parquet as pq

from breakthrough_extract import load_profile
from breakthrough_extract.corpus.cache import edition
from breakthrough_extract.corpus.shards import FileEntry, FileShard, RowShard, to_order
from breakthrough_extract.corpus.watch import Settings, Watcher
from tests.support.corpora import LADDER, bomb, endless, made_model, written

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the memory of a document is limited on Linux alone"
)

MEMORY = 250_000_000  # bytes
PATIENT, HASTY = 100.0, 3.0  # seconds


@contextlib.contextmanager
def watcher(tmp_path: Path, seconds: float = PATIENT) -> Iterator[Watcher]:
    this = edition([load_profile(LADDER)])
    made = Watcher(Settings((str(LADDER),), this, str(tmp_path / "cache"), seconds, MEMORY))
    try:
        yield made
    finally:
        made.close()


def order(folder: Path, documents: dict[str, bytes]) -> str:
    folder.mkdir(exist_ok=True)
    entries = []
    for name, data in documents.items():
        (folder / name).write_bytes(data)
        entries.append(FileEntry(name, str(folder / name), len(data)))
    return to_order(FileShard(0, tuple(entries)))


def model(seed: int) -> bytes:
    return written(made_model(seed)).encode()


def statuses(rows: bytes) -> dict[str, str]:
    return {row["id"]: row["status"] for row in table(rows)}


def table(rows: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(io.BytesIO(rows)).to_pylist()
    return found


def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    given = order(
        tmp_path / "in",
        {"a.md": model(1), "endless.md": endless().encode(), "b.md": model(2)},
    )
    with watcher(tmp_path, HASTY) as watched:
        answer = watched.answer(given)
    assert statuses(answer.rows) == {"a.md": "ok", "endless.md": "timeout", "b.md": "ok"}
    errors = [row["error"] for row in table(answer.rows)]
    assert errors == [None, "endless.md: not done after 3 s, the time limit", None]


def test_a_document_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    given = order(tmp_path / "in", {"huge.md": model(1), "b.md": model(2)})
    os.truncate(tmp_path / "in" / "huge.md", 1 << 40)  # with a hole of a terabyte at its end
    with watcher(tmp_path) as watched:
        answer = watched.answer(given)
    assert statuses(answer.rows) == {"huge.md": "memory", "b.md": "ok"}


def test_a_document_that_kills_its_process_is_marked(tmp_path: Path) -> None:
    """pdfium aborts the process when it gets no memory for what a stream unpacks to."""
    given = order(tmp_path / "in", {"a.md": model(1), "bomb.pdf": bomb(), "b.md": model(2)})
    with watcher(tmp_path) as watched:
        answer = watched.answer(given)
    assert statuses(answer.rows) == {"a.md": "ok", "bomb.pdf": "crashed", "b.md": "ok"}
    (error,) = (row["error"] for row in table(answer.rows) if row["error"])
    assert error == "bomb.pdf: its process ended with SIGABRT"


def test_a_process_that_dies_of_something_else_leaves_no_trace(tmp_path: Path) -> None:
    given = order(tmp_path / "in", {f"{n}.md": model(n) for n in range(8)})
    with watcher(tmp_path / "calm") as watched:
        undisturbed = watched.answer(given).rows
    with watcher(tmp_path / "killed") as watched:
        killer = threading.Thread(target=_kill_at_work, args=(watched, tmp_path / "killed"))
        killer.start()
        disturbed = watched.answer(given).rows
        killer.join()
    assert disturbed == undisturbed
    assert set(statuses(disturbed).values()) == {"ok"}


def _kill_at_work(watched: Watcher, folder: Path) -> None:
    """Kill the process once it has done some of its documents, and not all."""
    while len(list(folder.glob("cache/*/*.gz"))) < 3:
        pass
    assert watched.pid
    os.kill(watched.pid, signal.SIGKILL)


def test_documents_of_all_sorts_are_rows(tmp_path: Path) -> None:
    documents = {
        "empty.txt": b"",
        "white.txt": b" \n\t " * 1000,
        "zeros.bin": bytes(5000),
        "archive.zip": b"PK\x03\x04" + bytes(range(256)) * 20,
        "truncated.pdf": b"%PDF-1.4\n1 0 obj\n<<",
        "nested.html": b"<div>" * 3_000 + model(1),
        "one-line.txt": b"word " * 200_000,
        "wrong-mark.txt": b"\xff\xfe" + model(1),  # UTF-16, says the mark
        "mentions.txt": b"Emerging markets are established, and excelling.",
        "unnamed.txt": b"EMERGING\n\nESTABLISHED\n\nEXCELLING\n",
    }
    with watcher(tmp_path) as watched:
        answer = watched.answer(order(tmp_path / "in", documents))
    found = statuses(answer.rows)
    assert set(found) == set(documents)
    assert {name for name, status in found.items() if status == "screened"} == {
        "empty.txt",
        "white.txt",
        "zeros.bin",
        "archive.zip",
        "one-line.txt",
        "wrong-mark.txt",
        "mentions.txt",
    }
    assert found["truncated.pdf"] == "error"
    assert found["nested.html"] == "ok"
    assert found["unnamed.txt"] == "findings"


def test_a_file_that_is_gone_is_an_error_of_its_own(tmp_path: Path) -> None:
    given = order(tmp_path / "in", {"a.md": model(1), "b.md": model(2)})
    (tmp_path / "in" / "a.md").unlink()
    with watcher(tmp_path) as watched:
        rows = table(watched.answer(given).rows)
    assert [row["status"] for row in rows] == ["error", "ok"]
    assert rows[0]["error"] == "a.md: No such file or directory"


def test_the_same_bytes_are_extracted_once_and_keep_their_own_names(tmp_path: Path) -> None:
    given = order(tmp_path / "in", {"a.md": model(1), "ä'\"b.md": model(1)})
    with watcher(tmp_path) as watched:
        answer = watched.answer(given)
    first, second = table(answer.rows)
    assert [row["cached"] for row in table(answer.timings)] == [False, True]
    assert first["model"] == second["model"]
    assert "a.md" in first["ledger"]
    assert second["ledger"] == first["ledger"].replace("a.md", "ä'\\\"b.md")


def test_a_shard_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    shard = RowShard(0, str(tmp_path / "gone.parquet"), "gone", 0, 5, "text", None)
    with watcher(tmp_path) as watched:
        answer = watched.answer(to_order(shard))
    assert "No such file" in answer.failed
    assert answer.rows == b""


def test_a_machine_with_another_version_works_on_nothing(tmp_path: Path) -> None:
    settings = Settings((str(LADDER),), "0.0.1-abc", str(tmp_path / "cache"), PATIENT, MEMORY)
    watched = Watcher(settings)
    answer = watched.answer(order(tmp_path / "in", {"a.md": model(1)}))
    watched.close()
    assert answer.rows == b""
    assert answer.failed.startswith("another version of breakthrough-extract")
