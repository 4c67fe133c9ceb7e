"""The only spaCy: words, stems, and labels that may carry OCR slips.

There is no trained pipeline here and none is needed: `spacy.blank("en")` gives the
vocabulary for the Matcher with its FUZZY operator. Loading spaCy takes a second, so it is
loaded when the first label turns up that is not spelled right; most texts have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import Stemmer
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

STEM = Stemmer.Stemmer("english")
FUNCTION_WORDS = "words/function_words.en.txt"

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
WORD_OR_NUMBER = re.compile(r"[^\W_]+")
# Converters read O as 0, I and L as 1, S as 5; in a label the letter is meant.
DIGIT_SLIPS = str.maketrans("015|", "oisl")
# What scanners take for one another; in a label it makes no difference.
LOOKALIKES = (("rn", "m"), ("cl", "d"), ("vv", "w"), ("l", "i"), ("j", "i"))
IN_TWO = re.compile("ri|ii")  # an n or a u that was read as two letters, which may be meant, too
MAY_BE_WRONG = 3  # one of so many letters, of a label at a place where one must stand
SHORTEST_CONTENT_WORD = 3


@lru_cache(maxsize=64)  # a line is asked about as label, theme and running head in turn
def squash(text: str) -> str:
    """The letters of `text` alone, lower case, digits that stand for letters read as such."""
    return "".join(filter(str.isalpha, text.lower().translate(DIGIT_SLIPS)))


@lru_cache(maxsize=1024)
def skeleton(word: str) -> str:
    """A squashed word with everything written alike that a scanner takes for one another."""
    for read, written in LOOKALIKES:
        word = word.replace(read, written)
    return word


def readings(word: str) -> list[str]:
    """The skeleton of a squashed word, and it with each of the pairs that may be one letter
    read so, and with all of them."""
    bare = skeleton(word)
    one = {"ri": "n", "ii": "u"}
    pairs = list(IN_TWO.finditer(bare))
    single = [f"{bare[: p.start()]}{one[p.group()]}{bare[p.end() :]}" for p in pairs]
    whole = IN_TWO.sub(lambda pair: one[pair.group()], bare)
    return list(dict.fromkeys((bare, *single, whole)))


def tolerance(label: str) -> int:
    """How many letters of `label` may be wrong: none in a short word, two in a long one.

    Bounded, because FUZZY alone takes "leaders" for "leadership".
    """
    return 0 if len(label) < 5 else 1 if len(label) < 8 else 2


class LabelMatcher:
    """Tells which of the given labels a line is, if it is one and nothing else."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """`names`: for each label's id the ways to write it."""
        self._exact: dict[str, str] = {}
        for label, spellings in names.items():
            for spelling in spellings:
                self._exact.setdefault(squash(spelling), label)
        self._exact.pop("", None)
        self._lengths = {
            n for word in self._exact for n in range(len(word) - 2, len(word) + 3) if n > 0
        }
        self._longest = 4 * max(self._lengths, default=0)  # a line; it may be letter-spaced
        self._lines: dict[str, str] = {}  # a line is asked about again and again
        self._seen: dict[str, str] = {}

    def __call__(self, line: str) -> str:
        """The id of the label that `line` is, "" if it is none."""
        if len(line) > self._longest:
            return ""
        if line not in self._lines:
            self._lines[line] = self._label_of(line)
        return self._lines[line]

    def _label_of(self, line: str) -> str:
        word = squash(line)
        if word in self._exact:
            return self._exact[word]
        if len(word) not in self._lengths or self._has_more_words(line):
            return ""
        if word not in self._seen:
            self._seen[word] = self._fuzzy(word)
        return self._seen[word]

    def nearest(self, line: str) -> str:
        """The id of the label that `line` is if it is a label at all, "" if two are as near.

        For places where one must stand: a third of its letters may be wrong.
        """
        if len(line) > 4 * max(self._lengths, default=0) or self._has_more_words(line):
            return ""
        words = readings(squash(line))
        distances: dict[str, int] = {}
        for known, label in self._exact.items():
            distance = min(Levenshtein.distance(word, skeleton(known)) for word in words)
            if distance <= max(len(known) // MAY_BE_WRONG, 1):
                distances[label] = min(distance, distances.get(label, distance))
        least = min(distances.values(), default=0)
        near = [label for label, distance in distances.items() if distance == least]
        return near[0] if len(near) == 1 else ""

    def _has_more_words(self, line: str) -> bool:
        """Whether the line is a label and more: `Starting up` is no slip of `Starting`."""
        words = line.split()
        more = [word for word in words if squash(word) not in self._exact]
        return len(more) < len(words) and sum(c.isalpha() for c in "".join(more)) > 1

    def _fuzzy(self, word: str) -> str:
        words = [each for each in readings(word) if any(_within(each, k) for k in self._exact)]
        if not words:
            return ""
        from spacy.tokens import Doc

        matcher, vocabulary = self._matcher
        found = {
            vocabulary.strings[match_id]
            for each in words
            for match_id, _, _ in matcher(Doc(vocabulary, words=[each]))
        }
        whole = {label for known, label in self._exact.items() if skeleton(known) in words}
        labels = sorted(found & whole) or sorted(found)
        return labels[0] if len(labels) == 1 else ""  # two labels at once: neither

    @cached_property
    def _matcher(self) -> tuple[Matcher, Vocab]:
        from spacy.lang.en import English
        from spacy.matcher import Matcher
        from spacy.vocab import create_vocab

        # The vocabulary of `spacy.blank("en")` without its tokeniser, which takes most of the time.
        vocabulary = create_vocab("en", English.Defaults)
        matcher = Matcher(vocabulary)
        for word, label in self._exact.items():
            slips = tolerance(word)
            bare = skeleton(word)
            matcher.add(label, [[{"LOWER": {f"FUZZY{slips}": bare} if slips else bare}]])
        return matcher, vocabulary


def _within(bare: str, label: str) -> bool:
    """Whether so few letters differ that the Matcher need be asked; it alone decides."""
    most = tolerance(label)
    distance = Levenshtein.distance(bare, skeleton(label), score_cutoff=most)
    return distance <= most


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    text = resources.files("breakthrough_extract").joinpath(FUNCTION_WORDS).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """The stem of a lower-case word; "" for a word that carries no content."""
    if word.endswith(("n't", "n’t")):
        return ""
    word = re.split("['’]", word)[0]
    if len(word) < SHORTEST_CONTENT_WORD or word in _function_words():
        return ""
    return str(STEM.stemWord(word))


def content_words(text: str) -> list[str]:
    """The stems of the words of `text` that carry content, in order."""
    return [stem for word in WORD.findall(text.lower()) if (stem := _stem(word))]


@lru_cache(maxsize=1 << 16)
def _any_stem(word: str) -> str:
    return str(STEM.stemWord(word))


def stems(text: str) -> frozenset[str]:
    """The stems of all words and numbers of `text`, those that carry no content too."""
    return frozenset(map(_any_stem, WORD_OR_NUMBER.findall(text.lower())))


def function_words(text: str) -> list[str]:
    """The words of `text` that carry no content, in order: they say how it speaks."""
    words = (word for word in WORD.findall(text.lower()))
    return [word for word in words if word in _function_words() or word.endswith(("n't", "n’t"))]


def likeness(one: str, other: str, least: float = 0.0) -> float:
    """How alike two texts are, 0..1: the share of characters in their longest alignment.

    What is less than `least` is 0, and sooner known.
    """
    return fuzz.ratio(one, other, score_cutoff=100 * least) / 100


def contained(part: str, whole: str) -> float:
    """How much of `part` stands in the best matching stretch of `whole`, 0..1."""
    return fuzz.partial_ratio(part, whole) / 100
