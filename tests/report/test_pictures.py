"""A PDF's pages as pictures, with a box for each run of text."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from breakthrough_extract import extract
from breakthrough_extract.readers import ReadError
from breakthrough_extract.readers.pictures import LONGEST_SIDE, page_pictures
from breakthrough_extract.report import render
from tests.support import paths
from tests.support.browsing import address, in_view, opened, violations

LAYOUT = paths.ROOT / ".." / "shared" / "converted" / "d.pdf"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not LAYOUT.exists():
        pytest.skip(f"no {LAYOUT.name} in ../shared/converted")
    result = extract(LAYOUT)
    pictures = {LAYOUT.name: page_pictures(LAYOUT.name, LAYOUT.read_bytes())}
    sources = {source.sha256: source for source in result.sources}
    target = tmp_path_factory.mktemp("pdf") / "report.html"
    target.write_text(render(result.model, result.ledger, sources, pictures), encoding="utf-8")
    return target


def test_a_box_and_its_text_light_each_other(browser: Browser, file: Path) -> None:
    with opened(browser, address(file, "#LEA.DEV.2")) as page:
        box = page.locator(".pages rect.here").first
        expect(box).to_be_visible()
        assert in_view(page, ".pages rect.here", "#_source")
        page.locator('.pages rect[data-to="PRI.STA.1"]').first.dispatch_event("click")
        expect(page).to_have_url(re.compile(r"#PRI\.STA\.1$"))
        assert in_view(page, '[id="PRI.STA.1"]', "#_model")
        assert violations(page) == []


def test_boxes_lie_on_the_words_of_the_picture(browser: Browser, file: Path) -> None:
    """Under a headline's box there is ink, and beside the page's edge there is none."""
    with opened(browser, address(file)) as page:
        sizes = page.evaluate(
            """() => {
                const box = document.querySelector('.pages rect.k-heading').getBBox();
                const view = document.querySelector('.page svg').viewBox.baseVal;
                return [box.x, box.y, box.width, box.height, view.width, view.height];
            }"""
        )
    x, y, width, height, page_width, _ = sizes
    picture = Image.open(io.BytesIO(page_pictures("d.pdf", LAYOUT.read_bytes())[1])).convert("L")
    scale = picture.width / page_width
    area = tuple(round(scale * edge) for edge in (x, y, x + width, y + height))
    assert min(picture.crop(area).tobytes()) < 100
    assert min(picture.crop((0, 0, 9, 9)).tobytes()) > 240


def test_pages_and_text_are_two_views(browser: Browser, file: Path) -> None:
    with opened(browser, address(file)) as page:
        expect(page.locator(".file .text")).to_be_hidden()
        page.get_by_role("button", name="Text", exact=True).click()
        expect(page.locator(".file .text")).to_be_visible()
        expect(page.locator(".file .pages")).to_be_hidden()
        page.get_by_label("Search").fill("lip service")
        page.get_by_role("button", name="Pages").click()
        page.get_by_label("Search").press("Enter")  # a place in the text shows the text
        expect(page.locator(".file .text")).to_be_visible()


def test_a_scan_is_its_own_picture() -> None:
    scan = io.BytesIO()
    Image.new("L", (3 * LONGEST_SIDE, 40), "white").save(scan, "PNG")
    pictures = page_pictures("scan.png", scan.getvalue())
    assert list(pictures) == [1]
    assert Image.open(io.BytesIO(pictures[1])).size[0] == LONGEST_SIDE


def test_text_has_no_pictures() -> None:
    assert page_pictures("a.txt", b"only words") == {}


def test_a_broken_pdf_is_told_by_its_name() -> None:
    with pytest.raises(ReadError, match=r"broken\.pdf"):
        page_pictures("broken.pdf", b"%PDF-1.7 and no more")
