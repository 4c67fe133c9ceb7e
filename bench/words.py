"""Words of a model that its source does not have, counted from the source's raw characters.

The ledger is believed in one thing alone: where it records that a word was made of raw
characters by an edit, those raw characters must be words of the source.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from breakthrough_extract.ledger import FieldRecord, Ledger

WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^<>]*>")


def raw_text(path: Path) -> str:
    """The characters of a file as a plain reader sees them: no tags, no columns, no repair."""
    data = path.read_bytes()
    if data.startswith(b"%PDF-"):
        with pypdfium2.PdfDocument(data) as opened:
            return "\n".join(page.get_textpage().get_text_bounded() for page in opened)
    text = data.decode("utf-8-sig")
    return html.unescape(text if path.suffix == ".txt" else TAG.sub(" ", text))


def letters(text: str) -> str:
    """Letters and digits alone, lower case."""
    return "".join(WORD.findall(text.casefold()))


def invented(raw: str, ledger: Ledger) -> list[str]:
    """The words of the published texts that are not in the raw text."""
    known = set(WORD.findall(raw))
    return [
        word
        for record in ledger.fields
        for word, origin in _words(record)
        if word not in known and not (origin and known.issuperset(WORD.findall(origin)))
    ]


def _words(record: FieldRecord) -> Iterator[tuple[str, str]]:
    """The words of a published text, each with the characters of the quote under it."""
    out: list[str] = []  # the text, one character an entry
    under: list[str] = []  # what stands in the quote for it
    at = 0
    for edit in record.edits:
        plain = record.quote[at : edit.start]
        out += plain
        under += plain
        at = edit.end
        if edit.new:
            out += edit.new
            under += [edit.raw, *[""] * (len(edit.new) - 1)]
        elif under:
            under[-1] += edit.raw
    out += record.quote[at:]
    under += record.quote[at:]
    for found in WORD.finditer("".join(out)):
        # An edit to nothing at a word's end is no part of the word.
        yield found.group(), "".join(under[found.start() : found.end()])
