from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from breakthrough_extract import Extraction, Profile, load_profile
from tests.support import paths
from tests.support.extracting import extract_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples on each run and each machine; slow ones are no failure.
settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile("breakthrough")


@pytest.fixture(scope="session")
def seed_text() -> str:
    return paths.SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def seed(seed_text: str, profile: Profile) -> Extraction:
    """The extraction of the one surviving text, made once."""
    return extract_text(seed_text, profile, paths.SEED.name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from tests.support.browsing import chromium  # only where a test needs it

    with chromium() as started:
        yield started
