"""Has shards worked on by the engine, in a process of its own that can be ended.

An engine that breaks down, or waits for ever for a worker that died, is a thing of that process
(`query`): here it is an error, and the caller asks again for what is not done.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import IO, Any

from breakthrough_extract.corpus.shards import Shard, to_order
from breakthrough_extract.corpus.watch import Answer, Settings

HANGS = 87  # exit status of the process where the engine waits for a worker that is dead
GRACE = 10.0  # seconds that it has to end when there is no more


class BreakdownError(Exception):
    """The engine is no more, and not all shards are done."""


def work_on(
    shards: Sequence[Shard], settings: Settings, workers: int | None
) -> Iterator[tuple[int, Answer]]:
    """The numbers of the shards and their files, in the order in which they are done.

    `workers`: None for one a core. Raises BreakdownError.
    """
    order = {
        "shards": [to_order(shard) for shard in shards],
        "settings": asdict(settings),
        "workers": workers,
    }
    query = subprocess.Popen(
        [sys.executable, "-m", "breakthrough_extract.corpus.query"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,  # ended together with its workers
    )
    assert query.stdin
    assert query.stdout
    try:
        with contextlib.suppress(BrokenPipeError):  # it died; reading will tell
            query.stdin.write(json.dumps(order).encode() + b"\n")
            query.stdin.flush()
        yield from _answers(query.stdout, query)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(query.pid, signal.SIGKILL)
        query.wait()
        query.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            query.stdin.close()


def _answers(heard: IO[bytes], query: subprocess.Popen[bytes]) -> Iterator[tuple[int, Answer]]:
    while line := heard.readline():
        said: dict[str, Any] = json.loads(line)
        if "broken" in said:
            raise BreakdownError(said["broken"])
        if "over" in said:
            with contextlib.suppress(subprocess.TimeoutExpired):
                query.wait(GRACE)
            return
        rows, timings = heard.read(said["rows"]), heard.read(said["timings"])
        if len(rows) + len(timings) < said["rows"] + said["timings"]:
            break
        yield said["shard"], Answer(rows, timings, said["failed"])
    raise BreakdownError(_reason(query.wait()))


def _reason(status: int) -> str:
    if status == HANGS:
        return "a worker died, and it did not notice"
    manner = signal.Signals(-status).name if status < 0 else f"status {status}"
    return f"its process ended with {manner}"
