"""TEI P5: the text with its emendations, and with the readings of witnesses as apparatus.

A deletion is `surplus`, an insertion `supplied`, a replacement `choice` of `sic` and `corr`; what
the model lacks is a `gap`. A run that reads otherwise in a copy or another witness is an `app`.
Less `sic`, `surplus` and `rdg`, and with white space folded, the text is the published one.
Sources are pointed at by character, as RFC 5147 does: `NAME#char=START,END`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote as url_quote
from xml.sax.saxutils import escape, quoteattr

from breakthrough_extract.export.apparatus import Variant, holds, variants
from breakthrough_extract.export.errors import ExportError
from breakthrough_extract.ledger import Edit, FieldRecord, Ledger, Place, replay
from breakthrough_extract.model import Cell, Item, Model, Theme

NAMESPACE = "http://www.tei-c.org/ns/1.0"
UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
NOT_NAME = re.compile(r"[^\w.\-]")
GAP = '<gap reason="missing"/>'
DECLARATION = (
    "The text is that of the source, emended. What was taken away is marked as surplus, what was "
    "added as supplied, what was replaced as sic beside corr; the reason is the rule that was "
    "applied. Where a copy or another witness reads otherwise, the apparatus has both readings."
)


def export(model: Model, ledger: Ledger | None) -> dict[str, bytes]:
    """`tei.xml`: the edition; without a ledger, the plain text.

    Raises ExportError if the ledger is not that of the model, if two entries would have one
    `xml:id`, or if XML cannot hold a character.
    """
    _assert_names(model)
    edition = _edition(ledger)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<TEI xmlns="{NAMESPACE}">',
        *_header(model, edition),
        "<text>",
        "<body>",
        *(line for n, theme in enumerate(model.themes) for line in _theme(n, theme, edition)),
        "</body>",
        "</text>",
        "</TEI>",
    ]
    return {"tei.xml": ("\n".join(lines) + "\n").encode()}


def _assert_names(model: Model) -> None:
    names = Counter(_name(id_) for id_ in _ids(model))
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise ExportError(f"xml:id {twice[0]} would stand twice; choose another format")


def _ids(model: Model) -> Iterator[str]:
    for theme in model.themes:
        yield theme.id
        for cell in theme.stages:
            yield _cell_id(theme, cell)
            yield from (note.id for note in cell.notes)
        if theme.breakthrough_points:
            yield _points_id(theme)
    yield from (item.id for item in model.iter_items())


def _cell_id(theme: Theme, cell: Cell) -> str:
    return f"{theme.id}.{cell.stage}"


def _points_id(theme: Theme) -> str:
    return f"{theme.id}.breakthrough_points"


class _Edition(NamedTuple):
    """The ledger by what is asked of it."""

    records: Mapping[str, FieldRecord]  # by path
    variants: Mapping[str, tuple[Variant, ...]]  # by path
    witnesses: Mapping[str, str]  # source name → id of the witness
    sums: Mapping[str, str]  # source name → SHA-256


def _edition(ledger: Ledger | None) -> _Edition:
    if ledger is None:
        return _Edition({}, {}, {}, {})
    names = [source.name for source in ledger.sources]
    return _Edition(
        {record.path: record for record in ledger.fields},
        variants(ledger),
        {name: f"w{n}" for n, name in enumerate(dict.fromkeys(names), 1)},
        {source.name: source.sha256 for source in ledger.sources},
    )


# The header.


def _header(model: Model, edition: _Edition) -> Iterator[str]:
    yield "<teiHeader>"
    yield "<fileDesc>"
    yield f"<titleStmt>{_tag('title', _text(model.title, 'title'))}</titleStmt>"
    yield f"<publicationStmt>{_tag('p', escape(model.address()))}</publicationStmt>"
    yield f"<sourceDesc>{_sources(edition)}</sourceDesc>"
    yield "</fileDesc>"
    yield "<encodingDesc>"
    yield f"<editorialDecl>{_tag('p', DECLARATION)}</editorialDecl>"
    yield '<variantEncoding method="parallel-segmentation" location="internal"/>'
    yield "</encodingDesc>"
    yield "</teiHeader>"


def _sources(edition: _Edition) -> str:
    witnesses = [
        _tag("witness", escape(f"{name}, SHA-256 {edition.sums[name]}"), id_=id_)
        for name, id_ in edition.witnesses.items()
    ]
    return _tag("listWit", "".join(witnesses)) if witnesses else "<p>The sources are not given.</p>"


# The body.


def _theme(number: int, theme: Theme, edition: _Edition) -> Iterator[str]:
    path = f"themes[{number}]"
    yield f"<div{_attributes({'type': 'theme'}, theme.id)}>"
    yield _tag("head", _text(theme.name, f"{path}.name"))
    if theme.complaint is not None:
        complaint = _field(theme.complaint, f"{path}.complaint", edition)
        yield f"<epigraph>{_tag('q', complaint)}</epigraph>"
    for n, cell in enumerate(theme.stages):
        yield from _cell(f"{path}.stages[{n}]", theme, cell, edition)
    points = theme.breakthrough_points
    if points:
        where = f"{path}.breakthrough_points"
        yield f"<div{_attributes({'type': 'breakthrough-points'}, _points_id(theme))}>"
        yield _headline(points.headline, where, edition)
        yield from _list(points.points, f"{where}.points", edition)
        yield "</div>"
    yield "</div>"


def _cell(path: str, theme: Theme, cell: Cell, edition: _Edition) -> Iterator[str]:
    yield f"<div{_attributes({'type': 'stage'}, _cell_id(theme, cell))}>"
    yield _tag("head", _text(cell.name, f"{path}.name"), type="stage")
    yield _headline(cell.headline, path, edition)
    yield from _list(cell.indicators, f"{path}.indicators", edition)
    for n, note in enumerate(cell.notes):
        where = f"{path}.notes[{n}].text"
        yield _tag("note", _field(note.text, where, edition), id_=note.id)
    yield "</div>"


def _headline(headline: str | None, path: str, edition: _Edition) -> str:
    where = f"{path}.headline"
    return _tag("head", GAP if headline is None else _field(headline, where, edition))


def _list(items: Sequence[Item], path: str, edition: _Edition) -> Iterator[str]:
    if not items:
        yield _tag("p", GAP)
        return
    yield "<list>"
    for n, item in enumerate(items):
        where = f"{path}[{n}].text"
        source = _pointers(edition.records.get(where))
        text = _field(item.text, where, edition)
        yield _tag("item", text, id_=item.id, n=item.code, source=source)
    yield "</list>"


# A text and its marks.


def _field(text: str, path: str, edition: _Edition) -> str:
    record = edition.records.get(path)
    if record is None:
        return _text(text, path)
    if replay(record) != text:
        raise ExportError(
            f"{path}: the ledger has another text than the model; give the ledger of this model"
        )
    found = edition.variants.get(path, ())
    return _marked(record, 0, len(record.quote), record.edits, found, edition)


def _marked(
    record: FieldRecord,
    start: int,
    end: int,
    edits: Iterable[Edit],
    found: Iterable[Variant],
    edition: _Edition,
) -> str:
    """A run of the record's quote with its edits and variants marked."""
    held = {v: [e for e in edits if holds(v, e.start, e.end)] for v in found}
    free = [e for e in edits if not any(holds(v, e.start, e.end) for v in held)]
    out: list[str] = []
    at = start
    marks: list[Edit | Variant] = [*held, *free]
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        out.append(_text(record.quote[at : mark.start], record.path))
        if isinstance(mark, Variant):
            lemma = _marked(record, mark.start, mark.end, held[mark], (), edition)
            out.append(_app(lemma, record, mark, edition))
        else:
            out.append(_emended(mark, record))
        at = mark.end
    return "".join(out) + _text(record.quote[at:end], record.path)


def _emended(edit: Edit, record: FieldRecord) -> str:
    raw, new = _text(edit.raw, record.path), _text(edit.new, record.path)
    evidence = _evidence(edit.evidence, record)
    if not raw.strip():
        return _tag("supplied", new, reason=edit.rule, **evidence) if new.strip() else new
    if not new.strip():
        return _tag("surplus", raw, reason=edit.rule, **evidence) + new
    return _tag("choice", _tag("sic", raw) + _tag("corr", new, type=edit.rule, **evidence))


def _evidence(place: Place | None, record: FieldRecord) -> dict[str, str]:
    if place is None:
        return {}
    kind = "internal" if place.source == record.source else "external"
    return {"evidence": kind, "source": _pointer(place.source, place.start, place.end)}


def _app(lemma: str, record: FieldRecord, variant: Variant, edition: _Edition) -> str:
    readings = [
        _tag("rdg", _text(place.quote, record.path), **_witness(place, edition))
        for place in variant.rivals
    ]
    mine = {"wit": f"#{edition.witnesses[record.source]}"}
    return _tag("app", _tag("lem", lemma, **mine) + "".join(readings))


def _witness(place: Place, edition: _Edition) -> dict[str, str]:
    witness = edition.witnesses.get(place.source)
    pointer = {"source": _pointer(place.source, place.start, place.end)}
    return pointer | ({"wit": f"#{witness}"} if witness else {})


def _pointers(record: FieldRecord | None) -> str | None:
    if record is None or not record.spans:
        return None
    return " ".join(_pointer(record.source, span.start, span.end) for span in record.spans)


def _pointer(source: str, start: int, end: int) -> str:
    return f"{url_quote(source)}#char={start},{end}"


# XML.


def _tag(name: str, content: str, /, id_: str | None = None, **attributes: str | None) -> str:
    return f"<{name}{_attributes(attributes, id_)}>{content}</{name}>"


def _attributes(values: Mapping[str, str | None], id_: str | None) -> str:
    named = {"xml:id": _name(id_) if id_ else None, **values}
    return "".join(
        f" {name}={quoteattr(_fit(value, name))}" for name, value in named.items() if value
    )


def _name(id_: str) -> str:
    """`id_` as an XML name; what a name cannot hold, and a first digit, is set apart by `_`."""
    name = NOT_NAME.sub(lambda sign: f"_{ord(sign.group()):x}_", id_)
    return name if name[0].isalpha() else f"_{name}"


def _text(text: str, path: str) -> str:
    return escape(_fit(text, path), {"\r": "&#13;"})


def _fit(text: str, place: str) -> str:
    unfit = UNFIT.search(text)
    if unfit:
        raise ExportError(
            f"{place}: XML cannot hold the character {unfit.group()!r}; choose another format"
        )
    return text
