"""The command in a process of its own, which is ended when a document takes too long.

Most of the time goes into C code (pdfium, HiGHS, lxml), which no exception of ours can stop;
and a damaged file may crash it. So the work is done by a child, and the parent, which does
nothing else, tells what became of it. Results are written at the very end, all or none, so
that nothing is left of what was ended. Systems without `fork` keep no limit of time.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import threading
import time
from typing import NamedTuple

from breakthrough_extract import cli
from breakthrough_extract.cli.console import TROUBLE, complain

STEP = 65536  # bytes of a pipe


class Task(NamedTuple):
    """What the child is working on."""

    document: str = ""  # "" for none
    seconds: int = 0  # how long it may take; 0 for as long as it likes

    @property
    def end(self) -> float:
        return time.monotonic() + self.seconds if self.seconds else float("inf")


def main() -> int:
    """Run the command; returns the exit status."""
    if not hasattr(os, "fork"):
        return cli.main()
    reading, writing = os.pipe()
    wanted, held = os.pipe()  # nothing is ever written: it ends when this process does
    child = os.fork()
    if child:
        os.close(writing)
        os.close(wanted)
        return _watch(child, reading)
    os.close(reading)
    os.close(held)
    threading.Thread(target=_end_when_alone, args=(wanted,), daemon=True).start()

    def announce(document: str, seconds: int) -> None:
        os.write(writing, json.dumps(Task(document, seconds)).encode() + b"\n")

    return cli.main(announce=announce)


def _end_when_alone(wanted: int) -> None:
    """End when the parent does, even one that is killed: nobody waits for the results, and the
    output folder may be wanted by another run."""
    os.read(wanted, 1)
    os._exit(1)


def _watch(child: int, reading: int) -> int:
    """Wait for the child; returns the exit status of the command."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal tells the child as well
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: os.kill(child, number))
    task = Task()
    end = task.end
    heard = b""
    while True:
        rest = None if end == float("inf") else max(end - time.monotonic(), 0.0)
        if not select.select([reading], [], [], rest)[0]:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return _say(_too_long(task))
        part = os.read(reading, STEP)
        if not part:
            break
        *lines, heard = (heard + part).split(b"\n")
        if lines:
            task = Task(*json.loads(lines[-1]))
            end = task.end
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status >= 0:
        return status
    if -status in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE) or not task[0]:
        return 128 - status
    return _say(
        f"{task.document}: reading it ended the program ({signal.Signals(-status).name}); "
        "the file is damaged, or made to do that: give the document in another format"
    )


def _too_long(task: Task) -> str:
    from breakthrough_extract.limits import Limits
    from breakthrough_extract.readers.guard import Guard

    return str(Guard(task.document, Limits(seconds=task.seconds)).error("seconds"))


def _say(message: str) -> int:
    complain(message)
    return TROUBLE


if __name__ == "__main__":
    sys.exit(main())
