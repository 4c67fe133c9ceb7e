"""Runs commands in turns: {"commands": {name: [word…]}, "runs": N} as JSON on the standard
input, milliseconds and megabytes of each run on the standard output.

A script of its own, because what a process is said to have taken at most is never less than
what its parent held when it was started.
"""

from __future__ import annotations

import json
import os
import sys
import time


def run(command: list[str]) -> tuple[float, float]:
    """Milliseconds by the clock and megabytes at most. Raises RuntimeError if it fails."""
    null = os.open(os.devnull, os.O_WRONLY)
    silent = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, usage = os.wait4(pid, 0)
    wall = (time.perf_counter() - start) * 1e3
    os.close(null)
    if status:
        raise RuntimeError(f"{' '.join(command)}: ended with status {status}")
    return wall, usage.ru_maxrss / 1024


def main() -> None:
    order = json.load(sys.stdin)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in order["commands"]}
    for turn in range(order["runs"] + 1):
        for name, command in order["commands"].items():
            taken = run(command)
            if turn:  # the first run does not count: it leaves the byte code behind
                found[name].append(taken)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
