"""Damage to the lines of sections: where they end, what stands between them, what is cut off.

Each function takes a rendering, a strength (the share of the items or sections that are
hit, 0..1) and a source of chance, and gives the damaged rendering.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from random import Random

from tests.garble.rendering import Group, Kind, Line, Rendering, Section, each_line, each_section
from tests.garble.structure import some

WIDTH = 40  # characters, of a column
EDGE = 6  # characters that an edge cuts off
LEAST = 3  # letters of a word before its hyphen, and behind it


def labels_dropped(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Stage labels are lost; what stood under them goes on with what stands before."""
    return _hit(rendering, Kind.LABEL, strength, chance, lambda _: ())


def running_heads_inserted(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """A page ends in the middle of an item, and the running head comes between."""
    heads = rendering.profile.running_heads

    def parted(line: Line) -> tuple[Line, ...]:
        words = line.text.split(" ")
        at = chance.randint(1, max(len(words) - 1, 1))
        text = "\n".join((" ".join(words[:at]), chance.choice(heads), " ".join(words[at:])))
        return (replace(line, text=text.strip("\n")),)

    return _hit(rendering, Kind.ITEM, strength, chance, parted) if heads else rendering


def items_split(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Items are broken over the lines of a narrow column."""
    return _hit(rendering, Kind.ITEM, strength, chance, lambda line: (_wrapped(line),))


def items_joined(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """The mark and the line break between two items are lost."""

    def joined(section: Section) -> Section:
        out: list[Line] = []
        for line in section.lines:
            both = out and out[-1].kind == line.kind == Kind.ITEM
            if both and chance.random() < strength:
                text = f"{out[-1].text} {line.text}"
                out[-1] = replace(out[-1], text=text, true=(*out[-1].true, *line.true))
            else:
                out.append(line)
        return replace(section, lines=tuple(out))

    return each_section(rendering, joined)


def items_cut_left(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """The left edge of some items' lines is cut off and stands at the end of the text."""
    return _cut(rendering, strength, chance, lambda line: (line[EDGE:], line[:EDGE]))


def items_cut_right(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """The right edge of some items' lines is cut off and stands at the end of the text."""
    return _cut(rendering, strength, chance, lambda line: (line[:-EDGE], line[-EDGE:]))


def hyphenation(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Items are broken over lines, and words at the lines' ends with a hyphen."""
    return _hit(rendering, Kind.ITEM, strength, chance, lambda line: (_hyphenated(line),))


def columns_interleaved(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Two sections that stood side by side are written line by line into each other."""

    def interleaved(group: Group) -> Group:
        out = list(group.sections)
        for n in range(0, len(out) - 1, 2):
            if chance.random() < strength:
                pairs = zip_longest(out[n].lines, out[n + 1].lines)
                lines = tuple(line for pair in pairs for line in pair if line)
                out[n : n + 2] = [replace(out[n], lines=lines), Section("", ())]
        return replace(group, sections=tuple(section for section in out if section.lines))

    return replace(rendering, groups=tuple(interleaved(group) for group in rendering.groups))


def marks_lost(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """The list marks of whole sections are lost; the line breaks are kept."""

    def bare(section: Section) -> Section:
        if chance.random() >= strength:
            return section
        return replace(section, lines=tuple(replace(ln, marked=False) for ln in section.lines))

    return each_section(rendering, bare)


def _hit(
    rendering: Rendering,
    kind: Kind,
    strength: float,
    chance: Random,
    change: Callable[[Line], tuple[Line, ...]],
) -> Rendering:
    """`rendering` with that share of the lines of a kind, in its sections, changed."""
    lines = [ln for g in rendering.groups for s in g.sections for ln in s.lines if ln.kind == kind]
    hit = {id(lines[n]) for n in some(lines, strength, chance)}

    def changed(section: Section) -> Section:
        out: list[Line] = []
        for line in section.lines:
            out += change(line) if id(line) in hit else (line,)
        return replace(section, lines=tuple(out))

    return each_section(rendering, changed)


def _wrapped(line: Line) -> Line:
    rows = textwrap.wrap(line.text.replace("\n", " "), WIDTH, break_on_hyphens=False)
    return replace(line, text="\n".join(rows))


def _hyphenated(line: Line) -> Line:
    """`line` over several rows, each filled by a part of the next word where it can be."""
    rows = [""]
    for word in line.text.replace("\n", " ").split():
        room = WIDTH - len(rows[-1]) - 2
        head = min(room, len(word) - LEAST)
        if room >= len(word):
            rows[-1] = f"{rows[-1]} {word}".strip()
        elif head >= LEAST and word.isalpha():
            rows[-1] = f"{rows[-1]} {word[:head]}-".strip()
            rows.append(word[head:])
        else:
            rows.append(word)
    return replace(line, text="\n".join(row for row in rows if row))


def _cut(
    rendering: Rendering, strength: float, chance: Random, halves: Callable[[str], tuple[str, str]]
) -> Rendering:
    """Some items lose an edge; the edges of each stand in a block of their own at the end."""
    lines = [ln for ln in rendering.lines() if ln.kind == Kind.ITEM]
    hit = {id(lines[n]) for n in some(lines, strength, chance)}
    edges: list[Section] = []

    def cut(line: Line) -> Line:
        if id(line) not in hit:
            return line
        rows = [halves(row) for row in _wrapped(line).text.split("\n")]
        edge = "\n".join(there.strip() for _, there in rows)
        edges.append(Section("", (Line(Kind.PLAIN, edge),)))
        return replace(line, text="\n".join(here.strip() for here, _ in rows))

    out = each_line(rendering, cut)
    return replace(out, groups=(*out.groups, Group((), tuple(edges))))
