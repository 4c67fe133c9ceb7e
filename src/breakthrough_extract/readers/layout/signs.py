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
