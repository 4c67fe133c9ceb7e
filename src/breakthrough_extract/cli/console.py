"""What all commands print with, and the statuses they end with."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Finding
    from breakthrough_extract.model import Model

CLEAN, FINDINGS, TROUBLE = 0, 1, 2


def plain(text: str) -> str:
    """`text` on one line, without characters that a terminal obeys."""
    return "".join(char if char.isprintable() else " " for char in text)


def print_json(report: Mapping[str, Sequence[Finding]]) -> None:
    values = {path: [f.model_dump(mode="json") for f in found] for path, found in report.items()}
    print(json.dumps(values, indent=2, ensure_ascii=False))


def print_findings(findings: Sequence[Finding], path: str) -> None:
    for finding in findings:
        where = f"{path}: {finding.path}" if finding.path else path
        line = f"{finding.severity}: {where}: {finding.message} [{finding.code}]"
        print(plain(line), file=sys.stderr)


def counts(model: Model) -> str:
    """The size of a model in words."""
    indicators = sum(len(cell.indicators) for theme in model.themes for cell in theme.stages)
    lists = [theme.breakthrough_points for theme in model.themes if theme.breakthrough_points]
    points = sum(len(entry.points) for entry in lists)
    return (
        f"{len(model.themes)} themes × {len(model.stages)} stages, "
        f"{indicators} indicators, {points} points"
    )
