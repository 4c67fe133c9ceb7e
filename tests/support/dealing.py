"""What converters make of pages with several columns, made from a model that is known."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from breakthrough_extract import Profile

WIDTH = 44  # characters of a column's line
DEPTH = 34  # lines of a column on a page

Lines = list[str]


def label_of(profile: Profile, slot: str) -> str:
    return next(s.name for s in profile.slots if s.id == slot).upper()


def cells(theme: Mapping[str, Any], profile: Profile) -> Iterator[tuple[str, str, Lines]]:
    """Label, headline and items of each cell, punctuated as one sentence."""
    for stage in theme["stages"]:
        yield label_of(profile, stage["stage"]), stage["headline"], sentence(stage["indicators"])
    points = theme["breakthrough_points"]
    if points:
        slot = profile.slots[-1].id
        yield label_of(profile, slot), points["headline"], sentence(points["points"])


def sentence(items: Sequence[str]) -> Lines:
    *most, last = items
    return (
        [f"{item};" for item in most[:-1]] + [f"{item}; and" for item in most[-1:]] + [f"{last}."]
    )


def wrapped(text: str, mark: str = "") -> Lines:
    return textwrap.wrap(f"{mark}{text}", WIDTH, break_on_hyphens=False)


def blocks(theme: Mapping[str, Any], profile: Profile) -> list[Lines]:
    """The blocks of one column: a heading, then cell by cell label, headline and items."""
    out = [[theme["name"]]]
    if theme["complaint"]:
        out.append([f"'{theme['complaint']}'"])
    for label, headline, items in cells(theme, profile):
        out += [[label], wrapped(f"{headline}:"), *(wrapped(item, "• ") for item in items)]
    return out


def columns(expected: Mapping[str, Any], profile: Profile) -> list[list[Lines]]:
    """The model as columns of a page's depth; a block that does not fit goes on in the next."""
    out: list[list[Lines]] = [[]]
    room = DEPTH
    for block in (b for theme in expected["themes"] for b in blocks(theme, profile)):
        rest = block
        while len(rest) > room:
            if room:
                out[-1].append(rest[:room])
            rest = rest[room:]
            out.append([])
            room = DEPTH
        out[-1].append(rest)
        room -= len(rest)
    return out


def by_height(expected: Mapping[str, Any], profile: Profile) -> str:
    """Two columns a page, block by block, by turns: what stands higher comes first."""
    out: list[Lines] = []
    flow = columns(expected, profile)
    for page, left in enumerate(flow[::2]):
        right = flow[2 * page + 1] if 2 * page + 1 < len(flow) else []
        out.append([profile.title])
        out += [block for _, _, block in sorted((*_tops(left, 0), *_tops(right, 1)))]
        out.append([f"{profile.title} | {page + 1}"])
    return "\n\n".join("\n".join(block) for block in out)


def _tops(column: Sequence[Lines], number: int) -> Iterator[tuple[int, int, Lines]]:
    top = 0
    for block in column:
        yield top, number, block
        top += len(block)


def right_first(expected: Mapping[str, Any], profile: Profile) -> str:
    """Two columns a page, the right one before the left one."""
    out: list[Lines] = []
    flow = columns(expected, profile)
    for page, left in enumerate(flow[::2]):
        right = flow[2 * page + 1] if 2 * page + 1 < len(flow) else []
        out += [
            [profile.title],
            *([line for block in c for line in block] for c in (right, left) if c),
        ]
        out.append([f"{profile.title} | {page + 1}"])
    return "\n\n".join("\n".join(block) for block in out)


def stacked(expected: Mapping[str, Any], profile: Profile) -> str:
    """A row a theme: labels, then headlines, then the lists."""
    out: list[Lines] = []
    for theme in expected["themes"]:
        row = list(cells(theme, profile))
        out += [[theme["name"]], *([[f"'{theme['complaint']}'"]] if theme["complaint"] else [])]
        out += [[label] for label, _, _ in row]
        out += [wrapped(f"{headline}:") for _, headline, _ in row]
        out += [[line for item in items for line in wrapped(item, "• ")] for _, _, items in row]
    return "\n\n".join("\n".join(block) for block in out)


def items_dealt(expected: Mapping[str, Any], profile: Profile) -> str:
    """A row a theme: labels, headlines, then the first items of all columns, the second …"""
    out: list[Lines] = []
    for theme in expected["themes"]:
        row = list(cells(theme, profile))
        out += [[theme["name"]], *([[f"'{theme['complaint']}'"]] if theme["complaint"] else [])]
        out += [[label] for label, _, _ in row]
        out += [wrapped(f"{headline}:") for _, headline, _ in row]
        longest = max(len(items) for _, _, items in row)
        for n in range(longest):
            out += [wrapped(items[n], "• ") for _, _, items in row if n < len(items)]
    return "\n\n".join("\n".join(block) for block in out)


def cell_lines(headline: str, items: Sequence[str], mark: str = "• ") -> Lines:
    return [*wrapped(f"{headline}:"), *(line for item in items for line in wrapped(item, mark))]


def theme_heads(theme: Mapping[str, Any]) -> Lines:
    return [theme["name"], *([f"‘{theme['complaint']}’"] if theme["complaint"] else [])]


def themes_down(expected: Mapping[str, Any], profile: Profile, between: str = " ") -> str:
    """A table of a row a theme, cell by cell, its labels once: in one line, or in a line each."""
    labels = [label for label, _, _ in cells(expected["themes"][0], profile)]
    out = [between.join(labels)]
    for theme in expected["themes"]:
        out += theme_heads(theme)
        for _, headline, items in cells(theme, profile):
            out += cell_lines(headline, items)
    return "\n".join(out)


def themes_across(expected: Mapping[str, Any], profile: Profile) -> str:
    """A table of a column a theme, cell by cell, its labels beside the first cells' headlines."""
    out = [line for theme in expected["themes"] for line in theme_heads(theme)]
    for row in zip(*(cells(theme, profile) for theme in expected["themes"]), strict=True):
        lines = [line for _, headline, items in row for line in cell_lines(headline, items)]
        out += [f"{row[0][0]} {lines[0]}", *lines[1:]]
    return "\n".join(out)


def stage_by_stage(expected: Mapping[str, Any], profile: Profile, markdown: bool = False) -> str:
    """A chapter a stage, in it a heading a theme."""
    out: Lines = []
    chapter, heading, strong = ("# ", "## ", "**") if markdown else ("", "", "")
    rows = zip(*(cells(theme, profile) for theme in expected["themes"]), strict=True)
    for number, row in enumerate(rows):
        out += [f"{chapter}{row[0][0]}", ""]
        for theme, (_, headline, items) in zip(expected["themes"], row, strict=True):
            name, *complaint = theme_heads(theme)
            out += [f"{heading}{name}", "", *(complaint if number == 0 else []), ""]
            out += [f"{strong}{headline}:{strong}", "", *(f"- {item}" for item in items), ""]
    return "\n".join(out)


def rows_cut(expected: Mapping[str, Any], profile: Profile, page_end: str) -> str:
    """As `themes_down`, the last theme's row cut by the end of the page after each cell's first
    item."""
    *whole, last = expected["themes"]
    row = list(cells(last, profile))
    head = themes_down({"themes": whole}, profile)
    tops = [line for _, headline, items in row for line in cell_lines(headline, items[:1])]
    rests = [line for _, _, items in row for item in items[1:] for line in wrapped(item, "• ")]
    return "\n".join([head, *theme_heads(last), *tops]) + page_end + "\n".join(rests)


def marks_apart(expected: Mapping[str, Any], profile: Profile) -> str:
    """A page a theme, the marks of all its items below it."""
    out: Lines = []
    for theme in expected["themes"]:
        out += theme_heads(theme)
        count = 0
        for label, headline, items in cells(theme, profile):
            out += [label, *cell_lines(headline, items, mark="")]
            count += len(items)
        out += ["•"] * count
    return "\n".join(out)
