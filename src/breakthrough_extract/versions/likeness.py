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
from collections.abc import Iterable, Iterator, Sequence

from breakthrough_extract.language import stems

UNIT = 1_000_000  # weights are whole millionths, so that sums are the same in any order


class Lexicon:
    """The words of texts; each line is read once, whatever texts it stands in."""

    def __init__(self) -> None:
        self._words: dict[str, frozenset[str]] = {}

    def words(self, text: str) -> frozenset[str]:
        found = self._words.get(text)
        if found is None:
            lines = text.split("\n")
            found = frozenset().union(*map(self.words, lines)) if lines[1:] else stems(text)
            self._words[text] = found
        return found


class Wordings:
    """The texts of two versions, and what each of their words weighs."""

    def __init__(
        self, old: Iterable[str], new: Iterable[str], lexicon: Lexicon | None = None
    ) -> None:
        """`old`, `new`: all texts of each version; the rarity of words is counted in them."""
        self.words = (lexicon or Lexicon()).words
        self._total: dict[str, int] = {}
        ours, theirs = Counter(old), Counter(new)
        most = max(ours.total(), theirs.total())
        both = ours & theirs
        common = self._frequency(both)  # most texts are in both; they are counted once
        seen = [common + self._frequency(texts - both) for texts in (ours, theirs)]
        self._weights = {
            word: round(UNIT * math.log(1 + (most - n + 0.5) / (n + 0.5)))
            for word in sorted({*seen[0], *seen[1]})
            for n in [max(seen[0][word], seen[1][word])]
        }

    def _frequency(self, texts: Counter[str]) -> Counter[str]:
        frequency: Counter[str] = Counter()
        for text, times in texts.items():
            for _ in range(times):
                frequency.update(self.words(text))
        return frequency

    def weight(self, words: Iterable[str]) -> int:
        """What these words, which stand in texts of either version, weigh together."""
        return sum(map(self._weights.__getitem__, words))

    def total(self, text: str) -> int:
        """What all words of a text weigh together."""
        found = self._total.get(text)
        if found is None:
            found = self._total[text] = self.weight(self.words(text))
        return found

    def likeness(self, one: str, other: str) -> float:
        """0 if the texts have no word in common, 1 if all."""
        both = self.total(one) + self.total(other)
        return 2 * self.weight(self.words(one) & self.words(other)) / both if both else 0.0

    def held(self, part: str, whole: str) -> float:
        """The share of the weight of `part` whose words are in `whole` too."""
        total = self.total(part)
        return self.weight(self.words(part) & self.words(whole)) / total if total else 0.0

    def alike(
        self, old: Sequence[str], new: Sequence[str], least: float
    ) -> Iterator[tuple[int, int, float]]:
        """All pairs of an old and a new text, by index, whose likeness is `least` or more."""
        # Of two texts as alike as that, each shares this part of its own weight or more: one of
        # its rarest words at least. What these weigh together is summed over all texts at once.
        share = least / (2 - least)
        weights = self._weights
        theirs = [(self.words(text), self.total(text)) for text in new]
        index: dict[str, list[int]] = defaultdict(list)
        for n, (there, _) in enumerate(theirs):
            for word in there:
                index[word].append(n)
        for m, text in enumerate(old):
            rare = frozenset(self._rarest(text, share))
            common = self.words(text) - rare
            total, rest = self.total(text), self.weight(common)
            near: dict[int, int] = defaultdict(int)
            for word in rare:
                for n in index.get(word, ()):
                    near[n] += weights[word]
            for n, known in sorted(near.items()):
                there, weight = theirs[n]
                enough = least * (total + weight)
                if 2 * (known + rest) >= enough:  # else not all its common words would do
                    shared = known + self.weight(common & there)
                    if 2 * shared >= enough > 0:
                        yield m, n, 2 * shared / (total + weight)

    def holding(
        self, parts: Sequence[str], wholes: Sequence[str], least: float
    ) -> Iterator[tuple[int, int]]:
        """All pairs (part, whole), by index, where the whole has that share of the part's
        weight or more."""
        index: dict[str, list[int]] = defaultdict(list)
        held = [self.words(text) for text in wholes]
        for n, words in enumerate(held):
            for word in words:
                index[word].append(n)
        for m, text in enumerate(parts):
            words, enough = self.words(text), least * self.total(text)
            near = {n for word in self._rarest(text, least) for n in index.get(word, ())}
            for n in sorted(near):
                if self.weight(words & held[n]) >= enough:
                    yield m, n

    def _rarest(self, text: str, share: float) -> Iterator[str]:
        """The rarest words of a text: without them, less than that share of its weight is left."""
        weights = self._weights
        rest = self.total(text)
        enough = share * rest
        for word in sorted(self.words(text), key=lambda word: (-weights[word], word)):
            if rest < enough:
                return
            yield word
            rest -= weights[word]
