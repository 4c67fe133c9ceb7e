"""The lines of a text whose columns were joined, and which of them label columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from breakthrough_extract.document import Span
from breakthrough_extract.profile import load_profile, shipped_profiles

MARKS = frozenset("•‣◦⁃∙▪▫■□●○◆◇►▸➢➤✓✔")
LETTER_MARK = "o"  # a mark only where as many lines begin with it as with no word
LEAST_LETTER_MARKS = 8
WORD = re.compile(r"\S+")
ENDED = re.compile(r"[;.:!?…][)\]'’\"”]*$|^(?:and|or)$")
LONGEST_NAME = 6  # words before the labels, the theme's
LONGEST_ROW = 24  # words, labels and the name before them
LONGEST_REPEAT, LEAST_REPEATS = 10, 3  # words, times: a running head or foot
FIGURES = re.compile(r"\d+")
LETTERS = 4  # of a label in capitals that no profile knows


@dataclass(frozen=True)
class Words:
    """A line, word by word."""

    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    marks: frozenset[int]  # which of the words are list marks

    def marks_inside(self) -> int:
        """How many marks stand after a text that does not end there."""
        return sum(
            n + 1 in self.marks and n not in self.marks and not ENDED.search(before)
            for n, before in enumerate(self.texts[:-1])
        )


@dataclass(frozen=True)
class Labels:
    """What a row of labels says."""

    name: int  # how many words stand before the labels
    cuts: tuple[tuple[int, int], ...]  # of each label, its words


def words_of(text: str) -> list[Words]:
    """The lines of `text` that are not blank."""
    lines: list[Words] = []
    marks = _marks(text)
    for line in re.finditer(r"[^\n\f\r]+", text):
        found = list(WORD.finditer(text, *line.span()))
        if found:
            spans = tuple(Span(*one.span()) for one in found)
            texts = tuple(one.group() for one in found)
            marked = frozenset(n for n, word in enumerate(texts) if word in marks)
            lines.append(Words(spans, texts, marked))
    return lines


def _marks(text: str) -> frozenset[str]:
    """The list marks of a text."""
    lettered = len(re.findall(rf"^{LETTER_MARK} ", text, re.MULTILINE)) >= LEAST_LETTER_MARKS
    return MARKS | {LETTER_MARK} if lettered else MARKS


def labels_of(line: Words) -> Labels | None:
    """The labels that the line ends in; None if it does not, or holds more than these."""
    size = len(line.texts)
    if size > LONGEST_ROW or line.marks or not line.texts[-1][-1].isalpha():
        return None
    for name in range(min(size, LONGEST_NAME + 1)):
        cuts = _known(line.texts, name) or _in_capitals(line.texts, name)
        if cuts and (not name or _is_name(line.texts[:name], line.texts[name:])):
            return Labels(name, cuts)
    return None


def _is_name(before: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether labels stand out from the words before them."""
    return before[0][0].isupper() and all(word.isupper() for word in labels)


def _known(words: Sequence[str], start: int) -> tuple[tuple[int, int], ...] | None:
    """`words` from `start` on as labels of the shipped profiles, one after the other."""
    if start == len(words):
        return ()
    for end in range(len(words), start, -1):
        name = " ".join(words[start:end])
        if words[start][0].isupper() and name.lower() in _names():
            rest = _known(words, end)
            if rest is not None:
                return ((start, end), *rest)
    return None


def _in_capitals(words: Sequence[str], start: int) -> tuple[tuple[int, int], ...] | None:
    """At least two words in capitals, each a label."""
    labels = words[start:]
    if len(labels) < 2 or not all(one.isupper() and len(one) >= LETTERS for one in labels):
        return None
    return tuple((n, n + 1) for n in range(start, len(words)))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """The names of stages and lists in the shipped profiles, in lower case."""
    slots = [slot for name in shipped_profiles() for slot in load_profile(name).slots]
    return frozenset(name.lower() for slot in slots for name in (slot.name, *slot.aliases))


def repeated(lines: Sequence[Words]) -> frozenset[int]:
    """Which of the lines are running heads and feet, or the numbers of pages."""
    said = Counter(_said(line) for line in lines)
    return frozenset(n for n, line in enumerate(lines) if _is_furniture(line, said))


def _said(line: Words) -> str:
    return FIGURES.sub("#", " ".join(line.texts))


def _is_furniture(line: Words, said: Counter[str]) -> bool:
    if all(text.isdigit() for text in line.texts):
        return True
    few = len(line.texts) <= LONGEST_REPEAT and not line.marks
    return few and said[_said(line)] >= LEAST_REPEATS and not ENDED.search(line.texts[-1])
