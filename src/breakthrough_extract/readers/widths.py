"""How wide text is, where the source does not say: estimated from its characters.

The widths are those of Helvetica and Times, rounded, which most faces follow closely enough
to find columns and to tell whether a word had room on a line.
"""

from __future__ import annotations

import re

# Widths in ems, and the characters that have them.
SANS = (
    (0.22, "ijl'|‘’\u200b"),
    (0.28, " \xa0.,:;!ftI/\\[]"),
    (0.34, 'r()-‐\u00ad`*•·“”"{}'),
    (0.5, "ckJsvxyz"),
    (0.61, "FTZ+<>=~"),
    (0.67, "ABEKPSVXY&"),
    (0.72, "CDHNRUw"),
    (0.78, "GOQ"),
    (0.83, "mM%"),
    (0.94, "W"),
    (1.0, "—…@"),
)
SANS_USUAL = 0.556  # all others: most lower case letters, figures
SERIF = (
    (0.18, "'|\u200b"),
    (0.25, " \xa0.,"),
    (0.28, "ijlt:;/\\"),
    (0.33, "rfI()-‐\u00ad[]‘’`!•·"),
    (0.39, "sJ"),
    (0.44, 'acez?“”"*'),
    (0.56, "FPS+<>=~"),
    (0.61, "ELTZ"),
    (0.67, "BCR"),
    (0.72, "ADGHKNOQUVXYw"),
    (0.78, "m&%"),
    (0.89, "M"),
    (0.94, "W@"),
    (1.0, "—…"),
)
SERIF_USUAL = 0.5
SERIF_NAME = re.compile(
    r"times|roman|garamond|minion|georgia|palatino|cambria|(?<!sans)(?<!sans[- ])serif",
    re.IGNORECASE,
)
BOLD = 1.07  # bold is wider than regular, on average over the lower case
# Faces much wider or narrower than those two, by their names.
WIDE_NAME, WIDE = re.compile(r"dejavu|verdana|bitstream", re.IGNORECASE), 1.13
WIDE_SERIF = 1.3  # the serif of the same families
NARROW_NAME, NARROW = re.compile(r"narrow|condensed", re.IGNORECASE), 0.82

SANS_WIDTHS = {sign: width for width, signs in SANS for sign in signs}
SERIF_WIDTHS = {sign: width for width, signs in SERIF for sign in signs}


def width(text: str, bold: bool = False, face: str = "") -> float:
    """The estimated width of `text` in ems, set in the face of that name."""
    serif = SERIF_NAME.search(face) is not None
    widths, usual = (SERIF_WIDTHS, SERIF_USUAL) if serif else (SANS_WIDTHS, SANS_USUAL)
    plain = sum(widths.get(sign, usual) for sign in text)
    return plain * _scale(face, serif) * (BOLD if bold else 1.0)


def _scale(face: str, serif: bool) -> float:
    if WIDE_NAME.search(face):
        return WIDE_SERIF if serif else WIDE
    return NARROW if NARROW_NAME.search(face) else 1.0
