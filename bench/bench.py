"""Speed and memory, always against a baseline that is measured in the same run.

python -m bench.bench [--write] [--runs N]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdfplumber
import spacy
from bs4 import BeautifulSoup

from bench import diff
from bench.clock import Times, child_times, cpu_times
from bench.tables import Table, write
from breakthrough_extract import load_profile, pipeline

SEED = Path("raw/breakthrough.txt")
MODEL = Path("output/breakthrough.json")
SHARED = Path(os.environ.get("BREAKTHROUGH_SHARED", "../shared"))
BIN = Path(sys.executable).parent
COMMAND = str(BIN / "breakthrough-extract")
PYTHON = str(BIN / "python")
TOOLS_PYTHON = Path(".venv-bench/bin/python")
TOOLS = ("kreuzberg", "markitdown", "pymupdf4llm")
SLOW_RUNS = 3  # for what takes seconds

# The functions of the pipeline that the clock is put on, by the name that the table gives them.
STAGES = {
    "read": "read",
    "side_by_side": "witnesses",
    "settle": "witnesses",
    "recognise": "recognise",
    "mend_line_ends": "recognise",
    "assign": "assign",
    "repair": "repair",
    "build": "build + validate",
    "validate": "build + validate",
    "_asked_for": "build + validate",
    "_assert_whole": "build + validate",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Speed and memory against baselines.")
    parser.add_argument("--write", action="store_true", help="into the README, too")
    parser.add_argument("--runs", type=int, default=11)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measures: tuple[Callable[[], Table], ...] = (
            lambda: warm(options.runs),
            lambda: cold(options.runs, Path(folder)),
            pdf,
            diff.table,
        )
        tables = []
        for measure in measures:
            tables.append(measure())
            print(tables[-1].plain(), end="\n\n", flush=True)
    if options.write:
        write("bench", tables)


# Warm: everything is imported, the text is small.


def warm(runs: int) -> Table:
    """Extraction of the seed against what its two libraries need for the same text."""
    text = SEED.read_text("utf-8")
    english = spacy.blank("en")
    profile = load_profile()
    with _stage_clock() as stages:
        times = cpu_times(
            {
                "tokenising once, spacy.blank('en')": lambda: english(text),
                "parsing once, BeautifulSoup(text, 'lxml')": lambda: BeautifulSoup(text, "lxml"),
                "extraction": lambda: pipeline.extract(SEED, profile),
            },
            runs,
        )
    tokens, soup, whole = times.values()
    parts = {
        f"– {name}": Times(tuple(spent[-runs:])) for name, spent in _sums(stages, runs + 1).items()
    }
    head = ("Seed, warm", "ms", "× tokenising", "× parsing")
    rows = [
        (name, f"{t.median:.1f}", f"{t.over(tokens):.2f}", f"{t.over(soup):.1f}")
        for name, t in {**times, **parts}.items()
    ]
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores"
    note = (
        f"Median of {runs} runs, processor time ({machine}). Aim: at most 3 × the tokenising; "
        f"{_verdict(whole.over(tokens), 3)}."
    )
    return Table("Extraction of `raw/breakthrough.txt`", head, rows, notes=(note,))


def _verdict(ratio: float, aim: float) -> str:
    return f"{'met' if ratio <= aim else 'not met'}, {ratio:.2f} ×"


@contextmanager
def _stage_clock() -> Iterator[dict[str, list[float]]]:
    """Puts a clock on each stage of the pipeline; yields the milliseconds of each call."""
    found: dict[str, list[float]] = defaultdict(list)
    known = {name: getattr(pipeline, name) for name in STAGES if hasattr(pipeline, name)}
    for name, stage in known.items():
        setattr(pipeline, name, _timed(stage, found[name]))
    try:
        yield found
    finally:
        for name, stage in known.items():
            setattr(pipeline, name, stage)


def _timed(stage: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def timed(*args: object, **kwargs: object) -> object:
        start = time.process_time()
        result = stage(*args, **kwargs)
        spent.append((time.process_time() - start) * 1e3)
        return result

    return timed


def _sums(stages: Mapping[str, list[float]], calls: int) -> dict[str, list[float]]:
    """The milliseconds of each row of the table, call by call."""
    sums: dict[str, list[float]] = {}
    for name, spent in stages.items():
        row = sums.setdefault(STAGES[name], [0.0] * calls)
        sums[STAGES[name]] = [one + other for one, other in zip(row, spent, strict=True)]
    return sums


# Cold: a process from start to end.


def cold(runs: int, folder: Path) -> Table:
    """Start-up of the command against that of the libraries that it cannot do without."""
    extract = [COMMAND, "extract", str(SEED), "-o", str(folder / "out")]
    commands = {
        "python -c pass": [PYTHON, "-c", "pass"],
        "import pydantic": [PYTHON, "-c", "import pydantic"],
        "from pydantic import BaseModel": [PYTHON, "-c", "from pydantic import BaseModel"],
        "one class of BaseModel": [
            PYTHON,
            "-c",
            "from pydantic import BaseModel\nclass One(BaseModel): name: str",
        ],
        "import spacy": [PYTHON, "-c", "import spacy"],
        "import breakthrough_extract": [PYTHON, "-c", "import breakthrough_extract"],
        "from breakthrough_extract import load": [
            PYTHON,
            "-c",
            "from breakthrough_extract import load",
        ],
        "breakthrough-extract --version": [COMMAND, "--version"],
        "breakthrough-extract validate": [COMMAND, "validate", str(MODEL)],
        "breakthrough-extract extract": extract,
    }
    times, peaks = child_times(commands, runs, _environment(folder))
    base, spacy_alone = times["import pydantic"], times["import spacy"]
    head = ("Process", "best ms", "median ms", "× import pydantic", "× import spacy", "peak MB")
    rows = [
        (
            f"`{name}`",
            f"{t.best:.0f}",
            f"{t.median:.0f}",
            f"{t.over(base):.2f}",
            f"{t.over(spacy_alone):.2f}",
            f"{peaks[name]:.0f}",
        )
        for name, t in times.items()
    ]
    version, validate, whole = list(times.values())[-3:]
    turns = (
        f"Time by the clock, {runs} runs in turns; ratios of medians. `import pydantic` alone is "
        "lazy: it loads next to nothing, and the first class made of `BaseModel` loads the rest."
    )
    aims = (
        "Aims: `import breakthrough_extract` at most 1.5 × `import pydantic` "
        f"({_verdict(times['import breakthrough_extract'].over(base), 1.5)}); "
        "`--version` and `validate` at most 2 × `import pydantic` "
        f"({_verdict(version.over(base), 2)}; {_verdict(validate.over(base), 2)}, which is "
        f"{validate.over(times['from pydantic import BaseModel']):.2f} × "
        f"`from pydantic import BaseModel` and "
        f"{validate.over(times['one class of BaseModel']):.2f} × one class of it); "
        f"`extract` at most 1.3 × `import spacy` ({_verdict(whole.over(spacy_alone), 1.3)})."
    )
    return Table(
        "Cold start, and peak memory of the whole process", head, rows, notes=(turns, aims)
    )


def _environment(folder: Path) -> dict[str, str]:
    """As a user has it: byte code is kept, here outside the tree."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


# PDF: straight from the page, against what others take for the same file.


def pdf() -> Table:
    """Extraction from each PDF, a page, against pdfplumber and against converters."""
    folder = SHARED / "converted"
    paths = sorted(folder.glob("*.pdf"))
    title = "PDF, milliseconds a page"
    if not paths:
        note = f"No PDF in {folder}; say where they are: BREAKTHROUGH_SHARED=FOLDER make bench"
        return Table(title, ("Layout",), (), notes=(note,))
    ours = {path: _pdf_times(path) for path in paths}
    others = {tool: _converter_times(tool, paths) for tool in TOOLS}
    head = (
        "Layout",
        "pages",
        "extract",
        "extract_words",
        "extract_tables",
        "extract ÷ extract_words",
        *TOOLS,
    )
    rows = [
        (
            path.stem,
            str(pages),
            *(f"{t.median / pages:.0f}" for t in times),
            f"{times[0].over(times[1]):.2f}",
            *(
                f"{found[path].median / pages:.0f}" if path in found else "–"
                for found in others.values()
            ),
        )
        for path, (pages, times) in ours.items()
    ]
    absent = [tool for tool, found in others.items() if not found]
    missing = (f"– {', '.join(absent)}: not installed: make bench-tools",) if absent else ()
    note = (
        f"Median of {SLOW_RUNS} runs, processor time, whole files divided by their pages. "
        "`extract` is the whole extraction from file to model and ledger; `extract_words` and "
        "`extract_tables` are pdfplumber's and yield words and tables alone; the converters "
        "yield Markdown. Aim: at most a third of `extract_words`, and faster than pymupdf4llm."
    )
    return Table(title, head, rows, notes=(note, *missing))


def _pdf_times(path: Path) -> tuple[int, tuple[Times, ...]]:
    """The number of pages; the times of extraction, extract_words and extract_tables."""
    profile = load_profile()
    with pdfplumber.open(path) as opened:
        pages = len(opened.pages)
    times = cpu_times(
        {
            "extract": lambda: pipeline.extract(path, profile),
            "words": lambda: _each_page(path, "extract_words"),
            "tables": lambda: _each_page(path, "extract_tables"),
        },
        SLOW_RUNS,
    )
    return pages, tuple(times.values())


def _each_page(path: Path, method: str) -> None:
    """Call a method on each page of a freshly opened file: pages keep what they parsed."""
    with pdfplumber.open(path) as opened:
        for page in opened.pages:
            getattr(page, method)()


def _converter_times(tool: str, paths: list[Path]) -> dict[Path, Times]:
    """The times of a converter for each file; empty if it is not installed."""
    if not _installed(tool):
        return {}
    command = [str(TOOLS_PYTHON), "bench/convert.py", tool, str(SLOW_RUNS), *map(str, paths)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = json.loads(output.splitlines()[-1])
    return {path: Times(tuple(found[str(path)])) for path in paths}


def _installed(tool: str) -> bool:
    if not TOOLS_PYTHON.exists():
        return False
    find = f"import importlib.util, sys; sys.exit(not importlib.util.find_spec({tool!r}))"
    return subprocess.run([TOOLS_PYTHON, "-c", find], check=False).returncode == 0


if __name__ == "__main__":
    main()
