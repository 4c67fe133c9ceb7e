"""batch: many documents to one data set, and single models out of it."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from breakthrough_extract.cli.console import CLEAN, INTERRUPTED
from breakthrough_extract.cli.progress import shown_on
from breakthrough_extract.safe_text import terminal_safe

if TYPE_CHECKING:
    from breakthrough_extract.corpus.run import Options, Tally

HELP = "many documents to a Parquet data set; `batch export` unpacks models"
EXPORT = "export"
MEGABYTE = 1_000_000
LEAST_MEMORY = 250  # megabytes


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "input",
        metavar="INPUT",
        help="folder, glob, list of paths, or Parquet (path or URL); or the word `export`",
    )
    parser.add_argument(
        "results", metavar="RESULTS", nargs="?", help="after `export`: the folder of a batch"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the results")
    run = parser.add_argument_group("batch")
    run.add_argument("--text-column", metavar="NAME", help="INPUT is Parquet; its column of texts")
    run.add_argument("--id-column", metavar="NAME", help="its column of ids; else file:row")
    run.add_argument(
        "--profile",
        action="append",
        metavar="NAME",
        help="name or path of a profile; may be repeated; default: all shipped that labels give",
    )
    run.add_argument("--workers", type=_positive, help="processes; default: one a core")
    run.add_argument(
        "--seconds", type=_seconds, default=60.0, help="a document may take (%(default)g)"
    )
    run.add_argument("--memory", type=_megabytes, default=2000, help="MB likewise (%(default)s)")
    run.add_argument("--cache", type=Path, help="folder of earlier results; default: OUTPUT/cache")
    run.add_argument("--quiet", action="store_true", help="no progress, no summary")
    run.add_argument("--json", action="store_true", help="the summary as JSON on stdout")
    export = parser.add_argument_group("batch export")
    export.add_argument("--id", action="append", help="of one document; may be repeated")
    export.add_argument("--draft", action="store_true", help="models with errors, too")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError("more than 0")
    return value


def _megabytes(text: str) -> int:
    value = int(text)
    if value < LEAST_MEMORY:
        raise argparse.ArgumentTypeError(
            f"at least {LEAST_MEMORY}; libraries are loaded in it, too"
        )
    return value


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.corpus.errors import CorpusError, require_extra

    require_extra()
    if options.input == EXPORT and options.results:
        return _export(options)
    if options.results:
        raise CorpusError(f"{options.results}: one INPUT at a time; a list file may name more")
    return _batch(options)


def _export(options: argparse.Namespace) -> int:
    from breakthrough_extract.corpus.unpack import unpack

    ids = tuple(options.id or ())
    paths = unpack(Path(options.results), options.output, ids, options.draft)
    if not options.quiet:
        print(terminal_safe(f"{len(paths)} models in {options.output}"))
    return CLEAN


def _batch(options: argparse.Namespace) -> int:
    start = time.perf_counter()
    try:
        from breakthrough_extract.corpus.run import run as run_corpus

        with shown_on(sys.stderr, options.quiet) as notice:
            tally = run_corpus(options.input, options.output, _options(options), notice)
    except KeyboardInterrupt:
        _leave(terminal_safe(f"interrupted; the same command goes on from here ({options.output})"))
    seconds = time.perf_counter() - start
    if options.json:
        print(json.dumps({**tally.as_json(), "seconds": round(seconds, 3)}, indent=2))
    elif not options.quiet:
        _print_summary(tally, seconds)
    return CLEAN


def _leave(message: str) -> NoReturn:
    """End at once: threads of the engine, which reads URLs, would abort an interpreter that
    shuts down."""
    print(message, file=sys.stderr, flush=True)
    sys.stdout.flush()
    os._exit(INTERRUPTED)


def _options(options: argparse.Namespace) -> Options:
    from breakthrough_extract.corpus.errors import CorpusError
    from breakthrough_extract.corpus.inputs import Columns
    from breakthrough_extract.corpus.run import Options
    from breakthrough_extract.profile import load_profile, shipped_profiles

    if options.id_column and not options.text_column:
        raise CorpusError("--id-column goes with --text-column, the column of the texts")
    columns = Columns(options.text_column, options.id_column) if options.text_column else None
    by_labels = (name for name in shipped_profiles() if not load_profile(name).layout)
    return Options(
        profiles=tuple(options.profile or by_labels),
        columns=columns,
        seconds=options.seconds,
        memory=options.memory * MEGABYTE,
        workers=options.workers,
        cache=options.cache,
    )


def _print_summary(tally: Tally, seconds: float) -> None:
    print(
        f"{tally.documents} documents, {tally.bytes / MEGABYTE:.1f} MB, "
        f"{tally.indicators} indicators; {seconds:.1f} s"
    )
    for kind, counts in (("", tally.statuses), ("profile ", tally.profiles)):
        for name, count in sorted(counts.items()):
            print(terminal_safe(f"  {kind}{name}: {count}"))
