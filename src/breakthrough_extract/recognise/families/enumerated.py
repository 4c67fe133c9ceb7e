"""Items that run on in one text: `A. … B. …`, `✦ … ✦ …`."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from breakthrough_extract.document import Passage

COUNTED = re.compile(r"(?:(?<=\s)|^)\(?([A-Z]|[a-z]|\d{1,2})[.)](?=\s|[A-Z])\s*")
GLYPH = re.compile(r"(?:(?<=\s)|^)([^\w\s'\"“”‘’()\[\]{}<>.,;:!?%&$€£#@/\\+=-])\s*(?=\w)")


def items_of(text: Passage) -> list[Passage]:
    """The items of a text that counts them in the line; the text itself if it does not."""
    return _counted(text) or _marked(text) or [text]


def _counted(text: Passage) -> list[Passage]:
    found = list(COUNTED.finditer(text.text))
    marks = [mark.group(1) for mark in found]
    first = next((n for n, mark in enumerate(marks) if mark in ("A", "a", "1")), None)
    if first != 0 or found[0].start() != 0 or not _rises(marks):
        return []
    return _cut(text, found)


def _rises(marks: list[str]) -> bool:
    """Whether marks count upwards by one."""
    ranks = [int(mark) if mark.isdigit() else ord(mark) for mark in marks]
    return len(ranks) > 1 and all(after == before + 1 for before, after in pairwise(ranks))


def _marked(text: Passage) -> list[Passage]:
    """The items after each of one and the same sign; one that counts or compares is no mark."""
    found = list(GLYPH.finditer(text.text))
    glyphs = {mark.group(1) for mark in found}
    same = len(glyphs) == 1 and not any(unicodedata.category(glyph) == "Sm" for glyph in glyphs)
    return _cut(text, found) if same and found[0].start() == 0 else []


def _cut(text: Passage, marks: list[re.Match[str]]) -> list[Passage]:
    ends = [*(mark.start() for mark in marks[1:]), len(text.text)]
    parts = (text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True))
    return [part for part in parts if part]
