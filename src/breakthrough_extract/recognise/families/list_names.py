"""Items that name the list nested in them: `- Attributes`, under it the attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from breakthrough_extract.document import Block, BlockKind
from breakthrough_extract.recognise.families.names import key, usual_roles

LONGEST_NAME = 4  # words
OFTEN = 2  # lists that have the name


def list_names(blocks: Sequence[Block]) -> frozenset[int]:
    """Where the items stand that only name what is nested in them, by their first characters.

    All outermost items of a list are such names, or none is; and each comes again elsewhere,
    or is a usual name of a list.
    """
    lists = [list(run) for is_item, run in groupby(blocks, key=_is_listed) if is_item]
    outer = [names for own in lists if (names := list(_outermost(own)))]
    times = Counter(key(name.text.text) for names in outer for name in names)
    known = {name for name, n in times.items() if n >= OFTEN} | set(usual_roles())
    return frozenset(
        name.text.pieces[0].start
        for names in outer
        if all(key(name.text.text) in known for name in names)
        for name in names
    )


def _outermost(items: Sequence[Block]) -> Iterator[Block]:
    """The outermost items, if each is short and has others nested in it; else none."""
    top = min(item.level for item in items)
    parents = {id(one) for one, after in pairwise(items) if after.level > one.level}
    outer = [item for item in items if item.level == top]
    short = all(len(item.text.folded.split()) <= LONGEST_NAME for item in outer)
    if short and all(id(item) in parents for item in outer):
        yield from outer


def _is_listed(block: Block) -> bool:
    return block.kind == BlockKind.ITEM and not block.place.table
