"""Whether a text's columns were dealt out piece by piece, so that its lists are mixed.

Some converters write the heads of all columns first and then the columns' lists by turns.
Where the lists themselves do not say which a piece belongs to, it is not guessed: it is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from breakthrough_extract.document import BlockKind
from breakthrough_extract.recognise.lines import Line, What
from breakthrough_extract.recognise.lists import split_headline

INTERLEAVED = 0.1  # share of labels that must stand apart from their headlines


def is_interleaved(lines: Sequence[Line]) -> bool:
    """Whether labels and headlines do not alternate, tables left aside."""
    flow = [part for line in lines if not line.block.place.table for part in _parted(line)]
    labels = sum(line.what == What.LABEL for line in flow)
    headed = sum(_is_headline(line) for line in flow)
    if headed < labels / 2:
        return False  # a model without headlines, or none that can be told
    apart = 0
    headlines = 1
    for line in flow:
        if line.what == What.LABEL:
            apart += headlines == 0
            headlines = 0
        elif _is_headline(line):
            headlines += 1
            apart += headlines > 1
    return apart > 1 and apart >= INTERLEAVED * labels


def _is_headline(line: Line) -> bool:
    marked = line.block.kind == BlockKind.ITEM
    return line.what == What.TEXT and not marked and line.text.folded.endswith(":")


def _parted(line: Line) -> Iterator[Line]:
    """A paragraph that begins with a headline as two lines."""
    if line.what != What.TEXT or line.block.kind == BlockKind.ITEM:
        yield line
        return
    head, rest = split_headline(line.text)
    yield replace(line, text=head)
    if rest:
        yield replace(line, text=rest, block=replace(line.block, kind=BlockKind.ITEM))
