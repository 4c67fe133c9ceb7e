"""The page as its reader meets it, in a real browser, opened from disk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browsing import NARROW, WIDE, address, in_view, opened, violations

# The text that the source has lost two words of, and where its remains and its proof stand.
CODE, ID = "LEA.DEV.5", "i-ya4p3hzpk7"
ENTRY = f'[id="{CODE}"]'
REMAINS = f'#_source .text [data-of="{ID}"]'


def background(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate("(one) => getComputedStyle(one).background"))


def test_it_opens_from_disk_and_asks_for_nothing_else(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        expect(page).to_have_title("The breakthrough model – source and result")
        expect(page.locator("h1")).to_have_text("The breakthrough model")


def test_without_scripts_all_is_there_and_links_work(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file), java_script_enabled=False) as page:
        page.locator('.matrix a[href="#LEA.DEV"]').click()
        assert in_view(page, '[id="LEA.DEV"]', "#_model")
        page.locator(REMAINS).first.click()
        assert in_view(page, ENTRY, "#_model")
        expect(page.locator("#_filters")).to_be_hidden()  # what needs a script is not shown


# The matrix.


def test_the_matrix_shows_headline_counts_and_marks(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        cell = page.locator('.matrix a[href="#LEA.DEV"]')
        expect(cell).to_contain_text("Leaders start to give clear messages about performance")
        expect(cell).to_contain_text("5 items")
        expect(cell).to_contain_text("2 edits")
        expect(cell).to_contain_text("5 findings")
        assert page.locator(".matrix td a.cell").count() == 24
        expect(
            page.locator('.matrix a[href="#MAN.STA"] .chip, .matrix a[href="#PRI.STA"] .chip')
        ).to_have_count(0)


def test_a_click_on_a_cell_opens_it(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        page.locator('.matrix a[href="#LEA.CON"]').click()
        assert in_view(page, '[id="LEA.CON"]', "#_model")
        heading = '#_source .text .k-heading[data-of="leadership.consolidating"]'
        assert in_view(page, heading, "#_source")


# Side by side.


@pytest.mark.parametrize("name", [CODE, ID])
@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_link_to_a_text_shows_it_on_both_sides_at_once(
    browser: Browser, seed_file: Path, name: str, size: tuple[int, int], motion: str
) -> None:
    with opened(browser, address(seed_file, f"#{name}"), size, reduced_motion=motion) as page:
        expect(page.locator(ENTRY)).to_have_class(re.compile(r"\bhere\b"))
        page.wait_for_timeout(300)  # the browser's own scrolling, if any, is over
        top = page.locator(".panes").bounding_box()
        assert top
        assert 0 <= top["y"] < 160  # both panes are in the window
        assert in_view(page, ENTRY, "#_model")
        assert in_view(page, REMAINS, "#_source")


def test_what_is_pointed_at_lights_up_on_the_other_side(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        page.locator(ENTRY).hover()
        expect(page.locator(REMAINS).first).to_have_class(re.compile(r"\blit\b"))
        page.locator(REMAINS).first.hover()
        expect(page.locator(ENTRY)).to_have_class(re.compile(r"\blit\b"))
        page.locator("h1").hover()
        expect(page.locator(".lit")).to_have_count(0)


def test_what_is_focused_lights_up_on_the_other_side(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        page.locator(f"{ENTRY} .label").focus()
        expect(page.locator(REMAINS).first).to_have_class(re.compile(r"\blit\b"))
        page.locator(REMAINS).first.focus()
        expect(page.locator(ENTRY)).to_have_class(re.compile(r"\blit\b"))


def test_a_click_in_the_source_goes_to_the_text(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        page.locator(REMAINS).first.click()
        expect(page).to_have_url(re.compile(rf"#{re.escape(CODE)}$"))
        assert in_view(page, ENTRY, "#_model")


def test_text_of_the_source_can_be_marked_with_the_mouse(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file, "#LEA.DEV.4")) as page:
        page.wait_for_timeout(300)  # both panes stand still
        line = page.locator(REMAINS).first
        x, y, width, height = line.evaluate(
            "(one) => { const r = one.getClientRects()[0]; return [r.x, r.y, r.width, r.height]; }"
        )
        page.mouse.move(x + 2, y + height / 2)
        page.mouse.down()
        page.mouse.move(x + width / 2, y + height / 2, steps=5)
        page.mouse.up()
        marked = page.evaluate("String(document.getSelection())")
        assert marked.startswith("the leadership team does")
        assert page.url.endswith("#LEA.DEV.4")  # it is no click
        page.mouse.click(x + 2, y + height / 2)
        expect(page).to_have_url(re.compile(r"#LEA\.DEV\.5$"))


def test_a_click_on_a_text_goes_to_its_place_in_the_source(
    browser: Browser, seed_file: Path
) -> None:
    with opened(browser, address(seed_file)) as page:
        page.locator(f"{ENTRY} ins").first.click()
        assert in_view(page, REMAINS, "#_source")


def test_the_whole_source_stands_there_in_its_order(
    browser: Browser, seed_file: Path, seed_text: str
) -> None:
    with opened(browser, address(seed_file)) as page:
        shown = page.locator("#_source .text").text_content() or ""
        assert "".join(shown.split()) == "".join(seed_text.split())


def test_the_legend_gives_shares_and_takes_colours_off(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        legend = page.locator(".legend")
        shares = [float(n) for n in re.findall(r"([\d.]+) %", legend.inner_text())]
        assert len(shares) == 9
        assert sum(shares) == pytest.approx(100, abs=0.5)
        fragment = "#_source .text .k-fragment"
        before = background(page, fragment)
        page.get_by_label("Fragment").uncheck()
        assert background(page, fragment) != before
        assert background(page, "#_source .text .k-heading") != background(page, fragment)
        page.get_by_label("Fragment").check()
        assert background(page, fragment) == before


def test_edits_show_in_the_text_when_asked_for(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        entry = page.locator(ENTRY)
        expect(entry.locator("ins")).to_have_text(["this", "always"])
        expect(entry.locator("del")).to_be_hidden()
        page.get_by_label("Edits in the text").check()
        expect(entry.locator("del")).to_have_text(["."])
        expect(entry.locator("del")).to_be_visible()


# Apparatus and findings.


def test_an_emendation_leads_to_its_proof_in_the_source(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        edit = page.locator(".emendation", has_text=CODE).filter(has_text="but at this")
        expect(edit.locator("ins")).to_have_text(" this")
        edit.locator(".proof a").click()
        expect(page.locator(".here")).to_have_text("but at this")
        assert in_view(page, ".here", "#_source")


def test_each_decision_gives_score_rival_and_margin(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        row = page.locator(".decisions tr", has_text="PER.DEV")
        expect(row.locator("td")).to_contain_text(
            ["People understand how to use", "99", "0.913", "leave open", "0.913"]
        )
        margins = [
            float(text) for text in page.locator(".decisions td.num:nth-child(6)").all_inner_texts()
        ]
        assert len(margins) == 30
        assert margins == sorted(margins)


def test_a_finding_leads_to_the_place_that_it_is_about(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        finding = page.locator(".findings > li", has_text="“organisational”")
        finding.get_by_role("link").filter(has_text="11,784").click()
        expect(page.locator(".here")).to_have_text("organisational")
        assert in_view(page, ".here", "#_source")


# Search, filters, keys.


def test_search_keeps_what_fits_and_marks_it_on_both_sides(
    browser: Browser, seed_file: Path
) -> None:
    with opened(browser, address(seed_file)) as page:
        page.get_by_label("Search").fill("LIP  service")
        expect(page.locator("#_hits")).to_have_text("1 text · 1 place in the source")
        expect(page.locator("#_model .entry:visible")).to_have_attribute("id", "LEA.STA.4")
        assert page.evaluate("CSS.highlights.get('hit').size") == 2
        page.keyboard.press("Enter")
        page.wait_for_function("[...CSS.highlights.get('hit')][0].getBoundingClientRect().top > 0")
        assert in_view(
            page,
            '#_source [data-of="'
            + str(page.locator('[id="LEA.STA.4"]').get_attribute("data-id"))
            + '"]',
            "#_source",
        )
        page.keyboard.press("Escape")
        expect(page.get_by_label("Search")).to_have_value("")
        expect(page.locator("#_hits")).to_have_text("")


def test_search_finds_restored_words_and_words_that_only_the_source_has(
    browser: Browser, seed_file: Path
) -> None:
    with opened(browser, address(seed_file)) as page:
        page.get_by_label("Search").fill("not always completely")
        expect(page.locator("#_hits")).to_have_text("1 text · 0 places in the source")
        page.get_by_label("Search").fill("and not always")
        expect(page.locator("#_hits")).to_have_text("1 text · 1 place in the source")
        page.get_by_label("Search").fill("list-style-type")
        expect(page.locator("#_hits")).to_contain_text("0 texts")
        expect(page.locator("#_none")).to_be_visible()
        page.get_by_role("button", name="Show all").click()
        expect(page.locator("#_none")).to_be_hidden()


def test_signs_of_a_pattern_are_searched_as_they_stand(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        page.get_by_label("Search").fill("(eg,")
        expect(page.locator("#_hits")).to_contain_text("texts")
        page.get_by_label("Search").fill(".*")
        expect(page.locator("#_hits")).to_contain_text("0 texts")


def test_filters_keep_a_theme_a_stage_and_what_has_marks(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        page.locator("#_by-theme").select_option("Leadership")
        expect(page.locator(".theme:visible")).to_have_count(1)
        page.locator("#_by-stage").select_option("Developing")
        expect(page.locator("#_model .cell:visible")).to_have_count(1)
        page.locator("#_by-mark").select_option("edited words")
        expect(page.locator("#_model .entry:visible")).to_have_attribute("id", CODE)
        page.locator('.matrix a[href="#LEA.CON"]').click()  # a link shows what filters hide
        assert in_view(page, '[id="LEA.CON"]', "#_model")


def test_single_keys_walk_search_and_help(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file, "#LEA.DEV.4")) as page:
        page.keyboard.press("j")
        expect(page).to_have_url(re.compile(r"#LEA\.DEV\.5$"))
        expect(page.locator(f"{ENTRY} .label")).to_be_focused()
        page.keyboard.press("s")
        expect(page.locator(REMAINS).first).to_be_focused()
        page.keyboard.press("k")
        page.keyboard.press("k")
        expect(page).to_have_url(re.compile(r"#LEA\.DEV\.3$"))
        page.keyboard.press("/")
        expect(page.get_by_label("Search")).to_be_focused()
        page.keyboard.type("j?")  # in a field, keys are letters
        expect(page.get_by_label("Search")).to_have_value("j?")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_single_keys_can_be_switched_off_for_good(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file, f"#{CODE}")) as page:
        page.get_by_role("button", name="Keys").click()
        page.get_by_label("Single keys do these things").uncheck()
        page.get_by_role("button", name="Close").click()
        page.keyboard.press("k")
        expect(page).to_have_url(re.compile(r"#LEA\.DEV\.5$"))
        page.reload()
        page.keyboard.press("k")
        expect(page).to_have_url(re.compile(r"#LEA\.DEV\.5$"))


def test_all_can_be_reached_by_tab_and_focus_is_seen(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        seen = []
        for _ in range(9):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.textContent.trim()"))
            width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert width == "3px"
        assert {"Matrix", "Side by side", "Apparatus", "Findings", "Keys"} <= set(seen)


# Copying.


@pytest.fixture
def copying(browser: Browser, seed_file: Path) -> Iterator[Page]:
    permissions = ["clipboard-read", "clipboard-write"]
    with opened(browser, address(seed_file, f"#{CODE}"), permissions=permissions) as page:
        yield page


def copied(page: Page, button: str) -> str:
    page.get_by_role("button", name=button).click()
    expect(page.locator("#_said")).to_have_text(f"{button}: done")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_text_is_copied_as_published(copying: Page) -> None:
    assert copied(copying, "Copy text") == (
        "the leadership team does reflect on its own performance, but at this stage, discussions "
        "tend to be unstructured, sporadic and not always completely honest"
    )


def test_a_citation_names_model_place_and_source(copying: Page) -> None:
    citation = copied(copying, "Copy citation")
    assert citation.startswith("“the leadership team does reflect")
    assert "The breakthrough model, Leadership, Developing, LEA.DEV.5." in citation
    assert "breakthrough.txt, characters 12145–12288 (sha256 f3c3576d" in citation


def test_json_is_what_the_models_file_holds(copying: Page) -> None:
    item = json.loads(copied(copying, "Copy JSON"))
    assert item["id"] == ID
    assert item["code"] == CODE
    assert item["text"].endswith("not always completely honest")


# For all people, on all screens and on paper.


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_axe_finds_nothing(
    browser: Browser, seed_file: Path, colours: str, size: tuple[int, int]
) -> None:
    with opened(browser, address(seed_file, f"#{CODE}"), size, color_scheme=colours) as page:
        page.get_by_label("Edits in the text").check()
        page.get_by_label("Markup").uncheck()
        page.locator("summary").nth(1).click()
        assert violations(page) == []
        if size == WIDE:
            page.get_by_role("button", name="Keys").click()
            assert violations(page) == []


def test_a_narrow_page_does_not_scroll_sideways(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file, f"#{CODE}"), (320, 640)) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_colours_follow_the_system_and_the_button(browser: Browser, seed_file: Path) -> None:
    with opened(browser, address(seed_file), color_scheme="dark") as page:
        dark = background(page, "body")
        button = page.get_by_role("button", name="Colours")
        button.click()
        light = background(page, "body")
        assert light != dark
        page.reload()
        assert background(page, "body") == light
        button.click()
        assert background(page, "body") == dark


def test_nothing_glides_where_motion_is_not_wanted(browser: Browser, seed_file: Path) -> None:
    style = "getComputedStyle(document.querySelector('.entry')).transitionDuration"
    with opened(browser, address(seed_file), reduced_motion="reduce") as page:
        assert page.evaluate(style) == "0s"
    with opened(browser, address(seed_file), reduced_motion="no-preference") as page:
        assert page.evaluate(style) == "0.12s"


def test_on_paper_it_is_whole(browser: Browser, seed_file: Path, tmp_path: Path) -> None:
    with opened(browser, address(seed_file)) as page:
        page.pdf(path=tmp_path / "report.pdf", format="A4", print_background=True)
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    document.close()
    words = " ".join(" ".join(pages).split())
    assert 12 < len(pages) < 60
    for last in ("MAN.BP.", "list-punctuation", "than supporting/coaching", "CONSOLIDATING"):
        assert last in words
    assert "Copy text" not in words
