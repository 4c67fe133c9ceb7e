from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakthrough_extract.document import BlockKind
from breakthrough_extract.readers.positioned import is_positioned, read_positioned
from tests.support.accounting import faults, shared, source

XML = """<?xml version="1.0" encoding="UTF-8"?>
<pdf2xml>
<page number="1" position="absolute" top="0" left="0" height="800" width="600">
	<fontspec id="0" size="20" family="AAAAAA+Serif-Bold" color="#000000"/>
	<fontspec id="1" size="10" family="AAAAAA+Serif" color="#000000"/>
<text top="50" left="50" width="50" height="24" font="0">Fruit</text>
<text top="100" left="50" width="80" height="12" font="1"><b>GREEN</b></text>
<text top="100" left="300" width="60" height="12" font="1"><b>RIPE</b></text>
<text top="114" left="50" width="150" height="12" font="1">leave it on the &amp; tree,</text>
<text top="114" left="300" width="50" height="12" font="1">pick it.</text>
<text top="126" left="50" width="60" height="12" font="1">and wait.</text>
</page>
<outline><item page="1">Fruit</item></outline>
</pdf2xml>
"""


def p(top: int, left: int, text: str, font: str = "ft10") -> str:
    place = f"position:absolute;top:{top}px;left:{left}px;white-space:nowrap"
    return f'<p style="{place}" class="{font}">{text}</p>\n'


def page(number: int, body: str, fonts: str = "") -> str:
    return (
        f'<a name="{number}"></a>\n<style type="text/css">\n<!--\n p {{margin: 0;}}{fonts}-->\n'
        f'</style>\n<div id="page{number}-div" style="position:relative;width:600px;'
        f'height:800px;">\n{body}</div>\n'
    )


def pdftohtml(*pages: str) -> str:
    head = "<!DOCTYPE html>\n<html><head><title>t</title></head>\n<body>\n"
    return head + "".join(pages) + "</body>\n</html>\n"


FONTS = ".ft10{font-size:10px;line-height:12px;}\n.ft11{font-size:20px;}\n"
PLAIN = pdftohtml(
    page(
        1,
        p(50, 50, "<b>Fruit</b>", "ft11")
        + p(100, 50, "<b>GREEN<br/>Hard&#160;and&#160;sour:</b>")
        + p(130, 60, "leave&#160;it&#160;on&#160;the&#160;tree;<br/>wait.")
        + p(100, 300, "<b>RIPE<br/>Sweet&#160;&amp;&#160;red:</b>")
        + p(130, 310, "pick&#160;it.")
        # Bullets come last, in elements of their own.
        + p(130, 50, "•&#160;")
        + p(146, 50, "•&#160;")
        + p(130, 300, "•&#160;"),
        FONTS,
    )
)


def texts(text: str) -> list[str]:
    return [block.text.text for block in read_positioned(source(text)).blocks]


def test_columns_are_read_one_after_the_other_with_their_bullets() -> None:
    assert texts(PLAIN) == [
        "Fruit",
        "GREEN",
        "Hard and sour:",
        "leave it on the tree;",
        "wait.",
        "RIPE",
        "Sweet & red:",
        "pick it.",
    ]
    kinds = [block.kind for block in read_positioned(source(PLAIN)).blocks]
    assert [kind == BlockKind.ITEM for kind in kinds] == [
        False, False, False, True, True, False, False, True
    ]  # fmt: skip


def test_a_character_reference_is_an_edit_and_a_space_is_markup() -> None:
    block = read_positioned(source(PLAIN)).blocks[6]
    assert [(piece.text, piece.rule) for piece in block.text.pieces] == [
        ("Sweet", ""),
        (" ", ""),
        ("&", "entity"),
        (" ", ""),
        ("red:", ""),
    ]
    assert [PLAIN[slice(*span)] for span in block.text.spans] == ["Sweet", "&amp;", "red:"]


def test_style_comes_from_tags_and_style_sheet() -> None:
    title, label, *_ = read_positioned(source(PLAIN)).blocks
    assert (title.kind, title.style.size, title.style.bold) == (BlockKind.HEADING, 20.0, True)
    assert (label.style.size, label.style.bold) == (10.0, True)


def test_a_page_uses_the_fonts_of_the_pages_before_it() -> None:
    # Page 2's sheet names only fonts that page 1 had not; its classes count on all the same.
    second = page(2, p(50, 50, "Nuts", "ft21"))
    last = read_positioned(source(pdftohtml(page(1, p(50, 50, "Fruit"), FONTS), second))).blocks[-1]
    assert (last.text.text, last.style.size, last.place.page) == ("Nuts", 20.0, 2)


def test_classes_of_two_pages_that_read_alike_are_told_apart() -> None:
    # Font 10 of page 1, and font 0 of page 11.
    first = page(1, p(50, 50, "Fruit", "ft110"), ".ft110{font-size:30px;}")
    between = "".join(page(n, p(50, 50, f"Page {n}", "ft10")) for n in range(2, 11))
    eleventh = page(11, p(50, 50, "Nuts", "ft110"), ".ft110{font-size:8px;}")
    blocks = read_positioned(source(pdftohtml(first, between, eleventh))).blocks
    assert (blocks[0].style.size, blocks[-1].style.size) == (30.0, 8.0)


def test_bullets_place_the_lines_of_a_merged_paragraph() -> None:
    # The line height says 12; the bullets, that lines are 13 apart and items 16.
    text = pdftohtml(
        page(
            1,
            p(
                100,
                60,
                "an item; its first line ends so;<br/>and it goes on;<br/>an item of one line;"
                "<br/>an item of<br/>three lines<br/>in all;<br/>the last.",
            )
            + "".join(p(top, 50, "•") for top in (100, 129, 145, 187)),
            FONTS,
        )
    )
    assert texts(text) == [
        "an item; its first line ends so;\nand it goes on;",
        "an item of one line;",
        "an item of\nthree lines\nin all;",
        "the last.",
    ]


def test_the_list_of_contents_at_the_end_is_markup() -> None:
    contents = '<a name="outline"></a><h1>Document Outline</h1>\n<ul><li>Fruit</li></ul>'
    text = PLAIN.replace("</body>", contents + "</body>")
    assert texts(text) == texts(PLAIN)
    assert not faults(read_positioned(source(text)))


def rows(text: str) -> list[tuple[int, int, str]]:
    """Row and column of each block of the first table, and its text."""
    blocks = read_positioned(source(text)).blocks
    return [(b.place.row, b.place.column, b.text.folded) for b in blocks if b.place.table == 1]


FUSED = pdftohtml(
    page(
        1,
        p(100, 50, "<b>GREEN</b>")
        + p(104, 140, "<b>Hard&#160;and&#160;sour:</b>")
        + p(118, 140, "leave&#160;it&#160;on&#160;the&#160;tree,&#160;or&#160;wait;")
        + p(130, 140, "see&#160;to&#160;it&#160;that&#160;birds&#160;do&#160;not&#160;eat&#160;it;")
        + p(142, 140, "cover&#160;it&#160;with&#160;a&#160;net.")
        # The label is so long that the converter took both for one line.
        + p(170, 50, "<b>OVERRIPENED&#160;Soft,&#160;for&#160;a&#160;day:</b>")
        + p(184, 140, "eat&#160;it&#160;at&#160;once,&#160;or&#160;make&#160;jam;")
        + p(196, 140, "give&#160;it&#160;to&#160;whoever&#160;comes;")
        + p(208, 140, "feed&#160;it&#160;to&#160;the&#160;pigs."),
        FONTS,
    )
)


def test_a_label_run_together_with_the_text_beside_it_is_parted() -> None:
    assert [row[:2] for row in rows(FUSED) if row[2] in ("GREEN", "OVERRIPENED")] == [
        (0, 0),
        (1, 0),
    ]
    assert (1, 1, "Soft, for a day:") in rows(FUSED)
    assert not faults(read_positioned(source(FUSED)))


def test_capitals_before_a_sentence_are_one_line_where_no_column_begins_after_them() -> None:
    text = pdftohtml(
        page(
            1,
            p(100, 50, "<b>GREEN</b>")
            + p(112, 50, "<b>NASA&#160;Launches&#160;fruit</b>")
            + p(124, 50, "It&#160;comes&#160;back&#160;ripe."),
            FONTS,
        )
    )
    assert "NASA Launches fruit" in texts(text)


def test_letters_set_sideways_are_words() -> None:
    # Read upwards, so the first letter stands lowest; a narrow one shares its element.
    label = "".join(
        p(top, 52, f"<b>{letters}</b>")
        for top, letters in ((190, "R"), (183, "IP"), (170, "E"), (163, "&#160;N"), (149, "O"),
                             (142, "W"))
    )  # fmt: skip
    lines = ("a line of it;", "one more line,", "as it goes on,", "and still", "goes on.")
    body = "".join(p(145 + 12 * n, 100, line) for n, line in enumerate(lines))
    text = pdftohtml(page(1, label + body, FONTS))
    assert texts(text)[:2] == ["RIPE", "NOW"]
    assert not faults(read_positioned(source(text)))


def test_letters_that_stand_apart_are_no_line_set_sideways() -> None:
    apart = "".join(p(400 - 60 * n, 52, f"<b>{sign}</b>") for n, sign in enumerate("RIPE"))
    assert "RIPE" not in texts(pdftohtml(page(1, apart, FONTS)))


def test_white_left_over_in_an_element_stands_where_a_block_begins() -> None:
    # Lone lines are 12 apart. The element's three lines reach from 100 to 148: 12 are left over,
    # 6 before the headline and 6 before the item.
    text = pdftohtml(
        page(
            1,
            p(100, 50, "<b>GREEN<br/>Hard&#160;and&#160;sour:</b><br/>•&#160;leave&#160;it&#160;on")
            + p(148, 60, "the&#160;tree;")
            + "".join(
                p(160 + 24 * n, 50, "•&#160;one&#160;more&#160;of")
                + p(172 + 24 * n, 60, "its&#160;kind;")
                for n in range(4)
            ),
            FONTS,
        )
    )
    tops = [b.place.box.top for b in read_positioned(source(text)).blocks[:3] if b.place.box]
    assert tops == [100, 118, 136]


def test_a_line_estimated_too_wide_leaves_the_gutter_open() -> None:
    # The left column's last line stands beside nothing, and by the usual widths
    # ends where the right column begins.
    left = ["some words on a line,", "some further words,", "three lines of it."]
    right = ["words of the second", "column, three lines", "of them are proof."]
    body = "".join(p(100 + 12 * n, 50, line) for n, line in enumerate(left))
    body += "".join(p(100 + 12 * n, 200, line) for n, line in enumerate(right))
    body += p(148, 50, "mmmmm mmmm mmmmm mmm")
    found = texts(pdftohtml(page(1, body, FONTS)))
    assert found == ["\n".join(left), "mmmmm mmmm mmmmm mmm", "\n".join(right)]


PDFMINER = """\
<html><head></head><body>
<span style="position:absolute; border: gray 1px solid; left:0px; top:50px; width:600px; \
height:800px;"></span>
<div style="position:absolute; top:50px;"><a name="1">Page 1</a></div>
<div style="position:absolute; border: textbox 1px solid; left:50px; top:100px; width:180px; \
height:36px;"><span style="font-family: ABC+Sans-Bold; font-size:10px">GREEN
<br></span><span style="font-family: ABC+Sans; font-size:10px">&#x2022; leave it where it is
<br>on the tree.
<br></span></div>
<div style="position:absolute; border: textbox 1px solid; left:300px; top:100px; width:100px; \
height:23px;"><span style="font-family: ABC+Sans-Bold; font-size:10px">RIPE
<br></span><span style="font-family: ABC+Sans; font-size:10px">&#x2022; pick it.
<br></span></div>
<div style="position:absolute; top:0px;">Page: <a href="#1">1</a></div>
</body></html>
"""


def test_pdfminers_boxes_are_read_by_their_place() -> None:
    blocks = read_positioned(source(PDFMINER)).blocks
    assert [(b.text.folded, b.style.bold) for b in blocks] == [
        ("GREEN", True),
        ("leave it where it is on the tree.", False),
        ("RIPE", True),
        ("pick it.", False),
    ]
    assert blocks[0].place.box is not None
    assert blocks[0].place.box.top == 50.0  # from the page's top, not the first page's


def test_positions_may_be_said_in_attributes() -> None:
    document = read_positioned(source(XML))
    assert not faults(document)
    assert [(b.text.folded, b.style.bold, b.style.size) for b in document.blocks] == [
        ("Fruit", True, 20.0),
        ("GREEN", True, 10.0),
        ("leave it on the & tree, and wait.", False, 10.0),
        ("RIPE", True, 10.0),
        ("pick it.", False, 10.0),
    ]


@pytest.mark.parametrize("text", [PLAIN, PDFMINER, XML])
def test_html_set_by_position_is_known(text: str) -> None:
    assert is_positioned(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "top: left:",
        "<html><body><p>One</p><p>Two</p></body></html>",
        "<html><body>" + "<p>Text that flows.</p>" * 9 + p(1, 1, "A badge") * 4 + "</body></html>",
    ],
)
def test_html_that_flows_is_not(text: str) -> None:
    assert not is_positioned(text)


@given(st.sampled_from([PLAIN, PDFMINER, XML]), st.data())
def test_broken_html_loses_no_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    patch = data.draw(st.sampled_from(["", "&nbsp;", "</div>", "<div", "<p style='top:1px'>x"]))
    assert faults(read_positioned(source(text[:start] + patch + text[end:]))) == []


FILES = shared("*pdftohtml*.html")


@pytest.mark.skipif(not FILES, reason="no shared conversions; set BREAKTHROUGH_SHARED")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_character_of_a_shared_file_is_accounted_for(path: Path) -> None:
    assert faults(read_positioned(source(path.read_text(encoding="utf-8")))) == []
