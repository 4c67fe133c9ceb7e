"""Theme and stage in one heading: `Design Review: DR2`, `People – Level 3`."""

from __future__ import annotations

from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import Found, Frames, Path
from breakthrough_extract.recognise.families.paths import claims


def fused(frames: Frames, names: Names) -> Found:
    """One label names both."""

    def accepts(_: Path, theme: int, stage: int) -> bool:
        return theme == stage

    return Found(tuple(claims(frames.leaves, names, accepts)))
