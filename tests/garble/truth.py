"""The true models: texts by cell, with the profile that names their parts."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from breakthrough_extract.document import COMPLAINT, fold
from breakthrough_extract.profile import Label, Profile, distinct, load_profile, slug

HERE = Path(__file__).parent / "models"
CASES = Path(__file__).parents[1] / "cases" / "extract"

# What the mapping from margins to probabilities is fitted on, and what it never saw.
CALIBRATION = ("breakthrough", "museum", "harbour", "orchard", "brigade")
HELD_OUT = ("meals", "library", "choir", "allotments", "railway", "clinic")
NAMES = (*CALIBRATION, *HELD_OUT)
# Public frameworks; they stand outside the repository and are tried where they are.
FRAMEWORKS = ("cncf-platform", "dotnet-profiles-md", "w3c-amm-html")
SHARED = Path(os.environ.get("BREAKTHROUGH_SHARED", "../shared")) / "frameworks"

Cell = tuple[str, str]  # ids of theme and slot; the slot of a complaint is COMPLAINT


@dataclass(frozen=True)
class Texts:
    """What stands in one cell."""

    headline: str  # "" if the model has none
    items: tuple[str, ...]


@dataclass(frozen=True)
class TrueModel:
    """A model as it should come out; cells in the order of the document."""

    name: str
    profile: Profile
    cells: dict[Cell, Texts]  # a complaint is a cell with one item


@cache
def true_model(name: str) -> TrueModel:
    """The model of that name: one of the tests' cases, one written for the benchmark, or a
    public framework."""
    if name in FRAMEWORKS:
        return _framework(name)
    if (CASES / name).is_dir():
        own = CASES / name / "profile.toml"
        return _case(name, load_profile(own if own.exists() else name))
    return _written(name, load_profile(HERE / f"{name}.toml"))


def frameworks_here() -> tuple[str, ...]:
    """The public frameworks that are on this machine."""
    return tuple(name for name in FRAMEWORKS if (SHARED / name / "truth.json").is_file())


def _framework(name: str) -> TrueModel:
    """A public framework by its truth: headlines and items; its profile is its names alone."""
    truth = json.loads((SHARED / name / "truth.json").read_text("utf-8"))
    profile = Profile(
        id=name,
        title=name,
        stages=distinct([Label(slug(stage), stage, "") for stage in truth["stages"]]),
        themes=distinct([Label(slug(t["name"]), t["name"], "") for t in truth["themes"]]),
        running_heads=(name,),
    )
    cells = {
        (slug(theme["name"]), slug(stage)): Texts(
            fold(cell["headline"] or ""), tuple(map(fold, cell["indicators"]))
        )
        for theme in truth["themes"]
        for stage, cell in theme["stages"].items()
    }
    return TrueModel(name, profile, cells)


def _case(name: str, profile: Profile) -> TrueModel:
    """A model from the file that a person typed for the tests of extraction."""
    cells: dict[Cell, Texts] = {}
    themes = json.loads((CASES / name / "expected.json").read_text("utf-8"))["themes"]
    for label, theme in zip(profile.themes, themes, strict=True):
        if theme["complaint"]:
            cells[label.id, COMPLAINT] = Texts("", (theme["complaint"],))
        for stage in theme["stages"]:
            items = tuple(stage["indicators"])
            cells[label.id, stage["stage"]] = Texts(stage["headline"] or "", items)
        points = theme["breakthrough_points"]
        if points and profile.theme_list:
            texts = Texts(points["headline"] or "", tuple(points["points"]))
            cells[label.id, profile.theme_list.id] = texts
    return TrueModel(name, profile, cells)


def _written(name: str, profile: Profile) -> TrueModel:
    """A model from a text: `== theme`, `'complaint'`, `-- slot`, headline, `* item`."""
    themes = {theme.name: theme.id for theme in profile.themes}
    slots = {slot.name: slot.id for slot in profile.slots}
    cells: dict[Cell, Texts] = {}
    theme = slot = ""
    for line in (HERE / f"{name}.txt").read_text("utf-8").splitlines():
        mark, text = line[:2], line[2:].strip()
        if mark == "==":
            theme = themes[text]
        elif mark == "--":
            slot = slots[text]
            cells[theme, slot] = Texts("", ())
        elif mark == "* ":
            before = cells[theme, slot]
            cells[theme, slot] = Texts(before.headline, (*before.items, text))
        elif line.startswith("'"):
            cells[theme, COMPLAINT] = Texts("", (line.strip("'"),))
        else:
            cells[theme, slot] = Texts(line, ())
    return TrueModel(name, profile, cells)
