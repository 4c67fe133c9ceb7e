"""How an input is cut into shards, whose sizes are bounded."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from breakthrough_extract.corpus.shards import (
    MOST_BYTES,
    MOST_FILES,
    MOST_ROWS,
    SHARDS,
    FileEntry,
    FileShard,
    RowShard,
    bounded,
    file_shards,
    from_order,
    row_pieces,
    to_order,
)

GROUPS = st.lists(st.tuples(st.integers(0, 3 * MOST_ROWS), st.integers(0, 5 * MOST_BYTES)))


@given(GROUPS)
def test_each_row_is_in_one_piece_and_in_order(groups: list[tuple[int, int]]) -> None:
    pieces = list(row_pieces(groups, MOST_ROWS))
    assert sum(rows for _, rows in pieces) == sum(rows for rows, _ in groups)
    assert all(rows > 0 for _, rows in pieces)
    assert all(start + rows == after for (start, rows), (after, _) in pairwise(pieces))
    assert not pieces or pieces[0][0] == 0


@given(GROUPS)
def test_no_piece_has_more_rows_than_the_bound(groups: list[tuple[int, int]]) -> None:
    assert all(rows <= MOST_ROWS for _, rows in row_pieces(groups, MOST_ROWS))


def test_a_row_group_of_large_texts_is_cut_by_their_size() -> None:
    pieces = list(row_pieces([(100, 4 * MOST_BYTES)], MOST_ROWS))
    assert pieces == [(0, 25), (25, 25), (50, 25), (75, 25)]


def test_small_row_groups_are_put_together() -> None:
    assert list(row_pieces([(10, 1000)] * 5, MOST_ROWS)) == [(0, 50)]


@given(st.lists(st.integers(0, 2 * MOST_BYTES), max_size=60))
def test_files_keep_their_order_within_the_bounds(sizes: list[int]) -> None:
    files = [FileEntry(str(n), f"/{n}", size) for n, size in enumerate(sizes)]
    shards = list(file_shards(files))
    assert [entry for shard in shards for entry in shard.files] == files
    assert [shard.number for shard in shards] == list(range(len(shards)))
    for shard in shards:
        assert len(shard.files) <= MOST_FILES
        assert len(shard.files) == 1 or sum(entry.bytes for entry in shard.files) <= MOST_BYTES


def test_an_order_can_be_sent_and_read_again() -> None:
    files = FileShard(3, (FileEntry("a/ä.txt", "/in/a/ä.txt", 7),))
    rows = RowShard(4, "s3://bucket/a.parquet", "a.parquet", 10, 5, "text", None)
    for shard in (files, rows):
        assert "\n" not in to_order(shard)
        assert from_order(to_order(shard)) == shard


def test_a_small_corpus_has_work_for_many_and_a_large_one_no_more_files_than_it_must() -> None:
    for documents in (256, 640, 64_000):
        assert -(-documents // bounded(documents, MOST_ROWS)) == SHARDS
    assert bounded(10_000_000, MOST_ROWS) == MOST_ROWS
    assert bounded(1, MOST_ROWS) > 1
