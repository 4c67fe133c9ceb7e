"""Newspaper columns: all pieces of a text are one flow, down a column, on at the top of the next.

Where that is so, it says much more than single links do: each page has so many columns, each of
them in the order of the text; what the last piece of one leaves open the first of the next goes
on with, overleaf too; and the lists of a theme come in the order of the profile. A text is
believed to be set so only if all its pieces make one flow. Then the flow is one exact optimum,
and each of its steps is forbidden in turn, as in `cover`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby, pairwise

from breakthrough_extract.recognise.interleaved.cover import Cover
from breakthrough_extract.recognise.interleaved.links import (
    LINK,
    RULES,
    Facts,
    Rule,
    alike,
    may_follow,
    overleaf,
    turns,
)
from breakthrough_extract.recognise.interleaved.pieces import End, Run, Start
from breakthrough_extract.recognise.interleaved.ranks import UNENDED
from breakthrough_extract.recognise.interleaved.search import Search, Step
from breakthrough_extract.solver import Row, UnsolvedError

COLUMNS = 2  # of a page; a text in more is left to `cover`
ROWS = 0.5  # share of the labels that stand side by side with others: the text is a table
CHOICES = 6  # steps of one kind that are weighed for each end of a run
FEWEST = 2  # pages: on one alone, what looks like columns may be chance
LONGEST = 250  # runs of a text; it takes too long for more

# The worth of steps, beside that of links.
NEXT_SLOT = 3.0  # a list is followed by that of the slot that comes next in the profile
LATE = -3.0  # a headline was written after some of its items, or the last item before its "and"
PASSED = -0.1  # for each run that it was written too late by, or too early
FAR = -0.25  # for each run between a column's end and its page's, or its top and its page's
NEARNESS: tuple[Rule, ...] = (turns, overleaf)  # rules that hold within a column alone
BETWEEN_LISTS: tuple[Rule, ...] = (turns, alike)  # rules that hold for the next list, too


def flow(facts: Facts, slots: Sequence[str]) -> Cover | None:
    """The lists of a text that is one flow of columns; None if it is none, or not for certain.

    `slots`: the slots of a theme, in their order.
    """
    pages = len({run.page for run in facts.runs})
    if pages < FEWEST or _is_table(facts.runs) or len(facts.runs) > LONGEST:
        return None
    steps = _steps(facts)
    try:
        search = _search(facts, steps, slots)
        found = search.best() or []
        if len(found) < len(facts.runs) - 1:
            return None
        steps = _alternating(facts, steps, [search.steps[number] for number in found])
        search = _search(facts, steps, slots)
        return search.cover(search.best() or [])
    except UnsolvedError:
        return None


def _search(facts: Facts, steps: Sequence[Step], slots: Sequence[str]) -> Search:
    runs = facts.runs
    slotted = _slotted(facts, steps, slots)
    return Search(len(runs), slotted, _rows(runs, slotted), lambda n: _is_labelled(runs[n]))


def _is_table(runs: Sequence[Run]) -> bool:
    """Whether labels stand in rows, the heads of columns side by side."""
    rows = [list(row) for _, row in groupby(runs, key=lambda run: run.last.end == End.LABEL)]
    labels = sum(map(_is_labelled, runs))
    heads = sum(len(row) for row in rows if row[0].last.end == End.LABEL and len(row) > 1)
    return heads > ROWS * labels


def _is_labelled(run: Run) -> bool:
    return run.first.start == Start.LABEL


def _steps(facts: Facts) -> list[Step]:
    """The steps that the grammar allows and that are worth weighing."""
    runs = facts.runs
    pages = sorted({run.page for run in runs})
    page = [pages.index(run.page) for run in runs]
    top = [page.index(number) for number in range(len(pages))]
    foot = [*(first - 1 for first in top[1:]), len(runs) - 1]
    steps: list[Step] = []
    for i, one in enumerate(runs):
        for j, other in enumerate(runs):
            here, there = page[i], page[j]
            if i == j or there not in (here, here + 1) or not _may_follow(one, other):
                continue
            if here == there and i < j:
                steps.append(Step(i, j, LINK + _worth(facts, i, j)))
            elif here == there and _is_late(one, other):
                late = LINK + LATE + PASSED * (i - j) + _worth(facts, i, j, NEARNESS)
                steps.append(Step(i, j, late, late=True))
            far = FAR * (foot[here] - i + j - top[there])
            worth = LINK + far + _worth(facts, i, j, NEARNESS)
            steps.append(Step(i, j, worth, over=here, leaf=here < there))
    return _likely([step for step in steps if step.gain > 0])


def _may_follow(one: Run, other: Run) -> bool:
    return _is_labelled(other) if one.last.end == End.LAST else may_follow(one, other)


def _is_late(one: Run, other: Run) -> bool:
    """Whether it happens that a converter writes `one` after `other`, which goes on with it."""
    return _is_headline(one) or _is_labelled(other) or one.last.end == End.LAST_BUT_ONE


def _is_headline(run: Run) -> bool:
    return run.first.start == Start.HEAD and run.last.end == End.HEAD


def _worth(facts: Facts, i: int, j: int, without: Sequence[Rule] = ()) -> float:
    rules = BETWEEN_LISTS if facts.runs[i].last.end == End.LAST else RULES
    return math.fsum(rule(facts, i, j) for rule in rules if rule not in without)


def _likely(steps: Sequence[Step]) -> list[Step]:
    """The steps that are among the best of their kind for either of their ends."""
    ranks: Counter[tuple[object, ...]] = Counter()
    kept: set[Step] = set()
    for step in sorted(steps, key=lambda step: -step.gain):
        kind = (step.over >= 0, step.leaf, step.late)
        for end in ((*kind, "from", step.one), (*kind, "to", step.other)):
            ranks[end] += 1
            if ranks[end] <= CHOICES:
                kept.add(step)
    return [step for step in steps if step in kept]


def _alternating(facts: Facts, steps: Sequence[Step], found: Sequence[Step]) -> list[Step]:
    """`steps`, those that stay in one column worth less, where in what was `found` the columns
    take turns: as a logarithm of odds."""
    runs = facts.runs
    parted = sum(
        one.last.end in UNENDED and one.page == other.page and one.turn < other.turn
        for one, other in pairwise(runs)
    )
    staying = sum(_stays(facts, step) for step in found)
    odds = math.log((staying + 1) / (parted - staying + 1))
    return [
        step._replace(gain=step.gain + min(odds, 0.0)) if _stays(facts, step) else step
        for step in steps
    ]


def _stays(facts: Facts, step: Step) -> bool:
    """Whether what is parted in the text is of one list, in one column, all the same."""
    one, other = facts.runs[step.one], facts.runs[step.other]
    near = step.other == step.one + 1 and step.over < 0
    return near and one.last.end in UNENDED and one.turn < other.turn


def _slotted(facts: Facts, steps: Sequence[Step], slots: Sequence[str]) -> list[Step]:
    """Each step for each slot that the list of `one` may be of; only a label changes it."""
    after = dict(zip(slots, (*slots[1:], *slots[:1]), strict=True))
    out: list[Step] = []
    for step in steps:
        one, other = facts.runs[step.one], facts.runs[step.other]
        for slot in [one.slot] if _is_labelled(one) else slots:
            then = other.slot if _is_labelled(other) else slot
            worth = NEXT_SLOT * (_is_labelled(other) and then == after[slot])
            if not _is_labelled(one) and not _is_labelled(other):
                worth += facts.tones[step.other] * (1 if then == facts.list_slot else -1)
            out.append(step._replace(gain=step.gain + worth, slot=slot, then=then))
    return out


def _rows(runs: Sequence[Run], steps: Sequence[Step]) -> list[Row]:
    """Each run comes once after one and once before one, and passes its slot on; each page has so
    many columns, and ends once; a headline that was written late has its label before the items
    that it heads."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    into: dict[tuple[int, str], list[int]] = defaultdict(list)
    out_of: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, step in enumerate(steps):
        groups["from", step.one].append(number)
        groups["to", step.other].append(number)
        into[step.other, step.then].append(number)
        out_of[step.one, step.slot].append(number)
        if step.over >= 0:
            groups["leaf" if step.leaf else "column", step.over].append(number)
        if step.late and _is_headline(runs[step.one]):
            groups["late", step.one, step.other].append(number)
    rows: list[Row] = []
    for key, group in groups.items():
        labels = []
        if key[0] == "late":
            labels = [n for n in groups.get(("to", key[1]), []) if steps[n].one < int(str(key[2]))]
        bound = 0.0 if key[0] == "late" else COLUMNS - 1.0 if key[0] == "column" else 1.0
        rows.append(([*group, *labels], [*[1.0] * len(group), *[-1.0] * len(labels)], bound))
    for (run, slot), away in out_of.items():
        if not _is_labelled(runs[run]):
            here = into[run, slot]
            rows.append(([*away, *here], [*[1.0] * len(away), *[-1.0] * len(here)], 0.0))
    return rows
