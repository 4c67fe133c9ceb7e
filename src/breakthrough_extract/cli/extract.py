"""extract: source files to models and ledgers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from breakthrough_extract.cli.console import (
    CLEAN,
    FINDINGS,
    counts,
    plain,
    print_findings,
    print_json,
)

if TYPE_CHECKING:
    from breakthrough_extract.pipeline import Extraction

HELP = "source files to models and ledgers"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs="+", type=Path, help="files, or folders of files")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the results")
    parser.add_argument(
        "--profile", help="name or path of a profile; without one it is chosen or discovered"
    )
    parser.add_argument(
        "--draft", action="store_true", help="export, marked as a draft, in spite of errors"
    )
    parser.add_argument(
        "--witnesses", action="store_true", help="the inputs are renderings of one document"
    )
    parser.add_argument(
        "--together", action="store_true", help="the inputs are the parts of one model"
    )
    parser.add_argument("--json", action="store_true", help="findings as JSON on stdout")


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.files import documents_in, write_all
    from breakthrough_extract.profile import load_profile

    profile = load_profile(options.profile) if options.profile else None
    paths = documents_in(options.inputs, apart=not (options.witnesses or options.together))
    from breakthrough_extract.pipeline import extract, extract_together, extract_witnesses

    if options.together:
        results = {paths[0]: extract_together(paths, profile)}
    elif options.witnesses:
        results = {paths[0]: extract_witnesses(paths, profile)}
    else:
        results = {path: extract(path, profile) for path in paths}
    outputs = {
        path: _outputs(path, result, options)
        for path, result in results.items()
        if result.clean or options.draft
    }
    texts = {file: text for files in outputs.values() for file, text in files.items()}
    write_all(texts, keep=paths)
    if options.json:
        print_json({str(path): list(result.findings) for path, result in results.items()})
    else:
        for path, result in results.items():
            _show(path, result, list(outputs.get(path, {})))
    return CLEAN if all(result.clean for result in results.values()) else FINDINGS


def _outputs(path: Path, result: Extraction, options: argparse.Namespace) -> dict[Path, str]:
    model = result.model if result.clean else result.model.model_copy(update={"draft": True})
    return {
        options.output / f"{path.stem}.json": model.to_json(),
        options.output / f"{path.stem}.ledger.json": result.ledger.to_json(),
    }


def _show(path: Path, result: Extraction, files: Sequence[Path]) -> None:
    """The matrix with counts and margins, the findings, where the files went."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    piped = not console.is_terminal
    model = result.model
    print(plain(f"{model.title}: {counts(model)}"))
    table = Table(box=None if piped else box.ROUNDED, pad_edge=not piped)
    table.add_column("Theme", no_wrap=piped)
    for _, name in _columns(result):
        table.add_column(escape(plain(name)), justify="right", no_wrap=piped)
    margins = {d.id: d.margin for d in sorted(result.ledger.decisions, key=lambda d: d.margin)}
    for theme in model.themes:
        sizes = {cell.stage: len(cell.indicators) for cell in theme.stages}
        if theme.breakthrough_points:
            sizes[LIST] = len(theme.breakthrough_points.points)
        row = [
            f"{sizes[slot]} ({margins.get(f'{theme.id}.{slot}', 0):.2f})" if slot in sizes else "–"
            for slot, _ in _columns(result)
        ]
        table.add_row(escape(plain(theme.name)), *row)
    if piped:
        console.width = PIPE_WIDTH  # whatever COLUMNS says: nothing is clipped
    console.print(table)
    print("Items in each cell; in brackets how much surer its theme is than the next best.")
    print_findings(result.findings, str(path))
    if files:
        print("Written: " + ", ".join(plain(str(file)) for file in files))
    else:
        print("Nothing written: errors were found. --draft exports all the same.")


LIST = "breakthrough_points"
PIPE_WIDTH = 1000  # characters, where there is no terminal to ask


def _columns(result: Extraction) -> list[tuple[str, str]]:
    """The slots of the matrix and their names: the stages, and the theme list if any."""
    columns = [(stage.id, stage.name) for stage in result.model.stages]
    if any(theme.breakthrough_points for theme in result.model.themes):
        columns.append((LIST, "Points"))
    return columns
