"""Lists that lost their marks and have no punctuation either: items again, or in doubt."""

from __future__ import annotations

import textwrap

import pytest

from breakthrough_extract.pipeline import Extraction, extract_document
from breakthrough_extract.profile import Label, Profile
from breakthrough_extract.readers import read_bytes

FARM = Profile(
    "farm",
    "Farm",
    (Label("seed", "Seed", "SEE"), Label("sprout", "Sprout", "SPR")),
    (Label("water", "Water", "WAT"), Label("soil", "Soil", "SOI")),
)
LISTS = {
    ("Water", "Seed"): [
        "The well is shared by all farms in the valley",
        "Nobody knows how much water is drawn",
        "Leaks are found by chance when somebody walks along the ditch",
    ],
    ("Water", "Sprout"): [
        "A meter stands at each gate",
        "Ditches are cleared before the rain comes",
        "Leaks are mended",
        "Each farm knows how much of the water it may draw in a dry summer",
    ],
    ("Soil", "Seed"): [
        "Fields lie bare in winter",
        "Manure is bought when it is cheap and spread when there is time",
        "The soil has never been tested",
    ],
    ("Soil", "Sprout"): [
        "Clover follows barley",
        "Each field has a book in which all that is done to it is written",
        "Worms are counted in May",
        "Steep fields are ploughed along the slope or not at all",
    ],
}


def written(texts: dict[tuple[str, str], str], heads: tuple[str, str] = ("## ", "### ")) -> str:
    """The model, a paragraph a cell."""
    out: list[str] = []
    for theme in FARM.themes:
        out.append(heads[0] + theme.name)
        for stage in FARM.stages:
            out += [heads[1] + stage.name, texts[theme.name, stage.name]]
    return "\n\n".join(out) + "\n"


def read(text: str, name: str = "farm.md") -> Extraction:
    return extract_document(read_bytes(name, text.encode()), FARM)


def items(result: Extraction) -> dict[tuple[str, str], list[str]]:
    return {
        (theme.name, cell.name): [indicator.text for indicator in cell.indicators]
        for theme in result.model.themes
        for cell in theme.stages
    }


def codes(result: Extraction) -> list[str]:
    return [finding.code for finding in result.findings]


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width))


@pytest.mark.parametrize("end", ["\n", "  \n", "\\\n"])
@pytest.mark.parametrize("capitals", [True, False])
def test_each_line_is_an_item_where_lines_had_room(end: str, capitals: bool) -> None:
    cells = {
        at: own if capitals else [item[0].lower() + item[1:] for item in own]
        for at, own in LISTS.items()
    }
    result = read(written({at: end.join(own) for at, own in cells.items()}))
    assert items(result) == cells
    assert "marks-lost" in codes(result)


def test_lines_that_fill_the_column_go_on_in_lower_case() -> None:
    cells = {at: "\n".join(wrapped(item, 34) for item in own) for at, own in LISTS.items()}
    result = read(written(cells, ("", "")), "farm.txt")
    assert items(result) == LISTS
    assert "marks-lost" in codes(result)


def test_wrapped_prose_stays_prose() -> None:
    prose = {at: ". ".join(own) + "." for at, own in LISTS.items()}
    result = read(written({at: wrapped(text, 40) for at, text in prose.items()}))
    assert {at: len(own) for at, own in items(result).items()} == dict.fromkeys(LISTS, 1)
    assert result.clean


def test_two_lines_of_which_nothing_is_known_are_an_error() -> None:
    cells = {at: own[0] for at, own in LISTS.items()}
    cells["Soil", "Seed"] = "Manure is bought when it is cheap\nfields lie bare"
    cells["Water", "Seed"] = (
        "The well is shared by all farms in the valley and beyond\nleaks are seen"
    )
    result = read(written(cells))
    assert "doubtful-item" in codes(result)
    assert not result.clean


def test_wrapped_lines_of_cells_are_no_items_in_silence() -> None:
    rows = ["| | Seed | Sprout |", "|---|---|---|"]
    for theme in FARM.themes:
        texts = (LISTS[theme.name, stage.name] for stage in FARM.stages)
        cells = (
            "<br>".join(wrapped(item, 26).replace("\n", "<br>") for item in own) for own in texts
        )
        rows.append(f"| {theme.name} | {' | '.join(cells)} |")
    result = read("\n".join(rows) + "\n")
    assert items(result) == LISTS or "doubtful-item" in codes(result)


def test_a_line_with_a_colon_over_others_is_the_headline() -> None:
    cells = {at: "What there is:\n\n" + "\n".join(own) for at, own in LISTS.items()}
    result = read(written(cells))
    headlines = {cell.headline for theme in result.model.themes for cell in theme.stages}
    assert headlines == {"What there is"}
    assert items(result) == LISTS


def test_wrapped_lines_of_cells_go_on_where_items_end_in_semicolons() -> None:
    def cell(own: list[str]) -> str:
        ended = [*(f"{item};" for item in own[:-2]), f"{own[-2]}; and", f"{own[-1]}."]
        return "<br>".join(wrapped(item, 34).replace("\n", "<br>") for item in ended)

    rows = "".join(
        f"| {theme} | {cell(LISTS[theme, 'Seed'])} | {cell(LISTS[theme, 'Sprout'])} |\n"
        for theme in ("Water", "Soil")
    )
    result = read(f"|  | Seed | Sprout |\n| --- | --- | --- |\n{rows}")
    assert items(result) == LISTS
    assert "doubtful-item" not in codes(result)
