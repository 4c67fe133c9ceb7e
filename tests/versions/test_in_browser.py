"""The page of a diff as its reader meets it, opened from disk in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from breakthrough_extract import diff
from breakthrough_extract.versions.formats import render
from tests.support import paths
from tests.support.browsing import NARROW, WIDE, address, opened, violations
from tests.support.outlines import outline, read_outline

CASE = paths.CASES / "diff" / "fifteen"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    old, new = read_outline(CASE / "old.txt"), read_outline(CASE / "new.txt")
    file = tmp_path_factory.mktemp("diff") / "diff.html"
    file.write_text(render("html", old, new, diff(old, new)), encoding="utf-8", newline="\n")
    return file


def test_one_walks_from_change_to_change_by_keyboard(browser: Browser, page_file: Path) -> None:
    with opened(browser, address(page_file)) as page:
        seen = []
        for number in range(1, 16):
            page.keyboard.press("j")
            expect(page.locator("#where")).to_have_text(f"{number} of 15")
            expect(page.locator("[data-change]:focus")).to_be_in_viewport()
            seen.append(page.evaluate("document.activeElement.id"))
        assert len(set(seen)) == 15
        page.keyboard.press("j")  # after the last comes the first
        expect(page.locator(f"#{seen[0]}")).to_be_focused()
        page.keyboard.press("k")
        expect(page.locator(f"#{seen[-1]}")).to_be_focused()


def test_keys_can_be_switched_off_and_buttons_do_the_same(
    browser: Browser, page_file: Path
) -> None:
    with opened(browser, address(page_file)) as page:
        page.get_by_role("checkbox", name="Keys").uncheck()
        page.keyboard.press("j")
        expect(page.locator("#where")).to_have_text("15 in all")
        page.get_by_role("button", name="Next").click()
        expect(page.locator("#where")).to_have_text("1 of 15")
        page.get_by_role("button", name="Previous").click()
        expect(page.locator("#where")).to_have_text("15 of 15")


def test_a_change_has_an_address(browser: Browser, page_file: Path) -> None:
    with opened(browser, address(page_file, "#change-7")) as page:
        expect(page.locator("#change-7")).to_be_focused()
        expect(page.locator("#change-7")).to_be_in_viewport()


def test_what_did_not_change_can_be_hidden(browser: Browser, page_file: Path) -> None:
    with opened(browser, address(page_file)) as page:
        unchanged = page.locator("tr.same").first
        expect(unchanged).to_be_visible()
        page.get_by_label("Only what changed").check()
        expect(unchanged).to_be_hidden()
        assert page.locator("[data-change]:visible").count() == 15


def test_without_scripts_all_of_it_is_there(browser: Browser, page_file: Path) -> None:
    with opened(browser, address(page_file), java_script_enabled=False) as page:
        expect(page.locator("#steps")).to_be_hidden()
        assert page.locator("[data-change]:visible").count() == 15


def test_hostile_texts_are_shown_and_do_nothing(browser: Browser, tmp_path: Path) -> None:
    bad = "<script>alert(1)</script> \u202ertl\u202c \"'& 😀"
    old = "title: T\nstage: a A\n# t Theme\n## a: Head\n- i-1 one\n"
    before, after = outline(old), outline(old.replace("one", bad))
    file = tmp_path / "hostile.html"
    file.write_text(render("html", before, after, diff(before, after)), encoding="utf-8")
    with opened(browser, address(file)) as page:
        expect(page.locator("ins").first).to_contain_text("<script>alert(1)</script>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing(
    browser: Browser, page_file: Path, scheme: str, size: tuple[int, int]
) -> None:
    with opened(browser, address(page_file), size, color_scheme=scheme) as page:
        assert violations(page) == []
