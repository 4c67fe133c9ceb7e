"""export: a model to the formats of other tools."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from breakthrough_extract.cli.console import CLEAN
from breakthrough_extract.export import EXPORTERS
from breakthrough_extract.safe_text import terminal_safe

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger
    from breakthrough_extract.model import Model

HELP = "a model to the formats of other tools"
FORMATS = ", ".join(EXPORTERS)
FORMAT: dict[str, Any] = {"action": "append", "choices": tuple(EXPORTERS), "metavar": "FORMAT"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a model in any format that holds it whole")
    parser.add_argument(
        "--to", **FORMAT, required=True, help=f"the format ({FORMATS}); may be repeated"
    )
    parser.add_argument("-o", "--output", type=Path, help="folder; else that of the model")
    parser.add_argument(
        "--ledger", type=Path, help="the model's ledger; else NAME.ledger.json beside it, if any"
    )


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.companion import ledger_of
    from breakthrough_extract.files import write_all
    from breakthrough_extract.loading import load

    model = load(options.file)
    ledger = ledger_of(model, options.file, options.ledger)
    folder = options.file.parent if options.output is None else options.output
    files = exported(model, ledger, options.to, folder / options.file.stem)
    write_all(files, keep=[options.file])
    print("Written: " + ", ".join(terminal_safe(str(file)) for file in files))
    return CLEAN


def exported(
    model: Model, ledger: Ledger | None, formats: Sequence[str], base: Path
) -> dict[Path, bytes]:
    """The files of those formats; their names begin with that of `base`."""
    from breakthrough_extract.export import export

    return {
        base.parent / name: data
        for to in formats
        for name, data in export(model, ledger, to, base.name).items()
    }
