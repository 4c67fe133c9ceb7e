"""The proof of one text: where it stands in its source, and each edit."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from breakthrough_extract.build.stream import Stream
from breakthrough_extract.document import Passage, Piece, Source, Span
from breakthrough_extract.ledger import Edit, FieldRecord, SpanRecord


def record(id_: str, path: str, passage: Passage, stream: Stream) -> FieldRecord:
    """The proof of one text: its spans, the characters there, and the edits."""
    source = stream.at(passage.pieces[0].start)
    spans: list[Span] = []
    quote = ""
    edits: list[Edit] = []
    for n, piece in enumerate(passage.pieces):
        raw = source.text[piece.start : piece.end]
        if piece.start < piece.end and spans and spans[-1].end == piece.start:
            spans[-1] = Span(spans[-1].start, piece.end)
        elif piece.start < piece.end:
            spans.append(Span(piece.start, piece.end))
        elif not piece.text.strip():
            raw = _gap(source.text, spans, passage.pieces[n + 1 :])
            if spans and source.text.startswith(raw, spans[-1].end):
                spans[-1] = Span(spans[-1].start, spans[-1].end + len(raw))
        if piece.rule:
            edits.append(_edit(len(quote), raw, piece, stream))
        quote += raw
    return FieldRecord(
        id=id_,
        path=path,
        source=source.name,
        spans=tuple(_located(span, source) for span in spans),
        quote=quote,
        edits=tuple(edits),
    )


def _gap(text: str, spans: Sequence[Span], rest: Sequence[Piece]) -> str:
    """What parts two pieces in a quote: the white space that does in the source, or, where
    other text lies between, a line break."""
    before = spans[-1].end if spans else 0
    after = next((piece.start for piece in rest if piece.start < piece.end), before)
    gap = text[before:after] if before <= after else "\n"
    return gap if not gap.strip() and gap else "\n"


def _edit(at: int, raw: str, piece: Piece, stream: Stream) -> Edit:
    place = None
    if piece.evidence:
        place = stream.place(piece.evidence.start, piece.evidence.end)
    return Edit(
        start=at, end=at + len(raw), raw=raw, new=piece.text, rule=piece.rule, evidence=place
    )


def _located(span: Span, source: Source) -> SpanRecord:
    begin, stop = span.start - source.padding, span.end - source.padding
    if not source.boxes:
        return SpanRecord(start=begin, end=stop)
    starts = [page.span.start for page in source.pages]
    page = source.pages[max(bisect.bisect_right(starts, span.start) - 1, 0)]
    boxes = [box for box in source.boxes[span.start : span.end] if box]
    box = None
    if boxes:
        x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
        box = (
            round(min(x0s), 2),
            round(min(tops), 2),
            round(max(x1s), 2),
            round(max(bottoms), 2),
        )
    confidence = None
    if source.confidence:
        confidence = round(min(source.confidence[span.start : span.end]), 4)
    return SpanRecord(start=begin, end=stop, page=page.number, box=box, confidence=confidence)
