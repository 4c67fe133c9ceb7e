"""What a person decided about an extraction, replayed on the next.

Each correction finds its text by a quote. One that finds none, or no longer makes sense, changes
nothing and is reported with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from breakthrough_extract.corrections.file import NAME, load_corrections, parse, written
from breakthrough_extract.corrections.nouns import (
    Book,
    Correction,
    CorrectionsError,
    Judge,
    Read,
)
from breakthrough_extract.corrections.outcome import Outcome
from breakthrough_extract.corrections.outline import correct_outline
from breakthrough_extract.corrections.quotes import find, quote_at
from breakthrough_extract.corrections.records import finding_of, record_of
from breakthrough_extract.corrections.wording import correct_wording
from breakthrough_extract.document import Outline, Repaired, Source, Span
from breakthrough_extract.profile import Profile

__all__ = [
    "NAME",
    "Book",
    "Correction",
    "CorrectionsError",
    "Outcome",
    "correct",
    "correct_texts",
    "finding_of",
    "load_corrections",
    "parse",
    "quote_at",
    "record_of",
    "written",
]


def correct(
    outline: Outline, corrections: Sequence[Correction], source: Source, profile: Profile
) -> tuple[Outline, tuple[Outcome, ...]]:
    """The outline as a person has it, and what became of each correction of this source."""
    outcomes: list[Outcome] = []
    for number, correction in enumerate(corrections, 1):
        if correction.source != source.name:
            continue
        span = find(correction.quote, source.text)
        if isinstance(span, str):
            outcomes.append(Outcome(number, correction, None, span))
            continue
        after = correct_outline(outline, correction, span, source.text, profile)
        outcomes.append(_outcome(number, correction, span, after))
        outline = outline if isinstance(after, str) else after
    return outline, tuple(outcomes)


def correct_texts(
    repaired: Repaired, outcomes: Sequence[Outcome], source: Source
) -> tuple[Repaired, tuple[Outcome, ...]]:
    """The texts as a person reads them, and the outcomes with those of wording."""
    sections = repaired.sections
    known: list[Outcome] = []
    for outcome in outcomes:
        correction, span = outcome.correction, outcome.span
        if outcome.reason or span is None or not isinstance(correction, Judge | Read):
            known.append(outcome)
            continue
        after = correct_wording(sections, correction, span, source.text)
        known.append(_outcome(outcome.number, correction, span, after))
        sections = sections if isinstance(after, str) else after
    return replace(repaired, sections=sections), tuple(known)


def _outcome(number: int, correction: Correction, span: Span, after: object) -> Outcome:
    return Outcome(number, correction, span, after if isinstance(after, str) else "")
