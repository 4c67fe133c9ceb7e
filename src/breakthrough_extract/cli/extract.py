"""extract: source files to models and ledgers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from breakthrough_extract.cli.console import (
    CLEAN,
    FINDINGS,
    counts,
    print_findings,
    print_json,
    working,
)
from breakthrough_extract.cli.export import FORMAT, FORMATS, exported
from breakthrough_extract.cli.limiting import add_limits, chosen_limits
from breakthrough_extract.safe_text import terminal_safe

if TYPE_CHECKING:
    from breakthrough_extract.corrections import Correction
    from breakthrough_extract.model import Model
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
    parser.add_argument(
        "--baseline", help="the version before, whose ids go on: a model file, or REV:path"
    )
    parser.add_argument(
        "--max-risk",
        type=_share,
        default=1.0,
        metavar="SHARE",
        help="leave open what is wrong with a greater probability, 0 to 1; 1 takes all",
    )
    parser.add_argument(
        "--to", **FORMAT, help=f"export to this format, too ({FORMATS}); may be repeated"
    )
    parser.add_argument(
        "--corrections", type=Path, metavar="FILE", help="decisions by hand to carry out"
    )
    parser.add_argument(
        "--report", action="store_true", help="also NAME.html, the page that shows it all"
    )
    parser.add_argument("--json", action="store_true", help="findings as JSON on stdout")
    add_limits(parser)


def _share(text: str) -> float:
    """A number from 0 to 1."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is no number from 0 to 1")
    return share


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.files import documents_in, write_all
    from breakthrough_extract.profile import load_profile
    from breakthrough_extract.revisions import open_baseline

    limits = chosen_limits(options)
    profile = load_profile(options.profile) if options.profile else None
    is_one = options.witnesses or options.together
    paths = documents_in(options.inputs, apart=not is_one)
    documents = [paths] if is_one else [[path] for path in paths]
    baseline = None
    if options.baseline:
        baseline = open_baseline(options.baseline, len(documents), options.profile)
    by_hand = _by_hand(options.corrections, paths) if options.corrections else ()
    from breakthrough_extract.pipeline import extract_witnesses

    results: dict[Path, Extraction] = {}
    with working("reading the sources") as doing:
        for number, group in enumerate(documents, 1):
            doing(f"extracting {group[0].name} ({number} of {len(documents)})")
            options.announce(str(group[0]), limits.seconds)
            results[group[0]] = extract_witnesses(
                group,
                profile,
                baseline=baseline,
                limits=limits,
                max_risk=options.max_risk,
                corrections=by_hand,
                together=options.together,
            )
        options.announce("", 0)
        doing("writing")
        outputs = {
            group[0]: _outputs(group[0], results[group[0]], options, group)
            for group in documents
            if results[group[0]].clean or options.draft
        }
    texts = {file: text for files in outputs.values() for file, text in files.items()}
    write_all(texts, keep=paths)
    if options.json:
        print_json({str(path): list(result.findings) for path, result in results.items()})
    else:
        for path, result in results.items():
            _show(path, result, list(outputs.get(path, {})))
    return CLEAN if all(result.clean for result in results.values()) else FINDINGS


def _by_hand(file: Path, paths: Sequence[Path]) -> tuple[Correction, ...]:
    """The corrections in that file; those of a source that is not read are warned of."""
    from breakthrough_extract.corrections import load_corrections

    corrections = load_corrections(file).corrections
    for name in sorted({c.source for c in corrections} - {path.name for path in paths}):
        print(terminal_safe(f"warning: {file}: {name} is not among the inputs"), file=sys.stderr)
    return corrections


def _outputs(
    path: Path, result: Extraction, options: argparse.Namespace, sources: Sequence[Path]
) -> dict[Path, str | bytes]:
    model = result.model if result.clean else result.model.model_copy(update={"draft": True})
    page = {}
    if options.report:
        page[options.output / f"{path.stem}.html"] = _page(model, result, sources)
    return {
        options.output / f"{path.stem}.json": model.to_json(),
        options.output / f"{path.stem}.ledger.json": result.ledger.to_json(),
        **exported(model, result.ledger, options.to or (), options.output / path.stem),
        **page,
    }


def _page(model: Model, result: Extraction, sources: Sequence[Path]) -> str:
    from breakthrough_extract.originals import page_pictures
    from breakthrough_extract.report import render

    pictures = page_pictures({path.name: path.read_bytes() for path in sources})
    texts = {source.sha256: source for source in result.sources}
    return render(model, result.ledger, texts, pictures)


def _show(path: Path, result: Extraction, files: Sequence[Path]) -> None:
    """The matrix with counts and margins, the findings, where the files went."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    piped = not console.is_terminal
    model = result.model
    print(terminal_safe(f"{model.title}: {counts(model)}"))
    table = Table(box=None if piped else box.ROUNDED, pad_edge=not piped)
    table.add_column("Theme", no_wrap=piped)
    for _, name in _columns(result):
        table.add_column(escape(terminal_safe(name)), justify="right", no_wrap=piped)
    margins = {d.id: d.margin for d in sorted(result.ledger.decisions, key=lambda d: d.margin)}
    for theme in model.themes:
        sizes = {cell.stage: len(cell.indicators) for cell in theme.stages}
        if theme.breakthrough_points:
            sizes[LIST] = len(theme.breakthrough_points.points)
        row = [
            f"{sizes[slot]} ({margins.get(f'{theme.id}.{slot}', 0):.2f})" if slot in sizes else "–"
            for slot, _ in _columns(result)
        ]
        table.add_row(escape(terminal_safe(theme.name)), *row)
    if piped:
        console.width = PIPE_WIDTH  # whatever COLUMNS says: nothing is clipped
    console.print(table)
    print("Items in each cell; in brackets how much surer its theme is than the next best.")
    print_findings(result.findings, str(path))
    if files:
        print("Written: " + ", ".join(terminal_safe(str(file)) for file in files))
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
