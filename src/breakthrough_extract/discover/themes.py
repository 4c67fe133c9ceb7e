"""Which labels are themes, given the stages: the other side of whatever the stages stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from breakthrough_extract.discover.labels import Mark
from breakthrough_extract.recognise.families.axes import oriented, stage_axis
from breakthrough_extract.recognise.families.frames import uncounted
from breakthrough_extract.recognise.families.names import Names, initials, key
from breakthrough_extract.recognise.families.nouns import Frames, Head, Path, Table
from breakthrough_extract.recognise.families.paths import stage_of
from breakthrough_extract.wordlists import words

LONGEST_THEME = 14  # words
MOST_THEMES = 150


@dataclass(frozen=True)
class Themes:
    """Labels that may be the themes."""

    names: tuple[str, ...]
    groups: tuple[str, ...]  # of each theme; "" if it has none
    why: str
    plain: float = 1.0  # less where the labels look like one label with a theme's name in it


def candidates(framed: Sequence[Frames], marked: Sequence[Mark], names: Names) -> list[Themes]:
    """What may be the themes, by each way that a document can set them."""
    tables = [table for frames in framed for table in frames.tables]
    out = [
        *_over_stages(framed, names),
        *_under_stages(marked, names),
        *_beside_stages(tables, names),
        *_over_tables(tables, names),
        *_in_stage_tables(tables, names),
        *_by_code(tables, marked, names),
    ]
    seen: dict[tuple[str, ...], Themes] = {}
    for one in out:
        distinct = len({*zip(map(key, one.names), one.groups, strict=True)})
        if 1 < distinct <= MOST_THEMES:
            seen.setdefault(tuple(map(key, one.names)), one)
    return list(seen.values())


def _label(text: str) -> str:
    """A label as a theme's name: without its count, and without `Practice 3:`."""
    bare = uncounted(text.strip()).strip(" :：*")
    kinds = "|".join(sorted(words("theme_words")))
    return re.sub(rf"^(?:{kinds})\s+(?:\d+|[A-Z])\s*[:.–—-]\s*", "", bare, flags=re.IGNORECASE)


def _distinct(
    pairs: Iterable[tuple[str, str]], why: str, plain: float = 1.0
) -> Iterator[Themes]:
    """The themes of labels and groups, each once."""
    kept: dict[tuple[str, str], tuple[str, str]] = {}
    for label, group in pairs:
        name = _label(label)
        if name and len(name.split()) <= LONGEST_THEME:
            kept.setdefault((key(name), key(group)), (name, group))
    values = list(kept.values())
    groups = [group for _, group in values]
    useful = 1 < len({key(group) for group in groups}) < len(values)
    once = len({key(name) for name, _ in values}) == len(values)
    if useful or not once:
        yield Themes(tuple(n for n, _ in values), tuple(_label(g) for g in groups), why, plain)
    if once or not useful:
        firsts = {key(name): name for name, _ in reversed(values)}
        ordered = tuple(dict.fromkeys(firsts[key(name)] for name, _ in values))
        if not useful:
            yield Themes(ordered, ("",) * len(ordered), why, plain)


def _over_stages(framed: Sequence[Frames], names: Names) -> Iterator[Themes]:
    """Labels over the stages' labels, level by level; a theme's stages may be a table, too."""
    seen: dict[int, Path] = {}
    for frames in framed:
        for leaf in frames.leaves:
            _, at = stage_of(leaf.path)
            if at > 0:
                seen.setdefault(leaf.path[at].start, leaf.path[:at])
    if seen:
        for table in (table for frames in framed for table in frames.tables):
            if table.path and oriented(table, names):
                seen.setdefault(table.path[-1].start, table.path)
    yield from _by_level(list(seen.values()), "over the stages' labels")


def _by_level(paths: Sequence[Path], why: str) -> Iterator[Themes]:
    levels = sorted({head.level for path in paths for head in path}, reverse=True)
    for level in levels:
        at_level = [next((h for h in path if h.level == level), None) for path in paths]
        found = [head for head in at_level if head]
        if len(found) < 0.5 * len(paths):
            continue
        groups = [_group(path, level) for path, head in zip(paths, at_level, strict=True) if head]
        pairs = zip((head.text.folded for head in found), groups, strict=True)
        plain = _plainness([head.text.folded for head in found])
        yield from _distinct(pairs, f"{why}, level {level}", plain)


def _group(path: Path, level: int) -> str:
    over: list[Head] = [head for head in path if head.level < level]
    return over[-1].text.folded.strip(" :") if over else ""


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
        yield from _distinct(labels, f"come again under the stages, level {level}")


def _below(mark: Mark) -> Iterator[Mark]:
    for child in mark.children:
        yield child
        yield from _below(child)


def _beside_stages(tables: Sequence[Table], names: Names) -> Iterator[Themes]:
    """Heads of rows, or columns, in tables whose other side is stages."""
    found = [both for table in tables if (both := oriented(table, names))]
    for group_level in (None, *sorted({h.level for t, _ in found for h in t.path})):
        pairs: list[tuple[str, str]] = []
        for table, axis in found:
            over = ""
            if group_level is not None:
                over = next((h.text.folded for h in table.path if h.level == group_level), "")
            pairs += [(label, inner or over) for label, inner in _row_labels(table, axis.row, axis.first)]
        yield from _distinct(pairs, "heads of rows in a table of stages")


def _row_labels(table: Table, head_row: int, first: int) -> Iterator[tuple[str, str]]:
    """For each row its label and its group: of several columns before the stages the first
    whose labels are all others names the rows."""
    leads = {
        column: [table.grid[row, column] for row in range(head_row + 1, table.height)]
        for column in range(first)
    }
    column = next((c for c in leads if _names_rows([x.text.folded for x in leads[c]])), None)
    column = min(leads, default=None) if column is None else column
    if column is None:
        return
    group = ""
    for row in range(head_row + 1, table.height):
        cell = table.grid[row, column]
        rest = [table.grid[row, c] for c in range(table.width) if c != column]
        empty = not any(other.blocks for other in rest if other is not cell)
        if cell.blocks and (cell.columns > first or empty):
            group = cell.text.folded
            continue
        if cell.blocks and cell.row == row:
            outer = [table.grid[row, c].text.folded for c in range(column)]
            yield cell.text.folded, (outer[-1] if outer and outer[-1] else group)


def _names_rows(labels: list[str]) -> bool:
    """Whether the labels tell rows apart: all others, short, and no questions."""
    filled = [label for label in labels if label]
    short = all(len(label.split()) <= LONGEST_THEME for label in filled)
    asks = any(label.endswith(("?", "？")) for label in filled)
    return bool(filled) and len(set(filled)) == len(filled) and short and not asks


def _over_tables(tables: Sequence[Table], names: Names) -> Iterator[Themes]:
    """Labels over tables of stages, one table a theme."""
    paths = [table.path for table in tables if oriented(table, names)]
    yield from _by_level(paths, "over tables of stages")


def _in_stage_tables(tables: Sequence[Table], names: Names) -> Iterator[Themes]:
    """First columns, or rows, of tables that stand under a stage."""
    labels: list[tuple[str, str, str]] = []
    for table in tables:
        stage, _ = stage_of(table.path)
        if stage and not oriented(table, names):
            for turned in (table, table.turned()):
                for row in range(1, turned.height):
                    labels.append((stage, turned.grid[row, 0].text.folded, str(turned is table)))
    for side in ("True", "False"):
        own = [(stage, label) for stage, label, which in labels if which == side and label]
        times = Counter(key(_label(label)) for _, label in set(own))
        again = [(label, "") for _, label in own if times[key(_label(label))] > 1]
        yield from _distinct(again, "heads of rows in a table a stage")


CODED = re.compile(r"^([^\W\d_]{1,5})[\s.-]{0,2}\d{1,2}$")


def _by_code(
    tables: Sequence[Table], marked: Sequence[Mark], names: Names
) -> Iterator[Themes]:
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
        yield from _distinct(((name, "") for name in named), "their initials head the stages")


def _coded_row(table: Table) -> list[str]:
    """The codes in the first row of a table, if at least two heads have one and the same."""
    found = [
        match[1].casefold()
        for column in range(table.width)
        if (match := CODED.match(table.grid[0, column].text.folded))
    ]
    return [found[0]] if len(found) > 1 and len(set(found)) == 1 else []
