from __future__ import annotations

import ctypes
import io
import math
import sys

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageDraw

from breakthrough_extract import Profile
from breakthrough_extract.document import Document
from breakthrough_extract.ledger import replay
from breakthrough_extract.pipeline import extract_document
from breakthrough_extract.readers import ReadError, ocr, read_bytes
from breakthrough_extract.readers.ocr.rules import rules_of
from breakthrough_extract.readers.ocr.upright import Upright
from breakthrough_extract.readers.pdf import read_pdf

DPI = 200
WIDTH, HEIGHT = 576, 432  # points
# The base line, in points from the bottom; the type size; the text.
PAGE = [
    (360, 18, "Leadership"),
    (330, 12, "DEVELOPING"),
    (312, 10, "Leaders start to give clear messages about leadership:"),
    (298, 10, "• the team sets out one direction; and"),
    (284, 10, "• staff hear it – and can see it."),
]
LEFT = 72
Lines = list[tuple[int, int, str]]


def typeset(*pages: Lines) -> pypdfium2.PdfDocument:
    document = pypdfium2.PdfDocument.new()
    for lines in pages:
        page = document.new_page(WIDTH, HEIGHT)
        for base, size, words in lines:
            shown = pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", size)
            letters = ctypes.create_string_buffer(words.encode("utf-16-le") + b"\0\0")
            pdfium.FPDFText_SetText(shown, ctypes.cast(letters, pdfium.FPDF_WIDESTRING))
            pdfium.FPDFPageObj_Transform(shown, 1, 0, 0, 1, LEFT, base)
            pdfium.FPDFPage_InsertObject(page, shown)
        page.gen_content()
    return document


def picture(lines: Lines, slope: float = 0.0) -> Image.Image:
    """The lines as a scanner sees them, the page laid on the glass with that slope in degrees."""
    (page,) = typeset(lines)
    shades = page.render(scale=DPI / 72, grayscale=True).to_numpy()
    image = Image.fromarray(shades.reshape(shades.shape[:2]))
    return image.rotate(slope, Image.Resampling.BICUBIC, fillcolor=255)


def saved(image: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, resolution=DPI, dpi=(DPI, DPI), quality=95)
    return out.getvalue()


def page_after_a_picture(lines: Lines) -> bytes:
    """A PDF of a page that holds a picture, a page of text, and an empty page."""
    document = typeset([], lines, [])
    area = pdfium.FPDFPageObj_CreateNewRect(0, 0, 300, 300)
    pdfium.FPDFPath_SetDrawMode(area, pdfium.FPDF_FILLMODE_ALTERNATE, False)
    page = document[0]
    pdfium.FPDFPage_InsertObject(page, area)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# Without the extra.


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extra were not installed."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@pytest.mark.usefixtures("bare")
def test_a_scan_names_the_extra_in_one_line() -> None:
    with pytest.raises(ReadError) as caught:
        read_pdf("scan.pdf", saved(picture(PAGE), "PDF"))
    assert str(caught.value) == (
        "scan.pdf: the pages are scans and hold no text;"
        " pip install 'breakthrough-extract[ocr]' to have them recognised"
    )


@pytest.mark.usefixtures("bare")
def test_a_picture_beside_text_is_reported_and_the_text_is_read(
    profile: Profile,
) -> None:
    data = page_after_a_picture([(360, 12, "STARTING"), (340, 10, "It is slow:")])
    document = read_pdf("mixed.pdf", data)
    assert [page.unread for page in document.source.pages] == [True, False, False]
    findings = extract_document(document, profile).findings
    (found,) = [finding for finding in findings if finding.code == "unread-page"]
    assert found.message == (
        "mixed.pdf: page 1 is a picture and was not read; to have it recognised:"
        " pip install 'breakthrough-extract[ocr]'"
    )


def test_a_broken_picture_is_refused_in_one_line() -> None:
    with pytest.raises(ReadError, match=r"^x\.png: binary, a picture that cannot be [^\n]+$"):
        read_bytes("x.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")


def test_what_only_begins_as_a_picture_is_refused_in_the_same_words_each_time() -> None:
    with pytest.raises(ReadError, match=r"^x\.png: .* cannot be decoded \(of no known kind\); "):
        read_bytes("x.png", b"\x89PNG\r\n\x1a\n and no more")


# What needs no recogniser.


@pytest.mark.parametrize("slope", [-2.5, -1.0, -0.1, 0.0, 0.3, 1.0, 3.0])
def test_the_slope_of_a_page_is_found(slope: float) -> None:
    words = "a page of text that goes on for most of its width, line by line"
    lines = [(base, 10, words) for base in range(40, 400, 15)]
    upright = Upright.of(picture(lines, slope))
    assert math.degrees(upright.angle) == pytest.approx(-slope, abs=0.12)  # of short lines


def test_a_point_comes_back_to_where_it_was() -> None:
    page = Image.new("L", (400, 300), 255)
    page.putpixel((320, 60), 0)
    upright = Upright(math.radians(3.0), 400, 300)
    turned = np.asarray(upright.turn(page))
    y, x = np.unravel_index(np.argmin(turned), turned.shape)
    assert upright.back(x + 0.5, y + 0.5) == pytest.approx((320.5, 60.5), abs=1.0)


def test_drawn_lines_are_found_and_text_is_none() -> None:
    page = picture(PAGE)
    draw = ImageDraw.Draw(page)
    draw.line((300, 600, 1200, 600), fill=90, width=3)
    draw.line((300, 600, 300, 1000), fill=0, width=2)
    across, down = rules_of(np.asarray(page) < ocr.FAINT)
    # Each reaches a pixel further, as the rows beside are taken for its own.
    assert tuple(across) == (300, 598, 1201, 603)
    assert tuple(down) == (299, 599, 303, 1001)


def test_a_blank_page_has_no_slope_and_no_lines() -> None:
    blank = Image.new("L", (200, 300), 255)
    assert Upright.of(blank).angle == 0.0
    assert rules_of(np.asarray(blank) < ocr.FAINT) == []


# With the extra.


@pytest.fixture(scope="module")
def scan() -> Document:
    pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    return read_pdf("scan.pdf", saved(picture(PAGE, slope=1.0), "PDF"))


def test_a_scan_is_read_as_its_text_would_be(scan: Document) -> None:
    assert [(block.kind, block.text.folded) for block in scan.blocks] == [
        ("heading", "Leadership"),
        ("heading", "DEVELOPING"),
        ("paragraph", "Leaders start to give clear messages about leadership:"),
        ("item", "the team sets out one direction; and"),
        ("item", "staff hear it – and can see it."),
    ]


def test_each_character_has_its_box_and_its_confidence(scan: Document) -> None:
    source = scan.source
    assert len(source.text) == len(source.boxes) == len(source.confidence)
    assert all(0.5 <= sure <= 1 for sure in source.confidence)
    assert all(source.boxes[n] for n, char in enumerate(source.text) if not char.isspace())
    # "Leadership" began 72 points from the left and from the top, before the page was turned
    # anticlockwise by one degree about its middle, 216 points to the right and 144 below.
    box = source.boxes[source.text.index("Leadership")]
    assert box
    cos, sin = math.cos(math.radians(1)), math.sin(math.radians(1))
    assert box.x0 == pytest.approx(WIDTH / 2 - 216 * cos - 144 * sin, abs=3)
    assert box.top < HEIGHT / 2 + 216 * sin - 144 * cos < box.bottom


def test_the_ledger_has_the_confidence_of_the_least_sure_word(
    scan: Document, profile: Profile
) -> None:
    sure = scan.source.confidence
    records = extract_document(scan, profile).ledger.fields
    assert records
    for record in records:
        assert replay(record)
        for span in record.spans:
            assert span.confidence == round(min(sure[span.start : span.end]), 4)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("TIFF", "image/tiff")],
)
def test_a_picture_is_a_scan_too(kind: str, media_type: str, scan: Document) -> None:
    document = read_bytes(f"scan.{kind.lower()}", saved(picture(PAGE), kind))
    assert document.source.media_type == media_type
    assert [block.text.folded for block in document.blocks] == [
        block.text.folded for block in scan.blocks
    ]


def test_the_same_scan_gives_the_same_words(scan: Document) -> None:
    again = read_pdf("scan.pdf", saved(picture(PAGE, slope=1.0), "PDF"))
    assert again.source.text == scan.source.text
    assert again.source.boxes == scan.source.boxes
    assert again.source.confidence == scan.source.confidence


def test_a_page_on_which_nothing_is_recognised_says_so() -> None:
    pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    with pytest.raises(ReadError, match=r"^x\.pdf: no text, and none that the extra \[ocr\]"):
        read_pdf("x.pdf", saved(Image.new("L", (400, 300), 255), "PDF"))
