"""The story of a run: shards are planned, those not done are worked on, all are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from breakthrough_extract.corpus.cache import edition
from breakthrough_extract.corpus.errors import CorpusError
from breakthrough_extract.corpus.inputs import Columns, fingerprint, shards_of
from breakthrough_extract.corpus.shards import Shard
from breakthrough_extract.corpus.store import Entry, Store
from breakthrough_extract.corpus.supervisor import BreakdownError, work_on
from breakthrough_extract.corpus.watch import Answer, Settings
from breakthrough_extract.profile import load_profile

PATIENCE = 3  # times that the engine may break down with no shard done in between
SECONDS = 60.0
MEMORY = 2_000_000_000


@dataclass(frozen=True)
class Options:
    """How documents are to be worked on."""

    profiles: tuple[str, ...]  # names of shipped profiles, or paths
    columns: Columns | None = None  # of a Parquet input
    seconds: float = SECONDS  # that a document may take
    memory: int = MEMORY  # bytes that a document may take
    workers: int | None = None  # None: one a core
    cache: Path | None = None  # None: a folder beside the data


@dataclass
class Tally:
    """The counts of a run, so far or of the whole."""

    documents: int = 0
    bytes: int = 0
    indicators: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    profiles: Counter[str] = field(default_factory=Counter)

    def add(self, entry: Entry) -> None:
        self.documents += entry.documents
        self.bytes += entry.bytes
        self.indicators += entry.indicators
        self.statuses.update(entry.statuses)
        self.profiles.update(entry.profiles)

    def as_json(self) -> dict[str, object]:
        return {
            "documents": self.documents,
            "bytes": self.bytes,
            "indicators": self.indicators,
            "statuses": dict(sorted(self.statuses.items())),
            "profiles": dict(sorted(self.profiles.items())),
        }


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    total: int  # documents of the whole corpus
    kept: int  # documents that were done before this run
    tally: Tally  # of all that is done


def run(
    given: str, out: Path, options: Options, notice: Callable[[Progress], None] = lambda _: None
) -> Tally:
    """Work on all documents of the input; what an earlier run has done is kept.

    `notice` is called at the start and after each shard. Raises CorpusError if the input cannot
    be read or the folder holds another run, ProfileError, WriteError.
    """
    _check_apart(given, out)
    shards = shards_of(given, options.columns)
    store = Store(out)
    with store.locked():
        store.open(_plan(shards, options))
        entries = store.done(len(shards))
        progress = _started(shards, entries)
        notice(progress)
        left = [shard for shard in shards if shard.number not in entries]
        failed: dict[int, str] = {}
        for number, answer in _all_done(left, options, out):
            if answer.failed:
                failed[number] = answer.failed
                continue
            entry = store.keep(number, answer.rows, answer.timings)
            entries[number] = entry
            progress.tally.add(entry)
            notice(progress)
        if failed:
            raise _unread(shards, failed)
        store.close(list(entries.values()), progress.tally.as_json())
    return progress.tally


def _check_apart(given: str, out: Path) -> None:
    if Path(given).is_dir() and out.resolve().is_relative_to(Path(given).resolve()):
        raise CorpusError(f"{out}: the output would be among the input; name a folder outside")


def _plan(shards: Sequence[Shard], options: Options) -> dict[str, object]:
    profiles = [load_profile(name) for name in options.profiles]
    return {
        "edition": edition(profiles),
        "profiles": [profile.id for profile in profiles],
        "input": fingerprint(shards),
        "shards": len(shards),
        "documents": sum(shard.documents for shard in shards),
        "seconds": options.seconds,
        "memory": options.memory,
    }


def _started(shards: Sequence[Shard], entries: dict[int, Entry]) -> Progress:
    tally = Tally()
    for entry in entries.values():
        tally.add(entry)
    return Progress(sum(shard.documents for shard in shards), tally.documents, tally)


def _all_done(shards: Sequence[Shard], options: Options, out: Path) -> Iterator[tuple[int, Answer]]:
    """The shards as they are done. If the engine breaks down, it is asked again for the rest."""
    settings = _settings(options, out)
    left = {shard.number: shard for shard in shards}
    breakdowns = 0
    while left:
        try:
            for number, answer in work_on(list(left.values()), settings, options.workers):
                del left[number]
                breakdowns = 0
                yield number, answer
        except BreakdownError as error:
            breakdowns += 1
            if breakdowns == PATIENCE:
                raise CorpusError(
                    f"the engine broke down {PATIENCE} times in a row ({error}); what is done is "
                    "kept, so that the same command goes on from here"
                ) from error


def _settings(options: Options, out: Path) -> Settings:
    profiles = [load_profile(name) for name in options.profiles]
    this = edition(profiles)
    cache = (options.cache or out / "cache").resolve() / this
    # A path counts from here, and a worker may stand elsewhere.
    names = tuple(_absolute(name) for name in options.profiles)
    return Settings(names, this, str(cache), options.seconds, options.memory)


def _absolute(profile: str) -> str:
    path = Path(profile)
    return str(path.resolve()) if path.suffix and path.exists() else profile


def _unread(shards: Sequence[Shard], failed: dict[int, str]) -> CorpusError:
    number = min(failed)
    return CorpusError(
        f"{shards[number].paths[0]}: could not be read: {failed[number]}; shards that are not "
        f"done: {len(failed)}; what is done is kept, so that the same command goes on from here"
    )
