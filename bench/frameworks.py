"""Quality on public frameworks: each with its profile, and by discovery.

python -m bench.frameworks [FOLDER]

The frameworks stand in `../shared/frameworks`, a folder each: the documents, SOURCE.md, and
`truth.json`, which was made from the documents apart from this project.

How it is scored, plainly:

- Texts are compared without markup (`*`, `_`, backslashes, backquotes), with quotes and dashes
  of one kind, white space folded, and without regard to case. An item with others listed under
  it is one text: its own, then theirs, as the truth has it.
- A theme is the truth's theme of the same name; a stage is the truth's stage of the same name,
  or one that has it among its other names, or, where no name fits and both have as many
  stages, that at the same place.
- **Cells**: a cell is right if the truth has it and its items are the truth's, all and no
  others, in order. Precision is over the cells that the model has, recall over the truth's.
- **Items**: an item is right if the truth has it in that very cell.
- **Headlines**: a headline is right if the truth's cell has it. Precision is over the headlines
  in cells that the truth gives one.
- **Lists**: recall alone, of the items of the lists that the truth gives a theme: most
  documents have more lists than a truth cares for.
- **Invented**: words of the model that stand in no source.
- **Lost**: characters of the sources in no entry of the ledger.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.tables import Table, write
from bench.words import invented
from breakthrough_extract.discover import NoModelError, discover
from breakthrough_extract.document import Document
from breakthrough_extract.model import Cell, Indicator, Model, Stage
from breakthrough_extract.pipeline import Extraction, extract_documents
from breakthrough_extract.profile import load_profile
from breakthrough_extract.readers import read

SHARED = Path(os.environ.get("BREAKTHROUGH_SHARED", "../shared"))

# What of each folder is the document, and the profile that fits it.
KNOWN = {
    "cncf-platform": ("index.md", "cncf-platform"),
    "dotnet-profiles-md": ("maturity_profiles.md", "dotnet-profiles"),
    "finops-capabilities": ("all_capabilities.md", "finops-capabilities"),
    "samm-1.5-md": ("activities-overview.md", "samm"),
    "sourcegraph-design-htmltable": ("career_development.md", "sourcegraph-design"),
    "sourcegraph-support-md": ("cs_career_framework.md", "sourcegraph-support"),
    "w3c-amm-html": ("index.html", "w3c-accessibility"),
}
# Further renderings of the same models.
MORE = {
    "cncf-platform/pdf": ("cncf-platform", "platform-eng-maturity-model-v1.0.pdf", "cncf-platform"),
    "samm-1.5-md/whole": ("samm-1.5-md", "SAMM-1.5.md", "samm"),
    "w3c-amm-html/part": ("w3c-amm-html", "per_dimension.html", "w3c-accessibility"),
}
HEAD = (
    "Framework",
    "By",
    "cells P",
    "R",
    "F1",
    "items P",
    "R",
    "F1",
    "headlines P",
    "R",
    "F1",
    "lists R",
    "invented",
    "lost",
    "errors",
    "s",
)

Place = tuple[str, str]  # theme and stage, as the truth calls them


@dataclass(frozen=True)
class Score:
    """How much was right, of how much there is on both sides."""

    right: int
    made: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.made if self.made else float(not self.true)

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        both = self.made + self.true
        return 2 * self.right / both if both else 1.0

    def told(self) -> tuple[str, str, str]:
        if not self.true and not self.made:
            return ("–", "–", "–")
        return tuple(f"{value:.3f}" for value in (self.precision, self.recall, self.f1))  # type: ignore[return-value]


def main() -> int:
    parser = argparse.ArgumentParser(description="Quality on public frameworks.")
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "frameworks")
    parser.add_argument("--more", action="store_true", help="other renderings, too")
    parser.add_argument("--only", help="framework whose name begins so")
    parser.add_argument("--faults", action="store_true", help="what is wrong, cell by cell")
    parser.add_argument("--write", action="store_true", help="into the README, too")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"Nothing in {options.folder}; say where: BREAKTHROUGH_SHARED=FOLDER make frameworks")
        return 0
    rows = []
    for name, folder, file, profile in _cases(options.folder, options.more):
        if options.only and not name.startswith(options.only):
            continue
        truth = json.loads((options.folder / folder / "truth.json").read_text("utf-8"))
        paths = [options.folder / folder / file]
        for way in ("profile", "discovery"):
            print(f"{name}, by {way}", file=sys.stderr)
            rows.append((name, way, *_row(paths, truth, profile * (way == "profile"), options)))
    table = Table("Public frameworks", HEAD, rows, left=2)
    print(table.plain())
    if options.write:
        write("frameworks", [table])
    return 0


def _cases(folder: Path, more: bool) -> list[tuple[str, str, str, str]]:
    cases = [(name, name, *known) for name, known in KNOWN.items() if (folder / name).is_dir()]
    if more:
        cases += [(name, *known) for name, known in MORE.items() if (folder / known[0]).is_dir()]
    return sorted(cases)


def _row(
    paths: Sequence[Path], truth: Mapping[str, Any], profile: str, options: argparse.Namespace
) -> tuple[str, ...]:
    begin = time.perf_counter()
    documents = [read(path) for path in paths]
    try:
        known = load_profile(profile) if profile else discover(documents).profile
    except NoModelError:
        return (*["–"] * (len(HEAD) - 3), "refused")
    result = extract_documents(documents, known)
    took = time.perf_counter() - begin
    if options.faults:
        _tell_faults(result.model, truth)
    return (*scores(result, truth), *_proof(documents, result), f"{took:.1f}")


def scores(result: Extraction, truth: Mapping[str, Any]) -> tuple[str, ...]:
    """Cells, items, headlines and lists of a model against the truth."""
    made, true = made_cells(result.model, truth), true_cells(truth)
    cells, items, headlines = compared(made, true)
    lists_made, lists_true = _made_lists(result.model), _true_lists(truth)
    found = (lists_made & lists_true).total()
    total = lists_true.total()
    return (
        *cells.told(),
        *items.told(),
        *headlines.told(),
        f"{found / total:.3f}" if total else "–",
    )


@dataclass(frozen=True)
class Content:
    items: tuple[str, ...]
    headline: str


def compared(made: Mapping[Place, Content], true: Mapping[Place, Content]) -> tuple[Score, ...]:
    """The scores of cells, of items, of headlines."""
    right = sum(place in true and made[place].items == true[place].items for place in made)
    mine = Counter((place, item) for place, cell in made.items() for item in cell.items)
    theirs = Counter((place, item) for place, cell in true.items() for item in cell.items)
    heads = {place: cell.headline for place, cell in true.items() if cell.headline}
    own = {place: made[place].headline for place in heads if place in made}
    return (
        Score(right, len(made), len(true)),
        Score((mine & theirs).total(), mine.total(), theirs.total()),
        Score(
            sum(own.get(place) == head for place, head in heads.items()),
            sum(bool(head) for head in own.values()),
            len(heads),
        ),
    )


DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "“": '"', "”": '"', "‘": "'", "’": "'"})


def plain(text: str) -> str:
    """`text` as it is compared."""
    bare = re.sub(r"[*_\\`]", "", text).translate(DASHES)
    return " ".join(bare.casefold().split())


def _whole(item: Indicator) -> str:
    return " ".join([item.text, *(_whole(inner) for inner in item.items)])


def true_cells(truth: Mapping[str, Any]) -> dict[Place, Content]:
    return {
        (plain(theme["name"]), plain(stage)): Content(
            tuple(plain(item) for item in cell["indicators"]), plain(cell["headline"] or "")
        )
        for theme in truth["themes"]
        for stage, cell in theme["stages"].items()
    }


def made_cells(model: Model, truth: Mapping[str, Any]) -> dict[Place, Content]:
    stages = _stage_names(model.stages, truth["stages"])
    return {
        (plain(theme.name), stages[cell.stage]): _content(cell)
        for theme in model.themes
        for cell in theme.stages
    }


def _content(cell: Cell) -> Content:
    items = tuple(plain(_whole(item)) for item in cell.indicators)
    return Content(items, plain(cell.headline or ""))


def _stage_names(stages: Iterable[Stage], true: Sequence[str]) -> dict[str, str]:
    """The truth's name of each stage."""
    known = [plain(name) for name in true]
    listed = list(stages)
    out: dict[str, str] = {}
    for n, stage in enumerate(listed):
        names = [plain(name) for name in (stage.name, *stage.aliases)]
        fit = next((name for name in names if name in known), None)
        by_place = known[n] if len(known) == len(listed) else plain(stage.name)
        out[stage.id] = fit or by_place
    return out


def _true_lists(truth: Mapping[str, Any]) -> Counter[tuple[str, str]]:
    return Counter(
        (plain(theme["name"]), plain(item))
        for theme in truth["themes"]
        for items in theme.get("lists", {}).values()
        for item in items
    )


def _made_lists(model: Model) -> Counter[tuple[str, str]]:
    return Counter(
        (plain(theme.name), plain(_whole(item)))
        for theme in model.themes
        for entry in theme.lists
        for item in entry.items
    )


def _proof(documents: Sequence[Document], result: Extraction) -> tuple[str, str, str]:
    """Invented words, lost characters, errors."""
    raw = " ".join(document.source.text for document in documents)
    lost = 0
    for document, record in zip(documents, result.ledger.sources, strict=True):
        rest = list(document.source.text)
        for part in record.partition:
            rest[part.start : part.end] = " " * (part.end - part.start)
        lost += sum(not char.isspace() for char in rest)
    errors = sum(finding.severity == "error" for finding in result.findings)
    return str(len(invented(raw, result.ledger))), str(lost), str(errors)


def _tell_faults(model: Model, truth: Mapping[str, Any]) -> None:
    made, true = made_cells(model, truth), true_cells(truth)
    for place in sorted({*made, *true}):
        mine, theirs = made.get(place), true.get(place)
        if mine is None or theirs is None:
            print(f"{place}: {'missing' if mine is None else 'not in the truth'}", file=sys.stderr)
        elif mine != theirs:
            print(f"{place}:\n  made {mine}\n  true {theirs}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
