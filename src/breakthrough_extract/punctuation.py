"""What the signs at a text's end, and in it, mean: the next item, the last, a note, nothing.

Patterns expect text without white space at its end.
"""

from __future__ import annotations

import re

# The word before the last item, as it is or as a scanner reads it: "arid", "ancl", "0r".
JOINING_WORD = r"(?:[ao](?:n|ri|u)(?:d|cl)|[o0][ri])"
LISTED = re.compile(rf";\s*{JOINING_WORD}?$")  # an item after which another must come
LAST_BUT_ONE = re.compile(rf";\s*{JOINING_WORD}$")  # an item after which one more must come
ENDED = re.compile(rf"[.!?…:]['’”\")\]]*$|;\s*{JOINING_WORD}?$")  # no sentence goes on behind it
FULL_STOP = re.compile(r"[.!?…]['’”\")\]]*$")  # the last item, or a sentence of its own
ABBREVIATED = re.compile(r"(?:\betc|\be\.?g|\bi\.?e|\bal)\.$", re.IGNORECASE)  # no full stop
NOTE_MARK = re.compile(r"(?<=\w)[*†‡§]+(?!\w)")  # the word before it has a note


def letters(text: str) -> str:
    """The letters and figures of `text`, case folded: what is left when typography is not."""
    return re.sub(r"[\W_]+", "", text.casefold())
