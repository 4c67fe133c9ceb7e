"""Corrections as a person makes them, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from breakthrough_extract import load_profile
from breakthrough_extract.corrections import load_corrections
from breakthrough_extract.review.desk import Desk
from tests.support import paths
from tests.support.browsing import NARROW, opened, violations
from tests.support.serving import TOKEN, served

CHOIR = paths.CASES / "extract" / "choir"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    source = tmp_path / "choir.md"
    text = (CHOIR / "input.md").read_text(encoding="utf-8")
    # Two wide characters at the start: whoever counts in UTF-16 is two places off.
    source.write_text(f"🙂🙂 Sing!\n\n{text}", encoding="utf-8")
    return Desk([source], load_profile(CHOIR / "profile.toml"), tmp_path / "corrections.toml")


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    with served(desk) as home, opened(browser, f"{home}/{TOKEN}/") as page:
        yield page


def choose(page: Page, text: str) -> None:
    page.locator("#_model .entry", has_text=text).locator(".label").click()
    expect(page.locator("#_target")).to_contain_text(text[:20])
    page.evaluate(FRAMES)  # in the second, what came into view has been scrolled to


FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def mark(page: Page, text: str) -> None:
    """Mark those words in the source, as with the mouse."""
    page.evaluate(
        """(text) => {
            const walker = document.createTreeWalker(
                document.querySelector("#_source .text"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(text);
                if (at < 0) continue;
                const range = new Range();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + text.length);
                const selection = document.getSelection();
                selection.removeAllRanges();
                selection.addRange(range);
                return;
            }
            throw new Error("not in the source");
        }""",
        text,
    )
    expect(page.locator("#_target")).to_have_text(f"“{text}”")


def follow(page: Page, text: str) -> None:
    """Choose the text that an item or a note stands after."""
    value = page.locator("#_ask-after option", has_text=text).get_attribute("value")
    page.locator("#_ask-after").select_option(value)


def press(page: Page, name: str) -> None:
    """Press that button and wait for the page that comes of it."""
    with page.expect_event("load"):
        page.get_by_role("button", name=name, exact=True).first.click()


def test_a_section_is_moved_to_another_cell(page: Page) -> None:
    choose(page, "Voices are not trained")
    page.get_by_role("button", name="Move section…").click()
    page.locator("#_ask-theme").select_option("Audience")
    expect(page.locator("#_ask-slot")).to_have_value("hum")  # where it stands now
    press(page, "Save")
    moved = page.locator('.theme[data-theme="audience"] .cell[data-stage="hum"] .headline')
    expect(moved).to_contain_text("Voices are not trained")
    expect(page.locator(".decisions .chip.hand")).to_have_count(1)
    expect(page.locator(".matrix .chip.hand")).to_have_count(1)


def test_words_are_marked_as_furniture(page: Page, desk: Desk) -> None:
    mark(page, "and warm-up is a cup of tea")
    press(page, "Furniture")
    expect(page.locator("#_source .k-furniture", has_text="cup of tea")).to_be_visible()
    (kept,) = load_corrections(desk.file).corrections
    assert kept.quote.exact == "and warm-up is a cup of tea"


def test_loose_words_become_an_item_where_they_belong(page: Page) -> None:
    mark(page, "Sing!")
    page.get_by_role("button", name="Item…").click()
    follow(page, "altos with a tired voice")
    press(page, "Save")
    items = page.locator('.theme[data-theme="voice"] .cell[data-stage="hum"] .item .t')
    expect(items).to_contain_text(
        [
            "each voice finds its own note, and warm-up is a cup of tea",
            "altos with a tired voice sing on",
            "Sing!",
        ]
    )


def test_an_item_becomes_a_note(page: Page) -> None:
    choose(page, "altos with a tired voice")
    page.get_by_role("button", name="Note…").click()
    follow(page, "Voices are not trained")
    press(page, "Save")
    expect(page.locator("#_model .note .t")).to_have_text("altos with a tired voice sing on.")


def test_items_are_split_and_joined(page: Page) -> None:
    mark(page, "and warm-up is a cup of tea")
    press(page, "Split before")
    items = page.locator('.theme[data-theme="voice"] .cell[data-stage="hum"] .item .t')
    expect(items).to_have_count(3)
    choose(page, "each voice finds its own note")
    press(page, "Join with next")
    expect(items).to_have_count(2)


def test_a_reading_is_fixed_and_shown_as_by_hand(page: Page) -> None:
    mark(page, "altos")
    page.get_by_role("button", name="Reads…").click()
    expect(page.get_by_role("textbox", name="It reads")).to_have_value("altos")
    page.get_by_role("textbox", name="It reads").fill("basses 🙂")
    press(page, "Save")
    expect(page.locator("#_model .item ins")).to_have_text("basses 🙂")
    expect(page.locator(".rule", has_text="by-hand")).to_contain_text("A person decided so.")


def test_an_edit_is_refused_in_the_apparatus(page: Page) -> None:
    rule = page.locator(".rule", has_text="list-punctuation")
    rule.locator("summary").click()
    edit = rule.locator("li", has_text="sing on")
    with page.expect_event("load"):
        edit.get_by_role("button", name="Refuse").click()
    expect(page.locator("#_model .item", has_text="sing on.")).to_have_count(1)
    expect(page.locator("#_apparatus")).to_contain_text("is not to be made")


def test_undo_and_redo(page: Page, desk: Desk) -> None:
    mark(page, "altos")
    press(page, "Furniture")
    expect(page.locator("#_model .item", has_text="altos")).to_have_count(0)
    press(page, "Undo")
    expect(page.locator("#_model .item", has_text="altos")).to_have_count(1)
    assert load_corrections(desk.file).corrections == ()
    press(page, "Redo")
    expect(page.locator("#_model .item", has_text="altos")).to_have_count(0)


def test_what_cannot_be_done_is_told(browser: Browser, desk: Desk) -> None:
    with served(desk) as home, opened(browser, f"{home}/{TOKEN}/", refused=True) as page:
        choose(page, "altos with a tired voice")
        page.get_by_role("button", name="Join with next").click()
        expect(page.get_by_role("alert")).to_contain_text("no item follows")
        page.get_by_role("button", name="Redo").click()
        expect(page.get_by_role("alert")).to_contain_text("nothing was undone")
    assert not desk.file.exists()


def test_the_reader_keeps_the_place(page: Page) -> None:
    choose(page, "a voice teacher hears every voice")
    page.evaluate("document.getElementById('_source').scrollTop = 321")
    where = page.evaluate("document.getElementById('_source').scrollTop")
    press(page, "Join with next")
    page.wait_for_function(
        "(top) => Math.abs(document.getElementById('_source').scrollTop - top) < 2", arg=where
    )


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, desk: Desk, colours: str) -> None:
    with (
        served(desk) as home,
        opened(browser, f"{home}/{TOKEN}/", NARROW, color_scheme=colours) as page,
    ):
        choose(page, "altos with a tired voice")
        assert violations(page) == []
        page.get_by_role("button", name="Item…").click()
        assert violations(page) == []


def test_words_are_marked_with_the_mouse(page: Page) -> None:
    """Links in the source neither drag nor lead away while words in them are marked."""
    line = page.locator("#_source .text .k", has_text="altos with a tired voice").first
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 2, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, height, steps=5)
    page.mouse.up()
    expect(page.locator("#_target")).to_contain_text("“altos with")
    assert "#" not in page.url
