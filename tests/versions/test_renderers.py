"""Diffs as people read them: on a terminal, in a pull request, on a page."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from breakthrough_extract import Model, diff
from breakthrough_extract.versions.formats import Format, render
from tests.support import paths
from tests.support.outlines import outline, read_outline

CASES = paths.CASES / "diff"
OLD = """
title: How we garden
stage: wild Wild
stage: tended Tended
# soil Soil
> Nothing grows.
## wild: Nobody looks at it
- i-1 the soil is hard and grey
- i-2 nobody knows what it lacks
## tended: It is fed
- i-3 compost is dug in every spring
"""
NEW = """
title: How we garden
stage: wild Wild
stage: tended Tended
# soil Soil
> Nothing grows.
## wild: Nobody looks at it
- i-1 the soil is hard, dry and grey
## tended: It is fed
- i-3 compost is dug in every spring
- i-4 the soil is covered in winter
"""


def shown(form: Format, old: str = OLD, new: str = NEW, colour: bool = False) -> str:
    before, after = outline(old), outline(new)
    return render(form, before, after, diff(before, after), colour)


def case(name: str) -> tuple[Model, Model]:
    return read_outline(CASES / name / "old.txt"), read_outline(CASES / name / "new.txt")


# ------------------------------------------------------------------ terminal


def test_a_terminal_shows_words_that_changed_among_those_that_did_not() -> None:
    text = shown("terminal")
    assert "the soil is hard{+, dry+} and grey" in text
    assert "[-nobody knows what it lacks-]" in text
    assert "{+the soil is covered in winter+}" in text
    assert "SOI.WIL.1 Wild reworded" in text


def test_it_has_a_matrix_of_the_cells_that_changed() -> None:
    lines = [line.split() for line in shown("terminal").splitlines()]
    assert ["Changes", "Theme", "Wild", "Tended"] in lines
    assert ["Soil", "·", "2", "1"] in lines


def test_it_sums_up_in_the_first_line() -> None:
    first = shown("terminal").splitlines()[0]
    assert first == "3 changes: 1 breaking, 1 compatible, 1 editorial. Next version: major."


def test_colours_take_the_place_of_marks() -> None:
    text = shown("terminal", colour=True)
    assert "\x1b[" in text
    assert "{+" not in text
    assert "the soil is hard, dry and grey" in re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_what_a_terminal_obeys_is_not_passed_on() -> None:
    text = shown("terminal", new=NEW.replace("dry", "\x1b[2Jdry\x07"), colour=True)
    assert "\x1b[2J" not in text
    assert "\x07" not in text


def test_long_texts_show_the_words_around_a_change() -> None:
    words = " ".join(f"word{n}" for n in range(40))
    old = OLD.replace("hard and grey", f"hard {words} grey")
    text = shown("terminal", old, old.replace("word20", "other"))
    line = next(line for line in text.splitlines() if "{+other+}" in line)
    assert "word19 [-word20-]{+other+} word21" in line
    assert "word5" not in line
    assert "…" in line


# ------------------------------------------------------------------ Markdown


def test_markdown_strikes_out_and_emphasises() -> None:
    text = shown("markdown")
    assert "the soil is hard**, dry** and grey" in text
    assert "~~nobody knows what it lacks~~" in text
    assert "| Soil |  | 2 | 1 |" in text
    assert "withdrawn, breaking" in text


def test_markdown_in_a_text_stays_text() -> None:
    text = shown("markdown", new=NEW.replace("dry", "*dry* <b>|x|"))
    assert r"\*dry\* \<b\>\|x\|" in text


# ------------------------------------------------------------------ page


def rows(page: str) -> list[tuple[str, ...]]:
    """The rows of a page: label, old and new; struck words in [], new ones in {}."""
    soup = BeautifulSoup(page, "lxml")
    for tag in soup.find_all(["del", "ins"]):
        left, right = "[]" if tag.name == "del" else "{}"
        tag.replace_with(f"{left}{tag.get_text()}{right}")
    found = (tr.find_all(["th", "td"]) for tr in soup.select(".beside tr"))
    texts = (tuple(" ".join(cell.get_text().split()) for cell in row) for row in found)
    return [row for row in texts if len(row) == 3]


def test_a_page_has_both_versions_side_by_side() -> None:
    assert [row for row in rows(shown("html")) if row[0].startswith(("SOI", "complaint"))] == [
        ("complaint", "Nothing grows.", "Nothing grows."),
        ("SOI.WIL.1 reworded", "the soil is hard and grey", "the soil is hard{, dry} and grey"),
        ("SOI.WIL.2 withdrawn breaking", "[nobody knows what it lacks]", ""),
        ("SOI.TEN.1", "compost is dug in every spring", "compost is dug in every spring"),
        ("SOI.TEN.2 added", "", "{the soil is covered in winter}"),
    ]


def test_what_moved_stands_in_both_places() -> None:
    found = rows(render("html", *case("every-kind"), diff(*case("every-kind"))))
    moved = [row for row in found if "from Money, Quiet to Staff, Quiet" in row[0]]
    text = "nobody outside the treasurer's office has seen the accounts"
    assert sorted(row[1:] for row in moved) == [("", text), (text, "")]


@pytest.mark.parametrize("name", ["every-kind", "fifteen"])
def test_each_text_of_either_version_stands_on_the_page(name: str) -> None:
    old, new = case(name)
    found = rows(render("html", old, new, diff(old, new)))
    for column, model in ((1, old), (2, new)):
        there = [re.sub(r"[][{}]", "", row[column]) for row in found]
        for item in model.iter_items():
            assert there.count(item.text) == 1


@pytest.mark.parametrize("name", ["every-kind", "fifteen"])
def test_each_change_can_be_gone_to_once(name: str) -> None:
    old, new = case(name)
    changes = diff(old, new)
    page = render("html", old, new, changes)
    anchors = re.findall(r'id="(change-\d+)"', page)
    assert sorted(anchors) == sorted(f"change-{n}" for n in range(1, len(changes.changes) + 1))


def test_a_page_fetches_nothing_and_escapes_all() -> None:
    page = shown("html", new=NEW.replace("dry", "<script>alert(1)</script> \"'&"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "default-src &#39;none&#39;" in page
    assert not re.search(r"""(src|href)=["'](?!#)""", page)


def test_versions_that_are_the_same_say_so_in_every_format() -> None:
    assert shown("terminal", OLD, OLD) == "No changes.\n"
    assert shown("markdown", OLD, OLD) == "**No changes.**\n"
    assert "The two versions are the same." in shown("html", OLD, OLD)
