"""The process that the engine runs in: python -m … .query

It is told of all shards on the standard input, in one line of JSON, and answers on the standard
output, one JSON object a line:

    ← {"shard": 3, "rows": 5120, "timings": 640, "failed": ""}  so many bytes of both files follow
    ← {"broken": "…"}                                           the engine broke down
    ← {"over": true}                                            there is no more

It ends itself where nobody waits for it any more, and where the engine would wait for ever.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from typing import Any, BinaryIO

from breakthrough_extract.corpus.shards import from_order
from breakthrough_extract.corpus.supervisor import HANGS
from breakthrough_extract.corpus.watch import Settings

GLANCE = 1.0  # seconds between two looks at the workers
UNNOTICED = 5.0  # seconds after which the engine will not notice any more that a worker died


def main() -> None:
    """Have the shards worked on that the standard input names."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command is told, and ends this process
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    order = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_when_alone, daemon=True).start()
    _answer(order, answers)
    os._exit(0)  # the engine's threads would abort an interpreter that shuts down


def _answer(order: dict[str, Any], answers: BinaryIO) -> None:
    from breakthrough_extract.corpus import engine

    if not engine.on_cluster():  # a Ray of its own leaves dead children about, none of them workers
        threading.Thread(target=_end_when_hanging, daemon=True).start()
    shards = [from_order(one) for one in order["shards"]]
    settings = Settings.from_json(order["settings"])
    try:
        workers = min(order["workers"] or engine.cores(), len(shards))
        for number, answer in engine.work_on(shards, settings, workers):
            sizes = {"rows": len(answer.rows), "timings": len(answer.timings)}
            _say(answers, {"shard": number, **sizes, "failed": answer.failed})
            answers.write(answer.rows + answer.timings)
            answers.flush()
    except Exception as error:  # noqa: BLE001 - it has no type of its own for a dead worker
        _say(answers, {"broken": str(error)})
    else:
        _say(answers, {"over": True})
    engine.close()


def _say(answers: BinaryIO, what: dict[str, object]) -> None:
    answers.write(json.dumps(what).encode() + b"\n")
    answers.flush()


def _end_when_alone() -> None:
    """End when the standard input does, which is when the command has died."""
    sys.stdin.buffer.read()
    os._exit(1)


def _end_when_hanging() -> None:
    """End when the engine has not noticed that one of its workers died.

    Daft 0.7.26 waits for ever for a worker that dies before it has said a word. One whose death
    it notices is gone from among this process's children at once.
    """
    dead, since = 0, 0.0
    while True:
        time.sleep(GLANCE)
        found = _dead_child()
        if found != dead:
            dead, since = found, time.monotonic()
        elif dead and time.monotonic() - since > UNNOTICED:
            os._exit(HANGS)


def _dead_child() -> int:
    """A child of this process that has ended and that nobody has asked about; 0 for none."""
    if not hasattr(os, "waitid"):  # on macOS
        return 0
    try:
        found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:  # there are none at all
        return 0
    return found.si_pid if found else 0


if __name__ == "__main__":
    main()
