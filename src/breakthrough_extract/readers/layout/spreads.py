"""Two pages that are one spread: lines run over the edge from one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from breakthrough_extract.document import Box, Span
from breakthrough_extract.readers.layout.boxes import moved
from breakthrough_extract.readers.layout.measures import SIZE_SLACK, TOUCH
from breakthrough_extract.readers.layout.nouns import Sheet, Word

SEAM_PAIRS = 3  # lines that must run over the edge to prove that two pages are one spread


def join_spreads(sheets: Sequence[Sheet], text: str, boxes: Sequence[Box | None]) -> list[Sheet]:
    """The sheets, two pages cut from one spread made one again where that is proven."""
    out: list[Sheet] = []
    at = 0
    while at < len(sheets):
        if at + 1 < len(sheets) and _is_spread(sheets[at], sheets[at + 1]):
            out.append(_spread(sheets[at], sheets[at + 1], text, boxes))
            at += 2
        else:
            out.append(sheets[at])
            at += 1
    return out


def _is_spread(left: Sheet, right: Sheet) -> bool:
    """Whether lines run over the right edge of `left` and on from the left edge of `right`.

    The lines must pair up by height and style; words of the right page that touch its edge
    and have no partner speak against it.
    """
    if abs(left.height - right.height) > 1.0:
        return False
    ends = [word for word in left.words if _touches(word, left.width)]
    starts = [word for word in right.words if _touches(word, 0.0)]
    paired = [word for word in starts if any(_one_line(end, word) for end in ends)]
    return len(paired) >= SEAM_PAIRS and len(paired) >= 0.8 * len(starts)


def _touches(word: Word, edge: float) -> bool:
    return word.box.x0 - TOUCH * word.size < edge < word.box.x1 + TOUCH * word.size


def _one_line(one: Word, other: Word) -> bool:
    return (
        abs(one.box.bottom - other.box.bottom) < 0.15 * one.size
        and abs(one.size - other.size) <= SIZE_SLACK * one.size
        and one.bold == other.bold
    )


def _spread(left: Sheet, right: Sheet, text: str, boxes: Sequence[Box | None]) -> Sheet:
    shift = left.width
    words = [*left.words, *(w._replace(box=moved(w.box, shift)) for w in right.words)]
    return Sheet(
        left.number,
        left.width + right.width,
        left.height,
        tuple(_without_doubles(words, left.width, right.number, text, boxes)),
        (*left.rules, *(moved(box, shift) for box in right.rules)),
        (*left.areas, *(moved(box, shift) for box in right.areas)),
        (*left.marks, *(moved(box, shift) for box in right.marks)),
        seam=shift,
    )


def _without_doubles(
    words: Sequence[Word], seam: float, second: int, text: str, boxes: Sequence[Box | None]
) -> Iterator[Word]:
    """The words; what both pages hold at one spot is kept where it shows, and is noted there."""
    # Beyond its own edge a page can hold anything from one sign to the whole other page.
    low = min([seam, *(word.box.x0 for word in words if word.page == second)])
    high = max([seam, *(word.box.x1 for word in words if word.page != second)])
    seen: dict[tuple[str, int, int], list[tuple[float, float, int]]] = defaultdict(list)
    for word in words:
        if word.page != second and word.box.x1 > low - word.size:
            for x, y, at in _middles(word, 0.0, boxes):
                seen[text[at], round(x), round(y)].append((x, y, at))
    kept: dict[int, int] = {}  # by its copy
    for word in words:
        if word.page != second or word.box.x0 > high:
            continue
        for x, y, at in _middles(word, seam, boxes):
            other = _copy_at(seen, text[at], x, y, 0.1 * word.size)
            if other is not None:
                kept[other if x > seam else at] = at if x > seam else other
    copies = {at: copy for copy, at in kept.items()}
    for word in words:
        yield from _split_doubled(word, kept, copies, boxes) if kept else (word,)


def _middles(
    word: Word, shift: float, boxes: Sequence[Box | None]
) -> Iterator[tuple[float, float, int]]:
    """The middle of each of the word's characters, and where the character stands."""
    for at in range(word.start, word.end if boxes else word.start):
        box = boxes[at]
        if box is not None:
            yield (box.x0 + box.x1) / 2 + shift, (box.top + box.bottom) / 2, at


def _copy_at(
    copies: dict[tuple[str, int, int], list[tuple[float, float, int]]],
    sign: str,
    x: float,
    y: float,
    slack: float,
) -> int | None:
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            for other_x, other_y, at in copies.get((sign, round(x) + dx, round(y) + dy), ()):
                if abs(other_x - x) < slack and abs(other_y - y) < slack:
                    return at
    return None


def _split_doubled(
    word: Word, kept: dict[int, int], copies: dict[int, int], boxes: Sequence[Box | None]
) -> Iterator[Word]:
    """What is left of the word, with the places of its copies; nothing if it is a copy."""
    places = range(word.start, word.end)
    for begin, end in _runs([at for at in places if at not in kept]):
        box = word.box
        first, last, whole = boxes[begin], boxes[end - 1], boxes[word.start]
        if (begin, end) != (word.start, word.end) and first and last and whole:
            shift = word.box.x0 - whole.x0
            box = Box(first.x0 + shift, first.top, last.x1 + shift, last.bottom)
        again = _runs([copies[at] for at in range(begin, end) if at in copies])
        text = word.text[begin - word.start : end - word.start]
        yield word._replace(text=text, start=begin, end=end, box=box, copies=tuple(again))


def _runs(places: Iterable[int]) -> list[Span]:
    """Numbers that follow one another, as spans."""
    out: list[Span] = []
    for at in places:
        if out and out[-1].end == at:
            out[-1] = Span(out[-1].start, at + 1)
        else:
            out.append(Span(at, at + 1))
    return out
