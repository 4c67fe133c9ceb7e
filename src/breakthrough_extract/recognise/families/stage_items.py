"""Stages as list items under their theme: `- Level 0: …`."""

from __future__ import annotations

from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import Form, Found, Frames, Path
from breakthrough_extract.recognise.families.paths import claims


def stage_items(frames: Frames, names: Names) -> Found:
    """An item names the stage, and what stands behind or under it is the cell."""

    def accepts(path: Path, theme: int, stage: int) -> bool:
        return theme < stage and path[stage].form == Form.ITEM

    return Found(tuple(claims(frames.leaves, names, accepts)))
