"""HTML whose lines are set by their position on the page (`pdftohtml`, pdfminer) to blocks.

Such HTML says where a line begins and how large its type is; reading order and columns are
lost. So the page is laid out again: each line's words are given the widths that their
characters usually have, and `layout` does with them what it does with a PDF's.

Three texts are in play. The source, which spans count in. The *plain* text: what a reader
sees, character references resolved, which `layout` works on. And for each character of the
plain text the stretch of source that it stands for, by which passages come back to the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from breakthrough_extract.document import (
    Block,
    Box,
    Document,
    Evidence,
    Passage,
    Piece,
    Source,
    Span,
)
from breakthrough_extract.readers.guard import UNNAMED, Guard
from breakthrough_extract.readers.html import (
    BOLD_TAGS,
    HEADINGS,
    ITALIC_TAGS,
    NUMBERED,
    decode,
    events,
    looks_like_html,
    tokenise,
    tree,
)
from breakthrough_extract.readers.layout import BULLETS, TERMINAL, Sheet, Word, analyse
from breakthrough_extract.readers.widths import width

POSITIONED = re.compile(
    r"""<(?:p|div|span)\b[^<>]*style\s*=\s*["'](?=[^"'<>]*\btop\s*:)(?=[^"'<>]*\bleft\s*:)""",
    re.IGNORECASE,
)
FLOWING = re.compile(r"<(?:p|li|td|th|h[1-6]|dd|dt)\b(?![^<>]*\bleft\s*:)", re.IGNORECASE)
FEWEST = 3  # elements; a page of less text has nothing to find
STYLE_SHEET = re.compile(r"<style\b[^<>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
CSS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
CSS_NOISE = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
SELECTOR = re.compile(r"^[A-Za-z][\w-]*$|^(?:[A-Za-z][\w-]*)?[.#][\w-]+$")
LENGTH = re.compile(r"^\s*(-?[0-9]{1,7}(?:\.[0-9]{1,20})?)\s*(px|pt)?\s*$")
BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
WEIGHT = re.compile(r"[0-9]{3,4}")
BOLD_WEIGHT = 600  # CSS: semi-bold and up
DEFAULT_SIZE = 12.0
LINE_HEIGHT = 1.2  # of the size: what browsers take for `normal`
MAX_RULE = 3.0  # a thinner frame is a drawn line, a thicker one an area
MAX_MARK = 7.0  # a frame no larger than this can be a drawn bullet
# Lengths in ems.
LEVEL = 0.5  # lines whose tops differ by less stand beside one another
BULLET_REACH = 4.0  # how far a bullet can stand from its text
TIGHT = 0.4  # by so much can boxes of neighbouring lines overlap
CLEARANCE = 1.0  # what stands side by side in elements of its own is no less apart
SLACK = 0.75  # how far the estimated width of a line can be off
LEAST_SCALE = 0.75  # of an estimated width: faces differ by no more
MAX_PITCH, PITCH_STEP = 1.9, 0.01  # wider set lines are no running text
MAX_GAP, GAP_STEP = 1.0, 0.05  # a gap of a whole line cannot be told from a line
UNENDED = 0.5  # in lines: what it costs to begin an item after a line that has no end
WORD = re.compile(r"\S+")
INNER_GAP = re.compile(r"(?<=\S)\s+(?=\S)")
# pdftohtml numbers fonts through the document and puts the page's number before; a page's
# style sheet holds only those that no page before it had.
FONT_CLASS = re.compile(r"^ft(\d+)$")
OUTLINE = "outline"  # its name for the list of contents that it adds at the end
PAGE_ID = re.compile(r"^page(\d+)-div$")
PAGE_DIV = re.compile(r"""\bid\s*=\s*["']?page(\d+)-div""")


def is_positioned(text: str) -> bool:
    """Whether `text` is HTML that sets most of its text by position."""
    if not (looks_like_html(text) or POSITIONED.search(text[:2000])):
        return False
    count = sum(1 for _ in POSITIONED.finditer(text))
    return count >= FEWEST and count > sum(1 for _ in FLOWING.finditer(text))


def read_positioned(source: Source, guard: Guard = UNNAMED) -> Document:
    """The blocks of a page set by position, in reading order."""
    text = source.text
    runs, skeleton, tags = tokenise(text, 0, len(text))
    found = _Walk(_style_sheet(text), runs).read(tree(skeleton, guard))
    plain = _Plain(text)
    sheets = _sheets(found.pages, plain)
    layout = analyse(plain.text, sheets, source=source.name, slack=SLACK)
    blocks = [replace(block, text=plain.passage(block.text)) for block in layout.blocks]
    outside = [decode(text, *run) for run in found.outside]
    blocks += [Block(passage.strip()) for passage in outside if passage]
    marks = [span for mark in layout.markup for span in plain.spans(mark)]
    white = [*plain.white, *(span for passage in outside for span in _white(passage))]
    markup = _less([*tags, *marks, *white, *found.navigation], blocks)
    cut = tuple(plain.passage(passage) for passage in layout.cut)
    return Document(source, tuple(blocks), markup, cut)


def _white(passage: Passage) -> Iterator[Span]:
    """The character references in `passage` that are white space."""
    for piece in passage.pieces:
        if piece.rule and not piece.text.strip():
            yield Span(piece.start, piece.end)


def _less(markup: Iterable[Span], blocks: Iterable[Block]) -> tuple[Span, ...]:
    """The markup without the character references that a block reads as an edit."""
    held = {span for block in blocks for span in block.text.spans}
    starts = {at for span in held for at in range(*span)}
    return tuple(sorted(span for span in set(markup) if span.start not in starts))


# ------------------------------------------------------------------ what the elements say


class _Set(NamedTuple):
    """How text is set."""

    size: float = DEFAULT_SIZE
    line: float = 0.0  # distance of lines; 0 if not said
    bold: bool = False
    italic: bool = False
    face: str = ""


class _Run(NamedTuple):
    """A run of text in one style."""

    span: Span
    set: _Set


@dataclass
class _Leaf:
    """A positioned element: its lines begin at its left side."""

    left: float
    top: float
    width: float  # 0 if not said
    height: float  # 0 if not said
    lines: list[list[_Run]] = field(default_factory=lambda: [[]])


@dataclass
class _Page:
    width: float = 0.0
    height: float = 0.0
    left: float = 0.0
    top: float = 0.0
    boxes: list[_Leaf] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)


@dataclass
class _Found:
    pages: list[_Page]
    outside: list[Span]  # runs of text that no element positions
    navigation: list[Span]  # the converter's own text: names of pages, links to them


Css = Mapping[str, str]


def _declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value.strip()}


def _style_sheet(text: str) -> dict[str, dict[str, str]]:
    """Declarations by simple selector (tag, .class, #id); others select nothing here."""
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for sheet in STYLE_SHEET.finditer(text):
        follows = PAGE_DIV.search(text, sheet.end())
        page = follows.group(1) if follows else ""
        for rule in CSS_RULE.finditer(CSS_NOISE.sub("", sheet.group(1))):
            for selector in rule.group(1).split(","):
                if SELECTOR.match(selector.strip()):
                    name = re.sub(r"^[^.#]+(?=[.#])", "", selector.strip())
                    out[_font(name[1:], page) or name].update(_declarations(rule.group(2)))
    return out


def _font(name: str, page: str) -> str:
    """The key of the font that a class of pdftohtml's names; "" if it names none."""
    numbers = FONT_CLASS.match(name)
    if not page or not numbers or not numbers.group(1).startswith(page):
        return ""
    return "font " + numbers.group(1)[len(page) :]


def _css(tag: Tag, sheet: Mapping[str, Css], page: str) -> dict[str, str]:
    """The declarations that hold for `tag` on that page, its own last."""
    classes = tag.get("class") or ""
    names = classes.split() if isinstance(classes, str) else list(classes)
    selectors = (
        tag.name,
        *(_font(name, page) or f".{name}" for name in names),
        f"#{tag.get('id', '')}",
    )
    out: dict[str, str] = {}
    for selector in selectors:
        out.update(sheet.get(selector, {}))
    out.update(_declarations(str(tag.get("style", ""))))
    return out


def _length(css: Css, name: str) -> float | None:
    """That length in the file's own unit: files mix pixels and points not at all."""
    found = LENGTH.match(css.get(name, ""))
    return float(found.group(1)) if found else None


def _set(tag: Tag, css: Css, parent: _Set) -> _Set:
    face = css.get("font-family", "")
    weight = css.get("font-weight", "")
    bold = tag.name in BOLD_TAGS or tag.name in HEADINGS or bool(BOLD_NAME.search(face + weight))
    bold = bold or (bool(WEIGHT.fullmatch(weight)) and int(weight) >= BOLD_WEIGHT)
    italic = tag.name in ITALIC_TAGS or bool(ITALIC_NAME.search(face + css.get("font-style", "")))
    size, line = _length(css, "font-size") or 0.0, _length(css, "line-height") or 0.0
    return _Set(
        size=size if size > 0 else parent.size,
        line=line if line > 0 else parent.line,
        bold=parent.bold or bold,
        italic=parent.italic or italic,
        face=face or parent.face,
    )


# ------------------------------------------------------------------ the tree to pages


class _Open(NamedTuple):
    """An element that is being read."""

    set: _Set
    left: float  # of the element, on the plane that its positions count from
    top: float
    leaf: _Leaf | None  # the positioned element that text here belongs to
    navigation: bool = False
    page: str = ""  # as the element's id has it


@dataclass
class _Walk:
    """One pass over the tree, collecting positioned lines page by page."""

    sheet: Mapping[str, Css]
    runs: Sequence[Span]
    pages: list[_Page] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=lambda: [_Open(_Set(), 0.0, 0.0, None)])
    outline: bool = False  # whether the list of contents that pdftohtml adds has begun
    seen: set[int] = field(default_factory=set)  # indices of the runs that the tree has
    frame: Box | None = None  # an empty box that may turn out to be the next page
    found: _Found = field(default_factory=lambda: _Found([], [], []))

    def read(self, soup: BeautifulSoup) -> _Found:
        for event, node in events(soup):
            if isinstance(node, NavigableString):
                self._text(str(node))
            elif isinstance(node, Tag) and event == "open":
                self._open(node)
            else:
                self.stack.pop()
        self.found.pages = self.pages
        # What the parser drops with a broken element is text all the same.
        self.found.outside += [run for n, run in enumerate(self.runs) if n not in self.seen]
        return self.found

    def _open(self, tag: Tag) -> None:
        parent = self.stack[-1]
        numbered = PAGE_ID.match(str(tag.get("id", "")))
        page = numbered.group(1) if numbered else parent.page
        css = _css(tag, self.sheet, page)
        setting = _set(tag, css, parent.set)
        left, top = _length(css, "left"), _length(css, "top")
        wide, high = _length(css, "width") or 0.0, _length(css, "height") or 0.0
        now = parent._replace(set=setting, page=page)
        if tag.name == "br":
            if parent.leaf:
                parent.leaf.lines.append([])
        elif left is not None and top is not None:
            now = self._positioned(tag, now, left, top, wide, high)
        elif css.get("position") == "absolute" and not parent.leaf:
            # Text at no place on the page: the name of the page, links to the others.
            now = now._replace(navigation=True)
        elif tag.name == "a" and tag.get("name") == OUTLINE:
            self.outline = True
        elif wide and high and not parent.leaf:
            self.pages.append(_Page(wide, high))
        if tag.name == "a" and tag.get("name") and self.frame and not parent.leaf:
            # A page's frame is followed by its name.
            x0, y0, x1, y1 = self.frame
            self._page().frames.remove(self.frame)
            self.pages = [page for page in self.pages if page.boxes or page.frames or page.width]
            self.pages.append(_Page(x1 - x0, y1 - y0, x0, y0))
            self.frame = None
        self.stack.append(now)

    def _positioned(
        self, tag: Tag, now: _Open, left: float, top: float, wide: float, high: float
    ) -> _Open:
        left, top = now.left + left, now.top + top
        if not tag.contents:
            self.frame = Box(left, top, left + wide, top + high)
            self._page().frames.append(self.frame)
            return now
        leaf = _Leaf(left, top, wide, high)
        self._page().boxes.append(leaf)
        return now._replace(left=left, top=top, leaf=leaf)

    def _page(self) -> _Page:
        if not self.pages:
            self.pages.append(_Page())
        return self.pages[-1]

    def _text(self, node: str) -> None:
        now = self.stack[-1]
        for number in NUMBERED.findall(node):
            run = self.runs[int(number)]
            self.seen.add(int(number))
            if now.leaf:
                now.leaf.lines[-1].append(_Run(run, now.set))
            elif now.navigation or self.outline:
                self.found.navigation.append(run)
            else:
                self.found.outside.append(run)


# ------------------------------------------------------------------ the plain text


class _Plain:
    """The text as a reader sees it, and where each of its characters comes from."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.signs: list[str] = []
        self.origin: list[Span | None] = []  # None: a break that no character stands for
        self.white: list[Span] = []  # character references that are white space

    @property
    def text(self) -> str:
        return "".join(self.signs)

    def add(self, run: Span) -> Span:
        """Append that run of the source; where it now stands."""
        start = len(self.signs)
        passage = decode(self.source, *run)
        self.white += _white(passage)
        for piece in passage.pieces:
            for n, sign in enumerate(piece.text):
                self.signs.append(sign)
                if not piece.rule:
                    self.origin.append(Span(piece.start + n, piece.start + n + 1))
                else:  # of a reference to several characters, the first stands for it
                    self.origin.append(Span(piece.end if n else piece.start, piece.end))
        return Span(start, len(self.signs))

    def end_line(self) -> None:
        self.signs.append("\n")
        self.origin.append(None)

    def spans(self, plain: Span) -> list[Span]:
        """The stretches of source that `plain` stands for."""
        out: list[Span] = []
        for origin in self.origin[plain.start : plain.end]:
            if origin and out and out[-1].end == origin.start:
                out[-1] = Span(out[-1].start, origin.end)
            elif origin:
                out.append(origin)
        return out

    def passage(self, passage: Passage) -> Passage:
        """`passage` of the plain text as a passage of the source."""
        pieces: list[Piece] = []
        for piece in passage.pieces:
            pieces += self._pieces(piece)
        out: list[Piece] = []
        for piece in pieces:
            # Emphasis that ends within a word parts what belongs together.
            loose = out and out[-1].start < out[-1].end and piece.start < piece.end
            if loose and out[-1].end != piece.start:
                out.append(Piece(out[-1].end, out[-1].end, "", "markup"))
            out.append(piece)
        return Passage(tuple(out))

    def _pieces(self, piece: Piece) -> Iterator[Piece]:
        if not piece.rule and piece.start < piece.end:
            yield from self._verbatim(piece)
            return
        evidence = self._evidence(piece.evidence) if piece.evidence else None
        spans = self.spans(Span(piece.start, piece.end))
        if not spans:
            at = self._end_of(piece.start)
            spans = [Span(at, at)]
        for n, span in enumerate(spans):
            yield Piece(*span, "" if n else piece.text, piece.rule, evidence)

    def _end_of(self, at: int) -> int:
        """Where in the source the last character before the plain offset `at` ends."""
        before = (self.origin[n] for n in range(at - 1, -1, -1))
        return next((origin.end for origin in before if origin), 0)

    def _evidence(self, evidence: Evidence) -> Evidence:
        spans = self.spans(Span(evidence.start, evidence.end))
        start, end = spans[0].start, spans[-1].end
        return replace(evidence, start=start, end=end, quote=self.source[start:end])

    def _verbatim(self, piece: Piece) -> Iterator[Piece]:
        for part in re.finditer(r"\s+|\S+", "".join(self.signs[piece.start : piece.end])):
            plain = Span(piece.start + part.start(), piece.start + part.end())
            spans = self.spans(plain)
            same = len(spans) == 1 and self.source[slice(*spans[0])] == part.group()
            if same and None not in self.origin[plain.start : plain.end]:
                yield Piece(*spans[0], part.group())
            elif part.group().isspace():
                # `&#160;`, or a line break of the source's own: markup, read as a space.
                at = self._end_of(plain.start)
                yield Piece(at, at, "\n" if "\n" in part.group() else " ")
            else:
                yield from self._decoded(plain)

    def _decoded(self, plain: Span) -> Iterator[Piece]:
        """Pieces of a word that holds character references or that tags run through."""
        last: Piece | None = None
        for at in range(*plain):
            origin, sign = self.origin[at], self.signs[at]
            if origin is None:
                continue
            same = self.source[slice(*origin)] == sign
            if last and origin.start == origin.end:
                last = replace(last, text=last.text + sign)
                continue
            if last and same and not last.rule and last.end == origin.start:
                last = Piece(last.start, origin.end, last.text + sign)
                continue
            if last:
                yield last
            last = Piece(*origin, sign, "" if same else "entity")
        if last:
            yield last


# ------------------------------------------------------------------ pages to words


@dataclass
class _Line:
    """A line of text as it is to be set."""

    runs: list[tuple[Span, _Set]]  # spans of the plain text
    text: str
    left: float
    top: float
    scale: float = 1.0  # of the estimated widths

    @property
    def size(self) -> float:
        return max(setting.size for _, setting in self.runs)

    @property
    def extent(self) -> float:
        """The line's estimated width."""
        return self.scale * sum(self.widths)

    widths: list[float] = field(default_factory=list)  # one a run


@dataclass
class _Stack:
    """The lines of one positioned element, which stand one below the other."""

    leaf: _Leaf
    lines: list[_Line]
    anchors: list[float] = field(default_factory=list)  # tops of bullets that stand beside it
    limit: float = 0.0  # top of what stands below it; 0 if nothing does

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def is_bullets(self) -> bool:
        return all(BULLETS.match(line.text) for line in self.lines)


def _sheets(pages: Sequence[_Page], plain: _Plain) -> list[Sheet]:
    held = [
        [stack for leaf in page.boxes if (stack := _stack(leaf, page, plain))] for page in pages
    ]
    for stacks in held:
        _anchor(stacks)
        _set_limits(stacks)
    spacings = _spacings(stack for stacks in held for stack in stacks)
    out: list[Sheet] = []
    for number, (page, stacks) in enumerate(zip(pages, held, strict=True), 1):
        for stack in stacks:
            _set_tops(stack, spacings.get(round(stack.size, 1)))
        lines = [line for stack in stacks for line in stack.lines]
        wide = page.width or max((line.left + line.extent for line in lines), default=0.0)
        high = page.height or max((line.top + line.size for line in lines), default=0.0)
        _fit_widths(stacks, wide)
        words = [word for line in lines for word in _words(line, plain, number)]
        out.append(Sheet(number, wide, high, tuple(words), *_shapes(page)))
    return out


class _Shapes(NamedTuple):
    rules: tuple[Box, ...]
    areas: tuple[Box, ...]
    marks: tuple[Box, ...]


def _shapes(page: _Page) -> _Shapes:
    """The page's empty boxes: lines, areas, bullets."""
    shapes = _Shapes((), (), ())
    for frame in page.frames:
        box = Box(
            frame.x0 - page.left,
            frame.top - page.top,
            frame.x1 - page.left,
            frame.bottom - page.top,
        )
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if MAX_RULE < max(wide, high) <= MAX_MARK and min(wide, high) > 1.0:
            shapes = shapes._replace(marks=(*shapes.marks, box))
        elif min(wide, high) <= MAX_RULE:
            shapes = shapes._replace(rules=(*shapes.rules, box))
        else:
            shapes = shapes._replace(areas=(*shapes.areas, box))
    return shapes


def _stack(leaf: _Leaf, page: _Page, plain: _Plain) -> _Stack | None:
    lines: list[_Line] = []
    for runs in leaf.lines:
        spans = [(plain.add(run.span), run.set) for run in runs]
        plain.end_line()
        text = "".join("".join(plain.signs[span.start : span.end]) for span, _ in spans)
        if text.strip():
            line = _Line(spans, text.strip(), leaf.left - page.left, leaf.top - page.top)
            line.widths = [
                _wide(_measured("".join(plain.signs[span.start : span.end])), how)
                for span, how in spans
            ]
            lines.append(line)
    if not lines:
        return None
    if leaf.width:
        # The element is as wide as its widest line.
        widest = max(line.extent for line in lines)
        for line in lines:
            line.scale = leaf.width / widest
    return _Stack(leaf, lines)


def _wide(text: str, how: _Set) -> float:
    return how.size * width(text, how.bold, how.face)


def _measured(text: str) -> str:
    """`text` as wide as it shows: a justified line has several spaces between all words."""
    gaps = [len(gap) for gap in INNER_GAP.findall(text)]
    unit = min(gaps, default=1)
    return re.sub(rf"\s{{{unit}}}", " ", text) if unit > 1 and len(gaps) > 1 else text


def _words(line: _Line, plain: _Plain, page: int) -> Iterator[Word]:
    left = line.left
    for (span, how), extent in zip(line.runs, line.widths, strict=True):
        text = "".join(plain.signs[span.start : span.end])
        # White space shrinks evenly where there is more of it than the line shows.
        natural = _wide(text, how)
        scale = line.scale * (extent / natural if natural else 1.0)
        for found in WORD.finditer(text):
            x0 = left + scale * _wide(text[: found.start()], how)
            x1 = x0 + scale * _wide(found.group(), how)
            # Runs of one line stand on one base line.
            bottom = line.top + line.size
            yield Word(
                found.group(),
                span.start + found.start(),
                span.start + found.end(),
                Box(x0, bottom - how.size, x1, bottom),
                how.size,
                how.bold,
                how.italic,
                page,
            )
        left += line.scale * extent


def _fit_widths(stacks: Sequence[_Stack], page_width: float) -> None:
    """Narrow stacks whose estimate runs into what stands beside them, or over the page's edge.

    A little too wide, an estimate closes the gutter; far too wide, it is the other's position
    that says nothing.
    """
    ordered = sorted(stacks, key=lambda stack: stack.lines[0].left)
    lefts = [stack.lines[0].left for stack in ordered]
    for stack in stacks:
        left, extent = stack.lines[0].left, max(line.extent for line in stack.lines)
        beside = (
            other.lines[0].left - CLEARANCE * stack.size
            for other in ordered[
                bisect_right(lefts, left + LEAST_SCALE * extent) : bisect_left(
                    lefts, left + extent + CLEARANCE * stack.size
                )
            ]
            if other.lines[0].top < stack.lines[-1].top + LEVEL * stack.size
            and other.lines[-1].top > stack.lines[0].top - LEVEL * stack.size
        )
        room = min([page_width, *beside]) - left
        if LEAST_SCALE * extent <= room < extent:
            for line in stack.lines:
                line.scale *= room / extent
    _fit_lines([line for stack in stacks for line in stack.lines])


def _fit_lines(lines: Sequence[_Line]) -> None:
    """Narrow lines that run into the next one on their own row: text is not overprinted.

    Where an element merges lines of several sizes, one size is given for all.
    """
    rows = sorted(lines, key=lambda line: line.top)
    tops = [line.top for line in rows]
    for line in rows:
        reach = LEVEL * line.size
        near = rows[bisect_left(tops, line.top - reach) : bisect_right(tops, line.top + reach)]
        edges = [other.left for other in near if other.left > line.left]
        room = min(edges, default=line.left) - CLEARANCE * line.size - line.left
        if 0 < room < line.extent:
            line.scale *= room / line.extent


# ------------------------------------------------------------------ how far lines are apart


def _anchor(stacks: Sequence[_Stack]) -> None:
    """Give each stack the bullets that stand left of its lines in elements of their own.

    A stack's line height is a rounded average; its bullets stand where they stand.
    """
    texts = [stack for stack in stacks if not stack.is_bullets]
    for marks in stacks:
        if not marks.is_bullets:
            continue
        _set_tops(marks, None)
        for mark in marks.lines:
            owners = [stack for stack in texts if _beside(mark, stack)]
            if owners:
                owner = max(owners, key=lambda stack: (stack.leaf.top, -stack.leaf.left))
                owner.anchors.append(mark.top)


def _beside(mark: _Line, stack: _Stack) -> bool:
    first = stack.lines[0]
    reach = first.left - mark.left
    return 0 < reach < BULLET_REACH * mark.size and first.top <= mark.top + LEVEL * mark.size


def _set_limits(stacks: Sequence[_Stack]) -> None:
    """Note for each stack of lines the top of the next one below it."""
    several = [stack for stack in stacks if len(stack.lines) > 1]
    for stack in several:
        left = stack.lines[0].left
        right = left + max(line.extent for line in stack.lines)
        below = (
            other.lines[0].top
            for other in stacks
            if not other.is_bullets
            and other.lines[0].top > stack.lines[0].top + LEVEL * stack.size
            and other.lines[0].left < right
            and other.lines[0].left + other.lines[0].extent > left
        )
        stack.limit = min(below, default=0.0)


class _Spacing(NamedTuple):
    pitch: float  # from line to line
    gap: float  # further white before an item


def _spacings(stacks: Iterable[_Stack]) -> dict[float, _Spacing]:
    """For each size of type the pitch and gap that explain best where bullets stand."""
    distances: dict[float, Counter[float]] = defaultdict(Counter)
    for stack in stacks:
        for before, after in pairwise(sorted(stack.anchors)):
            distances[round(stack.size, 1)][round(after - before, 1)] += 1
    return {size: _spacing(size, counts) for size, counts in distances.items()}


def _spacing(size: float, distances: Mapping[float, int]) -> _Spacing:
    def error(spacing: _Spacing) -> float:
        return sum(
            count * abs(distance - gap - max(round((distance - gap) / pitch), 1) * pitch)
            for (pitch, gap) in [spacing]
            for distance, count in distances.items()
        )

    candidates = [
        _Spacing(size * (1 + PITCH_STEP * n), size * GAP_STEP * m)
        for n in range(round((MAX_PITCH - 1) / PITCH_STEP) + 1)
        for m in range(round(MAX_GAP / GAP_STEP) + 1)
    ]
    return min(candidates, key=error)


def _set_tops(stack: _Stack, spacing: _Spacing | None) -> None:
    """Set where each line of the stack stands."""
    first = stack.lines[0].top
    starts = _starts(stack, spacing) if spacing and len(stack.lines) > 1 else []
    if spacing and starts:
        at = dict(starts)
        top = first
        for n, line in enumerate(stack.lines):
            line.top = top = at.get(n, top + spacing.pitch if n else first)
        return
    leading = _leading(stack)
    for before, line in pairwise(stack.lines):
        line.top = before.top + before.size + leading


def _leading(stack: _Stack) -> float:
    """The white between two lines of the stack."""
    count = len(stack.lines)
    if count < 2:
        return 0.0
    sizes = sum(line.size for line in stack.lines)
    if stack.leaf.height:
        # Type can be higher than its lines are apart, but not so that lines share a row.
        return max((stack.leaf.height - sizes) / (count - 1), -TIGHT * stack.size)
    pitch = stack.lines[0].runs[0][1].line or LINE_HEIGHT * stack.size
    leading = pitch - stack.size
    if stack.limit:
        leading = min(leading, (stack.limit - stack.lines[0].top - sizes) / (count - 1))
    return max(leading, 0.0)


def _starts(stack: _Stack, spacing: _Spacing) -> list[tuple[int, float]]:
    """Which lines stand beside the stack's bullets, and where; nothing if that cannot be told.

    The cheapest of all ways to give each bullet a line, in their order. It costs how much
    the distance differs from that of so many lines, and an item before it that has no end.
    """
    first, count = stack.lines[0].top, len(stack.lines)
    anchors = sorted(stack.anchors)
    if not anchors or anchors[0] - first > LEVEL * stack.size:
        anchors.insert(0, first)
    if len(anchors) > count:
        return []
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]  # by line: cost, line before
    for before, after in pairwise(anchors):
        row: dict[int, tuple[float, int]] = {}
        for line in range(len(best), count - (len(anchors) - 1 - len(best))):
            ended = TERMINAL.search(stack.lines[line - 1].text) is not None
            row[line] = min(
                (
                    cost
                    + abs(after - before - spacing.gap - (line - start) * spacing.pitch)
                    / spacing.pitch
                    + (0.0 if ended else UNENDED),
                    start,
                )
                for start, (cost, _) in best[-1].items()
                if start < line
            )
        best.append(row)
    bottom = stack.limit or (stack.lines[0].top + stack.leaf.height if stack.leaf.height else 0.0)
    line = min(
        best[-1],
        key=lambda n: (
            best[-1][n][0]
            + _excess(anchors[-1] + (count - n) * spacing.pitch, bottom) / spacing.pitch
        ),
    )
    out: list[tuple[int, float]] = []
    for row, anchor in zip(reversed(best), reversed(anchors), strict=True):
        out.append((line, anchor))
        line = row[line][1]
    return out[::-1]


def _excess(reached: float, limit: float) -> float:
    return max(reached - limit, 0.0) if limit else 0.0
