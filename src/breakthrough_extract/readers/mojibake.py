"""UTF-8 that was once read as Windows-1252 (`â€™` for `’`), put right as recorded edits.

Readers must see the text as it was meant, or `â€¢` is no bullet to them. So they read the
text put right, and what they found is then told in characters of the source: each damaged
character as an edit. ftfy says what is damaged; text without damage never loads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from breakthrough_extract.document import Document, Evidence, Passage, Piece, Source, Span

RULE = "mojibake"
# All damage shows outside ASCII, but for the blank that a no-break space has become.
RUN = re.compile(r"[^\x00-\x7f]+(?:(?<=(?<![A-Z])\xc2) )?")
# The later bytes of a UTF-8 sequence, as characters of Latin-1 and of Windows-1252.
LATER = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
# A whole sequence; or a character of Windows-1252 that was read as Latin-1. Sound text
# hardly ever holds either.
SUSPECT = re.compile(
    rf"[\xc2-\xdf]{LATER}|[\xe0-\xef]{LATER}{{2}}|[\xf0-\xf4]{LATER}{{3}}|\xc2 |[\x80-\x9f]"
)
CODECS = ("sloppy-windows-1252", "latin-1")  # ftfy's own: also the bytes that stand for nothing
BYTE_ORDER_MARK = "\ufeff"


def read_mended(source: Source, read: Callable[[Source], Document]) -> Document:
    """What `read` makes of the source, mojibake put right."""
    mended = _mend(source.text)
    if mended is None:
        return read(source)
    document = read(replace(source, text=mended.text))
    blocks = tuple(replace(block, text=mended.passage(block.text)) for block in document.blocks)
    markup = [*map(mended.span, document.markup), *mended.dropped]
    held = {at for block in blocks for span in block.text.spans for at in range(*span)}
    held.update(at for span in markup for at in range(*span))
    white = [span for span in mended.white() if span.start not in held]
    cut = tuple(map(mended.passage, document.cut))
    undecided = tuple(map(mended.passage, document.undecided))
    return Document(source, blocks, tuple(sorted([*markup, *white])), cut, undecided)


def _mend(text: str) -> _Mended | None:
    """The text put right; None if there is no damage in it."""
    if text.isascii() or not SUSPECT.search(text):
        return None
    runs = {found.group() for found in RUN.finditer(text) if SUSPECT.search(found.group())}
    fixes = {run: fixed for run, fixed in _fixes(runs).items() if fixed != run}
    if not fixes:
        return None
    mended = _Mended(text)
    for found in RUN.finditer(text):
        if found.group() in fixes:
            mended.edit(found.start(), found.group(), fixes[found.group()])
    mended.keep(len(text))
    return mended


def _fixes(runs: set[str]) -> dict[str, str]:
    """What each run should read, as ftfy sees it."""
    from ftfy import fix_encoding

    fixes = {run: fix_encoding(run) for run in runs}
    if any(run != fixed for run, fixed in fixes.items()):
        # `â„¢` alone might be meant. In a file that is known to be damaged, it is damage.
        for run in (run for run, fixed in fixes.items() if run == fixed):
            fixes[run] = next((known for codec in CODECS if (known := _undone(run, codec))), run)
    return fixes


def _done(text: str, codec: str) -> str:
    return text.encode().decode(codec)


def _undone(text: str, codec: str) -> str:
    try:
        return text.encode(codec).decode()
    except UnicodeError:
        return ""


@dataclass
class _Mended:
    """A text put right, and for each character of it where that stands in the raw text."""

    raw: str
    signs: list[str] = field(default_factory=list)
    origin: list[Span] = field(default_factory=list)  # empty: the sign before stands for it too
    dropped: list[Span] = field(default_factory=list)  # raw characters that mean nothing
    at: int = 0  # raw characters that are dealt with

    @property
    def text(self) -> str:
        return "".join(self.signs)

    def keep(self, end: int) -> None:
        """The raw text up to `end` stays."""
        self.signs += self.raw[self.at : end]
        self.origin += [Span(n, n + 1) for n in range(self.at, end)]
        self.at = end

    def edit(self, start: int, run: str, fixed: str) -> None:
        """The run of raw text at `start` reads `fixed`."""
        self.keep(start)
        for raw, sign in _by_character(run, fixed):
            origin = Span(self.at, self.at + len(raw))
            if sign == BYTE_ORDER_MARK and not origin.start:
                self.dropped.append(origin)
            else:
                self.signs += sign
                self.origin += [origin, *[Span(origin.end, origin.end)] * (len(sign) - 1)]
            self.at = origin.end

    def white(self) -> Iterator[Span]:
        """The raw characters that show and stand for white space: readers pass over that."""
        for sign, origin in zip(self.signs, self.origin, strict=True):
            if sign.isspace() and self.raw[slice(*origin)].strip():
                yield origin

    def span(self, span: Span) -> Span:
        """The raw characters that `span` of the text stands for."""
        if span.start == span.end:
            at = self.origin[span.end - 1].end if span.end else 0
            return Span(at, at)
        return Span(self.origin[span.start].start, self.origin[span.end - 1].end)

    def passage(self, passage: Passage) -> Passage:
        """`passage` of the text as a passage of the raw text."""
        return Passage(tuple(raw for piece in passage.pieces for raw in self._pieces(piece)))

    def _pieces(self, piece: Piece) -> Iterator[Piece]:
        span = self.span(Span(piece.start, piece.end))
        if self.raw[slice(*span)] == piece.text and not piece.rule:
            yield replace(piece, start=span.start, end=span.end)
        elif piece.rule or piece.start == piece.end:
            evidence = self._evidence(piece.evidence) if piece.evidence else None
            yield Piece(*span, piece.text, piece.rule, evidence)
        else:
            yield from self._verbatim(piece)

    def _verbatim(self, piece: Piece) -> Iterator[Piece]:
        last = Piece(*self.span(Span(piece.start, piece.start)), "", RULE)
        for sign, origin in zip(piece.text, self.origin[piece.start : piece.end], strict=True):
            if origin.start == origin.end:
                last = replace(last, text=last.text + sign)
                continue
            rule = "" if self.raw[slice(*origin)] == sign else RULE
            if rule or last.rule or last.end != origin.start:
                if last.text:
                    yield last
                last = Piece(*origin, sign, rule)
            else:
                last = Piece(last.start, origin.end, last.text + sign)
        yield last

    def _evidence(self, known: Evidence) -> Evidence:
        span = self.span(Span(known.start, known.end))
        return replace(known, start=span.start, end=span.end, quote=self.raw[slice(*span)])


def _by_character(run: str, fixed: str) -> list[tuple[str, str]]:
    """The run cut up so that each part stands for one character; whole if that is not clear."""
    parts: list[tuple[str, str]] = []
    at = 0
    for sign in fixed:
        raw = next((raw for raw in _disguises(sign) if run.startswith(raw, at)), "")
        if not raw:
            return [(run, fixed)]
        parts.append((raw, sign))
        at += len(raw)
    return parts if at == len(run) else [(run, fixed)]


def _disguises(sign: str) -> Iterator[str]:
    """What damage makes of a character: once, twice, or nothing."""
    for codec in CODECS:
        once = _done(sign, codec)
        yield _done(once, codec)
        if not sign.isascii():
            yield once
    yield sign
