"""The command line: arguments in, files and a console report out. No logic.

Imports stand in the functions that need them, so that `--version` and `validate` start at
once.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from breakthrough_extract import __version__
from breakthrough_extract.export import EXPORTERS

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Finding, Ledger
    from breakthrough_extract.model import Model
    from breakthrough_extract.pipeline import Extraction

CLEAN, FINDINGS, TROUBLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # if need be "\\u2013", but no crash
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        sys.stderr.close()  # or the interpreter complains of the same pipe at exit
        return TROUBLE
    except (ValueError, OSError, ImportError) as error:
        if not _is_ours(error):
            raise
        print(f"breakthrough-extract: {_plain(str(error))}", file=sys.stderr)
        return TROUBLE


def _is_ours(error: Exception) -> bool:
    """Whether the error is about the input and its message is meant for the user."""
    names = {
        "ReadError",
        "ModelError",
        "ProfileError",
        "WriteError",
        "ExportError",
        "MissingExtraError",
    }
    return type(error).__name__ in names


def _plain(text: str) -> str:
    """`text` on one line, without characters that a terminal obeys."""
    return "".join(char if char.isprintable() else " " for char in text)


def parser() -> argparse.ArgumentParser:
    """What the command understands; the reference is generated from it, too."""
    parser = argparse.ArgumentParser(
        prog="breakthrough-extract",
        description="Garbled staged improvement models to clean, typed, proven datasets.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="source files to models and ledgers")
    extract.add_argument("inputs", nargs="+", type=Path, help="files, or folders of files")
    extract.add_argument("-o", "--output", type=Path, required=True, help="folder for the results")
    extract.add_argument("--profile", default="breakthrough", help="name or path of a profile")
    extract.add_argument(
        "--draft", action="store_true", help="export, marked as a draft, in spite of errors"
    )
    extract.add_argument(
        "--witnesses", action="store_true", help="the inputs are renderings of one document"
    )
    extract.add_argument("--json", action="store_true", help="findings as JSON on stdout")
    extract.add_argument(
        "--to", **FORMAT, help=f"export to this format, too ({FORMATS}); may be repeated"
    )
    extract.set_defaults(run=_extract)

    validate = commands.add_parser("validate", help="check model files")
    validate.add_argument("files", nargs="+", type=Path)
    validate.add_argument("--json", action="store_true", help="findings as JSON on stdout")
    validate.set_defaults(run=_validate)

    export = commands.add_parser("export", help="a model to the formats of other tools")
    export.add_argument("file", type=Path, help="a model in any format that holds it whole")
    export.add_argument(
        "--to", **FORMAT, required=True, help=f"the format ({FORMATS}); may be repeated"
    )
    export.add_argument("-o", "--output", type=Path, help="folder; else that of the model")
    export.add_argument(
        "--ledger", type=Path, help="the model's ledger; else NAME.ledger.json beside it, if any"
    )
    export.set_defaults(run=_export)

    schema = commands.add_parser("schema", help="print the JSON Schema of the model")
    schema.add_argument("noun", nargs="?", choices=("model", "ledger"), default="model")
    schema.set_defaults(run=_schema)
    return parser


FORMATS = ", ".join(EXPORTERS)
FORMAT: dict[str, Any] = {"action": "append", "choices": tuple(EXPORTERS), "metavar": "FORMAT"}


def _extract(options: argparse.Namespace) -> int:
    from breakthrough_extract.files import documents_in, write_all
    from breakthrough_extract.profile import load_profile

    profile = load_profile(options.profile)
    paths = documents_in(options.inputs, apart=not options.witnesses)
    from breakthrough_extract.pipeline import extract, extract_witnesses

    if options.witnesses:
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
        _print_json({str(path): list(result.findings) for path, result in results.items()})
    else:
        for path, result in results.items():
            _show(path, result, list(outputs.get(path, {})))
    return CLEAN if all(result.clean for result in results.values()) else FINDINGS


def _outputs(
    path: Path, result: Extraction, options: argparse.Namespace
) -> dict[Path, str | bytes]:
    model = result.model if result.clean else result.model.model_copy(update={"draft": True})
    return {
        options.output / f"{path.stem}.json": model.to_json(),
        options.output / f"{path.stem}.ledger.json": result.ledger.to_json(),
        **_exported(model, result.ledger, options.to or (), options.output / path.stem),
    }


def _export(options: argparse.Namespace) -> int:
    from breakthrough_extract.companion import ledger_of
    from breakthrough_extract.files import write_all
    from breakthrough_extract.loading import load

    model = load(options.file)
    ledger = ledger_of(model, options.file, options.ledger)
    folder = options.file.parent if options.output is None else options.output
    files = _exported(model, ledger, options.to, folder / options.file.stem)
    write_all(files, keep=[options.file])
    print("Written: " + ", ".join(_plain(str(file)) for file in files))
    return CLEAN


def _exported(
    model: Model, ledger: Ledger | None, formats: Sequence[str], base: Path
) -> dict[Path, bytes]:
    """The files of those formats; their names begin with that of `base`."""
    from breakthrough_extract.export import export

    return {
        base.parent / name: data
        for to in formats
        for name, data in export(model, ledger, to, base.name).items()
    }


def _validate(options: argparse.Namespace) -> int:
    from breakthrough_extract.checks import validate
    from breakthrough_extract.loading import load

    models = {str(path): load(path) for path in options.files}
    report = {path: validate(model) for path, model in models.items()}
    if options.json:
        _print_json(report)
    else:
        for path, findings in report.items():
            _print_findings(findings, path)
            if not findings:
                print(_plain(f"{path}: valid, {_counts(models[path])}"))
    errors = any(finding.severity == "error" for found in report.values() for finding in found)
    return FINDINGS if errors else CLEAN


def _schema(options: argparse.Namespace) -> int:
    from breakthrough_extract.schema import schema_text

    sys.stdout.write(schema_text(options.noun))
    return CLEAN


def _print_json(report: dict[str, list[Finding]]) -> None:
    plain = {path: [f.model_dump(mode="json") for f in found] for path, found in report.items()}
    print(json.dumps(plain, indent=2, ensure_ascii=False))


def _print_findings(findings: Sequence[Finding], path: str) -> None:
    for finding in findings:
        where = f"{path}: {finding.path}" if finding.path else path
        line = f"{finding.severity}: {where}: {finding.message} [{finding.code}]"
        print(_plain(line), file=sys.stderr)


def _counts(model: Model) -> str:
    indicators = sum(len(cell.indicators) for theme in model.themes for cell in theme.stages)
    lists = [theme.breakthrough_points for theme in model.themes if theme.breakthrough_points]
    points = sum(len(entry.points) for entry in lists)
    return (
        f"{len(model.themes)} themes × {len(model.stages)} stages, "
        f"{indicators} indicators, {points} points"
    )


def _show(path: Path, result: Extraction, files: Sequence[Path]) -> None:
    """The matrix with counts and margins, the findings, where the files went."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    plain = not console.is_terminal
    model = result.model
    print(_plain(f"{model.title}: {_counts(model)}"))
    table = Table(box=None if plain else box.ROUNDED, pad_edge=not plain)
    table.add_column("Theme", no_wrap=plain)
    for _, name in _columns(result):
        table.add_column(escape(_plain(name)), justify="right", no_wrap=plain)
    margins = {d.id: d.margin for d in sorted(result.ledger.decisions, key=lambda d: d.margin)}
    for theme in model.themes:
        counts = {cell.stage: len(cell.indicators) for cell in theme.stages}
        if theme.breakthrough_points:
            counts[LIST] = len(theme.breakthrough_points.points)
        row = [
            f"{counts[slot]} ({margins.get(f'{theme.id}.{slot}', 0):.2f})"
            if slot in counts
            else "–"
            for slot, _ in _columns(result)
        ]
        table.add_row(escape(_plain(theme.name)), *row)
    if plain:
        console.width = PIPE_WIDTH  # whatever COLUMNS says: nothing is clipped
    console.print(table)
    print("Items in each cell; in brackets how much surer its theme is than the next best.")
    _print_findings(result.findings, str(path))
    if files:
        print("Written: " + ", ".join(_plain(str(file)) for file in files))
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
