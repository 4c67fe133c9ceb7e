"""What a reader raises when a file cannot be read at all."""

from __future__ import annotations


class ReadError(ValueError):
    """An unreadable file; the message is one line: the file, what is wrong, the remedy."""
