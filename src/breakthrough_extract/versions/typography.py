"""What is typography and not wording: dashes, quotation marks, white space, case."""

from __future__ import annotations

import re
import unicodedata

QUOTES = "'‘’‚‛′`´\"“”„‟″«»‹›"
DASHES = "-‐‑‒–—―−"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero-width space and joiners

_PLAIN = str.maketrans(
    {**dict.fromkeys(QUOTES, "'"), **dict.fromkeys(DASHES, "-"), **dict.fromkeys(INVISIBLE, "")}
)
_SPACED_DASH = re.compile(r"\s*-\s*")


def bare(text: str) -> str:
    """`text` without its typography: two texts that differ in nothing else are here equal."""
    folded = unicodedata.normalize("NFKC", text).translate(_PLAIN).casefold()
    return " ".join(_SPACED_DASH.sub("-", folded).split())


def only_typography(old: str, new: str) -> bool:
    """Whether two different texts are one but for their typography."""
    return old != new and bare(old) == bare(new)
