"""Words that stand on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout.boxes import around, on_one_line
from breakthrough_extract.readers.layout.measures import BULLET_REACH, GUTTER, WIDE_GAP
from breakthrough_extract.readers.layout.nouns import Atom, Word
from breakthrough_extract.readers.layout.signs import could_be_bullet

NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)


def rows_of(atoms: Iterable[Atom]) -> list[list[Atom]]:
    """Atoms that stand on one line each, from top to bottom, each row from left to right."""
    rows: list[tuple[Box, list[Atom]]] = []
    for atom in sorted(atoms, key=lambda atom: (atom.box.top + atom.box.bottom, atom.box.x0)):
        if rows and on_one_line(rows[-1][0], atom.box):
            rows[-1][1].append(atom)
            if atom.box.bottom - atom.box.top > rows[-1][0].bottom - rows[-1][0].top:
                rows[-1] = (atom.box, rows[-1][1])
        else:
            rows.append((atom.box, [atom]))
    return [sorted(row, key=lambda atom: atom.box.x0) for _, row in rows]


def atoms_of(words: Iterable[Word]) -> list[Atom]:
    """The words as obstacles; a bullet reaches to its text, so no gutter comes between."""
    out: list[Atom] = []
    for row in rows_of([Atom(word.box, word.size, (word,)) for word in words]):
        for at, atom in enumerate(row):
            word = atom.words[0]
            # A dash that ends a line has a word space before it; a bullet has white.
            leads = not at or word.box.x0 - row[at - 1].box.x1 > GUTTER * word.size
            if leads and at + 1 < len(row) and could_be_bullet(word.text):
                reach = row[at + 1].box.x0
                if 0 < reach - word.box.x1 < BULLET_REACH * row[at + 1].size:
                    out.append(atom._replace(box=word.box._replace(x1=reach)))
                    continue
            out.append(atom)
    return out


def segments_of(row: Sequence[Atom]) -> list[list[Atom]]:
    """The parts of a row that wide gaps keep apart."""
    out: list[list[Atom]] = [[row[0]]]
    for before, atom in pairwise(row):
        if atom.box.x0 - before.box.x1 >= WIDE_GAP * max(before.size, atom.size):
            out.append([])
        out[-1].append(atom)
    return out


def row_key(row: Sequence[Atom]) -> str:
    text = " ".join(word.text for atom in row for word in atom.words)
    return NUMBER.sub("0", text.casefold())


def row_box(row: Sequence[Atom]) -> Box:
    return around(atom.box for atom in row)
