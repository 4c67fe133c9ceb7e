"""Stages as parts of the text, or as files of their own; the themes come again in each."""

from __future__ import annotations

from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import Found, Frames, Path
from breakthrough_extract.recognise.families.paths import claims


def stage_major(frames: Frames, names: Names) -> Found:
    """Each theme's heading, line or list item stands under the stage's heading."""

    def accepts(_: Path, theme: int, stage: int) -> bool:
        return stage < theme

    return Found(tuple(claims(frames.leaves, names, accepts)))
