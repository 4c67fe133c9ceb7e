"""One generic tool on two JSON files, in the bench's own venv: the number of changes that it
reports and the seconds that it took, as JSON on the last line.

python bench/differs.py TOOL OLD NEW
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Differ = Callable[[Any, Any], int]


def deepdiff() -> Differ:
    diff = import_module("deepdiff").DeepDiff
    return lambda old, new: sum(len(found) for found in diff(old, new).values())


def deepdiff_ignore_order() -> Differ:
    diff = import_module("deepdiff").DeepDiff
    return lambda old, new: sum(len(found) for found in diff(old, new, ignore_order=True).values())


def jsondiff() -> Differ:
    diff = import_module("jsondiff").diff
    return lambda old, new: _leaves(diff(old, new, syntax="explicit", dump=False))


def _leaves(value: Any) -> int:
    """The insertions, deletions and new values of jsondiff's explicit syntax."""
    if not isinstance(value, dict):
        return 1
    total = 0
    for key, inner in value.items():
        if getattr(key, "label", "") in ("insert", "delete"):
            total += len(inner)
        else:
            total += _leaves(inner)
    return total


def graphtage() -> Differ:
    module = import_module("graphtage")
    build = import_module("graphtage.json").build_tree

    def count(old: Any, new: Any) -> int:
        edits = build(old).get_all_edits(build(new))
        return sum(
            1
            for edit in edits
            if not isinstance(edit, module.Match) or edit.bounds().upper_bound > 0
        )

    return count


TOOLS = {
    "deepdiff": deepdiff,
    "deepdiff, ignore_order": deepdiff_ignore_order,
    "jsondiff": jsondiff,
    "graphtage": graphtage,
}


def main(tool: str, old: str, new: str) -> None:
    count = TOOLS[tool]()
    values = [json.loads(Path(path).read_text("utf-8")) for path in (old, new)]
    start = time.process_time()
    changes = count(*values)
    print()
    print(json.dumps({"changes": changes, "seconds": time.process_time() - start}))


if __name__ == "__main__":
    main(*sys.argv[1:])
