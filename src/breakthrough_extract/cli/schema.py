"""schema: print the JSON Schema of a published noun."""

from __future__ import annotations

import argparse
import sys

from breakthrough_extract.cli.console import CLEAN

HELP = "print the JSON Schema of the model, its ledger, a diff or a profile"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "noun", nargs="?", choices=("model", "ledger", "changes", "profile"), default="model"
    )


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.schema import schema_text

    sys.stdout.write(schema_text(options.noun))
    return CLEAN
