"""What the page asks for, and the correction that it means.

The page speaks of places by their offsets in the source that it shows; a correction quotes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, assert_never

from pydantic import Field, TypeAdapter, ValidationError

from breakthrough_extract.corrections import Correction, CorrectionsError, quote_at
from breakthrough_extract.corrections.nouns import Join, Judge, Mark, Move, Quote, Read, Split
from breakthrough_extract.document import Source, Span
from breakthrough_extract.ledger import Edit, FieldRecord, Ledger
from breakthrough_extract.model import Noun, Text


class At(Noun):
    """A run of a source."""

    source: int = Field(ge=0, description="Number of the source in the ledger, 0-based.")
    start: int = Field(ge=0, description="Code points, 0-based.")
    end: int = Field(ge=0, description="Exclusive.")


class WishMove(Noun):
    action: Literal["move"]
    at: At
    theme: Text
    slot: Text


class WishMark(Noun):
    action: Literal["mark"]
    at: At
    kind: Literal["furniture", "note", "item"]
    after: At | None = None


class WishCut(Noun):
    action: Literal["split", "join"]
    at: At


class WishRead(Noun):
    action: Literal["read"]
    at: At
    text: str


class WishJudge(Noun):
    action: Literal["accept", "refuse"]
    edit: int = Field(ge=0, description="Number of the edit among all of the ledger, 0-based.")


Wish = Annotated[
    WishMove | WishMark | WishCut | WishRead | WishJudge, Field(discriminator="action")
]
WISH: TypeAdapter[Wish] = TypeAdapter(Wish)


def correction_of(body: bytes, ledger: Ledger, sources: Sequence[Source]) -> Correction:
    """The correction that a request means.

    Raises CorrectionsError if it is none, or is about no place of these sources.
    """
    try:
        wish = WISH.validate_json(body)
    except ValidationError as error:
        raise CorrectionsError(f"not a correction: {error.errors()[0]['msg']}") from None
    match wish:
        case WishMove(at=at):
            return Move(
                source=_name(at, ledger),
                quote=_quote(at, sources),
                theme=wish.theme,
                slot=wish.slot,
            )
        case WishMark(at=at):
            return Mark(
                source=_name(at, ledger),
                quote=_quote(at, sources),
                kind=wish.kind,
                after=_quote(wish.after, sources) if wish.after else None,
            )
        case WishCut(at=at):
            kind = Split if wish.action == "split" else Join
            return kind(source=_name(at, ledger), quote=_quote(at, sources))
        case WishRead(at=at):
            return Read(source=_name(at, ledger), quote=_quote(at, sources), text=wish.text)
        case WishJudge():
            return _judged(wish, ledger, sources)
        case unknown:
            assert_never(unknown)


def _judged(wish: WishJudge, ledger: Ledger, sources: Sequence[Source]) -> Correction:
    record, edit = _edit(wish.edit, ledger)
    names = [source.name for source in ledger.sources]
    first = record.spans[0]
    at = At(source=names.index(record.source), start=first.start, end=first.end)
    return Judge(
        action=wish.action,
        source=record.source,
        quote=_quote(at, sources),
        rule=edit.rule,
        raw=edit.raw,
        new=edit.new,
    )


def _edit(number: int, ledger: Ledger) -> tuple[FieldRecord, Edit]:
    for record in ledger.fields:
        if number < len(record.edits):
            return record, record.edits[number]
        number -= len(record.edits)
    raise CorrectionsError("there is no such edit any more; load the page again")


def _name(at: At, ledger: Ledger) -> str:
    """The source's name in the ledger, which tells two files of one name apart."""
    if at.source >= len(ledger.sources):
        raise CorrectionsError("there is no such source; load the page again")
    return ledger.sources[at.source].name


def _quote(at: At, sources: Sequence[Source]) -> Quote:
    text = sources[at.source].text
    if not text[at.start : at.end].strip():
        raise CorrectionsError("there is no text at that place; mark some")
    return quote_at(text, Span(at.start, at.end))
