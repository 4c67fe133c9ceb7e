"""Loose text to edits: what a clipped or repeated copy proves about a section.

A converter that cuts a page's edge off leaves the tails of a column's lines in some stray
cell. Aligned with the column's own text such a fragment mostly confirms it. Where it shows
words that the column lacks, and only one place can take them, they are restored; where two
readings stand against each other, both are reported and nothing is changed.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from breakthrough_extract.document import (
    Evidence,
    Outline,
    Passage,
    Repaired,
    Section,
    Source,
    Variant,
    Witnessed,
)
from breakthrough_extract.language import likeness

RESTORED = "restored-from-fragment"

WORD = re.compile(r"\w+(?:['’-]\w+)*")
# A punctuation mark with white space before it has lost its word: the edge of a clipped line.
LOST_WORD = re.compile(r"\s*(?:(?<=\s)[;:,.!?]|$)")

JUMP = 4  # cost, in letters, of taking up the section's text again elsewhere
ADJACENT = 1  # gain, in letters, of going straight on
SHORTEST_CLIP = 2  # letters of a word's tail that still tell which word it was
EXPLAINED = 0.6  # share of its letters that must be found for a run to be a copy
SAME_WORD = 0.6  # likeness from which two words may be one word in two readings
CONTEXT = 2  # words that must stand before a restored one, and stand so only once
LIST_WORDS = {"and", "or"}  # what joins the last item of a list to the others
MOST_RIVALS = 8  # words; where an end of the copy is open, more than these are no one reading
LAST_SIGN = chr(sys.maxunicode)
MOST_NEIGHBOURS = 40  # passages; a longer run is no two copies that came together by chance
MOST_PLACES = 200  # a word that a section has more often says nothing about a place in it
CANDIDATES = 4  # sections that are aligned in full: those with the most words in common


class Word(NamedTuple):
    """A word of a text that was handed over in several passages."""

    text: str  # lower case
    passage: int  # 0-based
    start: int  # code points into the passage's text
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """Word `there` of a copy is word `here` of a section, or the tail of it."""

    there: int
    here: int
    clipped: bool


def repair(outline: Outline, source: Source) -> Repaired:
    """What the loose text of `outline` says of its sections."""
    sections = list(outline.sections)
    texts = [_Text.of(section) for section in sections]
    witnessed: list[Witnessed] = []
    variants: list[Variant] = []
    unresolved: list[Passage] = list(outline.undecided)
    for run in (part for loose in outline.loose for part in _parted(loose, texts)):
        words = _words(run)
        home, matches = _home(words, texts)
        if home < 0:
            unresolved.extend(run)
            continue
        clipped = any(match.clipped for match in matches)
        witnessed.append(Witnessed(run, "fragment" if clipped else "repeat", home))
        copy = _Copy(run, words, sections[home], texts[home].words, matches)
        if clipped:
            sections[home] = copy.restored(source)
        variants += copy.variants(home, clipped)
    return Repaired(tuple(sections), tuple(witnessed), tuple(variants), tuple(unresolved))


class _Text(NamedTuple):
    """The words of a section."""

    words: list[Word]
    vocabulary: frozenset[str]

    @staticmethod
    def of(section: Section) -> _Text:
        words = _words((section.headline, *section.items))
        return _Text(words, frozenset(word.text for word in words))


def _parted(run: tuple[Passage, ...], texts: list[_Text]) -> list[tuple[Passage, ...]]:
    """`run`; or the two runs that it is, if only apart each is a copy: neighbours by chance."""
    if len(run) > MOST_NEIGHBOURS or _home(_words(run), texts)[0] >= 0:
        return [run]
    best = 0, [run]
    for cut in range(1, len(run)):
        parts = [run[:cut], run[cut:]]
        words = [_words(part) for part in parts]
        homes = [_home(part, texts) for part in words]
        found = [
            sum(len(part[match.there].text) for match in matches)
            for part, (_, matches) in zip(words, homes, strict=True)
        ]
        if all(home >= 0 for home, _ in homes) and sum(found) > best[0]:
            best = sum(found), parts
    return best[1]


def _words(passages: Sequence[Passage]) -> list[Word]:
    return [
        Word(found.group().lower(), number, found.start(), found.end())
        for number, passage in enumerate(passages)
        for found in WORD.finditer(passage.text)
    ]


def _home(words: list[Word], texts: list[_Text]) -> tuple[int, list[Match]]:
    """The one section that `words` are a copy of, -1 if there is none; and the alignment."""
    vocabulary = {word.text for word in words}
    common = [sum(map(len, vocabulary & text.vocabulary)) for text in texts]
    nearest = sorted(range(len(texts)), key=lambda n: (-common[n], n))[:CANDIDATES]
    letters = sum(len(word.text) for word in words)
    best: list[tuple[float, int, list[Match]]] = []
    for n in nearest:
        matches = align(words, texts[n].words)
        found = sum(len(words[match.there].text) for match in matches)
        best.append((found / letters if letters else 0.0, n, matches))
    best.sort(key=lambda entry: (-entry[0], entry[1]))
    tied = len(best) > 1 and best[0][0] == best[1][0]
    if not best or best[0][0] < EXPLAINED or tied:
        return -1, []
    return best[0][1], best[0][2]


def align(there: Sequence[Word], here: Sequence[Word]) -> list[Match]:
    """The best alignment of a copy with a section, in order on both sides.

    Dynamic programming over the pairs of words that are alike, O(log len(here)) each: equal
    words gain their letters, going straight on gains a little, jumping costs more than a
    small word is worth, so that a lone "the" proves nothing. The tail of a word counts as the
    word, but only at the start of a stretch: what is left of it is beyond the edge.
    """
    scores: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {}
    ceiling = _Ceiling(len(here))
    places: dict[str, list[int]] = {}
    for j, word in enumerate(here):
        places.setdefault(word.text, []).append(j)
    places = {word: at for word, at in places.items() if len(at) <= MOST_PLACES}
    backwards = sorted(word[::-1] for word in places)
    for i, word in enumerate(there):
        ends: list[tuple[int, float]] = []
        whole = places.get(word.text, [])
        tails = [] if whole else _tails(word.text, places, backwards)
        for j in (*whole, *tails):
            before, jump_from = ceiling.at(j)
            best = (before - (JUMP if jump_from else 0), jump_from)
            straight = scores.get((i - 1, j - 1))
            if straight and j in whole and straight[0] + ADJACENT >= best[0]:
                best = (straight[0] + ADJACENT, (i - 1, j - 1))
            scores[i, j] = (best[0] + len(word.text), best[1])
            ends.append((j, scores[i, j][0]))
        for j, score in ends:
            ceiling.rise(j, score, (i, j))
    at = ceiling.at(len(here))[1]
    path: list[Match] = []
    while at is not None:
        i, j = at
        path.append(Match(i, j, clipped=there[i].text != here[j].text))
        at = scores[at][1]
    return path[::-1]


Pair = tuple[int, int]


class _Ceiling:
    """For each word of a section the best match so far that ends before it.

    A tree of prefix maxima: Fenwick (1994), "A new data structure for cumulative frequency
    tables". Of equally good matches the first stays.
    """

    def __init__(self, size: int) -> None:
        self._best: list[tuple[float, int, Pair | None]] = [(0.0, 0, None)] * (size + 1)
        self._count = 0

    def rise(self, word: int, score: float, match: Pair) -> None:
        """There is a match of that score which ends at that word."""
        self._count += 1
        entry = (score, -self._count, match)
        at = word + 1
        while at < len(self._best):
            if self._best[at][:2] < entry[:2]:
                self._best[at] = entry
            at += at & -at

    def at(self, word: int) -> tuple[float, Pair | None]:
        best: tuple[float, int, Pair | None] = (0.0, 0, None)
        while word:
            if self._best[word][:2] > best[:2]:
                best = self._best[word]
            word -= word & -word
        return best[0], best[2]


def _tails(tail: str, places: dict[str, list[int]], backwards: Sequence[str]) -> list[int]:
    """Where words end in `tail`; `backwards` are the words, each turned round, in order."""
    if len(tail) < SHORTEST_CLIP:
        return []
    turned = tail[::-1]
    first = bisect_left(backwards, turned)
    last = bisect_left(backwards, turned + LAST_SIGN, lo=first)
    found = sorted(j for word in backwards[first:last] for j in places[word[::-1]])
    return found if len(found) <= MOST_PLACES else []


@dataclass(frozen=True)
class _Copy:
    """A run of loose text that was aligned with its section."""

    run: tuple[Passage, ...]
    words: list[Word]
    section: Section
    text: list[Word]
    matches: list[Match]

    def restored(self, source: Source) -> Section:
        """The section with the words that the copy alone has, where one place takes them."""
        items = list(self.section.items)
        # From the end, so that earlier positions stay true.
        for gap in reversed(self._gaps()):
            if not self._is_unique_join(gap):
                continue
            after = self.text[gap.before.here] if gap.before else self.text[0]
            if after.passage == 0:
                continue  # headlines are short enough to be read whole
            lost = self._slice(gap.first, gap.last)
            evidence = self._evidence(gap, source)
            item = items[after.passage - 1]
            items[after.passage - 1] = item.replace(
                after.end, after.end, f" {lost.folded}", RESTORED, evidence
            )
        return replace(self.section, items=tuple(items))

    def variants(self, home: int, clipped: bool) -> list[Variant]:
        """The places where the two differ and nothing decides."""
        out: list[Variant] = []
        for gap in self._gaps():
            if clipped and self._is_unique_join(gap):
                continue
            here = self._here(gap)
            if here:
                out.append(Variant(home, here, self._slice(gap.first, gap.last)))
        return out

    def _gaps(self) -> list[_Gap]:
        """The runs of the copy's words that the section does not have, between its matches."""
        out: list[_Gap] = []
        matched = [None, *self.matches, None]
        for before, after in pairwise(matched):
            first = before.there + 1 if before else 0
            last = after.there if after else len(self.words)
            if last > first:
                out.append(_Gap(first, last - 1, before, after))
        return out

    def _is_unique_join(self, gap: _Gap) -> bool:
        """Whether the words of `gap` can stand in one place only.

        They must follow words that stand so but once in the section, run up to an edge where
        the copy was clipped, and resemble no word that the section has instead.
        """
        if not gap.before:
            return False
        first, last = self.words[gap.first], self.words[gap.last]
        follows = first.passage == self.words[gap.before.there].passage == last.passage
        rest = self.run[last.passage].text[last.end :]
        edge = LOST_WORD.match(rest) if rest.strip() else True
        lead = self._lead(gap.before)
        if not (follows and edge and len(lead) >= CONTEXT):
            return False
        words = [word.text for word in self.text]
        times = sum(words[n : n + CONTEXT] == lead for n in range(len(words)))
        stop = gap.after.here if gap.after else len(words)
        rivals = words[gap.before.here + 1 : stop]
        lost = [word.text for word in self.words[gap.first : gap.last + 1]]
        return times == 1 and not any(likeness(a, b) >= SAME_WORD for a in lost for b in rivals)

    def _lead(self, before: Match) -> list[str]:
        """The last words before a gap, as far as copy and section run side by side there."""
        known = {(match.there, match.here) for match in self.matches if not match.clipped}
        lead: list[str] = []
        for back in range(CONTEXT):
            if (before.there - back, before.here - back) not in known:
                break
            lead.insert(0, self.text[before.here - back].text)
        return lead

    def _here(self, gap: _Gap) -> Passage:
        """What the section has in place of `gap`.

        That is the word most like one of the gap's, if there is one; else all that stands
        between the same neighbours; nothing where the neighbours touch and the copy only has
        the "and" of a list.
        """
        first = gap.before.here + 1 if gap.before else 0
        stop = gap.after.here if gap.after else len(self.text)
        rivals = self.text[first:stop]
        lost = [word.text for word in self.words[gap.first : gap.last + 1]]
        if not rivals and set(lost) <= LIST_WORDS:
            return Passage()
        pairs = [(likeness(a, b.text), b) for a in lost for b in rivals if b.text not in lost]
        alike = [(score * len(b.text), b) for score, b in pairs if score >= SAME_WORD]
        if alike:
            rivals = [max(alike, key=lambda pair: pair[0])[1]]
        if not rivals or (not (gap.before and gap.after) and len(rivals) > MOST_RIVALS):
            rivals = self.text[max(first - CONTEXT, 0) : first + CONTEXT]
        passage = (self.section.headline, *self.section.items)[rivals[0].passage]
        same = [word for word in rivals if word.passage == rivals[0].passage]
        return passage[same[0].start : same[-1].end]

    def _slice(self, first: int, last: int) -> Passage:
        """The copy's text from one word to another."""
        one, other = self.words[first], self.words[last]
        parts = [
            self.run[n][
                one.start if n == one.passage else 0 : (
                    other.end if n == other.passage else len(self.run[n].text)
                )
            ]
            for n in range(one.passage, other.passage + 1)
        ]
        return Passage.join(parts)

    def _evidence(self, gap: _Gap, source: Source) -> Evidence:
        """The stretch of the copy that shows the lost words behind the words before them."""
        first = max(gap.first - CONTEXT, 0)
        span = self._slice(first, gap.last).spans
        start, end = span[0].start, span[-1].end
        return Evidence(source.name, start, end, source.text[start:end])


@dataclass(frozen=True, slots=True)
class _Gap:
    """Words of a copy, by index, that its section does not have."""

    first: int
    last: int  # inclusive
    before: Match | None
    after: Match | None
