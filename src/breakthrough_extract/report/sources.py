"""The sources, coloured: each entry of the ledger's partition as a run of what is shown."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from breakthrough_extract.document import Box, Page, Source
from breakthrough_extract.ledger import Kind, Part, Place, SourceRecord
from breakthrough_extract.report.nouns import PageView, Rectangle, Segment, Share

CHUNK = 150  # segments that a browser lays out at once
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
CONTROL_PICTURES = 0x2400


def place_anchor(source: int, start: int) -> str:
    """The anchor of a place that something links to; `source` is 0-based."""
    return f"s{source}-{start}"


def visible(text: str) -> str:
    """`text` with a sign for each character that a page cannot show; as many characters."""
    return UNSEEN.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(CONTROL_PICTURES + code) if code < 0x20 else "\ufffd"


def segments_of(
    text: str,
    partition: Sequence[Part],
    source: int,
    links: Mapping[str, str],
    findings: Sequence[Place],
    evidence: Sequence[Place],
) -> list[Segment]:
    """The whole of `text` in segments, cut wherever one of its entries or places ends.

    `links` gives the anchor in the model of what an entry belongs to.
    """
    places = (*findings, *evidence)
    edges = {edge for part in partition for edge in (part.start, part.end)}
    edges |= {edge for place in places for edge in (place.start, place.end)}
    cuts = sorted({0, len(text), *(edge for edge in edges if edge <= len(text))})
    starts = {place.start for place in places}
    marked, proven = _Cover(findings), _Cover(evidence)
    out: list[Segment] = []
    parts = iter(sorted(partition, key=lambda part: part.start))
    part = next(parts, None)
    for start, end in pairwise(cuts):
        while part and part.end <= start:
            part = next(parts, None)
        inside = part if part and part.start <= start else None
        out.append(
            Segment(
                start=start,
                text=visible(text[start:end]),
                kind=inside.kind if inside else None,
                of=inside.of if inside else "",
                anchor=place_anchor(source, start) if start in starts else "",
                link=links.get(inside.of, "") if inside else "",
                finding=start in marked,
                evidence=start in proven,
            )
        )
    return out


class _Cover:
    """Which positions lie in one of several places; asked in ascending order."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = sorted((place.start, place.end) for place in places)
        self.next = 0
        self.end = 0

    def __contains__(self, position: int) -> bool:
        while self.next < len(self.places) and self.places[self.next][0] <= position:
            self.end = max(self.end, self.places[self.next][1])
            self.next += 1
        return position < self.end


def chunks_of(segments: Sequence[Segment]) -> tuple[tuple[Segment, ...], ...]:
    """`segments` in chunks that end with a line, where lines allow it."""
    out: list[tuple[Segment, ...]] = []
    chunk: list[Segment] = []
    for segment in segments:
        chunk.append(segment)
        full = len(chunk) >= CHUNK
        if (full and segment.text.endswith("\n")) or len(chunk) >= 4 * CHUNK:
            out.append(tuple(chunk))
            chunk = []
    return (*out, tuple(chunk)) if chunk else tuple(out)


def shares_of(record: SourceRecord, text: str | None) -> tuple[Share, ...]:
    """How much of a source is of which kind, in the order of the kinds.

    White space is not counted; without the text, that within entries is.
    """
    counts = dict.fromkeys(Kind, 0)
    for part in record.partition:
        run = text[part.start : part.end] if text is not None else "x" * (part.end - part.start)
        counts[part.kind] += sum(not char.isspace() for char in run)
    total = sum(counts.values()) or 1
    out: list[Share] = []
    left = 0.0
    for kind, count in counts.items():
        percent = 100 * count / total
        out.append(Share(kind, count, percent, left))
        left += percent
    return tuple(out)


def pages_of(
    source: Source, record: SourceRecord, pictures: Mapping[int, bytes], links: Mapping[str, str]
) -> tuple[PageView, ...]:
    """The pages of a paged source with a rectangle for each line of each entry.

    `pictures` are WebP, by number of the page, 1-based.
    """
    if not source.boxes:
        return ()
    return tuple(
        PageView(
            number=page.number,
            width=round(page.width, 2),
            height=round(page.height, 2),
            picture=_address(pictures.get(page.number, b"")),
            rectangles=tuple(_rectangles(page, source, record, links)),
        )
        for page in source.pages
    )


def _address(picture: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(picture).decode()}" if picture else ""


def _rectangles(
    page: Page, source: Source, record: SourceRecord, links: Mapping[str, str]
) -> Iterator[Rectangle]:
    for part in record.partition:
        start, end = max(part.start, page.span.start), min(part.end, page.span.end)
        boxes = [box for box in source.boxes[start:end] if box]
        for line in _lines(boxes):
            yield Rectangle(
                x=round(min(box.x0 for box in line), 1),
                y=round(min(box.top for box in line), 1),
                width=round(max(box.x1 for box in line) - min(box.x0 for box in line), 1),
                height=round(max(box.bottom for box in line) - min(box.top for box in line), 1),
                kind=part.kind,
                of=part.of,
                link=links.get(part.of, ""),
                start=part.start,
            )


def _lines(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    """Boxes of characters in reading order, cut where a line ends."""
    number = 0
    numbered: list[tuple[int, Box]] = []
    for n, box in enumerate(boxes):
        if n and _goes_back(boxes[n - 1], box):
            number += 1
        numbered.append((number, box))
    for _, run in groupby(numbered, key=lambda entry: entry[0]):
        yield [box for _, box in run]


def _goes_back(before: Box, box: Box) -> bool:
    """Whether `box` stands on another line than the character before it."""
    overlap = min(before.bottom, box.bottom) - max(before.top, box.top)
    return overlap <= 0 or box.x1 < before.x0
