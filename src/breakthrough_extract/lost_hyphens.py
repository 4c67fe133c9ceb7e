"""Hyphens of compounds that a converter took for hyphenation; each that is put back is an edit.

Poppler's `pdftotext` joins a word that the end of a line breaks, and appends the rest of the
next line. So a line that is longer than a full one has such a word where a full line ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from breakthrough_extract.document import Change, Outline, Passage, Section

LONGER = 1.05  # times a full line: so long is no line that is not joined
SLACK = 0.15  # share of a full line by which letters of unequal width move its end
LEAST = 2  # letters of a half
OWN = 6  # lines that show how wide a section's own column is
WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w-])")


class Joined(NamedTuple):
    """A word that may have been two."""

    start: int  # characters into the text
    word: str


def restore_hyphens(outline: Outline) -> Outline:
    """`outline` with the hyphens of compounds that the document has elsewhere; in one that has
    been joined so, a word made of two that it has is doubtful."""
    texts = [item.text for section in outline.sections for item in section.items]
    width = _full_line(texts)
    if not width or outline.families:
        return outline  # where structure came through, lines end as their author set them
    heads = [section.headline.text for section in outline.sections]
    words = Counter(word.lower() for text in (*texts, *heads) for word in WORD.findall(text))
    sections = tuple(_restored(section, words, width) for section in outline.sections)
    if all(_texts(one) == _texts(two) for one, two in zip(sections, outline.sections, strict=True)):
        return outline  # lines differ in length for other reasons
    return replace(outline, sections=sections)


def _texts(section: Section) -> tuple[Passage, ...]:
    return (section.headline, *section.items)


def _full_line(texts: Iterable[str], least: int = 1) -> int:
    """How many characters a full line has; few are longer. 0 if fewer lines than `least` are
    broken."""
    lengths = sorted(len(line) for text in texts for line in text.split("\n")[:-1])
    return lengths[len(lengths) * 3 // 4] if len(lengths) >= least else 0


def _restored(section: Section, words: Counter[str], width: int) -> Section:
    """`section`, set in its own column, if that can be told, or in one as wide as the others."""
    width = _full_line((item.text for item in section.items), OWN) or width
    mended: list[Passage] = []
    doubtful: list[Passage] = []
    for text in _texts(section):
        joined = list(_joined(text.text, width))
        compounds = [(one, _seam(one.word, words, "-")) for one in joined]
        changes = [
            Change(one.start + at, one.start + at, "-", "hyphen-restored")
            for one, at in compounds
            if at
        ]
        doubtful += [
            text[one.start : one.start + len(one.word)]
            for one, at in compounds
            if not at and words[one.word.lower()] == 1 and _seam(one.word, words, "")
        ]
        mended.append(text.replace_all(changes) if changes else text)
    return replace(
        section, headline=mended[0], items=tuple(mended[1:]), doubtful_words=tuple(doubtful)
    )


def _joined(text: str, width: int) -> Iterator[Joined]:
    """The words where a full line ends, in lines that are longer."""
    at = 0
    for line in text.split("\n"):
        if len(line) > LONGER * width:
            for found in WORD.finditer(line):
                near = found.start() <= (1 + SLACK) * width and found.end() >= (1 - SLACK) * width
                if near and "-" not in found.group():
                    yield Joined(at + found.start(), found.group())
        at += len(line) + 1


def _seam(word: str, words: Counter[str], sign: str) -> int:
    """Where `word` falls into two that the document has, as a compound or, without a `sign`, each
    on its own; 0 if it does not."""
    for at in range(LEAST, len(word) - LEAST + 1):
        head, tail = word[:at].lower(), word[at:].lower()
        known = words[f"{head}{sign}{tail}"] if sign else min(words[head], words[tail])
        if known:
            return at
    return 0
