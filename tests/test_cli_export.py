"""The command `export`, and `extract --to`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from breakthrough_extract import load
from breakthrough_extract.cli import main
from tests.support import paths
from tests.test_model import HEAVY, loaded_by

MODEL = paths.OUTPUT / "breakthrough.json"
LEDGER = paths.OUTPUT / "breakthrough.ledger.json"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the model in a folder of its own."""
    path = tmp_path / "given" / "a.json"
    path.parent.mkdir()
    path.write_bytes(MODEL.read_bytes())
    return path


def names(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_an_export_stands_beside_its_model(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(model), "--to", "markdown"]) == 0
    assert names(model.parent) == {"a.json", "a.md"}
    assert capsys.readouterr().out == f"Written: {model.parent / 'a.md'}\n"


def test_several_formats_go_to_a_folder_that_is_named(model: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    arguments = ["export", str(model), "-o", str(out), "--to", "citation", "--to", "sqlite"]
    assert main(arguments) == 0
    assert names(out) == {"a.citation/CITATION.cff", "a.sqlite"}
    assert load(out / "a.sqlite") == load(MODEL)


def test_the_ledger_beside_the_model_goes_in(model: Path) -> None:
    assert main(["export", str(model), "--to", "tei"]) == 0
    plain = model.with_name("a.tei.xml").read_text("utf-8")
    model.with_name("a.ledger.json").write_bytes(LEDGER.read_bytes())
    assert main(["export", str(model), "--to", "tei"]) == 0
    proven = model.with_name("a.tei.xml").read_text("utf-8")
    assert "<supplied" not in plain
    assert proven.count("<supplied") == 2


def test_a_ledger_elsewhere_can_be_named(model: Path) -> None:
    assert main(["export", str(model), "--to", "tei", "--ledger", str(LEDGER)]) == 0
    assert "<supplied" in model.with_name("a.tei.xml").read_text("utf-8")


def test_an_export_can_be_exported_again(model: Path) -> None:
    assert main(["export", str(model), "--to", "frictionless"]) == 0
    package = model.with_name("a.datapackage")
    out = model.parent / "again"
    assert main(["export", str(package), "--to", "json", "-o", str(out)]) == 0
    assert (out / "a.json").read_bytes() == MODEL.read_bytes()


def test_a_model_is_not_written_over_by_its_export(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(model), "--to", "json"]) == 2
    assert "the input itself has this name" in capsys.readouterr().err


def test_an_unknown_format_is_refused_with_those_that_there_are(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["export", str(model), "--to", "docx"])
    assert end.value.code == 2
    assert "frictionless" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["none.json", "a.json"])
def test_what_is_no_model_is_status_2_and_nothing_is_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text("{}", "utf-8")
    assert main(["export", str(tmp_path / name), "--to", "markdown"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert name in error
    assert names(tmp_path) == {"a.json"}


def test_what_a_format_cannot_carry_is_status_2_and_nothing_is_written(
    model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = model.read_text("utf-8").replace("The breakthrough model", "A bell \\u0007")
    model.write_text(text, "utf-8")
    assert main(["export", str(model), "--to", "markdown", "--to", "tei"]) == 2
    assert "choose another format" in capsys.readouterr().err
    assert names(model.parent) == {"a.json"}


def test_an_extra_that_is_absent_is_status_2_with_the_remedy(
    model: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert main(["export", str(model), "--to", "xlsx"]) == 2
    assert "pip install 'breakthrough-extract[tables]'" in capsys.readouterr().err


def test_extract_exports_what_it_extracts(tmp_path: Path) -> None:
    arguments = ["extract", str(paths.SEED), "-o", str(tmp_path), "--to", "tei", "--to", "jsonl"]
    assert main(arguments) == 0
    assert names(tmp_path) == {
        "breakthrough.json",
        "breakthrough.ledger.json",
        "breakthrough.tei.xml",
        "breakthrough.jsonl",
    }
    committed = paths.OUTPUT / "export" / "breakthrough.tei.xml"
    assert (tmp_path / "breakthrough.tei.xml").read_bytes() == committed.read_bytes()


def test_an_export_loads_no_parser_and_no_solver(model: Path) -> None:
    arguments = ["export", str(model), "--to", "case", "--to", "sqlite", "--to", "tei"]
    loaded = loaded_by(
        f"from breakthrough_extract.cli import main\nassert main({arguments!r}) == 0"
    )
    assert loaded & {*HEAVY, "pandas", "polars", "pyarrow", "openpyxl"} == set()
