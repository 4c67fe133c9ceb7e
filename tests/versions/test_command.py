"""diff, changelog and extract --baseline as a person and a script meet them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from breakthrough_extract import Model, load
from breakthrough_extract.cli import main
from breakthrough_extract.ledger import Ledger, replay
from tests.support import paths
from tests.support.outlines import read_outline

CASES = paths.CASES / "diff"
CHOIR = paths.CASES / "extract" / "choir"
PROFILE = CHOIR / "profile.toml"
GIT = shutil.which("git")
NEEDS_GIT = pytest.mark.skipif(GIT is None, reason="git is not installed")


def written(model: Model, file: Path) -> str:
    file.write_text(model.to_json(), encoding="utf-8")
    return str(file)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """The old and the new file of the case of fifteen changes."""
    old, new = (read_outline(CASES / "fifteen" / f"{side}.txt") for side in ("old", "new"))
    return written(old, tmp_path / "old.json"), written(new, tmp_path / "new.json")


@pytest.fixture
def typography(tmp_path: Path) -> tuple[str, str]:
    """Two files that differ in a dash alone."""
    old = read_outline(CASES / "fifteen" / "old.txt")
    text = old.to_json().replace("Ad hoc", "Ad-hoc")
    new = Model.model_validate_json(text.replace("Ad-hoc", "Ad–hoc"))
    return (
        written(Model.model_validate_json(text), tmp_path / "old.json"),
        written(new, tmp_path / "new.json"),
    )


def test_different_files_are_status_1_and_the_changes_are_told_as_json(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *pair, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert len(told["changes"]) == 15
    assert (told["old"]["name"], told["new"]["name"]) == pair
    assert (told["severity"], told["bump"]) == ("breaking", "major")


def test_equal_files_are_status_0(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", pair[0], pair[0], "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []


@pytest.mark.parametrize("wrong", ["none.json", "no-such-revision:output/breakthrough.json"])
def test_trouble_is_status_2_and_says_what_and_what_to_do(
    wrong: str, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", pair[0], wrong]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert wrong in told.err
    assert "no such" in told.err.lower()


def test_a_file_that_is_no_model_is_trouble(
    pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "half.json"
    file.write_text('{"id": "x"}', encoding="utf-8")
    assert main(["diff", pair[0], str(file)]) == 2
    assert "half.json: not a model file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("least", "status"), [("breaking", 0), ("compatible", 0), ("editorial", 1)]
)
def test_only_what_is_severe_enough_fails(
    typography: tuple[str, str], least: str, status: int
) -> None:
    assert main(["diff", *typography, "--fail-on", least, "--format", "json"]) == status


def test_a_breaking_change_fails_on_all(pair: tuple[str, str]) -> None:
    for least in ("breaking", "compatible", "editorial"):
        assert main(["diff", *pair, "--fail-on", least, "--format", "json"]) == 1


def test_typography_can_be_left_out(
    typography: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *typography, "--format", "json"]) == 1
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert change["kind"] == "typography"
    assert main(["diff", *typography, "--format", "json", "--ignore", "typography"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []


def test_the_next_version_is_proposed(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["diff", *pair, "--format", "json", "--version-now", "1.4.2"])
    assert "2.0.0" in capsys.readouterr().err
    assert main(["diff", *pair, "--version-now", "one"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "three numbers" in told.err


def test_the_result_can_be_a_file_but_never_one_of_the_two(
    pair: tuple[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    assert main(["diff", *pair, "--format", "patch", "-o", str(out)]) == 1
    assert {operation["op"] for operation in json.loads(out.read_text("utf-8"))} == {
        "add",
        "remove",
        "replace",
    }
    before = Path(pair[0]).read_bytes()
    assert main(["diff", *pair, "-o", pair[0]]) == 2
    assert Path(pair[0]).read_bytes() == before


def test_a_document_is_extracted_and_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = CHOIR / "input.md", tmp_path / "new.md"
    text = old.read_text(encoding="utf-8")
    assert text.count("once a year") == 1
    new.write_text(text.replace("once a year", "every month"), encoding="utf-8")
    options = ["--format", "json", "--profile", str(PROFILE)]
    assert main(["diff", str(old), str(new), *options]) == 1
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert change["kind"] == "reworded"
    changed = [(hunk["old"], hunk["new"]) for hunk in change["hunks"] if hunk["old"] != hunk["new"]]
    assert changed == [("once a year", "every month")]


@NEEDS_GIT
def test_a_revision_of_the_enclosing_repository_is_a_version(
    pair: tuple[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.json").write_bytes(Path(pair[0]).read_bytes())
    git("init", "--quiet")
    git("add", "model.json")
    git("-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "one")
    (tmp_path / "model.json").write_bytes(Path(pair[1]).read_bytes())
    assert main(["diff", "HEAD:model.json", "model.json", "--format", "json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["changes"]) == 15
    assert main(["diff", "HEAD:none.json", "model.json"]) == 2
    assert "HEAD:none.json" in capsys.readouterr().err
    assert main(["diff", "--format", "json", "--", "--output=x:model.json", "model.json"]) == 2
    assert not (tmp_path / "x:model.json").exists()


def git(*arguments: str) -> None:
    assert GIT
    subprocess.run([GIT, *arguments], check=True, capture_output=True)


def test_a_changelog_needs_two_versions(
    pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["changelog", pair[0]]) == 2
    assert "two or more" in capsys.readouterr().err
    assert main(["changelog", *pair]) == 0
    assert "### Theme: Keys and passwords" in capsys.readouterr().out
    out = tmp_path / "history.md"
    assert main(["changelog", *pair, "-o", str(out)]) == 0
    assert "Renamed: “Secret management” became “Keys and passwords”." in out.read_text("utf-8")


# Permanent identifiers, from document to document.


def extracted(document: Path, folder: Path, *options: str) -> tuple[Model, Ledger]:
    assert main(["extract", str(document), "-o", str(folder), *options]) == 0
    ledger = (folder / f"{document.stem}.ledger.json").read_text("utf-8")
    return load(folder / f"{document.stem}.json"), Ledger.model_validate_json(ledger)


def test_identifiers_go_on_from_the_baseline_in_model_and_ledger(tmp_path: Path) -> None:
    """One text reworded, one taken out, a theme renamed in document and profile."""
    first, _ = extracted(CHOIR / "input.md", tmp_path / "one", "--profile", str(PROFILE))
    theme = first.themes[0]
    reworded = theme.stages[0].indicators[0]
    text = (CHOIR / "input.md").read_text(encoding="utf-8")
    assert text.count(reworded.text) == 1
    words = reworded.text.split()
    new_text = " ".join([*words[:-1], "hitherto", words[-1]])
    document, profile = tmp_path / "input.md", tmp_path / "profile.toml"
    document.write_text(
        text.replace(reworded.text, new_text).replace(f"{theme.name}\n", "Larynx\n"),
        encoding="utf-8",
    )
    told = PROFILE.read_text(encoding="utf-8")
    assert told.count(f'name = "{theme.name}"') == 1
    profile.write_text(told.replace(f'name = "{theme.name}"', 'name = "Larynx"'), encoding="utf-8")

    options = ("--profile", str(profile), "--baseline", str(tmp_path / "one" / "input.json"))
    second, ledger = extracted(document, tmp_path / "two", *options)
    again = second.themes[0]
    assert (again.name, again.id) == ("Larynx", theme.id)
    assert again.stages[0].indicators[0].text == new_text
    assert again.stages[0].indicators[0].id == reworded.id
    assert [i.id for i in second.iter_items()] == [i.id for i in first.iter_items()]
    assert second.withdrawn == ()
    assert '"withdrawn"' not in second.to_json()
    # The ledger speaks of the same identifiers.
    fields = {record.id: record for record in ledger.fields}
    assert replay(fields[reworded.id]) == new_text
    assert all(
        f"{theme.id}." in decision.id for decision in ledger.decisions if decision.theme == theme.id
    )
    assert {d.theme for d in ledger.decisions} == {t.id for t in first.themes}


def test_a_baseline_is_for_one_document_and_of_the_same_model(
    tmp_path: Path, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("one.md", "two.md"):
        shutil.copy(CHOIR / "input.md", folder / name)
    options = ["-o", str(tmp_path / "out"), "--profile", str(PROFILE), "--baseline", pair[0]]
    assert main(["extract", str(folder), *options]) == 2
    assert "one by one" in capsys.readouterr().err
    assert main(["extract", str(folder / "one.md"), *options]) == 2
    assert "earlier version of the same model" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
