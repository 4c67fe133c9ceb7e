"""Where sources or copies of a text read otherwise: findings of several readings, in place."""

from __future__ import annotations

from typing import NamedTuple

from breakthrough_extract.ledger import FieldRecord, Finding, Ledger, Place


class Variant(NamedTuple):
    """A run of a field's quote that stands otherwise elsewhere."""

    start: int  # code points into the quote, 0-based
    end: int  # exclusive
    rivals: tuple[Place, ...]  # the other readings


def variants(ledger: Ledger) -> dict[str, tuple[Variant, ...]]:
    """The variants of each field, by path, in order; no two of a field share a character."""
    found: dict[str, list[Variant]] = {}
    for finding in ledger.findings:
        for record in ledger.fields:
            placed = _placed(finding, record)
            mine = found.setdefault(record.path, [])
            if placed and all(_are_apart(placed, other) for other in mine):
                mine.append(placed)
                break
    return {path: tuple(sorted(mine)) for path, mine in found.items() if mine}


def _placed(finding: Finding, record: FieldRecord) -> Variant | None:
    """Where in the record's quote one of the finding's readings stands; None if none does."""
    if len({place.quote for place in finding.places}) < 2:
        return None
    for place in finding.places:
        start, end = _in_quote(record, place.start), _in_quote(record, place.end)
        if place.source != record.source or start is None or end is None:
            continue
        same = record.quote[start:end].split() == place.quote.split()
        whole = all(_is_whole(edit.start, edit.end, start, end) for edit in record.edits)
        if same and whole and start < end:
            rivals = tuple(other for other in finding.places if other != place)
            return Variant(start, end, rivals)
    return None


def _in_quote(record: FieldRecord, position: int) -> int | None:
    """A position in the source as one in the quote, which joins the spans by a line break."""
    at = 0
    for span in record.spans:
        if span.start <= position <= span.end:
            return at + position - span.start
        at += span.end - span.start + 1
    return None


def _is_whole(start: int, end: int, first: int, last: int) -> bool:
    """Whether an edit lies inside a run or outside it, not across an end of it."""
    return end <= first or start >= last or (first <= start and end <= last)


def _are_apart(one: Variant, other: Variant) -> bool:
    return one.end <= other.start or other.end <= one.start


def holds(variant: Variant, start: int, end: int) -> bool:
    """Whether that run of the quote is part of the variant; an insertion at its ends is not."""
    within = variant.start <= start and end <= variant.end
    return within and (start < end or variant.start < start < variant.end)
