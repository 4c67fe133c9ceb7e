"""What holds of every format: same model, same bytes; what is lossless is read back equal."""

from __future__ import annotations

import csv
import json
import random
import re
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import frictionless
import pytest
from hypothesis import given, settings

from breakthrough_extract import ExportError, Extraction, Model, ModelError, load
from breakthrough_extract.export import EXPORTERS, export, format_of, xlsx
from breakthrough_extract.model import BreakthroughPoints, Indicator
from tests.support import paths
from tests.support.models import ANY, models

CLEAN = paths.CASES / "validate" / "clean" / "model.json"
LOSSLESS = [name for name, exporter in EXPORTERS.items() if exporter.lossless]
SLOW = {"parquet", "xlsx"}


def written(files: dict[str, bytes], folder: Path) -> Path:
    """What a user would open: the one file, or the folder of several."""
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    first = next(iter(files))
    return folder / first.split("/")[0]


def again(model: Model, to: str) -> Model:
    with tempfile.TemporaryDirectory() as folder:
        return load(written(export(model, None, to, "a"), Path(folder)))


@pytest.mark.parametrize("to", EXPORTERS)
def test_the_same_model_has_the_same_bytes(to: str, seed: Extraction) -> None:
    first = export(seed.model, seed.ledger, to, "breakthrough")
    assert first == export(seed.model, seed.ledger, to, "breakthrough")


@pytest.mark.parametrize("to", EXPORTERS)
def test_the_table_says_what_a_format_writes(to: str, seed: Extraction) -> None:
    files = export(seed.model, seed.ledger, to, "NAME")
    told = EXPORTERS[to].files.split(", ")
    assert {name.split("/")[0] for name in files} == {name.split("/")[0] for name in told}


@pytest.mark.parametrize("to", EXPORTERS)
def test_the_table_says_whether_the_ledger_goes_in(to: str, seed: Extraction) -> None:
    without = export(seed.model, None, to, "breakthrough")
    assert (export(seed.model, seed.ledger, to, "breakthrough") != without) == EXPORTERS[to].ledger


@pytest.mark.parametrize("to", EXPORTERS)
def test_the_table_says_whether_a_format_can_be_loaded(to: str) -> None:
    assert hasattr(format_of(to), "load") == EXPORTERS[to].lossless


@pytest.mark.parametrize("to", LOSSLESS)
def test_the_seed_is_read_back_equal_with_its_ledger(
    to: str, seed: Extraction, tmp_path: Path
) -> None:
    path = written(export(seed.model, seed.ledger, to, "breakthrough"), tmp_path)
    assert load(path) == seed.model
    assert load(path).to_json() == seed.model.to_json()


@pytest.mark.parametrize("to", LOSSLESS)
def test_any_model_is_read_back_equal(to: str) -> None:
    @settings(max_examples=30 if to in SLOW else 60)
    @given(models(ANY))
    def check(model: Model) -> None:
        assert again(model, to) == model

    check()


def test_a_character_that_a_format_cannot_hold_is_refused_by_place(seed: Extraction) -> None:
    model = seed.model.model_copy(update={"title": "Bell \x07"})
    with pytest.raises(ExportError, match=r"title.*\\x07.*choose another format"):
        export(model, None, "tei", "a")


@pytest.mark.parametrize("to", LOSSLESS)
def test_a_control_character_in_the_title_is_carried(
    to: str, seed: Extraction, tmp_path: Path
) -> None:
    model = seed.model.model_copy(update={"title": "Bell \x07\r"})
    assert load(written(export(model, None, to, "a"), tmp_path)) == model


@pytest.mark.parametrize("title", ["a _x0041_ b", "ax005F_b"])
def test_what_a_workbook_would_read_as_another_character_is_refused(
    title: str, seed: Extraction
) -> None:
    model = seed.model.model_copy(update={"title": title})
    with pytest.raises(ExportError, match=r"model, row 2, title.*x00.*choose another format"):
        export(model, None, "xlsx", "a")


def test_a_text_longer_than_a_cell_is_refused_and_not_cut(seed: Extraction) -> None:
    model = seed.model.model_copy(update={"title": "x" * 32768})
    with pytest.raises(ExportError, match="32768 characters"):
        export(model, None, "xlsx", "a")


@pytest.mark.parametrize(
    "to", ["jsonl", "frictionless", "sqlite", "parquet", "xlsx", "case", "tei"]
)
def test_two_entries_of_one_id_are_refused(to: str, seed: Extraction) -> None:
    model = seed.model.model_copy(update={"themes": (seed.model.themes[0],) * 2})
    with pytest.raises(ExportError, match=r"leadership (stands|would stand) twice"):
        export(model, None, to, "a")


def test_a_cell_of_no_stage_is_refused(seed: Extraction) -> None:
    model = seed.model.model_copy(update={"stages": seed.model.stages[:2]})
    with pytest.raises(ExportError, match="cells: consolidating is none of the stages"):
        export(model, None, "sqlite", "a")


# A field that is added to a noun later has no column of its own.


class Wider(Indicator):
    colour: str = ""
    parts: tuple[Indicator, ...] = ()


def widened(model: Model) -> Model:
    """The model with fields that no table knows, in its first indicator."""
    theme, cell = model.themes[0], model.themes[0].stages[0]
    part = Indicator(id="p", code="P", text="= a part")
    more = {"colour": "blue", "parts": (part,)}
    wide = Wider.model_validate(cell.indicators[0].model_dump() | more)
    cell = cell.model_copy(update={"indicators": (wide, *cell.indicators[1:])})
    theme = theme.model_copy(update={"stages": (cell, *theme.stages[1:])})
    return model.model_copy(update={"themes": (theme, *model.themes[1:])})


@pytest.mark.parametrize("to", [name for name in LOSSLESS if name != "json"])
def test_a_field_without_a_column_is_carried_all_the_same(
    to: str, seed: Extraction, tmp_path: Path
) -> None:
    path = written(export(widened(seed.model), None, to, "a"), tmp_path)
    with pytest.raises(ModelError) as caught:
        load(path)  # this model has no such field: that it is refused by name shows it is there
    place = r"themes\[0\]\.stages\[0\]\.indicators\[0\]"
    assert re.search(rf"{place}\.colour: Extra .*{place}\.parts: Extra", str(caught.value))


def test_a_package_with_such_fields_is_valid(seed: Extraction, tmp_path: Path) -> None:
    path = written(export(widened(seed.model), None, "frictionless", "a"), tmp_path)
    assert frictionless.validate(str(path / "datapackage.json")).valid
    rows = list(csv.DictReader((path / "indicators.csv").read_text("utf-8").splitlines()))
    assert json.loads(rows[0]["more"])["colour"] == "blue"
    assert rows[1]["more"] == ""


def test_the_list_of_points_has_no_field_without_a_column() -> None:
    assert set(BreakthroughPoints.model_fields) == {"headline", "points"}


@pytest.mark.parametrize("more", ["[]", "not JSON", "7"])
def test_what_is_no_object_is_refused(more: str, seed: Extraction, tmp_path: Path) -> None:
    path = written(export(seed.model, None, "jsonl", "a"), tmp_path)
    head, rest = path.read_text("utf-8").split("\n", 1)
    path.write_text(json.dumps({**json.loads(head), "more": more}) + "\n" + rest, "utf-8")
    with pytest.raises(ModelError, match=r"a\.jsonl: .* in the column more is no JSON object"):
        load(path)


# What an extra brings may be absent.


@pytest.mark.parametrize(("to", "library"), [("parquet", "pyarrow"), ("xlsx", "openpyxl")])
def test_without_its_library_a_format_says_how_to_get_it(
    to: str, library: str, seed: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=rf"{library}.*pip install 'breakthrough-extract\[tables"):
        export(seed.model, None, to, "a")


def test_no_other_format_needs_an_extra(seed: Extraction, monkeypatch: pytest.MonkeyPatch) -> None:
    absent: dict[str, ModuleType | None] = dict.fromkeys(
        ("pyarrow", "openpyxl", "pandas", "polars")
    )
    for name, module in absent.items():
        monkeypatch.setitem(sys.modules, name, module)
    for to, exporter in EXPORTERS.items():
        if not exporter.extra:
            assert export(seed.model, seed.ledger, to, "a")


# What is no model, in each format.


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.sqlite", b"SQLite format 3\0" + bytes(200)),
        ("a.xlsx", b"PK\x03\x04 and no more"),
        ("a.jsonl", b'{"table": "model"}\n'),
        ("a.jsonl", b'{"table": "model", "id": "a"}\nnot JSON\n'),
        ("a.jsonl", b'{"table": ["model"]}\n'),
        ("model.parquet", b"PAR1 and no more"),
        ("datapackage.json", b'{\n"resources": []}'),
        ("a.bin", bytes(range(256))),
    ],
)
def test_what_only_looks_like_a_model_is_refused_by_name(
    name: str, data: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ModelError, match=r"\.(sqlite|xlsx|jsonl|parquet|csv|bin)"):
        load(tmp_path / name)


@pytest.mark.parametrize("to", LOSSLESS)
def test_a_damaged_file_is_a_model_or_is_refused_by_name(to: str, tmp_path: Path) -> None:
    files = export(load(CLEAN), None, to, "a")
    chance = random.Random(to)
    refused = []
    for _ in range(40):
        name = chance.choice(list(files))
        path = written({**files, name: damaged(files[name], chance)}, tmp_path)
        try:
            load(path)
        except ModelError as error:
            refused.append(str(error))
    assert refused
    assert all(str(tmp_path) in message for message in refused)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """`data` with some bytes changed, or some taken out, or cut short."""
    out = bytearray(data)
    start = chance.randrange(len(out))
    match chance.randrange(3):
        case 0:
            for _ in range(chance.randrange(1, 8)):
                out[chance.randrange(len(out))] = chance.randrange(256)
        case 1:
            del out[start : start + chance.randrange(1, 60)]
        case _:
            del out[start:]
    return bytes(out)


def test_a_workbook_that_would_fill_the_memory_is_refused(
    seed: Extraction, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(export(seed.model, None, "xlsx", "a"), tmp_path)
    monkeypatch.setattr(xlsx, "MOST", 2 * path.stat().st_size)
    with pytest.raises(ModelError, match=r"a\.xlsx.*unpacked it would have more than"):
        load(path)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no datapackage\.json or model\.parquet"):
        load(tmp_path)


def test_a_table_that_is_missing_is_named(seed: Extraction, tmp_path: Path) -> None:
    path = written(export(seed.model, None, "frictionless", "a"), tmp_path)
    (path / "cells.csv").unlink()
    with pytest.raises(ModelError, match=r"cells\.csv: No such file"):
        load(path)


def test_a_column_that_is_missing_is_named(seed: Extraction, tmp_path: Path) -> None:
    path = written(export(seed.model, None, "frictionless", "a"), tmp_path)
    stages = path / "stages.csv"
    stages.write_text(stages.read_text("utf-8").replace("position", "place"), "utf-8")
    with pytest.raises(ModelError, match=r"a\.datapackage: stages lacks the column position"):
        load(path)


def test_the_descriptor_and_a_single_parquet_file_stand_for_their_folder(
    seed: Extraction, tmp_path: Path
) -> None:
    package = written(export(seed.model, None, "frictionless", "a"), tmp_path)
    assert load(package / "datapackage.json") == seed.model
    columns = written(export(seed.model, None, "parquet", "a"), tmp_path)
    assert load(columns / "themes.parquet") == seed.model


def test_the_order_of_rows_in_a_table_does_not_matter(seed: Extraction, tmp_path: Path) -> None:
    path = written(export(seed.model, None, "frictionless", "a"), tmp_path)
    for file in path.glob("*.csv"):
        head, *rows = file.read_text("utf-8").splitlines()
        file.write_text("\n".join([head, *reversed(rows)]) + "\n", "utf-8")
    assert load(path) == seed.model


# What is committed.


COMMITTED = paths.OUTPUT / "export"


def test_the_committed_exports_are_fresh_to_the_byte(seed: Extraction) -> None:
    made = {
        name: data
        for to in ("frictionless", "jsonl", "markdown", "tei", "case", "typescript", "citation")
        for name, data in export(seed.model, seed.ledger, to, "breakthrough").items()
    }
    there = {
        file.relative_to(COMMITTED).as_posix(): file.read_bytes()
        for file in COMMITTED.rglob("*")
        if file.is_file()
    }
    assert there == made
