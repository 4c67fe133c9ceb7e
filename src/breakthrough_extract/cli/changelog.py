"""changelog: the history of each item over several versions, in Markdown."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from breakthrough_extract.cli.console import CLEAN

HELP = "the history of each item over several versions"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "versions",
        nargs="+",
        metavar="VERSION",
        help="two or more, oldest first: model files, documents, or REV:path of a git repository",
    )
    parser.add_argument("-o", "--output", type=Path, help="a file for the result")
    parser.add_argument(
        "--profile", help="name or path of a profile, for documents; without one it is found"
    )


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.files import write_all
    from breakthrough_extract.revisions import open_versions
    from breakthrough_extract.versions.changelog import changelog

    text = changelog(open_versions(options.versions, options.profile))
    if options.output:
        write_all({options.output: text}, keep=map(Path, options.versions))
    else:
        sys.stdout.write(text)
    return CLEAN
