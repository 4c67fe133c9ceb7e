"""The profile for documents of which no profile was named: a shipped one that fits, or what
is discovered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from breakthrough_extract.discover import NoModelError, discover
from breakthrough_extract.document import Document
from breakthrough_extract.language import squash
from breakthrough_extract.profile import Label, Profile, load_profile, shipped_profiles
from breakthrough_extract.recognise.families.names import LONGEST_LABEL, Names

LEAST_THEMES = 0.5  # share of the themes' names that a garbled document must still show
LONGEST_LIST = 24  # letters that a row of labels may have besides the stages': the list's
CAPITALS = re.compile(r"[A-Z][A-Z ]*[A-Z](?= [A-Z]['’]?\w*[a-z])")  # and a sentence after them


@dataclass(frozen=True)
class Choice:
    """A profile, and why it was taken."""

    profile: Profile
    why: str
    discovered: bool = False


def choose(documents: Sequence[Document]) -> Choice:
    """The shipped profile whose names the documents have; else what is discovered in them.

    Where nothing is discovered but stages of a profile that is read by labels are there, it
    is taken: of a badly garbled document no structure is left. Raises NoModelError.
    """
    lines = _lines(documents)
    profiles = [load_profile(name) for name in shipped_profiles()]
    for profile in profiles:
        if _fits(profile, lines):
            return Choice(profile, f"the names of the profile {profile.id} stand in it")
    try:
        found = discover(documents)
    except NoModelError:
        for profile in profiles:
            if not profile.layout and any(_stands(stage, lines) for stage in profile.stages):
                return Choice(profile, f"stages of the profile {profile.id} stand in it")
        raise
    size = f"{len(found.profile.themes)} themes × {len(found.profile.stages)} stages"
    why = f"no shipped profile fits; discovered: {size}, {found.filled:.0%} of the cells filled"
    return Choice(found.profile, why, discovered=True)


def _lines(documents: Sequence[Document]) -> frozenset[str]:
    """The lines of the documents that may be labels, and what heads a line in capitals."""
    lines = [
        line.folded
        for document in documents
        for block in document.blocks
        for line in block.text.lines()
    ]
    heads = (found.group() for found in map(CAPITALS.match, lines) if found)
    return frozenset(line for line in (*lines, *heads) if len(line) <= LONGEST_LABEL)


def _fits(profile: Profile, lines: frozenset[str]) -> bool:
    """All its stages, and its themes: all of them where structure is read, half elsewhere."""
    if not profile.layout:
        themes = sum(_stands(theme, lines) for theme in profile.themes)
        stages = all(_stands(stage, lines) for stage in profile.stages)
        stages = stages or any(_is_row(profile.stages, line) for line in lines)
        return stages and themes >= LEAST_THEMES * len(profile.themes)
    names = Names(profile)
    said = [names.read(line) for line in sorted(lines)]
    themes_said = {theme for one in said for theme in one.themes}
    every_stage = {one.stage for one in said} >= {stage.id for stage in profile.stages}
    return every_stage and themes_said >= {theme.id for theme in profile.themes}


def _is_row(stages: Sequence[Label], line: str) -> bool:
    """Whether a line has the labels of all stages, as the head of a table whose rules are lost."""
    rest = squash(line)
    for stage in stages:
        names = (squash(name) for name in (stage.name, *stage.aliases))
        found = next((name for name in names if name in rest), "")
        if not found:
            return False
        rest = rest.replace(found, "", 1)
    return len(rest) <= LONGEST_LIST


def _stands(label: Label, lines: frozenset[str]) -> bool:
    """Whether a line is the label and nothing else, letter-spaced or not."""
    names = {squash(name) for name in (label.name, *label.aliases)}
    return any(squash(line) in names for line in lines)
