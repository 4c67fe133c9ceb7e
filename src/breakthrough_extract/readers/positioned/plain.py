"""The text as a reader sees it, and where in the source each of its characters stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from breakthrough_extract.document import Evidence, Passage, Piece, Span
from breakthrough_extract.readers.html import decode


class Plain:
    """The text as a reader sees it, and where each of its characters comes from."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.signs: list[str] = []
        self.origin: list[Span | None] = []  # None: a break that no character stands for
        self.white: list[Span] = []  # character references that are white space

    @property
    def text(self) -> str:
        return "".join(self.signs)

    def add(self, run: Span) -> Span:
        """Append that run of the source; where it now stands."""
        start = len(self.signs)
        passage = decode(self.source, *run)
        self.white += white_in(passage)
        for piece in passage.pieces:
            for n, sign in enumerate(piece.text):
                self.signs.append(sign)
                if not piece.rule:
                    self.origin.append(Span(piece.start + n, piece.start + n + 1))
                else:  # of a reference to several characters, the first stands for it
                    self.origin.append(Span(piece.end if n else piece.start, piece.end))
        return Span(start, len(self.signs))

    def end_line(self) -> None:
        self.part("\n")

    def part(self, white: str) -> None:
        """White space that no character stands for."""
        self.signs.append(white)
        self.origin.append(None)

    def spans(self, plain: Span) -> list[Span]:
        """The stretches of source that `plain` stands for."""
        out: list[Span] = []
        for origin in self.origin[plain.start : plain.end]:
            if origin and out and out[-1].end == origin.start:
                out[-1] = Span(out[-1].start, origin.end)
            elif origin:
                out.append(origin)
        return out

    def passage(self, passage: Passage) -> Passage:
        """`passage` of the plain text as a passage of the source."""
        pieces: list[Piece] = []
        for piece in passage.pieces:
            pieces += self._pieces(piece)
        out: list[Piece] = []
        for piece in pieces:
            # Emphasis that ends within a word parts what belongs together.
            loose = out and out[-1].start < out[-1].end and piece.start < piece.end
            if loose and out[-1].end != piece.start:
                out.append(Piece(out[-1].end, out[-1].end, "", "markup"))
            out.append(piece)
        return Passage(tuple(out))

    def _pieces(self, piece: Piece) -> Iterator[Piece]:
        if not piece.rule and piece.start < piece.end:
            yield from self._verbatim(piece)
            return
        evidence = self._evidence(piece.evidence) if piece.evidence else None
        spans = self.spans(Span(piece.start, piece.end))
        if not spans:
            at = self._end_of(piece.start)
            spans = [Span(at, at)]
        for n, span in enumerate(spans):
            yield Piece(*span, "" if n else piece.text, piece.rule, evidence)

    def _end_of(self, at: int) -> int:
        """Where in the source the last character before the plain offset `at` ends."""
        before = (self.origin[n] for n in range(at - 1, -1, -1))
        return next((origin.end for origin in before if origin), 0)

    def _evidence(self, evidence: Evidence) -> Evidence:
        spans = self.spans(Span(evidence.start, evidence.end))
        start, end = spans[0].start, spans[-1].end
        return replace(evidence, start=start, end=end, quote=self.source[start:end])

    def _verbatim(self, piece: Piece) -> Iterator[Piece]:
        for part in re.finditer(r"\s+|\S+", "".join(self.signs[piece.start : piece.end])):
            plain = Span(piece.start + part.start(), piece.start + part.end())
            spans = self.spans(plain)
            same = len(spans) == 1 and self.source[slice(*spans[0])] == part.group()
            if same and None not in self.origin[plain.start : plain.end]:
                yield Piece(*spans[0], part.group())
            elif part.group().isspace():
                # `&#160;`, or a line break of the source's own: markup, read as a space.
                at = self._end_of(plain.start)
                yield Piece(at, at, "\n" if "\n" in part.group() else " ")
            else:
                yield from self._decoded(plain)

    def _decoded(self, plain: Span) -> Iterator[Piece]:
        """Pieces of a word that holds character references or that tags run through."""
        last: Piece | None = None
        for at in range(*plain):
            origin, sign = self.origin[at], self.signs[at]
            if origin is None:
                continue
            same = self.source[slice(*origin)] == sign
            if last and origin.start == origin.end:
                last = replace(last, text=last.text + sign)
                continue
            if last and same and not last.rule and last.end == origin.start:
                last = Piece(last.start, origin.end, last.text + sign)
                continue
            if last:
                yield last
            last = Piece(*origin, sign, "" if same else "entity")
        if last:
            yield last


def white_in(passage: Passage) -> Iterator[Span]:
    """The character references in `passage` that are white space."""
    for piece in passage.pieces:
        if piece.rule and not piece.text.strip():
            yield Span(piece.start, piece.end)
