"""Word lists: files in `words/`, read once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any


def _lines(name: str) -> list[str]:
    file = resources.files("breakthrough_extract").joinpath("words", name)
    lines = (line.strip() for line in file.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=16)
def words(name: str) -> frozenset[str]:
    """The words of `words/NAME.txt`."""
    return frozenset(word for line in _lines(f"{name}.txt") for word in line.split())


@lru_cache(maxsize=16)
def phrases(name: str) -> tuple[str, ...]:
    """The lines of `words/NAME.txt`."""
    return tuple(_lines(f"{name}.txt"))


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """The table in `words/NAME.toml`."""
    file = resources.files("breakthrough_extract").joinpath("words", f"{name}.toml")
    return tomllib.loads(file.read_text("utf-8"))
