"""Words of ordered scales: the place that a label has, and the labels that rise together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice, pairwise

from breakthrough_extract.recognise.families.names import SEPARATOR, key, uncounted
from breakthrough_extract.wordlists import table, words

LONGEST_RANKED = 4  # words of a label of which one has a rank: `Senior site engineer`
FEWEST = 3  # labels of a scale of words
# Words whose ranks are no further apart stand in either order: some scales have `managed` above
# `defined`, others below it.
EITHER_WAY = 10
LEAST_RISE = 12  # from the lowest rank of a scale to its highest
PLAIN = 42  # the rank of a title that all others of a row are made of: `Engineer`
GRADE = 6  # what a figure behind a title adds: `Engineer II`
MOST_UNRANKED = 1 / 3  # share of a row of which nobody knows the words
HIGHER = ("senior", "sr", "plus")  # beside a title that has a rank: `Senior Staff`, `Staff+`
MORE = 3  # what each adds to that rank
ENDING = 3  # letters that make of words one row: `-ing`
GRADED = re.compile(r"\b(?:(I{1,3}|IV|V)|([1-6]))$")
FIGURES = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


@lru_cache(maxsize=1 << 13)
def name_in(label: str) -> str:
    """The label up to the first sign, without the figure that counts it."""
    bare = uncounted(label)
    parts = [part for part in SEPARATOR.split(bare) if part and part.strip()]
    return next((part for part in parts if not part.strip().isdigit()), bare)


def rank(label: str) -> int | None:
    """The place of a label among the words of scales, 0 to 100; None if it says nothing."""
    ranks = table("scales")["ranks"]
    name = key(label)
    if name in ranks or name.replace(" ", "-") in ranks:
        return int(ranks.get(name, ranks.get(name.replace(" ", "-"))))
    parts = [part for part in name.split() if part not in words("level_words")]
    known = [part for part in parts if part in ranks and part not in HIGHER]
    higher = [part for part in parts if part in HIGHER]
    if len(parts) > LONGEST_RANKED or len(known) > 1 or not (known or higher):
        return None
    if not known:
        return next((int(ranks[part]) for part in higher if part in ranks), None)
    return int(ranks[known[0]]) + MORE * len(higher)


def ranks_of(labels: Sequence[str]) -> list[int | None]:
    """The ranks of labels that stand side by side: a title that the others are made of, and
    a figure behind a title, have their place among them."""
    names = [frozenset(key(label).split()) for label in labels]
    bare = [_bare(name) for name in names]
    plain = {one for one in set(bare) if _is_plain(one, names)}
    return [
        _graded(label, rank(label), one in plain) for label, one in zip(labels, bare, strict=True)
    ]


def _bare(name: frozenset[str]) -> frozenset[str]:
    """A label's words without its grade."""
    return frozenset(word for word in name if word.isalpha() and not GRADED.fullmatch(word.upper()))


def _is_plain(bare: frozenset[str], names: Sequence[frozenset[str]]) -> bool:
    """Whether a label's words stand in all, or all but one, of the others."""
    if len(names) <= 2 or bare <= words("counted_words") | words("level_words"):
        return False
    lacking = (name for name in names if not bare <= name)
    return next(islice(lacking, 1, None), None) is None


def _graded(label: str, known: int | None, plain: bool) -> int | None:
    found = GRADED.search(label.strip())
    place = known if known is not None else PLAIN if plain else None
    if place is None or not found:
        return place
    return place + GRADE * (FIGURES[found[1]] if found[1] else int(found[2]))


def rises(values: Sequence[int]) -> bool:
    """Whether ranks rise, as far as their order is one."""
    steady = all(after - before >= -EITHER_WAY for before, after in pairwise(values))
    return steady and len(values) > 1 and values[-1] - values[0] >= LEAST_RISE


def falls(values: Sequence[int]) -> bool:
    return rises(values[::-1])


def runs(labels: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Runs of labels that rise, or fall, by the known words of scales."""
    ranks = ranks_of([name_in(label) for label in labels])
    found = {*_whole(ranks), *_unbroken(ranks), *_in_known(labels)}
    if found and _end_alike([name_in(label) for label in labels]):
        found = {(0, len(labels))}
    for start, end in sorted(found):
        within = any(a <= start and end <= b and (a, b) != (start, end) for a, b in found)
        names = {key(name_in(label)) for label in labels[start:end]}
        if not within and len(names) == end - start:
            yield tuple(labels[start:end])


def _end_alike(names: Sequence[str]) -> bool:
    """Whether names are one word each, with one ending: `Leading`, `Shaping`, `Mastering`."""
    endings = {key(name)[-ENDING:] for name in names}
    return len(endings) == 1 and all(" " not in key(name) for name in names)


def _whole(ranks: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """From the first ranked label to the last, if few between them have no rank."""
    known = [n for n, one in enumerate(ranks) if one is not None]
    if len(known) < FEWEST:
        return
    start, end = known[0], known[-1] + 1
    values = [one for one in ranks[start:end] if one is not None]
    few = len(values) >= (1 - MOST_UNRANKED) * (end - start)
    if few and (rises(values) or falls(values)):
        yield start, end


def _unbroken(ranks: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    for known, run in groupby(range(len(ranks)), key=lambda n: ranks[n] is not None):
        places = list(run)
        values = [one for n in places if (one := ranks[n]) is not None]
        if known and len(places) >= FEWEST and (rises(values) or falls(values)):
            yield places[0], places[-1] + 1


def _in_known(labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    for scale in table("scales")["known"]:
        order = {key(word): n for n, word in enumerate(scale)}
        names = [key(name_in(label)) for label in labels]
        found = [(n, order[name]) for n, name in enumerate(names) if name in order]
        steps = [place for _, place in found]
        whole = len(found) >= FEWEST and found[-1][0] - found[0][0] == len(found) - 1
        if whole and steps in (sorted(set(steps)), sorted(set(steps), reverse=True)):
            yield found[0][0], found[-1][0] + 1


def is_known(labels: Sequence[str]) -> bool:
    """Whether a scale that is used as it stands has all the labels."""
    names = {key(label) for label in labels}
    return any(names <= {key(word) for word in scale} for scale in table("scales")["known"])


def falls_in_known(labels: Sequence[str]) -> bool:
    """Whether labels of a scale that is used as it stands have its highest first."""
    for scale in table("scales")["known"]:
        order = {key(word): n for n, word in enumerate(scale)}
        places = [order[key(label)] for label in labels if key(label) in order]
        if len(places) == len(labels):
            return places == sorted(places, reverse=True)
    return False
