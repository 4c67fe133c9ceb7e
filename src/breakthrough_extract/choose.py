"""The profile for documents of which no profile was named: a shipped one that fits, or what
is discovered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from breakthrough_extract.discover import NoModelError, discover
from breakthrough_extract.document import Document
from breakthrough_extract.language import squash
from breakthrough_extract.profile import Label, Profile, load_profile, shipped_profiles
from breakthrough_extract.recognise.families.names import SEPARATOR

LEAST_THEMES = 0.5  # share of the themes' names that a garbled document must still show


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
    """The lines of the documents, and the parts of short ones between signs, as letters."""
    out: set[str] = set()
    for document in documents:
        for block in document.blocks:
            for line in block.text.lines():
                text = line.text
                out.add(text.casefold().strip(" :."))
                out.add(squash(text))
                out.update(part.strip().casefold() for part in SEPARATOR.split(text))
    return frozenset(out)


def _stands(label: Label, lines: frozenset[str]) -> bool:
    names = (label.name, *label.aliases)
    return any(name.casefold() in lines or (squash(name) or "0") in lines for name in names)


def _fits(profile: Profile, lines: frozenset[str]) -> bool:
    """All its stages, and its themes: all of them where structure is read, half elsewhere."""
    if not all(_stands(stage, lines) for stage in profile.stages):
        return False
    there = sum(_stands(theme, lines) for theme in profile.themes)
    return there >= (1.0 if profile.layout else LEAST_THEMES) * len(profile.themes)
