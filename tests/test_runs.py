"""Where one theme's sections end and the next one's begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakthrough_extract.assign.runs import Step, in_runs, orderliness

SLOTS = 4


def steps(pattern: str) -> list[Step]:
    """Ranks as figures; a bar stands for a heading."""
    return [
        Step(int(rank), "|" in before)
        for before, rank in zip(["|", *pattern], pattern, strict=False)
        if rank != "|"
    ]


def numbers(pattern: str) -> str:
    """The number of each section's run; a dot for a stray."""
    runs = in_runs(steps(pattern), SLOTS).run
    return "".join("." if run < 0 else str(run) for run in runs)


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        ("0123|0123", "00001111"),
        ("01230123", "00001111"),  # no headings at all
        ("0123|023|0123", "00001112222"),  # one is missing
        ("0123|01|23|0123", "000011112222"),  # a heading stands twice
        ("0123|02123|0123", "00001.1112222"),  # a third before the second: a stray
        ("0123|30123|0123", "0000.11112222"),
        ("3|0123|0123", "011112222"),  # alone under its heading
        ("0123|01|013|0123", "000011222" + "3333"),  # both lack some
    ],
)
def test_runs_are_found_in_spite_of_gaps_and_strays(pattern: str, runs: str) -> None:
    assert numbers(pattern) == runs


def test_of_two_in_one_place_one_is_of_the_run() -> None:
    assert sorted(numbers("0123|01123|0123")) == sorted("00001111.2222")


def test_what_is_in_order_is_believed_and_what_is_in_none_is_not() -> None:
    whole = steps("0123|0123|0123|0123|0123")
    assert orderliness(whole, SLOTS, in_runs(whole, SLOTS).cost) == 1
    mixed = steps("3102|0231|3210|1320|2013")
    assert orderliness(mixed, SLOTS, in_runs(mixed, SLOTS).cost) < 0.5
    alone = steps("0")
    assert orderliness(alone, SLOTS, in_runs(alone, SLOTS).cost) == 0


@given(st.lists(st.tuples(st.integers(0, SLOTS - 1), st.booleans()), max_size=12))
def test_slots_ascend_in_each_run_and_runs_follow_one_another(
    found: list[tuple[int, bool]],
) -> None:
    sequence = [Step(rank, headed) for rank, headed in found]
    runs = in_runs(sequence, SLOTS)
    assert len(runs.run) == len(sequence)
    taken = [run for run in runs.run if run >= 0]
    assert taken == sorted(taken)
    for number in set(taken):
        ranks = [s.rank for s, run in zip(sequence, runs.run, strict=True) if run == number]
        assert ranks == sorted(set(ranks))
