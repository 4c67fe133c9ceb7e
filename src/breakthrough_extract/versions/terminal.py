"""A diff for the terminal: the matrix of changed cells, then each change word by word."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from breakthrough_extract.model import Model
from breakthrough_extract.safe_text import terminal_safe
from breakthrough_extract.versions.changes import Changes, Hunk, Severity
from breakthrough_extract.versions.told import SURE, Told, matrix, sections, summary

OUT, IN = ("[-", "-]"), ("{+", "+}")  # where there is no colour, as git diff --word-diff
OLD, NEW, QUIET = "red strike", "green underline", "dim"
TONES = {Severity.BREAKING: "bold red", Severity.COMPATIBLE: "yellow", Severity.EDITORIAL: "cyan"}
CONTEXT = 8  # words kept on either side of a change
PIPE_WIDTH = 1000  # characters, where there is no terminal to ask


def terminal_text(old: Model, new: Model, changes: Changes, colour: bool, width: int = 0) -> str:
    """The changes as lines of text; without `colour`, marks stand around the words.

    `width` in characters; 0 where lines are not to be broken.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=colour,
        color_system="standard" if colour else None,
        width=width or PIPE_WIDTH,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(_page(old, new, changes, colour))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _page(old: Model, new: Model, changes: Changes, colour: bool) -> RenderableType:
    parts: list[RenderableType] = [Text(summary(changes))]
    if changes:
        parts += [Text(), _table(old, new, changes)]
    for theme, told in sections(old, new, changes):
        parts += [Text(), Text(terminal_safe(theme) or "The model", "bold")]
        parts += [line for one in told for line in _lines(one, colour)]
    return Group(*parts)


def _table(old: Model, new: Model, changes: Changes) -> Table:
    found = matrix(old, new, changes)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Changes")
    for name in found.columns:
        table.add_column(terminal_safe(name), justify="right")
    for theme, counts in found.rows:
        table.add_row(terminal_safe(theme), *(str(count) if count else "·" for count in counts))
    return table


def _lines(told: Told, colour: bool) -> Iterator[RenderableType]:
    head = Text(f"{told.label} ", "bold")
    if told.place:
        head.append(f"{terminal_safe(told.place)} ", QUIET)
    head.append(terminal_safe(told.happened), TONES[told.severity])
    if told.confidence < SURE:
        head.append(f" ({told.confidence:.0%} sure)", QUIET)
    yield Padding(head, (0, 0, 0, 2))
    if told.hunks:
        yield Padding(_words(told.hunks, colour), (0, 0, 0, 6))


def _words(hunks: Sequence[Hunk], colour: bool) -> Text:
    text = Text()
    last = len(hunks) - 1
    for n, hunk in enumerate(hunks):
        if hunk.same:
            text.append(_shortened(terminal_safe(hunk.new), n > 0, n < last))
            continue
        for words, style, marks in ((hunk.old, OLD, OUT), (hunk.new, NEW, IN)):
            if words:
                shown = terminal_safe(words) if colour else _marked(terminal_safe(words), marks)
                text.append(shown, style if colour else "")
    return text


def _marked(words: str, marks: tuple[str, str]) -> str:
    """The words between marks; white space at the ends stays outside."""
    bare = words.strip() or words
    before, _, after = words.partition(bare)
    return before + bare.join(marks) + after


def _shortened(words: str, before: bool, after: bool) -> str:
    """Words that stayed, so many of them as tell where a change beside them is."""
    parts = words.split(" ")
    keep = CONTEXT * (before + after)
    if len(parts) <= keep + 2 or not keep:
        return words
    head = parts[: CONTEXT if before else 0]
    tail = parts[-CONTEXT if after else len(parts) :]
    return " ".join([*head, "…", *tail])
