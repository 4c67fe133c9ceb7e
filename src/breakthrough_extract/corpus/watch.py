"""Watches the process that works on documents, so that a document that breaks it costs a row.

The engine gives a shard to a watcher; the watcher has one cell (`cell`), which does the work.
If the cell dies, or is ended because a document took too long, the watcher starts another and
orders the shard again, with the verdict on that document: what was extracted before it is found
in the cache.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from breakthrough_extract.corpus.rows import Status

OUT_OF_MEMORY = 86  # exit status of a cell: the document in work took more memory than it may
CHUNK = 1 << 16  # bytes read at a time
PATIENCE = 2  # deaths over one document, after which it is to blame; others die of other causes
GLANCE = 1.0  # seconds after which a watcher looks whether it is still wanted
GRACE = 5.0  # seconds that a cell has to end when it says no more


@dataclass(frozen=True)
class Settings:
    """What a cell must know before its first shard."""

    profiles: tuple[str, ...]  # names of shipped profiles, or paths
    edition: str  # as `cache.edition` has it; a node with another one is of no use
    cache: str  # folder
    seconds: float  # that a document may take
    memory: int  # bytes that a document may take

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> Settings:
        """The settings in the object that `line` writes."""
        return Settings(**{**values, "profiles": tuple(values["profiles"])})

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"


@dataclass(frozen=True)
class Answer:
    """A shard's two files, or why there are none."""

    rows: bytes = b""
    timings: bytes = b""
    failed: str = ""


@dataclass(frozen=True)
class _Broken:
    """A cell that is no more, and the document that it was at; None if it was at none."""

    document: int | None
    status: str
    error: str


@dataclass
class Watcher:
    """Has shards worked on, come what may."""

    settings: Settings
    _cell: _Cell | None = field(default=None, init=False)

    @property
    def pid(self) -> int | None:
        """The process that works, if there is one."""
        return self._cell.process.pid if self._cell else None

    def close(self) -> None:
        """End the process that works, if there is one."""
        if self._cell:
            self._cell.end()
        self._cell = None

    def answer(self, order: str) -> Answer:
        """The shard's files."""
        verdicts: dict[int, tuple[str, str]] = {}
        deaths: Counter[int | None] = Counter()
        while True:
            cell = self._cell or _Cell(self.settings)
            self._cell = cell
            outcome = cell.answer(order, verdicts)
            if isinstance(outcome, Answer):
                return outcome
            self.close()
            at = outcome.document
            deaths[at] += 1
            blamed = outcome.status != Status.CRASHED or deaths[at] == PATIENCE
            if at is not None and blamed:
                verdicts[at] = (outcome.status, outcome.error)
            elif deaths[at] > PATIENCE:
                return Answer(failed=outcome.error)


class _Cell:
    """One process, and the conversation with it."""

    def __init__(self, settings: Settings) -> None:
        self.seconds = settings.seconds
        self.parent = os.getppid()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "breakthrough_extract.corpus.cell"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self.selector = selectors.DefaultSelector()
        assert self.process.stdout
        self.selector.register(self.process.stdout, selectors.EVENT_READ)
        self.heard = bytearray()
        self.document: int | None = None
        self.since = 0.0
        self._say(settings.line())

    def answer(self, order: str, verdicts: Mapping[int, tuple[str, str]]) -> Answer | _Broken:
        self._say(json.dumps({"shard": order, "verdicts": dict(verdicts)}).encode() + b"\n")
        while True:
            line = self._line()
            if line is None:
                return self._broken()
            if "begin" in line:
                self.document, self.since = line["begin"], time.monotonic()
            elif "end" in line:
                self.document = None
            elif "failed" in line:
                return Answer(failed=line["failed"])
            else:
                rows, timings = self._bytes(line["rows"]), self._bytes(line["timings"])
                return self._broken() if rows is None or timings is None else Answer(rows, timings)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        self.selector.close()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def _say(self, line: bytes) -> None:
        assert self.process.stdin
        with contextlib.suppress(BrokenPipeError):  # it died; reading will tell
            while line:
                line = line[os.write(self.process.stdin.fileno(), line) :]

    def _line(self) -> dict[str, Any] | None:
        """What the cell says next; None if it is no more, or takes too long."""
        while (end := self.heard.find(b"\n")) < 0:
            if not self._hear():
                return None
        line = bytes(self.heard[:end])
        del self.heard[: end + 1]
        said: dict[str, Any] = json.loads(line)
        return said

    def _bytes(self, count: int) -> bytes | None:
        while len(self.heard) < count:
            if not self._hear():
                return None
        data = bytes(self.heard[:count])
        del self.heard[:count]
        return data

    def _hear(self) -> bool:
        assert self.process.stdout
        while not self.selector.select(self._left()):
            if self._is_late():
                return False
            if os.getppid() != self.parent:  # nobody waits for the answer any more
                self.process.kill()
                os._exit(1)
        chunk = os.read(self.process.stdout.fileno(), CHUNK)
        self.heard += chunk
        return bool(chunk)

    def _broken(self) -> _Broken:
        if self.process.poll() is None and self._is_late():
            error = f"not done after {self.seconds:g} s, the time limit"
            return _Broken(self.document, Status.TIMEOUT, error)
        try:
            status = self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            status = 0  # it closed its output and lives
        if status == OUT_OF_MEMORY:
            return _Broken(self.document, Status.MEMORY, "more memory than the limit allows")
        return _Broken(self.document, Status.CRASHED, f"its process ended with {_manner(status)}")

    def _left(self) -> float:
        """Seconds until it is time to look again."""
        if self.document is None:
            return GLANCE
        return min(max(self.since + self.seconds - time.monotonic(), 0.0), GLANCE)

    def _is_late(self) -> bool:
        return self.document is not None and time.monotonic() >= self.since + self.seconds


def _manner(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"status {status}"
