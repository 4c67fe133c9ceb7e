"""merge: what two people changed since a common version, in one model."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from breakthrough_extract.cli.console import CLEAN, FINDINGS
from breakthrough_extract.safe_text import terminal_safe

HELP = "merge two versions that come from one, item by item"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("base", type=Path, help="the model file that both come from")
    parser.add_argument("ours", type=Path, help="one version of it")
    parser.add_argument("theirs", type=Path, help="the other")
    parser.add_argument("-o", "--output", type=Path, help="a file for the result; may be OURS")


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.files import write_all
    from breakthrough_extract.loading import load
    from breakthrough_extract.versions.merge import merge

    merged = merge(*map(load, (options.base, options.ours, options.theirs)))
    if options.output:
        write_all({options.output: merged.to_json()})
    else:
        sys.stdout.write(merged.to_json())
    for conflict in merged.conflicts:
        print(terminal_safe(f"conflict: {conflict.what}"), file=sys.stderr)
    return FINDINGS if merged.conflicts else CLEAN
