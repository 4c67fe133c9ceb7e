"""textconv: a model as lines that `git diff` can compare."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from breakthrough_extract.cli.console import CLEAN

HELP = "print a model as plain lines, for git diff"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.loading import load
    from breakthrough_extract.versions.outline import outline_text

    sys.stdout.write(outline_text(load(options.file)))
    return CLEAN
