"""The stage as a word of the sentence that opens its list: `The level is Launch when …:`."""

from __future__ import annotations

from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import Form, Found, Frames, Path
from breakthrough_extract.recognise.families.paths import claims


def sentences(frames: Frames, names: Names) -> Found:
    """A sentence under the theme's heading names the stage."""

    def accepts(path: Path, theme: int, stage: int) -> bool:
        return theme < stage and path[stage].form == Form.SENTENCE

    return Found(tuple(claims(frames.leaves, names, accepts)))
