"""The page in a browser: its size, how soon it can be used, how it scrolls.

python -m bench.report [--runs N]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from bench.many import multiplied
from bench.tables import Table
from breakthrough_extract.ledger import load_ledger
from breakthrough_extract.loading import load
from breakthrough_extract.readers import read
from breakthrough_extract.report import render

CHROMIUM = os.environ.get("BREAKTHROUGH_CHROMIUM") or shutil.which("chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
SIZES = (1, 10, 100)
STEPS = 60  # of one window each
SLOW_FRAME = 100  # ms

# How long the frames take while both panes are scrolled, a window a step.
SCROLL = """async (steps) => {
    const panes = ['_source', '_model'].map((id) => document.getElementById(id));
    panes[0].scrollIntoView();
    const frames = [];
    for (let n = 0; n < steps; n += 1) {
        const start = performance.now();
        for (const pane of panes) pane.scrollTop = n * pane.clientHeight;
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        frames.push(performance.now() - start);
    }
    return frames;
}"""
# From the start of the navigation until all scripts have run and the page takes a click.
READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
PAINTED = """async () => {
    for (;;) {
        const [entry] = performance.getEntriesByName('first-contentful-paint');
        if (entry) return entry.startTime;
        await new Promise(requestAnimationFrame);
    }
}"""
SEARCH = """async () => {
    const search = document.getElementById('_search');
    const hits = document.getElementById('_hits');
    search.value = 'lip service';
    const start = performance.now();
    search.dispatchEvent(new Event('input'));
    while (!hits.value) await new Promise(requestAnimationFrame);
    return performance.now() - start;
}"""


class Measured(NamedTuple):
    """One size; times in milliseconds."""

    size: int
    megabytes: float
    made: float
    painted: float
    ready: float
    search: float
    frames: list[float]


def main() -> None:
    parser = argparse.ArgumentParser(description="The page in a browser.")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    if not CHROMIUM:
        raise SystemExit("No Chromium on this machine; make browser installs it.")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        rows = [_row(_measured(browser, Path(folder), size, options.runs)) for size in SIZES]
        browser.close()
    head = ("Seed ×", "MB", "made", "painted", "usable", "search", "frame", "slowest", "slow")
    note = (
        f"Milliseconds, median of {options.runs} loads from disk, 1400 × 900. made: page from "
        "model, ledger and source; painted: first content; usable: all scripts have run; search: "
        f"from the last key to the hits, 120 ms of waiting included; frame: median of {STEPS} "
        "steps of a window in both panes, two frames each; slowest of them; slow: how many took "
        f"over {SLOW_FRAME}."
    )
    print(Table("The page", head, rows, notes=(note,)).plain())


def _measured(browser: Browser, folder: Path, size: int, runs: int) -> Measured:
    source = read(Path("raw/breakthrough.txt")).source
    model, ledger, source = multiplied(
        load("output/breakthrough.json"),
        load_ledger("output/breakthrough.ledger.json"),
        source,
        size,
    )
    start = time.perf_counter()
    page = render(model, ledger, {source.sha256: source})
    made = (time.perf_counter() - start) * 1e3
    file = folder / f"{size}.html"
    file.write_text(page, encoding="utf-8")
    found: list[tuple[float, float, float]] = []
    frames: list[float] = []
    for _ in range(runs):
        tab = browser.new_page(viewport={"width": 1400, "height": 900})
        tab.goto(file.as_uri(), timeout=120_000)
        found.append((tab.evaluate(PAINTED), tab.evaluate(READY), tab.evaluate(SEARCH)))
        tab.reload(timeout=120_000)
        frames += tab.evaluate(SCROLL, STEPS)
        tab.close()
    painted, ready, search = (statistics.median(times) for times in zip(*found, strict=True))
    return Measured(size, len(page.encode()) / 1e6, made, painted, ready, search, frames)


def _row(measured: Measured) -> tuple[str, ...]:
    size, megabytes, *times, frames = measured
    return (
        str(size),
        f"{megabytes:.2f}",
        *(f"{milliseconds:.0f}" for milliseconds in times),
        f"{statistics.median(frames):.0f}",
        f"{max(frames):.0f}",
        str(sum(frame > SLOW_FRAME for frame in frames)),
    )


if __name__ == "__main__":
    main()
