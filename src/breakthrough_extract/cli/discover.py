"""discover: propose a profile for documents that none describes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from breakthrough_extract.cli.console import CLEAN, FINDINGS, plain

HELP = "propose a profile for documents that none describes"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "inputs", nargs="+", type=Path, help="the parts of one model: files, or folders of files"
    )


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.discover import NoModelError, discover
    from breakthrough_extract.files import documents_in
    from breakthrough_extract.readers import read

    documents = [read(path) for path in documents_in(options.inputs, apart=False)]
    try:
        found = discover(documents)
    except NoModelError as error:
        print(f"breakthrough-extract: {plain(str(error))}", file=sys.stderr)
        return FINDINGS
    sys.stdout.write(found.toml)
    return CLEAN
