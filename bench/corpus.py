"""Corpus runs: rate a core, what the screen costs, scaling, memory, and other tools.

python -m bench.corpus [--write] [--documents N] [--many N]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from pydoc_data.topics import topics
from typing import NamedTuple, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from bench.bench import SEED, SHARED, TOOLS_PYTHON
from bench.tables import Table, write
from breakthrough_extract.corpus.cache import Cache
from breakthrough_extract.corpus.cell import Desk
from breakthrough_extract.corpus.inputs import Columns, shards_of
from breakthrough_extract.corpus.one import Work
from breakthrough_extract.corpus.reading import items_of
from breakthrough_extract.corpus.screen import screen_for
from breakthrough_extract.corpus.shards import Shard, to_order
from breakthrough_extract.profile import load_profile
from breakthrough_extract.readers import glance

PAGE = Path("docs/scale.md")
TEXT = Columns("text", None)
MEGABYTE = 1e6
MEMORY = 4_000_000_000
SHORT = 20_000  # short documents that the rate is measured on
PARAGRAPHS = 10  # of a short document
TOOLS = ("kreuzberg", "markitdown", "unstructured")
SAMPLE = 0.1  # seconds between two looks at the memory of processes
PAUSE = 0.25  # seconds between two looks at their processor time
TIMES = 3  # so many times the documents, to tell what the further ones take
T = TypeVar("T")
COMMAND = [sys.executable, "-c", "from breakthrough_extract.cli import main; main()", "batch"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Corpus runs against baselines.")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE}, too")
    parser.add_argument(
        "--documents", type=int, default=200, help="for the scaling, and three times as many"
    )
    parser.add_argument("--many", type=int, default=100_000, help="for the memory")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measures: tuple[Callable[[], Table], ...] = (
            lambda: rates(folder),
            lambda: screen_cost(folder),
            lambda: against_others(folder),
            lambda: scaling(folder, options.documents),
            lambda: memory(folder, (1_000, options.many)),
        )
        tables = []
        for measure in measures:
            tables.append(measure())
            print(tables[-1].plain(), end="\n\n", flush=True)
    if options.write:
        write("bench-corpus", tables, PAGE)


# What there is to work on.


def short_texts(count: int) -> Iterator[str]:
    """Documents as the web has them, as long and as far from any model: paragraphs of the
    Python reference, mixed anew for each."""
    paragraphs = [part for name in sorted(topics) for part in topics[name].split("\n\n")]
    choice = random.Random(1)
    for _ in range(count):
        yield "\n\n".join(choice.choices(paragraphs, k=PARAGRAPHS))


def seed_texts(count: int) -> Iterator[str]:
    """The seed again and again, each time with a last line of its own."""
    seed = SEED.read_text("utf-8")
    for number in range(count):
        yield f"{seed}\nCopy {number}\n"


def parquet(path: Path, texts: Iterable[str]) -> list[Shard]:
    """The texts as a Parquet file, and its shards."""
    pq.write_table(pa.table({"text": list(texts)}), path, row_group_size=250)
    return shards_of(str(path), TEXT)


def pdfs(folder: Path) -> list[Shard]:
    """The PDFs of all layouts; () where they are not at hand."""
    folder.mkdir()
    for path in (SHARED / "converted").glob("*.pdf"):
        (folder / path.name).write_bytes(path.read_bytes())
    return shards_of(str(folder), None) if any(folder.iterdir()) else []


def desk(cache: Path) -> Desk:
    profile = load_profile()
    return Desk(Work((profile,), screen_for([profile]), Cache(cache)), MEMORY, io.BytesIO())


def cpu(shards: Sequence[Shard], at: Desk) -> float:
    """Seconds of processor time that one process needs for the shards, reading and writing
    included."""
    start = time.process_time()
    for shard in shards:
        at.answer(to_order(shard), {})
    return time.process_time() - start


def size(shards: Sequence[Shard]) -> float:
    return sum(item.size for shard in shards for item in items_of(shard)) / MEGABYTE


# The tables.


def rates(folder: Path) -> Table:
    """Documents a second, of one core."""
    kinds = {
        "short text, no model": parquet(folder / "short.parquet", short_texts(SHORT)),
        "the seed, as text": parquet(folder / "seed.parquet", seed_texts(40)),
        "the seed, as PDF": pdfs(folder / "pdf"),
    }
    cpu(parquet(folder / "warm.parquet", seed_texts(1)), desk(folder / "warm"))
    rows = []
    for name, shards in kinds.items():
        if shards:
            seconds = cpu(shards, desk(folder / f"cache {name}"))
            documents, megabytes = sum(shard.documents for shard in shards), size(shards)
            cells = (documents, megabytes, documents / seconds, megabytes / seconds)
            rows.append((name, *(f"{cell:.5g}" for cell in cells)))
    head = ("Documents", "number", "MB", "documents/s", "MB/s")
    note = "Processor time of one process: reading, screening, extracting, writing; no cache."
    return Table("Rate of one core", head, rows, notes=(note,))


def screen_cost(folder: Path) -> Table:
    """What it takes to find out that a document holds no model."""
    shards = shards_of(str(folder / "short.parquet"), TEXT)
    megabytes = size(shards)
    screen = screen_for([load_profile()])

    def read() -> list[bytes]:
        return [item.data or b"" for shard in shards for item in items_of(shard)]

    texts, reading = timed(read)
    passed, first = timed(lambda: [data for data in texts if screen.by_letters(data)])
    _, second = timed(lambda: [screen.by_cells(d.decode(), ["breakthrough"]) for d in passed])
    rows = [
        ("reading the Parquet", f"{reading / megabytes * 1e3:.2f}", "1.00"),
        ("first question", f"{first / megabytes * 1e3:.2f}", f"{first / reading:.2f}"),
        ("second question", f"{second / megabytes * 1e3:.2f}", f"{second / reading:.2f}"),
    ]
    passing = (
        f"{len(texts)} short documents, {megabytes:.1f} MB, processor time; the first question "
        f"lets {len(passed)} of them pass."
    )
    notes = [passing]
    pages = sorted((folder / "pdf").glob("*.pdf"))
    if pages:
        _, seconds = timed(lambda: [glance(path.name, path.read_bytes()) for path in pages])
        whole = sum(path.stat().st_size for path in pages) / MEGABYTE
        notes.append(
            f"The text of a PDF is had at a glance in {seconds / len(pages) * 1e3:.1f} ms a file "
            f"({len(pages)} files, {whole:.2f} MB), and screened as text is."
        )
    head = ("Step", "ms a MB", "× reading")
    return Table("What the screen costs", head, rows, notes=notes)


def timed(function: Callable[[], T]) -> tuple[T, float]:
    """What the function returns, and the seconds of processor time that it took."""
    start = time.process_time()
    found = function()
    return found, time.process_time() - start


def against_others(folder: Path) -> Table:
    """The whole, from file to model and ledger, against converters that yield text."""
    paths = [SEED, *sorted((folder / "pdf").glob("*.pdf"))]
    ours = {path: _alone(path, folder) for path in paths}
    others = {tool: _converted(tool, paths) for tool in TOOLS}
    rows = [
        (
            path.name,
            f"{ours[path] * 1e3:.0f}",
            *(f"{found[path]:.0f}" if path in found else "–" for found in others.values()),
        )
        for path in paths
    ]
    note = (
        "Milliseconds of processor time a file, the first call of each left out. The converters "
        "yield text or Markdown, and know nothing of models. –: not installed (make bench-tools), "
        "or it cannot be used here. unstructured needs a model, en_core_web_sm of spaCy, for text "
        "of whatever kind, and fetches it from the net at its first use; for PDFs, even with "
        'strategy="fast", it needs its extra [pdf], torch and all, as well.'
    )
    return Table("Batch against converters", ("File", "batch", *TOOLS), rows, notes=(note,))


def _alone(path: Path, folder: Path) -> float:
    """Seconds for a shard of this file alone."""
    listed = folder / "list"
    listed.write_text(str(path.resolve()))
    with tempfile.TemporaryDirectory() as cache:
        return cpu(shards_of(str(listed), None), desk(Path(cache)))


def _converted(tool: str, paths: Sequence[Path]) -> dict[Path, float]:
    """Milliseconds of each file; {} if the tool cannot be used."""
    if not TOOLS_PYTHON.exists():
        return {}
    command = [str(TOOLS_PYTHON), "bench/convert.py", tool, "3", *map(str, paths)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        return {}
    found = json.loads(done.stdout.splitlines()[-1])
    return {path: sorted(found[str(path)])[1] for path in paths if str(path) in found}


def scaling(folder: Path, count: int) -> Table:
    """A run with one process, and with two: what further documents take, once all is loaded."""
    few, many = folder / "few.parquet", folder / "many.parquet"
    parquet(few, seed_texts(count))
    parquet(many, seed_texts(count * TIMES))
    rows = []
    first: tuple[float, float] | None = None
    further = count * (TIMES - 1)
    for workers in (1, 2):
        start, run = (_watched(path, folder, workers, _busiest, PAUSE) for path in (few, many))
        clock, busiest = run.seconds - start.seconds, run.most - start.most
        first = first or (clock, busiest)
        cells = (start.seconds, run.seconds, further / clock, first[0] / clock)
        rows.append((str(workers), *(f"{cell:.2f}" for cell in (*cells, first[1] / busiest))))
    head = (
        "Processes",
        f"{count} documents, s",
        f"{count * TIMES} documents, s",
        f"documents/s of the further {further}",
        "× one",
        "× one, by the busiest cell",
    )
    note = (
        f"Copies of the seed, {os.cpu_count()} cores, time by the clock. The runs begin by loading "
        "libraries, in each process; the further documents alone say what a process more is worth. "
        "The processor time of the busiest cell says what the clock would on a machine with nothing"
        " else to do. Aim: 1.9 ×."
    )
    return Table("From one process to two", head, rows, notes=(note,))


def _arguments(path: Path, out: str, workers: int) -> list[str]:
    options = ["-o", out, "--text-column", "text", "--workers", str(workers), "--quiet"]
    return [*COMMAND, str(path), *options]


def memory(folder: Path, counts: Sequence[int]) -> Table:
    """The most memory that the processes of a run held together."""
    rows = []
    for count in counts:
        path = folder / f"{count}.parquet"
        parquet(path, short_texts(count))
        together, largest = (
            _watched(path, folder, 2, look, SAMPLE).most for look in (_together, _largest)
        )
        rows.append((str(count), f"{together:.0f}", f"{largest:.0f}"))
        path.unlink()
    head = ("Documents", "all processes, MB", "the largest, MB")
    note = (
        f"Short texts, two workers, looked at every {SAMPLE} s; what processes share is counted "
        "once. There are the command, the engine's process, two workers of it, and two cells."
    )
    return Table("Peak memory", head, rows, notes=(note,))


class Watched(NamedTuple):
    """What a run took."""

    seconds: float  # by the clock
    most: float  # that was seen in any look at its processes


def _watched(
    path: Path, folder: Path, workers: int, look: Callable[[Iterable[int]], float], pause: float
) -> Watched:
    """A run of the command, its processes looked at every `pause` seconds.

    Looking takes time from what is measured: at memory, some milliseconds each time.
    """
    most = 0.0
    with tempfile.TemporaryDirectory(dir=folder) as out:
        start = time.perf_counter()
        running = subprocess.Popen(_arguments(path, out, workers))
        while running.poll() is None:
            most = max(most, look(_family(running.pid)))
            time.sleep(pause)
        seconds = time.perf_counter() - start
    if running.returncode:
        raise RuntimeError(f"batch ended with status {running.returncode}")
    return Watched(seconds, most)


def _together(processes: Iterable[int]) -> float:
    """The megabytes that the processes hold."""
    return sum(map(_megabytes, processes))


def _largest(processes: Iterable[int]) -> float:
    """The megabytes that the largest of the processes holds."""
    return max(map(_megabytes, processes))


def _busiest(processes: Iterable[int]) -> float:
    """The seconds of processor time of the cell that took most."""
    return max(map(_processor_seconds, processes))


def _family(process: int) -> Iterator[int]:
    """The process and all that descend from it."""
    yield process
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            for child in listed.read_text().split():
                yield from _family(int(child))


def _megabytes(process: int) -> float:
    """The memory that a process holds, its share of what it shares with others included."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) / 1e3 for line in lines if line.startswith("Pss:"))


def _processor_seconds(process: int) -> float:
    """What a cell has taken; 0.0 of another process."""
    try:
        if b"corpus.cell" not in Path(f"/proc/{process}/cmdline").read_bytes():
            return 0.0
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
