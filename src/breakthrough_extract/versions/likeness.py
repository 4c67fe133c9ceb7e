"""How alike texts are: the share of words that two have in common, rare words weighing more.

Items of a model share their boilerplate, so a word counts by how few texts of the version
have it (inverse document frequency, Spärck Jones 1972), and likeness is Dice's coefficient
(1945) of the weighted sets of stems.

Which pairs are alike enough is found without comparing all: if the words of each text are
ordered from rare to common, two texts that share enough weight share one of the rare words
that each begins with. This prefix filter (Chaudhuri, Ganti and Kaushik 2006, "A primitive
operator for similarity joins in data cleaning") leaves out no pair above the threshold.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from breakthrough_extract.language import stems

SLACK = 1e-9  # sums of weights in another order may differ by as much


@dataclass(frozen=True)
class Wordings:
    """The words of the texts of two versions, and what each word weighs."""

    old: Sequence[str]
    new: Sequence[str]
    weights: dict[str, float] = field(init=False)
    _seen: dict[str, frozenset[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        sides = [Counter[str](), Counter[str]()]
        for count, texts in zip(sides, (self.old, self.new), strict=True):
            for text in texts:
                count.update(self.words(text))
        most = max(len(self.old), len(self.new))
        weights = {
            word: math.log(1 + (most - n + 0.5) / (n + 0.5))
            for word in sorted({*sides[0], *sides[1]})
            for n in [max(sides[0][word], sides[1][word])]
        }
        object.__setattr__(self, "weights", weights)

    def words(self, text: str) -> frozenset[str]:
        found = self._seen.get(text)
        if found is None:
            found = self._seen[text] = stems(text)
        return found

    def weight(self, words: Collection[str]) -> float:
        """What these words weigh together."""
        return math.fsum(self.weights.get(word, 0.0) for word in words)

    def likeness(self, one: str, other: str) -> float:
        """0 if the texts have no word in common, 1 if all."""
        ours, theirs = self.words(one), self.words(other)
        both = self.weight(ours) + self.weight(theirs)
        return 2 * self.weight(ours & theirs) / both if both else 0.0

    def alike(
        self, old: Sequence[str], new: Sequence[str], least: float
    ) -> Iterator[tuple[int, int, float]]:
        """All pairs of an old and a new text, by index, whose likeness is `least` or more."""
        # Of two texts as alike as that, each shares this part of its own weight or more.
        share = least / (2 - least)
        index: dict[str, list[int]] = defaultdict(list)
        for n, text in enumerate(new):
            for word in self._rarest(text, share):
                index[word].append(n)
        for m, text in enumerate(old):
            near = {n for word in self._rarest(text, share) for n in index.get(word, ())}
            for n in sorted(near):
                likeness = self.likeness(text, new[n])
                if likeness >= least:
                    yield m, n, likeness

    def holding(
        self, parts: Sequence[str], wholes: Sequence[str], least: float
    ) -> Iterator[tuple[int, int]]:
        """All pairs (part, whole), by index, where the whole has that share of the part's
        weight or more."""
        index: dict[str, list[int]] = defaultdict(list)
        for n, text in enumerate(wholes):
            for word in self.words(text):
                index[word].append(n)
        for m, text in enumerate(parts):
            words = self.words(text)
            enough = least * self.weight(words) - SLACK
            near = {n for word in self._rarest(text, least) for n in index.get(word, ())}
            for n in sorted(near):
                if self.weight(words & self.words(wholes[n])) >= enough:
                    yield m, n

    def _rarest(self, text: str, share: float) -> Iterator[str]:
        """The rarest words of a text: without them, less than that share of its weight is left."""
        words = sorted(self.words(text), key=lambda word: (-self.weights[word], word))
        rest = self.weight(words)
        enough = share * rest - SLACK
        for word in words:
            if rest < enough:
                return
            yield word
            rest -= self.weights[word]
