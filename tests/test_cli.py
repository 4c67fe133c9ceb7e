"""The command as a person and a script meet it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from breakthrough_extract import Extraction, __version__
from breakthrough_extract.cli import main
from breakthrough_extract.schema import schema_text
from tests.support import paths
from tests.support.cutting import Chunk, expected, sections
from tests.support.damaging import damaged
from tests.support.extracting import read_json

ORCHARD = paths.CASES / "extract" / "orchard"
CHOIR = paths.CASES / "extract" / "choir"
CLEAN_MODEL = paths.CASES / "validate" / "clean" / "model.json"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process: its status, its output and its complaints."""

    def running(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return status, told.out, told.err

    return running


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def small(tmp_path: Path, name: str = "small.md") -> Path:
    """An input that is quickly extracted, with its profile beside it."""
    file = tmp_path / name
    file.write_bytes((CHOIR / "input.md").read_bytes())
    return file


def flawed(tmp_path: Path) -> Path:
    """The same with one of its sections taken out."""
    file = tmp_path / "flawed.md"
    text = (CHOIR / "input.md").read_text(encoding="utf-8")
    start, end = text.index("HUMMING"), text.index("Performing\n")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    return file


PROFILE = ("--profile", CHOIR / "profile.toml")


# Extraction.


def test_the_seed_is_extracted_with_status_0_and_both_files(
    run: Run, output: Path, seed: Extraction
) -> None:
    status, out, err = run("extract", paths.SEED, "-o", output)
    assert status == 0
    assert sorted(file.name for file in output.iterdir()) == [
        "breakthrough.json",
        "breakthrough.ledger.json",
    ]
    assert (output / "breakthrough.json").read_bytes() == seed.model.to_json().encode()
    assert (output / "breakthrough.ledger.json").read_bytes() == seed.ledger.to_json().encode()
    # The matrix, with counts and margins; where the files went; the warnings apart.
    rows = {line.split("  ")[0]: line for line in out.splitlines()}
    margin = r"\(\d+\.\d\d\)"
    assert re.search(rf"6 {margin} +5 {margin} +5 {margin} +5 {margin}", rows["Leadership"])
    assert re.search(
        rf"7 {margin} +6 {margin} +6 {margin} +11 {margin}", rows["Performance frameworks"]
    )
    assert "6 themes × 3 stages, 117 indicators, 45 points" in out
    assert str(output / "breakthrough.json") in out
    assert str(output / "breakthrough.ledger.json") in out
    assert "warning" not in out
    assert {line.split(":")[0] for line in err.splitlines()} == {"warning"}
    assert "a long list" in err
    assert "organisation's" in err


def test_a_folder_stands_for_the_documents_in_it(run: Run, output: Path, tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    small(folder, "one.md")
    small(folder, "two.txt")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    (folder / ".hidden.md").write_text("hidden", encoding="utf-8")
    status, _, _ = run("extract", folder, "-o", output, *PROFILE)
    assert status == 0
    assert sorted(file.name for file in output.iterdir()) == [
        "one.json",
        "one.ledger.json",
        "two.json",
        "two.ledger.json",
    ]


def test_what_stands_in_the_way_of_an_output_is_replaced(
    run: Run, output: Path, tmp_path: Path
) -> None:
    output.mkdir()
    (output / "small.json").write_text("old", encoding="utf-8")
    (output / "other.json").write_text("mine", encoding="utf-8")
    assert run("extract", small(tmp_path), "-o", output, *PROFILE)[0] == 0
    assert read_json(output / "small.json")["id"] == "choir"
    assert (output / "other.json").read_text(encoding="utf-8") == "mine"
    assert len(list(output.iterdir())) == 3


def slot_path(section: Chunk) -> tuple[str, str]:
    if section.slot == "breakthrough_points":
        return "missing-list", f"themes[{section.theme}].breakthrough_points"
    return "missing-stage", f"themes[{section.theme}].stages"


@pytest.mark.parametrize("section", sections(), ids=lambda chunk: str(chunk.name))
def test_a_draft_without_a_section_says_so_and_the_rest_is_unchanged(
    section: Chunk, run: Run, seed_text: str, output: Path, tmp_path: Path
) -> None:
    file = tmp_path / "cut.txt"
    file.write_text(seed_text[: section.start] + seed_text[section.end :], encoding="utf-8")
    status, out, _ = run("extract", file, "-o", output, "--draft", "--json")
    assert status == 1
    errors = [f for f in json.loads(out)[str(file)] if f["severity"] == "error"]
    assert [(f["code"], f["path"]) for f in errors] == [slot_path(section)]
    model = read_json(output / "cut.json")
    assert model["draft"] is True
    # Every other cell is as read by eye, and the cell that was cut is not there.
    wanted: list[Any] = [dict(theme) for theme in expected()["themes"]]
    theme = wanted[section.theme]
    if section.slot == "breakthrough_points":
        theme["breakthrough_points"] = None
    else:
        theme["stages"] = [c for c in theme["stages"] if c["stage"] != section.slot]
    assert [plain(theme) for theme in model["themes"]] == wanted


def plain(theme: Any) -> Any:
    """A published theme in the shape of the expected file: no ids, no codes."""
    points = theme["breakthrough_points"]
    return {
        "name": theme["name"],
        "complaint": theme["complaint"],
        "stages": [
            {
                "stage": cell["stage"],
                "headline": cell["headline"],
                "indicators": [indicator["text"] for indicator in cell["indicators"]],
                "notes": [note["text"] for note in cell["notes"]],
            }
            for cell in theme["stages"]
        ],
        "breakthrough_points": points
        and {
            "headline": points["headline"],
            "points": [point["text"] for point in points["points"]],
        },
    }


def test_errors_are_status_1_and_nothing_is_written(run: Run, output: Path, tmp_path: Path) -> None:
    status, out, err = run("extract", flawed(tmp_path), "-o", output, *PROFILE)
    assert status == 1
    assert not output.exists()
    assert "Nothing written" in out
    assert "--draft" in out
    assert "error" in err
    assert "themes[0].stages" in err
    assert "Humming" in err


def test_a_missing_cell_is_shown_as_missing(run: Run, output: Path, tmp_path: Path) -> None:
    _, out, _ = run("extract", flawed(tmp_path), "-o", output, *PROFILE)
    (row,) = (line for line in out.splitlines() if line.startswith("Voice"))
    assert re.match(r"Voice +–", row)


def test_of_two_files_the_clean_one_is_written(run: Run, output: Path, tmp_path: Path) -> None:
    status, _, _ = run("extract", flawed(tmp_path), small(tmp_path), "-o", output, *PROFILE)
    assert status == 1
    assert sorted(file.name for file in output.iterdir()) == ["small.json", "small.ledger.json"]


def test_a_clean_file_is_no_draft_even_if_drafts_are_allowed(
    run: Run, output: Path, tmp_path: Path
) -> None:
    assert run("extract", small(tmp_path), "-o", output, "--draft", *PROFILE)[0] == 0
    assert "draft" not in read_json(output / "small.json")


def test_findings_can_be_had_for_machines(run: Run, output: Path) -> None:
    status, out, err = run("extract", paths.SEED, "-o", output, "--json")
    assert status == 0
    assert err == ""
    report = json.loads(out)
    assert list(report) == [str(paths.SEED)]
    findings = report[str(paths.SEED)]
    assert {finding["code"] for finding in findings} == {"repeat", "fragment", "variant-reading"}
    for finding in findings:
        assert {"code", "severity", "message", "path", "places"} <= set(finding)


# Bad input: one line that names the file and the remedy, status 2, nothing written.


def refused(told: tuple[int, str, str], output: Path, *words: str) -> None:
    status, out, err = told
    assert status == 2
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("breakthrough-extract: ")
    assert "Traceback" not in err
    for word in words:
        assert word in err, err
    assert not output.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", ["empty.txt", "empty", "nothing to extract"]),
        ("blank.txt", b" \n\t\n\r\n", ["blank.txt", "empty"]),
        ("mark.txt", b"\xef\xbb\xbf", ["mark.txt", "empty"]),
        ("image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ["image.png", "binary", "convert"]),
        ("zeros.bin", b"\0" * 64, ["zeros.bin", "binary"]),
        ("odd.txt", b"STARTING \x81\x8d\x8f\x90\x9d\n" * 9, ["odd.txt", " it "]),
        ("letter.txt", b"Dear Sir,\n\n- a list\n", ["letter.txt", "no staged model"]),
        ("label.txt", b"We are starting.\n\nDeveloping it.\n", ["label.txt", "no staged model"]),
    ],
)
def test_an_unreadable_input_is_refused(
    name: str, data: bytes, words: list[str], run: Run, output: Path, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    refused(run("extract", file, "-o", output), output, *words)


def test_a_missing_input_is_refused(run: Run, output: Path, tmp_path: Path) -> None:
    refused(run("extract", tmp_path / "none.txt", "-o", output), output, "none.txt", "check")


def test_a_folder_without_documents_is_refused(run: Run, output: Path, tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    refused(run("extract", folder, "-o", output), output, "raw", "no document", "give")


def test_a_pipe_is_refused_and_not_waited_for(run: Run, output: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    refused(run("extract", tmp_path / "pipe.txt", "-o", output), output, "pipe.txt", "give")


def test_one_bad_input_among_good_ones_writes_nothing(
    run: Run, output: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    refused(run("extract", small(tmp_path), bad, "-o", output, *PROFILE), output, "bad.txt")


def test_two_inputs_of_one_name_are_refused(run: Run, output: Path, tmp_path: Path) -> None:
    told = run("extract", small(tmp_path, "a.md"), small(tmp_path, "a.txt"), "-o", output, *PROFILE)
    refused(told, output, "a", "two inputs", "rename")


def test_two_inputs_with_one_output_between_them_are_refused(
    run: Run, output: Path, tmp_path: Path
) -> None:
    # a.ledger.md → a.ledger.json, and a.md → a.json and a.ledger.json
    told = run(
        "extract", small(tmp_path, "a.md"), small(tmp_path, "a.ledger.md"), "-o", output, *PROFILE
    )
    refused(told, output, "a.ledger", "rename")


def test_an_input_is_never_overwritten_by_its_output(run: Run, tmp_path: Path) -> None:
    file = small(tmp_path, "notes.json")
    before = file.read_bytes()
    status, _, err = run("extract", file, "-o", tmp_path, *PROFILE)
    assert file.read_bytes() == before
    assert status == 2
    assert "notes.json" in err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, ["none.toml", "breakthrough"]),
        ("colour = 1\n", ["odd.toml", "colour", "unknown key"]),
        ("id = ", ["odd.toml", "not valid TOML"]),
        ('id = "a"\ntitle = "A"\n', ["odd.toml", "stages"]),
    ],
)
def test_a_bad_profile_is_refused(
    text: str | None, words: list[str], run: Run, output: Path, tmp_path: Path
) -> None:
    profile = tmp_path / ("none.toml" if text is None else "odd.toml")
    if text is not None:
        profile.write_text(text, encoding="utf-8")
    refused(run("extract", paths.SEED, "-o", output, "--profile", profile), output, *words)


def test_an_output_that_is_a_file_is_refused(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "taken"
    place.write_text("mine", encoding="utf-8")
    status, out, err = run("extract", small(tmp_path), "-o", place, *PROFILE)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "taken" in err
    assert "choose another" in err
    assert place.read_text(encoding="utf-8") == "mine"


def test_if_one_output_cannot_be_written_none_is(run: Run, output: Path, tmp_path: Path) -> None:
    (output / "small.ledger.json").mkdir(parents=True)
    (output / "small.json").write_text("old", encoding="utf-8")
    status, _, err = run("extract", small(tmp_path), "-o", output, *PROFILE)
    assert status == 2
    assert "small.ledger.json" in err
    assert (output / "small.json").read_text(encoding="utf-8") == "old"
    assert sorted(file.name for file in output.iterdir()) == ["small.json", "small.ledger.json"]


@pytest.mark.parametrize(
    "arguments",
    [[], ["extract"], ["extract", "a.txt"], ["nonsense"], ["validate"], ["schema", "x"]],
)
def test_bad_usage_is_status_2_and_says_how(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage:" in capsys.readouterr().err


# Validation.


def test_a_clean_model_is_valid(run: Run) -> None:
    status, out, err = run("validate", CLEAN_MODEL)
    assert (status, err) == (0, "")
    assert "valid" in out
    assert "2 themes × 2 stages, 5 indicators, 3 points" in out


def spoilt(tmp_path: Path) -> Path:
    model = read_json(paths.OUTPUT / "breakthrough.json")
    model = damaged(model, "themes[3].stages[1].indicators[0].text", "<i>left</i> over; and")
    model = damaged(model, "themes[0].complaint", None)
    file = tmp_path / "spoilt.json"
    file.write_text(json.dumps(model), encoding="utf-8")
    return file


def test_a_damaged_model_is_status_1_with_all_findings_at_once(run: Run, tmp_path: Path) -> None:
    file = spoilt(tmp_path)
    status, out, err = run("validate", file)
    assert (status, out) == (1, "")
    assert len(err.splitlines()) == 3
    assert err.count(f"error: {file}: themes[3].stages[1].indicators[0].text: ") == 2
    assert f"error: {file}: themes[0].complaint: " in err


def test_findings_on_models_can_be_had_for_machines(run: Run, tmp_path: Path) -> None:
    file = spoilt(tmp_path)
    status, out, _ = run("validate", CLEAN_MODEL, file, "--json")
    assert status == 1
    report = json.loads(out)
    assert report[str(CLEAN_MODEL)] == []
    assert sorted(f["path"] for f in report[str(file)]) == [
        "themes[0].complaint",
        "themes[3].stages[1].indicators[0].text",
        "themes[3].stages[1].indicators[0].text",
    ]


def test_a_draft_is_valid_with_a_warning(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "draft.json"
    model = read_json(CLEAN_MODEL)
    file.write_text(json.dumps({**model, "draft": True}), encoding="utf-8")
    status, _, err = run("validate", file)
    assert status == 0
    assert err.startswith("warning: ")
    assert "draft" in err


@pytest.mark.parametrize("data", [b"", b"{}", b"not json", b"\xff\xfe", b"[1, 2]"])
def test_a_file_that_is_no_model_is_status_2(data: bytes, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.json"
    file.write_bytes(data)
    refused(run("validate", file), tmp_path / "none", "odd.json", "not a model file")


def test_a_model_that_is_not_there_is_status_2(run: Run, tmp_path: Path) -> None:
    refused(run("validate", tmp_path / "none.json"), tmp_path / "none", "none.json", "give")


def test_the_text_itself_is_no_model(run: Run, tmp_path: Path) -> None:
    refused(run("validate", paths.SEED), tmp_path / "none", "breakthrough.txt", "not a model")


# The rest.


@pytest.mark.parametrize(
    ("arguments", "noun"), [([], "model"), (["model"], "model"), (["ledger"], "ledger")]
)
def test_the_schema_is_printed(arguments: list[str], noun: str, run: Run) -> None:
    status, out, err = run("schema", *arguments)
    assert (status, err) == (0, "")
    assert out == schema_text(noun)
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert __version__ in capsys.readouterr().out


# What the terminal gets.

BOXES = re.compile("[\u2500-\u257f]")
# All control characters but the line end: escape sequences begin with one.
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def in_a_shell(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from breakthrough_extract.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )


def test_output_that_is_no_terminal_is_plain(output: Path, tmp_path: Path) -> None:
    told = in_a_shell("extract", small(tmp_path), "-o", output, *PROFILE, COLUMNS="40")
    assert told.returncode == 0
    assert not BOXES.search(told.stdout + told.stderr)
    assert not CONTROLS.search(told.stdout + told.stderr)
    (row,) = (line for line in told.stdout.splitlines() if line.startswith("Audience"))
    assert len(re.findall(r"\d \(\d+\.\d\d\)", row)) == 4  # in one line, however narrow it is


def test_a_terminal_gets_a_framed_matrix(
    run: Run, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # what Rich takes for a terminal
    _, out, _ = run("extract", small(tmp_path), "-o", output, *PROFILE)
    assert BOXES.search(out)
    assert "Audience" in out


def test_a_stream_that_cannot_show_a_character_stops_nothing(output: Path, tmp_path: Path) -> None:
    told = in_a_shell("extract", small(tmp_path), "-o", output, *PROFILE, PYTHONIOENCODING="ascii")
    assert "Traceback" not in told.stderr
    assert told.returncode == 0
    assert (output / "small.json").exists()


EVIL = "\x1b[31m\x9b2J\x07"


def test_control_characters_of_a_file_name_are_not_passed_on(
    run: Run, output: Path, tmp_path: Path
) -> None:
    file = small(tmp_path, f"evil{EVIL}.md")
    status, out, err = run("extract", file, "-o", output, *PROFILE)
    assert status == 0
    assert not CONTROLS.search(out + err)


def test_control_characters_of_a_missing_file_are_not_passed_on(
    run: Run, output: Path, tmp_path: Path
) -> None:
    for command in (["extract", "-o", str(output)], ["validate"]):
        status, out, err = run(*command, tmp_path / f"evil{EVIL}.json")
        assert status == 2
        assert not CONTROLS.search(out + err)


def test_control_characters_of_a_model_file_name_are_not_passed_on(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / f"evil{EVIL}.json"
    file.write_bytes(CLEAN_MODEL.read_bytes())
    status, out, err = run("validate", file)
    assert status == 0
    assert not CONTROLS.search(out + err)


def test_control_characters_of_a_text_are_not_passed_on(
    run: Run, output: Path, tmp_path: Path
) -> None:
    file = small(tmp_path)
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\n\nLoose {EVIL} words.\n", encoding="utf-8")
    _, out, err = run("extract", file, "-o", output, *PROFILE)
    assert "Loose" in err
    assert not CONTROLS.search(out + err)


def test_control_characters_of_a_profile_are_not_passed_on(
    run: Run, output: Path, tmp_path: Path
) -> None:
    profile = tmp_path / "evil.toml"
    text = (CHOIR / "profile.toml").read_text(encoding="utf-8")
    evil = EVIL.replace("\x1b", "\\u001b").replace("\x9b", "\\u009b").replace("\x07", "\\u0007")
    for name in ("Audience", "Humming", "A choir that lasts"):
        text = text.replace(f'"{name}"', f'"{name}{evil}"')
    text = text.replace(f'name = "Humming{evil}"', f'name = "Humming{evil}"\naliases = ["Humming"]')
    text = text.replace(
        f'name = "Audience{evil}"', f'name = "Audience{evil}"\naliases = ["Audience"]'
    )
    profile.write_text(text, encoding="utf-8")
    _, out, err = run("extract", small(tmp_path), "-o", output, "--profile", profile)
    assert not CONTROLS.search(out + err)


# Profiles.


def test_the_shipped_profiles_are_listed(run: Run) -> None:
    status, out, err = run("profiles")
    assert (status, err) == (0, "")
    assert out.splitlines()[0].split() == [
        "breakthrough",
        *"The breakthrough model (6 themes × 3 stages)".split(),
    ]


def test_a_discovered_profile_can_be_used(run: Run, output: Path, tmp_path: Path) -> None:
    document = paths.CASES / "families" / "theme-tables" / "typed-rows" / "input.md"
    status, out, err = run("discover", document)
    assert (status, err) == (0, "")
    (tmp_path / "library.toml").write_text(out, encoding="utf-8")
    assert run("extract", document, "-o", output, "--profile", tmp_path / "library.toml")[0] == 0
    by_profile = (output / "input.json").read_bytes()
    status, _, err = run("extract", document, "-o", output)
    assert status == 0
    assert "no shipped profile fits; discovered: 3 themes × 3 stages" in err
    assert (output / "input.json").read_bytes() == by_profile


def test_no_profile_is_proposed_for_what_is_no_staged_model(run: Run) -> None:
    status, out, err = run("discover", paths.CASES / "discover" / "refused" / "shopping.md")
    assert (status, out) == (1, "")
    assert "shopping.md: this is no staged model" in err
    assert err.count("\n") == 1


def test_ctrl_c_ends_a_command_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("breakthrough_extract.cli.profiles.run", interrupted)
    assert main(["profiles"]) == 130
    assert capsys.readouterr().err == "breakthrough-extract: interrupted\n"
