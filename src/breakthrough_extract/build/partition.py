"""Where each character of the sources went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from breakthrough_extract.build.given import Given, Numbered
from breakthrough_extract.build.register import Register
from breakthrough_extract.document import Passage, Section, Source
from breakthrough_extract.ledger import Kind, Part, SourceRecord


def account(given: Given, register: Register) -> None:
    """Puts into the register everything that is no text of the model."""
    for reading in given.readings:
        register.take_spans(reading.document.markup, Kind.MARKUP)
    for numbered in given.numbered:
        for passage, kind, of in (
            *_outside_sections(numbered),
            *_of_witnesses(numbered),
            *_outside_model(numbered),
        ):
            register.take(passage, kind, of)
    for passage, kind, of in _settled(given):
        register.take(passage, kind, of)


def _outside_sections(numbered: Numbered) -> Iterator[tuple[Passage, Kind, str]]:
    outline = numbered.reading.outline
    for heading in outline.headings:
        yield heading.text, Kind.HEADING, heading.theme
    for passage in outline.table_heads:
        yield passage, Kind.HEADING, ""
    for passage in outline.furniture:
        yield passage, Kind.FURNITURE, ""
    for passage in outline.marks:
        yield passage, Kind.MARKUP, ""
    for passage in outline.context:
        yield passage, Kind.CONTEXT, ""


def _of_witnesses(numbered: Numbered) -> Iterator[tuple[Passage, Kind, str]]:
    """Loose text, whether or not it is a copy of a section."""
    for copy in numbered.reading.repaired.witnessed:
        kind = Kind.FRAGMENT if copy.kind == "fragment" else Kind.REPEAT
        for passage in copy.text:
            yield passage, kind, numbered.name(copy.section)
    for passage in numbered.reading.repaired.unresolved:
        if passage not in numbered.given.settlement.explained:
            yield passage, Kind.UNRESOLVED, ""


def _outside_model(numbered: Numbered) -> Iterator[tuple[Passage, Kind, str]]:
    """Sections that are in the text but not in the model."""
    for repeat, original in numbered.reading.outline.repeats:
        for passage in _passages(repeat):
            yield passage, Kind.REPEAT, numbered.name(original)
    for index, section in enumerate(numbered.reading.repaired.sections):
        if not numbered.home(index):
            for passage in _passages(section):
                if passage not in numbered.given.settlement.explained:
                    yield passage, Kind.UNRESOLVED, numbered.name(index)


def _passages(section: Section) -> Iterator[Passage]:
    if not section.structural:  # such labels may head several cells: they are heads already
        yield section.label
    yield from (section.headline, *section.items, *section.notes, *section.prose)
    for one in section.lists:
        yield from one.items


def _settled(given: Given) -> Iterator[tuple[Passage, Kind, str]]:
    for cell in given.settlement.cells:
        for passage in cell.labels:
            yield passage, Kind.HEADING, cell.name
        for passage in cell.strays:
            yield passage, Kind.UNRESOLVED, cell.name
    for copy in given.settlement.copies:
        for passage in copy.texts:
            yield passage, Kind.REPEAT, copy.of
    for passage in given.settlement.spare:
        yield passage, Kind.CONTEXT, ""


def source_record(source: Source, register: Register) -> SourceRecord:
    """A source and its partition; what nothing took is unresolved."""
    known = register.parts_of(source)
    parts = [*known, *unaccounted(source.text, known)]
    shift = source.padding
    return SourceRecord(
        name=source.name,
        sha256=source.sha256,
        media_type=source.media_type,
        encoding=source.encoding,
        characters=len(source.text) - shift,
        partition=tuple(
            part.model_copy(update={"start": part.start - shift, "end": part.end - shift})
            for part in sorted(parts, key=lambda part: (part.start, part.end))
        ),
    )


def unaccounted(text: str, parts: Sequence[Part]) -> list[Part]:
    """Entries for the non-white characters that no part holds."""
    chars = list(text)
    for part in parts:
        chars[part.start : part.end] = "\0" * (part.end - part.start)
    bare = "".join(chars)
    return [
        Part(start=found.start(), end=found.end(), kind=Kind.UNRESOLVED, of="unread")
        for found in re.finditer(r"[^\0\s]+(?:[^\S\0]+[^\0\s]+)*", bare)
    ]
