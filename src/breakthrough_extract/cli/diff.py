"""diff: what changed between two versions. The exit status is that of diff(1)."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from breakthrough_extract.safe_text import terminal_safe

if TYPE_CHECKING:
    from breakthrough_extract.versions.changes import Changes

HELP = "what changed between two versions of a model"
SAME, DIFFERENT = 0, 1


def arguments(parser: argparse.ArgumentParser) -> None:
    from breakthrough_extract.versions.formats import FORMATS

    parser.add_argument("old", help="a model file, a document, or REV:path of a git repository")
    parser.add_argument("new", help="likewise")
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0])
    parser.add_argument("-o", "--output", type=Path, help="a file for the result")
    parser.add_argument(
        "--ignore", choices=("typography",), help="leave out what is of typography alone"
    )
    parser.add_argument(
        "--fail-on",
        choices=("breaking", "compatible", "editorial"),
        help="end with status 1 only if a change is as severe as that, or more",
    )
    parser.add_argument(
        "--version-now", metavar="X.Y.Z", help="the dataset's version; the next one is proposed"
    )
    parser.add_argument(
        "--profile", help="name or path of a profile, for documents; without one it is found"
    )


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.files import write_all
    from breakthrough_extract.revisions import open_version
    from breakthrough_extract.versions.diff import diff, without_typography
    from breakthrough_extract.versions.formats import render
    from breakthrough_extract.versions.severity import next_version

    old = open_version(options.old, options.profile)
    new = open_version(options.new, options.profile)
    changes = diff(old, new, (options.old, options.new))
    if options.ignore:
        changes = without_typography(changes)
    proposed = next_version(options.version_now, changes.bump) if options.version_now else ""
    colour = not options.output and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if colour else 0
    text = render(options.format, old, new, changes, colour, width)
    if options.output:
        write_all({options.output: text}, keep=[Path(options.old), Path(options.new)])
    else:
        sys.stdout.write(text)
    if proposed:
        print(terminal_safe(f"Next version: {proposed}"), file=sys.stderr)
    return _status(changes, options.fail_on)


def _status(changes: Changes, fail_on: str | None) -> int:
    from breakthrough_extract.versions.severity import at_least

    return DIFFERENT if at_least(changes, fail_on or "editorial") else SAME
