"""The tree of elements to pages of positioned lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from breakthrough_extract.document import Box, Span
from breakthrough_extract.readers.html import NUMBERED, events
from breakthrough_extract.readers.positioned.css import Css, css_of, length, setting_of
from breakthrough_extract.readers.positioned.nouns import Found, Leaf, Page, Run, Setting

OUTLINE = "outline"  # its name for the list of contents that it adds at the end
PAGE_ID = re.compile(r"^page(\d+)-div$")


class _Open(NamedTuple):
    """An element that is being read."""

    set: Setting
    left: float  # of the element, on the plane that its positions count from
    top: float
    leaf: Leaf | None  # the positioned element that text here belongs to
    navigation: bool = False
    page: str = ""  # as the element's id has it


@dataclass
class Walk:
    """One pass over the tree, collecting positioned lines page by page."""

    sheet: Mapping[str, Css]
    runs: Sequence[Span]
    pages: list[Page] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=lambda: [_Open(Setting(), 0.0, 0.0, None)])
    outline: bool = False  # whether the list of contents that pdftohtml adds has begun
    seen: set[int] = field(default_factory=set)  # indices of the runs that the tree has
    frame: Box | None = None  # an empty box that may turn out to be the next page
    found: Found = field(default_factory=lambda: Found([], [], []))

    def read(self, soup: BeautifulSoup) -> Found:
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
        css = css_of(tag, self.sheet, page)
        setting = setting_of(tag, css, parent.set)
        left, top = length(css, "left"), length(css, "top")
        wide, high = length(css, "width") or 0.0, length(css, "height") or 0.0
        now = parent._replace(set=setting, page=page)
        if tag.name == "br":
            if parent.leaf:
                parent.leaf.lines.append([])
        elif left is not None and top is not None:
            now = self._positioned(tag, now, left, top, wide, high)
        elif css.get("position") == "absolute" and not parent.leaf:
            # Text at no place on the page: the name of the page, links to the others.
            now = now._replace(navigation=True)
        elif OUTLINE in (tag.name, tag.get("name")):
            self.outline = True
        elif wide and high and not parent.leaf:
            self.pages.append(Page(wide, high))
        if tag.name == "a" and tag.get("name") and self.frame and not parent.leaf:
            # A page's frame is followed by its name.
            x0, y0, x1, y1 = self.frame
            self._page().frames.remove(self.frame)
            self.pages = [page for page in self.pages if page.boxes or page.frames or page.width]
            self.pages.append(Page(x1 - x0, y1 - y0, x0, y0))
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
        leaf = Leaf(left, top, wide, high)
        self._page().boxes.append(leaf)
        return now._replace(left=left, top=top, leaf=leaf)

    def _page(self) -> Page:
        if not self.pages:
            self.pages.append(Page())
        return self.pages[-1]

    def _text(self, node: str) -> None:
        now = self.stack[-1]
        for number in NUMBERED.findall(node):
            run = self.runs[int(number)]
            self.seen.add(int(number))
            if now.leaf:
                now.leaf.lines[-1].append(Run(run, now.set))
            elif now.navigation or self.outline:
                self.found.navigation.append(run)
            else:
                self.found.outside.append(run)
