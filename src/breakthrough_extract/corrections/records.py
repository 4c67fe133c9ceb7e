"""What became of each correction, as the ledger keeps it and as findings report it."""

from __future__ import annotations

from typing import assert_never

from breakthrough_extract.corrections.nouns import Correction, Join, Judge, Mark, Move, Read, Split
from breakthrough_extract.corrections.outcome import Outcome
from breakthrough_extract.document import Source
from breakthrough_extract.ledger import CorrectionRecord, Finding, Place, Severity

LONGEST_QUOTE = 60  # characters of it in a message


def record_of(outcome: Outcome, source: Source) -> CorrectionRecord:
    """The entry of the ledger; `source` is the one that the correction is about."""
    correction = outcome.correction
    return CorrectionRecord(
        action=correction.action,
        source=source.name,
        place=_place(outcome, source),
        decision=in_words(correction),
        reason=outcome.reason,
        note=correction.note,
    )


def finding_of(outcome: Outcome, source: Source) -> Finding:
    """The report of a correction that was not carried out."""
    correction = outcome.correction
    quote = " ".join(correction.quote.exact.split())
    if len(quote) > LONGEST_QUOTE:
        quote = quote[: LONGEST_QUOTE - 1] + "…"
    place = _place(outcome, source)
    return Finding(
        code="correction-unfit",
        severity=Severity.WARNING,
        message=f"correction {outcome.number} ({correction.action}, “{quote}”) is not carried "
        f"out: {outcome.reason}",
        places=(place,) if place else (),
    )


def in_words(correction: Correction) -> str:
    """What a person decided, in a few words."""
    match correction:
        case Move():
            return f"the section belongs to {correction.theme}.{correction.slot}"
        case Mark():
            return {
                "furniture": "it is furniture",
                "note": "it is a note",
                "item": "it is an item",
            }[correction.kind]
        case Split():
            return "an item begins here"
        case Join():
            return "the items are one"
        case Judge():
            verb = "right" if correction.action == "accept" else "not to be made"
            return (
                f"the edit “{correction.raw}” to “{correction.new}” ({correction.rule}) is {verb}"
            )
        case Read():
            return f"it reads “{correction.text}”"
        case unknown:
            assert_never(unknown)


def _place(outcome: Outcome, source: Source) -> Place | None:
    span = outcome.span
    if span is None:
        return None
    return Place(
        source=source.name,
        start=span.start - source.padding,
        end=span.end - source.padding,
        quote=source.text[span.start : span.end],
    )
