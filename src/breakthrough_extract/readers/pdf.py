"""PDF → Document: characters, boxes, styles and drawn shapes; `layout` makes blocks of them.

pdfium does the reading. Its per-character functions are called through `map` over bare
function pointers that write into one buffer: 0.7 µs a character, against 3.6 µs through
the ctypes wrappers (25,000 characters, 2026-11).
"""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise, repeat
from math import hypot, pi
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from breakthrough_extract.document import Box, Document, Page, Source, Span
from breakthrough_extract.limits import USUAL, Limits
from breakthrough_extract.readers.errors import ReadError
from breakthrough_extract.readers.guard import Guard
from breakthrough_extract.readers.layout import Sheet, Word, analyse
from breakthrough_extract.readers.layout.boxes import on_one_line

if TYPE_CHECKING:
    from breakthrough_extract.readers.ocr import Recogniser

MEDIA_TYPE = "application/pdf"
# A PDF ends with this mark; readers look for it in the last 1,024 bytes, we are twice as lenient.
END_MARK, END_WINDOW = b"%%EOF", 2048
START_MARK, START_WINDOW = b"%PDF-", 1024
# What pdfium gives for a hyphen at a line's end, in place of the hyphen and the line break:
# U+0002 from FPDFText_GetUnicode, U+FFFE from FPDFText_GetText.
LINE_END_HYPHEN = re.compile("[\x02\ufffe]")
UNMAPPED = "\ufffd"  # a glyph whose font does not say which character it is
PAGE_BREAK = "\n\f"
TOKEN = re.compile(r"\S+")
BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
FLAG_ITALIC, FLAG_FORCE_BOLD = 1 << 6, 1 << 18  # PDF 32000-1, table 123
RENDER_FILL_STROKE = 2  # text drawn filled and stroked: how word processors fake bold
MAX_RULE = 3.0  # points; a thinner shape is a line, a thicker one an area
MAX_MARK = 7.0  # points; a filled shape no larger than this can be a drawn bullet
MAX_SHAPES = 20_000  # a page; more is a drawing, which says nothing about the text's regions
MAX_DEPTH = 8  # form XObjects within form XObjects
SCAN_DPI = 200  # the picture that text is recognised on; measured in bench/ocr.py
SIDEWAYS = 0.1  # radians by which a line can be off
GLYPH_GAP, WORD_SPACE = 0.1, 0.6  # in line heights: within a word at most; between two
GAP = 0.25  # of the size: characters further apart than this are not one word
NOWHERE = Box(0.0, 0.0, 0.0, 0.0)  # a character that pdfium has no place for
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_pdf(name: str, data: bytes, limits: Limits = USUAL) -> Document:
    """The document in the bytes `data` of the file `name`.

    Raises ReadError if the file is encrypted, truncated or malformed, or holds no text, and
    LimitError if it goes beyond the limits.
    """
    source, sheets = read_sheets(Guard(name, limits), data)
    layout = analyse(source.text, sheets, source.boxes, name)
    return Document(source, layout.blocks, layout.markup, layout.cut)


def read_sheets(guard: Guard, data: bytes) -> tuple[Source, tuple[Sheet, ...]]:
    """All characters with their boxes, and page by page the words and the drawn shapes."""
    name = guard.name
    texts: list[str] = []
    boxes: list[Box | None] = []
    confidence: list[float] = []
    pages: list[Page] = []
    sheets: list[Sheet] = []
    scanned: set[int] = set()
    for number, page in enumerate(_pages(guard, data), 1):
        if texts:
            texts.append(PAGE_BREAK)
            boxes.extend([None] * len(PAGE_BREAK))
            confidence.extend([1.0] * len(PAGE_BREAK))
        start = len(boxes)
        texts.append(page.text)
        boxes.extend(page.boxes)
        guard.check("characters", len(boxes))
        confidence.extend(page.confidence or [1.0] * len(page.text))
        span = Span(start, len(boxes))
        pages.append(Page(number, page.width, page.height, span, page.unread))
        sheets.append(Sheet(number, page.width, page.height, tuple(page.words), *page.shapes))
        if page.confidence:
            scanned.add(number)
    text = "".join(texts)
    if not text.strip():
        raise _no_text(name, any(page.unread for page in pages))
    if scanned:
        from breakthrough_extract.readers import ocr

        sheets = ocr.even_sizes(sheets, scanned)
    source = Source(
        name,
        hashlib.sha256(data).hexdigest(),
        MEDIA_TYPE,
        "",
        text,
        tuple(pages),
        tuple(boxes),
        tuple(confidence) if scanned else (),
    )
    return source, tuple(sheets)


def _no_text(name: str, unread: bool) -> ReadError:
    if unread:
        remedy = "pip install 'breakthrough-extract[ocr]' to have them recognised"
        return ReadError(f"{name}: the pages are scans and hold no text; {remedy}")
    return ReadError(f"{name}: no text, and none that the extra [ocr] can see; scan it again")


class _Shapes(NamedTuple):
    rules: tuple[Box, ...]
    areas: tuple[Box, ...]
    marks: tuple[Box, ...]


class _PageRead(NamedTuple):
    width: float
    height: float
    text: str
    boxes: list[Box | None]  # one a character of `text`
    words: list[Word]
    shapes: _Shapes
    confidence: Sequence[float] = ()  # one a character if they were recognised on a picture
    unread: bool = False  # as in `Page`


def _pages(guard: Guard, data: bytes) -> Iterator[_PageRead]:
    name = guard.name
    _check_frame(name, data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _load_error(name, error) from None
    try:
        count = len(document)
        if not count:
            raise ReadError(f"{name}: the PDF has no pages; export the document again")
        guard.check("pages", count)
        start = 0
        scans = _Scans(document, guard)
        load = _Load(guard)
        for index in range(count):
            page = _page(load, document, index, start)
            if not page.text.strip():
                page = scans.read(page, index, start)
            yield page
            start += len(page.text) + len(PAGE_BREAK)
    finally:
        document.close()


def _check_frame(name: str, data: bytes) -> None:
    if START_MARK not in data[:START_WINDOW]:
        raise ReadError(f"{name}: not a PDF, it does not begin with %PDF-; give the PDF itself")
    if END_MARK not in data[-END_WINDOW:]:
        raise ReadError(
            f"{name}: the PDF is truncated, its end mark %%EOF is missing; fetch the file again"
        )


def _load_error(name: str, error: pypdfium2.PdfiumError) -> ReadError:
    if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
        return ReadError(f"{name}: the PDF is encrypted; save a copy without a password")
    return ReadError(f"{name}: the PDF is malformed ({error}); export the document again")


@dataclass
class _Load:
    """How much was found on the pages so far."""

    guard: Guard
    objects: int = 0

    def add(self, count: int) -> None:
        """So many further objects. Raises LimitError."""
        self.objects += count
        self.guard.check("objects", self.objects)


def _page(load: _Load, document: pypdfium2.PdfDocument, index: int, start: int) -> _PageRead:
    """The page of that index (0-based), whose text begins at `start` in the source's."""
    name = load.guard.name
    page = _loaded(name, document, index)
    try:
        load.add(max(pdfium.FPDFPage_CountObjects(page), 0))
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise _page_error(name, index, error) from None
    try:
        load.guard.check("characters", start + max(pdfium.FPDFText_CountChars(textpage), 0))
        frame = _Frame.of(page)
        text, boxes, codes = _characters(textpage, frame)
        content = _Content(text, boxes, codes, _Styles(textpage), start, index + 1)
        words = _laid_down(list(_words(content)))
        return _PageRead(frame.width, frame.height, text, boxes, words, _shapes(page, frame, load))
    finally:
        textpage.close()
        page.close()


def _loaded(name: str, document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """The page of that index (0-based). Of a malformed file it may come once and never again."""
    try:
        return document[index]
    except pypdfium2.PdfiumError as error:
        raise _page_error(name, index, error) from None


def _page_error(name: str, index: int, error: pypdfium2.PdfiumError) -> ReadError:
    return ReadError(f"{name}: page {index + 1} is malformed ({error}); export the document again")


class _Scans:
    """Reads pages that are pictures, if there is what recognises text."""

    def __init__(self, document: pypdfium2.PdfDocument, guard: Guard) -> None:
        self.document = document
        self.guard = guard

    @cached_property
    def recogniser(self) -> Recogniser | None:
        from breakthrough_extract.readers import ocr

        return ocr.load()

    def read(self, blank: _PageRead, index: int, start: int) -> _PageRead:
        """The page of that index, which was found to have no text."""
        page = _loaded(self.guard.name, self.document, index)
        try:
            if not pdfium.FPDFPage_CountObjects(page):
                return blank
            if not self.recogniser:
                return blank._replace(unread=True)
            width, height = page.get_size()
            self.guard.check("pixels", width * height * (SCAN_DPI / 72) ** 2)
            bitmap = page.render(scale=SCAN_DPI / 72, grayscale=True)
            scan = self.recogniser.read(bitmap.to_numpy(), 72 / SCAN_DPI, start, index + 1)
        finally:
            page.close()
        return blank._replace(
            text=scan.text,
            boxes=scan.boxes,
            words=scan.words,
            confidence=scan.confidence,
            shapes=_Shapes(scan.rules, (), ()),
        )


class _Frame(NamedTuple):
    """The visible page in PDF user space, and how it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int  # quarter turns clockwise

    @staticmethod
    def of(page: pypdfium2.PdfPage) -> _Frame:
        rect = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, rect)
        turn = max(pdfium.FPDFPage_GetRotation(page), 0) % 4
        return _Frame(rect.left, rect.bottom, rect.right, rect.top, turn)

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turn % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turn % 2 else self.top - self.bottom

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box of a rectangle in user space (y upwards)."""
        left, bottom, right, top, turn = self
        match turn:
            case 0:
                return Box(x0 - left, top - y1, x1 - left, top - y0)
            case 1:
                return Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left)
            case 2:
                return Box(right - x1, y0 - bottom, right - x0, y1 - bottom)
            case _:
                return Box(top - y1, right - x1, top - y0, right - x0)


def _bare(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Pdfium's function of that name without the argument checks of its wrapper."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    if not address:
        raise RuntimeError(f"pdfium has no {name}")
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_unicode = _bare("FPDFText_GetUnicode", ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_loose_box = _bare(
    "FPDFText_GetLooseCharBox", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)


def _characters(
    textpage: pypdfium2.PdfTextPage, frame: _Frame
) -> tuple[str, list[Box | None], list[int]]:
    """The page's text, and for each of its characters the box and pdfium's index."""
    count = max(pdfium.FPDFText_CountChars(textpage), 0)
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    text = "".join(map(chr, map(_unicode, repeat(handle), range(count)))).replace("\0", UNMAPPED)
    rects = (ctypes.c_float * (4 * count))()  # FS_RECTF: left, top, right, bottom
    base = ctypes.addressof(rects)
    deque(map(_loose_box, repeat(handle), range(count), range(base, base + 16 * count, 16)), 0)
    flat = list(rects)
    lefts, tops, rights, bottoms = flat[0::4], flat[1::4], flat[2::4], flat[3::4]
    boxes: list[Box | None]
    if frame.turn == 0:
        left, top = frame.left, frame.top
        boxes = [
            Box(x0 - left, top - y1, x1 - left, top - y0)
            for x0, y0, x1, y1 in zip(lefts, bottoms, rights, tops, strict=True)
        ]
    else:
        boxes = list(map(frame.box, lefts, bottoms, rights, tops))
    for made in re.finditer("[\r\n]", text):  # pdfium's own line breaks stand nowhere
        boxes[made.start()] = None
    codes = list(range(count))
    turn = partial(pdfium.FPDFText_GetCharAngle, textpage)
    text = _on_one_line(text, boxes, codes, turn)
    # A surrogate pair given as two characters would not survive encoding: join it.
    for pair in reversed(list(re.finditer("[\ud800-\udbff][\udc00-\udfff]", text))):
        at = pair.start()
        joined = pair.group().encode("utf-16", "surrogatepass").decode("utf-16")
        text = text[:at] + joined + text[at + 2 :]
        del boxes[at + 1], codes[at + 1]
    text = re.sub("[\ud800-\udfff]", UNMAPPED, text)
    for hyphen in reversed(list(LINE_END_HYPHEN.finditer(text))):
        boxes.insert(hyphen.end(), None)
        codes.insert(hyphen.end(), -1)
    return LINE_END_HYPHEN.sub("-\n", text), boxes, codes


def _on_one_line(
    text: str, boxes: list[Box | None], codes: list[int], turn: Callable[[int], float]
) -> str:
    """The text without breaks in the middle of lines; `boxes` and `codes` are kept in step.

    On a page of few words pdfium can take lines for columns, and break between the letters;
    so it does within lines set sideways. `turn` gives the angle of a character in radians.
    """
    parts: list[str] = []
    kept: list[int] = []  # indices into `text`
    at = 0
    for made in re.finditer("[\r\n]+", text):
        start, end = made.span()
        if not start or end == len(text):
            continue
        before, after = boxes[start - 1], boxes[end]
        if before is None or after is None:
            continue
        if _stacked(before, after):
            before, after = (_laid(box, turn(codes[end])) for box in (before, after))
        gap = _gap(before, after)
        if gap is None or gap > WORD_SPACE:
            continue
        parts.append(text[at:start] + (" " if gap > GLYPH_GAP else ""))
        kept += range(at, start + (gap > GLYPH_GAP))
        at = end
    if not parts:
        return text
    kept += range(at, len(text))
    boxes[:] = [boxes[n] for n in kept]
    codes[:] = [codes[n] for n in kept]
    return "".join(parts) + text[at:]


def _gap(before: Box, after: Box) -> float | None:
    """The white between two characters in line heights; None if they stand on two lines."""
    if after.x0 < before.x0 or not on_one_line(before, after):
        return None
    return (after.x0 - before.x1) / max(before.bottom - before.top, after.bottom - after.top)


def _stacked(before: Box, after: Box) -> bool:
    """Whether one character stands right above or below the other."""
    common = min(before.x1, after.x1) - max(before.x0, after.x0)
    apart = max(before.top, after.top) - min(before.bottom, after.bottom)
    width = min(before.x1 - before.x0, after.x1 - after.x0)
    return common > 0.5 * width and apart < WORD_SPACE * (after.x1 - after.x0)


def _laid(box: Box, turn: float) -> Box:
    """The box as it would be if the line that it is in were not set sideways."""
    if abs(turn - 3 * pi / 2) < SIDEWAYS:  # clockwise: read upwards
        return Box(-box.bottom, box.x0, -box.top, box.x1)
    if abs(turn - pi / 2) < SIDEWAYS:
        return Box(box.top, -box.x1, box.bottom, -box.x0)
    return box


class _Style(NamedTuple):
    size: float
    bold: bool
    italic: bool


class _Styles:
    """The style of a character, asked for once a text object."""

    def __init__(self, textpage: pypdfium2.PdfTextPage) -> None:
        self.textpage = textpage
        self.handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
        self.known: dict[int | None, _Style] = {}
        self.fonts: dict[int | None, tuple[bool, bool]] = {}

    def object(self, code: int) -> int | None:
        found: int | None = _text_object(self.handle, code)
        return found

    def of(self, code: int, thing: int | None) -> _Style:
        if thing not in self.known:
            self.known[thing] = self._read(code, thing)
        return self.known[thing]

    def _read(self, code: int, thing: int | None) -> _Style:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.textpage, code, matrix)
        size = pdfium.FPDFText_GetFontSize(self.textpage, code) * hypot(matrix.c, matrix.d)
        if not thing:
            return _Style(size, False, False)
        handle = ctypes.cast(ctypes.c_void_p(thing), pdfium.FPDF_PAGEOBJECT)
        font = pdfium.FPDFTextObj_GetFont(handle)
        bold, italic = self._font(font) if font else (False, False)
        struck = pdfium.FPDFTextObj_GetTextRenderMode(handle) == RENDER_FILL_STROKE
        slanted = abs(matrix.b) < 0.01 * abs(matrix.a) and matrix.c > 0.1 * abs(matrix.d)
        return _Style(round(size, 2), bold or struck, italic or slanted)

    def _font(self, font: Any) -> tuple[bool, bool]:
        key = ctypes.cast(font, ctypes.c_void_p).value
        if key not in self.fonts:
            size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
            buffer = ctypes.create_string_buffer(max(size, 1))
            pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
            name = buffer.value.decode("latin-1")
            flags = max(pdfium.FPDFFont_GetFlags(font), 0)
            # Not FPDFFont_GetWeight: it guesses from the stems, 610 for a Times Italic and
            # 380 for an Arial Bold.
            bold = bool(BOLD_NAME.search(name)) or bool(flags & FLAG_FORCE_BOLD)
            italic = bool(ITALIC_NAME.search(name)) or bool(flags & FLAG_ITALIC)
            self.fonts[key] = (bold, italic)
        return self.fonts[key]


_text_object = _bare("FPDFText_GetTextObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)


class _Content(NamedTuple):
    """The characters of one page."""

    text: str
    boxes: list[Box | None]  # one a character of `text`
    codes: list[int]  # for each character pdfium's index
    styles: _Styles
    start: int  # of the page in the source's text
    page: int  # 1-based


def _words(content: _Content) -> Iterator[Word]:
    """The words of a page in the order stored, split at white space and at jumps."""
    codes, styles = content.codes, content.styles
    for token in TOKEN.finditer(content.text):
        start, end = token.span()
        first = styles.object(codes[start])
        if end - start > 1 and styles.object(codes[end - 1]) != first:
            yield from _split(content, start, end)
        else:
            yield _word(content, start, end, styles.of(codes[start], first))


def _split(content: _Content, start: int, end: int) -> Iterator[Word]:
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
    if _stacked(before, after):
        return False  # a line set sideways
    apart = after.x0 - before.x1
    level = min(before.bottom, after.bottom) - max(before.top, after.top)
    return level <= 0 or abs(apart) > max(GAP * size, 0.5)


def _word(content: _Content, start: int, end: int, style: _Style) -> Word:
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
        end = at + 1
        while end < len(words) and _same_track(words[at], words[end]):
            end += 1
        if not _sideways(words[at]):
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


def _sideways(word: Word) -> bool:
    width, height = word.box.x1 - word.box.x0, word.box.bottom - word.box.top
    return len(word.text) > 2 and height > 2 * width and height > 1.5 * word.size


def _same_track(one: Word, other: Word) -> bool:
    """Whether two words of a line set sideways can be of one line."""
    apart = max(one.box.top, other.box.top) - min(one.box.bottom, other.box.bottom)
    near = -0.5 * one.size < apart < one.size
    return near and abs(one.box.x0 - other.box.x0) < 0.2 * one.size


def _shapes(page: pypdfium2.PdfPage, frame: _Frame, load: _Load) -> _Shapes:
    """The lines, areas and bullet-sized marks drawn on the page."""
    rules: list[Box] = []
    areas: list[Box] = []
    marks: list[Box] = []
    for count, (box, filled) in enumerate(_subpaths(page, frame, load)):
        if count >= MAX_SHAPES:
            break
        width, height = box.x1 - box.x0, box.bottom - box.top
        if filled and max(width, height) <= MAX_MARK and min(width, height) > 1.0:
            marks.append(box)
        elif min(width, height) <= MAX_RULE:
            rules.append(box)
        else:
            areas.append(box)
    return _Shapes(tuple(rules), tuple(areas), tuple(marks))


def _subpaths(page: pypdfium2.PdfPage, frame: _Frame, load: _Load) -> Iterator[tuple[Box, bool]]:
    """The box of each visible subpath, and whether it is filled."""
    for thing, matrix in _objects(
        page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, IDENTITY, 0, load
    ):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
        if not fill.value and not stroke.value:
            continue  # a clipping path
        whole = _multiply(_matrix(thing), matrix)
        for points in _subpath_points(thing):
            spots = [_apply(whole, x, y) for x, y in points]
            xs, ys = [x for x, _ in spots], [y for _, y in spots]
            yield frame.box(min(xs), min(ys), max(xs), max(ys)), bool(fill.value)


def _objects(
    parent: Any, count: Any, get: Any, matrix: Matrix, depth: int, load: _Load
) -> Iterator[tuple[Any, Matrix]]:
    """The path objects of a page or form, with the matrix that they are drawn under."""
    if depth:
        load.add(max(count(parent), 0))
    for index in range(count(parent)):
        thing = get(parent, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield thing, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            yield from _objects(
                thing,
                pdfium.FPDFFormObj_CountObjects,
                pdfium.FPDFFormObj_GetObject,
                _multiply(_matrix(thing), matrix),
                depth + 1,
                load,
            )


def _matrix(thing: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _multiply(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return (
        a * k + b * n,
        a * m + b * o,
        c * k + d * n,
        c * m + d * o,
        e * k + f * n + p,
        e * m + f * o + q,
    )


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _subpath_points(path: Any) -> Iterator[list[tuple[float, float]]]:
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(max(pdfium.FPDFPath_CountSegments(path), 0)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    if len(points) > 1:
        yield points
