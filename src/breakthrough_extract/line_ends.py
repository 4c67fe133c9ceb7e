"""Words that a line's end broke, made whole; each join is an edit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from breakthrough_extract.document import Outline, Passage, Section

HYPHEN, NON_BREAKING, SOFT = "\u2010", "\u2011", "\u00ad"
PDFIUM = "\ufffe"  # what pdfium writes for a hyphen at a line's end, the lines joined
# A hyphen or a stroke at the end of a line, and the letter that the next begins with.
BROKEN = re.compile(
    rf"(?P<head>\w+)(?:(?P<joined>{PDFIUM})\s*|(?P<sign>[-{HYPHEN}{SOFT}/])\s*\n\s*)(?P<tail>\w+)"
)
WORD = re.compile(rf"\w+(?:[-{HYPHEN}{NON_BREAKING}]\w+)*")


def mend_line_ends(outline: Outline) -> Outline:
    """`outline` with the words of its sections whole again."""
    sections = outline.sections
    words = vocabulary(
        passage.text for section in sections for passage in (section.headline, *section.items)
    )
    return replace(outline, sections=tuple(_mended(section, words) for section in sections))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words that stand whole within lines, lower case, hyphens alike."""
    found: set[str] = set()
    for text in texts:
        for line in text.split("\n"):
            found.update(_plain(word) for word in WORD.findall(line))
    return frozenset(found)


def _plain(word: str) -> str:
    return word.lower().replace(HYPHEN, "-").replace(NON_BREAKING, "-").replace(SOFT, "")


def _mended(section: Section, words: frozenset[str]) -> Section:
    return replace(
        section,
        headline=whole(section.headline, words),
        items=tuple(whole(item, words) for item in section.items),
        notes=tuple(whole(note, words) for note in section.notes),
    )


def whole(passage: Passage, words: frozenset[str]) -> Passage:
    """`passage` without breaks inside words.

    Whether the hyphen goes too is decided by what the document has elsewhere: the compound
    keeps it, the joined word loses it. Where it has neither, a hyphen that only typesetters
    write goes, and one that people write stays.
    """
    if "\n" not in passage.text and PDFIUM not in passage.text:
        return passage
    for found in reversed(list(BROKEN.finditer(passage.text))):
        head, sign, tail = found["head"], found["sign"] or "-", found["tail"]
        if sign != "/" and not (tail[0].islower() or tail[0].isdigit()):
            continue  # "performance –" and a new thought, or a name
        keeps = sign == "/" or _is_compound(head, tail, sign, words)
        rule = "line-join" if keeps else "hyphenation"
        start = found.end("sign") if keeps and found["sign"] else found.end("head")
        new = "-" if keeps and found["joined"] else ""
        passage = passage.replace(start, found.start("tail"), new, rule)
    return passage


def _is_compound(head: str, tail: str, sign: str, words: frozenset[str]) -> bool:
    if sign == SOFT:
        return False
    if _plain(f"{head}-{tail}") in words:
        return True
    return _plain(head + tail) not in words and sign != HYPHEN
