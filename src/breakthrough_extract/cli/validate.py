"""validate: check model files."""

from __future__ import annotations

import argparse
from pathlib import Path

from breakthrough_extract.cli.console import (
    CLEAN,
    FINDINGS,
    counts,
    plain,
    print_findings,
    print_json,
)

HELP = "check model files"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="findings as JSON on stdout")


def run(options: argparse.Namespace) -> int:
    from breakthrough_extract.checks import validate
    from breakthrough_extract.model import load

    models = {str(path): load(path) for path in options.files}
    report = {path: validate(model) for path, model in models.items()}
    if options.json:
        print_json(report)
    else:
        for path, findings in report.items():
            print_findings(findings, path)
            if not findings:
                print(plain(f"{path}: valid, {counts(models[path])}"))
    errors = any(finding.severity == "error" for found in report.values() for finding in found)
    return FINDINGS if errors else CLEAN
