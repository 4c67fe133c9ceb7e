"""What a long run shows of itself."""

from __future__ import annotations

import io
from collections import Counter

import pytest

pytest.importorskip("pyarrow", reason="the extra [corpus] is not installed")
pytest.importorskip("daft", reason="the extra [corpus] is not installed")

from breakthrough_extract.cli.progress import shown_on
from breakthrough_extract.corpus.run import Progress, Tally


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at(documents: int, **statuses: int) -> Progress:
    tally = Tally(documents=documents, statuses=Counter(statuses))
    return Progress(total=1000, kept=0, tally=tally)


def shown(stream: io.StringIO, *steps: Progress, quiet: bool = False) -> str:
    with shown_on(stream, quiet) as notice:
        for step in steps:
            notice(step)
    return stream.getvalue()


def test_a_terminal_is_shown_a_bar_with_rate_and_failures_by_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    text = shown(Terminal(), at(0), at(400, ok=380, crashed=2, timeout=18))
    assert "400/1000" in text
    assert "a second" in text
    assert "2 crashed, 18 timeout" in text


def test_elsewhere_a_line_is_written_at_the_start_and_the_end_and_not_for_each_step() -> None:
    steps = [at(documents, screened=documents) for documents in range(0, 1001, 10)]
    lines = shown(io.StringIO(), *steps).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("0 of 1000 documents")
    assert lines[1].startswith("1000 of 1000 documents")


def test_what_is_no_failure_is_not_counted_among_them() -> None:
    assert "screened" not in shown(io.StringIO(), at(1000, screened=900, ok=100))


def test_quiet_is_quiet() -> None:
    assert shown(Terminal(), at(0), at(1000, crashed=1), quiet=True) == ""
