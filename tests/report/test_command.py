"""`report` and `extract --report` as a person meets them, and the model in a notebook."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from breakthrough_extract.cli import main
from breakthrough_extract.corrections import Book, written
from breakthrough_extract.corrections.nouns import Quote, Read
from breakthrough_extract.loading import load
from tests.support import paths
from tests.support.browsing import address, opened, violations

CHOIR = paths.CASES / "extract" / "choir"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def running(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return status, told.out, told.err

    return running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """`output/` with model and ledger, and `raw/` beside it with what they were made from."""
    for path in (paths.OUTPUT / "breakthrough.json", paths.OUTPUT / "breakthrough.ledger.json"):
        (tmp_path / "output").mkdir(exist_ok=True)
        shutil.copy(path, tmp_path / "output")
    (tmp_path / "raw").mkdir()
    shutil.copy(paths.SEED, tmp_path / "raw")
    return tmp_path


def tree(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")


def test_it_finds_ledger_and_source_beside_the_model(
    folder: Path, run: Run, seed_page: str
) -> None:
    status, out, err = run("report", folder / "output" / "breakthrough.json")
    assert (status, err) == (0, "")
    assert (folder / "output" / "breakthrough.html").read_text(encoding="utf-8") == seed_page
    assert "Written" in out


def test_a_source_that_is_elsewhere_is_given(folder: Path, run: Run, seed_page: str) -> None:
    (folder / "raw" / "breakthrough.txt").rename(folder / "else.txt")
    model, page = folder / "output" / "breakthrough.json", folder / "page.html"
    status, _, _ = run("report", model, "-o", page, "--source", folder / "else.txt")
    assert status == 0
    assert page.read_text(encoding="utf-8") == seed_page


def test_a_source_that_was_changed_is_not_taken(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)  # or the repository's own raw/ would be found
    source = folder / "raw" / "breakthrough.txt"
    source.write_bytes(source.read_bytes() + b"x")
    model = folder / "output" / "breakthrough.json"
    status, out, _ = run("report", model)
    assert status == 0
    assert "only its quotes are shown" in out
    assert tree(folder / "output" / "breakthrough.html").select(".quotes a")
    status, _, err = run("report", model, "--source", source)
    assert status == 2
    assert "not what the ledger was made from" in err


@pytest.mark.parametrize(
    ("gone", "told"),
    [("breakthrough.ledger.json", "ledger file"), ("breakthrough.json", "model file")],
)
def test_what_is_missing_is_told_and_nothing_is_written(
    folder: Path, run: Run, gone: str, told: str
) -> None:
    (folder / "output" / gone).unlink()
    status, _, err = run("report", folder / "output" / "breakthrough.json")
    assert status == 2
    assert told in err
    assert not list(folder.rglob("*.html"))


def test_it_never_writes_over_the_model(folder: Path, run: Run) -> None:
    model = folder / "output" / "breakthrough.json"
    status, _, err = run("report", model, "-o", model)
    assert status == 2
    assert "input itself" in err
    assert load(model).id == "breakthrough"


def test_a_ledgers_names_lead_to_no_other_folder(folder: Path, run: Run) -> None:
    ledger = folder / "output" / "breakthrough.ledger.json"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text.replace("breakthrough.txt", "../../breakthrough.txt"), encoding="utf-8")
    status, _, _ = run("report", folder / "output" / "breakthrough.json")
    assert status == 0  # found by its plain name, in raw/


def test_extract_writes_the_page_too(run: Run, tmp_path: Path) -> None:
    options = ["--profile", CHOIR / "profile.toml", "--report"]
    status, out, _ = run("extract", CHOIR / "input.md", "-o", tmp_path, *options)
    assert status == 0
    assert "input.html" in out
    assert tree(tmp_path / "input.html").select(".chunk .k-field")


def test_extract_carries_corrections_out_and_warns_of_strangers(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "corrections.toml"
    mine = Read(source="input.md", quote=Quote(exact="altos"), text="tenors")
    other = Read(source="gone.md", quote=Quote(exact="altos"), text="x")
    file.write_text(written(Book(corrections=(mine, other))), encoding="utf-8")
    options = ["--profile", CHOIR / "profile.toml", "--corrections", file, "--report"]
    status, _, err = run("extract", CHOIR / "input.md", "-o", tmp_path, *options)
    assert status == 0
    assert "gone.md is not among the inputs" in err
    texts = [item.text for item in load(tmp_path / "input.json").iter_items()]
    assert "tenors with a tired voice sing on" in texts
    page = tree(tmp_path / "input.html")
    assert "it reads “tenors”" in page.text


def test_a_broken_file_of_corrections_is_told_and_nothing_is_written(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "corrections.toml"
    file.write_text("[[corrections]]\naction = 'dance'\n", encoding="utf-8")
    target = tmp_path / "output"
    status, _, err = run(
        "extract",
        CHOIR / "input.md",
        "-o",
        target,
        "--profile",
        CHOIR / "profile.toml",
        "--corrections",
        file,
    )
    assert status == 2
    assert "corrections.toml: corrections[0]" in err
    assert not target.exists()


def test_progress_is_no_part_of_what_is_piped(run: Run, tmp_path: Path) -> None:
    _, out, err = run(
        "extract", CHOIR / "input.md", "-o", tmp_path, "--profile", CHOIR / "profile.toml"
    )
    assert "extracting" not in out + err


# Compared with an earlier version.


def test_it_compares_with_an_earlier_version(folder: Path, run: Run, browser: Browser) -> None:
    model = folder / "output" / "breakthrough.json"
    text = model.read_text(encoding="utf-8")
    old = folder / "old.json"
    before = text.replace("paying lip service to delegation", "paying mere words to delegation")
    old.write_text(before.replace('"Managing change"', '"Living with change"'), encoding="utf-8")
    status, _, _ = run("report", model, "--compare", old)
    assert status == 0
    with opened(browser, address(model.with_suffix(".html"), "#_compare")) as page:
        part = page.locator("#_compare")
        reworded = part.locator("li", has_text="LEA.STA.4")
        expect(reworded.locator("del")).to_contain_text(["mere words"])
        expect(reworded.locator("ins")).to_contain_text(["lip service"])
        renamed = part.locator("details", has_text="renamed")
        expect(renamed.locator("ins")).to_contain_text(["Managing"])
        reworded.get_by_role("link", name="LEA.STA.4").click()
        expect(page.locator('[id="LEA.STA.4"]')).to_have_class("entry item here")
        assert violations(page) == []


def test_the_same_version_says_that_nothing_changed(folder: Path, run: Run) -> None:
    model = folder / "output" / "breakthrough.json"
    run("report", model, "--compare", model)
    part = tree(model.with_suffix(".html")).select_one("#_compare")
    assert part
    assert "nothing changed" in part.text


# In a notebook.


def test_a_model_shows_itself_as_the_matrix() -> None:
    model = load(paths.OUTPUT / "breakthrough.json")
    table = BeautifulSoup(model._repr_html_(), "lxml")
    assert [th.text for th in table.select("tr")[0].select("th")] == [
        "Theme",
        "Starting",
        "Developing",
        "Consolidating",
        "Points",
    ]
    row = table.select("tr")[1]
    assert [cell.text for cell in row.select("th, td")][2] == (
        "Leaders start to give clear messages about performance (5)"
    )


def test_a_hostile_model_stays_text_in_a_notebook() -> None:
    model = load(paths.OUTPUT / "breakthrough.json")
    hostile = model.model_copy(update={"title": "<script>x</script>"})
    shown = hostile._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
