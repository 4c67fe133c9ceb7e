"""Measuring: what is compared runs in turns, so that a busy machine slows all alike."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Times(NamedTuple):
    """Milliseconds of several runs."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def best(self) -> float:
        return min(self.runs)

    def over(self, other: Times) -> float:
        """How many times as long as the other, by the medians."""
        return self.median / other.median


def cpu_times(functions: Mapping[str, Callable[[], object]], runs: int) -> dict[str, Times]:
    """Processor time of each function, after one call that does not count."""
    found: dict[str, list[float]] = {name: [] for name in functions}
    for function in functions.values():
        function()
    for _ in range(runs):
        for name, function in functions.items():
            start = time.process_time()
            function()
            found[name].append((time.process_time() - start) * 1e3)
    return {name: Times(tuple(times)) for name, times in found.items()}


def child_times(
    commands: Mapping[str, Sequence[str]], runs: int, environment: Mapping[str, str]
) -> tuple[dict[str, Times], dict[str, float]]:
    """Time by the clock of each command, and the most memory it took, in megabytes."""
    order = json.dumps({"commands": commands, "runs": runs})
    script = [sys.executable, "-S", str(Path(__file__).with_name("children.py"))]
    done = subprocess.run(
        script, input=order, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    found = json.loads(done.stdout)
    times = {name: Times(tuple(wall for wall, _ in taken)) for name, taken in found.items()}
    return times, {name: max(peak for _, peak in taken) for name, taken in found.items()}
