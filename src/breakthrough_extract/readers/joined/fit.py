"""What joined columns were set in: the face and the widths that fill their lines best.

The widths are not in the text, but the line breaker's work is: with a wrong face or a wrong
width, lines that go on have room left, or hold more than they can. So the cost of the best
way to divide the rows tells how far a measure is off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypedDict

from breakthrough_extract.readers.joined.faces import Face, faces
from breakthrough_extract.readers.joined.nouns import Line, Measure, Row
from breakthrough_extract.readers.joined.search import Search
from breakthrough_extract.readers.joined.sense import Sense

SAMPLE = 30  # rows
COARSE_BEAM, FINE_BEAM = 16, 30
COARSE, MIDDLING = 0.015, 0.006  # share of a width
RATIOS = (0.98, 1.01, 1.04, 1.07, 1.1)  # of a column's share of the longest row
BETWEEN = (0.99, 1.01)  # of a width
STUB = 14.0  # ems: no column that only names the rows is wider
STEPS = (0.01, 0.004)  # of a width
INDENTS = ((0.0, 0.0), (0.0, 1.0), (0.5, 1.2), (0.5, 0.5), (1.0, 1.6))
GAPS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)  # lines
GAP_STEPS = (-0.04, 0.04)
INDENT_STEPS = (-0.12, 0.12)  # ems


class Shape(NamedTuple):
    """What the labels say of columns."""

    columns: int  # how many, the stub not counted
    stub: bool


class Manner(TypedDict):
    """What the columns of one document have in common."""

    mark_indent: float
    rest_indent: float
    gap: float
    head_gap: float


@dataclass(frozen=True)
class Fit:
    """A measure, and what the sample costs with it, in nats."""

    measure: Measure
    cost: float


def fit(rows: Sequence[Row], shape: Shape, sense: Sense, like: Measure | None = None) -> Fit:
    """The best measure of columns. `like` is of others of the document, which are set as these
    are but for their widths."""
    sample = rows[:SAMPLE]
    known = [like.face] if like else faces()
    coarse = min((_in_face(sample, face, shape) for face in known), key=lambda one: one.cost)
    if not shape.stub:  # rows may be named though their column has no head
        named = _in_face(sample, coarse.measure.face, shape._replace(stub=True))
        coarse = min(coarse, named, key=lambda one: one.cost)
    if like:
        coarse = Fit(replace(coarse.measure, **_manner(like)), coarse.cost)
    start = Fit(coarse.measure, Search(sample, coarse.measure, sense, FINE_BEAM).cost())
    for step in STEPS:
        start = _refined(sample, start, step, sense, like is None)
    return start


def _manner(measure: Measure) -> Manner:
    return {
        "mark_indent": measure.mark_indent,
        "rest_indent": measure.rest_indent,
        "gap": measure.gap,
        "head_gap": measure.head_gap,
    }


def _in_face(rows: Sequence[Row], face: Face, shape: Shape) -> Fit:
    """The best measure in that face with columns of one width."""
    coarse = min(
        _even(rows, face, shape),
        key=lambda measure: Search(rows, measure, None, COARSE_BEAM, COARSE).cost(),
    )
    near = [coarse, *(_scaled(coarse, by) for by in BETWEEN)]
    fits = [Fit(one, Search(rows, one, None, COARSE_BEAM, MIDDLING).cost()) for one in near]
    return min(fits, key=lambda one: one.cost)


def _scaled(measure: Measure, by: float) -> Measure:
    """The measure with all columns but the stub so much wider."""
    stub = int(measure.stub)
    widths = (*measure.widths[:stub], *(width * by for width in measure.widths[stub:]))
    return replace(measure, widths=widths)


def _even(rows: Sequence[Row], face: Face, shape: Shape) -> Iterator[Measure]:
    """Measures with columns of one width."""
    lines = [Line(row.words, face.regular) for row in rows]
    longest = max(line.width(0, len(line.words)) for line in lines)
    for ratio in RATIOS:
        widths = (longest / shape.columns * ratio,) * shape.columns
        yield Measure(face, (STUB, *widths) if shape.stub else widths, shape.stub)


def _refined(rows: Sequence[Row], best: Fit, step: float, sense: Sense, anew: bool) -> Fit:
    """The best measure that a step changes, one thing after the other."""
    changes: list[Callable[[Measure], Iterator[Measure]]] = [_all_wider(step)]
    columns = range(int(best.measure.stub), len(best.measure.widths))
    changes += [_wider(column, step) for column in columns]
    first = step == STEPS[0]
    if anew and first:
        changes += [_indented, _nudged]
    changes.append(_spaced if first else _respaced)
    for change in changes:
        for measure in change(best.measure):
            cost = Search(rows, measure, sense, FINE_BEAM).cost()
            if cost < best.cost:
                best = Fit(measure, cost)
    return best


def _all_wider(step: float) -> Callable[[Measure], Iterator[Measure]]:
    def change(measure: Measure) -> Iterator[Measure]:
        for by in (1 - step, 1 + step):
            yield _scaled(measure, by)

    return change


def _wider(column: int, step: float) -> Callable[[Measure], Iterator[Measure]]:
    def change(measure: Measure) -> Iterator[Measure]:
        for by in (1 - step, 1 + step):
            widths = list(measure.widths)
            widths[column] *= by
            yield replace(measure, widths=tuple(widths))

    return change


def _indented(measure: Measure) -> Iterator[Measure]:
    for mark, rest in INDENTS:
        yield replace(measure, mark_indent=mark, rest_indent=rest)


def _nudged(measure: Measure) -> Iterator[Measure]:
    for by in INDENT_STEPS:
        yield replace(measure, rest_indent=measure.rest_indent + by)
        yield replace(measure, mark_indent=measure.mark_indent + by)


def _spaced(measure: Measure) -> Iterator[Measure]:
    for gap in GAPS:
        yield replace(measure, gap=gap, head_gap=gap)


def _respaced(measure: Measure) -> Iterator[Measure]:
    for by in GAP_STEPS:
        yield replace(measure, gap=measure.gap + by)
        yield replace(measure, head_gap=measure.head_gap + by)
