"""A page's characters to words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from breakthrough_extract.document import Box
from breakthrough_extract.readers.layout import Word
from breakthrough_extract.readers.pdf.characters import stacked
from breakthrough_extract.readers.pdf.styles import Style, Styles

TOKEN = re.compile(r"\S+")
GAP = 0.25  # of the size: characters further apart than this are not one word
NOWHERE = Box(0.0, 0.0, 0.0, 0.0)  # a character that pdfium has no place for


class Content(NamedTuple):
    """The characters of one page."""

    text: str
    boxes: list[Box | None]  # one a character of `text`
    codes: list[int]  # for each character pdfium's index
    styles: Styles
    start: int  # of the page in the source's text
    page: int  # 1-based


def words_of(content: Content) -> list[Word]:
    """The words of a page in the order stored; those of lines set sideways laid down."""
    words = list(_words(content))
    return _laid_down(_gathered(words, content)) if any(map(_sideways, words)) else words


def _words(content: Content) -> Iterator[Word]:
    """The words of a page in the order stored, split at white space and at jumps."""
    codes, styles = content.codes, content.styles
    for token in TOKEN.finditer(content.text):
        start, end = token.span()
        first = styles.object(codes[start])
        if end - start > 1 and styles.object(codes[end - 1]) != first:
            yield from _split(content, start, end)
        else:
            yield _word(content, start, end, styles.of(codes[start], first))


def _split(content: Content, start: int, end: int) -> Iterator[Word]:
    """The words in `text[start:end]`, which several text objects drew."""
    boxes, styles = content.boxes, content.styles
    codes = content.codes[start:end]
    looks = [styles.of(code, styles.object(code)) for code in codes]
    begin = start
    for before, at in pairwise(range(start, end + 1)):
        if at < end and not _jump(boxes[before], boxes[at], looks[before - start].size):
            continue
        run = looks[begin - start : at - start]
        style = run[0]._replace(
            bold=all(look.bold for look in run), italic=all(look.italic for look in run)
        )
        yield _word(content, begin, at, style)
        begin = at


def _jump(before: Box | None, after: Box | None, size: float) -> bool:
    if before is None or after is None:
        return False
    apart = after.x0 - before.x1
    level = min(before.bottom, after.bottom) - max(before.top, after.top)
    if level > 0 and abs(apart) <= max(GAP * size, 0.5):
        return False
    return not stacked(before, after)  # else a line set sideways


def _word(content: Content, start: int, end: int, style: Style) -> Word:
    x0, top, x1, bottom = content.boxes[start] or NOWHERE
    if end - start > 1:
        last = content.boxes[end - 1] or NOWHERE
        x0, top = min(x0, last.x0), min(top, last.top)
        x1, bottom = max(x1, last.x1), max(bottom, last.bottom)
    base = content.start
    return Word(
        content.text[start:end],
        start + base,
        end + base,
        Box(x0, top, x1, bottom),
        style.size,
        style.bold,
        style.italic,
        content.page,
    )


def _laid_down(words: list[Word]) -> list[Word]:
    """The words; those of a line set sideways share its box, side by side as they are read.

    So layout, which knows only lines across, keeps the line together and in order.
    """
    out: list[Word] = []
    at = 0
    while at < len(words):
        end = _track_end(words, at)
        if end == at:
            out.append(words[at])
            at += 1
            continue
        run = words[at:end]
        x0, x1 = min(w.box.x0 for w in run), max(w.box.x1 for w in run)
        top, bottom = min(w.box.top for w in run), max(w.box.bottom for w in run)
        share = (x1 - x0) / len(run)
        out += [
            word._replace(box=Box(x0 + n * share, top, x0 + (n + 1) * share, bottom))
            for n, word in enumerate(run)
        ]
        at = end
    return out


def _track_end(words: Sequence[Word], at: int) -> int:
    """Where the line set sideways ends that begins at `words[at]`; `at` if none does."""
    heads = _sideways(words[at]) or (
        # A letter of its own that the line begins with.
        at + 1 < len(words) and _sideways(words[at + 1]) and _is_end(words[at], words[at + 1])
    )
    end = at + 1
    while heads and end < len(words) and _same_track(words[end - 1], words[end]):
        end += 1
    return end if heads else at


def _gathered(words: list[Word], content: Content) -> list[Word]:
    """`words`, a letter that belongs to the end of one set sideways brought next to it: pdfium
    tells letters at the height of another line apart from their own."""
    tracks = [word for word in words if _sideways(word)]
    before: dict[int, Word] = {}
    after: dict[int, Word] = {}
    for word in words:
        track = next((one for one in tracks if _is_end(word, one)), None)
        if track:
            head = content.boxes[track.start - content.start]
            first = head is not None and abs(head.top - word.box.top) < word.size
            (before if first else after)[track.start] = word
    moved = {word.start for word in (*before.values(), *after.values())}
    out: list[Word] = []
    for word in words:
        if word.start not in moved:
            parts = (before.get(word.start), word, after.get(word.start))
            out += [part for part in parts if part]
    return out


def _is_end(word: Word, track: Word) -> bool:
    """Whether a letter stands right above or below a word that is set sideways, as wide."""
    one, other = word.box, track.box
    apart = max(one.top, other.top) - min(one.bottom, other.bottom)
    level = max(abs(one.x0 - other.x0), abs(one.x1 - other.x1))
    return len(word.text) == 1 and level < 0.05 * word.size and abs(apart) < 0.1 * word.size


def _sideways(word: Word) -> bool:
    width, height = word.box.x1 - word.box.x0, word.box.bottom - word.box.top
    return len(word.text) > 2 and height > 2 * width and height > 1.5 * word.size


def _same_track(one: Word, other: Word) -> bool:
    """Whether two words of a line set sideways can be of one line."""
    apart = max(one.box.top, other.box.top) - min(one.box.bottom, other.box.bottom)
    near = -0.5 * one.size < apart < one.size
    return near and abs(one.box.x0 - other.box.x0) < 0.2 * one.size
