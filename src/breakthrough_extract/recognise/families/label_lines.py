"""Paragraphs in which each line has a label of its own: `Level 1: …`, then `Level 2: …`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from breakthrough_extract.document import Block, BlockKind

LABELLED = re.compile(r"^[^:：.;\n]{1,60}[:：]\s*\S")
LONGEST_LABEL = 6  # words


def parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks`, such paragraphs as a block for each line."""
    for block in blocks:
        lines = list(block.text.lines()) if _is_plain(block) else []
        if len(lines) > 1 and all(_is_labelled(line.text) for line in lines):
            yield from (replace(block, text=line) for line in lines)
        else:
            yield block


def _is_plain(block: Block) -> bool:
    return block.kind == BlockKind.PARAGRAPH and not block.place.table


def _is_labelled(line: str) -> bool:
    found = LABELLED.match(line)
    return found is not None and len(re.split(r"[:：]", line)[0].split()) <= LONGEST_LABEL
