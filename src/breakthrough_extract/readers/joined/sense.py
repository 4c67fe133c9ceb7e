"""Whether one word reads on after another: by the document itself, and by English."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from breakthrough_extract.wordlists import table

EVEN, STEP = ord("i"), 0.5  # the letter of no preference; nats a letter
MOST = 4.0  # nats that pairs elsewhere in the document can say
LEAST_AGAINST, MOST_FOR = -3.5, 2.5  # nats that classes of words can say
SMOOTHING = 0.3  # of an occurrence: so that pairs that stand nowhere are not impossible
AROUND = "'\"‘’“”()[]*.,;:!?•–—"
PARTS = ",;:.)!?"  # after these, which word follows says little


class Sense:
    """What is known of the words of one document."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for row in rows:
            plain = [_plain(word) for word in row]
            self._words.update(plain)
            self._pairs.update(pairwise(plain))
        self._total = sum(self._words.values())
        self.beside = lru_cache(maxsize=None)(self._beside)
        self.across = lru_cache(maxsize=None)(self._across)

    def _beside(self, before: str, after: str) -> float:
        """How well `after` reads on after `before`, in nats, where they stand side by side:
        this one place of theirs proves nothing."""
        return self._weigh(before, after, 1)

    def _across(self, before: str, after: str) -> float:
        """The same where `before` ends a line and `after` begins another."""
        return self._weigh(before, after, 0)

    def _weigh(self, before: str, after: str, own: int) -> float:
        if before[-1:] in PARTS:
            return 0.0
        by_class = max(LEAST_AGAINST, min(MOST_FOR, _by_class(before, after)))
        one, other = _plain(before), _plain(after)
        seen = self._pairs[one, other] - own
        if seen <= 0:
            return by_class
        chance = self._words[one] * self._words[other] / self._total
        by_document = math.log((seen + SMOOTHING) / (chance + SMOOTHING))
        return max(by_class, min(MOST, by_document))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").strip(AROUND)


def _by_class(before: str, after: str) -> float:
    one, other = _class_of(_plain(before)), _class_of(_plain(after))
    if one < 0 or other < 0:
        return 0.0
    rows: list[str] = table("follows.en")["rows"]
    return (ord(rows[one][other]) - EVEN) * STEP


@lru_cache(maxsize=4096)
def _class_of(word: str) -> int:
    """The class of a word in the table's order; -1 for figures and signs."""
    if not any(sign.isalpha() for sign in word):
        return -1
    known = _classes()
    if word in known:
        return known[word]
    follows = table("follows.en")
    endings: list[str] = follows["ending_classes"]
    for ending, name in follows["endings"]:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return len(follows["words"]) + endings.index(name)
    return len(follows["words"]) + len(endings) - 1


@lru_cache(maxsize=1)
def _classes() -> dict[str, int]:
    lines: list[str] = table("follows.en")["words"]
    return {word: n for n, line in enumerate(lines) for word in line.split()}
