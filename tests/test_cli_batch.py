"""What the command says where it cannot do what it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra [corpus] is not installed")
pytest.importorskip("daft", reason="the extra [corpus] is not installed")

from breakthrough_extract.cli import main


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line of a command that ends with status 2."""
    assert main(["batch", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (line,) = printed.err.splitlines()
    return line


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["gone"], "No such file or directory; INPUT is a folder, a glob, a list of paths"),
        (["gone", "another"], "another: one INPUT at a time"),
        (["export", "gone"], "gone: no results of a batch"),
        (["gone", "--id-column", "id"], "--id-column goes with --text-column"),
        (["gone", "--profile", "gone"], "gone: No such file or directory; "),
    ],
)
def test_a_command_that_cannot_be_carried_out_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str], message: str
) -> None:
    assert message in said(capsys, *given, "-o", str(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_results_among_the_input_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    message = said(capsys, str(tmp_path), "-o", str(tmp_path / "out"))
    assert "the output would be among the input" in message


@pytest.mark.parametrize("limit", [("--seconds", "0"), ("--memory", "20"), ("--workers", "0")])
def test_limits_that_nothing_could_keep_are_refused(
    limit: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["batch", "in", "-o", "out", *limit])
    assert ended.value.code == 2
    assert "at least" in (error := capsys.readouterr().err) or "more than 0" in error
