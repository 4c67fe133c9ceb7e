"""Tables of contents: lists that only say the document's own headings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from breakthrough_extract.document import Block, BlockKind
from breakthrough_extract.recognise.families.names import key, uncounted

MOST = 0.6  # of a list's items: so many say a heading of the document
FEWEST = 2


def without_contents(blocks: Iterable[Block]) -> list[Block]:
    """`blocks` without the lists in which most items are headings of the document."""
    blocks = list(blocks)
    headings = {_said(block) for block in blocks if block.kind == BlockKind.HEADING}
    out: list[Block] = []
    for is_list, run in groupby(blocks, key=_is_listed):
        own = list(run)
        named = sum(_said(block) in headings for block in own) if is_list else 0
        if named < max(FEWEST, MOST * len(own)):
            out += own
    return out


def _is_listed(block: Block) -> bool:
    return block.kind == BlockKind.ITEM and not block.place.table


def _said(block: Block) -> str:
    return key(uncounted(block.text.folded))
