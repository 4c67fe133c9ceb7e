"""Which labels are themes, given the stages: the other side of whatever the stages stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from breakthrough_extract.discover.attributes import names_no_theme, themes_among
from breakthrough_extract.discover.labels import Mark
from breakthrough_extract.recognise.families.axes import Axis, oriented, parts_of, stage_axis
from breakthrough_extract.recognise.families.names import (
    Names,
    initials,
    key,
    suffixes,
    uncounted,
)
from breakthrough_extract.recognise.families.nouns import Cell, Frames, Path, Table
from breakthrough_extract.recognise.families.paths import stage_of
from breakthrough_extract.recognise.families.stage_tables import FIRST_COLUMNS
from breakthrough_extract.wordlists import words

LOWEST_HEADING = 6  # labels of a higher level are lines and items
LONGEST_THEME = 14  # words
WEIGHT = re.compile(r"(?<=\w)\s*[(（]\d{1,3}(?:\s?%|\s(?:points?|pts))[)）]$")
MOST_THEMES = 150
CODES_TELL = 1.5
KINDS_AMONG = 0.6  # labels of which one is a known kind of text are the lists of a cell, rather
UNDER_NAMES = 0.7  # lines that stand each under a heading of its own: the headings are the names
WITHIN_CELLS = 0.3  # labels under stages in several parts of a text are lists of a cell
FEW_GROUPS = 0.7  # groups a theme, at most: a group has more than one


@dataclass(frozen=True)
class Themes:
    """Labels that may be the themes."""

    names: tuple[str, ...]
    groups: tuple[str, ...]  # of each theme; "" if it has none
    why: str
    # Less than 1 where the labels look like one label with a theme's name in it, more where
    # the stages' labels say whose they are.
    plain: float = 1.0
    in_table: bool = False  # whether they stand side by side, as heads of rows or columns
    aliases: tuple[tuple[str, ...], ...] = ()  # of each theme; () if none has another name


def candidates(framed: Sequence[Frames], marked: Sequence[Mark], names: Names) -> list[Themes]:
    """What may be the themes, by each way that a document can set them."""
    tables = [table for frames in framed for table in frames.tables]
    out = [
        *_over_stages(framed, marked, names),
        *_before_stages(marked, names),
        *_under_stages(marked, names),
        *_lowest_under_stages(marked, names),
        *_beside_stages(tables, names),
        *_over_tables(tables, names),
        *_in_stage_tables(tables, names),
        *_in_cells(tables, names),
        *_in_long_tables(tables, names),
        *_by_code(tables, marked, names),
        *_in_one_label(marked, names),
        *_behind_in_one_label(marked, names),
    ]
    seen: dict[tuple[str, ...], Themes] = {}
    for one in out:
        distinct = len({*zip(map(key, one.names), one.groups, strict=True)})
        if 1 < distinct <= MOST_THEMES:
            seen.setdefault(tuple(map(key, one.names)), one)
    return list(seen.values())


def _label(text: str) -> str:
    """A label as a theme's name: without its count, and without its weight in brackets."""
    return WEIGHT.sub("", uncounted(text.strip()).strip(" :：*")).rstrip(" :：*")


def _speaks_of_levels(label: str) -> bool:
    """Whether a label names the scale itself: `Maturity levels`, `Overview of the stages`."""
    parts = set(key(label).split())
    plural = {f"{word}s" for word in words("level_words")}
    scale = words("level_words") | plural | words("model_words")
    return bool(parts & scale) and parts <= scale | {"the", "of", "overview", "definition", "s"}


def _distinct(pairs: Iterable[tuple[str, str]], why: str, plain: float = 1.0) -> Iterator[Themes]:
    """The themes of labels and groups, each once."""
    kept: dict[tuple[str, str], tuple[str, str]] = {}
    for label, group in pairs:
        name = _label(label)
        if name and len(name.split()) <= LONGEST_THEME and not _speaks_of_levels(name):
            kept.setdefault((key(name), key(group)), (name, group))
    values = list(kept.values())
    groups = [group for _, group in values]
    useful = 1 < len({key(group) for group in groups}) <= FEW_GROUPS * len(values)
    if useful:
        yield Themes(tuple(n for n, _ in values), tuple(_label(g) for g in groups), why, plain)
        return
    firsts = {key(name): name for name, _ in reversed(values)}
    ordered = tuple(dict.fromkeys(firsts[key(name)] for name, _ in values))
    yield Themes(ordered, ("",) * len(ordered), why, plain)


Over = Sequence[tuple[int, str]]  # level and text of the labels over a place, outermost first


def _over_stages(
    framed: Sequence[Frames], marked: Sequence[Mark], names: Names
) -> Iterator[Themes]:
    """Labels over the stages' labels, level by level; a theme's stages may be a table, too."""
    seen: dict[int, Over] = {}
    for frames in framed:
        for leaf in frames.leaves:
            _, at = stage_of(leaf.path)
            if at > 0:
                seen.setdefault(leaf.path[at].start, _texts(leaf.path[:at]))
    for mark in marked:
        if names.read(mark.text).stage:
            over = [(other.level, other.text) for other in mark.ancestors]
            if len(over) > len(seen.get(mark.start, ())):
                seen[mark.start] = over[::-1]
    if seen:
        for table in (table for frames in framed for table in frames.tables):
            if table.path and oriented(table, names):
                seen.setdefault(table.path[-1].start, _texts(table.path))
    yield from _by_level(list(seen.values()), "over the stages' labels")


def _before_stages(marked: Sequence[Mark], names: Names) -> Iterator[Themes]:
    """Labels that stand before the first of some stages' labels, at the same level.

    One that stands before other stages too is a label within cells.
    """
    last: dict[tuple[int, int], Mark] = {}
    found: list[tuple[str, str, str]] = []
    for mark in marked:
        place = (mark.parent.start if mark.parent else -1, mark.level)
        before = last.get(place)
        stage = names.read(mark.text).stage
        if stage and before and not names.read(before.text).stage and not before.children:
            found.append((before.text, mark.parent.text if mark.parent else "", stage))
        last[place] = mark
    ends = {stage.id for stage in (names.profile.stages[0], names.profile.stages[-1])}
    within = {key(label) for label, _, stage in found if stage not in ends}
    labels = [
        (label, group)
        for label, group, _ in found
        if key(label) not in within and not label.endswith(("?", "？"))
    ]
    yield from _distinct(labels, "before the stages' labels")


def _texts(path: Path) -> Over:
    return [(head.level, head.text.folded) for head in path]


def _by_level(paths: Sequence[Over], why: str) -> Iterator[Themes]:
    for level in sorted({level for path in paths for level, _ in path}, reverse=True):
        found: list[tuple[str, str]] = []
        for path in paths:
            label = next((text for other, text in path if other == level), "")
            if label:
                found.append((label, _group(path, level)))
        if len(found) >= 0.5 * len(paths):
            plain = _plainness([label for label, _ in found])
            plain *= UNDER_NAMES if _each_under_its_own(paths, level) else 1.0
            yield from _distinct(found, f"{why}, level {level}", plain)


def _each_under_its_own(paths: Sequence[Over], level: int) -> bool:
    """Whether lines stand each right under a heading that has no other: `1.1 Culture`, under it
    what is asked there."""
    if level <= LOWEST_HEADING:
        return False
    over: dict[str, set[str]] = {}
    for path in paths:
        label = next((key(text) for other, text in path if other == level), "")
        above = [text for other, text in path if other < level]
        if label and above:
            over.setdefault(key(above[-1]), set()).add(label)
    lines = {label for labels in over.values() for label in labels}
    named = all(any(map(str.isalpha, _label(heading))) for heading in over)
    return named and 1 < len(over) == len(lines) and all(len(own) == 1 for own in over.values())


def _group(path: Over, level: int) -> str:
    over = [text for other, text in path if other < level]
    return over[-1].strip(" :") if over else ""


def _plainness(labels: Sequence[str]) -> float:
    """Less than 1 where all labels share words: `How to rate Safety`, `How to rate Skill`."""
    bags = [set(key(uncounted(label)).split()) for label in dict.fromkeys(labels)]
    if len(bags) < 2:
        return 1.0
    shared = set.intersection(*bags) - words("theme_words")
    usual = sum(map(len, bags)) / len(bags)
    return 1.0 - 0.5 * min(len(shared) / max(usual, 1), 1.0)


def _under_stages(marked: Sequence[Mark], names: Names) -> Iterator[Themes]:
    """Labels that come again under several stages."""
    stages = [mark for mark in marked if names.read(mark.text).stage]
    distinct = {names.read(mark.text).stage for mark in stages}
    children: dict[int, list[tuple[str, str]]] = {}
    for mark in stages:
        for child in _below(mark):
            if not names.read(child.text).stage:
                stage = names.read(mark.text).stage
                children.setdefault(child.level, []).append((stage, child.text))
    for level, found in sorted(children.items()):
        times = Counter(key(_label(text)) for _, text in set(found))
        enough = max(2, 0.5 * len(distinct))
        labels = [(text, "") for _, text in found if times[key(_label(text))] >= enough]
        kinds = any(names_no_theme(text) for text, _ in labels)
        plain = KINDS_AMONG if kinds else 1.0
        plain *= WITHIN_CELLS if _in_several_places(stages, names) else 1.0
        yield from _distinct(labels, f"come again under the stages, level {level}", plain)


def _lowest_under_stages(marked: Sequence[Mark], names: Names) -> Iterator[Themes]:
    """Headings of several levels that come again under stages and have none below them: some
    parts of a stage are divided, and others are not."""
    stages = [mark for mark in marked if names.read(mark.text).stage]
    found: list[tuple[str, str, int]] = []
    for stage in stages:
        for mark in _below(stage):
            inner = any(child.level <= LOWEST_HEADING for child in mark.children)
            if mark.level <= LOWEST_HEADING and not inner and not names.read(mark.text).stage:
                found.append((names.read(stage.text).stage, mark.text, mark.level))
    times = Counter(key(_label(text)) for _, text in {(stage, text) for stage, text, _ in found})
    enough = max(2, 0.5 * len({stage for stage, _, _ in found}))
    again = [(text, level) for _, text, level in found if times[key(_label(text))] >= enough]
    if len({level for _, level in again}) > 1:
        labels = [(text, "") for text, _ in again]
        plain = KINDS_AMONG if any(names_no_theme(text) for text, _ in labels) else 1.0
        plain *= WITHIN_CELLS if _in_several_places(stages, names) else 1.0
        yield from _distinct(labels, "the lowest headings under the stages", plain)


def _in_several_places(stages: Sequence[Mark], names: Names) -> bool:
    """Whether most stages stand over labels in several parts of the text: those labels are
    lists within cells, and the themes stand over the stages."""
    parts: dict[str, set[int]] = {}
    for mark in stages:
        if mark.children:
            over = mark.parent.start if mark.parent else -1
            parts.setdefault(names.read(mark.text).stage, set()).add(over)
    return 2 * sum(len(own) > 1 for own in parts.values()) > len(parts)


def _below(mark: Mark) -> Iterator[Mark]:
    for child in mark.children:
        yield child
        yield from _below(child)


def _beside_stages(tables: Sequence[Table], names: Names) -> Iterator[Themes]:
    """Heads of rows, or columns, in tables whose other side is stages."""
    found = [both for table in tables if (both := oriented(table, names))]
    if _labels_recur(found):
        return  # they say what the text is, in a table a theme
    levels = sorted({head.level for table, _ in found for head in table.path}, reverse=True)
    for group_level in (*levels, None):
        pairs: list[tuple[str, str]] = []
        for table, axis in found:
            over = ""
            if group_level is not None:
                over = next((h.text.folded for h in table.path if h.level == group_level), "")
            labels = themes_among(list(_row_labels(table, axis.row, axis.first)))
            pairs += [(label, inner or over) for label, inner in labels]
        for themes in _distinct(pairs, "heads of rows in a table of stages"):
            yield replace(themes, in_table=True)


def _labels_recur(found: Sequence[tuple[Table, Axis]]) -> bool:
    """Whether several tables have, for the most part, the same heads of rows."""
    own = [{key(label) for label, _ in _row_labels(t, a.row, a.first)} for t, a in found]
    own = [labels for labels in own if labels]
    times = Counter(label for labels in own for label in labels)
    often = max(2, len(own) / 4)
    again = sum(count for count in times.values() if count >= often)
    return len(own) > 1 and again >= 0.6 * times.total()


def _row_labels(table: Table, head_row: int, first: int) -> Iterator[tuple[str, str]]:
    """For each row its label and its group: of several columns before the stages the first
    whose labels are all others names the rows."""
    leads = {
        column: [table.grid[row, column] for row in range(head_row + 1, table.height)]
        for column in range(first)
    }
    if not leads:
        return
    filled = [
        any(table.grid[row, c].blocks for c in range(table.width))
        for row in range(head_row + 1, table.height)
    ]
    column = next((c for c in leads if _names_rows(leads[c], filled)), None)
    if column is None:
        column = 1 if len(leads) > 1 and _is_grouped(leads[0], leads[1]) else 0
    group = outer = ""
    for row in range(head_row + 1, table.height):
        cell = table.grid[row, column]
        rest = [table.grid[row, c] for c in range(table.width) if c != column]
        empty = not any(other.blocks for other in rest if other is not cell)
        if cell.blocks and (cell.columns > first or empty):
            group = cell.text.folded
            continue
        if cell.blocks and cell.row == row:
            before = [table.grid[row, c].text.folded for c in range(column)]
            outer = (before[-1] if before else "") or outer  # it may stand in the first row alone
            yield cell.text.folded, outer or group


def _is_grouped(outer: Sequence[Cell], inner: Sequence[Cell]) -> bool:
    """Whether the cells of a column group rows that another column names: the names differ
    from group to group, while kinds of text would be the same in all."""
    inside: dict[str, set[str]] = {}
    for group, name in zip(outer, inner, strict=True):
        inside.setdefault(group.text.folded, set()).add(key(name.text.text))
    alike = len({frozenset(names) for names in inside.values()}) == 1
    return 1 < len(inside) < len(inner) and not alike


def _names_rows(cells: Sequence[Cell], rows: Sequence[bool]) -> bool:
    """Whether the cells tell apart the rows that have a text: all others, short, no questions."""
    labels = [cell.text.folded for cell, row in zip(cells, rows, strict=True) if row]
    short = all(len(label.split()) <= LONGEST_THEME for label in labels)
    asks = any(label.endswith(("?", "？")) for label in labels)
    named = all(any(map(str.isalpha, label)) for label in labels)  # figures but count the rows
    return named and len(set(labels)) == len(labels) > 0 and short and not asks


def _over_tables(tables: Sequence[Table], names: Names) -> Iterator[Themes]:
    """Labels over tables of stages, one table a theme."""
    paths = [_texts(table.path) for table in tables if oriented(table, names)]
    yield from _by_level(paths, "over tables of stages")


def _in_stage_tables(tables: Sequence[Table], names: Names) -> Iterator[Themes]:
    """First columns, or rows, of tables that stand under a stage.

    The label in the corner is one of the row if nothing in the column under it comes again.
    """
    own = [table for table in tables if stage_of(table.path)[0] and not oriented(table, names)]
    why = "heads of rows in a table a stage"
    columns = _again(own, first=1)
    yield from _distinct(columns, why)
    for column in range(1, FIRST_COLUMNS):
        inner = _again([table for table in own if table.width > column + 1], 1, column)
        yield from _distinct(inner, f"in column {column + 1} of a table a stage")
    across = _again([table.turned() for table in own], first=1 if columns else 0)
    if 2 * sum(names_no_theme(label) for label, _ in across) < len(across):
        yield from _distinct(across, why)


def _in_cells(tables: Sequence[Table], names: Names) -> Iterator[Themes]:
    """Headings in the cells of tables of stages, which come again under several of them."""
    found: list[tuple[str, str]] = []
    for table, axis in (both for table in tables if (both := oriented(table, names))):
        for column, head in axis.stages.items():
            below = (table.grid[row, column] for row in range(axis.row + 1, table.height))
            cells = {id(cell): cell for cell in below}
            parts = (part for cell in cells.values() for part in parts_of(cell))
            found += [(head.stage, block.text.folded) for block, leaves in parts if leaves]
    times = Counter(key(_label(label)) for _, label in set(found))
    labels = [(label, "") for _, label in found if times[key(_label(label))] > 1]
    yield from _distinct(labels, "headings in the cells of a table of stages")


def _again(tables: Sequence[Table], first: int, column: int = 0) -> list[tuple[str, str]]:
    """The labels in that column, from a row on, that stand under several stages."""
    labels = [
        (stage_of(table.path)[0], table.grid[row, column].text.folded)
        for table in tables
        for row in range(first, table.height)
    ]
    times = Counter(key(_label(label)) for _, label in set(labels))
    return [(label, "") for _, label in labels if label and times[key(_label(label))] > 1]


def _in_long_tables(tables: Sequence[Table], names: Names) -> Iterator[Themes]:
    """In tables with a row for each cell of the model, one column names the stage, again and
    again; the themes are what another column repeats."""
    for table in tables:
        columns = [
            [table.grid[row, column].text.folded for row in range(1, table.height)]
            for column in range(table.width)
        ]
        for column, labels in enumerate(columns):
            stages = [names.read(label).stage for label in labels if label]
            if len(set(stages)) < 2 or "" in stages or len(stages) < 2 * len(set(stages)):
                continue
            for other in columns[:column] + columns[column + 1 :]:
                own = list(dict.fromkeys(label for label in other if label))
                if len(own) * len(set(stages)) <= len(labels) + len(own):
                    yield from _distinct(((label, "") for label in own), "repeated in a column")


def _in_one_label(marked: Sequence[Mark], names: Names) -> Iterator[Themes]:
    """What stands before a stage in one label: `People: Level 2`."""
    labels = [mark.text for mark in marked if not names.read(mark.text).stage]
    found = [(before, "") for label in labels if (before := _before_stage(label, names))]
    yield from _distinct(found, "before the stage in its label")


def _before_stage(label: str, names: Names) -> str:
    return next((before for before, rest in suffixes(label) if names.read(rest).stage), "")


def _behind_in_one_label(marked: Sequence[Mark], names: Names) -> Iterator[Themes]:
    """What comes again behind several stages in one label: `Level 2: People`."""
    found: list[tuple[str, str]] = []
    for mark in marked:
        said = names.read(mark.text)
        if said.stage and said.end < len(mark.text):
            found.append((said.stage, mark.text[said.end :].strip()))
    times = Counter(key(rest) for _, rest in set(found))
    again = [(rest, "") for _, rest in found if times[key(rest)] > 1]
    yield from _distinct(again, "behind the stage in its label")


CODED = re.compile(r"^([^\W\d_]{1,5})[\s.-]{0,2}\d{1,2}$")


def _by_code(tables: Sequence[Table], marked: Sequence[Mark], names: Names) -> Iterator[Themes]:
    """Labels of the document whose initials are the codes over columns: `DR 1`, `DR 2`."""
    codes: list[str] = []
    for table in tables:
        for turned in (table, table.turned()):
            if stage_axis(turned, names) is None and not _coded_row(turned):
                continue
            codes += _coded_row(turned)
    wanted = list(dict.fromkeys(codes))
    labels: dict[str, str] = {}
    for mark in marked:
        name = _label(mark.text)
        labels.setdefault(initials(name), name)
    named = [labels[code] for code in wanted if code in labels]
    if len(named) >= 0.8 * len(wanted):
        pairs = ((name, "") for name in named)
        yield from _distinct(pairs, "their initials head the stages", CODES_TELL)


def _coded_row(table: Table) -> list[str]:
    """The codes in the first row of a table, if at least two heads have one and the same."""
    found = [
        match[1].casefold()
        for column in range(table.width)
        if (match := CODED.match(table.grid[0, column].text.folded))
    ]
    return [found[0]] if len(found) > 1 and len(set(found)) == 1 else []
