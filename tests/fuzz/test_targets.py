"""A little fuzzing in each run of the tests: the first inputs, and what is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import CORPUS, TARGETS, Target

SEEDS = [(name, path) for name, target in TARGETS.items() for path in target.corpus()]
WORDS = [
    line[1:-1].encode().decode("unicode_escape").encode("latin-1")
    for line in (CORPUS.parent / "words.dict").read_text("utf-8").splitlines()
    if line.startswith('"')
]


def test_each_reader_has_first_inputs() -> None:
    assert {name for name, _ in SEEDS} == set(TARGETS)


@pytest.mark.parametrize(("name", "path"), SEEDS, ids=lambda value: getattr(value, "name", value))
def test_the_first_inputs_keep_the_promises(name: str, path: Path, tmp_path: Path) -> None:
    TARGETS[name].run(path.read_bytes(), tmp_path)


@st.composite
def damaged(draw: st.DrawFn, target: Target) -> bytes:
    """A first input with stretches of it taken out, doubled, or replaced by tokens."""
    data = draw(st.sampled_from([path.read_bytes() for path in target.corpus()]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(start + draw(st.integers(0, 40)), len(data))
        new = draw(
            st.one_of(st.sampled_from(WORDS), st.binary(max_size=4), st.just(data[start:end] * 2))
        )
        data = data[:start] + new + data[end:]
    return data


@pytest.mark.parametrize("name", TARGETS)
def test_damage_breaks_no_promise(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = TARGETS[name]
    folder = tmp_path_factory.mktemp(name)

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(damaged(target))
    def holds(data: bytes) -> None:
        target.run(data, folder)

    holds()
