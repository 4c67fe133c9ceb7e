"""Characters that mean something by where they stand."""

from __future__ import annotations

import re

BULLETS = re.compile(r"^[•‣◦⁃∙▪▫■□●○◆◇◘◙►▸▶➢➤✓✔❖❑❒·\u2022\ue000-\uf8ff]$")
# Characters that are bullets only where a line could begin an item; see `_starts_item`.
DASHES = frozenset("–—-‐\u2212")
RARE_BULLETS = frozenset("*o+»>")  # and only where several stand below one another
NUMBERED = re.compile(r"^(?:(\d{1,2})|([a-z]))[.)]$")  # bullets where they count on
TERMINAL = re.compile(r"[.;:!?…][)\]'’\"”»]*$|[;,] (?:and|or)$")
HYPHENS = "-\u2010\u00ad"
EDGE_SIGNS = re.compile(r"^\W+|\W+$")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
LIGATURE = re.compile(f"[{''.join(LIGATURES)}]")


def could_be_bullet(text: str) -> bool:
    return len(text) == 1 and (
        text in DASHES or text in RARE_BULLETS or BULLETS.match(text) is not None
    )


# Words in capitals at the head of a line, and a sentence that begins after them. The last word
# of the label is no lone letter: that one begins the sentence.
LABELLED = re.compile(
    r"(?=(?:[^a-z]*[A-Z]){4})([A-Z][A-Z’'&-]*(?:\s[A-Z&]+)*)\s(?=[A-Z]['’]?\w*[a-z])"
)


SMALL = re.compile(r"[a-z]")


def is_label(text: str) -> bool:
    """Whether the line is all in capitals, and more than an abbreviation."""
    if SMALL.search(text):
        return False
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) > 3 and all(sign.isupper() for sign in letters)


def label_length(text: str) -> int:
    """How many characters of the line are a label in capitals before a sentence; 0 if none."""
    found = LABELLED.match(text)
    if not found:
        return 0
    label = re.sub(r"\s[A-Z]$", "", found[1])
    return len(label) if sum(sign.isalpha() for sign in label) > 3 else 0
