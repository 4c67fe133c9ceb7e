"""Tables drawn in characters: rules of dashes with joints, cells of several lines between them.

So pandoc, Emacs and docutils write tables whose cells hold more than a line:

    +------+-------------+
    | PEAS | dig a deep  |
    |      | trench      |
    +------+-------------+
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from breakthrough_extract.document import Span

RULE = re.compile(r"^\s*[+|](?:[-=:]{2,}\+)*[-=:]{2,}[+|]\s*$")
ROW = re.compile(r"^\s*\|.*\|\s*$")
PADDING = 2  # white beside a cell's text
FEWEST_RULES = 2  # with one, each line is a row of its own, and the rule parts its head


class GridCell(NamedTuple):
    column: int  # 0-based
    columns: int  # how many it reaches over
    lines: tuple[Span, ...]  # of the source, without white space around; empty ones too


class GridTable(NamedTuple):
    rows: tuple[tuple[GridCell, ...], ...]
    markup: tuple[Span, ...]  # rules and bars
    broken: tuple[Span, ...]  # lines of cells that may begin with the rest of a word


def drawn_lines(text: str, lines: Sequence[Span], at: int) -> list[Span]:
    """The rules and rows from `lines[at]` on, up to the first line that is neither."""
    return list(takewhile(lambda line: _is_drawn(text, line), islice(lines, at, None)))


def grid_table(text: str, drawn: Sequence[Span]) -> GridTable | None:
    """The table that these lines draw; None if they draw none."""
    rules = [n for n, line in enumerate(drawn) if RULE.match(_slice(text, line))]
    groups = _groups(len(drawn), frozenset(rules))
    if len(rules) < FEWEST_RULES or all(len(group) < 2 for group in groups):
        return None
    edges = _edges(_slice(text, drawn[rules[0]]))
    rows: list[tuple[GridCell, ...]] = []
    markup = [drawn[n] for n in rules]
    broken: list[Span] = []
    for group in groups:
        parted = [_parted(text, drawn[n], edges) for n in group]
        if any(bars != parted[0] for bars in parted):
            return None
        cells = tuple(_cells(text, [drawn[n] for n in group], edges, parted[0]))
        broken += [line for cell in cells for line in _broken(text, cell, edges)]
        rows.append(cells)
        markup += [
            Span(drawn[n].start + bar, drawn[n].start + bar + 1) for n in group for bar in parted[0]
        ]
    return GridTable(tuple(rows), tuple(markup), tuple(broken))


def _is_drawn(text: str, line: Span) -> bool:
    part = _slice(text, line)
    return bool(RULE.match(part) or ROW.match(part))


def _slice(text: str, line: Span) -> str:
    return text[line.start : line.end]


def _groups(count: int, rules: frozenset[int]) -> list[list[int]]:
    """The lines of each row: those between two rules."""
    groups: list[list[int]] = [[]]
    for n in range(count):
        if n in rules:
            groups.append([])
        else:
            groups[-1].append(n)
    return [group for group in groups if group]


def _edges(rule: str) -> list[int]:
    return [n for n, sign in enumerate(rule) if sign in "+|"]


def _parted(text: str, line: Span, edges: Sequence[int]) -> tuple[int, ...]:
    """At which edges the line has a bar; a cell over several columns has none inside."""
    return tuple(edge for edge in edges if text[line.start + edge : line.start + edge + 1] == "|")


def _cells(
    text: str, lines: Sequence[Span], edges: Sequence[int], bars: Sequence[int]
) -> list[GridCell]:
    out: list[GridCell] = []
    for left, right in pairwise(bars):
        spans = tuple(_stripped(text, Span(n.start + left + 1, n.start + right)) for n in lines)
        first, last = edges.index(left), edges.index(right)
        out.append(GridCell(first, last - first, spans))
    return out


def _broken(text: str, cell: GridCell, edges: Sequence[int]) -> Iterator[Span]:
    """The lines of a cell that a word fills and that are not its text's first: the rest of one
    that was too long, or a word that by chance is as long as a rest would be."""
    width = edges[cell.column + cell.columns] - edges[cell.column] - 1 - PADDING
    for before, line in pairwise(cell.lines):
        filled = line.end - line.start >= width and not _spaced(text, line)
        if before.end > before.start and filled:
            yield line


def _spaced(text: str, line: Span) -> bool:
    return " " in _slice(text, line)


def _stripped(text: str, span: Span) -> Span:
    part = text[span.start : span.end]
    return Span(span.start + len(part) - len(part.lstrip()), span.start + len(part.rstrip()))
