"""Which files are documents, and that results are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from breakthrough_extract.files import WriteError, documents_in, write_all
from breakthrough_extract.readers.errors import ReadError


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(name, encoding="utf-8")


def test_documents_of_a_folder_come_by_name_and_data_files_do_not(tmp_path: Path) -> None:
    touch(tmp_path, "b.md", "a.txt", "c.html", "manifest.json", "p.TOML", "x.yaml", ".hidden")
    (tmp_path / "inner").mkdir()
    assert [path.name for path in documents_in([tmp_path])] == ["a.txt", "b.md", "c.html"]


def test_a_file_that_is_named_is_a_document_whatever_its_suffix(tmp_path: Path) -> None:
    touch(tmp_path, "page.unknown")
    assert documents_in([tmp_path / "page.unknown"]) == [tmp_path / "page.unknown"]


def test_one_file_given_twice_is_refused(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    with pytest.raises(ReadError, match="two inputs"):
        documents_in([tmp_path, tmp_path / "a.txt"])


def test_files_are_written_with_the_folders_they_need(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "a.json"
    write_all({file: "é\n"})
    assert file.read_bytes() == "é\n".encode()


def test_no_trace_is_left_where_writing_fails(tmp_path: Path) -> None:
    touch(tmp_path, "taken")
    with pytest.raises(WriteError, match="taken"):
        write_all({tmp_path / "a.json": "a", tmp_path / "taken" / "b.json": "b"})
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
