"""A text of the edition with its emendations and variants marked, and XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote as url_quote
from xml.sax.saxutils import escape, quoteattr

from breakthrough_extract.export.apparatus import Variant, holds, variants
from breakthrough_extract.export.errors import ExportError
from breakthrough_extract.ledger import Edit, FieldRecord, Ledger, Place, replay

UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
NOT_NAME = re.compile(r"[^\w.\-]")


class Edition(NamedTuple):
    """The ledger by what is asked of it."""

    records: Mapping[str, FieldRecord]  # by path
    variants: Mapping[str, tuple[Variant, ...]]  # by path
    witnesses: Mapping[str, str]  # source name → id of the witness
    sums: Mapping[str, str]  # source name → SHA-256


def edition_of(ledger: Ledger | None) -> Edition:
    if ledger is None:
        return Edition({}, {}, {}, {})
    names = [source.name for source in ledger.sources]
    return Edition(
        {record.path: record for record in ledger.fields},
        variants(ledger),
        {name: f"w{n}" for n, name in enumerate(dict.fromkeys(names), 1)},
        {source.name: source.sha256 for source in ledger.sources},
    )


def field(text: str, path: str, edition: Edition) -> str:
    record = edition.records.get(path)
    if record is None:
        return escaped(text, path)
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
    edition: Edition,
) -> str:
    """A run of the record's quote with its edits and variants marked."""
    held = {v: [e for e in edits if holds(v, e.start, e.end)] for v in found}
    free = [e for e in edits if not any(holds(v, e.start, e.end) for v in held)]
    out: list[str] = []
    at = start
    marks: list[Edit | Variant] = [*held, *free]
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        out.append(escaped(record.quote[at : mark.start], record.path))
        if isinstance(mark, Variant):
            lemma = _marked(record, mark.start, mark.end, held[mark], (), edition)
            out.append(_app(lemma, record, mark, edition))
        else:
            out.append(_emended(mark, record))
        at = mark.end
    return "".join(out) + escaped(record.quote[at:end], record.path)


def _emended(edit: Edit, record: FieldRecord) -> str:
    raw, new = escaped(edit.raw, record.path), escaped(edit.new, record.path)
    evidence = _evidence(edit.evidence, record)
    if not raw.strip():
        return tag("supplied", new, reason=edit.rule, **evidence) if new.strip() else new
    if not new.strip():
        return tag("surplus", raw, reason=edit.rule, **evidence) + new
    return tag("choice", tag("sic", raw) + tag("corr", new, type=edit.rule, **evidence))


def _evidence(place: Place | None, record: FieldRecord) -> dict[str, str]:
    if place is None:
        return {}
    kind = "internal" if place.source == record.source else "external"
    return {"evidence": kind, "source": _pointer(place.source, place.start, place.end)}


def _app(lemma: str, record: FieldRecord, variant: Variant, edition: Edition) -> str:
    readings = [
        tag("rdg", escaped(place.quote, record.path), **_witness(place, edition))
        for place in variant.rivals
    ]
    mine = {"wit": f"#{edition.witnesses[record.source]}"}
    return tag("app", tag("lem", lemma, **mine) + "".join(readings))


def _witness(place: Place, edition: Edition) -> dict[str, str]:
    witness = edition.witnesses.get(place.source)
    pointer = {"source": _pointer(place.source, place.start, place.end)}
    return pointer | ({"wit": f"#{witness}"} if witness else {})


def pointers(record: FieldRecord | None) -> str | None:
    if record is None or not record.spans:
        return None
    return " ".join(_pointer(record.source, span.start, span.end) for span in record.spans)


def _pointer(source: str, start: int, end: int) -> str:
    return f"{url_quote(source)}#char={start},{end}"


# XML.


def tag(name: str, content: str, /, id_: str | None = None, **attributes: str | None) -> str:
    return f"<{name}{attribute_list(attributes, id_)}>{content}</{name}>"


def attribute_list(values: Mapping[str, str | None], id_: str | None) -> str:
    named = {"xml:id": xml_name(id_) if id_ else None, **values}
    return "".join(
        f" {name}={quoteattr(fit(value, name))}" for name, value in named.items() if value
    )


def xml_name(id_: str) -> str:
    """`id_` as an XML name; what a name cannot hold, and a first digit, is set apart by `_`."""
    name = NOT_NAME.sub(lambda sign: f"_{ord(sign.group()):x}_", id_)
    return name if name[0].isalpha() else f"_{name}"


def escaped(text: str, path: str) -> str:
    return escape(fit(text, path), {"\r": "&#13;"})


def fit(text: str, place: str) -> str:
    unfit = UNFIT.search(text)
    if unfit:
        raise ExportError(
            f"{place}: XML cannot hold the character {unfit.group()!r}; choose another format"
        )
    return text
