"""What a line of a text is: a tuple of rules, of which the first that knows the line wins.

Garbled Markdown keeps no grammar but that of its lines, so the reader goes line by line; what
no rule knows is text that goes on. Each rule says how many lines it took, 0 if it does not know
the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from breakthrough_extract.document import BlockKind, Span
from breakthrough_extract.readers.guard import Guard
from breakthrough_extract.readers.marks import is_dash, mark_length
from breakthrough_extract.readers.templates import front_matter, front_title, shortcode
from breakthrough_extract.readers.text.dashes import dash_at, goes_on_with_dash
from breakthrough_extract.readers.text.lines import lines_of
from breakthrough_extract.readers.text.patterns import BLOCK_TAG, HEADING, RULE
from breakthrough_extract.readers.text.tables import drawn_table, pipe_row, tab_row
from breakthrough_extract.readers.text.walk import Walk

UNDERLINE = re.compile(r"^\s{0,3}(?:=+|-{3,})\s*$")
FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
QUOTE = re.compile(r"\s*(?:>\s?)+")
# What is not text from its first to its last character, blank lines or not.
OPAQUE = re.compile(r"^\s*<(?:(!--)|(script|style)\b)", re.IGNORECASE)
TITLED = re.compile(r"^(?:#\s+\S|={3,}\s*$)", re.MULTILINE)  # a heading of the first level
MOST_FRONT_MATTER = 80  # lines; more are no front matter
TAB_WIDTH = 4


def read_lines(text: str, guard: Guard) -> Walk:
    """The walk over all of `text`, at its end."""
    walk = Walk(text, guard)
    lines = list(lines_of(text))
    at = 0
    while at < len(lines):
        lines[at] = _unquoted(walk, lines[at])
        used = next((used for rule in LINE_RULES if (used := rule(walk, lines, at))), 0)
        if not used:
            walk.goes_on(lines[at])
        at += used or 1
    walk.flush()
    return walk


def _unquoted(walk: Walk, line: Span) -> Span:
    """The line without the marks of a quotation, whatever else stands in that."""
    quote = QUOTE.match(walk.slice(line))
    if not quote:
        return line
    walk.mark(line.start, line.start + quote.end())
    return Span(line.start + quote.end(), line.end)


def _blank(walk: Walk, lines: list[Span], at: int) -> int:
    if walk.slice(lines[at]).strip():
        return 0
    if walk.kind != BlockKind.ITEM or walk.has_text():
        walk.flush()  # a mark alone on its line waits for its text
    walk.in_table = False
    walk.region += 1
    return 1


def _front_matter(walk: Walk, lines: list[Span], at: int) -> int:
    """What a site generator reads, between two lines of dashes. The title in it is the page's
    where no heading of the text is one."""
    if not walk.text.startswith("---", lines[at].start):
        return 0
    texts = [walk.slice(line) for line in lines[at : at + MOST_FRONT_MATTER]]
    used = front_matter(texts, at)
    if not used:
        return 0
    walk.flush()
    first, end = lines[at].start, lines[at + used - 1].end
    titled = front_title(texts[:used])
    if at == 0 and titled and not TITLED.search(walk.text, end):
        line, *span = titled
        title = Span(*(lines[line].start + place for place in span))
        walk.mark(first, title.start)
        walk.heading(title, 1)
        first = title.end
    walk.mark(first, end)
    return used


def _underline(walk: Walk, lines: list[Span], at: int) -> int:
    """A setext heading: the lines before were its text."""
    plain = walk.kind == BlockKind.PARAGRAPH and walk.run and not walk.in_table
    if not (plain and UNDERLINE.match(walk.slice(lines[at]))):
        return 0
    walk.kind, walk.level = BlockKind.HEADING, 1 if "=" in walk.slice(lines[at]) else 2
    walk.flush()
    walk.mark(*lines[at])
    return 1


def _rule(walk: Walk, lines: list[Span], at: int) -> int:
    line = walk.slice(lines[at])
    if not RULE.match(line) or len(re.sub(r"\s", "", line)) < 2:
        return 0
    walk.flush()
    walk.mark(*lines[at])
    return 1


def _fence(walk: Walk, lines: list[Span], at: int) -> int:
    """Fences are markup, what stands in them is text: converters put them around pages."""
    if not FENCE.match(walk.slice(lines[at])):
        return 0
    walk.flush()
    walk.mark(*lines[at])
    return 1


def _shortcode(walk: Walk, lines: list[Span], at: int) -> int:
    """A template's call that stands alone; one that names a tab is a heading."""
    found = shortcode(walk.text, lines[at])
    if not found:
        return 0
    walk.flush()
    title, level = found
    walk.mark(lines[at].start, title.start)
    walk.mark(title.end, lines[at].end)
    if title.end > title.start:
        walk.heading(title, level)
    return 1


def _html(walk: Walk, lines: list[Span], at: int) -> int:
    """A run of lines that opens with a block of HTML; a table runs to its end tag."""
    line = walk.slice(lines[at])
    opaque = OPAQUE.match(line)
    if not (opaque or BLOCK_TAG.match(line.lstrip())):
        return 0
    walk.flush()
    if opaque:
        return _opaque(walk, lines, at, "-->" if opaque.group(1) else f"</{opaque.group(2)}")
    depth, used = 0, 0
    for n in range(at, len(lines)):
        text = walk.slice(lines[n])
        if depth <= 0 and (not text.strip() or shortcode(walk.text, lines[n])):
            break
        depth += len(re.findall(r"<table\b", text, re.IGNORECASE))
        depth -= len(re.findall(r"</table\b", text, re.IGNORECASE))
        used += 1
    walk.html(lines[at].start, lines[at + used - 1].end)
    return used


def _opaque(walk: Walk, lines: list[Span], at: int, closing: str) -> int:
    """A comment, a script or a style sheet to its end, wherever blank lines stand in it."""
    rest = range(at, at if closing in walk.unclosed else len(lines))
    last = next((n for n in rest if closing in walk.slice(lines[n]).lower()), -1)
    if last < 0:
        walk.unclosed.add(closing)
        last = at
    walk.html(lines[at].start, lines[last].end)
    return last - at + 1


def _heading(walk: Walk, lines: list[Span], at: int) -> int:
    found = HEADING.match(walk.slice(lines[at]))
    if not found:
        return 0
    walk.flush()
    start, end = lines[at].start + found.end(), lines[at].end
    walk.mark(lines[at].start, start)
    closing = re.search(r"\s#+\s*$", walk.text[start:end])
    if closing:
        walk.mark(start + closing.start(), end)
        end = start + closing.start()
    walk.heading(Span(start, end), len(found.group(1)))
    return 1


def _item(walk: Walk, lines: list[Span], at: int) -> int:
    line = walk.slice(lines[at])
    length = mark_length(line)
    if not length or _is_dash(walk, line):
        return 0
    waiting = walk.waiting_marks
    walk.flush()
    walk.run = [Span(lines[at].start + length, lines[at].end)]
    indent = len(line) - len(line.lstrip())
    if goes_on_with_dash(line, walk.out):
        walk.resumed = walk.out.pop()
        walk.dash = dash_at(walk.text, lines[at].start + indent)
        return 1
    walk.mark(lines[at].start, lines[at].start + length)
    walk.kind = BlockKind.ITEM
    walk.glyph = line[indent]
    walk.waiting_marks = waiting + 1 if length >= len(line.rstrip()) else 0
    walk.level = len(line[:indent].expandtabs(TAB_WIDTH)) // 2
    return 1


def _is_dash(walk: Walk, line: str) -> bool:
    """Whether the mark of `line` is a dash of the sentence that the line before began: it is
    no list's mark, or its list's items end in a sign that is missing here."""
    before = walk.slice(walk.run[-1]) if walk.run else ""
    if not is_dash(before, line):
        return False
    of_list = not is_dash(before, line, walk.usual_mark, walk.glyph)
    goes_on = line[mark_length(line) :][:1].islower() and not line.lstrip().startswith("-")
    return not of_list or (goes_on and walk.marks_follow_ends)


LineRule = Callable[[Walk, list[Span], int], int]
# First match wins.
LINE_RULES: tuple[LineRule, ...] = (
    _blank,
    _front_matter,
    _underline,
    drawn_table,
    _rule,
    _fence,
    tab_row,
    _shortcode,
    pipe_row,
    _html,
    _heading,
    _item,
)
