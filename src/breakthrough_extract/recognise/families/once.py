"""What is made of a document alone, whatever the names: made once, though families ask again.

Discovery reads one document by many profiles. Kept by identity, since comparing two documents
takes longer than most of what is kept; gone with the document.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from weakref import WeakValueDictionary, finalize

from breakthrough_extract.document import Document

Made = TypeVar("Made")


def once(make: Callable[[Document], Made]) -> Callable[[Document], Made]:
    """`make`, which is asked but once for each document."""
    documents: WeakValueDictionary[int, Document] = WeakValueDictionary()
    kept: dict[int, Made] = {}

    def made(document: Document) -> Made:
        number = id(document)
        if documents.get(number) is not document:
            kept[number] = make(document)
            documents[number] = document
            finalize(document, kept.pop, number, None)
        return kept[number]

    return made
