"""What INPUT can be, and what is said where it is none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="the extra [corpus] is not installed")

import pyarrow as pa
import pyarrow.parquet as pq

from breakthrough_extract.corpus.errors import CorpusError
from breakthrough_extract.corpus.inputs import Columns, fingerprint, shards_of
from breakthrough_extract.corpus.reading import items_of

TEXT = Columns("text", None)


def ids(given: str, columns: Columns | None = None) -> list[str]:
    return [item.id for shard in shards_of(given, columns) for item in items_of(shard)]


def texts(given: str, columns: Columns) -> list[bytes | None]:
    return [item.data for shard in shards_of(given, columns) for item in items_of(shard)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "deep/er/c.pdf", ".hidden", "deep/.git/d.txt", "e.json"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "in"


def test_a_folder_is_read_to_its_depth_and_nothing_hidden(folder: Path) -> None:
    assert ids(str(folder)) == ["a.md", "b.txt", "deep/er/c.pdf"]


def test_a_glob_names_what_it_matches(folder: Path) -> None:
    assert [Path(name).name for name in ids(f"{folder}/**/*.[mp]d*")] == ["a.md", "c.pdf"]


def test_a_list_names_paths_that_count_from_its_own_folder(folder: Path) -> None:
    listed = folder / "list"
    listed.write_text("# mine\n\nb.txt\ndeep/er/c.pdf\n")
    assert ids(str(listed)) == ["b.txt", "deep/er/c.pdf"]
    assert [item.load() for shard in shards_of(str(listed), None) for item in items_of(shard)
            if item.load] == [b"b.txt", b"deep/er/c.pdf"]  # fmt: skip


def test_a_list_with_a_file_that_is_not_there_names_the_line(folder: Path) -> None:
    listed = folder / "list"
    listed.write_text("b.txt\ngone.txt\n")
    with pytest.raises(CorpusError, match=r"list: line 2: no such file: gone\.txt"):
        shards_of(str(listed), None)


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    path = tmp_path / "rows" / "part" / "one.parquet"
    path.parent.mkdir(parents=True)
    table = pa.table({"text": ["zero", None, "two", "ü", ""], "id": [10, 11, 12, 13, 14]})
    pq.write_table(table, path, row_group_size=2)
    return path


def test_rows_have_the_ids_of_their_column(parquet: Path) -> None:
    assert ids(str(parquet), Columns("text", "id")) == ["10", "11", "12", "13", "14"]


def test_rows_without_an_id_column_are_named_after_file_and_row(parquet: Path) -> None:
    assert ids(str(parquet), TEXT)[:2] == ["one.parquet:0", "one.parquet:1"]
    folder = parquet.parents[1]
    assert ids(str(folder), TEXT)[4] == "part/one.parquet:4"


def test_a_row_without_text_has_none(parquet: Path) -> None:
    assert texts(str(parquet), TEXT) == [b"zero", None, b"two", "ü".encode(), b""]


@pytest.mark.parametrize("kind", ["large_string", "binary", "string_view", "dictionary"])
def test_a_text_column_may_be_of_any_textual_kind(tmp_path: Path, kind: str) -> None:
    column = pa.array(["one", "two", "one"])
    column = column.dictionary_encode() if kind == "dictionary" else column.cast(kind)
    pq.write_table(pa.table({"text": column}), tmp_path / "a.parquet")
    assert texts(str(tmp_path / "a.parquet"), TEXT) == [b"one", b"two", b"one"]


def test_rows_of_a_shard_that_begins_within_a_row_group(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [str(n) for n in range(5000)]}), path, row_group_size=4999)
    shards = shards_of(str(path), TEXT)
    assert len(shards) > 2
    assert texts(str(path), TEXT) == [str(n).encode() for n in range(5000)]


@pytest.mark.parametrize(
    ("given", "columns", "message"),
    [
        ("gone", None, "gone: No such file or directory; INPUT is a folder, a glob, a list"),
        ("gone/*.txt", None, "no document in it"),
        ("rows/part/one.parquet", None, "no list of paths, for it is no text"),
        ("rows/part/one.parquet", Columns("words", None), "no column words; there are: text, id"),
        ("rows/part/one.parquet", Columns("id", None), "the column id holds int64, and no text"),
        ("in/b.txt", TEXT, r"b\.txt: not a Parquet file"),
        ("gone.parquet", TEXT, r"gone\.parquet: No such file"),
    ],
)
def test_an_input_that_is_none_is_refused_with_its_name(
    tmp_path: Path, folder: Path, parquet: Path, given: str, columns: Columns | None, message: str
) -> None:
    assert folder.exists()
    assert parquet.exists()
    with pytest.raises(CorpusError, match=message):
        shards_of(str(tmp_path / given), columns)


def test_another_input_has_another_fingerprint(folder: Path) -> None:
    before = fingerprint(shards_of(str(folder), None))
    assert fingerprint(shards_of(str(folder), None)) == before
    (folder / "b.txt").write_text("longer than before")
    assert fingerprint(shards_of(str(folder), None)) != before
