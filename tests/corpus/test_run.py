"""A corpus of thousands of documents, from the command line to the data set.

Each document's fate is known from how it was made: nothing here is what a run said before.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="the extra [corpus] is not installed")
pytest.importorskip("daft", reason="the extra [corpus] is not installed")

import pyarrow as pa
import pyarrow.parquet as pq

from breakthrough_extract.corpus.rows import ROWS
from tests.support import paths
from tests.support.batches import LONGEST, batch, published, rows, started
from tests.support.corpora import LADDER, MadeCell, damaged_model, made_model, prose, written

ROWS_IN_ALL = 4_000
MODELS, DAMAGED = range(0, ROWS_IN_ALL, 125), range(75, ROWS_IN_ALL, 250)
EMPTY, ABSENT = range(10, ROWS_IN_ALL, 1000), range(20, ROWS_IN_ALL, 1000)
PROFILES = ("--profile", "breakthrough", "--profile", str(LADDER))


def text_of(number: int) -> str | None:
    if number in MODELS:
        return written(made_model(number))
    if number in DAMAGED:
        return written(damaged_model(number))
    if number in EMPTY:
        return ""
    return None if number in ABSENT else prose(number)


def fate_of(number: int) -> str:
    if number in MODELS:
        return "ok"
    if number in DAMAGED:
        return "findings"
    return "error" if number in ABSENT else "screened"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("given") / "corpus.parquet"
    texts = [text_of(number) for number in range(ROWS_IN_ALL)]
    names = [f"row-{number}" for number in range(ROWS_IN_ALL)]
    pq.write_table(pa.table({"name": names, "text": texts}), path, row_group_size=400)
    return path


def of(corpus: Path, out: Path) -> tuple[str | Path, ...]:
    """The arguments of the run that all of these tests make."""
    return (corpus, "-o", out, "--text-column", "text", "--id-column", "name", *PROFILES)


@pytest.fixture(scope="module")
def undisturbed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    done = batch(*of(corpus, out), "--workers", "2", "--json")
    assert done.returncode == 0, done.stderr
    (out.parent / "stdout").write_text(done.stdout)
    (out.parent / "stderr").write_text(done.stderr)
    return out


def test_each_document_has_a_row_with_its_fate(undisturbed: Path) -> None:
    found = rows(undisturbed)
    assert [row["id"] for row in found] == [f"row-{number}" for number in range(ROWS_IN_ALL)]
    assert [row["status"] for row in found] == [fate_of(n) for n in range(ROWS_IN_ALL)]


def test_the_models_are_those_that_were_made(undisturbed: Path) -> None:
    found = {row["id"]: row for row in rows(undisturbed) if row["status"] == "ok"}
    assert len(found) == len(MODELS)
    for number in MODELS:
        row = found[f"row-{number}"]
        made = made_model(number)
        assert cells_of(json.loads(row["model"])) == list(made)
        assert row["profile"] == "ladder"
        assert (row["themes"], row["cells"], row["errors"]) == (2, len(made), 0)
        assert row["indicators"] == sum(len(cell.indicators) for cell in made)


def test_a_damaged_model_is_a_draft_and_all_that_is_left_is_in_it(undisturbed: Path) -> None:
    found = {row["id"]: row for row in rows(undisturbed) if row["status"] == "findings"}
    assert len(found) == len(DAMAGED)
    for number in DAMAGED:
        row = found[f"row-{number}"]
        assert cells_of(json.loads(row["model"])) == list(damaged_model(number))
        assert json.loads(row["model"])["draft"] is True
        codes = [f["code"] for f in json.loads(row["findings"]) if f["severity"] == "error"]
        assert codes == ["missing-stage"]


def cells_of(model: dict[str, Any]) -> list[MadeCell]:
    return [
        MadeCell(
            theme["name"],
            cell["name"],
            cell["headline"],
            tuple(indicator["text"] for indicator in cell["indicators"]),
        )
        for theme in model["themes"]
        for cell in theme["stages"]
    ]


def test_what_cannot_be_read_says_why(undisturbed: Path) -> None:
    errors = {row["id"]: row["error"] for row in rows(undisturbed) if row["status"] == "error"}
    assert errors == {f"row-{n}": f"row-{n}: there is no text" for n in ABSENT}


def test_the_data_set_has_its_schema_and_its_parts(undisturbed: Path) -> None:
    files = sorted((undisturbed / "data").rglob("*.parquet"))
    assert {path.parent.name for path in files} == {"part=00000"}
    assert len(files) > 2
    assert all(pq.read_schema(path).equals(ROWS) for path in files)


def test_what_documents_took_stands_apart(undisturbed: Path) -> None:
    found = rows(undisturbed, "timings")
    assert {f"row-{n}" for n in (*MODELS, *DAMAGED)} <= {row["id"] for row in found}
    assert all(row["seconds"] > 0 for row in found)


def test_the_summary_is_printed_and_kept(undisturbed: Path) -> None:
    kept = json.loads((undisturbed / "summary.json").read_text())
    assert kept["documents"] == ROWS_IN_ALL
    assert kept["statuses"] == Counter(fate_of(n) for n in range(ROWS_IN_ALL))
    assert kept["profiles"] == {"ladder": len(MODELS) + len(DAMAGED)}
    printed = json.loads((undisturbed.parent / "stdout").read_text())
    assert printed.pop("seconds") > 0
    assert printed == kept


def test_progress_is_plain_lines_where_there_is_no_terminal(undisturbed: Path) -> None:
    lines = (undisturbed.parent / "stderr").read_text().splitlines()
    assert lines[0].startswith(f"0 of {ROWS_IN_ALL} documents")
    assert lines[-1].startswith(f"{ROWS_IN_ALL} of {ROWS_IN_ALL} documents")
    assert lines[-1].endswith(f"{len(ABSENT)} error, {len(DAMAGED)} findings")
    assert "\x1b" not in "".join(lines)


def test_nothing_is_done_twice_with_the_cache_of_another_run(
    corpus: Path, undisturbed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    cache = undisturbed / "cache"
    done = batch(*of(corpus, out), "--workers", "1", "--quiet", "--cache", cache)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert published(out) == published(undisturbed)
    cached = {row["id"] for row in rows(out, "timings") if row["cached"]}
    assert cached == {f"row-{n}" for n in (*MODELS, *DAMAGED)}


def test_a_run_that_is_killed_goes_on_to_the_same_bytes(
    corpus: Path, undisturbed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    running = started(*of(corpus, out), "--workers", "2")
    try:
        _wait_for(lambda: len(_entries(out)) > 0)
    finally:
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
    before = {path: path.stat().st_mtime_ns for path in (out / "data").rglob("*.parquet")}
    assert before
    done = batch(*of(corpus, out), "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert published(out) == published(undisturbed)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_ctrl_c_ends_a_run_and_says_how_to_go_on(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    running = started(*of(corpus, out), "--workers", "1")
    _wait_for(lambda: (out / "plan.json").exists() and bool(_children(running.pid)))
    time.sleep(0.5)
    os.killpg(running.pid, signal.SIGINT)
    _, stderr = running.communicate(timeout=60)
    assert running.returncode == 130, stderr
    assert "the same command goes on from here" in stderr
    assert "Traceback" not in stderr
    _wait_for(lambda: not _children(running.pid))


def test_a_worker_of_the_engine_that_is_killed_costs_nothing(
    corpus: Path, undisturbed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    running = started(*of(corpus, out), "--workers", "1", "--quiet")
    try:
        _wait_for(lambda: bool(_children(running.pid, "corpus.cell")))
        os.kill(_children(running.pid, "udf_worker")[0], signal.SIGKILL)
        _, stderr = running.communicate(timeout=LONGEST)
    finally:
        running.kill()
    assert running.returncode == 0, stderr
    assert published(out) == published(undisturbed)


def test_a_worker_that_is_killed_before_it_says_a_word_costs_nothing(
    corpus: Path, undisturbed: Path, tmp_path: Path
) -> None:
    """Daft 0.7.26 waits for such a worker for ever."""
    out = tmp_path / "out"
    running = started(*of(corpus, out), "--workers", "1", "--quiet")
    try:
        _wait_for(lambda: bool(_children(running.pid, "udf_worker")))
        os.kill(_children(running.pid, "udf_worker")[0], signal.SIGKILL)
        assert not _children(running.pid, "corpus.cell")  # it had not begun
        _, stderr = running.communicate(timeout=LONGEST)
    finally:
        running.kill()
    assert running.returncode == 0, stderr
    assert published(out) == published(undisturbed)


def _wait_for(happened: Any, seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def _entries(out: Path) -> list[str]:
    path = out / "shards.jsonl"
    return path.read_text().splitlines() if path.exists() else []


def _children(session: int, named: str = "") -> list[int]:
    """The processes of a session that live, its leader left out."""
    done = subprocess.run(
        ["ps", "-s", str(session), "-o", "pid=,stat=,args="],
        check=False,
        capture_output=True,
        text=True,
    )
    fields = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    return [
        int(pid)
        for pid, state, args in fields
        if int(pid) != session and not state.startswith("Z") and named in args
    ]


def test_single_models_are_unpacked_as_extract_writes_them(
    undisturbed: Path, tmp_path: Path
) -> None:
    number = MODELS[3]
    done = batch("export", undisturbed, "-o", tmp_path / "one", "--id", f"row-{number}")
    assert done.stdout == f"1 models in {tmp_path / 'one'}\n"
    source = tmp_path / f"row-{number}"
    source.write_text(written(made_model(number)))
    extracted = _extracted(source, tmp_path / "extracted")
    assert _files(tmp_path / "one") == extracted


def _extracted(source: Path, out: Path) -> dict[str, bytes]:
    from breakthrough_extract.cli import main

    assert main(["extract", str(source), "-o", str(out), "--profile", str(LADDER)]) == 0
    return _files(out)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_models_are_unpacked_and_drafts_when_asked_for(
    undisturbed: Path, tmp_path: Path
) -> None:
    from breakthrough_extract.corpus.unpack import unpack

    assert len(unpack(undisturbed, tmp_path / "clean")) == len(MODELS)
    assert len(unpack(undisturbed, tmp_path / "all", drafts=True)) == len(MODELS) + len(DAMAGED)
    assert len(list((tmp_path / "clean").iterdir())) == 2 * len(MODELS)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (DAMAGED[0], "its model has errors; with --draft it is exported all the same"),
        (1, "no model: screened out"),
        (ABSENT[0], "there is no text"),
        (ROWS_IN_ALL, "has this id"),
    ],
)
def test_what_cannot_be_unpacked_says_why(
    undisturbed: Path, tmp_path: Path, number: int, message: str
) -> None:
    from breakthrough_extract.corpus.errors import CorpusError
    from breakthrough_extract.corpus.unpack import unpack

    with pytest.raises(CorpusError, match=message):
        unpack(undisturbed, tmp_path, [f"row-{number}"])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_files_with_the_seed_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    shutil.copy(paths.SEED, folder / "deep" / "seed.txt")
    (folder / "deep" / "page.txt").write_text(prose(1))
    done = batch(folder, "-o", tmp_path / "out", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1:] == ["  ok: 1", "  screened: 1", "  profile breakthrough: 1"]
    page, seed = rows(tmp_path / "out")
    assert (page["id"], seed["id"]) == ("deep/page.txt", "deep/seed.txt")
    assert seed["model"].encode() == (paths.OUTPUT / "breakthrough.json").read_bytes()


def test_a_terminal_is_shown_one_line_that_is_written_anew(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "page.txt").write_text(prose(1))
    ours, theirs = os.openpty()
    running = started(folder, "-o", tmp_path / "out", "--workers", "1", stderr=theirs)
    os.close(theirs)
    text = re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", _all_of(ours).decode())
    running.communicate()
    assert running.returncode == 0, text
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
    assert "1/1" in lines[-1]
    bar = re.compile(r"[━╸╺]+ +\d/1 \d+\.\d a second [\d:-]+")
    assert all(bar.fullmatch(line.strip()) for line in lines), lines


def _all_of(terminal: int) -> bytes:
    """What is written to a terminal until all have closed it."""
    out = b""
    with contextlib.suppress(OSError):  # EIO: they have
        while part := os.read(terminal, 4096):
            out += part
    os.close(terminal)
    return out


# On Ray. A local Ray listens on all interfaces, whatever address it is told: it is started where
# there is none but the loopback.


@pytest.fixture
def lonely() -> Iterator[list[str]]:
    """How to run a command in a network of its own; skips where that cannot be had."""
    name = f"corpus-{secrets.token_hex(4)}"
    try:
        subprocess.run(["ip", "netns", "add", name], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no network namespace for Ray to be alone in: ip netns add: {error}")
    inside = ["ip", "netns", "exec", name]
    try:
        subprocess.run([*inside, "ip", "link", "set", "lo", "up"], check=True)
        yield inside
    finally:
        subprocess.run(["ip", "netns", "delete", name], check=True)


def test_ray_makes_the_same_bytes(
    corpus: Path, undisturbed: Path, tmp_path: Path, lonely: list[str]
) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'daft[ray]'")
    done = batch(
        *of(corpus, tmp_path / "out"),
        "--quiet",
        before=lonely,
        DAFT_RUNNER="ray",
        RAY_ADDRESS="local",  # and not one that someone left behind
        RAY_USAGE_STATS_ENABLED="0",
        RAY_AUTH_TOKEN=secrets.token_hex(16),
    )
    assert done.returncode == 0, done.stderr
    assert published(tmp_path / "out") == published(undisturbed)


def test_no_document_was_made_twice() -> None:
    for one, other in itertools.combinations((MODELS, DAMAGED, EMPTY, ABSENT), 2):
        assert not set(one) & set(other)
