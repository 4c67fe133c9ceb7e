"""The limits that hold for one document, and the error where it goes beyond them."""

from __future__ import annotations

from dataclasses import dataclass

from breakthrough_extract.limits import USUAL, Limits
from breakthrough_extract.readers.errors import ReadError

WHAT = {
    "bytes": "bytes",
    "characters": "characters of text",
    "pages": "pages",
    "objects": "objects on its pages",
    "pixels": "pixels in a picture",
    "nesting": "HTML elements within one another",
    "cells": "table cells",
    "sections": "sections that compete for the cells",
    "seconds": "seconds for one document",
}


class LimitError(ReadError):
    """A document that goes beyond a limit; the message says which, and how to raise it."""


@dataclass(frozen=True)
class Guard:
    """Watches over one document."""

    name: str = ""  # what messages call the document
    limits: Limits = USUAL

    def check(self, limit: str, count: float) -> None:
        """Raises LimitError if `count` is more than the limit of that name."""
        if count > getattr(self.limits, limit):
            raise self.error(limit)

    def error(self, limit: str) -> LimitError:
        most = getattr(self.limits, limit)
        return LimitError(
            f"{self.name}: more than {most:,} {WHAT[limit]}; "
            f"if that is meant, raise the limit: --limit {limit}=NUMBER"
        )


UNNAMED = Guard()
