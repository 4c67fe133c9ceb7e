"""The signs at the head of a line that more than one kind of rule looks for."""

from __future__ import annotations

import re

from breakthrough_extract.readers.html import ALIASES, BLOCK_TAGS

HEADING = re.compile(r"^\s{0,3}(#{1,6})(?:\s+|$)")
RULE = re.compile(r"^[\s|:+=*_-]*$")  # table rules, thematic breaks: no letter, no figure
NAMES = "|".join(sorted((*BLOCK_TAGS, *ALIASES)))
BLOCK_TAG = re.compile(rf"</?(?:{NAMES})\b[^<>]*>", re.IGNORECASE)
