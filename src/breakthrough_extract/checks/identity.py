"""Whether what must be one of a kind is: texts, identifiers, codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from breakthrough_extract.checks.places import cells, listed, texts, themes
from breakthrough_extract.checks.told import error
from breakthrough_extract.ledger import Finding
from breakthrough_extract.model import Model
from breakthrough_extract.punctuation import letters


def unique_texts(model: Model) -> Iterator[Finding]:
    """No text stands twice, in whatever typography."""
    first: dict[str, str] = {}
    for path, text, role in texts(model):
        key = letters(text)
        if key in first:
            yield error("text-twice", path, f"the same {role} stands at {first[key]}")
        first.setdefault(key, path)


def unique_ids(model: Model) -> Iterator[Finding]:
    """No identifier stands twice."""
    ids: list[tuple[str, str]] = [(f"stages[{n}].id", s.id) for n, s in enumerate(model.stages)]
    counts = Counter(stage_id for _, stage_id in ids)
    for path, stage_id in ids:
        if counts[stage_id] > 1:
            yield error("id-twice", path, f"the id {stage_id} stands more than once")
    yield from _twice("id", _ids(model))


def _ids(model: Model) -> Iterator[tuple[str, str]]:
    for path, item in listed(model):
        yield f"{path}.id", item.id
    for path, theme in themes(model):
        yield f"{path}.id", theme.id
        for where, cell in cells(path, theme):
            for n, note in enumerate(cell.notes):
                yield f"{where}.notes[{n}].id", note.id
        if theme.breakthrough_points is not None:
            for n, point in enumerate(theme.breakthrough_points.points):
                yield f"{path}.breakthrough_points.points[{n}].id", point.id


def withdrawn_ids(model: Model) -> Iterator[Finding]:
    """What was withdrawn is not in use, and what stands for it is known."""
    used = {id_ for _, id_ in _ids(model)} | {stage.id for stage in model.stages}
    gone = {entry.id for entry in model.withdrawn}
    for n, entry in enumerate(model.withdrawn):
        where = f"withdrawn[{n}]"
        if entry.id in used:
            yield error("id-reused", f"{where}.id", f"the id {entry.id} was withdrawn")
        for heir in entry.replaced_by:
            if heir not in used | gone:
                message = f"{entry.id} is replaced by {heir}, which is not in the model"
                yield error("unknown-heir", f"{where}.replaced_by", message)


def unique_codes(model: Model) -> Iterator[Finding]:
    """No code stands twice."""
    yield from _twice("code", _codes(model))


def _codes(model: Model) -> Iterator[tuple[str, str]]:
    for path, item in listed(model):
        yield f"{path}.code", item.code
    for path, theme in themes(model):
        if theme.breakthrough_points is not None:
            for n, point in enumerate(theme.breakthrough_points.points):
                yield f"{path}.breakthrough_points.points[{n}].code", point.code


def _twice(what: str, places: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """What stands at a path though it stands at another already; `places`: path and name."""
    first: dict[str, str] = {}
    for path, name in places:
        if name in first:
            yield error(f"{what}-twice", path, f"the {what} {name} stands at {first[name]} already")
        first.setdefault(name, path)
