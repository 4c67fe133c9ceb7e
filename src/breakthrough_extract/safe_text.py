"""Text that obeys nobody: for the terminal, and for JSON on it."""

from __future__ import annotations

import re

# What a terminal, an editor or a browser would obey and JSON lets through: DEL, the C1
# controls, and the marks that turn the direction of writing (CVE-2021-42574).
OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def terminal_safe(text: str) -> str:
    """`text` on one line, without characters that a terminal obeys."""
    return "".join(char if char.isprintable() else " " for char in text)


def json_safe(json: str) -> str:
    """The same JSON, characters that a terminal obeys written as escapes."""
    return OBEYED.sub(lambda found: f"\\u{ord(found.group()):04x}", json)
