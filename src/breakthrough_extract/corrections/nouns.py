"""What a person can decide about an extraction. Each decision is anchored to quotes, not offsets.

The anchor is that of the W3C's Web Annotation Data Model (Text Quote Selector): the text itself,
and what stands before and behind it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from breakthrough_extract.model import Noun, Text


class CorrectionsError(ValueError):
    """A file of corrections that cannot be used; the message names file, place and remedy."""


class Quote(Noun):
    """A stretch of a source, found by what it says."""

    exact: Text
    prefix: str = ""  # what stands before it, some 32 characters
    suffix: str = ""  # what stands behind it


class _Correction(Noun):
    source: Text = Field(description="Name of the source that the quotes are from.")
    quote: Quote
    note: str = Field(default="", description="Why, for people.")


class Move(_Correction):
    """The section that the quote stands in belongs to that theme and slot."""

    action: Literal["move"] = "move"
    theme: Text
    slot: Text = Field(description="Id of a stage or of the themes' list.")


class Mark(_Correction):
    """The quote is furniture, a note or an item."""

    action: Literal["mark"] = "mark"
    kind: Literal["furniture", "note", "item"]
    after: Quote | None = Field(
        default=None,
        description="Of an item, the headline or item that it follows; of a note, a text of its "
        "section.",
    )


class Split(_Correction):
    """The quote is an item of its own: the one that it stands in ends before it."""

    action: Literal["split"] = "split"


class Join(_Correction):
    """The items that the quote stands in are one; if it is a single one, with the next."""

    action: Literal["join"] = "join"


class Judge(_Correction):
    """An edit of the text that the quote stands in is right, or is not to be made."""

    action: Literal["accept", "refuse"]
    rule: Text
    raw: str
    new: str


class Read(_Correction):
    """The quote reads otherwise."""

    action: Literal["read"] = "read"
    text: str = Field(description="What it reads; empty if it is not there.")


Correction = Annotated[Move | Mark | Split | Join | Judge | Read, Field(discriminator="action")]


class Book(Noun):
    """All corrections in the order in which they were made, and those undone, the last first."""

    corrections: tuple[Correction, ...] = ()
    undone: tuple[Correction, ...] = ()
