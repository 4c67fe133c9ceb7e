"""The command line: arguments in, files and a console report out. No logic.

A command is a module here: HELP, `arguments` and `run`. Imports stand in the functions that
need them, so that `--version` and `validate` start at once.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from breakthrough_extract import __version__
from breakthrough_extract.cli import discover, extract, profiles, schema, validate
from breakthrough_extract.cli.console import TROUBLE, plain


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
        "discover": discover,
        "profiles": profiles,
        "validate": validate,
        "schema": schema,
    }
)

# Errors about the input, whose messages are meant for the user.
OURS = {"ReadError", "ModelError", "NoModelError", "ProfileError", "WriteError"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # if need be "\\u2013", but no crash
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        sys.stderr.close()  # or the interpreter complains of the same pipe at exit
        return TROUBLE
    except (ValueError, OSError) as error:
        if not _is_ours(error):
            raise
        print(f"breakthrough-extract: {plain(str(error))}", file=sys.stderr)
        return TROUBLE


def _is_ours(error: Exception) -> bool:
    return type(error).__name__ in OURS


def _parser() -> argparse.ArgumentParser:
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
