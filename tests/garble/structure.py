"""Damage to the order and the presence of headings and sections.

Each function takes a rendering, a strength (the share of the parts that are hit, 0..1) and
a source of chance, and gives the damaged rendering.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from tests.garble.rendering import Group, Kind, Line, Rendering, Section, each_section

T = TypeVar("T")


def some(parts: Sequence[T], share: float, chance: Random) -> list[int]:
    """Which of `parts` are hit: at least one if there is any, in order."""
    count = min(math.ceil(share * len(parts)), len(parts)) if share > 0 else 0
    return sorted(chance.sample(range(len(parts)), count))


def pages_shuffled(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Themes as a whole change places."""
    groups = list(rendering.groups)
    return replace(rendering, groups=tuple(_permuted(groups, strength, chance)))


def sections_shuffled(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Sections leave their theme and stand anywhere."""
    flat = [(n, s) for n, group in enumerate(rendering.groups) for s in group.sections]
    hit = some(flat, strength, chance)
    rest = [
        [section for m, (home, section) in enumerate(flat) if home == n and m not in hit]
        for n in range(len(rendering.groups))
    ]
    for number in hit:
        home = rest[chance.randrange(len(rest))]
        home.insert(chance.randint(0, len(home)), flat[number][1])
    return _with_sections(rendering, rest)


def headings_moved(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Names of themes, with their complaints, stand above other themes' sections."""
    headings = _permuted([group.heading for group in rendering.groups], strength, chance)
    return _with_headings(rendering, headings)


def headings_dropped(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Names of themes, with their complaints, are lost."""
    hit = some(rendering.groups, strength, chance)
    kept = [() if n in hit else group.heading for n, group in enumerate(rendering.groups)]
    return _with_headings(rendering, kept)


def headings_doubled(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Names of themes stand a second time, above a section of any theme."""
    sections = [list(group.sections) for group in rendering.groups]
    for number in some(rendering.groups, strength, chance):
        names = [line for line in rendering.groups[number].heading if line.kind == Kind.THEME]
        home = sections[chance.randrange(len(sections))]
        home.insert(chance.randint(0, len(home)), Section("", tuple(names)))
    return _with_sections(rendering, sections)


def cells_doubled(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Sections are given twice, the second time anywhere."""
    flat = [section for group in rendering.groups for section in group.sections]
    return _strewn(rendering, [flat[n] for n in some(flat, strength, chance)], chance)


def sections_missing(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Sections are lost; nothing can bring them back."""
    flat = [section for group in rendering.groups for section in group.sections]
    gone = {id(flat[n]) for n in some(flat, strength, chance)}
    kept = [[s for s in group.sections if id(s) not in gone] for group in rendering.groups]
    return _with_sections(rendering, kept)


def foreign_sections(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Sections of another document stand among the model's, under the model's labels."""
    stock = [section for group in rendering.foreign for section in group.sections]
    own = sum(len(group.sections) for group in rendering.groups)
    count = min(math.ceil(strength * own), len(stock))
    strays = []
    for section in (stock[n] for n in sorted(chance.sample(range(len(stock)), count))):
        slot = chance.choice(rendering.profile.slots)
        label = replace(section.lines[0], text=slot.name)
        strays.append(Section(slot.id, (label, *section.lines[1:])))
    return _strewn(rendering, strays, chance)


def foreign_pages(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Pages of another model, with its names and its labels, stand between the model's."""
    groups = list(rendering.groups)
    count = min(math.ceil(strength * len(groups)), len(rendering.foreign))
    for number in sorted(chance.sample(range(len(rendering.foreign)), count)):
        groups.insert(chance.randint(0, len(groups)), rendering.foreign[number])
    return replace(rendering, groups=tuple(groups))


def table_flattened(rendering: Rendering, strength: float, _: Random) -> Rendering:
    """A table is written cell by cell, the labels of all its columns once, above it."""
    if strength < 1:
        return rendering
    bare = each_section(rendering, _without_label)
    return replace(bare, flat=True)


def _without_label(section: Section) -> Section:
    return replace(section, lines=tuple(ln for ln in section.lines if ln.kind != Kind.LABEL))


def _permuted(parts: Sequence[T], share: float, chance: Random) -> list[T]:
    """`parts`, that share of them in each other's places: each moves one on, in chance order."""
    hit = some(parts, share, chance)
    chance.shuffle(hit)
    out = list(parts)
    for here, there in zip(hit, [*hit[1:], *hit[:1]], strict=True):
        out[there] = parts[here]
    return out


def _strewn(rendering: Rendering, strays: Sequence[Section], chance: Random) -> Rendering:
    """`rendering` with more sections, each anywhere."""
    sections = [list(group.sections) for group in rendering.groups]
    for section in strays:
        home = sections[chance.randrange(len(sections))]
        home.insert(chance.randint(0, len(home)), section)
    return _with_sections(rendering, sections)


def _with_sections(rendering: Rendering, sections: Sequence[Sequence[Section]]) -> Rendering:
    pairs = zip(rendering.groups, sections, strict=True)
    return replace(rendering, groups=tuple(Group(g.heading, tuple(own)) for g, own in pairs))


def _with_headings(rendering: Rendering, headings: Sequence[tuple[Line, ...]]) -> Rendering:
    pairs = zip(rendering.groups, headings, strict=True)
    return replace(rendering, groups=tuple(Group(own, g.sections) for g, own in pairs))
