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
from breakthrough_extract.model import Cell, Indicator, Item, ItemList, Model, Theme

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
# Only where a model has some.
OTHER_TYPES = {
    "List": "A list under a name of its own, of a theme or of a theme at one stage.",
    "List item": "An entry of such a list.",
    "Level": "A stage of the scale, whatever the theme.",
    "Level statement": "What holds at a stage whatever the theme.",
}
HAVE_IDS = ("Theme", "Indicator", "Breakthrough point", "List item", "Level statement")


def export(model: Model, _: Ledger | None) -> dict[str, bytes]:
    """`case.json`: a CFPackage. Raises ExportError if two entries have one id."""
    book = _Addresses(model)
    nodes = [node for theme in model.themes for node in _theme_nodes(book, theme)]
    nodes += _level_nodes(book)
    used = {node.kind for node in nodes}
    kinds = {**ITEM_TYPES, **{kind: OTHER_TYPES[kind] for kind in OTHER_TYPES if kind in used}}
    items = [_item(book, node) for node in nodes]
    _assert_apart(items)
    package = {
        "CFDocument": _document(book),
        "CFItems": items,
        "CFAssociations": [*_children(book, nodes), *_successions(book, model)],
        "CFDefinitions": {
            "CFItemTypes": [_item_type(book, n, *kind) for n, kind in enumerate(kinds.items(), 1)]
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
    keywords: tuple[str, ...] = ()


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
    notes = _joined(theme.question, theme.motto, theme.complaint, *theme.description)
    words = (theme.group,) if theme.group else ()
    yield _Node("Theme", theme.id, theme.name, document, number, notes=notes, keywords=words)
    above = book.link("Theme", theme.id, theme.name)
    for n, cell in enumerate(theme.stages, 1):
        yield from _cell_nodes(book, theme, cell, above, n)
    points = theme.breakthrough_points
    if points:
        kind = "Breakthrough points"
        statement = points.headline or kind
        yield _Node(kind, theme.id, statement, above, len(theme.stages) + 1, label=kind)
        parent = book.link(kind, theme.id, statement)
        yield from _entries(book, "Breakthrough point", points.points, parent)
    before = len(theme.stages) + (points is not None)
    yield from _list_nodes(book, theme.lists, theme.id, above, before)


def _cell_nodes(
    book: _Addresses, theme: Theme, cell: Cell, above: Plain, number: int
) -> Iterator[_Node]:
    id_, statement = _cell_id(theme, cell), _statement(cell)
    prose = cell.prose if cell.headline else ()  # else it is the statement
    notes = _joined(*prose, *(note.text for note in cell.notes))
    yield _Node("Stage", id_, statement, above, number, label=_label(cell), notes=notes)
    link = book.link("Stage", id_, statement)
    yield from _entries(book, "Indicator", cell.indicators, link)
    yield from _list_nodes(book, cell.lists, id_, link, len(cell.indicators))


def _statement(cell: Cell) -> str:
    return cell.headline or _joined(*cell.prose) or cell.name


def _label(cell: Cell) -> str:
    """What the stage is called: its name and, in brackets, what the source calls it here."""
    return f"{cell.name} ({cell.label})" if cell.label else cell.name


def _joined(*texts: str | None) -> str:
    return "\n".join(text for text in texts if text)


def _list_nodes(
    book: _Addresses, lists: Iterable[ItemList], owner: str, above: Plain, before: int
) -> Iterator[_Node]:
    """`before`: how many children stand before the lists."""
    seen: Counter[str] = Counter()
    for number, entry in enumerate(lists, before + 1):
        seen[entry.name] += 1
        id_ = f"{owner}/{quote(entry.name, safe='')}/{seen[entry.name]}"
        yield _Node("List", id_, entry.name, above, number)
        yield from _entries(book, "List item", entry.items, book.link("List", id_, entry.name))


def _level_nodes(book: _Addresses) -> Iterator[_Node]:
    """What is said of stages whatever the theme."""
    for n, stage in enumerate(book.model.stages, len(book.model.themes) + 1):
        if stage.description or stage.aliases or stage.items:
            label = "; ".join(stage.aliases)
            notes = _joined(*stage.description)
            document = _document_link(book)
            yield _Node("Level", stage.id, stage.name, document, n, label=label, notes=notes)
            parent = book.link("Level", stage.id, stage.name)
            yield from _entries(book, "Level statement", stage.items, parent)


def _entries(
    book: _Addresses, kind: str, entries: Iterable[Item], parent: Plain
) -> Iterator[_Node]:
    """The entries, each with what is listed under it."""
    for number, entry in enumerate(entries, 1):
        yield _Node(kind, entry.id, entry.text, parent, number, entry.code)
        if isinstance(entry, Indicator):
            link = book.link(kind, entry.id, entry.text)
            yield from _entries(book, kind, entry.items, link)


def _cell_id(theme: Theme, cell: Cell) -> str:
    return f"{quote(theme.id, safe='')}/{quote(cell.stage, safe='')}"


def _item(book: _Addresses, node: _Node) -> Plain:
    optional = {
        "humanCodingScheme": node.code,
        "alternativeLabel": node.label,
        "notes": node.notes,
        "conceptKeywords": list(node.keywords),
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
            book.link("Stage", _cell_id(theme, cell), _statement(cell)) for cell in theme.stages
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


def _item_type(book: _Addresses, number: int, kind: str, description: str) -> Plain:
    return {
        **book.named("type", kind),
        "title": kind,
        "description": description,
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
        "description": _joined(theme.question, theme.complaint, *theme.description) or theme.name,
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
        "description": _statement(cell),
        "quality": cell.name,
        "score": position,
        "position": position,
        "rubricCriterionId": criterion,
        "lastChangeDateTime": NEVER,
    }
