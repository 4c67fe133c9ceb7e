"""HTML to blocks. beautifulsoup4 with lxml builds the tree; spans stay those of the source.

Parsers do not say where a text node stood. So each run of text is replaced, before parsing,
by a numbered token; the tree then says what each run is, and the number where it stands.
Broken HTML costs nothing: whatever the parser makes of the tags, no run of text is lost
without the ledger seeing it.
"""

from __future__ import annotations

import html
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, PageElement

from breakthrough_extract.document import (
    Block,
    BlockKind,
    Passage,
    Piece,
    Place,
    Span,
    Style,
)
from breakthrough_extract.readers.guard import UNNAMED, Guard
from breakthrough_extract.readers.inline import TERM
from breakthrough_extract.readers.marks import itemise

# A tag, a comment, a declaration; or an element whose content is no text for a reader.
TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript|head)\b.*?(?:</\1\s*>|\Z)"
    r"|<[!?][^>]{0,4000}>|</?[A-Za-z][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
NUMBERED = re.compile("\ue000(\\d+)\ue001")
TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*)(.*)>", re.DOTALL)
ATTRIBUTE = re.compile(r"(?<![\w-])([A-Za-z][\w-]*)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre "
    "section summary table tbody td tfoot th thead title tr ul".split()
)
# DocBook's and JATS's names for what HTML has.
ALIASES = {
    "para": "p",
    "simpara": "p",
    "itemizedlist": "ul",
    "orderedlist": "ol",
    "listitem": "li",
    "list-item": "li",
    "informaltable": "table",
    "row": "tr",
    "entry": "td",
}
HEADINGS = {**{f"h{level}": level for level in range(1, 7)}, "summary": 2}
# Between blank lines in HTML that stands in Markdown, Markdown goes on.
MARKDOWN = re.compile(r"[ \t]*\n[ \t]*\n")
LINE_END = re.compile(r"\n\s*$")
ASIDES = frozenset(("nav", "footer"))
BOLD_TAGS = frozenset(("b", "strong", "th", "dt"))
LISTS = frozenset(("ul", "ol", "menu"))
ITALIC_TAGS = frozenset(("i", "em", "cite"))


def read_html(
    text: str,
    start: int,
    end: int,
    region: int = 0,
    guard: Guard = UNNAMED,
    in_markdown: bool = False,
) -> list[Block | Span]:
    """The blocks of `text[start:end]` in document order, and the spans that are markup.

    `region` numbers the first region; tables in the fragment count on from there.
    `in_markdown`: text behind a blank line keeps its lines, for they may be a list's.
    """
    runs, skeleton, markup = tokenise(text, start, end)
    walk = _Walk(text, runs, region, guard, in_markdown)
    return [*(Span(*span) for span in markup), *walk.blocks(tree(skeleton, guard))]


def tree(skeleton: str, guard: Guard) -> BeautifulSoup:
    """The tree of the elements of `skeleton`. Raises LimitError if it is too deep."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(skeleton, builder=_Builder(guard))


class _Builder(LXMLTreeBuilder):
    """beautifulsoup4's builder over lxml, stopped where elements are nested too deeply."""

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self.guard = guard

    def start(self, *arguments: Any, **named: Any) -> None:
        super().start(*arguments, **named)
        if self.soup:
            self.guard.check("nesting", len(self.soup.tagStack))


def looks_like_html(text: str) -> bool:
    """Whether `text` as a whole is an HTML file."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<?xml")) or "<body" in head


def tokenise(text: str, start: int, end: int) -> tuple[list[Span], str, list[Span]]:
    """The runs of text; the HTML with each run as a token; the spans of markup."""
    runs: list[Span] = []
    markup: list[Span] = []
    skeleton: list[str] = []
    at = start

    def take(run_end: int) -> None:
        if text[at:run_end].strip():
            skeleton.append(f"\ue000{len(runs)}\ue001")
            runs.append(Span(at, run_end))
        elif run_end > at:
            skeleton.append(" ")

    for token in TOKEN.finditer(text, start, end):
        take(token.start())
        markup.append(Span(token.start(), token.end()))
        skeleton.append(_plain_tag(token.group()))
        at = token.end()
    take(end)
    return runs, "".join(skeleton), markup


def _plain_tag(token: str) -> str:
    """The tag with its attributes, quoted as they must be; "" for what is no tag.

    So a quotation mark that is missing cannot make text part of an attribute.
    """
    found = TAG.fullmatch(token)
    if not found or token[1:].partition(">")[2]:
        return ""  # a comment, a declaration, an element whose content is no text
    closing, name, rest = found.groups()
    name = ALIASES.get(name.lower(), name)
    pairs = ATTRIBUTE.finditer(rest) if not closing else ()
    attributes = "".join(f' {pair[1]}="{html.escape(_unquoted(pair[2]))}"' for pair in pairs)
    slash = "/" if ATTRIBUTE.sub("", rest).rstrip().endswith("/") else ""
    return f"<{closing}{name}{attributes}{slash}>"


def _unquoted(value: str) -> str:
    return html.unescape(value[1:-1] if value[0] in "\"'" else value)


def decode(text: str, start: int, end: int, keep_lines: bool = False) -> Passage:
    """The passage `text[start:end]` with its character references read as characters.

    The source's own line breaks are spaces, unless they are kept: in HTML they mean no more.
    """
    line_end = "\n" if keep_lines else " "
    pieces: list[Piece] = []
    at = start
    for found in ENTITY.finditer(text, start, end):
        new = html.unescape(found.group())
        if new == found.group():
            continue
        if found.start() > at:
            pieces.append(
                Piece(at, found.start(), text[at : found.start()].replace("\n", line_end))
            )
        pieces.append(Piece(found.start(), found.end(), new, "entity"))
        at = found.end()
    if end > at:
        pieces.append(Piece(at, end, text[at:end].replace("\n", line_end)))
    return Passage(tuple(pieces))


@dataclass
class _Table:
    number: int
    row: int = -1
    column: int = -1
    width: int = 1  # of the cell that is being read
    high: int = 1
    # Cells that reach down from rows above: for each column the last row that is taken.
    taken: dict[int, int] = field(default_factory=dict)

    def next_cell(self, tag: Tag) -> int:
        """Go to the cell that `tag` is; returns how many it counts for: itself, those that it
        takes in rows below, those from above that it stands behind."""
        self.row = max(self.row, 0)
        self.column += 1
        behind = self.column
        while self.taken.get(self.column, -1) >= self.row:
            self.column += 1
        self.width, self.high = _extent(tag, "colspan"), _extent(tag, "rowspan")
        below = range(self.column, self.column + self.width) if self.high > 1 else ()
        for column in below:
            self.taken[column] = self.row + self.high - 1
        return 1 + len(below) + self.column - behind


# HTML's own limit for colspan; a larger rowspan reaches to the table's end all the same.
MOST_SPAN = 1000
NUMBER = re.compile(r"[0-9]{1,9}")


def _extent(tag: Tag, name: str) -> int:
    value = NUMBER.match(str(tag.get(name, "1")).strip())
    return min(max(int(value.group()), 1), MOST_SPAN) if value else 1


@dataclass
class _Walk:
    """One pass over the tree, collecting inline text until a block ends."""

    text: str
    runs: list[Span]
    region: int
    guard: Guard
    in_markdown: bool = False
    cells: int = 0  # of all tables so far
    tables: list[_Table] = field(default_factory=list)
    table_count: int = 0
    bold: int = 0  # elements that are open and make text bold
    italic: int = 0
    lists: int = 0
    asides: int = 0
    headings: list[int] = field(default_factory=list)  # the levels of those that are open
    inline: list[tuple[Passage, bool, bool]] = field(default_factory=list)
    breaks: int = 0  # <br> since the last inline text
    out: list[Block | Span] = field(default_factory=list)
    item: bool = False

    def blocks(self, soup: BeautifulSoup) -> list[Block | Span]:
        for event, node in events(soup):
            if isinstance(node, NavigableString):
                self._text(str(node))
            elif isinstance(node, Tag):
                (self._open if event == "open" else self._close)(node)
        self._flush()
        return self.out

    def _open(self, tag: Tag) -> None:
        if tag.name in BLOCK_TAGS:
            self._flush()  # what stood before belongs to the tags that were open before
        self._styled(tag, 1)
        if tag.name == "br":
            self.inline.append((Passage(), True, True))
        if tag.name not in BLOCK_TAGS:
            return
        if tag.name == "table":
            self.table_count += 1
            self.tables.append(_Table(self.table_count))
        elif tag.name == "tr" and self.tables:
            self.tables[-1].row += 1
            self.tables[-1].column = -1
        elif tag.name in ("td", "th") and self.tables:
            self.cells += self.tables[-1].next_cell(tag)
            self.guard.check("cells", self.cells)
            self.region += 1
        # A paragraph that opens an item is the item.
        self.item = tag.name == "li" or (self.item and tag.name in ("p", "div"))

    def _close(self, tag: Tag) -> None:
        if tag.name in BLOCK_TAGS:
            self._flush()
            self.item = False
        if tag.name == "table" and self.tables:
            self.tables.pop()
            self.region += 1
        elif tag.name in ("td", "th") and self.tables:
            self.tables[-1].column += self.tables[-1].width - 1
        self._styled(tag, -1)

    def _styled(self, tag: Tag, step: int) -> None:
        """The element opens (step 1) or closes (step -1)."""
        self.bold += step * (tag.name in BOLD_TAGS or tag.name in HEADINGS)
        self.italic += step * (tag.name in ITALIC_TAGS)
        self.lists += step * (tag.name in LISTS)
        self.asides += step * (tag.name in ASIDES)
        if tag.name in HEADINGS and step > 0:
            self.headings.append(HEADINGS[tag.name])
        elif tag.name in HEADINGS:
            self.headings.pop()

    def _text(self, node: str) -> None:
        bold, italic = self.bold > 0, self.italic > 0
        for number in NUMBERED.findall(node):
            run = self.runs[int(number)]
            lines = self.in_markdown and MARKDOWN.match(self.text, run.start, run.end)
            passage = decode(self.text, run.start, run.end, bool(lines))
            self.inline.append((passage, bold, italic))

    def _flush(self) -> None:
        parts = [entry for entry in self.inline if entry[0].text.strip()]
        if parts:
            said = [entry for entry in parts if any(map(str.isalnum, entry[0].text))] or parts
            level = self.headings[0] if self.headings else 0
            kind = BlockKind.ITEM if self.item else BlockKind.PARAGRAPH
            block = Block(
                text=self._without_terms(self._joined()),
                kind=BlockKind.HEADING if level else kind,
                level=level or max(self.lists - 1, 0) * self.item,
                style=Style(
                    bold=all(bold for _, bold, _ in said),  # a colon behind it may be plain
                    italic=all(italic for _, _, italic in said),
                ),
                place=self._place(),
                aside=self.asides > 0,
            )
            self.out.extend(itemise(block))
            self.item = False
        self.inline = []

    def _without_terms(self, text: Passage) -> Passage:
        """`text` without the marks that W3C's tools put around a term."""
        cuts = [
            Span(*span)
            for found in TERM.finditer(text.text)
            for span in ((found.start(), found.start(1)), (found.end(1), found.end()))
        ]
        self.out.extend(span for cut in cuts for span in text[cut.start : cut.end].spans)
        return text.without(cuts, "markup").strip() if cuts else text

    def _joined(self) -> Passage:
        """The inline runs as one passage: `<br>` is a line break, other tags are nothing.

        Nor is the end of a line one, but between labels: generators leave Markdown's lines so.
        """
        lines: list[list[Passage]] = [[]]
        for n, (part, _, _) in enumerate(self.inline):
            if part.pieces:
                if n and self._is_label(n) and self._is_label(0) and self._ends_line(n):
                    lines.append([])
                lines[-1].append(part)
            elif lines[-1]:
                lines.append([])
        return Passage.join(self._line(line) for line in lines if line)

    def _is_label(self, n: int) -> bool:
        """Whether an inline run is bold up to a colon."""
        part, bold, _ = self.inline[n]
        after = self.inline[n + 1][0].text if n + 1 < len(self.inline) else ""
        colon = part.text.rstrip().endswith((":", "：")) or after.lstrip().startswith((":", "："))
        return bold and colon and bool(part.pieces)

    def _ends_line(self, n: int) -> bool:
        """Whether an inline run begins a line of the source."""
        before, part = self.inline[n - 1][0], self.inline[n][0]
        between = self.text[before.pieces[0].start : part.pieces[0].start] if before.pieces else ""
        return LINE_END.search(TOKEN.sub("", between)) is not None

    def _line(self, parts: list[Passage]) -> Passage:
        pieces = list(parts[0].pieces)
        for before, part in pairwise(parts):
            end, start = pieces[-1].end, part.pieces[0].start
            if end != start:
                spaced = (
                    TOKEN.sub("", self.text[end:start]) != ""
                    or before.text[-1:].isspace()
                    or part.text[:1].isspace()
                )
                pieces.append(Piece(end, end, *((" ", "") if spaced else ("", "markup"))))
            pieces += part.pieces
        return Passage(tuple(pieces)).strip()

    def _place(self) -> Place:
        if not self.tables:
            return Place(region=self.region)
        table = self.tables[-1]
        return Place(
            region=self.region,
            table=table.number,
            row=table.row,
            column=max(table.column, 0),
            rows=table.high,
            columns=table.width,
        )


def events(soup: BeautifulSoup) -> Iterator[tuple[str, PageElement]]:
    """Each node as it opens and as it closes, without recursion: nesting may be deep."""
    stack: list[tuple[Tag, Iterator[PageElement]]] = [(soup, iter(soup.contents))]
    while stack:
        parent, children = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            if parent is not soup:
                yield "close", parent
        elif isinstance(node, Tag):
            yield "open", node
            stack.append((node, iter(node.contents)))
        else:
            yield "text", node
