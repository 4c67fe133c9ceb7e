"""What site generators put around Markdown: front matter, and calls of templates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from breakthrough_extract.document import Span

DASHES = re.compile(r"^---\s*$")
KEY = re.compile(r"^[A-Za-z][\w-]*\s*:(?:\s|$)")
TITLE = re.compile(r"^title\s*:\s+([\"']?)(?=[^\s|>\"'])(.*?\S)\1\s*$")
GOES_ON = re.compile(r"^\s|^-\s|^\s*$|^#")
CALL = re.compile(r"^\s*(?:\{\{[<%](.*?)[%>]\}\}|\{%(.*?)%\})\s*$")
TAB = re.compile(
    r"^-?\s*(?:tab|tab-item|tabitem|accordion|details|expand)\b"
    r"(?:[^\"]*?\b(?:name|tabname|title|header|summary|label)\s*=)?\s*\"([^\"]+)\"",
    re.IGNORECASE,
)
TAB_LEVEL = 2  # like the parts of a page


def front_matter(lines: Sequence[str], number: int) -> int:
    """How many of `lines` are front matter: from dashes to dashes, keys between; 0 if none.

    `number` is the place of the first in its file, 0-based: at a file's head the values may be
    anything, further down (files that were put together) each line must look like YAML.
    """
    if not lines or not DASHES.match(lines[0]):
        return 0
    body: list[str] = []
    for line in lines[1:]:
        if DASHES.match(line):
            break
        body.append(line)
    else:
        return 0
    keys = sum(bool(KEY.match(line)) for line in body)
    others = [line for line in body if not (KEY.match(line) or GOES_ON.match(line))]
    return len(body) + 2 if keys and (number == 0 or not others) else 0


def front_title(lines: Sequence[str]) -> tuple[int, int, int] | None:
    """The title in front matter: the place of its line among `lines`, and its span therein."""
    for n, line in enumerate(lines):
        found = TITLE.match(line)
        if found:
            return n, found.start(2), found.end(2)
    return None


def shortcode(text: str, line: Span) -> tuple[Span, int] | None:
    """If the line is a template's call alone: the span of the title in it, and its level.

    A call that titles nothing has an empty span at the line's end.
    """
    found = CALL.match(text[line.start : line.end])
    if not found:
        return None
    group = 1 if found.group(1) is not None else 2
    titled = TAB.match(found.group(group).lstrip())
    if not titled:
        return Span(line.end, line.end), 0
    inner = found.group(group)
    shift = line.start + found.start(group) + len(inner) - len(inner.lstrip())
    return Span(shift + titled.start(1), shift + titled.end(1)), TAB_LEVEL
