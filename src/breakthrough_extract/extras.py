"""What is said where a library of an optional extra is absent."""

from __future__ import annotations


class MissingExtraError(ImportError):
    """A library that only an extra brings is not installed; the message says how to get it."""

    def __init__(self, library: str, extra: str) -> None:
        remedy = f"pip install 'breakthrough-extract[{extra}]'"
        super().__init__(f"{library} is needed for this and is not installed; {remedy}")
