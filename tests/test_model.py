"""The published model: its keys, its bytes, and how it is read back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import breakthrough_extract
from breakthrough_extract import Extraction, ModelError, load
from tests.support import paths
from tests.support.damaging import GONE, damaged
from tests.support.extracting import read_json

CLEAN = paths.CASES / "validate" / "clean" / "model.json"


@pytest.fixture(scope="module")
def published(seed: Extraction) -> Any:
    return json.loads(seed.model.to_json())


def test_the_keys_of_a_model_are_those_that_are_promised(published: Any) -> None:
    assert list(published) == ["$schema", "schema_version", "id", "title", "stages", "themes"]


def test_the_keys_of_stages_and_themes_are_those_that_are_promised(published: Any) -> None:
    for stage in published["stages"]:
        assert list(stage) == ["id", "name", "position"]
    for theme in published["themes"]:
        assert list(theme) == ["id", "name", "complaint", "stages", "breakthrough_points"]
        assert list(theme["breakthrough_points"]) == ["headline", "points"]
        for point in theme["breakthrough_points"]["points"]:
            assert list(point) == ["id", "code", "text"]


def test_the_keys_of_cells_are_those_that_are_promised(published: Any) -> None:
    for theme in published["themes"]:
        for cell in theme["stages"]:
            assert list(cell) == ["stage", "name", "headline", "indicators", "notes"]
            for indicator in cell["indicators"]:
                assert list(indicator) == ["id", "code", "text"]
            for note in cell["notes"]:
                assert list(note) == ["id", "text"]


def test_the_model_says_what_it_is(published: Any) -> None:
    assert published["id"] == "breakthrough"
    assert published["title"] == "The breakthrough model"
    assert published["schema_version"] == "1.1.0"


def test_the_bytes_are_canonical(seed: Extraction) -> None:
    text = seed.model.to_json()
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
    assert "–" in text
    assert "\\u" not in text


def test_what_is_written_is_read_back_equal(seed: Extraction, tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_text(seed.model.to_json(), encoding="utf-8")
    again = load(file)
    assert again == seed.model
    assert again.to_json() == seed.model.to_json()
    assert load(str(file)) == again


def test_a_draft_says_so_and_is_read_back_a_draft(seed: Extraction, tmp_path: Path) -> None:
    draft = seed.model.model_copy(update={"draft": True})
    file = tmp_path / "model.json"
    file.write_text(draft.to_json(), encoding="utf-8")
    assert json.loads(draft.to_json())["draft"] is True
    assert load(file) == draft


def test_a_model_cannot_be_changed_by_accident(seed: Extraction) -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(seed.model, "title", "Another")  # noqa: B010


@pytest.mark.parametrize(
    ("at", "value", "told"),
    [
        ("themes", GONE, "themes"),
        ("title", "", "title"),
        ("themes[1].stages[0].indicators[0].text", 7, "themes[1].stages[0].indicators[0].text"),
        ("themes[0].stages[0].headline", GONE, "themes[0].stages[0].headline"),
        ("themes[0].colour", "blue", "themes[0].colour"),
        ("stages[1].position", 0, "stages[1].position"),
        ("schema_version", "9.0.0", "schema_version"),
        ("$schema", "urn:another", "$schema"),
    ],
)
def test_a_file_that_is_no_model_is_refused_with_the_place(
    at: str, value: object, told: str, tmp_path: Path
) -> None:
    file = tmp_path / "broken.json"
    plain = read_json(CLEAN)
    if at == "$schema":
        plain[at] = value
    else:
        plain = damaged(plain, at, value)
    file.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        load(file)
    assert str(file) in str(caught.value)
    assert told in str(caught.value)


def test_all_places_that_are_wrong_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    plain = damaged(damaged(read_json(CLEAN), "title", 7), "themes[0].id", "")
    file.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(ModelError, match=r"title.*themes\[0\]\.id"):
        load(file)


@pytest.mark.parametrize("data", [b"", b"not json", b"[]", b"{}", b"\xff\xfe\x00", b"null"])
def test_what_is_no_json_object_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_bytes(data)
    with pytest.raises(ModelError, match=r"broken\.json.*not a model file"):
        load(file)


def test_a_file_that_is_not_there_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.json.*give the path"):
        load(tmp_path / "none.json")


# What is loaded: a tool that reads a model gets no parser, no spaCy and no solver.

HEAVY = (
    "spacy scipy highspy numpy bs4 lxml pdfplumber pypdfium2 PIL ftfy rapidfuzz Stemmer rich"
).split()


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after `code`."""
    ending = "; print('\\n'.join({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nimport sys{ending}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=paths.ROOT,
    )
    return set(run.stderr.split())


def test_load_and_validate_load_no_parser_and_no_solver() -> None:
    loaded = loaded_by(
        "from breakthrough_extract import Model, load, validate\n"
        f"model = load({str(CLEAN)!r})\n"
        "assert validate(model) == [] and isinstance(model, Model)"
    )
    assert loaded & set(HEAVY) == set()
    assert "pydantic" in loaded


def test_the_validate_command_loads_no_parser_and_no_solver() -> None:
    loaded = loaded_by(
        f"from breakthrough_extract.cli import main\nassert main(['validate', {str(CLEAN)!r}]) == 0"
    )
    assert loaded & set(HEAVY) == set()


def test_the_version_command_loads_nothing_but_the_standard_library() -> None:
    loaded = loaded_by(
        "from breakthrough_extract.cli import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit as end:\n    assert end.code == 0"
    )
    assert loaded & {*HEAVY, "pydantic", "pydantic_core"} == set()


def test_importing_the_package_loads_nothing_yet() -> None:
    loaded = loaded_by("import breakthrough_extract")
    assert loaded & {*HEAVY, "pydantic", "pydantic_core"} == set()


def test_the_public_names_are_there() -> None:
    for name in breakthrough_extract.__all__:
        assert getattr(breakthrough_extract, name) is not None
    assert callable(breakthrough_extract.validate)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_sort"):
        _ = breakthrough_extract.nothing_of_the_sort
