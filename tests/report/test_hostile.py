"""Text that would be more than text, if the page let it."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from breakthrough_extract import Extraction, load_profile
from breakthrough_extract.pipeline import extract_document
from breakthrough_extract.report import render
from tests.support import paths
from tests.support.browsing import address, opened, violations
from tests.support.extracting import read_document

CHOIR = paths.CASES / "extract" / "choir"
SCRIPT = "<script>globalThis.hacked = true</script>"
TITLE = f"</title>{SCRIPT}"
NAME = '"><img src=x onerror=hacked=1>.txt'
ITEM = "altos “say” \"quotes\" & 'more', </script>, שלום עולם, 🙂👩🏽‍🚀 and \u202eoverride\u202c"
AFTER = "sopranos 🙂 follow the altos"


@pytest.fixture(scope="module")
def hostile() -> Extraction:
    """A choir whose title, file name, theme and texts try to get out."""
    profile = load_profile(CHOIR / "profile.toml")
    voice, *rest = profile.themes
    # The name that the page shows; the one that the text has is an alias.
    voice = dataclasses.replace(voice, name=SCRIPT, aliases=("Voice",), code='"><b>')
    profile = dataclasses.replace(profile, title=TITLE, themes=(voice, *rest))
    text = (CHOIR / "input.md").read_text(encoding="utf-8")
    # In code marks the text is the author's; outside them a tag would be the format's.
    text = text.replace("altos with a tired voice sing on.", f"{ITEM};\n- {AFTER}.")
    return extract_document(read_document(text, NAME), profile)


@pytest.fixture
def file(hostile: Extraction, tmp_path: Path) -> Path:
    sources = {source.sha256: source for source in hostile.sources}
    target = tmp_path / "report.html"
    page = render(hostile.model, hostile.ledger, sources)
    target.write_text(page, encoding="utf-8", newline="\n")
    return target


def test_nothing_of_it_runs_and_all_of_it_is_shown(browser: Browser, file: Path) -> None:
    with opened(browser, address(file)) as page:
        assert page.evaluate("globalThis.hacked") is None
        expect(page).to_have_title(f"{TITLE} – source and result")
        expect(page.locator("h1")).to_have_text(TITLE)
        expect(page.locator(".file h3")).to_have_text(NAME)
        expect(page.locator(".matrix th[scope=row]").first).to_have_text(SCRIPT)
        assert page.locator("img, h1 script, td script, b").count() == 0
        shown = page.locator("#_model .t").all_text_contents()
        assert any("שלום עולם, 🙂👩🏽‍🚀" in text and '"quotes" & ' in text for text in shown)
        assert violations(page) == []


def test_links_to_it_work(browser: Browser, file: Path) -> None:
    with opened(browser, address(file)) as page:
        entry = page.locator(".entry", has_text=AFTER)
        entry.locator(".label").click()
        expect(entry).to_have_class(re.compile("here"))
        place = page.locator("#_source .text .here")
        expect(place).to_have_text(f"{AFTER}.")


def test_what_stands_behind_wide_characters_is_found_at_its_place(
    browser: Browser, file: Path
) -> None:
    with opened(browser, address(file)) as page:
        page.get_by_label("Search").fill("🙂 follow")
        expect(page.locator("#_hits")).to_have_text("1 text · 1 place in the source")
        assert page.evaluate("[...CSS.highlights.get('hit')].map(String)") == ["🙂 follow"] * 2


def test_the_published_text_is_what_is_copied(
    browser: Browser, file: Path, hostile: Extraction
) -> None:
    items = {item.text for item in hostile.model.iter_items()}
    permissions = ["clipboard-read", "clipboard-write"]
    with opened(browser, address(file), permissions=permissions) as page:
        entry = page.locator(".entry", has_text="שלום")
        entry.locator(".label").click()
        page.get_by_role("button", name="Copy text").click()
        expect(page.locator("#_said")).to_have_text("Copy text: done")
        assert page.evaluate("navigator.clipboard.readText()") in items
