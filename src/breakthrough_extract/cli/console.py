"""What all commands print with, and the statuses they end with."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from breakthrough_extract.safe_text import json_safe, terminal_safe

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Finding
    from breakthrough_extract.model import Model

CLEAN, FINDINGS, TROUBLE = 0, 1, 2
INTERRUPTED = 130  # what a shell says of a command that Ctrl-C ended


def complain(message: str) -> None:
    """Say on the standard error why there is no result."""
    print(f"breakthrough-extract: {terminal_safe(message)}", file=sys.stderr)


def print_json(report: Mapping[str, Sequence[Finding]]) -> None:
    values = {path: [f.model_dump(mode="json") for f in found] for path, found in report.items()}
    print(json_safe(json.dumps(values, indent=2, ensure_ascii=False)))


def print_findings(findings: Sequence[Finding], path: str) -> None:
    for finding in findings:
        where = f"{path}: {finding.path}" if finding.path else path
        line = f"{finding.severity}: {where}: {finding.message} [{finding.code}]"
        print(terminal_safe(line), file=sys.stderr)


def counts(model: Model) -> str:
    """The size of a model in words."""
    indicators = sum(len(cell.indicators) for theme in model.themes for cell in theme.stages)
    lists = [theme.breakthrough_points for theme in model.themes if theme.breakthrough_points]
    points = sum(len(entry.points) for entry in lists)
    return (
        f"{len(model.themes)} themes × {len(model.stages)} stages, "
        f"{indicators} indicators, {points} points"
    )


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """A line on the standard error that says what is being done, while it is done.

    The function given says what is done next. Where the standard error is no terminal, nothing
    is shown.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status(escape(terminal_safe(what))) as status:
        yield lambda next_: status.update(escape(terminal_safe(next_)))
