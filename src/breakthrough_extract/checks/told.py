"""A finding on a model, as the checks tell it."""

from __future__ import annotations

from breakthrough_extract.ledger import Finding, Severity


def error(code: str, path: str, message: str) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, path=path)


def warning(code: str, path: str, message: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, message=message, path=path)
