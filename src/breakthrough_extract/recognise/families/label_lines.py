"""Lines that are labels where a reader took them for something else.

Paragraphs in which each line has a label of its own: `Level 1: …`, then `Level 2: …`; the last
may be a label over the list below: `Scope: …`, then `Skills:`. Headings
that have lost their marks but kept their count: `1. People`, which looks like a list of one item.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from breakthrough_extract.document import Block, BlockKind, Document

LABELLED = re.compile(r"^[^:：.;\n]{1,60}[:：]\s*\S")
OPENS = re.compile(r"^[^:：.;\n]{1,60}[:：]\s*$")
LONGEST_LABEL = 6  # words
COUNT = re.compile(r"(?:^|\n)[ \t]*\(?\d{1,2}[.)][ \t]*$")  # what stands before a counted line
REACH = 12  # characters before a line in which its count stands
FEWEST_COUNTED = 2


def labelled(document: Document) -> Iterator[Block]:
    """The blocks of a document that are no furniture of its site, labels told from lists."""
    blocks = [block for block in document.blocks if block.text and not block.aside]
    return parted(_without_lists_of_one(blocks, document.source.text))


def _without_lists_of_one(blocks: list[Block], text: str) -> Iterator[Block]:
    """`blocks`; short counted lines with no list around them, nor below, are paragraphs."""
    counted = [_is_item(block) and bool(COUNT.search(_before(block, text))) for block in blocks]
    alone = [
        found
        and _is_short(blocks[n].text.folded)
        and not (n and counted[n - 1])
        and n + 1 < len(blocks)
        and not _is_item(blocks[n + 1])
        for n, found in enumerate(counted)
    ]
    several = sum(alone) >= FEWEST_COUNTED
    for block, lone in zip(blocks, alone, strict=True):
        yield replace(block, kind=BlockKind.PARAGRAPH) if lone and several else block


def _is_item(block: Block) -> bool:
    return block.kind == BlockKind.ITEM and not block.place.table


def _before(block: Block, text: str) -> str:
    start = block.text.pieces[0].start
    return text[max(start - REACH, 0) : start]


def _is_short(text: str) -> bool:
    return len(text.split()) <= LONGEST_LABEL and not text.endswith((".", ",", ";", "!", "?"))


def parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks`, such paragraphs as a block for each line."""
    for block in blocks:
        lines = list(block.text.lines()) if _is_plain(block) else []
        if len(lines) > 1 and _are_labelled([line.text for line in lines]):
            yield from (replace(block, text=line) for line in lines[:-1])
            bold = block.style.bold or OPENS.match(lines[-1].text) is not None  # it is a label
            yield replace(block, text=lines[-1], style=block.style._replace(bold=bold))
        else:
            yield block


def _is_plain(block: Block) -> bool:
    return block.kind == BlockKind.PARAGRAPH and not block.place.table


def _are_labelled(lines: list[str]) -> bool:
    opened = _is_labelled(lines[-1]) or _is_labelled(lines[-1], OPENS)
    return opened and all(map(_is_labelled, lines[:-1]))


def _is_labelled(line: str, form: re.Pattern[str] = LABELLED) -> bool:
    found = form.match(line)
    return found is not None and len(re.split(r"[:：]", line)[0].split()) <= LONGEST_LABEL
