"""The desk at which a person corrects: the source, the corrections so far, what they give."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from breakthrough_extract.choose import choose
from breakthrough_extract.corrections import Book, Correction, load_corrections, written
from breakthrough_extract.document import Document
from breakthrough_extract.files import write_all
from breakthrough_extract.originals import page_pictures
from breakthrough_extract.pipeline import Extraction, extract_documents
from breakthrough_extract.profile import Profile
from breakthrough_extract.readers import read
from breakthrough_extract.report import render
from breakthrough_extract.review.wishes import correction_of

STALE = "the corrections were changed elsewhere; load the page again"


@dataclass
class Desk:
    """The sources of one model under review: one, several renderings of it, or its parts.

    Each change of the book is on disk, whole, before the next is taken. What stands in the file
    is read again before each change, so that nothing that another wrote there is lost.
    """

    paths: Sequence[Path]
    profile: Profile | None  # None: chosen or discovered, as `extract` does
    file: Path  # of the corrections
    together: bool = False  # parts of one model, not renderings of one document
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.result = self._extract()

    @cached_property
    def documents(self) -> list[Document]:
        return [read(path) for path in self.paths]

    @cached_property
    def chosen(self) -> Profile:
        return self.profile or choose(self.documents).profile

    @cached_property
    def pictures(self) -> dict[str, dict[int, bytes]]:
        return page_pictures({path.name: path.read_bytes() for path in self.paths})

    @property
    def book(self) -> Book:
        return load_corrections(self.file) if self.file.exists() else Book()

    @property
    def version(self) -> str:
        """What a page is of: another text of the corrections, another version."""
        return hashlib.sha256(self.book.model_dump_json().encode()).hexdigest()[:16]

    def page(self) -> str:
        """The page as things stand; the file may have been changed by hand since."""
        with self.lock:
            self.result = self._extract()
            sources = {source.sha256: source for source in self.result.sources}
            model, ledger = self.result.model, self.result.ledger
            return render(model, ledger, sources, self.pictures, review=self.version)

    def add(self, version: str, body: bytes) -> str:
        """Carry out what a page of that version asks for; returns why not, "" if it was done.

        A correction that does not fit is not kept. Raises CorrectionsError if it is none.
        """
        with self.lock:
            if version != self.version:
                return STALE
            correction = correction_of(body, self.result.ledger, self.result.sources)
            book = self.book
            reason = self._reason(book, correction)
            if not reason:
                others = tuple(c for c in book.undone if c.source not in self._names)
                self._keep(Book(corrections=(*book.corrections, correction), undone=others))
            return reason

    def undo(self, version: str, _: bytes = b"") -> str:
        """Take the last correction of these sources back; returns why not, "" if it was done."""
        with self.lock:
            if version != self.version:
                return STALE
            book = self.book
            mine = [n for n, c in enumerate(book.corrections) if c.source in self._names]
            if not mine:
                return "nothing is left to undo"
            last = mine[-1]
            rest = (*book.corrections[:last], *book.corrections[last + 1 :])
            self._keep(Book(corrections=rest, undone=(book.corrections[last], *book.undone)))
            return ""

    def redo(self, version: str, _: bytes = b"") -> str:
        """Carry out again what was undone last; returns why not, "" if it was done."""
        with self.lock:
            if version != self.version:
                return STALE
            book = self.book
            mine = [n for n, c in enumerate(book.undone) if c.source in self._names]
            if not mine:
                return "nothing was undone"
            last = mine[0]
            rest = (*book.undone[:last], *book.undone[last + 1 :])
            self._keep(Book(corrections=(*book.corrections, book.undone[last]), undone=rest))
            return ""

    @property
    def _names(self) -> set[str]:
        return {source.name for source in self.result.ledger.sources}

    def _reason(self, book: Book, correction: Correction) -> str:
        ledger = self._extract((*book.corrections, correction)).ledger
        mine = [record for record in ledger.corrections if record.source == correction.source]
        return mine[-1].reason

    def _extract(self, corrections: Sequence[Correction] | None = None) -> Extraction:
        """What the sources give with these corrections; without any named, with the book's."""
        return extract_documents(
            self.documents,
            self.chosen,
            corrections=self.book.corrections if corrections is None else corrections,
            together=self.together,
        )

    def _keep(self, book: Book) -> None:
        before = self.file.read_text(encoding="utf-8") if self.file.exists() else ""
        write_all({self.file: written(book, before)}, keep=self.paths)
