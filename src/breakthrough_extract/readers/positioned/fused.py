"""Lines in which the converter ran a label together with the text beside it.

Where the gap is narrow, `pdftohtml` takes a label in one column and the first line of the
next for one line. It is two where labels in capitals stand alone at that left side, and the
text after the label would begin where a column does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from breakthrough_extract.document import Span
from breakthrough_extract.readers.layout.signs import is_label, label_length
from breakthrough_extract.readers.positioned.fitting import EDGE_LINES, LABEL_CLEARANCE
from breakthrough_extract.readers.positioned.plain import Plain
from breakthrough_extract.readers.positioned.stacks import Line, Stack, shown_width

REACH = 1.5  # ems that the estimated place of the text can be off


def labels_of(stacks: Sequence[Stack]) -> set[float]:
    """The left sides at which labels in capitals stand alone."""
    return {line.left for stack in stacks for line in stack.lines if is_label(line.text)}


def parted(stacks: Sequence[Stack], labels: set[float], plain: Plain) -> list[Stack]:
    """The stacks of a page; fused lines are two, the second in a stack of its own."""
    counts = Counter(stack.lines[0].left for stack in stacks)
    edges = sorted(left for left, count in counts.items() if count >= EDGE_LINES)
    out: list[Stack] = []
    for stack in stacks:
        out.append(stack)
        for n, line in enumerate(stack.lines):
            pair = _pair(line, edges, plain) if line.left in labels else None
            if pair:
                stack.lines[n] = pair[0]
                out.append(Stack(replace(stack.leaf, left=pair[1].left, top=line.top), [pair[1]]))
    return out


def _pair(line: Line, edges: Sequence[float], plain: Plain) -> tuple[Line, Line] | None:
    """The label and the text beside it; None if nothing proves that these are two."""
    length = label_length(line.text)
    if not length:
        return None
    first = line.runs[0][0].start
    whole = "".join(plain.signs[first : line.runs[-1][0].end])
    cut = first + len(whole) - len(whole.lstrip()) + length
    label, rest = _part(line, cut, plain, before=True), _part(line, cut, plain, before=False)
    reached = label.left + label.extent
    beside = [edge for edge in edges if abs(edge - reached) < REACH * line.size]
    if not beside:
        return None
    edge = min(beside, key=lambda edge: abs(edge - reached))
    room = edge - LABEL_CLEARANCE * line.size - label.left
    return replace(label, scale=label.scale * min(room / label.extent, 1.0)), replace(
        rest, left=edge
    )


def _part(line: Line, cut: int, plain: Plain, before: bool) -> Line:
    runs = [
        (Span(start, end), how)
        for (start, end), how in ((_side(span, cut, before), how) for span, how in line.runs)
        if start < end
    ]
    widths = [shown_width(span, how, plain) for span, how in runs]
    text = "".join("".join(plain.signs[slice(*span)]) for span, _ in runs).strip()
    return replace(line, runs=runs, widths=widths, text=text)


def _side(span: Span, cut: int, before: bool) -> Span:
    if before:
        return Span(span.start, min(span.end, cut))
    return Span(max(span.start, cut), span.end)
