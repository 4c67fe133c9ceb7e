"""The PDF reader on tiny PDFs made here, and on the typeset renderings if they are at hand."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from breakthrough_extract.document import BlockKind, Document, fold
from breakthrough_extract.line_ends import vocabulary, whole
from breakthrough_extract.readers.errors import ReadError
from breakthrough_extract.readers.pdf import read_pdf

# ------------------------------------------------------------------ PDFs that show one thing

FONTS = {"F": "Helvetica", "B": "Helvetica-Bold", "I": "Helvetica-Oblique", "C": "Courier"}


@dataclass(frozen=True)
class TinyPage:
    """One page: `content` is a raw content stream, y upwards from the page's bottom."""

    content: str
    media: tuple[float, float, float, float] = (0, 0, 600, 800)
    crop: tuple[float, float, float, float] | None = None
    rotate: int = 0


def text(x: float, y: float, words: str, font: str = "F", size: float = 10) -> str:
    """Content that shows `words` from (x, y), the baseline's left end."""
    shown = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({shown}) Tj ET\n"


def column(x: float, y: float, lines: list[str], font: str = "F", pitch: float = 12) -> str:
    """Content that shows `lines` one below the other, the first at height y."""
    return "".join(text(x, y - n * pitch, line, font) for n, line in enumerate(lines) if line)


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A stroked line."""
    return f"{x0} {y0} m {x1} {y1} l S\n"


def rect(x: float, y: float, width: float, height: float, paint: str = "S") -> str:
    """A rectangle, stroked (S) or filled (f)."""
    return f"0.9 g {x} {y} {width} {height} re {paint} 0 g\n"


def tiny_pdf(*pages: TinyPage | str) -> bytes:
    """A PDF of the pages; a bare string is the content of a 600 × 800 page."""
    made = [page if isinstance(page, TinyPage) else TinyPage(page) for page in pages]
    fonts = " ".join(
        f"/{key} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for key, name in FONTS.items()
    )
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(made)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(made)} >>".encode(),
    ]
    for n, page in enumerate(made):
        crop = f" /CropBox [{' '.join(map(str, page.crop))}]" if page.crop else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{' '.join(map(str, page.media))}]{crop}"
            f" /Rotate {page.rotate} /Resources << /Font << {fonts} >> >>"
            f" /Contents {4 + 2 * n} 0 R >>".encode()
        )
        content = page.content.encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def texts(document: Document) -> list[str]:
    return [block.text.folded for block in document.blocks]


def uncovered(document: Document) -> str:
    """The non-white characters that neither a block nor the markup holds; "" is right."""
    spans = sorted([*(s for b in document.blocks for s in b.text.spans), *document.markup])
    assert all(one.end <= other.start for one, other in pairwise(spans)), "spans overlap"
    held = {at for span in spans for at in range(*span)}
    text = document.source.text
    return "".join(s for at, s in enumerate(text) if not s.isspace() and at not in held)


# ------------------------------------------------------------------ what is read


def test_characters_have_boxes_from_the_pages_top_left() -> None:
    document = read_pdf("t.pdf", tiny_pdf(text(50, 700, "Hello")))
    source = document.source
    assert source.text == "Hello"
    assert len(source.boxes) == 5
    first = source.boxes[0]
    assert first is not None
    assert (round(first.x0), round(first.x1)) == (50, 57)
    assert 85 < first.top < 95
    assert 100 < first.bottom < 105
    assert source.pages[0][:3] == (1, 600, 800)


def test_pages_have_their_spans() -> None:
    document = read_pdf("t.pdf", tiny_pdf(text(50, 700, "One"), text(50, 700, "Two")))
    source = document.source
    assert [source.text[slice(*page.span)] for page in source.pages] == ["One", "Two"]
    assert len(source.boxes) == len(source.text)
    assert [block.place.page for block in document.blocks] == [1, 2]


def test_what_stands_beyond_the_page_box_is_kept() -> None:
    content = text(50, 700, "inside") + text(620, 700, "outside")
    document = read_pdf("t.pdf", tiny_pdf(content))
    assert texts(document) == ["inside", "outside"]


def test_boxes_count_from_the_crop_box() -> None:
    page = TinyPage(text(150, 700, "Hello"), crop=(100, 100, 500, 750))
    box = read_pdf("t.pdf", tiny_pdf(page)).source.boxes[0]
    assert box is not None
    assert round(box.x0) == 50
    assert 35 < box.top < 45
    assert 50 < box.bottom < 55


def test_a_turned_page_is_read_upright() -> None:
    page = TinyPage(
        "BT /B 10 Tf 0 1 -1 0 100 50 Tm (STARTING) Tj ET\n"
        "BT /F 10 Tf 0 1 -1 0 112 50 Tm (some more text) Tj ET",
        rotate=90,
    )
    document = read_pdf("t.pdf", tiny_pdf(page))
    assert texts(document) == ["STARTING", "some more text"]
    assert document.source.pages[0][1:3] == (800, 600)


def test_a_line_set_sideways_stays_in_order() -> None:
    content = "BT /B 10 Tf 0 1 -1 0 100 500 Tm (Performance frameworks) Tj ET\n"
    content += column(150, 600, ["text beside it", "in two lines"])
    document = read_pdf("t.pdf", tiny_pdf(content))
    assert texts(document) == ["Performance frameworks", "text beside it in two lines"]


def test_lines_set_sideways_one_below_the_other_stay_apart() -> None:
    content = "BT /B 10 Tf 0 1 -1 0 100 600 Tm (STARTING) Tj ET\n"
    content += "BT /B 10 Tf 0 1 -1 0 100 400 Tm (DEVELOPING) Tj ET\n"
    content += column(150, 660, ["text beside it", "in two lines"])
    content += column(150, 460, ["other text", "in two lines"])
    found = texts(read_pdf("t.pdf", tiny_pdf(content)))
    assert sorted(found) == [
        "DEVELOPING",
        "STARTING",
        "other text in two lines",
        "text beside it in two lines",
    ]


def test_letters_placed_one_by_one_are_words() -> None:
    # On a page of so few words pdfium takes the lines for columns of letters.
    across = [text(50 + 7 * n, 700, sign, "C") for n, sign in enumerate("by hand")]
    below = [text(50 + 7 * n, 400, sign, "C") for n, sign in enumerate("set so")]
    found = texts(read_pdf("t.pdf", tiny_pdf("".join(across + below))))
    assert found == ["by hand", "set so"]


def test_bold_italic_and_size_are_told() -> None:
    content = text(50, 700, "Bold", "B", 14) + text(50, 660, "Italic", "I") + text(50, 620, "Plain")
    styles = [block.style for block in read_pdf("t.pdf", tiny_pdf(content)).blocks]
    assert [(s.bold, s.italic, s.size) for s in styles] == [
        (True, False, 14),
        (False, True, 10),
        (False, False, 10),
    ]


def mended(document: Document) -> list[str]:
    """The blocks' texts with the words that line ends broke made whole."""
    words = vocabulary(block.text.text for block in document.blocks)
    return [whole(block.text, words).folded for block in document.blocks]


def test_a_hyphen_at_a_lines_end_is_read_as_one() -> None:
    content = column(50, 700, ["the re-", "states and the govern-", "ment; they re-states it"])
    content += text(50, 600, "the government")
    document = read_pdf("t.pdf", tiny_pdf(content))
    assert texts(document)[0] == "the re- states and the govern- ment; they re-states it"
    assert mended(document)[0] == "the re-states and the government; they re-states it"
    assert uncovered(document) == ""


def test_drawn_bullets_make_items() -> None:
    content = text(60, 700, "one thing;") + "52 702 3 3 re f\n"
    content += text(60, 688, "another.") + "52 690 3 3 re f\n"
    blocks = read_pdf("t.pdf", tiny_pdf(content)).blocks
    assert [block.kind for block in blocks] == [BlockKind.ITEM, BlockKind.ITEM]


def test_cells_drawn_as_boxes_make_a_table() -> None:
    content = ""
    for row in range(2):
        for number in range(3):
            x, y = 50 + 100 * number, 700 - 40 * row
            content += rect(x, y, 100, 40) + column(x + 4, y + 28, [f"cell {row}", f"no {number}"])
    places = [block.place for block in read_pdf("t.pdf", tiny_pdf(content)).blocks]
    assert [(p.table, p.row, p.column) for p in places] == [
        (1, row, number) for row in range(2) for number in range(3)
    ]


def test_ruled_columns_are_not_run_together() -> None:
    content = line(50, 720, 50, 660) + line(120, 720, 120, 660) + line(190, 720, 190, 660)
    content += line(50, 720, 190, 720) + line(50, 660, 190, 660)
    content += column(52, 708, ["the first of all", "these cells"])
    content += column(122, 708, ["and the other", "one is here"])
    document = read_pdf("t.pdf", tiny_pdf(content))
    assert texts(document) == ["the first of all these cells", "and the other one is here"]


def test_a_spread_cut_by_crop_boxes_alone_is_read_once() -> None:
    lines = ["the leadership team keeps clear", "messages about performance and", "objectives"]
    content = column(500, 700, [*lines, *lines]) + column(700, 700, lines)
    sheet = (0.0, 0.0, 1000.0, 800.0)
    pages = (
        TinyPage(content, sheet, (0, 0, 530, 800)),
        TinyPage(content, sheet, (530, 0, 1000, 800)),
    )
    document = read_pdf("t.pdf", tiny_pdf(*pages))
    assert texts(document) == [" ".join([*lines, *lines]), " ".join(lines)]
    assert uncovered(document) == ""


# ------------------------------------------------------------------ what cannot be read

GOOD = tiny_pdf(text(50, 700, "Hello"))
# RC4, 40 bits, with an owner and user entry that no empty password opens.
ENCRYPT = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -1 /O <%s> /U <%s> >>" % (
    b"11" * 32,
    b"22" * 32,
)
LOCKED = GOOD.replace(
    b"/Root 1 0 R", b"/Root 1 0 R /ID [<00112233445566778899aabbccddeeff> <00>] " + ENCRYPT
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"no pdf at all", "not a PDF"),
        (GOOD[: len(GOOD) // 2], "truncated"),
        (b"%PDF-1.4\nnothing in it\n%%EOF\n", "malformed"),
        (LOCKED, "encrypted"),
        (tiny_pdf("0 0 100 100 re f"), "[ocr]"),
    ],
)
def test_an_unreadable_file_says_why_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=re.escape(says)) as caught:
        read_pdf("bad.pdf", data)
    message = str(caught.value)
    assert message.startswith("bad.pdf: ")
    assert "\n" not in message


# ------------------------------------------------------------------ the typeset renderings

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("BREAKTHROUGH_SHARED", ROOT / ".." / "shared"))
EXPECTED = ROOT / "tests/cases/extract/breakthrough/expected.json"
LABELS = {"STARTING", "DEVELOPING", "CONSOLIDATING", "BREAKTHROUGH POINTS"}
# The renderings hold this item as the source has it, unrepaired.
UNREPAIRED = {
    "the leadership team does reflect on its own performance": (
        "the leadership team does reflect on its own performance, but at stage, discussions"
        " tend to be unstructured, sporadic and not completely honest"
    )
}
# layout: labels, items in one block, items in two blocks that a column or page break parts
FOUND = {
    "a": (24, 162, 0),
    "b": (24, 158, 4),
    "c_clip": (24, 151, 0),  # in the others a letter is lost, and no whole word proves which
    "d": (24, 162, 0),
    "e": (36, 146, 16),  # four labels in the head row of each of nine pages
    "g": (24, 162, 0),
}


def rendering(name: str) -> Document:
    path = SHARED / "converted" / f"{name}.pdf"
    if not path.exists() or not EXPECTED.exists():
        pytest.skip(f"no renderings at {path}; set BREAKTHROUGH_SHARED")
    return read_pdf(path.name, path.read_bytes())


def bare(words: str) -> str:
    """Without list punctuation."""
    return re.sub(r"(;\s*and|[;.:])$", "", fold(words)).strip()


def expected_items() -> Iterator[str]:
    for theme in json.loads(EXPECTED.read_text(encoding="utf-8"))["themes"]:
        lists = [stage["indicators"] for stage in theme["stages"]]
        lists += [value for value in theme["breakthrough_points"].values() if type(value) is list]
        for item in (item for items in lists for item in items):
            yield next((v for k, v in UNREPAIRED.items() if item.startswith(k)), bare(item))


def parted(item: str, blocks: list[str]) -> bool:
    """Whether two of the blocks make the item, one with its beginning, one with its end."""
    heads = [b for b in blocks if len(b) > 5 and item.startswith(b.rstrip("-\u2010"))]
    tails = [bare(b) for b in blocks if item.endswith(bare(b)) and bare(b)]
    made = {h + glue + t for h in heads for glue in ("", " ") for t in tails}
    made |= {h[:-1] + t for h in heads if h[-1] in "-\u2010" for t in tails}
    return item in made


@pytest.mark.parametrize("name", FOUND)
def test_renderings_come_out_whole(name: str) -> None:
    document = rendering(name)
    assert uncovered(document) == ""
    found = mended(document)
    blocks = zip(document.blocks, found, strict=True)
    items = {bare(text) for block, text in blocks if block.kind == BlockKind.ITEM}
    wanted = list(expected_items())
    unbroken = [item for item in wanted if item in items]
    broken = [item for item in wanted if item not in items and parted(item, found)]
    labels = sum(text in LABELS for text in found)
    assert (labels, len(unbroken), len(broken)) == FOUND[name]


@pytest.mark.parametrize("name", ["a", "c_clip", "e"])
def test_matrices_give_each_theme_a_row_of_its_own(name: str) -> None:
    document = rendering(name)
    rows: dict[tuple[int, int], set[str]] = {}
    for block in document.blocks:
        if block.place.table and block.place.column == 0 and not block.style.italic:
            rows.setdefault(block.place[3:5], set()).add(block.text.folded)
    assert all(len(names) == 1 for names in rows.values())
    assert len(rows) == 6 + (name == "e")  # the head row says Theme


def test_a_letter_at_the_height_of_a_line_beside_it_stays_with_its_line_set_sideways() -> None:
    # pdfium tells the letter, the lowest, apart: it stands among the words of the line there.
    content = column(150, 506, ["text beside it"])
    content += "BT /B 10 Tf 0 1 -1 0 100 500 Tm (B) Tj ET\n"
    content += column(150, 490, ["in two lines"])
    content += "BT /B 10 Tf 0 1 -1 0 100 507.22 Tm (EGINNING) Tj ET\n"
    found = texts(read_pdf("t.pdf", tiny_pdf(content)))
    assert "B EGINNING" in found
