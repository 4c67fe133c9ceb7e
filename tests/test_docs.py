"""The documentation: its examples are true, its notebook runs, its site is built in silence."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import nbclient
import nbformat
import pytest

from breakthrough_extract.cli import main, parser
from breakthrough_extract.export import EXPORTERS
from breakthrough_extract.schema import SCHEMAS
from docs.hooks.reference import command_page, format_table, schema_page
from tests.support import paths
from tests.support.extracting import read_json

DOCS = paths.ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOTEBOOK = DOCS / "notebooks" / "matrix.ipynb"


def blocks(page: Path, language: str) -> list[str]:
    found = FENCE.findall(page.read_text("utf-8"))
    return [text for kind, text in found if kind == language]


def name(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


WITH_PYTHON = [page for page in PAGES if blocks(page, "python")]
WITH_COMMANDS = [page for page in PAGES if blocks(page, "console")]


def test_there_are_examples_of_both_kinds() -> None:
    assert {name(page) for page in WITH_PYTHON} >= {"tutorial.md", "reference/python.md"}
    assert {name(page) for page in WITH_COMMANDS} >= {"tutorial.md"}


@pytest.mark.parametrize("page", WITH_PYTHON, ids=name)
def test_the_python_examples_are_true(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(paths.ROOT)
    text = "\n".join(blocks(page, "python"))
    test = doctest.DocTestParser().get_doctest(text, {}, name(page), str(page), 0)
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert result.attempted
    assert not told, "".join(told)


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=name)
def test_the_commands_say_what_the_page_shows(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(paths.OUTPUT, "output")
    for block in blocks(page, "console"):
        for run in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = run.partition("\n")
            program, *arguments = shlex.split(command)
            assert program == "breakthrough-extract"
            assert main(arguments) == 0
            assert capsys.readouterr().out == shown


# A command that is shown without its output is understood, too.
SHOWN = re.compile(r"^    (?:\.venv/bin/)?breakthrough-extract (.*)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_on_a_page_is_understood(page: Path) -> None:
    for arguments in SHOWN.findall(page.read_text("utf-8")):
        parser().parse_args(shlex.split(arguments))


def test_the_notebook_runs_without_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    path = os.pathsep.join(str(folder) for folder in (paths.SOURCE.parent, *sys.path[1:]))
    monkeypatch.setenv("PYTHONPATH", path)
    notebook = nbformat.from_dict(read_json(NOTEBOOK))  # type: ignore[no-untyped-call]
    client = nbclient.NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(NOTEBOOK.parent)}},
    )
    client.execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    printed = [output["text"] for output in outputs if output.get("name") == "stdout"]
    assert printed[-1] == "True 162 items\n"


def test_the_notebook_is_kept_without_its_outputs() -> None:
    cells = [cell for cell in read_json(NOTEBOOK)["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-d", str(tmp_path)],
        cwd=paths.ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    pages = [page.read_text("utf-8") for page in tmp_path.rglob("*.html")]
    assert len(pages) > len(PAGES)
    fetched = r'<(?:script|img)[^>]*src="https?:|<link[^>]*rel="stylesheet"[^>]*href="https?:'
    assert not [page for page in pages if re.search(fetched, page)]


# What is generated.


def test_the_reference_has_every_command_and_option() -> None:
    page = command_page()
    for command in ("extract", "validate", "export", "schema"):
        assert f"\n## {command}\n" in page
    assert "--witnesses" in page
    assert "--ledger" in page


def test_the_reference_has_every_format_and_what_it_cannot_carry() -> None:
    page = (DOCS / "reference" / "formats.md").read_text("utf-8")
    for to in EXPORTERS:
        assert f"| `{to}` | `NAME." in format_table()
        assert re.search(rf"^\| `{to}` \|.*\|.*\|$", page, re.MULTILINE)


def test_the_reference_has_every_noun_and_field() -> None:
    page = schema_page()
    for noun in SCHEMAS:
        schema = read_json(paths.SCHEMA / f"{noun}.schema.json")
        for title, definition in {schema["title"]: schema, **schema["$defs"]}.items():
            assert f"\n### {title}\n" in page
            assert all(f"| `{field}` |" in page for field in definition.get("properties", ()))
