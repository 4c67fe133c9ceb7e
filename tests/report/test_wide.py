"""What only some models have, on the page: values are read off garden.json by eye."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from breakthrough_extract import Model, load
from breakthrough_extract.ledger import Ledger
from breakthrough_extract.report import render
from tests.support import paths
from tests.support.browsing import NARROW, WIDE, opened, violations

LEDGER = Ledger(
    model="garden",
    profile="garden",
    profile_sha256="",
    sources=(),
    fields=(),
    decisions=(),
    findings=(),
)


@pytest.fixture(scope="module")
def garden() -> Model:
    return load(paths.CASES / "wide" / "garden.json")


@pytest.fixture(scope="module")
def html(garden: Model) -> str:
    return render(garden, LEDGER)


@pytest.fixture(scope="module")
def page(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


@pytest.fixture(scope="module")
def file(html: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wide") / "report.html"
    path.write_text(html, encoding="utf-8", newline="\n")
    return path


def text(page: BeautifulSoup, id_: str) -> str:
    entry = page.find(id=id_)
    assert entry, id_
    shown = entry.select_one(".t")
    assert shown
    return shown.text


@pytest.mark.parametrize(
    ("anchor", "wording"),
    [
        ("WAT.question", "Who waters, and when?"),
        ("WAT.motto", "No drop is lost."),
        ("WAT.description.2", "Drains are another matter."),
        ("WAT.PAT.prose.1", "Water comes when somebody remembers."),
        ("WAT.PAT.1", "Cans are filled by hand"),
        ("WAT.PAT.1.2", "from the kitchen tap"),
        ("WAT.PAT.LIST1.1", "cracked soil"),
        ("WAT.LIST1.1.1", "with a lid"),
        ("stage.patch.description.1", "Somebody digs when there is time."),
        ("PAT.1.1", "so is a rake"),
    ],
)
def test_each_text_has_an_address_of_its_own(
    page: BeautifulSoup, anchor: str, wording: str
) -> None:
    assert text(page, anchor) == wording


def test_each_item_stands_there_once(page: BeautifulSoup, garden: Model) -> None:
    shown = [entry["data-id"] for entry in page.select("#_model li.item")]
    assert sorted(map(str, shown)) == sorted(item.id for item in garden.iter_items())


def test_no_id_stands_twice_and_no_link_leads_nowhere(page: BeautifulSoup) -> None:
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {str(link["href"])[1:] for link in page.select("a[href^='#']")} <= set(ids)


def test_what_is_listed_under_an_item_stands_in_it(page: BeautifulSoup) -> None:
    can = page.find(id="WAT.PAT.1")
    assert can
    assert [str(entry["id"]) for entry in can.select("li")] == ["WAT.PAT.1.1", "WAT.PAT.1.2"]


def test_empty_and_nothing_required_are_told_apart(page: BeautifulSoup) -> None:
    assert "the source says that nothing is asked here" in page.select("#WEE\\.PAT")[0].text
    assert "empty: the source has the cell" in page.select("#WEE\\.plot")[0].text
    words = [cell.text.split("\n")[0] for cell in page.select(".matrix td .head")]
    assert words == [
        "Water comes when somebody remembers.",
        "Pipes do the work",
        "nothing is asked",
        "empty",
        "Pull early",
    ]


def test_where_no_headline_is_expected_none_is_missed(page: BeautifulSoup) -> None:
    assert "no headline" not in page.text


def test_a_stage_that_a_theme_has_not_is_not_missing(garden: Model) -> None:
    theme = garden.themes[0].model_copy(
        update={"stages": garden.themes[0].stages[:1], "scale": ("patch",)}
    )
    model = garden.model_copy(update={"themes": (theme,)})
    page = BeautifulSoup(render(model, LEDGER), "lxml")
    assert [cell.text for cell in page.select(".matrix td.missing")] == ["no such stage"]


def test_groups_head_their_rows_of_the_matrix(page: BeautifulSoup) -> None:
    heads = [row.text.strip().split("\n")[0] for row in page.select(".matrix tbody tr th")]
    assert heads[0] == "Growing"
    assert heads[1].startswith("Water")
    assert heads[2] == "Keeping"
    assert heads[3].startswith("Weeds")


def test_a_theme_may_have_the_identifier_of_a_stage(garden: Model) -> None:
    theme = garden.themes[0].model_copy(update={"id": "patch"})
    model = garden.model_copy(update={"themes": (theme,)})
    page = BeautifulSoup(render(model, LEDGER), "lxml")
    assert text(page, "stage.patch.description.1") == "Somebody digs when there is time."
    assert text(page, "WAT.description.1") == "Everything that brings water to roots."
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(ids) == len(set(ids))


# In the browser.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_axe_finds_nothing(
    browser: Browser, file: Path, scheme: str, size: tuple[int, int]
) -> None:
    with opened(browser, file.as_uri(), size, color_scheme=scheme) as page:
        assert violations(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def shown(page: Page) -> list[str]:
    ids: list[str] = page.evaluate(
        "[...document.querySelectorAll('#_model .entry')]"
        ".filter((e) => e.getClientRects().length).map((e) => e.id)"
    )
    return ids


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kitchen tap", ["WAT.PAT.1", "WAT.PAT.1.2"]),  # with what it is listed under
        ("with a lid", ["WAT.LIST1.1", "WAT.LIST1.1.1"]),
        ("drop is lost", ["WAT.motto"]),
        ("somebody", ["stage.patch.description.1", "WAT.PAT.prose.1"]),
    ],
)
def test_search_finds_what_stands_deeper(
    browser: Browser, file: Path, query: str, found: list[str]
) -> None:
    with opened(browser, file.as_uri()) as page:
        page.fill("#_search", query)
        page.press("#_search", "Enter")  # at once, not after a pause in typing
        assert shown(page) == found


def test_a_stage_is_shown_with_what_is_said_of_it(browser: Browser, file: Path) -> None:
    with opened(browser, file.as_uri()) as page:
        page.select_option("#_by-stage", "plot")
        assert shown(page) == ["WAT.plot.headline", "WAT.plot.prose.1"]


def test_a_link_to_a_nested_item_lights_it_and_offers_to_copy_it(
    browser: Browser, file: Path
) -> None:
    with opened(browser, f"{file.as_uri()}#WAT.PAT.1.2") as page:
        entry = page.locator("[id='WAT.PAT.1.2']")
        entry.locator(".bar-of-item").wait_for()
        assert "here" in (entry.get_attribute("class") or "")
