"""Items found by name, and as rows of a frame."""

from __future__ import annotations

import sys

import pytest

from breakthrough_extract import Extraction, MissingExtraError
from breakthrough_extract.model import ROW

FRAMES = {"to_pandas": "pandas", "to_polars": "polars", "to_arrow": "pyarrow"}


@pytest.mark.parametrize(
    "name",
    [
        "LEA.DEV.4",
        "i-aseagpl744",
        "breakthrough.json#i-aseagpl744",
        "urn:breakthrough-extract:dataset:breakthrough#i-aseagpl744",
    ],
)
def test_an_item_is_found_by_code_id_or_address(name: str, seed: Extraction) -> None:
    text = seed.model.find(name).text
    assert text.startswith("most managers have participated in some form of leadership")


def test_what_is_no_item_is_not_found(seed: Extraction) -> None:
    with pytest.raises(KeyError, match=r"no item of breakthrough .*'LEA\.DEV\.99'"):
        seed.model.find("LEA.DEV.99")


def test_an_address_finds_its_item_whatever_the_id_holds(seed: Extraction) -> None:
    item = seed.model.themes[0].stages[0].indicators[0].model_copy(update={"id": "a#b é/%20"})
    cell = seed.model.themes[0].stages[0].model_copy(update={"indicators": (item,)})
    theme = seed.model.themes[0].model_copy(update={"stages": (cell,)})
    model = seed.model.model_copy(update={"themes": (theme,)})
    address = model.address(item.id)
    assert address == "urn:breakthrough-extract:dataset:breakthrough#a%23b%20%C3%A9%2F%2520"
    assert model.find(address) == item


def test_the_address_of_the_model_has_no_fragment(seed: Extraction) -> None:
    assert seed.model.address() == "urn:breakthrough-extract:dataset:breakthrough"


def test_there_is_a_row_for_each_item(seed: Extraction) -> None:
    rows = seed.model.rows()
    assert [row["id"] for row in rows] == [item.id for item in seed.model.iter_items()]
    assert rows[5] == {
        "id": "i-7og7ugap5d",
        "code": "LEA.STA.6",
        "kind": "indicator",
        "theme_id": "leadership",
        "theme": "Leadership",
        "stage_id": "starting",
        "stage": "Starting",
        "stage_position": 1,
        "headline": "Leaders do not show clearly through their words and actions that self "
        "improvement really matters",
        "number": 6,
        "text": "the leadership team does not take time to look at its performance",
        **dict.fromkeys(("list", "parent_id", "group", "question", "motto", "description")),
        "stage_label": None,
    }


def test_a_point_has_no_stage(seed: Extraction) -> None:
    row = next(row for row in seed.model.rows() if row["code"] == "LEA.BP.1")
    assert row["kind"] == "breakthrough_point"
    assert (row["stage_id"], row["stage"], row["stage_position"]) == (None, None, None)
    assert row["headline"] == "Show your staff that you think performance matters"


def test_pandas_has_the_rows(seed: Extraction) -> None:
    frame = seed.model.to_pandas()
    assert list(frame.columns) == list(ROW)
    assert len(frame) == 162
    counts = frame[frame.kind == "indicator"].groupby("stage_position").size()
    assert list(counts.index) == [1, 2, 3]
    assert counts.sum() == 117


def test_polars_and_arrow_have_the_same_rows(seed: Extraction) -> None:
    assert seed.model.to_polars().to_dicts() == seed.model.rows()
    assert seed.model.to_arrow().to_pylist() == seed.model.rows()


def test_a_model_without_items_has_typed_columns_all_the_same(seed: Extraction) -> None:
    empty = seed.model.model_copy(update={"themes": ()})
    assert str(empty.to_pandas().dtypes["number"]) == "Int64"
    assert str(empty.to_polars().schema["number"]) == "Int64"
    assert str(empty.to_arrow().schema.field("number").type) == "int64"


@pytest.mark.parametrize(("method", "library"), FRAMES.items())
def test_without_its_library_a_frame_says_how_to_get_it(
    method: str, library: str, seed: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=rf"{library}.*'breakthrough-extract\[frames\]'"):
        getattr(seed.model, method)()
    assert issubclass(MissingExtraError, ImportError)
