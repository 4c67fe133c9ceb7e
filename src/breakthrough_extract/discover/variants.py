"""The same themes in two places under names that differ in form: `Interface`, `Interfaces`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from breakthrough_extract.discover.themes import Themes
from breakthrough_extract.recognise.families.names import key

LEAST_STEM = 4  # letters that two forms of a word share at least
ENDING = 2  # letters that one may have more


def with_variants(found: Sequence[Themes]) -> list[Themes]:
    """`found`, and those of them that bear the names that a table has for them as well.

    A table names all themes side by side; headings stand far apart, and their forms drift.
    """
    tables = [one for one in found if one.in_table]
    pairs = ((one, table) for one in found for table in tables if not one.in_table)
    return [*found, *(new for one, table in pairs if (new := _named(one, table)) is not None)]


def _named(one: Themes, table: Themes) -> Themes | None:
    """`one` with the names of the table; None if those are others, or the same."""
    names = [next((b for b in table.names if _akin(key(a), key(b))), a) for a in one.names]
    kept = [name for name in names if name in table.names]
    same = sum(key(a) == key(b) for a, b in zip(one.names, names, strict=True) if b in table.names)
    if tuple(kept) != table.names or not 0 < same < len(kept):
        return None
    aliases = tuple(
        (mine,) if key(mine) != key(new) else () for mine, new in zip(one.names, names, strict=True)
    )
    return replace(one, names=tuple(names), aliases=aliases)


def _akin(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (
        long.startswith(short) and len(short) >= LEAST_STEM and len(long) - len(short) <= ENDING
    )
