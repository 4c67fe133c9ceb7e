"""Words that the seam of a spread cuts: made whole where that is proven."""

from __future__ import annotations

import re

from breakthrough_extract.document import Evidence, Piece
from breakthrough_extract.readers.layout.facts import Facts, folded
from breakthrough_extract.readers.layout.measures import VISIBLE
from breakthrough_extract.readers.layout.nouns import Word
from breakthrough_extract.readers.layout.signs import DASHES, EDGE_SIGNS

WIDTH_SLACK = 0.03  # kerning: how far a lost character's width may be from its usual one
OPENING = re.compile(r"[(\['‘“\"]*")
CLOSING = re.compile(r"[.,;:!?)\]'’”]*")


def seam_pieces(last: Word, word: Word, facts: Facts) -> list[Piece] | None:
    """What stands between two words of one line that the cut of a spread went through."""
    text = facts.text
    spaces_before = text[last.end : last.end + 1] == " "
    spaces_after = word.start > 0 and text[word.start - 1] == " "
    widths = facts.advances(last)
    blank = widths.get(" ", 0.0)
    missing = word.box.x0 - last.box.x1 - blank * (spaces_before + spaces_after)
    if abs(missing) <= VISIBLE * word.size or missing < 0:
        white = spaces_before or spaces_after
        return [Piece(last.end, last.end, "\n" if white else "", "" if white else "column-join")]
    return _lost_glyph(last, word, missing, (spaces_before, spaces_after), facts)


def _lost_glyph(
    last: Word, word: Word, missing: float, spaces: tuple[bool, bool], facts: Facts
) -> list[Piece] | None:
    """The one character that the cut destroyed, if its width and the document's words prove it."""
    before, after = spaces  # whether a space stands between the cut and the word there
    cuts = {
        sign: ("" if before else last.text) + sign + (" " if after else word.text)
        for sign, width in facts.advances(last).items()
        if abs(width - missing) <= WIDTH_SLACK * word.size
    }
    found = {
        sign: parts
        for sign, cut in cuts.items()
        if all(parts := [_sound(part, facts) for part in cut.split()])
    }
    if len(found) != 1:
        return None
    (sign, parts), at = next(iter(found.items())), last.end
    if sign == " ":
        return [Piece(at, at, "\n")]
    proof = max(parts, key=len)
    start = facts.words[proof]
    evidence = Evidence(facts.source, start, end := start + len(proof), facts.text[start:end])
    out = [Piece(at, at, "\n")] if before else []
    out.append(Piece(at, at, sign, "lost-glyph", evidence))
    return [*out, Piece(at, at, "\n")] if after else out


def _sound(part: str, facts: Facts) -> str:
    """The word in `part`, if the document has it elsewhere and nothing but brackets, quotes and
    closing signs stand by it. A kindred form is no proof: it would put a word into the text that
    stands nowhere."""
    bare = EDGE_SIGNS.sub("", part)
    if not bare:
        return part if len(part) == 1 and part in DASHES else ""
    head, _, tail = part.partition(bare)
    fits = OPENING.fullmatch(head) and CLOSING.fullmatch(tail)
    word = folded(bare)
    return word if fits and word in facts.words else ""
