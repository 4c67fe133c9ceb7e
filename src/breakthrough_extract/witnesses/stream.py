"""The witnesses in one stream: each with its own range of positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from breakthrough_extract.document import Block, Document, Evidence, Page, Passage, Piece, Span


def side_by_side(documents: Sequence[Document]) -> tuple[Document, ...]:
    """`documents` each with its own range of positions, and a name of its own."""
    out: list[Document] = []
    padding = 0
    names: Counter[str] = Counter()
    for document in documents:
        source = document.source
        names[source.name] += 1
        count = names[source.name]
        name = source.name if count == 1 else f"{source.name} ({count})"
        out.append(_moved(document, padding, name))
        padding += len(source.text) + 1  # a position at the very end is still its own
    return tuple(out)


def _moved(document: Document, by: int, name: str) -> Document:
    source = document.source
    moved = replace(
        source,
        name=name,
        text="\n" * by + source.text,
        pages=tuple(_moved_page(page, by) for page in source.pages),
        boxes=(None,) * by + source.boxes if source.boxes else (),
        confidence=(1.0,) * by + source.confidence if source.confidence else (),
        padding=by,
    )
    return replace(
        document,
        source=moved,
        blocks=tuple(_moved_block(block, by, name) for block in document.blocks),
        markup=tuple(Span(span.start + by, span.end + by) for span in document.markup),
        cut=tuple(_moved_passage(passage, by, name) for passage in document.cut),
        undecided=tuple(_moved_passage(passage, by, name) for passage in document.undecided),
    )


def _moved_page(page: Page, by: int) -> Page:
    return page._replace(span=Span(page.span.start + by, page.span.end + by))


def _moved_block(block: Block, by: int, name: str) -> Block:
    return replace(block, text=_moved_passage(block.text, by, name))


def _moved_passage(passage: Passage, by: int, name: str) -> Passage:
    return Passage(tuple(_moved_piece(piece, by, name) for piece in passage.pieces))


def _moved_piece(piece: Piece, by: int, name: str) -> Piece:
    known = piece.evidence
    if known:
        known = Evidence(name, known.start + by, known.end + by, known.quote)
    return Piece(piece.start + by, piece.end + by, piece.text, piece.rule, known)
