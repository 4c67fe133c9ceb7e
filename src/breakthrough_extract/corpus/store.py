"""The folder that a run writes, and what of the run is done.

    data/part=00000/shard-000000.parquet      rows: the data set
    timings/part=00000/shard-000000.parquet   what the documents took
    plan.json                                 what the run is of; a run of something else is refused
    shards.jsonl                              the ledger of shards, a line each
    summary.json                              the counts of the whole, once all is done
    cache/                                    results by content

A shard is done when its file is in `data`: it is moved there whole. Its line in the ledger
follows, and is made anew from the file where a run was ended between the two.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from breakthrough_extract.corpus.errors import CorpusError
from breakthrough_extract.files import WriteError, write_all

SHARDS_IN_PART = 1_000  # files in one folder
COUNTED = ("status", "profile", "bytes", "indicators")


@dataclass(frozen=True)
class Entry:
    """The ledger's line on a shard."""

    shard: int
    sha256: str  # of its file in `data`
    documents: int
    bytes: int
    indicators: int
    statuses: dict[str, int]
    profiles: dict[str, int]


@dataclass(frozen=True)
class Store:
    """The folder of one run."""

    folder: Path

    def open(self, plan: Mapping[str, object]) -> None:
        """Make it the folder of a run that is planned so.

        Raises CorpusError if it holds a run of something else, WriteError if it cannot be
        written.
        """
        path = self.folder / "plan.json"
        text = json.dumps(plan, indent=2, ensure_ascii=False) + "\n"
        if not path.exists():
            if (self.folder / "data").exists():
                raise CorpusError(f"{self.folder}: not the folder of a batch; name another one")
            write_all({path: text})
            return
        there = path.read_text("utf-8")
        if there != text:
            changed = _difference(there, plan)
            raise CorpusError(
                f"{self.folder}: holds a run that differs in: {changed}; name another folder, "
                f"with --cache {self.folder / 'cache'} so that nothing is extracted twice"
            )

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """While this lasts, no other run writes here. Raises CorpusError if one does."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = (self.folder / ".lock").open("w")
        except OSError as error:
            reason = error.strerror or "cannot be written"
            raise WriteError(f"{self.folder}: {reason}; choose another output folder") from None
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CorpusError(
                    f"{self.folder}: another run is writing here; wait for it, or end it"
                ) from None
            yield

    def data(self, shard: int) -> Path:
        return self.folder / "data" / _name(shard)

    def keep(self, shard: int, rows: bytes, timings: bytes) -> Entry:
        """Write a shard's files. Raises WriteError."""
        write_all({self.folder / "timings" / _name(shard): timings, self.data(shard): rows})
        entry = _entry(shard, rows)
        self._note(entry)
        return entry

    def done(self, shards: int) -> dict[int, Entry]:
        """The shards that are done, of so many."""
        noted = {entry.shard: entry for entry in self._ledger()}
        entries: dict[int, Entry] = {}
        for shard in range(shards):
            path = self.data(shard)
            if path.exists():
                entries[shard] = noted.get(shard) or _entry(shard, path.read_bytes())
        self._write_ledger(entries.values())
        return entries

    def close(self, entries: Sequence[Entry], summary: Mapping[str, object]) -> None:
        """Write the ledger in order, and the summary. Raises WriteError."""
        self._write_ledger(entries)
        text = json.dumps(summary, indent=2, ensure_ascii=False) + "\n"
        write_all({self.folder / "summary.json": text})

    def _note(self, entry: Entry) -> None:
        with (self.folder / "shards.jsonl").open("a", encoding="utf-8") as file:
            file.write(_line(entry))
            file.flush()
            os.fsync(file.fileno())

    def _ledger(self) -> Iterator[Entry]:
        path = self.folder / "shards.jsonl"
        if not path.exists():
            return
        for line in path.read_text("utf-8").splitlines():
            with contextlib.suppress(ValueError, TypeError):  # the last one may be half a line
                yield Entry(**json.loads(line))

    def _write_ledger(self, entries: Any) -> None:
        lines = [_line(entry) for entry in sorted(entries, key=lambda entry: entry.shard)]
        write_all({self.folder / "shards.jsonl": "".join(lines)})


def _name(shard: int) -> str:
    return f"part={shard // SHARDS_IN_PART:05}/shard-{shard:06}.parquet"


def _line(entry: Entry) -> str:
    return json.dumps(asdict(entry)) + "\n"


def _entry(shard: int, rows: bytes) -> Entry:
    table = pq.read_table(io.BytesIO(rows), columns=list(COUNTED))
    statuses, profiles, sizes, indicators = (table[name].to_pylist() for name in COUNTED)
    return Entry(
        shard=shard,
        sha256=hashlib.sha256(rows).hexdigest(),
        documents=len(sizes),
        bytes=sum(sizes),
        indicators=sum(filter(None, indicators)),
        statuses=_sorted(Counter(statuses)),
        profiles=_sorted(Counter(filter(None, profiles))),
    )


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _difference(there: str, plan: Mapping[str, object]) -> str:
    """The keys in which two plans differ."""
    try:
        old = json.loads(there)
    except ValueError:
        return "everything (its plan.json is damaged)"
    keys = [key for key in {**old, **plan} if old.get(key) != json.loads(json.dumps(plan)).get(key)]
    return ", ".join(keys) or "its layout"
