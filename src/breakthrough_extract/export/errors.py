"""The one error of exports."""

from __future__ import annotations


class ExportError(ValueError):
    """A model that a format cannot carry; the message names the place and the remedy."""
