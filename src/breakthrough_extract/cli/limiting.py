"""The option --limit, which all commands that read documents have."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from functools import reduce

from breakthrough_extract.cli.console import TROUBLE, complain
from breakthrough_extract.limits import USUAL, Limits, with_limit


def add_limits(parser: argparse.ArgumentParser) -> None:
    usual = ", ".join(f"{limit.name}={getattr(USUAL, limit.name)}" for limit in fields(USUAL))
    parser.add_argument(
        "--limit",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"raise or lower a limit: {usual}; may be given again",
    )


def chosen_limits(options: argparse.Namespace) -> Limits:
    """The limits as the options set them; a setting that is wrong ends the command."""
    try:
        return reduce(with_limit, options.limit, USUAL)
    except ValueError as error:
        complain(f"--limit {error}")
        sys.exit(TROUBLE)
