"""The process that works on documents, one shard after the other: python -m … .cell

Whatever a document does, it does here: the process has a memory limit of its own, and the one
that watches it (`watch`) ends it when a document takes too long. It is told of shards on the
standard input and answers on the standard output, one JSON object a line:

    ← {"begin": 3}                          the document of that number is being worked on
    ← {"end": 3}                            no longer
    ← {"rows": 5120, "timings": 640}        the shard is done; so many bytes of both files follow
    ← {"failed": "…"}                       the shard could not be read
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from breakthrough_extract.corpus.cache import Cache, edition
from breakthrough_extract.corpus.one import Document, Work, passes, row_of, screened
from breakthrough_extract.corpus.reading import Item, items_of
from breakthrough_extract.corpus.rows import Row, Status, Timing, rows_file, timings_file
from breakthrough_extract.corpus.screen import screen_for
from breakthrough_extract.corpus.shards import from_order
from breakthrough_extract.corpus.watch import OUT_OF_MEMORY
from breakthrough_extract.profile import load_profile

PAGE = resource.getpagesize()


def main() -> None:
    """Answer orders until the standard input ends, which it does when the watcher dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the watcher is told, and ends the input
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    settings = json.loads(sys.stdin.buffer.readline())
    orders: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    work = _work(settings)
    desk = Desk(work, settings["memory"], answers)
    if edition(work.profiles) != settings["edition"]:
        desk.refuse("another version of breakthrough-extract, or of a profile, on this machine")
    while True:
        order = json.loads(orders.get())
        desk.answer(order["shard"], {int(n): tuple(v) for n, v in order["verdicts"].items()})


def _listen(orders: queue.Queue[bytes]) -> None:
    """Pass orders on; where there will be none any more, end, in the middle of whatever it is."""
    while line := sys.stdin.buffer.readline():
        orders.put(line)
    os._exit(0)


def _work(settings: dict[str, Any]) -> Work:
    profiles = tuple(load_profile(name) for name in settings["profiles"])
    return Work(profiles, screen_for(profiles), Cache(Path(settings["cache"])))


@dataclass(frozen=True)
class Desk:
    """Where shards are worked on."""

    work: Work
    memory: int  # bytes that a document may take
    answers: BinaryIO

    def answer(self, order: str, verdicts: dict[int, tuple[str, str]]) -> None:
        """Work on a shard. `verdicts`: for documents that broke the process the last time,
        by their number in the shard, status and error."""
        rows: list[Row] = []
        timings: list[Timing] = []
        try:
            for number, item in enumerate(items_of(from_order(order))):
                if number in verdicts:
                    status, error = verdicts[number]
                    rows.append(Row(item.id, item.size, status, error=f"{item.name}: {error}"))
                else:
                    rows.append(self._row(number, item, timings))
        except Exception as error:  # noqa: BLE001 - not one document: the shard's file
            self._tell({"failed": f"{type(error).__name__}: {error}"})
            return
        files = rows_file(rows), timings_file(timings)
        self._tell({"rows": len(files[0]), "timings": len(files[1])}, *files)

    def refuse(self, reason: str) -> None:
        """Work on nothing."""
        self._tell({"failed": reason})

    def _row(self, number: int, item: Item, timings: list[Timing]) -> Row:
        if item.load is None:
            if item.data is None:
                return Row(item.id, 0, Status.ERROR, error=f"{item.name}: there is no text")
            document = Document(item.id, item.name, item.data)
            if not passes(document, self.work):
                return screened(document)
        start = time.perf_counter()
        self._tell({"begin": number})
        row, cached = self._limited(item)
        self._tell({"end": number})
        timings.append(Timing(item.id, time.perf_counter() - start, cached))
        return row

    def _limited(self, item: Item) -> tuple[Row, bool]:
        with _memory_limit(self.memory):
            try:
                data = item.load() if item.load else item.data or b""
                document = Document(item.id, item.name, data)
                if item.load and not passes(document, self.work):
                    return screened(document), False
                return row_of(document, self.work)
            except MemoryError:
                os._exit(OUT_OF_MEMORY)  # who knows what is half done
            except OSError as error:
                reason = error.strerror or str(error)
                return Row(item.id, item.size, Status.ERROR, error=f"{item.name}: {reason}"), False

    def _tell(self, answer: dict[str, object], *more: bytes) -> None:
        self.answers.write(json.dumps(answer).encode() + b"\n")
        for data in more:
            self.answers.write(data)
        self.answers.flush()


@contextlib.contextmanager
def _memory_limit(more: int) -> Iterator[None]:
    """The process may take `more` bytes of address space than it has now, while this lasts."""
    if sys.platform != "linux":  # elsewhere the limit is not kept, or the size not known
        yield
        return
    now = int(Path("/proc/self/statm").read_text().split()[0]) * PAGE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = now + more if hard == resource.RLIM_INFINITY else min(now + more, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


if __name__ == "__main__":
    main()
