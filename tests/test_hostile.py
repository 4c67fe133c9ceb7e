"""Hostile input and hostile places: what is promised of them in SECURITY.md."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from breakthrough_extract import Limits, ReadError, extract
from breakthrough_extract.export.csv_text import escaped
from breakthrough_extract.files import WriteError, documents_in, write_all
from breakthrough_extract.limits import with_limit
from breakthrough_extract.readers import LimitError, read, read_bytes
from breakthrough_extract.safe_text import json_safe, terminal_safe
from tests.readers.test_pdf import text as shown
from tests.readers.test_pdf import tiny_pdf
from tests.support import paths
from tests.support.extracting import read_document

WORKSHOP = paths.ROOT / "tests" / "fuzz" / "corpus"
PROFILE = WORKSHOP / "profile" / "workshop.toml"
CELLS = WORKSHOP / "pipeline" / "cells.md"


def command(*arguments: object, before: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the command in a process of its own; `before` is Python that runs there first."""
    code = f"import sys; {before}\nfrom breakthrough_extract.watched import main\nsys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def refused(told: subprocess.CompletedProcess[str]) -> str:
    """The one line that says why there is no result."""
    assert told.returncode == 2, told.stderr
    assert told.stdout == ""
    (line,) = told.stderr.splitlines()
    assert line.isprintable()
    return line


# Nothing is fetched, nothing is run.


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(subprocess.Popen, "__init__", refuse)


REMOTE = """<!DOCTYPE html [<!ENTITY far SYSTEM "http://192.0.2.1/far">
<!ENTITY near SYSTEM "file:///etc/hostname">]>
<html><head><base href="http://192.0.2.1/"><link rel="stylesheet" href="style.css">
<meta http-equiv="refresh" content="0;url=http://192.0.2.1/"><script src="a.js"></script></head>
<body onload="fetch('http://192.0.2.1/')"><p>before &far; &near; after</p>
<script>document.write('written')</script><img src="x.png"><iframe src="//192.0.2.1/"></iframe>
<object data="http://192.0.2.1/o"></object><p style="background:url(http://192.0.2.1/b)">end</p>
</body></html>"""


@pytest.mark.usefixtures("no_network")
def test_html_fetches_nothing_and_runs_nothing() -> None:
    document = read_document(REMOTE, "far.html")
    texts = [block.text.folded for block in document.blocks]
    assert "before &far; &near; after" in texts
    assert "end" in texts
    assert not any("written" in text for text in texts)
    hostname = Path("/etc/hostname")
    if hostname.exists() and hostname.read_text().strip():
        assert not any(hostname.read_text().strip() in text for text in texts)


@pytest.mark.usefixtures("no_network")
def test_a_pdf_with_actions_and_links_fetches_nothing() -> None:
    data = tiny_pdf(shown(50, 700, "plain"))
    action = b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://192.0.2.1/'\\)) >>"
    data = data.replace(b"/Type /Catalog", b"/Type /Catalog " + action)
    assert [block.text.folded for block in read_bytes("a.pdf", data).blocks] == ["plain"]


# What can be named as an input.


def test_a_link_that_is_named_is_read(tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(CELLS)
    assert read(link).source.name == "link.md"


def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "in" / "link.md").symlink_to(tmp_path / "secret.md")
    with pytest.raises(ReadError, match="leads out of the folder"):
        documents_in([tmp_path / "in"])


def test_a_link_within_a_folder_is_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "b.md").symlink_to("a.md")
    assert [path.name for path in documents_in([tmp_path])] == ["a.md", "b.md"]


def test_links_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("a.md")
    with pytest.raises(ReadError, match="check the path"):
        read(tmp_path / "a.md")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/random"])
def test_a_device_is_refused(device: str) -> None:
    if not Path(device).exists():
        pytest.skip(f"no {device} on this system")
    with pytest.raises(ReadError, match="not a regular file"):
        read(device)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    told = command("extract", tmp_path / "pipe.md", "-o", tmp_path / "out")
    assert "not a regular file" in refused(told)


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"not a regular file|Is a directory"):
        read(tmp_path)


def test_a_name_with_a_zero_is_refused() -> None:
    with pytest.raises(ReadError, match="no file can have this name"):
        read("a\0b")


def test_a_name_with_control_characters_does_not_reach_the_terminal(tmp_path: Path) -> None:
    name = tmp_path / "a\x1b[31m\nb\u202e.md"
    name.write_bytes(CELLS.read_bytes())
    arguments = ("-o", tmp_path / "out", "--profile", PROFILE, "--draft")
    told = command("extract", name, *arguments)
    assert told.returncode == 1
    assert (told.stdout + told.stderr).replace("\n", "").isprintable()
    assert "no such" in refused(command("extract", f"{name}x", *arguments)).lower()


def test_control_characters_of_a_text_do_not_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    evil = "\x1b]0;owned\x07 \u009b31m \u202e"
    file.write_text(CELLS.read_text("utf-8").replace("bring", f"{evil}bring"), "utf-8")
    arguments = ("extract", file, "-o", tmp_path / "out", "--profile", PROFILE, "--draft")
    for told in (command(*arguments), command(*arguments, "--json")):
        assert told.returncode == 1
        assert (told.stdout + told.stderr).replace("\n", "").isprintable()
    for written in (tmp_path / "out").iterdir():
        assert written.read_text("utf-8").replace("\n", "").isprintable() or not re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written.read_text("utf-8")
        )


# Limits.

BEYOND: dict[str, Callable[[], tuple[str, bytes]]] = {
    "bytes": lambda: ("a.md", b"x" * 101),
    "characters": lambda: ("a.pdf", tiny_pdf(shown(50, 700, "x" * 101))),
    "pages": lambda: ("a.pdf", tiny_pdf(*[shown(50, 700, "x")] * 101)),
    "objects": lambda: ("a.pdf", tiny_pdf("10 10 40 40 re f\n" * 101 + shown(50, 700, "x"))),
    "nesting": lambda: ("a.html", b"<html>" + b"<div>" * 101 + b"x"),
    "cells": lambda: ("a.html", b"<html><table><tr>" + b"<td>x" * 101),
}


@pytest.mark.parametrize("limit", BEYOND)
def test_what_goes_beyond_a_limit_is_refused_with_the_way_to_raise_it(limit: str) -> None:
    name, data = BEYOND[limit]()
    with pytest.raises(LimitError, match=rf"{name}: more than 100 .* --limit {limit}=NUMBER"):
        read_bytes(name, data, with_limit(Limits(), f"{limit}=100"))
    assert read_bytes(name, data, Limits()).blocks


@pytest.mark.parametrize(
    "table",
    ["|a" * 101 + "|\n", '<html><table><tr><td rowspan="2" colspan="101">x</table>'],
    ids=["pipes", "merged"],
)
def test_all_kinds_of_cells_count(table: str) -> None:
    with pytest.raises(LimitError, match="--limit cells="):
        read_bytes("a.md", table.encode(), Limits(cells=100))


def test_many_sections_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "many.md"
    words = "".join(f"**DEVELOPING**\n\n{chr(97 + n) * 9}:\n\n- x;\n\n" for n in range(25))
    file.write_text(words)
    with pytest.raises(LimitError, match=r"more than 20 sections .* --limit sections=NUMBER"):
        extract(file, limits=Limits(sections=20))


def test_a_table_of_ten_thousand_squared_is_read_without_its_squares() -> None:
    document = read_document(
        '<html><table><tr><td rowspan="10000" colspan="10000">a</td><td>b</td></tr></table>'
    )
    assert [block.text.folded for block in document.blocks] == ["a", "b"]


@pytest.mark.parametrize("setting", ["pages", "pages=", "pages=-1", "pages=0", "leaves=3", "=3"])
def test_a_limit_that_is_none_is_refused(setting: str, tmp_path: Path) -> None:
    told = command("extract", CELLS, "-o", tmp_path / "out", "--limit", setting)
    assert setting.partition("=")[0] in refused(told)


def test_the_command_raises_a_limit(tmp_path: Path) -> None:
    arguments = ("extract", CELLS, "-o", tmp_path / "out", "--profile", PROFILE, "--draft")
    assert "--limit cells=NUMBER" in refused(command(*arguments, "--limit", "cells=1"))
    assert command(*arguments, "--limit", "cells=1", "--limit", "cells=99").returncode == 1


# Time, and C code that does not come back.

# What a reader in C does to us: it never returns to Python, or it falls over.
STUCK = (
    "import breakthrough_extract.pipeline as p, ctypes, os\np.extract_witnesses = lambda *_, **__: "
)
HANG = STUCK + "ctypes.CDLL(None).sleep(1000)"
CRASH = STUCK + "ctypes.string_at(0)"


def test_c_code_that_does_not_return_is_ended_in_time(tmp_path: Path) -> None:
    told = command("extract", CELLS, "-o", tmp_path / "out", "--limit", "seconds=1", before=HANG)
    line = refused(told)
    assert f"{CELLS}: more than 1 seconds for one document" in line
    assert "--limit seconds=NUMBER" in line
    assert not (tmp_path / "out").exists()


def test_c_code_that_crashes_is_told_in_one_line(tmp_path: Path) -> None:
    told = command("extract", CELLS, "-o", tmp_path / "out", before=CRASH)
    assert f"{CELLS}: reading it ended the program (SIGSEGV)" in refused(told)
    assert not (tmp_path / "out").exists()


def test_the_status_of_the_command_comes_through(tmp_path: Path) -> None:
    assert command("--version").returncode == 0
    assert command("extract").returncode == 2
    flawed = command("extract", CELLS, "-o", tmp_path / "out", "--profile", PROFILE)
    assert flawed.returncode == 1


@pytest.mark.parametrize(
    ("ended_by", "status"),
    [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL)],
)
def test_who_ends_the_command_ends_its_child(
    tmp_path: Path, ended_by: signal.Signals, status: int
) -> None:
    hang = STUCK + "(os.write(1, b'begun'), ctypes.CDLL(None).sleep(1000))"
    code = f"import sys; {hang}\nfrom breakthrough_extract.watched import main\nsys.exit(main())"
    arguments = ["extract", str(CELLS), "-o", str(tmp_path / "out")]
    words = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.read(5) == b"begun"
        running.send_signal(ended_by)
        assert running.stdout.read() == b""  # ends when the child, which has it too, is gone
        assert running.wait(10) == status


# Where results go.


def test_a_file_in_place_of_the_output_folder_is_kept(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    told = command("extract", paths.SEED, "-o", tmp_path / "out")
    assert "choose another output folder" in refused(told)
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc on this system")
def test_a_folder_that_takes_no_files_is_refused() -> None:
    with pytest.raises(WriteError, match="choose another output folder"):
        write_all({Path("/proc/self/out/a.json"): "a"})


def test_a_full_disk_leaves_the_old_files_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {tmp_path / "a.json": "old a", tmp_path / "a.ledger.json": "old ledger"}
    write_all(old)
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="No space left on device"):
        write_all(dict.fromkeys(old, "new"))
    assert {path: path.read_text() for path in tmp_path.iterdir()} == old


def test_a_file_that_may_not_grow_leaves_nothing_behind(tmp_path: Path) -> None:
    before = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))"
    )
    told = command("extract", paths.SEED, "-o", tmp_path / "out", before=before)
    assert "File too large" in "".join(told.stderr.splitlines()[-1:])
    assert told.returncode == 2
    assert list((tmp_path / "out").iterdir()) == []


def _write_often(folder: Path, what: str) -> None:
    for n in range(15):
        write_all({folder / "a.json": f"{what}{n}" * 999, folder / "b.json": f"{what}{n}" * 999})


def test_two_runs_at_once_leave_files_of_one_run(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=_write_often, args=(tmp_path, what)) for what in "xy"]
    for run in runs:
        run.start()
    for run in runs:
        run.join(60)
        assert run.exitcode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.json"]
    texts = [(tmp_path / name).read_text() for name in ("a.json", "b.json")]
    assert texts[0] == texts[1]
    assert texts[0] in ("x14" * 999, "y14" * 999)


# What is written is safe to open.


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\r", "\n", "\x7f", "\x9b", "\u202e", "\u2066"])
def test_no_character_that_a_terminal_obeys_is_passed_on(char: str) -> None:
    assert terminal_safe(f"a{char}b") == "a b"
    assert json_safe(f'"a{char}b"') in (f'"a{char}b"', f'"a\\u{ord(char):04x}b"')


def test_json_is_the_same_json() -> None:
    raw = json.dumps({"a": "é\x9b\u202e–\u2028\U0001f600"}, ensure_ascii=False)
    safe = json_safe(raw)
    assert json.loads(safe) == json.loads(raw)
    assert safe == '{"a": "é\\u009b\\u202e–\\u2028\U0001f600"}'


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_cell_that_would_be_a_formula_is_text(cell: str) -> None:
    assert escaped(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "plain", "a = b", "'quoted'", "– a dash"])
def test_a_cell_that_is_text_stays_as_it_is(cell: str) -> None:
    assert escaped(cell) == cell
