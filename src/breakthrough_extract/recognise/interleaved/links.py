"""What speaks for one run to go on with another: the links, and what each is worth."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from breakthrough_extract.language import content_words
from breakthrough_extract.recognise.interleaved.pieces import (
    End,
    Piece,
    Run,
    Start,
    follows,
    is_rest,
)
from breakthrough_extract.recognise.interleaved.ranks import (
    Rank,
    is_clipped,
    is_open,
    ranked,
    ranks_of,
)
from breakthrough_extract.recognise.odds import first_word
from breakthrough_extract.vectors import Vector, cosine, weighted

REACH = 40  # runs between two that may be one list's
OVERLEAF = 2  # stretches between running heads to the next page's: a foot and a head
CHOICES = 6  # links that are weighed for each end of a run
HABIT = 0.2  # share of the places that must be glued for a text to glue what stands together

# The worth of links, in units of two runs passed over.
LINK = 24.0  # that a run has one before it at all
ALIKE = 5.0  # a full cosine between two stretches of one list
TAKEN_UP = 4.0  # all words of a headline stand in the list
ALONE = 3.0  # a headline directly before, and no other waits for its list
OVER_A_ROW = -8.0  # a row of labels stands between a headline and the list: those of the next
IN_STEP = 3.0  # the nth of so many labels, and the nth of as many headlines after them
STACKED = -1.0  # of several headlines in a row, the list directly after is not the last one's
SAME_TURN = -1.5  # nothing stands between: of one list, it would not have been parted
NEXT_PAGE = -1.0
BACKWARDS = -4.0  # the converter wrote the second first
TOP_FIRST = -1.0  # the same for a column's top, where that is the converter's habit
SEAM = 4.0  # words that are known to begin items, or that become whole
BRACKET = -4.0  # a bracket closes that was not opened, or stays open
HYPHENS = ("-", "\u2010", "\u00ad")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Link:
    """`other` may come next after `one` (indices of runs, 0-based)."""

    one: int
    other: int
    gain: float


@dataclass(frozen=True)
class Facts:
    """What the whole text shows."""

    runs: Sequence[Run]
    words: Sequence[Counter[str]]  # content words of each run
    vectors: Sequence[Vector]
    rarity: dict[str, float]
    tones: Sequence[float]
    list_slot: str
    openings: Counter[str]  # words that items begin with
    known: frozenset[str]  # all words, lower case
    pairs: frozenset[tuple[str, str]]  # words that stand side by side, lower case
    gluing: frozenset[End]  # ends after which this text goes on without a blank line
    top_first: float  # what it takes for a column's top to come before what it goes on from
    ranks: Sequence[Rank]
    open: Sequence[Rank]  # among neighbours, of runs whose list is not at its end
    rests: Sequence[Rank]  # among neighbours, of runs that begin in the middle of a list
    clipped: bool  # whether the edge of a page cut headlines off
    alone: Sequence[bool]  # runs that end in a headline while no other waits for its list

    @staticmethod
    def of(
        runs: Sequence[Run], list_slot: str, tones: Sequence[float] = (), top_first: bool = False
    ) -> Facts:
        words = [Counter(content_words(run.text)) for run in runs]
        vectors, rarity = weighted(words)
        glued = Counter(piece.end for run in runs for piece in run.pieces[:-1])
        parted = Counter(run.last.end for run in runs)
        return Facts(
            runs=runs,
            words=words,
            vectors=vectors,
            rarity=rarity,
            tones=tones or [0.0] * len(runs),
            list_slot=list_slot,
            openings=_openings(runs),
            known=frozenset(word for run in runs for word in WORD.findall(run.text.lower())),
            pairs=frozenset(pair for run in runs for pair in _pairs(run.text)),
            gluing=frozenset(end for end in glued if glued[end] >= HABIT * (glued + parted)[end]),
            top_first=TOP_FIRST if top_first else BACKWARDS,
            ranks=ranks_of(runs),
            clipped=any(map(is_clipped, runs)),
            open=ranked(runs, is_open),
            rests=ranked(runs, is_rest),
            alone=_alone(runs),
        )


def links_of(facts: Facts) -> list[Link]:
    """The links that the grammar of lists allows and that are worth weighing."""
    links = [
        Link(i, j, LINK + math.fsum(rule(facts, i, j) for rule in RULES))
        for i, one in enumerate(facts.runs)
        for j, other in enumerate(facts.runs)
        if abs(i - j) <= REACH
        and (i < j or other.turn < one.turn)
        and 0 <= other.page - one.page <= OVERLEAF
        and may_follow(one, other)
    ]
    return _likely([link for link in links if link.gain > 0])


def may_follow(one: Run, other: Run) -> bool:
    """Whether `other` may come next after `one` in a list."""
    if not follows(one.last, other.first):
        return False
    before = one.pieces[-2].end if len(one.pieces) > 1 else End.MORE
    ends = one.last.end == End.CUT and before == End.LAST_BUT_ONE
    return not ends or other.first.end in (End.LAST, End.CUT)


def _likely(links: Sequence[Link]) -> list[Link]:
    """The links that are among the best of either of their ends."""
    ranks: Counter[tuple[str, int]] = Counter()
    kept: set[Link] = set()
    for link in sorted(links, key=lambda link: -link.gain):
        for end in (("from", link.one), ("to", link.other)):
            ranks[end] += 1
            if ranks[end] <= CHOICES:
                kept.add(link)
    return [link for link in links if link in kept]


# The rules: what each has to say for a link, above 0, or against it.


def turns(facts: Facts, i: int, j: int) -> float:
    """Columns take turns: the more runs between two, the less likely they are one list's."""
    one, other = facts.runs[i], facts.runs[j]
    between = other.turn - one.turn - 1
    if j < i:
        # A column's top before the foot of the column before it, or two neighbours reversed.
        top = facts.top_first - 0.25 * other.down if other.page else -math.inf
        return max(top, BACKWARDS - 0.5 * (one.turn - other.turn))
    habit = between == 0 and one.page == other.page and one.last.end in facts.gluing
    return SAME_TURN * habit - 0.5 * float(max(between - 1, 0) ** 1.25)


def overleaf(facts: Facts, i: int, j: int) -> float:
    return NEXT_PAGE * (facts.runs[j].page > facts.runs[i].page)


def headline(facts: Facts, i: int, j: int) -> float:
    """Whether a list is the headline's just before it, by where they stand."""
    if j != i + 1 or facts.runs[i].last.end != End.HEAD:
        return 0.0
    stacked = i > 0 and facts.runs[i - 1].last.end == End.HEAD
    free = facts.alone[i] and bool(facts.gluing) and End.HEAD not in facts.gluing
    return ALONE * free + STACKED * stacked


def over_a_row(facts: Facts, i: int, j: int) -> float:
    """Whether the heads of the next row stand between a headline and a list, in a text of which
    some headlines are clipped: their lists are free, and take to any other."""
    if not facts.clipped or facts.runs[i].last.end != End.HEAD:
        return 0.0
    heads = (facts.ranks[n].of > 1 and facts.runs[n].last.end == End.LABEL for n in range(i + 1, j))
    return OVER_A_ROW * any(heads)


def in_step(facts: Facts, i: int, j: int) -> float:
    """Whether a row of so many is followed by a row of as many, and both are the same in them; of
    more lists, parts of them, a whole one that comes first is that of the first."""
    one, other = facts.ranks[i], facts.ranks[j]
    next_row = one.of > 1 and other.of > 1 and other.row == one.row + 1
    run = facts.runs[j]
    first = other.nth == 0 and len(run.pieces) > 1 and run.last.end == End.LAST
    return IN_STEP * (next_row and one.nth == other.nth and (one.of == other.of or first))


def in_column(facts: Facts, i: int, j: int) -> float:
    """Whether a table's row is cut by the page's end, and both are parts of one column: so many
    lists are not at their end, and as many pieces go on with some."""
    one, other = facts.open[i], facts.rests[j]
    cut = one.of == other.of > 1 and other.row == one.row + 1
    return IN_STEP * (cut and one.nth == other.nth)


def alike(facts: Facts, i: int, j: int) -> float:
    """What two runs speak of: a list takes up the few words of its headline."""
    if facts.runs[i].last.end != End.HEAD or len(facts.runs[i].pieces) > 2:
        return ALIKE * cosine(facts.vectors[i], facts.vectors[j])
    rarities = [(facts.rarity[word], word in facts.words[j]) for word in sorted(facts.words[i])]
    whole = math.fsum(rarity for rarity, _ in rarities)
    return TAKEN_UP * math.fsum(rarity for rarity, taken in rarities if taken) / (whole or 1.0)


def tone(facts: Facts, i: int, j: int) -> float:
    """Whether a run speaks like the slot that the label names."""
    slot = facts.runs[i].slot
    return 0.0 if not slot else facts.tones[j] if slot == facts.list_slot else -facts.tones[j]


def seam(facts: Facts, i: int, j: int) -> float:
    """Whether an item begins as items do, and the rest of one does not."""
    one, other = facts.runs[i].last, facts.runs[j].first
    if other.start != Start.EITHER:
        return 0.0
    usual = facts.openings[first_word(other.text)] > 1
    return SEAM * usual * (-1 if one.end == End.CUT else 1)


def hyphen(facts: Facts, i: int, j: int) -> float:
    """Whether a word that was cut becomes one that the text has elsewhere."""
    one, other = facts.runs[i].last, facts.runs[j].first
    if one.end != End.CUT or not one.text.endswith(HYPHENS):
        return 0.0
    return SEAM * (_joined(one, other) in facts.known)


def known_pair(facts: Facts, i: int, j: int) -> float:
    """Whether the two words at a cut stand side by side elsewhere in the text."""
    one, other = facts.runs[i].last, facts.runs[j].first
    if one.end != End.CUT or one.text.endswith(HYPHENS):
        return 0.0
    return SEAM * (_pair(one.text, other.text) in facts.pairs)


def brackets(facts: Facts, i: int, j: int) -> float:
    one, other = facts.runs[i].last, facts.runs[j].first
    if one.end != End.CUT:
        return 0.0
    return BRACKET * (_unclosed(one.text) + _unclosed(other.text) != 0)


Rule = Callable[[Facts, int, int], float]
RULES: tuple[Rule, ...] = (
    turns,
    overleaf,
    headline,
    over_a_row,
    in_step,
    in_column,
    alike,
    tone,
    seam,
    hyphen,
    known_pair,
    brackets,
)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return pairwise(text.lower().split())


def _pair(one: str, other: str) -> tuple[str, str]:
    return one.lower().split()[-1], other.lower().split()[0]


def _joined(one: Piece, other: Piece) -> str:
    head = WORD.findall(one.text[:-1])[-1:]
    tail = WORD.findall(other.text)[:1]
    return "".join((*head, *tail)).lower()


def _unclosed(text: str) -> int:
    return text.count("(") - text.count(")")


def _openings(runs: Sequence[Run]) -> Counter[str]:
    """The words that items surely begin with, and how often."""
    items = [
        other
        for run in runs
        for one, other in pairwise(run.pieces)
        if one.end in (End.HEAD, End.MORE, End.LAST_BUT_ONE)
    ]
    items += [run.first for run in runs if run.first.start == Start.ITEM]
    return Counter(first_word(item.text) for item in items)


def _alone(runs: Sequence[Run]) -> list[bool]:
    waiting = 0
    alone: list[bool] = []
    for run in runs:
        headed = run.last.end == End.HEAD
        alone.append(headed and not waiting)
        if headed:
            waiting += 1
        elif run.first.start in (Start.ITEM, Start.EITHER):
            waiting = max(waiting - 1, 0)
    return alone
