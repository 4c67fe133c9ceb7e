"""discover: propose a profile for documents that none describes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from breakthrough_extract.cli.console import CLEAN, FINDINGS, complain, working
from breakthrough_extract.cli.limiting import add_limits, chosen_limits

HELP = "propose a profile for documents that none describes"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "inputs", nargs="+", type=Path, help="the parts of one model: files, or folders of files"
    )
    add_limits(parser)


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.discover import NoModelError, discover
    from breakthrough_extract.files import documents_in
    from breakthrough_extract.readers import read

    limits = chosen_limits(options)
    documents = []
    with working("reading the sources"):
        for path in documents_in(options.inputs, apart=False):
            options.announce(str(path), limits.seconds)
            documents.append(read(path, limits))
        try:
            found = discover(documents)
        except NoModelError as error:
            complain(str(error))
            return FINDINGS
        finally:
            options.announce("", 0)
    sys.stdout.write(found.toml)
    return CLEAN
