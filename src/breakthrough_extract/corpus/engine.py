"""The only Daft: which machine works on which shard, and what stands behind a URL.

Daft's native runner spreads shards over the cores of this machine; with DAFT_RUNNER=ray the same
query runs on a Ray cluster. What Daft is not relied on for, and why (0.7.26):

- A row that fails: `on_error` gives up the whole batch, so nothing is raised in the function.
- A worker that dies: it ends the query, or hangs it. No document is worked on in a worker (see
  `watch`); if one dies all the same, it is asked again for what is not done (see `supervisor`).
- Resuming: checkpoints are refused by the native runner and lose rows in places. A shard is
  done when its file is there.
- One partition is one task on Ray: each shard is made a partition of its own.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import IO, cast

# Daft tells its makers of each import otherwise.
os.environ["DAFT_ANALYTICS_ENABLED"] = "0"
os.environ.setdefault("DAFT_PROGRESS_BAR", "0")  # there is one already, and nothing else
os.environ.setdefault("DAFT_SHOW_QUERY_ID", "0")  # speaks on its line

import daft
from daft import DataType
from daft.exceptions import DaftCoreException

from breakthrough_extract.corpus.shards import Shard, to_order
from breakthrough_extract.corpus.watch import Answer, Settings, Watcher

ANSWER = DataType.struct(
    {
        "shard": DataType.int64(),
        "rows": DataType.binary(),
        "timings": DataType.binary(),
        "failed": DataType.string(),
    }
)


class Worker:
    """What the engine starts once a core; it gives each shard that it is sent to a watcher."""

    def __init__(self, settings: Settings) -> None:
        self.watcher = Watcher(settings)

    @daft.method.batch(return_dtype=ANSWER, batch_size=1)
    def answers(self, numbers: daft.Series, orders: daft.Series) -> list[dict[str, object]]:
        return [
            {"shard": number, **vars(self.watcher.answer(order))}
            for number, order in zip(numbers.to_pylist(), orders.to_pylist(), strict=True)
        ]


def on_cluster() -> bool:
    """Whether the runner that was asked for is Ray."""
    return os.environ.get("DAFT_RUNNER", "native").lower() == "ray"


def cores() -> int:
    """How many cores there are to work with: of the cluster, or those this process may use."""
    if on_cluster():
        return max(int(_cluster_resources().get("CPU", 1)), 1)
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _cluster_resources() -> dict[str, float]:
    import ray

    if not ray.is_initialized():
        ray.init(log_to_driver=False)
    return dict(ray.cluster_resources())  # type: ignore[no-untyped-call]


def work_on(
    shards: Sequence[Shard], settings: Settings, workers: int
) -> Iterator[tuple[int, Answer]]:
    """The numbers of the shards and their files, in the order in which they are done.

    Raises whatever the engine raises if a worker dies.
    """
    worker = daft.cls(Worker, max_concurrency=workers, use_process=True)(settings)
    frame = daft.from_pydict(
        {
            "number": [shard.number for shard in shards],
            "order": [to_order(shard) for shard in shards],
        }
    )
    if on_cluster():
        frame = frame.into_partitions(len(shards))
    answers = frame.select(worker.answers(frame["number"], frame["order"]).alias("answer"))
    for row in answers.iter_rows(results_buffer_size=workers):
        answer = row["answer"]
        yield answer.pop("shard"), Answer(**answer)


def close() -> None:
    """Let go of what the engine holds: a Ray that it started ends."""
    if on_cluster():
        import ray

        ray.shutdown()


def open_url(url: str) -> IO[bytes]:
    """What stands at the URL. Raises OSError."""
    with _as_os_error():
        return cast("IO[bytes]", daft.open_file(url, "rb"))


@contextlib.contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except DaftCoreException as error:  # also where nothing matches
        raise OSError(f"nothing there, or it cannot be read: {error}") from None


def list_urls(pattern: str) -> list[tuple[str, int]]:
    """The URLs that match, in alphabetical order, and the size in bytes of each.

    Raises OSError.
    """
    with _as_os_error():
        found = daft.from_glob_path(pattern).select("path", "size").to_pydict()
    return sorted(zip(found["path"], (size or 0 for size in found["size"]), strict=True))
