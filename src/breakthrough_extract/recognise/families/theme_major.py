"""Themes as parts of the text, their stages as headings or lines of their own in them."""

from __future__ import annotations

from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import Form, Found, Frames, Path
from breakthrough_extract.recognise.families.paths import claims


def theme_major(frames: Frames, names: Names) -> Found:
    """Each stage's heading stands under its theme's."""

    def accepts(path: Path, theme: int, stage: int) -> bool:
        return theme < stage and path[stage].form in (Form.HEADING, Form.LINE)

    return Found(tuple(claims(frames.leaves, names, accepts)))
