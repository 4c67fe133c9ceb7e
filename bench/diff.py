"""The diff against generic tools, on a pair of versions whose edits are known.

The pair is the dataset, and the same with 5 items reworded, 3 moved to another stage, 2 moved
within their list, 2 added, 2 withdrawn and a theme renamed: 15 edits. For the large pair the
dataset stands there 100 times, each time with a third of its content words exchanged for
others of the dataset, so that items share boilerplate as those of real models do; each copy
has its own 15 edits.
"""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.differs import TOOLS
from bench.tables import Table
from breakthrough_extract import Model, load
from breakthrough_extract.language import content_words
from breakthrough_extract.punctuation import letters
from breakthrough_extract.versions.diff import diff

MODEL = Path("output/breakthrough.json")
TOOLS_PYTHON = Path(".venv-bench/bin/python")
PATIENCE = 60  # seconds by the clock for one tool on one pair
EDITS = Counter(
    {"reworded": 5, "moved": 5, "added": 2, "withdrawn": 2, "renamed": 1}
)  # in each copy

Json = dict[str, Any]


def table() -> Table:
    """Reported changes and seconds, at 1 × and at 100 ×."""
    pairs = {copies: pair(copies) for copies in (1, 100)}
    rows = [
        (
            name,
            *(cell for copies, (old, new) in pairs.items() for cell in _ours(old, new, by_id)),
        )
        for name, by_id in (
            ("breakthrough-extract, by identifier", True),
            ("breakthrough-extract, by text alone", False),
        )
    ]
    rows += [
        (tool, *(cell for old, new in pairs.values() for cell in _theirs(tool, old, new)))
        for tool in TOOLS
    ]
    head = ("Diff", "changes of 15", "right", "s", "changes of 1,500", "right", "s")
    note = (
        "`right`: changes that are one of the edits made. The second row compares files whose "
        "identifiers are made of the texts, as without a baseline. The other tools are given "
        "the files without `code`, which would count each shift of a place, and with the "
        f"identifiers kept; one that takes longer than {PATIENCE} s is stopped. Processor time, "
        "files read already."
    )
    return Table("Two versions with known edits", head, rows, notes=(note,))


# The pair.


def pair(copies: int) -> tuple[Json, Json]:
    """The old and the new version, as JSON; identifiers name the same item in both."""
    base = json.loads(load(MODEL).to_json())
    words = sorted({word for text in _texts(base) for word in text.split() if content_words(word)})
    old: Json = {**base, "themes": []}
    new: Json = {**base, "themes": []}
    for copy in range(copies):
        chance = random.Random(copy)
        themes = _varied(base["themes"], copy, words, chance)
        old["themes"] += themes
        new["themes"] += _edited(json.loads(json.dumps(themes)), copy, words, chance)
    return old, new


def _texts(model: Json) -> list[str]:
    return [
        item["text"] for theme in model["themes"] for _, items in _lists(theme) for item in items
    ]


def _lists(theme: Json) -> list[tuple[str, list[Json]]]:
    """The lists of indicators of a theme, by stage."""
    return [(cell["stage"], cell["indicators"]) for cell in theme["stages"]]


def _varied(themes: list[Json], copy: int, words: list[str], chance: random.Random) -> list[Json]:
    """A copy of the themes whose items have a third of their content words exchanged."""
    out: list[Json] = json.loads(json.dumps(themes))
    if copy == 0:
        return out
    for theme in out:
        theme["id"] += f"-{copy}"
        theme["name"] += f" {copy}"
        lists = [items for _, items in _lists(theme)] + [theme["breakthrough_points"]["points"]]
        for items in lists + [cell["notes"] for cell in theme["stages"]]:
            for item in items:
                item["id"] += f"-{copy}"
                item["text"] = _exchanged(item["text"], words, chance, 1 / 3)
    return out


def _exchanged(text: str, words: list[str], chance: random.Random, share: float) -> str:
    return " ".join(
        chance.choice(words) if content_words(word) and chance.random() < share else word
        for word in text.split()
    )


def _edited(themes: list[Json], copy: int, words: list[str], chance: random.Random) -> list[Json]:
    """The 15 edits, each on items of its own."""
    lists = [(theme, stage, items) for theme in themes for stage, items in _lists(theme)]
    places = [(items, item) for _, _, items in lists for item in items[1:-1]]
    chosen = chance.sample(places, 12)
    for _, item in chosen[:5]:
        item["text"] = _reworded(item["text"], words, chance)
    for items, item in chosen[5:8]:
        (theme,) = (theme for theme, _, other in lists if other is items)
        items.remove(item)
        others = [other for _, other in _lists(theme) if other is not items]
        chance.choice(others).append(item)
    for items, item in chosen[8:10]:
        items.remove(item)
        items.insert(0, item)
    for items, item in chosen[10:]:
        items.remove(item)
    for n in range(2):
        text = " ".join(chance.sample(words, 14))
        chance.choice(lists)[2].append({"id": f"added-{copy}-{n}", "code": "X", "text": text})
    themes[copy % len(themes)]["name"] += " and more"
    return themes


def _reworded(text: str, words: list[str], chance: random.Random) -> str:
    """The same in another order, with a quarter of its content words exchanged."""
    parts = _exchanged(text, words, chance, 1 / 4).split()
    cut = len(parts) // 3
    return " ".join([*parts[cut:], "as", "well", "as", *parts[:cut]])


# The tools.


def _ours(old: Json, new: Json, by_id: bool) -> tuple[str, str, str]:
    ours, theirs = (
        Model.model_validate(side if by_id else _identified(side)) for side in (old, new)
    )
    names = [_names(side) for side in (old, new)]
    start = time.process_time()
    found = diff(ours, theirs)
    seconds = time.process_time() - start
    changes = json.loads(found.to_json())["changes"]
    right = sum(_is_right(change, *names) for change in changes)
    return f"{len(changes):,}", f"{right:,}", f"{seconds:.2f}"


def _is_right(change: Json, old: dict[str, str], new: dict[str, str]) -> bool:
    """Whether a change tells of one thing, and of the right sort."""
    ours, theirs = change.get("old", {}), change.get("new", {})
    if change["kind"] == "added":
        return new[theirs["path"]] not in old.values()
    if change["kind"] == "withdrawn":
        return old[ours["path"]] not in new.values()
    if change["kind"] not in EDITS:
        return False
    return old[ours["path"]] == new[theirs["path"]]


def _names(side: Json) -> dict[str, str]:
    """The identifiers that the pair was made with, by path."""
    names: dict[str, str] = {}
    for n, theme in enumerate(side["themes"]):
        names[f"themes[{n}]"] = theme["id"]
        for m, cell in enumerate(theme["stages"]):
            for key in ("indicators", "notes"):
                for k, item in enumerate(cell[key]):
                    names[f"themes[{n}].stages[{m}].{key}[{k}]"] = item["id"]
        for k, item in enumerate(theme["breakthrough_points"]["points"]):
            names[f"themes[{n}].breakthrough_points.points[{k}]"] = item["id"]
    return names


def _identified(side: Json) -> Json:
    """With identifiers that are made of the texts and names."""
    out: Json = json.loads(json.dumps(side))
    for theme in out["themes"]:
        theme["id"] = letters(theme["name"])
        lists = [items for _, items in _lists(theme)] + [theme["breakthrough_points"]["points"]]
        for items in lists + [cell["notes"] for cell in theme["stages"]]:
            for item in items:
                item["id"] = hashlib.sha256(letters(item["text"]).encode()).hexdigest()[:20]
    return out


def _theirs(tool: str, old: Json, new: Json) -> tuple[str, str, str]:
    if not TOOLS_PYTHON.exists():
        return ("–", "–", "not installed")
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, side in (("old", old), ("new", new)):
            paths.append(Path(folder) / f"{name}.json")
            paths[-1].write_text(json.dumps(_uncoded(side)), "utf-8")
        command = [str(TOOLS_PYTHON), "bench/differs.py", tool, *map(str, paths)]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            return ("–", "–", f"> {PATIENCE}")
    if done.returncode:
        return ("–", "–", "not installed" if "ModuleNotFound" in done.stderr else "failed")
    found = json.loads(done.stdout.splitlines()[-1])
    return f"{found['changes']:,}", "–", f"{found['seconds']:.2f}"


def _uncoded(value: Any) -> Any:
    if isinstance(value, list):
        return [_uncoded(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _uncoded(entry) for key, entry in value.items() if key != "code"}
    return value


if __name__ == "__main__":
    print(table().plain())
