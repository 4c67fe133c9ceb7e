"""Texts as vectors of their words, each weighted by how rare it is among the texts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

Vector = Mapping[str, float]


def weighted(counts: Sequence[Counter[str]]) -> tuple[list[Vector], dict[str, float]]:
    """The vector of each text whose words are counted, of length 1, and the words' rarity."""
    frequency = Counter(word for count in counts for word in count)
    rarity = {
        word: math.log(1 + (len(counts) - n + 0.5) / (n + 0.5)) for word, n in frequency.items()
    }
    vectors = [
        unit({word: (1 + math.log(n)) * rarity[word] for word, n in count.items()})
        for count in counts
    ]
    return vectors, rarity


def unit(vector: Vector) -> Vector:
    """`vector` brought to length 1; an empty one stays empty."""
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1, 0 if one is empty."""
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(weight * other[word] for word, weight in one.items() if word in other)
