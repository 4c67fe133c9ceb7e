"""The review's server: who may come in, what is kept, what is refused."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from breakthrough_extract import load_profile
from breakthrough_extract.cli import main
from breakthrough_extract.corrections import load_corrections
from breakthrough_extract.corrections.nouns import Mark, Read
from breakthrough_extract.pipeline import extract
from breakthrough_extract.review.desk import Desk
from tests.support import paths
from tests.support.serving import TOKEN, served

CHOIR = paths.CASES / "extract" / "choir"
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    source = tmp_path / "choir.md"
    source.write_bytes((CHOIR / "input.md").read_bytes())
    return Desk([source], load_profile(CHOIR / "profile.toml"), tmp_path / "corrections.toml")


@pytest.fixture
def client(desk: Desk) -> Iterator[httpx.Client]:
    with served(desk) as home, httpx.Client(base_url=home) as client:
        yield client


def origin(client: httpx.Client) -> str:
    return str(client.base_url).rstrip("/")


def at(desk: Desk, text: str) -> dict[str, int]:
    start = desk.documents[0].source.text.index(text)
    return {"source": 0, "start": start, "end": start + len(text)}


def ask(client: httpx.Client, desk: Desk, act: str, wish: object = None) -> httpx.Response:
    body = json.dumps(wish or {})
    headers = {**JSON, "Origin": origin(client)}
    return client.post(f"/{TOKEN}/{act}?v={desk.version}", content=body, headers=headers)


def reading(desk: Desk) -> dict[str, object]:
    return {"action": "read", "at": at(desk, "altos"), "text": "tenors"}


# Who may come in.


def test_the_page_is_served_to_who_knows_the_address(client: httpx.Client) -> None:
    answer = client.get(f"/{TOKEN}/")
    assert answer.status_code == 200
    assert "A choir that lasts" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {}),
        ("/wrong/", {}),
        ("/a-tokem/", {}),
        (f"/{TOKEN}/", {"Host": "evil.example"}),
        (f"/{TOKEN}/", {"Host": "evil.example:4711"}),
        (f"/{TOKEN}/", {"Host": "127.0.0.1:80"}),
    ],
)
def test_nobody_else_gets_the_page(
    client: httpx.Client, path: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 404
    assert "choir" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": ""},
        {"Content-Type": "text/plain"},
        {"Host": "evil.example"},
    ],
)
def test_no_other_page_can_change_anything(
    client: httpx.Client, desk: Desk, headers: dict[str, str]
) -> None:
    body = json.dumps(reading(desk))
    path = f"/{TOKEN}/add?v={desk.version}"
    headers = {**JSON, "Origin": origin(client), **headers}
    assert client.post(path, content=body, headers=headers).status_code == 404
    assert not desk.file.exists()


# What is kept.


def test_a_correction_is_in_the_file_before_the_answer_and_extract_replays_it(
    client: httpx.Client, desk: Desk
) -> None:
    assert ask(client, desk, "add", reading(desk)).status_code == 200
    (kept,) = load_corrections(desk.file).corrections
    assert isinstance(kept, Read)
    assert (kept.quote.exact, kept.text) == ("altos", "tenors")
    assert kept.quote.prefix.endswith("\n- ")
    assert kept.quote.suffix.startswith(" with a tired voice")
    replayed = extract(
        desk.paths[0], desk.profile, corrections=load_corrections(desk.file).corrections
    )
    assert "tenors with a tired voice" in replayed.model.to_json()
    assert "tenors with a tired voice" in client.get(f"/{TOKEN}/").text


def test_undo_takes_back_and_redo_carries_out_again(client: httpx.Client, desk: Desk) -> None:
    before = client.get(f"/{TOKEN}/").text
    ask(client, desk, "add", reading(desk))
    after = client.get(f"/{TOKEN}/").text
    assert ask(client, desk, "undo").status_code == 200
    assert "tenors" not in load_corrections(desk.file).corrections.__repr__()
    undone = client.get(f"/{TOKEN}/").text
    assert undone.count("tenors") == before.count("tenors") == 0
    assert ask(client, desk, "redo").status_code == 200
    assert client.get(f"/{TOKEN}/").text == after
    assert ask(client, desk, "redo").json() == {"reason": "nothing was undone"}


def test_of_two_renderings_each_is_corrected_where_it_is_wrong(tmp_path: Path) -> None:
    first, second = tmp_path / "one" / "choir.md", tmp_path / "two" / "choir.md"
    for path in (first, second):
        path.parent.mkdir()
        path.write_bytes((CHOIR / "input.md").read_bytes())
    desk = Desk([first, second], load_profile(CHOIR / "profile.toml"), tmp_path / "by-hand.toml")
    wish = {"action": "read", "at": {**at(desk, "altos"), "source": 1}, "text": "tenors"}
    assert desk.add(desk.version, json.dumps(wish).encode()) == ""
    (kept,) = load_corrections(desk.file).corrections
    assert kept.source == "choir.md (2)"
    assert "“tenors” in choir.md (2), “altos” in choir.md" in desk.page()
    assert desk.undo(desk.version) == ""
    assert load_corrections(desk.file).corrections == ()


def test_without_a_profile_the_desk_finds_one_as_extract_does(tmp_path: Path) -> None:
    desk = Desk([paths.SEED], None, tmp_path / "by-hand.toml")
    assert desk.result.model == extract(paths.SEED).model
    assert desk.chosen.id == "breakthrough"


def test_undo_survives_the_server(client: httpx.Client, desk: Desk) -> None:
    ask(client, desk, "add", reading(desk))
    ask(client, desk, "undo")
    again = Desk(desk.paths, desk.profile, desk.file)
    assert again.redo(again.version) == ""
    assert len(load_corrections(desk.file).corrections) == 1


def test_a_new_correction_forgets_what_was_undone(client: httpx.Client, desk: Desk) -> None:
    ask(client, desk, "add", reading(desk))
    ask(client, desk, "undo")
    wish = {
        "action": "mark",
        "kind": "furniture",
        "at": at(desk, "altos with a tired voice sing on."),
    }
    ask(client, desk, "add", wish)
    book = load_corrections(desk.file)
    assert [type(correction) for correction in book.corrections] == [Mark]
    assert book.undone == ()


def test_an_edit_is_refused_by_its_number(client: httpx.Client, desk: Desk) -> None:
    ledger = desk.result.ledger
    edits = [(record, edit) for record in ledger.fields for edit in record.edits]
    number = next(n for n, (record, _) in enumerate(edits) if record.quote.startswith("altos"))
    ask(client, desk, "add", {"action": "refuse", "edit": number})
    page = client.get(f"/{TOKEN}/").text
    assert "not to be made" in page
    indicators = [item.text for item in desk.result.model.iter_items()]
    assert "altos with a tired voice sing on." in indicators


def test_what_another_wrote_into_the_file_stays(client: httpx.Client, desk: Desk) -> None:
    ask(client, desk, "add", reading(desk))
    mine = desk.file.read_text(encoding="utf-8")
    desk.file.write_text("# Ann: please check\n" + mine, encoding="utf-8")
    wish = {"action": "join", "at": at(desk, "each voice finds its own note")}
    assert ask(client, desk, "add", wish).status_code == 200
    assert desk.file.read_text(encoding="utf-8").startswith("# Ann: please check\n")
    assert len(load_corrections(desk.file).corrections) == 2


# What is refused.


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"action": "dance"}, "not a correction"),
        (
            {"action": "read", "at": {"source": 7, "start": 0, "end": 1}, "text": ""},
            "no such source",
        ),
        ({"action": "read", "at": {"source": 0, "start": 5, "end": 5}, "text": ""}, "no text"),
        ({"action": "refuse", "edit": 99999}, "no such edit"),
        (
            {
                "action": "move",
                "at": {"source": 0, "start": 0, "end": 1},
                "theme": "x",
                "slot": "hum",
            },
            "no theme x",
        ),
    ],
)
def test_what_is_no_correction_is_told_and_not_kept(
    client: httpx.Client, desk: Desk, wish: object, told: str
) -> None:
    answer = ask(client, desk, "add", wish)
    assert answer.status_code in (400, 409)
    assert told in answer.json()["reason"]
    assert not desk.file.exists()


def test_a_page_that_is_out_of_date_changes_nothing(client: httpx.Client, desk: Desk) -> None:
    old = desk.version
    ask(client, desk, "add", reading(desk))
    body = json.dumps({"action": "join", "at": at(desk, "each voice finds")})
    headers = {**JSON, "Origin": origin(client)}
    answer = client.post(f"/{TOKEN}/add?v={old}", content=body, headers=headers)
    assert answer.status_code == 409
    assert "load the page again" in answer.json()["reason"]
    assert len(load_corrections(desk.file).corrections) == 1


def test_a_file_broken_by_hand_is_told_and_left_alone(client: httpx.Client, desk: Desk) -> None:
    desk.file.write_text("[[corrections", encoding="utf-8")
    assert "not valid TOML" in client.get(f"/{TOKEN}/").text
    assert desk.file.read_text(encoding="utf-8") == "[[corrections"


# The command.


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The command itself, in a process of its own."""
    source = tmp_path / "choir.md"
    source.write_bytes((CHOIR / "input.md").read_bytes())
    code = "import sys; from breakthrough_extract.cli import main; sys.exit(main())"
    options = ["--no-browser", "--profile", str(CHOIR / "profile.toml")]
    with subprocess.Popen(
        [sys.executable, "-c", code, "review", str(source), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def test_killed_without_warning_it_has_lost_nothing(
    server: subprocess.Popen[str], tmp_path: Path
) -> None:
    source = tmp_path / "choir.md"
    try:
        assert server.stdout
        told = [server.stdout.readline() for _ in range(2)]
        address = told[1].split()[1]
        assert address.startswith("http://127.0.0.1:")
        assert len(address.rstrip("/").rsplit("/", 1)[1]) >= 32
        _wait_for(address)
        desk = Desk([source], load_profile(CHOIR / "profile.toml"), tmp_path / "corrections.toml")
        answer = httpx.post(
            f"{address}add?v={desk.version}",
            content=json.dumps(reading(desk)),
            headers={**JSON, "Origin": address.rsplit("/", 2)[0]},
        )
        assert answer.status_code == 200
    finally:
        server.kill()
        server.communicate()
    assert len(load_corrections(tmp_path / "corrections.toml").corrections) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["choir.md", "corrections.toml"]


def test_it_ends_quietly_when_it_is_interrupted(server: subprocess.Popen[str]) -> None:
    assert server.stdout
    told = [server.stdout.readline() for _ in range(2)]
    _wait_for(told[1].split()[1])
    server.send_signal(signal.SIGINT)
    _, complaints = server.communicate(timeout=20)
    assert (server.returncode, complaints) == (0, "")


def test_a_port_that_cannot_be_had_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        options = ["--no-browser", "--profile", str(CHOIR / "profile.toml"), "--port", str(port)]
        assert main(["review", str(CHOIR / "input.md"), *options]) == 2
    complaint = capsys.readouterr().err
    assert f"port {port}: Address already in use; choose another with --port" in complaint


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            assert httpx.get(address).status_code == 200
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not come up")
