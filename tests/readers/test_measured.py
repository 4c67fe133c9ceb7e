"""One page, two columns, as six formats give it that know the box of each word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

import pytest

from breakthrough_extract.readers.measured import is_measured, read_measured
from breakthrough_extract.readers.text import read_text
from tests.support.accounting import faults, source


class Line(NamedTuple):
    left: float
    top: float
    text: str


SIZE = 10.0
WIDE, HIGH = 600, 400
# Line by line over the page: what stands beside one another comes one after the other.
LINES = (
    Line(50, 50, "GREEN"),
    Line(330, 50, "RIPE"),
    Line(50, 64, "leave it on the tree, & do"),
    Line(330, 64, "pick it with the stalk"),
    Line(50, 76, "not touch it for a week"),
    Line(330, 76, "and eat it"),
)
READ = [
    "GREEN",
    "leave it on the tree, & do not touch it for a week",
    "RIPE",
    "pick it with the stalk and eat it",
]


def words(line: Line) -> Iterator[tuple[float, float, str]]:
    """Left, right and letters of each word; a letter is half as wide as it is high."""
    left = line.left
    for word in line.text.split():
        yield left, left + len(word) * SIZE / 2, word
        left += (len(word) + 1) * SIZE / 2


def bbox() -> str:
    inner = "".join(
        f'<word xMin="{left}" yMin="{line.top}" xMax="{right}" yMax="{line.top + SIZE}">'
        f"{escape(word)}</word>\n"
        for line in LINES
        for left, right, word in words(line)
    )
    page = f'<page width="{WIDE}" height="{HIGH}">\n{inner}</page>'
    return (
        f"<!DOCTYPE html><html><head><title>t</title></head><body><doc>{page}</doc></body></html>"
    )


def hocr() -> str:
    out = ""
    for line in LINES:
        inner = "".join(
            f"<span class='ocrx_word' title='bbox {left:.0f} {line.top + 2:.0f} {right:.0f} "
            f"{line.top + 9:.0f}; x_wconf 96'>{escape(word)}</span> "
            for left, right, word in words(line)
        )
        box = f"bbox {line.left:.0f} {line.top:.0f} {line.left + 200:.0f} {line.top + SIZE:.0f}"
        out += f"<span class='ocr_line' title=\"{box}; x_size 10\">{inner}</span>\n"
    page = f"<div class='ocr_page' title='image \"a.png\"; bbox 0 0 {WIDE} {HIGH}'>{out}</div>"
    return f'<?xml version="1.0"?>\n<html><head><title></title></head><body>{page}</body></html>'


def alto() -> str:
    out = ""
    for line in LINES:
        inner = "<SP/>".join(
            f'<String HPOS="{left}" VPOS="{line.top + 2}" WIDTH="{right - left}" HEIGHT="7" '
            f'CONTENT="{escape(word)}"/>'
            for left, right, word in words(line)
        )
        box = f'HPOS="{line.left}" VPOS="{line.top}" WIDTH="200" HEIGHT="{SIZE}"'
        out += f"<TextLine {box}>{inner}</TextLine>\n"
    return f'<?xml version="1.0"?><alto><Page WIDTH="{WIDE}" HEIGHT="{HIGH}">{out}</Page></alto>'


def pdfminer() -> str:
    out = ""
    for line in LINES:
        low, high = HIGH - line.top - SIZE, HIGH - line.top
        for left, _, word in words(line):
            for n, sign in enumerate(word):
                x0, x1 = left + n * SIZE / 2, left + (n + 1) * SIZE / 2
                box = f"{x0:.3f},{low:.3f},{x1:.3f},{high:.3f}"
                out += f'<text font="Sans" bbox="{box}" size="{SIZE}">{escape(sign)}</text>\n'
            out += "<text> </text>\n"
        out += "</textline>\n<textline>\n"
    page = f'<page id="1" bbox="0.000,0.000,{WIDE},{HIGH}">\n<textline>\n{out}</textline></page>'
    return f'<?xml version="1.0" encoding="utf-8" ?>\n<pages>{page}</pages>'


def pymupdf() -> str:
    out = ""
    for line in LINES:
        chars = ""
        for left, _, word in words(line):
            for n, sign in enumerate(word):
                x0, x1 = left + n * SIZE / 2, left + (n + 1) * SIZE / 2
                quad = f"{x0} {line.top} {x1} {line.top} {x0} {line.top + 10} {x1} {line.top + 10}"
                chars += f'<char c="{escape(sign)}" quad="{quad}"/>\n'
            chars += '<char c=" " quad="0 0 0 0 0 0 0 0"/>\n'
        font = f'<font name="Sans" size="{SIZE}">{chars}</font>'
        out += f'<line wmode="0" text="{escape(line.text)}">{font}</line>\n'
    return f'<page id="page0" width="{WIDE}" height="{HIGH}">\n{out}</page>'


def rows() -> str:
    head = "level page_num block par line word left top width height conf text".split()
    cells = [head, [*"100000", "0", "0", str(WIDE), str(HIGH), "-1", ""]]
    cells += [
        [*"511111", str(left), str(line.top), str(right - left), str(SIZE), "96", word]
        for line in LINES
        for left, right, word in words(line)
    ]
    return "\n".join("\t".join(row) for row in cells) + "\n"


FORMATS = [bbox, hocr, alto, pdfminer, pymupdf, rows]


@pytest.mark.parametrize("form", FORMATS)
def test_columns_are_read_one_after_the_other(form: Callable[[], str]) -> None:
    document = read_text(source(form()))

    assert [block.text.folded for block in document.blocks] == READ
    assert faults(document) == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_line_keeps_its_words_together(form: Callable[[], str]) -> None:
    document = read_measured(source(form()))

    lines = [line.text for block in document.blocks for line in block.text.lines()]
    assert lines[1] == "leave it on the tree, & do"


def test_text_that_stands_in_no_word_is_not_lost() -> None:
    document = read_measured(source(bbox().replace("</doc>", "</doc><p>Printed at home</p>")))

    assert document.blocks[-1].text.folded == "Printed at home"
    assert faults(document) == []


def test_a_page_about_words_is_not_taken_for_one() -> None:
    text = "<html><body><p>Poppler writes &lt;word xMin=1&gt; for each word.</p></body></html>"

    assert not is_measured(text)
