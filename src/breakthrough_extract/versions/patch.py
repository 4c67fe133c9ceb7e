"""The difference of two model files as a JSON Patch (RFC 6902).

Entries of a list are known by their identifiers; where two have one, or none, the list is
replaced whole. Applied to the old file the patch gives the new one exactly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from breakthrough_extract.model import Model
from breakthrough_extract.versions.order import shifted

Operation = Mapping[str, Any]
KEYS = ("id", "stage")  # what entries of a list are known by; the first that they have


def patch(old: Model, new: Model) -> list[Operation]:
    """The operations that turn the old file into the new one, in the order to apply them."""
    return list(_values("", json.loads(old.to_json()), json.loads(new.to_json())))


def patch_text(old: Model, new: Model) -> str:
    return json.dumps(patch(old, new), indent=2, ensure_ascii=False) + "\n"


def _values(at: str, old: Any, new: Any) -> Iterator[Operation]:
    """`at` is a JSON Pointer (RFC 6901); no key of a model needs escaping in it."""
    if old == new and type(old) is type(new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _objects(at, old, new)
    elif isinstance(old, list) and isinstance(new, list) and _known(old) and _known(new):
        yield from _lists(at, old, new)
    else:
        yield {"op": "replace", "path": at, "value": new}


def _objects(at: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Operation]:
    for key in old:
        if key not in new:
            yield {"op": "remove", "path": f"{at}/{key}"}
    for key, value in new.items():
        if key in old:
            yield from _values(f"{at}/{key}", old[key], value)
        else:
            yield {"op": "add", "path": f"{at}/{key}", "value": value}


def _lists(at: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Operation]:
    """What does not keep its order is taken out, from the end; then what is missing is put in."""
    place = {_key(entry): n for n, entry in enumerate(new)}
    pairs = {n: place[_key(entry)] for n, entry in enumerate(old) if _key(entry) in place}
    staying = dict(pairs.items() - shifted(pairs.items()))
    for n in reversed(range(len(old))):
        if n not in staying:
            yield {"op": "remove", "path": f"{at}/{n}"}
    origin = {m: n for n, m in staying.items()}
    for m, entry in enumerate(new):
        if m in origin:
            yield from _values(f"{at}/{m}", old[origin[m]], entry)
        else:
            yield {"op": "add", "path": f"{at}/{m}", "value": entry}


def _key(entry: Any) -> str | None:
    """What an entry is known by; None if by nothing."""
    if not isinstance(entry, dict):
        return None
    return next((str(entry[key]) for key in KEYS if key in entry), None)


def _known(entries: Sequence[Any]) -> bool:
    keys = [_key(entry) for entry in entries]
    return None not in keys and len(set(keys)) == len(keys)
