"""Corrections of how a text reads, carried out when repair has done what it can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from breakthrough_extract.corrections.nouns import Judge, Read
from breakthrough_extract.corrections.passages import window
from breakthrough_extract.document import BY_HAND, Passage, Piece, Section, Span

NO_TEXT = "what it quotes is no text of the model"

Sections = tuple[Section, ...]


def correct_wording(
    sections: Sections, correction: Judge | Read, span: Span, text: str
) -> Sections | str:
    """`sections` as the correction has them, or, in words, why it does not fit.

    `span` is where its quote stands in the source's `text`.
    """
    if isinstance(correction, Judge) and correction.action == "accept":
        return sections if _holds(sections, span) else NO_TEXT

    def change(passage: Passage) -> Passage | None:
        if not window(passage, span):
            return None
        if isinstance(correction, Read):
            return _read(passage, span, correction.text)
        return _refused(passage, correction, text)

    found = _first_changed(sections, change)
    if found is not None:
        return found
    if isinstance(correction, Judge) and _holds(sections, span):
        return "there is no such edit any more"
    return NO_TEXT


def _holds(sections: Sections, span: Span) -> bool:
    return any(
        window(passage, span)
        for section in sections
        for passage in (section.headline, *section.items, *section.notes)
    )


def _first_changed(
    sections: Sections, change: Callable[[Passage], Passage | None]
) -> Sections | None:
    """`sections` with the first text changed that `change` takes; None if it takes none."""
    for number, section in enumerate(sections):
        texts = [section.headline, *section.items, *section.notes]
        for n, passage in enumerate(texts):
            changed = change(passage) if passage else None
            if changed is None:
                continue
            texts[n] = changed
            count = len(section.items) + 1
            after = replace(
                section,
                headline=texts[0],
                items=tuple(texts[1:count]),
                notes=tuple(texts[count:]),
            )
            return (*sections[:number], after, *sections[number + 1 :])
    return None


def _read(passage: Passage, span: Span, new: str) -> Passage | None:
    found = window(passage, span)
    return passage.replace(found.start, found.end, new, BY_HAND) if found else None


def _refused(passage: Passage, judge: Judge, text: str) -> Passage | None:
    """The passage without the edit; None if it has no such."""
    pieces: list[Piece] = []
    for piece in passage.pieces:
        raw = text[piece.start : piece.end]
        if (piece.rule, piece.text) != (judge.rule, judge.new) or not _same(raw, judge.raw):
            pieces.append(piece)
        elif piece.start < piece.end:
            pieces.append(Piece(piece.start, piece.end, raw))
    if len(pieces) < len(passage.pieces) or tuple(pieces) != passage.pieces:
        return Passage(tuple(pieces))
    return _kept(passage, judge.raw)


def _same(raw: str, other: str) -> bool:
    """Whether two readings are one; a break between stretches has white space in the quote."""
    return raw == other or (not raw and not other.strip())


def _kept(passage: Passage, raw: str) -> Passage | None:
    """The passage with the signs `raw` at its end, its start or in it said to be its own.

    Such signs are taken off only when the text is published; what a person has said of them is
    then left alone.
    """
    text = passage.text
    signs = raw.strip()
    if not signs or signs not in text:
        return None
    at = text.rindex(signs)
    if text.startswith(signs) and not text.rstrip().endswith(signs):
        at = 0
    return passage.replace(at, at + len(signs), signs, BY_HAND)
