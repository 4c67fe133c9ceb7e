"""The command line: arguments in, files and a console report out. No logic.

A command is a module here: HELP, `arguments` and `run`. Imports stand in the functions that
need them, so that `--version` and `validate` start at once.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from breakthrough_extract import __version__
from breakthrough_extract.cli import (
    batch,
    changelog,
    diff,
    discover,
    export,
    extract,
    merge,
    profiles,
    report,
    review,
    schema,
    textconv,
    validate,
)
from breakthrough_extract.cli.console import INTERRUPTED, TROUBLE, complain


class Command(Protocol):
    """What a module of this package must have to be a command."""

    HELP: str

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Carry it out; returns the exit status."""


# In the order of --help.
COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "extract": extract,
        "batch": batch,
        "discover": discover,
        "profiles": profiles,
        "report": report,
        "review": review,
        "validate": validate,
        "export": export,
        "diff": diff,
        "changelog": changelog,
        "merge": merge,
        "textconv": textconv,
        "schema": schema,
    }
)

# Errors about the input, whose messages are meant for the user.
OURS = {
    "CorpusError",
    "CorrectionsError",
    "ExportError",
    "MissingExtraError",
    "ModelError",
    "NoModelError",
    "ProfileError",
    "ReadError",
    "ReviewError",
    "VersionError",
    "WriteError",
}


# Told of each document, and the seconds that it may take, before work on it begins; of "" when
# all is read.
Announce = Callable[[str, int], None]


def nobody(_document: str, _seconds: int) -> None:
    """Nobody waits to be told."""


def main(arguments: Sequence[str] | None = None, announce: Announce = nobody) -> int:
    """Run the command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # if need be "\\u2013", but no crash
    options = parser().parse_args(arguments)
    options.announce = announce
    try:
        return int(options.run(options))
    except BrokenPipeError:
        sys.stderr.close()  # or the interpreter complains of the same pipe at exit
        return TROUBLE
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except (ValueError, OSError, ImportError) as error:
        if not _is_ours(error):
            raise
        complain(str(error))
        return TROUBLE


def _is_ours(error: Exception) -> bool:
    return any(kind.__name__ in OURS for kind in type(error).__mro__)


def parser() -> argparse.ArgumentParser:
    """What the command understands; the reference is generated from it, too."""
    parser = argparse.ArgumentParser(
        prog="breakthrough-extract",
        description="Garbled staged improvement models to clean, typed, proven datasets.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        own = commands.add_parser(name, help=command.HELP)
        command.arguments(own)
        own.set_defaults(run=command.run)
    return parser
