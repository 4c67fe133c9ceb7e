"""Whether texts are clean: no markup, no list marks, no letters lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from breakthrough_extract.checks.places import texts
from breakthrough_extract.checks.told import error
from breakthrough_extract.ledger import Finding
from breakthrough_extract.model import Model
from breakthrough_extract.punctuation import ABBREVIATED
from breakthrough_extract.wordlists import words

MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|\*\*|__|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
LIST_MARK = re.compile(r"^[•‣◦▪■●–—*+\-]\s|[;,]?\s(?:and|or)$|[;,]$|[^.…]\.$")
WORD = re.compile(r"[a-z]+", re.IGNORECASE)
UNFOLDED = re.compile(r"^\s|\s$|\s\s|[^\S ]")


def clean_texts(model: Model) -> Iterator[Finding]:
    """No markup, no list marks, no stray white space."""
    for path, text, role in texts(model):
        markup = _markup(text)
        if markup:
            yield error("markup", path, f"markup is left: {markup}")
        if UNFOLDED.search(text):
            yield error("white-space", path, "white space is not folded")
        if role == "item" and LIST_MARK.search(text) and not ABBREVIATED.search(text):
            yield error("list-mark", path, f"list punctuation is left: {text[:2]}…{text[-6:]}")
        if role == "headline" and text.endswith(":"):
            yield error("list-mark", path, "the headline's colon is left")


def _markup(text: str) -> str:
    """The first piece of markup in a text; "" if there is none. `&A;` of `Q&A; then` is none."""
    found = (match.group() for match in MARKUP.finditer(text))
    return next((one for one in found if not one.startswith("&") or unescape(one) != one), "")


LIGATURE = re.compile(r"ff[il]?|f[il]")
DAMAGED = 2  # different words; one may be a name


def lost_ligatures(model: Model) -> Iterator[Finding]:
    """No words are left of which a converter lost signs that stand for two letters."""
    known = _without_ligatures()
    said = (word.lower() for _, text, _ in texts(model) for word in WORD.findall(text))
    damaged = sorted({f"{word} ({known[word]}?)" for word in said if word in known})
    if len(damaged) >= DAMAGED:
        more = f" and {len(damaged) - 5} more" if len(damaged) > 5 else ""
        message = f"words have lost letters: {', '.join(damaged[:5])}{more}"
        yield error("lost-letters", "themes", message)


@cache
def _without_ligatures() -> dict[str, str]:
    """What is left of words if a ligature's second letter is lost, or its last two are."""
    return {LIGATURE.sub("f", word): word for word in sorted(words("ligatures.en"))}
