"""What became of a correction."""

from __future__ import annotations

from dataclasses import dataclass

from breakthrough_extract.corrections.nouns import Correction
from breakthrough_extract.document import Span


@dataclass(frozen=True)
class Outcome:
    """What became of one correction."""

    number: int  # place among the corrections, 1-based
    correction: Correction
    span: Span | None  # where its quote stands in its source; None if it has no one place
    reason: str = ""  # why it was not carried out; "" if it was
