"""TEI P5: the text with its emendations, and with the readings of witnesses as apparatus.

A deletion is `surplus`, an insertion `supplied`, a replacement `choice` of `sic` and `corr`; what
the model lacks is a `gap`. A run that reads otherwise in a copy or another witness is an `app`.
Less `sic`, `surplus` and `rdg`, and with white space folded, the text is the published one.
Sources are pointed at by character, as RFC 5147 does: `NAME#char=START,END`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from breakthrough_extract.export.emended import (
    Edition,
    attribute_list,
    edition_of,
    escaped,
    field,
    pointers,
    tag,
    xml_name,
)
from breakthrough_extract.export.errors import ExportError
from breakthrough_extract.ledger import Ledger
from breakthrough_extract.model import Cell, Indicator, Item, ItemList, Model, Stage, Theme

NAMESPACE = "http://www.tei-c.org/ns/1.0"
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
    edition = edition_of(ledger)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<TEI xmlns="{NAMESPACE}">',
        *_header(model, edition),
        "<text>",
        *_front(model, edition),
        "<body>",
        *(line for n in range(len(model.themes)) for line in _theme(model, n, edition)),
        "</body>",
        "</text>",
        "</TEI>",
    ]
    return {"tei.xml": ("\n".join(lines) + "\n").encode()}


def _assert_names(model: Model) -> None:
    names = Counter(xml_name(id_) for id_ in _ids(model))
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        raise ExportError(f"xml:id {twice[0]} would stand twice; choose another format")


def _ids(model: Model) -> Iterator[str]:
    yield from (_stage_id(stage) for stage in model.stages if _is_told(stage))
    for theme in model.themes:
        yield theme.id
        for cell in theme.stages:
            yield _cell_id(theme, cell)
            yield from (note.id for note in cell.notes)
        if theme.breakthrough_points:
            yield _points_id(theme)
    yield from (item.id for item in model.iter_items())


def _is_told(stage: Stage) -> bool:
    """Whether anything is said of a stage whatever the theme."""
    return bool(stage.aliases or stage.description or stage.items)


def _stage_id(stage: Stage) -> str:
    return f"stage.{stage.id}"


def _cell_id(theme: Theme, cell: Cell) -> str:
    return f"{theme.id}.{cell.stage}"


def _points_id(theme: Theme) -> str:
    return f"{theme.id}.breakthrough_points"


# The header.


def _header(model: Model, edition: Edition) -> Iterator[str]:
    yield "<teiHeader>"
    yield "<fileDesc>"
    yield f"<titleStmt>{tag('title', escaped(model.title, 'title'))}</titleStmt>"
    yield f"<publicationStmt>{tag('p', escape(model.address()))}</publicationStmt>"
    yield f"<sourceDesc>{_sources(edition)}</sourceDesc>"
    yield "</fileDesc>"
    yield "<encodingDesc>"
    yield f"<editorialDecl>{tag('p', DECLARATION)}</editorialDecl>"
    yield '<variantEncoding method="parallel-segmentation" location="internal"/>'
    yield "</encodingDesc>"
    yield "</teiHeader>"


def _sources(edition: Edition) -> str:
    witnesses = [
        tag("witness", escape(f"{name}, SHA-256 {edition.sums[name]}"), id_=id_)
        for name, id_ in edition.witnesses.items()
    ]
    return tag("listWit", "".join(witnesses)) if witnesses else "<p>The sources are not given.</p>"


# The front: what is said of stages whatever the theme.


def _front(model: Model, edition: Edition) -> Iterator[str]:
    told = [(n, stage) for n, stage in enumerate(model.stages) if _is_told(stage)]
    if told:
        yield "<front>"
        for n, stage in told:
            yield from _stage(f"stages[{n}]", stage, edition)
        yield "</front>"


def _stage(path: str, stage: Stage, edition: Edition) -> Iterator[str]:
    yield f"<div{attribute_list({'type': 'scale'}, _stage_id(stage))}>"
    yield tag("head", escaped(stage.name, f"{path}.name"))
    for alias in stage.aliases:
        yield tag("head", escaped(alias, f"{path}.aliases"), type="alias")
    yield from _paragraphs(stage.description, f"{path}.description", edition)
    if stage.items:
        yield from _list(stage.items, f"{path}.items", edition)
    elif not stage.description:
        yield "<p/>"
    yield "</div>"


# The body.


def _theme(model: Model, number: int, edition: Edition) -> Iterator[str]:
    theme, path = model.themes[number], f"themes[{number}]"
    yield f"<div{attribute_list({'type': 'theme'}, theme.id)}>"
    yield tag("head", escaped(theme.name, f"{path}.name"))
    if theme.group is not None:
        yield tag("head", escaped(theme.group, f"{path}.group"), type="group")
    if theme.question is not None:
        question = field(theme.question, f"{path}.question", edition)
        yield tag("head", question, type="question")
    if theme.complaint is not None:
        complaint = field(theme.complaint, f"{path}.complaint", edition)
        yield f"<epigraph>{tag('q', complaint)}</epigraph>"
    if theme.motto is not None:
        motto = field(theme.motto, f"{path}.motto", edition)
        yield f"<epigraph>{tag('q', motto, type='motto')}</epigraph>"
    yield from _paragraphs(theme.description, f"{path}.description", edition)
    for n in range(len(theme.stages)):
        yield from _cell(model, number, n, edition)
    yield from _points(theme, f"{path}.breakthrough_points", edition)
    yield from _named_lists(theme.lists, f"{path}.lists", edition)
    yield "</div>"


def _points(theme: Theme, path: str, edition: Edition) -> Iterator[str]:
    points = theme.breakthrough_points
    if points:
        yield f"<div{attribute_list({'type': 'breakthrough-points'}, _points_id(theme))}>"
        yield _headline(points.headline, path, edition)
        yield from _list(points.points, f"{path}.points", edition)
        yield "</div>"


def _cell(model: Model, number: int, place: int, edition: Edition) -> Iterator[str]:
    theme = model.themes[number]
    cell, path = theme.stages[place], f"themes[{number}].stages[{place}]"
    nothing = "no-requirement" if cell.no_requirement else None
    yield f"<div{attribute_list({'type': 'stage', 'subtype': nothing}, _cell_id(theme, cell))}>"
    yield tag("head", escaped(cell.name, f"{path}.name"), type="stage")
    if cell.label is not None:
        yield tag("head", escaped(cell.label, f"{path}.label"), type="label")
    # Where models of the kind have no headlines, or no items, none is missing.
    if cell.headline is not None or "missing-headline" not in model.allows:
        yield _headline(cell.headline, path, edition)
    yield from _paragraphs(cell.prose, f"{path}.prose", edition)
    if cell.indicators or not (cell.prose or cell.lists or "no-indicators" in model.allows):
        yield from _list(cell.indicators, f"{path}.indicators", edition)
    elif not cell.prose:
        yield "<p/>"
    for n, note in enumerate(cell.notes):
        where = f"{path}.notes[{n}].text"
        yield tag("note", field(note.text, where, edition), id_=note.id)
    yield from _named_lists(cell.lists, f"{path}.lists", edition)
    yield "</div>"


def _headline(headline: str | None, path: str, edition: Edition) -> str:
    where = f"{path}.headline"
    return tag("head", GAP if headline is None else field(headline, where, edition))


def _paragraphs(texts: Sequence[str], path: str, edition: Edition) -> Iterator[str]:
    for n, one in enumerate(texts):
        yield tag("p", field(one, f"{path}[{n}]", edition))


def _named_lists(lists: Sequence[ItemList], path: str, edition: Edition) -> Iterator[str]:
    for n, entry in enumerate(lists):
        yield '<div type="list">'
        yield tag("head", escaped(entry.name, f"{path}[{n}].name"))
        yield from _list(entry.items, f"{path}[{n}].items", edition)
        yield "</div>"


def _list(items: Sequence[Item], path: str, edition: Edition) -> Iterator[str]:
    if not items:
        yield tag("p", GAP)
        return
    yield "<list>"
    for n, item in enumerate(items):
        yield _item(item, f"{path}[{n}]", edition)
    yield "</list>"


def _item(item: Item, path: str, edition: Edition) -> str:
    where = f"{path}.text"
    content = [field(item.text, where, edition)]
    if isinstance(item, Indicator) and item.items:
        content += _list(item.items, f"{path}.items", edition)
    source = pointers(edition.records.get(where))
    return tag("item", "\n".join(content), id_=item.id, n=item.code, source=source)
