"""Layouts that the readers were not written for: the dataset typeset anew and read back.

python -m bench.layouts [--write] [--keep FOLDER]

Chromium prints each page; poppler, where it is installed, makes text and HTML of the PDF as
other users' converters do.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from bench.matrix import cells_of, placed
from bench.tables import Table, write
from breakthrough_extract import ReadError, load
from breakthrough_extract.ledger import Severity
from breakthrough_extract.model import BreakthroughPoint, Cell, Indicator, Model, Theme
from breakthrough_extract.pipeline import extract
from tests.support.browsing import chromium

BASE = """
body { font: 9.5pt "DejaVu Sans", sans-serif; margin: 0 }
p { margin: 3pt 0 } h1, h2 { margin: 4pt 0 } .label, .head { font-weight: bold }
.item { margin: 1pt 0 1pt 10pt; text-indent: -10pt } .note { font-size: 7pt }
ol { margin: 0; padding-left: 16pt }
table { border-collapse: collapse; width: 100%; margin-bottom: 12pt }
td, th { border: .6pt solid #555; vertical-align: top; padding: 4pt; text-align: left }
"""
LIST_LABEL = "BREAKTHROUGH POINTS"
PAGE = Path("docs/layouts.md")
Item = Indicator | BreakthroughPoint


class Style(NamedTuple):
    """How lists are set."""

    bullet: str = "•"  # "" for none, "1." for numbers
    punctuated: bool = True  # items end in ";", the last but one in "; and", the last in "."


class Layout(NamedTuple):
    """One way to typeset a model."""

    about: str
    css: str
    body: Callable[[Model, Style], str]
    style: Style = Style()


# ------------------------------------------------------------------ parts of a page


def listed(items: Sequence[Item], style: Style) -> str:
    texts = [escape(text) for text in _punctuated([item.text for item in items], style)]
    if style.bullet == "1.":
        return f"<ol>{''.join(f'<li>{text}</li>' for text in texts)}</ol>"
    return "".join(f"<p class=item>{style.bullet} {text}</p>" for text in texts)


def _punctuated(texts: Sequence[str], style: Style) -> Iterator[str]:
    ends = [";"] * (len(texts) - 2) + ["; and", "."]
    for text, end in zip(texts, ends[-len(texts) :], strict=True):
        yield text + end if style.punctuated else text


def label(text: str) -> str:
    return f"<p class=label>{escape(text.upper())}</p>"


def heading(text: str | None) -> str:
    return f"<p class=head>{escape(text)}:</p>" if text else ""


def title(theme: Theme) -> str:
    complaint = f"<p class=complaint>‘{escape(theme.complaint)}’</p>" if theme.complaint else ""
    return f"<h2>{escape(theme.name)}</h2>{complaint}"


def inside(cell: Cell, style: Style) -> str:
    notes = "".join(f"<p class=note>{escape(note.text)}</p>" for note in cell.notes)
    return heading(cell.headline) + listed(cell.indicators, style) + notes


def points(theme: Theme, style: Style) -> str:
    found = theme.breakthrough_points
    return heading(found.headline) + listed(found.points, style) if found else ""


def labelled(theme: Theme, style: Style) -> list[str]:
    """The cells of a theme and its list, each under its label."""
    cells = [label(cell.name) + inside(cell, style) for cell in theme.stages]
    return [*cells, label(LIST_LABEL) + points(theme, style)]


def rows(theme: Theme, style: Style) -> list[tuple[str, str]]:
    """The same, the labels apart."""
    cells = [(cell.name.upper(), inside(cell, style)) for cell in theme.stages]
    return [*cells, (LIST_LABEL, points(theme, style))]


def divs(parts: Sequence[str], name: str = "") -> str:
    return "".join(f"<div class='{name}'>{part}</div>" for part in parts)


# ------------------------------------------------------------------ layouts


def flowing(model: Model, style: Style) -> str:
    return "".join(title(theme) + "".join(labelled(theme, style)) for theme in model.themes)


def list_first(model: Model, style: Style) -> str:
    out = ""
    for theme in model.themes:
        *cells, box = labelled(theme, style)
        out += f"{title(theme)}<div class=box>{box}</div>{''.join(cells)}"
    return out


def page_a_theme(model: Model, style: Style) -> str:
    out = ""
    for number, theme in enumerate(model.themes, 3):
        *cells, box = labelled(theme, style)
        out += (
            f"<section><p class=small>{escape(model.title.lower())}</p>{title(theme)}"
            f"<div class=grid>{divs(cells)}</div><div class=box>{box}</div>"
            f"<p class=small>{number}</p></section>"
        )
    return out


def boxes_beside(model: Model, style: Style) -> str:
    out = ""
    for theme in model.themes:
        boxes = "".join(
            f"<div class='box tone{n}'>{part}</div>"
            for n, part in enumerate(labelled(theme, style))
        )
        out += f"{title(theme)}<div class=grid>{boxes}</div>"
    return out


def two_themes_a_page(model: Model, style: Style) -> str:
    columns = [title(theme) + "".join(labelled(theme, style)) for theme in model.themes]
    return "".join(
        f"<div class=grid>{divs(columns[n : n + 2])}</div>" for n in range(0, len(columns), 2)
    )


def four_cells_each(model: Model, style: Style) -> str:
    columns = [
        f"{title(theme)}<div class=inner>{divs(labelled(theme, style))}</div>"
        for theme in model.themes
    ]
    return "".join(
        f"<div class=grid>{divs(columns[n : n + 2])}</div>" for n in range(0, len(columns), 2)
    )


def table_a_theme(model: Model, style: Style) -> str:
    out = ""
    for theme in model.themes:
        lines = "".join(
            f"<tr><td class=side><div>{escape(name)}</div></td><td>{text}</td></tr>"
            for name, text in rows(theme, style)
        )
        out += f"{title(theme)}<table>{lines}</table>"
    return out


def matrix_turned(model: Model, style: Style) -> str:
    heads = "".join(f"<th>{title(theme)}</th>" for theme in model.themes)
    columns = [rows(theme, style) for theme in model.themes]
    lines = "".join(
        f"<tr><th>{escape(line[0][0])}</th>{''.join(f'<td>{text}</td>' for _, text in line)}</tr>"
        for line in zip(*columns, strict=True)
    )
    return f"<h1>{escape(model.title.lower())}</h1><table><tr><th></th>{heads}</tr>{lines}</table>"


def matrix_descending(model: Model, style: Style) -> str:
    order = [2, 1, 0, 3]
    names = [name for name, _ in rows(model.themes[0], style)]
    head = "".join(f"<th>{escape(names[n])}</th>" for n in order)
    lines = ""
    for theme in model.themes:
        cells = rows(theme, style)
        lines += f"<tr><td>{title(theme)}</td>"
        lines += "".join(f"<td>{cells[n][1]}</td>" for n in order) + "</tr>"
    return f"<table><thead><tr><th></th>{head}</tr></thead>{lines}</table>"


def grid_of_rows(model: Model, style: Style) -> str:
    names = [name for name, _ in rows(model.themes[0], style)]
    out = f"<div class='row label'>{divs(['', *names])}</div>"
    for theme in model.themes:
        cells = [text for _, text in rows(theme, style)]
        out += f"<div class=row>{divs([title(theme), *cells])}</div>"
    return out


def grid_turned(model: Model, style: Style) -> str:
    out = f"<div class=row>{divs(['', *map(title, model.themes)])}</div>"
    columns = [rows(theme, style) for theme in model.themes]
    for line in zip(*columns, strict=True):
        texts = [text for _, text in line]
        out += f"<div class=row><div class=label>{escape(line[0][0])}</div>{divs(texts)}</div>"
    return out


def slides(model: Model, style: Style) -> str:
    out = ""
    for theme in model.themes:
        name = f"<p class=corner>{escape(theme.name)}</p>"
        out += f"<section>{title(theme)}</section>"
        out += "".join(f"<section>{name}{part}</section>" for part in labelled(theme, style))
    return out


A4 = "@page { size: A4; margin: 18mm }"
WIDE = "@page { size: A4 landscape; margin: 14mm }"
LARGE = "@page { size: A3 landscape; margin: 10mm }"
POSTER = "@page { size: A2 landscape; margin: 10mm }"
THREE = ".grid { display: grid; grid-template-columns: repeat(3, 1fr); gap: 14pt }"
TWO = ".grid { display: grid; grid-template-columns: 1fr 1fr; gap: 24pt; break-after: page }"
SECTION = "section { break-after: page } .small { font-size: 8pt } "
GREY = ".box { background: #ddeeff; padding: 6pt; margin-top: 8pt } "
TONES = ".tone0 { background: #fde } .tone1 { background: #dfe } .tone2 { background: #def } "

LAYOUTS = {
    "turned": Layout("ruled matrix, themes as columns", POSTER, matrix_turned),
    "descending": Layout(
        "ruled matrix, the highest stage first, over pages",
        LARGE + "body { font-size: 8pt } thead { display: table-header-group }",
        matrix_descending,
    ),
    "columns": Layout(
        "three columns, a box over the width below; dashes, spaced labels",
        WIDE + THREE + SECTION + GREY + ".label { letter-spacing: 3pt }",
        page_a_theme,
        Style("–"),
    ),
    "boxes": Layout(
        "coloured boxes side by side, going on over the page",
        WIDE
        + ".grid { display: grid; grid-template-columns: 1fr 1fr 1fr 45mm; gap: 8pt;"
        + " break-after: page } .box { padding: 5pt } .label { font-size: 12pt } "
        + TONES
        + ".tone3 { background: #ffd } h2 { font-size: 20pt }",
        boxes_beside,
    ),
    "pairs": Layout(
        "two themes side by side; no list punctuation",
        LARGE + TWO,
        two_themes_a_page,
        Style("▪", punctuated=False),
    ),
    "fours": Layout(
        "two themes side by side, each 2 × 2 without boxes; o as bullet",
        LARGE
        + TWO
        + ".inner { display: grid; grid-template-columns: 1fr 1fr; gap: 10pt }"
        + "body { font-size: 8pt }",
        four_cells_each,
        Style("o"),
    ),
    "rows": Layout(
        "a ruled table a theme, its rows going on over the page",
        A4 + ".side { width: 30mm; background: #eee; font-weight: bold }",
        table_a_theme,
    ),
    "sideways": Layout(
        "the same, labels set sideways",
        A4
        + ".side { width: 10mm; background: #eee; font-weight: bold } tr { break-inside: avoid }"
        + ".side div { writing-mode: vertical-rl; transform: rotate(180deg) }",
        table_a_theme,
    ),
    "grid": Layout(
        "rows of columns without rules",
        LARGE
        + ".row { display: grid; grid-template-columns: 42mm repeat(4, 1fr); gap: 10pt;"
        + " margin-bottom: 14pt } h2 { font-size: 11pt }",
        grid_of_rows,
    ),
    "grid-turned": Layout(
        "the same, themes as columns",
        LARGE
        + ".row { display: grid; grid-template-columns: 30mm repeat(6, minmax(0, 1fr));"
        + " gap: 12pt; margin-bottom: 10pt } body { font-size: 7pt } h2 { font-size: 9pt }",
        grid_turned,
    ),
    "justified": Layout(
        "three flowing columns, justified",
        A4 + "body { columns: 3; column-gap: 14pt; font-size: 8.5pt; text-align: justify }",
        flowing,
    ),
    "list-first": Layout(
        "two flowing columns, the list in a grey box first",
        A4 + "body { columns: 2; column-gap: 18pt; font-size: 9pt }" + GREY,
        list_first,
    ),
    "slides": Layout(
        "a cell a slide, the theme in the corner",
        "@page { size: 254mm 143mm; margin: 8mm }"
        + SECTION
        + ".corner { text-align: right; font-size: 8pt } .label { font-size: 18pt }",
        slides,
    ),
    "numbered": Layout("one column, numbered lists", A4, flowing, Style("1.")),
    "bare": Layout("one column, items without any mark", A4, flowing, Style("")),
}

HEAD = ("Layout", "What it is", "Way in", "cells", "items found", "exact", "errors")
Converter = Callable[[Path], Path]


def page_of(layout: Layout, model: Model) -> str:
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(model.title)}</title>"
        f"<style>{BASE}{layout.css}</style><body>{layout.body(model, layout.style)}</body></html>"
    )


def typeset(folder: Path, model: Model) -> Iterator[tuple[str, Path]]:
    """Each layout's name and PDF."""
    with chromium() as browser:
        for name, layout in LAYOUTS.items():
            page = browser.new_page()
            page.set_content(page_of(layout, model))
            file = folder / f"{name}.pdf"
            page.pdf(path=file, prefer_css_page_size=True)
            page.close()
            yield name, file


def itself(pdf: Path) -> Path:
    return pdf


def to_layout_text(pdf: Path) -> Path:
    out = pdf.with_suffix(".txt")
    subprocess.run(["pdftotext", "-layout", pdf, out], check=True)
    return out


def to_html(pdf: Path) -> Path:
    out = pdf.with_suffix(".html")
    options = ["-s", "-noframes", "-i", "-q"]
    subprocess.run(["pdftohtml", *options, pdf, out], check=True, stdout=subprocess.DEVNULL)
    return out


def ways() -> dict[str, Converter]:
    found: dict[str, Converter] = {"PDF, direct": itself}
    if shutil.which("pdftotext") and shutil.which("pdftohtml"):
        found |= {"pdftohtml -s": to_html, "pdftotext -layout": to_layout_text}
    return found


def layouts(folder: Path) -> Table:
    model = load("output/breakthrough.json")
    truth = cells_of(model)
    lines: list[tuple[str, ...]] = []
    for name, pdf in typeset(folder, model):
        for way, convert in ways().items():
            try:
                result = extract(convert(pdf))
            except ReadError:
                lines.append((name, LAYOUTS[name].about, way, "–", "–", "–", "refused"))
                continue
            errors = sum(finding.severity == Severity.ERROR for finding in result.findings)
            scores = placed(truth, cells_of(result.model))
            lines.append((name, LAYOUTS[name].about, way, *scores, str(errors)))
    title = f"The dataset in {len(LAYOUTS)} more layouts"
    note = "Columns as in the README's table; what errors stop is counted all the same."
    return Table(title, HEAD, lines, left=3, notes=(note,))


def main() -> None:
    parser = argparse.ArgumentParser(description="Quality on layouts typeset anew.")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE}, too")
    parser.add_argument("--keep", type=Path, help="a folder for the pages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        table = layouts(folder)
    print(table.plain())
    if options.write:
        write("layouts", [table], PAGE)


if __name__ == "__main__":
    main()
