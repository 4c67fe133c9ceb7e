"""A CASE 1.0 package (Competencies and Academic Standards Exchange, 1EdTech).

Themes, cells, indicators, lists and points are CFItems, each a child of what it stands in; a cell
precedes the cell of its theme's next stage. The matrix is a CFRubric besides: a theme is a
criterion, a cell one of its levels. All identifiers are UUIDs made from the permanent ids, so
that a second import updates what the first has made.

The structure is that of the specification, "CASE Service Information Model, Version 1.0".
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from breakthrough_extract.export.errors import ExportError
from breakthrough_extract.model import Cell, Item, Model, Theme

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger

Plain = dict[str, Any]
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:breakthrough-extract:case")
# CASE wants a time for each entry, and a model has none; the same model has the same bytes.
NEVER = "1970-01-01T00:00:00+00:00"
ITEM_TYPES = {
    "Theme": "A theme of the model.",
    "Stage": "A theme at one stage.",
    "Indicator": "A statement of a theme at one stage.",
    "Breakthrough points": "The list that a theme has beside its stages.",
    "Breakthrough point": "An entry of that list.",
}
HAVE_IDS = ("Theme", "Indicator", "Breakthrough point")


def export(model: Model, _: Ledger | None) -> dict[str, bytes]:
    """`case.json`: a CFPackage. Raises ExportError if two entries have one id."""
    book = _Addresses(model)
    nodes = [node for theme in model.themes for node in _theme_nodes(book, theme)]
    items = [_item(book, node) for node in nodes]
    _assert_apart(items)
    package = {
        "CFDocument": _document(book),
        "CFItems": items,
        "CFAssociations": [*_children(book, nodes), *_successions(book, model)],
        "CFDefinitions": {
            "CFItemTypes": [_item_type(book, n, kind) for n, kind in enumerate(ITEM_TYPES, 1)]
        },
        "CFRubrics": [_rubric(book)],
    }
    return {"case.json": (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()}


def _assert_apart(items: list[Plain]) -> None:
    counts = Counter(item["uri"] for item in items)
    twice = [uri for uri, count in counts.items() if count > 1]
    if twice:
        raise ExportError(f"{twice[0]} stands twice; `breakthrough-extract validate` shows where")


class _Addresses(NamedTuple):
    """What names the entries, by kind and permanent id: the item's permanent address, or one
    that is made likewise for what has no id in the model; and a UUID made from it."""

    model: Model

    def named(self, kind: str, id_: str) -> Plain:
        uri = self.model.address(id_ if kind in HAVE_IDS else f"{kind}:{id_}")
        return {"identifier": str(uuid.uuid5(NAMESPACE, uri)), "uri": uri}

    def link(self, kind: str, id_: str, title: str) -> Plain:
        return {"title": title, **self.named(kind, id_)}


class _Node(NamedTuple):
    """One CFItem to be, and where it hangs."""

    kind: str  # a key of ITEM_TYPES
    id: str
    statement: str
    parent: Plain  # link to it
    number: int  # among the children of the parent, 1-based
    code: str | None = None
    label: str | None = None
    notes: str | None = None


def _document(book: _Addresses) -> Plain:
    model = book.model
    return {
        **book.named("document", ""),
        "creator": "breakthrough-extract",
        "title": model.title,
        "lastChangeDateTime": NEVER,
        "version": model.schema_version,
        "adoptionStatus": "Draft" if model.draft else "Adopted",
    }


def _document_link(book: _Addresses) -> Plain:
    return book.link("document", "", book.model.title)


def _theme_nodes(book: _Addresses, theme: Theme) -> Iterator[_Node]:
    number = book.model.themes.index(theme) + 1
    document = _document_link(book)
    yield _Node("Theme", theme.id, theme.name, document, number, notes=theme.complaint)
    above = book.link("Theme", theme.id, theme.name)
    for n, cell in enumerate(theme.stages, 1):
        id_ = _cell_id(theme, cell)
        statement = cell.headline or cell.name
        notes = "\n".join(note.text for note in cell.notes)
        yield _Node("Stage", id_, statement, above, n, label=cell.name, notes=notes)
        yield from _entries("Indicator", cell.indicators, book.link("Stage", id_, statement))
    points = theme.breakthrough_points
    if points:
        kind = "Breakthrough points"
        statement = points.headline or kind
        yield _Node(kind, theme.id, statement, above, len(theme.stages) + 1, label=kind)
        parent = book.link(kind, theme.id, statement)
        yield from _entries("Breakthrough point", points.points, parent)


def _entries(
    kind: str,
    entries: Iterable[Item],
    parent: Plain,
) -> Iterator[_Node]:
    for number, entry in enumerate(entries, 1):
        yield _Node(kind, entry.id, entry.text, parent, number, entry.code)


def _cell_id(theme: Theme, cell: Cell) -> str:
    return f"{quote(theme.id, safe='')}/{quote(cell.stage, safe='')}"


def _item(book: _Addresses, node: _Node) -> Plain:
    optional = {
        "humanCodingScheme": node.code,
        "alternativeLabel": node.label,
        "notes": node.notes,
    }
    return {
        **book.named(node.kind, node.id),
        "fullStatement": node.statement,
        **{name: value for name, value in optional.items() if value},
        "listEnumeration": str(node.number),
        "CFItemType": node.kind,
        "CFItemTypeURI": book.link("type", node.kind, node.kind),
        "lastChangeDateTime": NEVER,
    }


def _children(book: _Addresses, nodes: Iterable[_Node]) -> Iterator[Plain]:
    for node in nodes:
        child = book.link(node.kind, node.id, node.statement)
        yield _association(book, "isChildOf", child, node.parent, node.number)


def _successions(book: _Addresses, model: Model) -> Iterator[Plain]:
    for theme in model.themes:
        links = [
            book.link("Stage", _cell_id(theme, cell), cell.headline or cell.name)
            for cell in theme.stages
        ]
        for number, (lower, higher) in enumerate(pairwise(links), 1):
            yield _association(book, "precedes", lower, higher, number)


def _association(
    book: _Addresses, kind: str, origin: Plain, destination: Plain, number: int
) -> Plain:
    id_ = f"{origin['identifier']}:{destination['identifier']}"
    return {
        **book.named(kind, id_),
        "associationType": kind,
        "sequenceNumber": number,
        "originNodeURI": origin,
        "destinationNodeURI": destination,
        "lastChangeDateTime": NEVER,
    }


def _item_type(book: _Addresses, number: int, kind: str) -> Plain:
    return {
        **book.named("type", kind),
        "title": kind,
        "description": ITEM_TYPES[kind],
        "hierarchyCode": str(number),
        "lastChangeDateTime": NEVER,
    }


def _rubric(book: _Addresses) -> Plain:
    rubric = book.named("rubric", "")
    return {
        **rubric,
        "title": book.model.title,
        "lastChangeDateTime": NEVER,
        "CFRubricCriteria": [
            _criterion(book, rubric["identifier"], n, theme)
            for n, theme in enumerate(book.model.themes, 1)
        ],
    }


def _criterion(book: _Addresses, rubric: str, number: int, theme: Theme) -> Plain:
    criterion = book.named("criterion", theme.id)
    return {
        **criterion,
        "category": theme.name,
        "description": theme.complaint or theme.name,
        "CFItemURI": book.link("Theme", theme.id, theme.name),
        "position": number,
        "rubricId": rubric,
        "lastChangeDateTime": NEVER,
        "CFRubricCriterionLevels": [
            _level(book, criterion["identifier"], theme, cell) for cell in theme.stages
        ],
    }


def _level(book: _Addresses, criterion: str, theme: Theme, cell: Cell) -> Plain:
    positions = {stage.id: stage.position for stage in book.model.stages}
    position = positions.get(cell.stage, theme.stages.index(cell) + 1)
    return {
        **book.named("level", _cell_id(theme, cell)),
        "description": cell.headline or cell.name,
        "quality": cell.name,
        "score": position,
        "position": position,
        "rubricCriterionId": criterion,
        "lastChangeDateTime": NEVER,
    }
