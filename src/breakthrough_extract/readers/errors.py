"""What a reader raises when a file cannot be read at all."""

from __future__ import annotations

from breakthrough_extract.safe_text import terminal_safe


class ReadError(ValueError):
    """An unreadable file; the message is one line: the file, what is wrong, the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(terminal_safe(message))
