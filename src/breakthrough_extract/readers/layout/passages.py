"""The words of lines to a passage, each piece of which knows where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from breakthrough_extract.document import Passage, Piece
from breakthrough_extract.readers.layout.facts import Facts
from breakthrough_extract.readers.layout.lines import Line
from breakthrough_extract.readers.layout.measures import VISIBLE
from breakthrough_extract.readers.layout.nouns import Word
from breakthrough_extract.readers.layout.seams import seam_pieces
from breakthrough_extract.readers.layout.signs import LIGATURE, LIGATURES


def passage_of(lines: Sequence[Line], facts: Facts, seam: bool) -> Passage | None:
    """The lines as one passage; None if words cut at a spread's seam cannot be made whole.

    Line ends stay, and with them the words that they break: `line_ends` mends these, for
    all formats alike.
    """
    parts: list[Piece] = []
    for line in lines:
        pieces = _line_pieces(line, facts, seam)
        if pieces is None:
            return None
        if parts:
            last = parts[-1].end
            parts.append(Piece(last, last, "\n"))
        parts += pieces
    return Passage(tuple(parts))


def _line_pieces(line: Line, facts: Facts, seam: bool) -> list[Piece] | None:
    pieces: list[Piece] = []
    spaced = _letter_spaced(line.words)
    last: Word | None = None
    for n, word in enumerate(line.words):
        if last is not None:
            if seam and word.page != last.page:
                between = seam_pieces(last, word, facts)
                if between is None:
                    return None
                pieces += between
            else:
                pieces += _between(last, word, n in spaced, facts)
        pieces += _word_pieces(word)
        pieces += [Piece(copy.start, copy.end, "", "column-join") for copy in word.copies]
        last = word
    return _merged(pieces)


def _word_pieces(word: Word) -> list[Piece]:
    found = () if word.text.isascii() else tuple(LIGATURE.finditer(word.text))
    if not found:
        return [Piece(word.start, word.end, word.text)]
    out: list[Piece] = []
    at = 0
    for match in found:
        if match.start() > at:
            out.append(
                Piece(word.start + at, word.start + match.start(), word.text[at : match.start()])
            )
        start, end = match.span()
        new = LIGATURES[match.group()]
        out.append(Piece(word.start + start, word.start + end, new, "ligature"))
        at = end
    if at < len(word.text):
        out.append(Piece(word.start + at, word.end, word.text[at:]))
    return out


def _between(last: Word, word: Word, spaced: bool, facts: Facts) -> list[Piece]:
    """What stands between two words of one line."""
    between = facts.text[last.end : word.start]
    in_source = bool(between) and not between.strip()
    if spaced:
        if in_source:
            return [Piece(last.end, word.start, "", "letter-spacing")]
        return [] if last.end == word.start else [Piece(last.end, last.end, "", "letter-spacing")]
    if in_source:
        return [Piece(last.end, word.start, between)]
    if last.end == word.start:
        gap = word.box.x0 - last.box.x1
        wide = gap > VISIBLE * word.size
        return [Piece(last.end, last.end, " ", "word-gap")] if wide else []
    return [Piece(last.end, last.end, "\n")]


def _letter_spaced(words: Sequence[Word]) -> set[int]:
    """Indices of words that are letters of the same word as the one before."""
    out: set[int] = set()
    begin = 0
    for n in range(len(words) + 1):
        if n < len(words) and len(words[n].text) == 1 and words[n].text.isalpha():
            continue
        if n - begin >= 4:
            gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(words[begin:n])]
            usual = median(gaps)
            out |= {
                begin + k + 1
                for k, gap in enumerate(gaps)
                if gap < 1.6 * usual + 0.05 * words[begin].size
            }
        begin = n + 1
    return out


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, verbatim ones that touch made one."""
    out: list[Piece] = []
    run: list[Piece] = []  # verbatim ones, each of which begins where the one before ends
    for piece in pieces:
        verbatim = not piece.rule and piece.start < piece.end
        if run and not (verbatim and run[-1].end == piece.start):
            out.append(_joined(run))
            run = []
        (run if verbatim else out).append(piece)
    return [*out, _joined(run)] if run else out


def _joined(run: Sequence[Piece]) -> Piece:
    return Piece(run[0].start, run[-1].end, "".join(piece.text for piece in run))
