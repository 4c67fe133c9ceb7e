"""Changing one place of a model that is plain JSON."""

from __future__ import annotations

import copy
import re
from typing import Any

GONE = object()


def damaged(model: Any, at: str, value: Any = GONE) -> Any:
    """A copy of `model` with the place `at` (`themes[0].stages`) set, or taken out."""
    out = copy.deepcopy(model)
    steps: list[Any] = [
        int(index) if index else name for index, name in re.findall(r"\[(\d+)\]|(\w+)", at)
    ]
    place = out
    for step in steps[:-1]:
        place = place[step]
    if value is GONE:
        del place[steps[-1]]
    else:
        place[steps[-1]] = value
    return out
