"""Tables whose rules were lost, and models set stage by stage: labels that head several cells.

A converter that writes a table cell by cell leaves the heads of its columns once, and then row
after row. So the first headline after a row's head is the first column's, the second the
second's. Where stages are columns, each theme's cells come in the order of the labels; where
themes are columns, each stage's cells come in the order of the themes; where a stage's label
heads a list of themes, each theme's cell is that stage's. Each cell begins with its headline.

What is dealt so gets a label of its own, which has no text: the head stands for it. A row that
has not as many headlines as there are columns is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from breakthrough_extract.document import BlockKind, Passage
from breakthrough_extract.punctuation import FULL_STOP, LISTED
from breakthrough_extract.recognise.lines import Line, What
from breakthrough_extract.recognise.run_in import OPENING

IN_ORDER = 0.9  # share of the headlines that their lists must follow directly
PASSED_OVER = (What.FURNITURE, What.COMPLAINT)  # what may stand between two heads


def deal(lines: Sequence[Line], slots: int) -> list[Line]:
    """`lines` with a label of its own before each headline that a head of columns heads.

    `slots`: how many stages and lists a theme may have.
    """
    parts = [part for line in lines for part in _parts(line)]
    if any(part.block.place.table for part in parts) or not _is_in_order(parts):
        return list(lines)
    return (
        stages_as_columns(parts)
        or themes_as_columns(parts)
        or stages_as_headings(parts, slots)
        or list(lines)
    )


def stages_as_columns(parts: Sequence[Line]) -> list[Line]:
    """Rows of themes, under the labels of all stages: in one line, or one below the other."""
    headed = _stacks_as_rows(parts)
    heads = {part.name for part in headed if part.what == What.HEADS}
    if len(heads) != 1 or any(part.what == What.LABEL for part in headed):
        return []  # cells have labels of their own after all
    columns = heads.pop().split()
    out: list[Line] = []
    for row in _stretches(headed, What.THEME):
        dealt = _dealt(row, [(slot, "") for slot in columns])
        out += dealt or row
    return out


def themes_as_columns(parts: Sequence[Line]) -> list[Line]:
    """Rows of stages, under the names of all themes."""
    named = [n for n, part in enumerate(parts) if part.what == What.THEME]
    themes = [parts[n].name for n in named]
    between = parts[named[0] : named[-1]] if named else []
    together = all(part.what in (What.THEME, *PASSED_OVER) for part in between)
    if len(set(themes)) < max(len(themes), 2) or not together:
        return []
    out: list[Line] = []
    for row in _stretches(parts, What.LABEL):
        slot = row[0].name if row[0].what == What.LABEL else ""
        dealt = _dealt(row, [(slot, theme) for theme in themes]) if slot else []
        out += [replace(row[0], what=What.HEADS), *dealt[1:]] if dealt else row
    return out


def stages_as_headings(parts: Sequence[Line], slots: int) -> list[Line]:
    """Stages as chapters, in each a cell for every theme under the theme's name."""
    labels = sum(part.what == What.LABEL for part in parts)
    out: list[Line] = []
    chapters = cells = 0
    for chapter in _stretches(parts, What.LABEL):
        if chapter[0].what != What.LABEL:
            out += chapter
            continue
        rows = list(_stretches(chapter[1:], What.THEME))
        named = [row for row in rows if row[0].what == What.THEME]
        whole = len(named) > 1 and all(_headlines(row) == 1 for row in named)
        if not whole or any(_headlines(row) for row in rows if row not in named):
            out += chapter
            continue
        chapters, cells = chapters + 1, cells + len(named)
        out.append(replace(chapter[0], what=What.HEADS))
        for row in rows:
            out += _dealt(row, [(chapter[0].name, row[0].name)]) if row in named else row
    return out if chapters == labels <= slots < cells else []


def _is_in_order(parts: Sequence[Line]) -> bool:
    """Whether lists follow their headlines, cell by cell."""
    shown = [part for part in parts if part.what != What.FURNITURE]
    followed = [
        other.what == What.TEXT and not is_headline(other)
        for one, other in pairwise(shown)
        if is_headline(one)
    ]
    return bool(followed) and sum(followed) >= IN_ORDER * len(followed)


def _stacks_as_rows(parts: Sequence[Line]) -> list[Line]:
    """`parts`, labels that stand one below the other made a row of labels."""
    out: list[Line] = []
    for is_label, group in groupby(parts, key=lambda part: part.what == What.LABEL):
        run = list(group)
        names = [part.name for part in run]
        if not is_label or len(set(names)) < max(len(names), 2):
            out += run
            continue
        if out and _is_word(out[-1]):  # the head of the themes' column
            run.insert(0, out.pop())
        row = replace(run[0], what=What.HEADS, name=" ".join(names))
        out.append(replace(row, text=Passage.join(part.text for part in run)))
    return out


def _is_word(part: Line) -> bool:
    return part.what == What.TEXT and part.text.text.isalpha()


def _stretches(parts: Sequence[Line], what: What) -> Iterator[list[Line]]:
    """`parts` cut before each one that is `what`."""
    run: list[Line] = []
    for part in parts:
        if part.what == what and run:
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _dealt(row: Sequence[Line], cells: Sequence[tuple[str, str]]) -> list[Line]:
    """`row` with a label, slot and theme, before each headline; [] if they are not as many."""
    if _headlines(row) != len(cells):
        return []
    left = list(cells)
    out: list[Line] = []
    for part in row:
        if is_headline(part):
            slot, theme = left.pop(0)
            out.append(replace(part, what=What.LABEL, text=Passage(), name=slot, theme=theme))
        out.append(part)
    return out


def _headlines(parts: Sequence[Line]) -> int:
    return sum(map(is_headline, parts))


def is_headline(part: Line) -> bool:
    listed = part.block.kind == BlockKind.ITEM
    return part.what == What.TEXT and not listed and part.text.folded.endswith(":")


def _parts(line: Line) -> Iterator[Line]:
    """A text cut where an item ends and the next headline begins, and after that."""
    if line.what not in (What.TEXT, What.NOTE):
        yield line
        return
    kind = line.block.kind
    run: list[Passage] = []  # what stands before the next headline
    tail: list[Passage] = []  # what stands after the last end of an item
    for part in line.text.lines():
        tail.append(part)
        begin = _headline_start(tail, line) if part.text.endswith(":") else -1
        if begin >= 0:
            run, tail = [*run, *tail[:begin]], tail[begin:]
            if run:
                yield _as(line, run, kind)
            line, kind = replace(line, what=What.TEXT), BlockKind.PARAGRAPH
            yield _as(line, tail, kind)
            run, tail = [], []
        elif FULL_STOP.search(part.text) or LISTED.search(part.text):
            run, tail = [*run, *tail], []
    rest = [*run, *tail]
    if rest:
        yield _as(line, rest, kind)


def _headline_start(lines: Sequence[Passage], inside: Line) -> int:
    """Which of `lines`, that end in a colon, begins a headline: the first with a capital, since
    before it there may be an item that the page's end cut. -1 if none does."""
    capitals = (n for n, one in enumerate(lines) if one.text.lstrip(OPENING)[:1].isupper())
    plain = inside.what == What.TEXT and inside.block.kind != BlockKind.ITEM
    return next(capitals, 0 if plain else -1)


def _as(line: Line, parts: Sequence[Passage], kind: BlockKind) -> Line:
    block = line.block if line.block.kind == kind else replace(line.block, kind=kind)
    return replace(line, text=Passage.join(parts), block=block)
