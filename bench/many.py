"""A model with its ledger and source, so many times over: what a large one would be."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from breakthrough_extract.document import Source
from breakthrough_extract.ledger import FieldRecord, Finding, Ledger, Part, Place
from breakthrough_extract.model import BreakthroughPoint, Indicator, Model, Theme


def multiplied(
    model: Model, ledger: Ledger, source: Source, times: int
) -> tuple[Model, Ledger, Source]:
    """`times` copies, one behind the other in one source; ids and codes are told apart."""
    step = len(source.text)
    size = len(model.themes)
    (record,) = ledger.sources
    copies = range(times)
    text = source.text * times
    return (
        model.model_copy(
            update={"themes": tuple(_theme(theme, n) for n in copies for theme in model.themes)}
        ),
        ledger.model_copy(
            update={
                "sources": (
                    record.model_copy(
                        update={
                            "characters": len(text),
                            "partition": tuple(
                                _part(part, n, step) for n in copies for part in record.partition
                            ),
                        }
                    ),
                ),
                "fields": tuple(
                    _field(field, n, step, size) for n in copies for field in ledger.fields
                ),
                "decisions": tuple(
                    decision.model_copy(
                        update={
                            "id": _numbered(decision.id, n),
                            "start": decision.start + n * step,
                        }
                    )
                    for n in copies
                    for decision in ledger.decisions
                ),
                "findings": tuple(
                    _finding(finding, n, step) for n in copies for finding in ledger.findings
                ),
            }
        ),
        replace(source, text=text),
    )


def _numbered(name: str, n: int) -> str:
    """`leadership.developing` as `leadership-7.developing`; `i-abc` as `i-abc-7`."""
    head, dot, rest = name.partition(".")
    return f"{head}-{n}{dot}{rest}" if name else ""


Item = TypeVar("Item", Indicator, BreakthroughPoint)


def _item(one: Item, n: int) -> Item:
    head, _, rest = one.code.partition(".")
    return one.model_copy(update={"id": _numbered(one.id, n), "code": f"{head}{n}.{rest}"})


def _theme(theme: Theme, n: int) -> Theme:
    points = theme.breakthrough_points
    return theme.model_copy(
        update={
            "id": _numbered(theme.id, n),
            "stages": tuple(
                cell.model_copy(
                    update={
                        "indicators": tuple(_item(one, n) for one in cell.indicators),
                        "notes": tuple(
                            note.model_copy(update={"id": _numbered(note.id, n)})
                            for note in cell.notes
                        ),
                    }
                )
                for cell in theme.stages
            ),
            "breakthrough_points": points
            and points.model_copy(update={"points": tuple(_item(one, n) for one in points.points)}),
        }
    )


def _part(part: Part, n: int, step: int) -> Part:
    return part.model_copy(
        update={
            "start": part.start + n * step,
            "end": part.end + n * step,
            "of": _numbered(part.of, n),
        }
    )


def _place(place: Place, n: int, step: int) -> Place:
    return place.model_copy(update={"start": place.start + n * step, "end": place.end + n * step})


def _field(record: FieldRecord, n: int, step: int, size: int) -> FieldRecord:
    number, _, rest = record.path.removeprefix("themes[").partition("]")
    return record.model_copy(
        update={
            "id": _numbered(record.id, n),
            "path": f"themes[{int(number) + n * size}]{rest}",
            "spans": tuple(
                span.model_copy(update={"start": span.start + n * step, "end": span.end + n * step})
                for span in record.spans
            ),
            "edits": tuple(
                edit.model_copy(
                    update={"evidence": edit.evidence and _place(edit.evidence, n, step)}
                )
                for edit in record.edits
            ),
        }
    )


def _finding(finding: Finding, n: int, step: int) -> Finding:
    places = tuple(_place(place, n, step) for place in finding.places)
    return finding.model_copy(update={"places": places})
