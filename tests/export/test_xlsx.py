"""The workbook, as openpyxl reads it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from breakthrough_extract import Extraction
from breakthrough_extract.export import export


@pytest.fixture(scope="module")
def data(seed: Extraction) -> bytes:
    return export(seed.model, seed.ledger, "xlsx", "a")["a.xlsx"]


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_matrix_comes_first_and_the_tables_after_it(book: Any) -> None:
    assert book.sheetnames[:4] == ["Matrix", "model", "stages", "themes"]
    assert "provenance" in book.sheetnames


def test_the_matrix_has_themes_down_and_stages_across(book: Any) -> None:
    sheet = book["Matrix"]
    head = [cell.value for cell in sheet[1]]
    assert head == [None, "Starting", "Developing", "Consolidating", "Breakthrough points"]
    assert sheet["A2"].value == "Leadership\n\nLeaders aren't interested."
    assert sheet.max_row == 7
    lines = sheet["B2"].value.split("\n")
    assert lines[0].startswith("Leaders do not show clearly")
    assert lines[6] == "• the leadership team does not take time to look at its performance"
    assert lines[7] == "Note: 'Leaders' includes politicians and top managers."


def test_the_matrix_prints_on_landscape_pages_with_its_heads(book: Any) -> None:
    sheet = book["Matrix"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")
    assert sheet["B2"].alignment.wrap_text


def test_a_text_that_looks_like_a_formula_is_a_text(seed: Extraction) -> None:
    model = seed.model.model_copy(update={"title": "=1+1"})
    made = openpyxl.load_workbook(io.BytesIO(export(model, None, "xlsx", "a")["a.xlsx"]))
    assert made["model"]["B2"].value == "=1+1"
    assert made["model"]["B2"].data_type == "s"


def test_the_archive_knows_no_date(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2
    assert "202" not in core
