"""What is done is kept, whenever a run is ended."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra [corpus] is not installed")

from breakthrough_extract.corpus.errors import CorpusError
from breakthrough_extract.corpus.rows import Row, Timing, rows_file, timings_file
from breakthrough_extract.corpus.store import Store

PLAN: dict[str, object] = {"edition": "1", "input": "abc", "seconds": 60.0}


def filled(folder: Path, shards: int = 3) -> Store:
    store = Store(folder)
    store.open(PLAN)
    for shard in range(shards):
        rows = [Row(f"{shard}.txt", 7, "screened"), Row(f"{shard}.md", 9, "ok", profile="p")]
        store.keep(shard, rows_file(rows), timings_file([Timing(f"{shard}.md", 0.5, False)]))
    return store


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_shards_that_are_done_are_known_with_their_counts(tmp_path: Path) -> None:
    entries = filled(tmp_path).done(5)
    assert sorted(entries) == [0, 1, 2]
    assert entries[1].documents == 2
    assert entries[1].bytes == 16
    assert entries[1].statuses == {"ok": 1, "screened": 1}
    assert entries[1].profiles == {"p": 1}


def test_half_a_line_at_the_end_of_the_ledger_is_made_whole(tmp_path: Path) -> None:
    store = filled(tmp_path)
    whole = contents(tmp_path)
    ledger = tmp_path / "shards.jsonl"
    ledger.write_bytes(ledger.read_bytes()[:-20])
    assert sorted(store.done(3)) == [0, 1, 2]
    assert contents(tmp_path) == whole


def test_a_shard_whose_line_is_missing_is_counted_again(tmp_path: Path) -> None:
    store = filled(tmp_path)
    whole = contents(tmp_path)
    (tmp_path / "shards.jsonl").unlink()
    assert sorted(store.done(3)) == [0, 1, 2]
    assert contents(tmp_path) == whole


def test_a_line_without_its_file_counts_for_nothing(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.data(1).unlink()
    assert sorted(store.done(3)) == [0, 2]
    assert sorted(store.done(3)) == [0, 2]


def test_the_order_in_which_shards_were_done_leaves_no_trace(tmp_path: Path) -> None:
    one, other = filled(tmp_path / "one"), Store(tmp_path / "other")
    other.open(PLAN)
    for shard in (2, 0, 1):
        timings = (tmp_path / "one/timings/part=00000" / one.data(shard).name).read_bytes()
        other.keep(shard, one.data(shard).read_bytes(), timings)
    for store in (one, other):
        store.close(list(store.done(3).values()), {"documents": 6})
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_a_folder_with_another_run_is_refused_and_what_differs_is_named(tmp_path: Path) -> None:
    store = filled(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(CorpusError, match="a run that differs in: input, seconds; name another"):
        store.open({**PLAN, "input": "abd", "seconds": 5.0})
    assert contents(tmp_path) == before


def test_a_folder_that_someone_else_fills_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(CorpusError, match="not the folder of a batch"):
        Store(tmp_path).open(PLAN)


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    with (
        Store(tmp_path).locked(),
        pytest.raises(CorpusError, match="another run is writing here"),
        Store(tmp_path).locked(),
    ):
        pass


def test_a_part_holds_a_thousand_shards(tmp_path: Path) -> None:
    names = [Store(tmp_path).data(shard).relative_to(tmp_path).as_posix() for shard in (999, 1000)]
    assert names == [
        "data/part=00000/shard-000999.parquet",
        "data/part=00001/shard-001000.parquet",
    ]
