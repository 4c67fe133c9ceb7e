"""How far a long run is: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from breakthrough_extract.corpus.run import Progress

    Notice = Callable[[Progress], None]

SECONDS_APART = 5.0  # of two lines
DULL = ("screened", "ok")  # what is no failure


@contextlib.contextmanager
def shown_on(stream: TextIO, quiet: bool) -> Iterator[Notice]:
    """Something to be told of progress, which shows it while this lasts."""
    if quiet:
        yield lambda _: None
    elif stream.isatty():
        with _bar(stream) as bar:
            yield _OnBar(bar)
    else:
        yield _Lines(stream)


def _bar(stream: TextIO) -> Bar:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failures]}"),
        console=Console(file=stream),
    )


@dataclass
class _OnBar:
    """Moves a bar."""

    bar: Bar
    start: float = field(default_factory=time.monotonic)
    task: TaskID | None = None

    def __call__(self, progress: Progress) -> None:
        rate, failures = _rate(progress, self.start), _failures(progress)
        if self.task is None:
            self.task = self.bar.add_task("", total=progress.total, rate=rate, failures=failures)
        done = progress.tally.documents
        self.bar.update(self.task, completed=done, rate=rate, failures=failures)


@dataclass
class _Lines:
    """Writes a line at the start and the end, and every few seconds between."""

    stream: TextIO
    start: float = field(default_factory=time.monotonic)
    last: float | None = None

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        over = progress.tally.documents == progress.total
        if self.last is not None and now - self.last < SECONDS_APART and not over:
            return
        self.last = now
        done = f"{progress.tally.documents} of {progress.total} documents"
        parts = (
            done,
            _rate(progress, self.start),
            _left(progress, self.start),
            _failures(progress),
        )
        print(", ".join(filter(None, parts)), file=self.stream, flush=True)


def _per_second(progress: Progress, start: float) -> float:
    """Documents a second, of those that this run has done."""
    return (progress.tally.documents - progress.kept) / max(time.monotonic() - start, 1e-9)


def _rate(progress: Progress, start: float) -> str:
    return f"{_per_second(progress, start):.1f} a second"


def _left(progress: Progress, start: float) -> str:
    rate = _per_second(progress, start)
    left = progress.total - progress.tally.documents
    return f"{left / rate:.0f} s left" if rate and left else ""


def _failures(progress: Progress) -> str:
    """The failures by kind."""
    statuses = sorted(progress.tally.statuses.items())
    return ", ".join(f"{count} {status}" for status, count in statuses if status not in DULL)
