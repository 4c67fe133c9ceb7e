"""Columns that a converter has dealt out by turns, put together again as far as it is proven."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from breakthrough_extract.recognise.interleaved.cover import cover
from breakthrough_extract.recognise.interleaved.links import links_of
from breakthrough_extract.recognise.interleaved.pieces import End, Piece, Run, Start, follows, runs_of
from breakthrough_extract.recognise.interleaved.tones import tones_of
from breakthrough_extract.recognise.lines import Line, What
from dataclasses import replace
from breakthrough_extract.document import BlockKind, Passage

__all__ = ["untangle"]


def untangle(lines: Sequence[Line]) -> list[Line]:
    if any(line.block.place.table or line.block.place.box for line in lines):
        return list(lines)
    runs = runs_of(lines)
    breaks = sum(not follows(a.last, b.first) and not (a.last.end==End.LAST and b.first.start==Start.LABEL) for a, b in pairwise(runs))
    labels = sum(r.first.start == Start.LABEL for r in runs)
    if breaks < 3 or labels < 3:
        return list(lines)
    found = cover(len(runs), links_of(runs, [{}] * len(runs)))
    tones=tones_of(runs, [[n for n in chain if n not in found.open] for chain in found.chains])
    found = cover(len(runs), links_of(runs, tones))
    out: list[Line] = []
    loose: list[Line] = []
    for chain in found.chains:
        for n in chain:
            if n in found.open or runs[chain[0]].first.start != Start.LABEL:
                loose += [p.line for p in runs[n].pieces]
    for chain in found.chains:
        if runs[chain[0]].first.start == Start.LABEL and chain[0] not in found.open:
            out += _list([p for n in chain if n not in found.open for p in runs[n].pieces])
    others = [line for line in lines if line.what not in (What.LABEL, What.TEXT)]
    return [*loose, *others, *out]


def _list(pieces: Sequence[Piece]) -> list[Line]:
    pieces = [p for p, q in zip(pieces, [*pieces[1:], None]) if p.end != End.CUT or (q and follows(p, q))]
    out: list[Line] = []
    before = None
    for piece in pieces:
        line = piece.line
        if piece.start not in (Start.LABEL, Start.HEAD) and piece.end != End.HEAD:
            line = replace(line, block=replace(line.block, kind=BlockKind.ITEM))
        if before and before.end == End.CUT and follows(before, piece):
            out[-1] = replace(out[-1], text=Passage.join((out[-1].text, line.text)))
        else:
            out.append(line)
        before = piece
    return out
