"""Scans: what each recogniser makes of pictures of the typeset documents.

python -m bench.ocr [LAYOUT …]

The extra is measured against Tesseract by way of ocrmypdf, which needs the program tesseract
and `make bench-tools`; without them it is left out, and that is said. (Not tried further:
rapidocr-onnxruntime 1.4, which runs English words together.)
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image
from rapidfuzz.distance import Levenshtein

from bench.matrix import SHARED, Cell, _truth, cells_of, placed
from bench.tables import Table
from breakthrough_extract.pipeline import extract

DPI, SLOPE, NOISE = 200, 1.0, 8.0  # of the scans; degrees; the spread of shades, of 255
TYPESET = ("a", "b")  # dense ruled pages; two columns, words broken at line ends
OCRMYPDF = Path(".venv-bench/bin/ocrmypdf")
HEAD = (
    "Layout",
    "Recogniser",
    "pages",
    "cells",
    "items found",
    "exact",
    "characters",
    "CPU s a page",
)

LEGEND = (
    "characters: share of the items' characters that are right, by edit distance, each item "
    "compared with the likest one of its cell. CPU s a page: of processor time, one thread."
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Quality and time on scans.")
    parser.add_argument("layouts", nargs="*", default=TYPESET, help="names in shared/converted")
    options = parser.parse_args()
    print(scans(options.layouts).plain())


def scans(layouts: tuple[str, ...]) -> Table:
    title = f"Scans at {DPI} dpi, {SLOPE:g} degree of skew, grey, with noise"
    notes = [LEGEND]
    ways: dict[str, Callable[[Path], Path]] = {"RapidOCR (the extra ocr)": lambda scan: scan}
    if OCRMYPDF.exists() and shutil.which("tesseract"):
        ways["Tesseract by ocrmypdf"] = _by_ocrmypdf
    else:
        notes.append("Tesseract left out: install tesseract, then make bench-tools")
    truth = _truth()
    rows: list[tuple[str, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        for layout in layouts:
            scan = Path(folder) / f"{layout}.pdf"
            pages = make_scan(SHARED / "converted" / f"{layout}.pdf", scan)
            for way, prepared in ways.items():
                began = _processor()
                model = extract(prepared(scan)).model
                seconds = (_processor() - began) / pages
                cells = cells_of(model)
                scores = (*placed(truth, cells), f"{accuracy(truth, cells):.2%}")
                rows.append((layout, way, str(pages), *scores, f"{seconds:.1f}"))
    return Table(title, HEAD, rows, left=2, notes=notes)


def _processor() -> float:
    """Seconds of processor time that this process and its finished children have used."""
    return sum(os.times()[:4])


def make_scan(source: Path, target: Path) -> int:
    """Write pictures of the pages of `source` as a PDF; how many there are."""
    pictures = [
        _scanned(page.render(scale=DPI / 72, grayscale=True).to_numpy(), number)
        for number, page in enumerate(pypdfium2.PdfDocument(source))
    ]
    pictures[0].save(target, resolution=DPI, save_all=True, append_images=pictures[1:])
    return len(pictures)


def _scanned(shades: np.ndarray, seed: int) -> Image.Image:
    page = Image.fromarray(shades.reshape(shades.shape[:2]))
    turned = np.asarray(page.rotate(SLOPE, Image.Resampling.BICUBIC, fillcolor=255), np.float32)
    noise = np.random.default_rng(seed).normal(0, NOISE, turned.shape)
    return Image.fromarray(np.clip(turned + noise, 0, 255).astype(np.uint8))


def _by_ocrmypdf(scan: Path) -> Path:
    target = scan.with_suffix(".tesseract.pdf")
    words = [OCRMYPDF, "--deskew", "--jobs", "1", "--output-type", "pdf", "--quiet", scan, target]
    limits = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    subprocess.run([str(word) for word in words], check=True, env=limits)
    return target


def accuracy(truth: Mapping[Cell, list[str]], cells: Mapping[Cell, list[str]]) -> float:
    """The share of the true items' characters that stand in the likest item of the cell."""
    wrong = total = 0
    for cell, texts in truth.items():
        for text in texts:
            got = cells.get(cell) or [""]
            wrong += min(len(text), *(Levenshtein.distance(text, other) for other in got))
            total += len(text)
    return 1 - wrong / total


if __name__ == "__main__":
    main()
