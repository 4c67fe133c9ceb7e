"""A rendering to the text of a file, in the layouts and dialects that converters write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from tests.garble.rendering import Group, Kind, Line, Rendering, Section


@dataclass(frozen=True)
class Dialect:
    """One way to write a model down."""

    name: str
    write: Callable[[Rendering], str]
    punctuated: bool = True  # whether its lists are written as sentences
    matrix: bool = False  # whether rows and columns of a table name theme and stage


Writers = Mapping[Kind, Callable[[str], str]]


def _flow(rendering: Rendering, writers: Writers) -> str:
    """Block after block, blank lines between; the items of a list line after line."""
    blocks: list[str] = []
    before: Line | None = None
    if rendering.flat:
        blocks.append(" ".join(slot.name for slot in rendering.profile.slots))
    for line in rendering.lines():
        listed = line.kind == Kind.ITEM
        marked = listed and line.marked
        shown = writers[line.kind](line.text) if marked or not listed else line.text
        goes_on = before and listed and before.kind == Kind.ITEM and before.marked == line.marked
        blocks.append(f"{blocks.pop()}\n{shown}" if goes_on else shown)
        before = line
    return "\n\n".join(blocks) + "\n"


def _item(mark: str) -> Callable[[str], str]:
    return lambda text: f"{mark} " + text.replace("\n", "\n" + " " * (len(mark) + 1))


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


MARKDOWN: Writers = {
    Kind.THEME: lambda text: f"## {_one_line(text)}",
    Kind.COMPLAINT: lambda text: f"*{text}*",
    Kind.LABEL: lambda text: f"### {_one_line(text)}",
    Kind.HEADLINE: lambda text: f"**{text}**",
    Kind.ITEM: _item("-"),
    Kind.PLAIN: lambda text: text,
}
BOLD: Writers = {
    **MARKDOWN,
    Kind.THEME: lambda text: f"**{text}**",
    Kind.LABEL: lambda text: f"**{text.upper()}**",
}
SETEXT: Writers = {
    **MARKDOWN,
    Kind.THEME: lambda text: f"{text}\n{'=' * len(text)}",
    Kind.LABEL: lambda text: f"{text}\n{'-' * len(text)}",
    Kind.HEADLINE: lambda text: text,
    Kind.ITEM: _item("*"),
}
PLAIN: Writers = {
    **{kind: lambda text: text for kind in Kind},
    Kind.LABEL: lambda text: text.upper(),
    Kind.ITEM: _item("•"),
}


def markdown(rendering: Rendering) -> str:
    """Headings with `#`, bold headlines."""
    return _flow(rendering, MARKDOWN)


def bold(rendering: Rendering) -> str:
    """Every name a bold line."""
    return _flow(rendering, BOLD)


def setext(rendering: Rendering) -> str:
    """Headings underlined."""
    return _flow(rendering, SETEXT)


def plain(rendering: Rendering) -> str:
    """Text without markup, bullets for items."""
    return _flow(rendering, PLAIN)


HTML: Writers = {
    Kind.THEME: lambda text: f"<h2>{text}</h2>",
    Kind.COMPLAINT: lambda text: f"<p><em>{text}</em></p>",
    Kind.LABEL: lambda text: f"<h3>{text}</h3>",
    Kind.HEADLINE: lambda text: f"<p><b>{text}</b></p>",
    Kind.ITEM: lambda text: f"<li>{text}</li>",
    Kind.PLAIN: lambda text: f"<p>{text}</p>",
}


def html(rendering: Rendering) -> str:
    """Headings, paragraphs and lists."""
    body = _html_lines(tuple(rendering.lines()))
    if rendering.flat:
        names = " ".join(slot.name for slot in rendering.profile.slots)
        body = f"<p>{names}</p>\n{body}"
    return _page(body)


def _html_lines(lines: tuple[Line, ...]) -> str:
    out: list[str] = []
    listed = False
    for line in lines:
        marked = line.kind == Kind.ITEM and line.marked
        if marked != listed:
            out.append("<ul>" if marked else "</ul>")
            listed = marked
        text = escape(line.text, quote=False).replace("\n", "<br>")
        bare = line.kind == Kind.ITEM and not line.marked
        out.append(HTML[Kind.PLAIN if bare else line.kind](text))
    return "\n".join([*out, *(["</ul>"] if listed else [])])


def _page(body: str) -> str:
    return f"<!doctype html>\n<html><body>\n{body}\n</body></html>\n"


def html_matrix(rendering: Rendering) -> str:
    """A table: themes in rows, stages in columns."""
    head, rows = _matrix(rendering)
    cells = "".join(f"<th>{escape(name)}</th>" for name in ("", *head))
    out = [f"<tr>{cells}</tr>"]
    for row in rows:
        first, *rest = (_html_lines(cell) for cell in row)
        out.append(f"<tr><th>{first}</th>{''.join(f'<td>{cell}</td>' for cell in rest)}</tr>")
    return _page("<table>\n" + "\n".join(out) + "\n</table>")


def pipe_matrix(rendering: Rendering) -> str:
    """The same as a Markdown table, line breaks as `<br>`."""
    head, rows = _matrix(rendering)
    out = ["| " + " | ".join(("", *head)) + " |", "|" + "---|" * (len(head) + 1)]
    out += ["| " + " | ".join(_pipe_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(out) + "\n"


def _pipe_cell(lines: tuple[Line, ...]) -> str:
    shown = [
        PLAIN[line.kind](line.text) if line.kind != Kind.ITEM or line.marked else line.text
        for line in lines
    ]
    return "<br>".join(text.replace("\n", "<br>") for text in shown)


Row = list[tuple[Line, ...]]


def _matrix(rendering: Rendering) -> tuple[list[str], list[Row]]:
    """The names of the columns, and the rows; what has no column gets a row of its own."""
    slots = [slot.id for slot in rendering.profile.slots]
    rows = [row for group in rendering.groups for row in _rows(group, slots)]
    labels = {
        section.slot: line.text
        for group in reversed(rendering.groups)
        for section in group.sections
        for line in section.lines
        if line.kind == Kind.LABEL
    }
    return [labels.get(slot, "") for slot in slots], rows


def _rows(group: Group, slots: list[str]) -> list[Row]:
    first: Row = [group.heading, *[()] * len(slots)]
    rows = [first]
    for section in group.sections:
        if section.slot in slots and not first[slots.index(section.slot) + 1]:
            first[slots.index(section.slot) + 1] = _unlabelled(section)
        else:
            rows.append([(), section.lines, *[()] * (len(slots) - 1)])
    return rows


def _unlabelled(section: Section) -> tuple[Line, ...]:
    return tuple(line for line in section.lines if line.kind != Kind.LABEL)


DIALECTS = (
    Dialect("markdown", markdown),
    Dialect("bold lines", bold),
    Dialect("setext", setext, punctuated=False),
    Dialect("plain text", plain),
    Dialect("html", html),
    Dialect("html matrix", html_matrix, matrix=True),
    Dialect("pipe matrix", pipe_matrix, punctuated=False, matrix=True),
)
