"""Labels and headings that a converter ran together with the text before or after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from breakthrough_extract.document import Passage
from breakthrough_extract.language import LabelMatcher, squash
from breakthrough_extract.punctuation import FULL_STOP

HEADING_AND_QUOTE = re.compile(
    r"^(?P<name>[^'‘\"“«]*[^'‘\"“«\s])\s*(?P<quote>['‘\"“«].+['’\"”»])$", re.DOTALL
)
OPENING = "'‘\"“«"
WORD = re.compile(r"\S+")
SENTENCE = re.compile(rf"[{OPENING}]?[A-Z]['’]?\w*[a-z]|[{OPENING}]?[AI]$")  # its first word
LETTER_SPACED = re.compile(r"(?:[A-Z]\s+){4,}")
LONGEST_LABEL = 4  # words
LONGEST_COMPLAINT = 120  # characters; longer quotations are text


@dataclass(frozen=True)
class RunIn:
    """Finds where a line holds a label, or a theme's name, and more."""

    label: LabelMatcher
    theme: LabelMatcher
    label_starts: frozenset[str]  # squashed first words of labels
    longest_row: int  # characters
    complaints: bool  # whether themes open with a quoted complaint

    def after_sentences(self, line: Passage) -> Iterator[Passage]:
        """`line`, cut where behind the end of a sentence a label in capitals stands, or last of
        all a theme's name: a converter ran a list and what heads the next together."""
        words = list(WORD.finditer(line.text))
        longest = self.longest_row + LONGEST_COMPLAINT
        at = 0
        for before, word in pairwise(words):
            if not FULL_STOP.search(before.group()):
                continue
            rest = line.text[word.start() : word.start() + longest + 1]
            names = self._heads_next(word.group(), rest)
            if names:
                yield line[at : word.start()].strip()
                at = word.start()
            if names > 0:
                yield line[at : at + names].strip()
                at += names
        yield line[at:].strip() if at else line

    def _heads_next(self, word: str, rest: str) -> int:
        """How long the theme's name is that `rest`, which begins with `word`, begins with, if it
        ends there or a complaint follows; -1 if it begins with a label in capitals; else 0."""
        spaced = len(word) == 1 and LETTER_SPACED.match(rest)
        if word.isupper() and (spaced or squash(word) in self.label_starts):
            alone = len(rest) <= self.longest_row and bool(self.label(rest))
            return -1 if alone or self.label_end(rest) else 0
        if not word[:1].isupper() or len(rest) > LONGEST_COMPLAINT:
            return 0
        if self.theme(rest):
            return len(rest)
        both = HEADING_AND_QUOTE.match(rest) if self.complaints else None
        return both.end("name") if both and self.theme(both["name"]) else 0

    def label_end(self, text: str) -> int:
        """Where a label in capitals ends that a sentence follows; 0 if none."""
        if LETTER_SPACED.match(text):
            return self._spaced_label_end(text)
        words = list(islice(WORD.finditer(text), LONGEST_LABEL + 1))
        if not words or squash(words[0].group()) not in self.label_starts:
            return 0
        for word, rest in reversed(list(pairwise(words))):
            label = text[: word.end()]
            if label.isupper() and SENTENCE.match(rest.group()) and self.label(label):
                return word.end()
        return 0

    def _spaced_label_end(self, text: str) -> int:
        """The same of a letter-spaced label; its last letter may be the sentence's first word."""
        found = LETTER_SPACED.match(text)
        words = list(WORD.finditer(found.group())) if found else []
        for letters in (words, words[:-1]):
            end = letters[-1].end() if letters else 0
            rest = text[end:].lstrip()
            if end and self.label(text[:end]) and SENTENCE.match(rest.partition(" ")[0]):
                return end
        return 0
