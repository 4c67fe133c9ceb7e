"""Markup that gives boxes: poppler's `-bbox`, hOCR, ALTO, the XML of pdfminer and PyMuPDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from breakthrough_extract.document import Box, Span
from breakthrough_extract.readers.html import ATTRIBUTE, TAG, TOKEN
from breakthrough_extract.readers.measured.nouns import Page, Set
from breakthrough_extract.readers.positioned.css import BOLD_NAME, ITALIC_NAME

NUMBER = re.compile(r"-?[0-9]{1,7}(?:\.[0-9]{1,20})?")
TITLE_BOX = re.compile(r"\bbbox((?:\s+-?[0-9]{1,7}(?:\.[0-9]{1,20})?){4})")
TITLE_SIZE = re.compile(r"\bx_size\b")
CLASS = re.compile(r"\bocrx?_\w+")
DRAWN = ("rect", "line", "curve")  # pdfminer's names for shapes
BOLD, ITALIC = ("strong", "b"), ("em", "i")


@dataclass
class _Scan:
    """One pass over the tags."""

    text: str
    pages: list[Page] = field(default_factory=list)
    outside: list[Span] = field(default_factory=list)
    upward: float = 0.0  # the page's height, where y runs upwards
    line: Box | None = None  # of the line that is being read, where the format has lines
    size: float = 0.0  # of the type, if said
    font: str = ""
    joins: bool = False  # whether the next character can be of the same word as the last
    open: Set | None = None  # the word whose text comes next
    closing: str = ""  # the tag that ends it
    deep: int = 0  # elements of that name that are open within it
    styles: dict[str, Mapping[str, str]] = field(default_factory=dict)  # ALTO's, by id

    def read(self) -> tuple[list[Page], list[Span]]:
        at = 0
        for token in TOKEN.finditer(self.text):
            self._run(Span(at, token.start()))
            at = token.end()
            tag = TAG.fullmatch(token.group())
            if tag and tag[1]:
                self._close(tag[2].lower())
            elif tag:
                start = token.start(0) + tag.start(3)
                self._open(tag[2].lower(), tag[3], start)
        self._run(Span(at, len(self.text)))
        return self.pages, self.outside

    def _run(self, run: Span) -> None:
        blank = not self.text[run.start : run.end].strip()
        if self.open and not blank:
            self.open = self.open._replace(runs=(*self.open.runs, run))
        elif not blank:
            self.outside.append(run)

    def _open(self, name: str, said: str, start: int) -> None:
        if self.open:
            self._style(name)
            self.deep += name == self.closing and not said.endswith("/")
            return
        found = {pair[1].lower(): pair for pair in ATTRIBUTE.finditer(said)}
        how = {key: pair[2].strip("\"'") for key, pair in found.items()}
        kind = CLASS.search(how.get("class", ""))
        if kind:
            self._hocr(kind.group(), name, how.get("title", ""))
        elif name in OPENED:
            values = {
                key: Span(start + pair.start(2) + 1, start + pair.end(2) - 1)
                for key, pair in found.items()
            }
            OPENED[name](self, how, values)
        elif name in DRAWN and "bbox" in how and self.upward and self.pages:
            self.pages[-1].shapes.append(self._turned(_numbers(how["bbox"])))

    def _close(self, name: str) -> None:
        if not self.open or name != self.closing:
            return
        if self.deep:
            self.deep -= 1
            return
        if self.open.runs and self.pages:
            self.pages[-1].words.append(self.open)
            self.joins = True
        elif not self.open.runs:
            self.joins = False  # white space, as an element of its own
        self.open = None

    def _begin(self, name: str, box: Box, size: float, face: str = "", joins: bool = False) -> None:
        bold, italic = bool(BOLD_NAME.search(face)), bool(ITALIC_NAME.search(face))
        self.open = Set((), box, size, bold, italic, joins)
        self.closing, self.deep = name, 0

    def _style(self, name: str) -> None:
        if self.open:
            bold, italic = self.open.bold or name in BOLD, self.open.italic or name in ITALIC
            self.open = self.open._replace(bold=bold, italic=italic)

    def take_page(self, how: Mapping[str, str], _: Mapping[str, Span]) -> None:
        if "bbox" in how:
            x0, y0, x1, y1 = _numbers(how["bbox"])
            self.upward = y1 - y0
            self.pages.append(Page(x1 - x0, y1 - y0))
        else:
            self.pages.append(Page(_number(how.get("width", "")), _number(how.get("height", ""))))

    def _hocr(self, kind: str, name: str, title: str) -> None:
        found = TITLE_BOX.search(title)
        if not found:
            return
        box = Box(*_numbers(found[1]))
        if kind == "ocr_page":
            self.pages.append(Page(box.x1 - box.x0, box.bottom - box.top, scanned=True))
        elif kind == "ocrx_word":
            # Boxes of words hug their ink; the line's is as high as its type.
            line = self.line or box
            reach = box._replace(top=line.top, bottom=line.bottom)
            self._begin(name, reach, reach.bottom - reach.top)
        elif TITLE_SIZE.search(title):  # a line of whatever kind
            self.line = box

    def take_word(self, how: Mapping[str, str], _: Mapping[str, Span]) -> None:
        """Poppler's."""
        if "xmin" in how:
            box = Box(*(_number(how.get(key, "")) for key in ("xmin", "ymin", "xmax", "ymax")))
            self._begin("word", box, box.bottom - box.top)

    def take_font(self, how: Mapping[str, str], _: Mapping[str, Span]) -> None:
        self.font, self.size = how.get("name", ""), _number(how.get("size", ""))

    def take_line(self, how: Mapping[str, str], _: Mapping[str, Span]) -> None:
        self.joins, self.line = False, _alto_box(how) if "hpos" in how else None

    def take_alto_style(self, how: Mapping[str, str], _: Mapping[str, Span]) -> None:
        self.styles[how.get("id", "")] = how

    def take_alto(self, how: Mapping[str, str], values: Mapping[str, Span]) -> None:
        """Where a word goes on behind a hyphen on the next line, both halves are given."""
        run = values.get("content")
        if run is None or not self.pages or run.end <= run.start:
            return
        box = _alto_box(how)
        line = self.line or box
        style = self.styles.get(how.get("stylerefs", "").partition(" ")[0], {})
        face = how.get("style", "") + style.get("fontstyle", "") + style.get("fontfamily", "")
        bold, italic = bool(BOLD_NAME.search(face)), bool(ITALIC_NAME.search(face))
        box = box._replace(top=line.top, bottom=line.bottom)
        self.pages[-1].scanned = True
        size = box.bottom - box.top
        self.pages[-1].words.append(Set((run,), box, size, bold, italic))

    def take_character(self, how: Mapping[str, str], _: Mapping[str, Span]) -> None:
        """pdfminer's: white space is a character without a box, or with one."""
        if "bbox" in how:
            box = self._turned(_numbers(how["bbox"]))
            size = _number(how.get("size", "")) or box.bottom - box.top
            self._begin("text", box, size, how.get("font", ""), self.joins)
        else:
            self._begin("text", Box(0, 0, 0, 0), 0)

    def take_quad(self, how: Mapping[str, str], values: Mapping[str, Span]) -> None:
        """PyMuPDF's character."""
        run = values.get("c")
        if run is None or how["c"].isspace() or "quad" not in how or not self.pages:
            self.joins = False
            return
        x0, top, *_, x1, bottom = _numbers(how["quad"])
        bold, italic = bool(BOLD_NAME.search(self.font)), bool(ITALIC_NAME.search(self.font))
        one = Set((run,), Box(x0, top, x1, bottom), self.size, bold, italic, self.joins)
        self.pages[-1].words.append(one)
        self.joins = True

    def _turned(self, box: list[float]) -> Box:
        x0, low, x1, high = (*box, 0.0, 0.0, 0.0, 0.0)[:4]
        return Box(x0, self.upward - high, x1, self.upward - low)


# Elements by name, in lower case: what their attributes mean.
OPENED: dict[str, Callable[[_Scan, Mapping[str, str], Mapping[str, Span]], None]] = {
    "page": _Scan.take_page,
    "word": _Scan.take_word,
    "textstyle": _Scan.take_alto_style,
    "string": _Scan.take_alto,
    "hyp": _Scan.take_alto,
    "font": _Scan.take_font,
    "textline": _Scan.take_line,
    "text": _Scan.take_character,
    "char": _Scan.take_quad,
}


def pages_of_markup(text: str) -> tuple[list[Page], list[Span]]:
    """The pages, and the runs of text that stand in no word."""
    return _Scan(text).read()


def _number(text: str) -> float:
    found = NUMBER.match(text)
    return float(found.group()) if found else 0.0


def _numbers(text: str) -> list[float]:
    numbers = [float(found) for found in NUMBER.findall(text)]
    return numbers if len(numbers) >= 4 else [*numbers, 0.0, 0.0, 0.0, 0.0][:4]


def _alto_box(how: Mapping[str, str]) -> Box:
    left, top = _number(how.get("hpos", "")), _number(how.get("vpos", ""))
    return Box(
        left, top, left + _number(how.get("width", "")), top + _number(how.get("height", ""))
    )
