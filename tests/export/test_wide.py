"""What only some models have, in each format: expected values are read off garden.json by eye."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest
from lxml import etree

from breakthrough_extract import Model, load
from breakthrough_extract.export import export
from tests.support import paths

GARDEN = paths.CASES / "wide" / "garden.json"
TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@pytest.fixture(scope="module")
def garden() -> Model:
    return load(GARDEN)


def written(model: Model, to: str, ending: str) -> bytes:
    return export(model, None, to, "a")[f"a.{ending}"]


def test_markdown_shows_all_of_it(garden: Model) -> None:
    expected = GARDEN.with_suffix(".md").read_text(encoding="utf-8")
    assert written(garden, "markdown", "md").decode() == expected


@pytest.fixture(scope="module")
def edition(garden: Model) -> Any:
    tree = etree.fromstring(written(garden, "tei", "tei.xml"))
    etree.RelaxNG(etree.parse(paths.SCHEMA / "tei.rng")).assertValid(tree)
    return tree


def test_the_edition_names_what_is_said_of_a_theme(edition: Any) -> None:
    theme = edition.find(f".//*[@{XML_ID}='water']")
    heads = [(head.get("type"), head.text) for head in theme.findall(f"{TEI}head")]
    assert heads == [(None, "Water"), ("group", "Growing"), ("question", "Who waters, and when?")]
    (motto,) = theme.iter(f"{TEI}q")
    assert (motto.get("type"), motto.text) == ("motto", "No drop is lost.")
    assert [p.text for p in theme.findall(f"{TEI}p")] == [
        "Everything that brings water to roots.",
        "Drains are another matter.",
    ]


def test_the_edition_tells_empty_from_missing_and_from_nothing_required(edition: Any) -> None:
    weeds = edition.find(f".//*[@{XML_ID}='weeds']")
    nothing, empty, _ = weeds.findall(f"{TEI}div")
    assert nothing.get("subtype") == "no-requirement"
    assert empty.get("subtype") is None
    assert [child.tag for child in empty] == [f"{TEI}head", f"{TEI}p"]
    assert not list(empty.iter(f"{TEI}gap"))


def test_the_edition_nests_what_is_listed_under_an_item(edition: Any) -> None:
    item = edition.find(f".//*[@{XML_ID}='i-can']")
    assert item.text.strip() == "Cans are filled by hand"
    assert [inner.text for inner in item.iter(f"{TEI}item")][1:] == [
        "from the rain barrel",
        "from the kitchen tap",
    ]


def test_the_edition_has_named_lists_of_cells_and_themes(edition: Any) -> None:
    lists = [
        (div.getparent().get(XML_ID), div.findtext(f"{TEI}head"))
        for div in edition.iter(f"{TEI}div")
        if div.get("type") == "list"
    ]
    assert lists == [("water.patch", "Signs"), ("water", "Tools"), ("water", "Measures")]


def test_the_edition_has_what_holds_at_a_stage_whatever_the_theme(edition: Any) -> None:
    (stage,) = edition.findall(f".//{TEI}front/{TEI}div")
    assert [(head.get("type"), head.text) for head in stage.findall(f"{TEI}head")] == [
        (None, "Patch"),
        ("alias", "Level 1"),
    ]
    assert stage.findtext(f"{TEI}p") == "Somebody digs when there is time."
    assert [item.get("n") for item in stage.iter(f"{TEI}item")] == ["PAT.1", "PAT.1.1"]


@pytest.fixture(scope="module")
def package(garden: Model) -> Any:
    return json.loads(written(garden, "case", "case.json"))


def test_each_item_of_a_list_is_the_child_of_what_it_stands_under(package: Any) -> None:
    parents = {
        link["originNodeURI"]["title"]: link["destinationNodeURI"]["title"]
        for link in package["CFAssociations"]
        if link["associationType"] == "isChildOf"
    }
    prose = "Water comes when somebody remembers.\nIn August nobody does."
    assert parents["cracked soil"] == "Signs"
    assert parents["Signs"] == prose
    assert parents["from the kitchen tap"] == "Cans are filled by hand"
    assert parents["Cans are filled by hand"] == prose
    assert parents["with a lid"] == "a barrel"
    assert parents["a barrel"] == "Tools"
    assert parents["Tools"] == "Water"
    assert parents["so is a rake"] == "A spade is at hand"
    assert parents["A spade is at hand"] == "Patch"
    assert parents["Patch"] == "The garden ladder"


def test_a_theme_has_its_group_as_keyword_and_the_rest_as_notes(package: Any) -> None:
    (water,) = (item for item in package["CFItems"] if item["fullStatement"] == "Water")
    assert water["conceptKeywords"] == ["Growing"]
    assert water["notes"].split("\n") == [
        "Who waters, and when?",
        "No drop is lost.",
        "Everything that brings water to roots.",
        "Drains are another matter.",
    ]


def test_a_cell_says_what_the_source_calls_its_stage(package: Any) -> None:
    labels = [i.get("alternativeLabel") for i in package["CFItems"] if i["CFItemType"] == "Stage"]
    assert labels == ["Patch (By hand)", "Plot", "Patch", "Plot"]


def test_the_matrix_sheet_has_all_that_is_printed(garden: Model) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(garden, "xlsx", "xlsx")))
    rows = [[cell.value or "" for cell in row] for row in book["Matrix"].iter_rows()]
    assert rows[0] == [
        "",
        "Patch\nSomebody digs when there is time.\n• A spade is at hand\n   • so is a rake",
        "Plot",
        "Breakthrough points",
        "Lists",
    ]
    assert rows[1] == [
        (
            "Growing\n\nWater\n\nWho waters, and when?\n\nNo drop is lost.\n\n"
            "Everything that brings water to roots.\n\nDrains are another matter."
        ),
        (
            "By hand\nWater comes when somebody remembers.\nIn August nobody does.\n"
            "• Cans are filled by hand\n   • from the rain barrel\n   • from the kitchen tap\n"
            "Signs:\n• cracked soil\nA hose counts as a can."
        ),
        "Pipes do the work\nA timer opens the valve.",
        "",
        "Tools:\n• a barrel\n   • with a lid\nMeasures:\n• litres a week",
    ]
    assert rows[2][1:] == ["• No requirement", "", "Pull early\n• take them young", ""]


def test_a_matrix_cell_that_is_too_long_is_cut_and_its_table_is_not(garden: Model) -> None:
    theme = garden.themes[0]
    (item,) = theme.stages[0].indicators
    items = tuple(item.model_copy(update={"id": id_, "text": id_ * 20_000}) for id_ in "ab")
    items = tuple(item.model_copy(update={"items": ()}) for item in items)
    cell = theme.stages[0].model_copy(update={"indicators": items})
    model = garden.model_copy(update={"themes": (theme.model_copy(update={"stages": (cell,)}),)})
    book = openpyxl.load_workbook(io.BytesIO(written(model, "xlsx", "xlsx")))
    printed = book["Matrix"].cell(2, 2).value
    assert len(printed) == 32_767
    assert printed.endswith("b…")
    head, *rows = book["indicators"].iter_rows(values_only=True)
    assert [len(row[head.index("text")]) for row in rows] == [20_000, 20_000]


def test_rows_tell_where_nested_and_listed_items_stand(garden: Model) -> None:
    told = ("kind", "code", "list", "parent_id", "theme_id", "stage_id", "number")
    rows = [tuple(row[name] for name in told) for row in garden.rows()]
    assert rows == [
        ("stage_item", "PAT.1", None, None, None, "patch", 1),
        ("stage_item", "PAT.1.1", None, "s-tools", None, "patch", 1),
        ("prose", None, None, None, "water", "patch", 1),
        ("prose", None, None, None, "water", "patch", 2),
        ("indicator", "WAT.PAT.1", None, None, "water", "patch", 1),
        ("indicator", "WAT.PAT.1.1", None, "i-can", "water", "patch", 1),
        ("indicator", "WAT.PAT.1.2", None, "i-can", "water", "patch", 2),
        ("list_item", "WAT.PAT.LIST1.1", "Signs", None, "water", "patch", 1),
        ("prose", None, None, None, "water", "plot", 1),
        ("list_item", "WAT.LIST1.1", "Tools", None, "water", None, 1),
        ("list_item", "WAT.LIST1.1.1", "Tools", "l-barrel", "water", None, 1),
        ("list_item", "WAT.LIST2.1", "Measures", None, "water", None, 1),
        ("indicator", "WEE.PAT.1", None, None, "weeds", "patch", 1),
        ("breakthrough_point", "WEE.BP.1", None, None, "weeds", None, 1),
    ]


def test_a_row_has_what_is_said_of_its_theme(garden: Model) -> None:
    row = next(row for row in garden.rows() if row["code"] == "WAT.PAT.1.2")
    assert row["group"] == "Growing"
    assert row["question"] == "Who waters, and when?"
    assert row["motto"] == "No drop is lost."
    assert row["description"] == (
        "Everything that brings water to roots.\n\nDrains are another matter."
    )
    assert row["stage_label"] == "By hand"


def test_items_of_lists_and_under_items_are_found(garden: Model) -> None:
    assert garden.find("WAT.LIST1.1.1").text == "with a lid"
    assert garden.find("s-rake").text == "so is a rake"


def test_a_notebook_shows_groups_questions_and_prose(garden: Model) -> None:
    shown = garden._repr_html_()
    assert "<small>Growing Who waters, and when?</small><br>Water <small>(3)</small>" in shown
    assert (
        "<small>By hand</small><br>Water comes when somebody remembers. In August nobody does. "
        "<small>(4)</small>" in shown
    )
    assert "<td>no requirement <small>(1)</small></td>" in shown
    assert "<td>– <small>(0)</small></td>" in shown
