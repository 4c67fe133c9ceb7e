"""report: one page where source and result stand side by side."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from breakthrough_extract.cli.console import CLEAN, working
from breakthrough_extract.safe_text import terminal_safe

if TYPE_CHECKING:
    from breakthrough_extract.model import Model
    from breakthrough_extract.versions.changes import Changes

HELP = "one HTML page where source and result stand side by side"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="a model file, its ledger beside it")
    parser.add_argument("-o", "--output", type=Path, help="default: MODEL with the suffix .html")
    parser.add_argument("--ledger", type=Path, help="default: NAME.ledger.json beside the model")
    parser.add_argument(
        "--source",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="what was extracted, if it is neither beside the model nor in raw/; may be repeated",
    )
    parser.add_argument(
        "--compare", metavar="OLD", help="an earlier version: a model file, or REV:path"
    )


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.files import write_all
    from breakthrough_extract.ledger import load_ledger
    from breakthrough_extract.loading import load
    from breakthrough_extract.originals import find_originals, page_pictures, read_originals
    from breakthrough_extract.report import render

    path: Path = options.model
    model = load(path)
    ledger = load_ledger(options.ledger or path.with_suffix(".ledger.json"))
    originals = find_originals(ledger, path, options.source)
    with working("reading the sources") as doing:
        sources = read_originals(originals)
        doing("making pictures of the pages")
        pictures = page_pictures(originals)
        changes = None
        if options.compare:
            doing("comparing")
            changes = _changes(options.compare, path, model)
        doing("writing the page")
        page = render(model, ledger, sources, pictures, changes)
    output = options.output or path.with_suffix(".html")
    write_all({output: page}, keep=[path, *options.source])
    absent = [record.name for record in ledger.sources if record.name not in originals]
    print(terminal_safe(f"Written: {output}"))
    for name in absent:
        print(
            terminal_safe(
                f"{name} is not at hand: only its quotes are shown; --source FILE gives it"
            )
        )
    return CLEAN


def _changes(old: str, path: Path, model: Model) -> Changes:
    from breakthrough_extract.revisions import open_version
    from breakthrough_extract.versions.diff import diff

    return diff(open_version(old), model, (old, str(path)))
