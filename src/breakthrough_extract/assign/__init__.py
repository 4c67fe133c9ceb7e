"""Sections × themes to a grid: one exact optimisation over all evidence at once.

Each section goes to at most one theme, each cell takes at most one section, and the total of

    affinity of each section to the words of its theme's name
  + affinity of each two sections that share a theme
  + what the layout says, and the order of the sections as far as it is one
  - the price of a cell, so that a section that brings nothing takes none

is the greatest there is. `evidence` says what speaks for what, `problem` solves.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from breakthrough_extract.assign.arrangement import Arrangement, arrangement
from breakthrough_extract.assign.evidence import OPEN, SURE, Words, named_by_words, pairs, unary
from breakthrough_extract.assign.problem import Problem
from breakthrough_extract.document import COMPLAINT, Decision, Grid, Outline, Section
from breakthrough_extract.profile import Profile
from breakthrough_extract.solver import TIE


def assign(outline: Outline, profile: Profile) -> Grid:
    """The best grid for the sections of `outline`, with a margin for each decision.

    The margin of a section is found by solving again with its choice forbidden. A section
    whose margin is 0 is left open: the evidence does not decide. A section that a person gave a
    home goes there, and the best grid is that of the others around it.
    """
    copies = _copies(outline.sections)
    sections = [section for n, section in enumerate(outline.sections) if n not in copies]
    if not sections:
        return Grid((), 0.0)
    kept = [n for n in range(len(outline.sections)) if n not in copies]
    repeats = [(section, kept.index(n)) for section, n in outline.repeats if n in kept]
    arranged = arrangement(sections, repeats, outline.headings, profile)
    best, decisions = _solved(sections, arranged, profile)
    own = dict(zip(kept, decisions, strict=True))
    return Grid(
        tuple(replace(own[copies.get(n, n)], section=n) for n in range(len(outline.sections))),
        best,
    )


def _copies(sections: Sequence[Section]) -> dict[int, int]:
    """The sections whose theme structure names and another's before them too: they go where
    that goes, unless a person gave them a home. A document may give a cell in a summary and
    again in detail."""
    first: dict[tuple[str, str], int] = {}
    out: dict[int, int] = {}
    for n, section in enumerate(sections):
        if section.structural and not section.home:
            before = first.setdefault((section.theme, section.slot), n)
            if before != n:
                out[n] = before
    return out


def _solved(
    sections: Sequence[Section], arranged: Arrangement, profile: Profile
) -> tuple[float, list[Decision]]:
    themes = [theme.id for theme in profile.themes]
    words = Words.of(sections)
    named = named_by_words(sections, words, profile)
    layout = arranged.layout(named, themes)
    evidence = unary(sections, named, layout, profile)
    problem = Problem(
        unary=[[gain - OPEN for gain in row] for row in evidence],
        pairs=pairs(sections, words.vectors, arranged),
        slots=[section.slot for section in sections],
        fixed={n: themes.index(s.home) for n, s in enumerate(sections) if s.home},
    )
    best, chosen = problem.solve()
    support = _support(evidence, problem.pairs, chosen)
    lead = _lead(named, chosen)
    decisions: list[Decision] = []
    for index, theme in enumerate(chosen):
        if theme is None:
            decisions.append(Decision(index, "", 0.0, "", 0.0, 0.0))
            continue
        total, other = problem.solve(forbidden=(index, theme))
        section = sections[index]
        by_hand = bool(section.home)
        named_by_place = section.theme == themes[theme] and (
            section.structural or section.slot == COMPLAINT
        )
        margin = best - total if by_hand else max(best - total, 0.0)
        runner_up = other[index]
        decisions.append(
            Decision(
                section=index,
                theme=themes[theme] if by_hand or margin > TIE else "",
                score=problem.share(index, chosen),
                runner_up="" if runner_up is None else themes[runner_up],
                margin=margin,
                support=support[index],
                layout=1.0 if named_by_place else arranged.share(layout[index][theme]),
                words=lead[theme],
            )
        )
    return best, decisions


def _lead(named: Sequence[Sequence[float]], chosen: Sequence[int | None]) -> dict[int, float]:
    """For each theme that sections went to, how much more the words of all of them together say
    its name than that of any other."""
    out: dict[int, float] = {}
    for theme in {theme for theme in chosen if theme is not None}:
        own = [row for row, taken in zip(named, chosen, strict=True) if taken == theme]
        said = [math.fsum(column) for column in zip(*own, strict=True)]
        out[theme] = said[theme] - max((*said[:theme], *said[theme + 1 :]), default=0.0)
    return out


def _support(
    evidence: Sequence[Sequence[float]],
    pairs: Mapping[tuple[int, int], float],
    chosen: Sequence[int | None],
) -> list[float]:
    """For each section what ties it to its theme: its own evidence, and what it shares with
    the others there, as far as these have evidence of their own.

    Strangers that are only like each other, in cells that happen to be free, have none.
    """
    own = [0.0 if t is None else row[t] for t, row in zip(chosen, evidence, strict=True)]
    word = [min(gain / SURE, 1.0) for gain in own]
    shared: list[list[float]] = [[] for _ in chosen]
    for (i, j), gain in pairs.items():
        if chosen[i] is not None and chosen[i] == chosen[j]:
            shared[i].append(gain * word[j])
            shared[j].append(gain * word[i])
    return [gain + math.fsum(more) for gain, more in zip(own, shared, strict=True)]
