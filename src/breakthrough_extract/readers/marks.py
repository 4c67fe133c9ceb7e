"""List marks: bullets of any glyph at the head of a line, and within one that was several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from breakthrough_extract.document import Block, BlockKind, Passage, Span
from breakthrough_extract.punctuation import JOINING_WORD

# Signs that are list marks and nothing else, those of symbol fonts included.
BULLETS = "•‣◦⁃▪▫■□●○◆◇►▸➢➤✓✔\ue000-\uf8ff"
SURE_MARKS = f"∙·{BULLETS}"  # at the head of a line
# Bullets that converters leave. "o" and "*" are bullets only when white space follows, as all
# of them must have.
GLYPHS = rf"∙·–—*+o\u2212{BULLETS}-"
# Two hyphens are a dash, and a mark if it has a text: `-- --` is a rule.
# The box of a task, ticked or not, belongs to the mark: `- [ ] text`.
MARK = re.compile(
    rf"^\s*(?:[{GLYPHS}]|--(?=\s+[^\s-])|\d{{1,2}}[.)]|[a-z]\)|#?\.)(?=\s)\s*(?:\[[ xX]\]\s+)?"
)
# Where a converter joined a list's lines: a bullet that can be nothing else, or any mark after
# the sign that parts the items of a list.
INNER_MARK = re.compile(
    rf"(?<=\s)(?P<bullet>[{BULLETS}])(?=\s+\w)"
    rf"|(?::\s+(?P<first>[∙·*o\u2212])|(?:;(?:\s+(?:and|or))?|^(?:and|or))\s+(?P<listed>[{GLYPHS}]|\d{{1,2}}[.)]))(?=\s+\w)"
    # A note that stood below the list.
    r"|[.!?]['’”]?\s+(?P<note>[*†‡§]?\s?Note:)(?=\s)"
)
DASHES = "-–—"
# What no sentence and no name ends in.
CLIPPED = re.compile(r",$|\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with)$")
PARTED = re.compile(r";(?:\s|$)")  # the items of a list are; names are not
LONGEST_NAME = 8  # words, of a heading that begins in lower case
# What a text ends in before an item begins.
STOPPED = re.compile(rf"[.;:!?…]['’”\")\]]*(?:\s+{JOINING_WORD})?$|(?:,|^)\s*{JOINING_WORD}$")


def mark_length(line: str) -> int:
    """How many characters of `line` are its list mark and the white space around it; 0 if none."""
    found = MARK.match(line + " ") if line.strip() else None
    return min(found.end(), len(line)) if found else 0


def itemise(block: Block) -> Iterator[Block | Span]:
    """`block`, its marked lines as items of their own; and the spans of the marks taken off.

    A line without a mark goes on with the item, or the paragraph, before it; so does one that
    begins with a dash of the sentence. A block that is a heading keeps its lines: `1. Its
    title` is no list; but what is no title either is a paragraph.
    """
    if block.kind == BlockKind.HEADING and is_piece(block.text.text):
        block = replace(block, kind=BlockKind.PARAGRAPH, level=0)
    marked = any(map(_has_mark, block.text.text.split("\n")))
    if block.kind == BlockKind.HEADING or not marked:
        yield block
        return
    lines = [part for line in block.text.lines() for part in _parted(line)]
    run: list[Passage] = []
    kind = block.kind
    glyph = ""
    for line in lines:
        length = mark_length(line.text)
        if length and run and is_dash(run[-1].text, line.text, glyph):
            length = 0
        if length:
            glyph = line.text[0]
            if run:
                yield replace(block, text=Passage.join(run), kind=kind)
            yield from line[:length].strip().spans
            run, kind = [], BlockKind.ITEM
        rest = line[length:].strip()
        if rest:
            run.append(rest)
    if run:
        yield replace(block, text=Passage.join(run), kind=kind)


def _has_mark(line: str) -> bool:
    return bool(mark_length(line) or INNER_MARK.search(line.strip()))


def has_inner_marks(line: str) -> bool:
    """Whether there can be marks that do not stand at the head of their line in the source: in
    emphasis, in the middle. A dash can be the sentence's, a figure can be escaped, and any bullet
    can part what is no list, unless there are the signs of one."""
    return bool(PARTED.search(line)) or line[:1] in SURE_MARKS


def is_piece(heading: str) -> bool:
    """Whether a heading is a piece of a list or of a sentence that a converter took for one."""
    small = heading[:1].islower()
    cut = len(heading.split()) > LONGEST_NAME or CLIPPED.search(heading)
    marked = heading[:1] in SURE_MARKS and STOPPED.search(heading)
    return bool(PARTED.search(heading) or (small and cut) or marked)


def is_dash(before: str, line: str, *marks: str) -> bool:
    """Whether the mark of `line` is a dash of the sentence that `before` began, as none of the
    list's own `marks` is."""
    sign, before = line.lstrip()[:1], before.rstrip()
    return bool(before) and sign in DASHES and sign not in marks and not STOPPED.search(before)


def _parted(line: Passage) -> Iterator[Passage]:
    """`line`, cut before each list mark within it, and before a note."""
    at = 0
    for found in INNER_MARK.finditer(line.text):
        start = found.start(found.lastgroup or 0)
        yield line[at:start].strip()
        at = start
    yield line[at:].strip()
