"""What every rendering of a diff says of a change: where, what happened, and the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, assert_never

from breakthrough_extract.model import Model
from breakthrough_extract.versions.changes import (
    Added,
    Change,
    Changes,
    Described,
    Details,
    Entry,
    Hunk,
    Merged,
    Moved,
    MovedReworded,
    Reidentified,
    Renamed,
    Reordered,
    Reworded,
    Role,
    Severity,
    Split,
    Typography,
    Withdrawn,
    entries,
)
from breakthrough_extract.versions.sides import LIST, LIST_NAME

SURE = 0.995  # a match is called unsure below this confidence


class Told(NamedTuple):
    """One change as it is read."""

    theme: str  # id of the theme that it belongs to; "" for the model and its stages
    label: str  # code or role: what it is about
    place: str  # stage or list; "" where the label says it
    happened: str  # "reworded", "moved to Growing", "split in two"
    hunks: tuple[Hunk, ...]  # old words against new ones; a text that came or went is one hunk
    severity: Severity
    confidence: float  # of the match


def tell(change: Change) -> Told:
    """The change in words."""
    before, after = entries(change)
    entry = (*after, *before)[0] if before or after else None
    return Told(
        theme=entry.theme.id if entry and entry.theme else "",
        label=_label(change, entry),
        place=_place(entry),
        happened=happened(change),
        hunks=_hunks(change),
        severity=change.severity,
        confidence=getattr(change, "confidence", 1.0),
    )


def happened(change: Change) -> str:
    """What happened, as one would say it after the name of the thing."""
    match change:
        case Added():
            return "added" + _with_contents(change.contents)
        case Withdrawn():
            return "withdrawn" + _with_contents(change.contents)
        case Split():
            return f"split in {_number(len(change.new))}"
        case Merged():
            return f"{_number(len(change.old))} merged into one"
        case Described():
            return f"{DESCRIBED[change.field]} changed"
        case Details():
            return f"{len(change.values)} values for tools changed"
        case _:
            return _happened_to(change)


def _happened_to(change: Pair) -> str:
    """The same for what both versions have."""
    match change:
        case Renamed() | Reworded() | Typography():
            return change.kind
        case Reordered():
            return f"moved from place {change.old.position} to place {change.new.position}"
        case Moved():
            return f"moved {way(change)}"
        case MovedReworded():
            return f"moved {way(change)}, reworded"
        case Reidentified():
            return f"identifier {change.old.id} became {change.new.id}"
        case unknown:
            assert_never(unknown)


Pair = Renamed | Reordered | Reworded | Typography | Moved | MovedReworded | Reidentified
DESCRIBED = {
    "id": "identifier",
    "title": "title",
    "schema_version": "schema version",
    "draft": "draft mark",
}
INDICATORS = "the indicators"  # the items of a cell that stand in no named list
ITEMS = (Role.INDICATOR, Role.POINT, Role.LIST_ITEM, Role.STAGE_ITEM)
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}


def _number(count: int) -> str:
    return NUMBERS.get(count, str(count))


def _with_contents(contents: Sequence[Entry]) -> str:
    items = sum(entry.role in ITEMS for entry in contents)
    return f" with {items} item{'s' * (items != 1)}" if items else ""


def way(change: Moved | MovedReworded) -> str:
    """From where to where an item moved."""
    old, new = change.old, change.new
    match change.scope:
        case "position":
            return f"from place {old.position} to place {new.position}"
        case "stage":
            return f"from {_place(old)} to {_place(new)}"
        case "list":
            return f"from {old.list or INDICATORS} to {new.list or INDICATORS}"
        case "item":
            return "to stand under another item" if new.under else "out from under its item"
        case "theme":
            return f"from {cell_name(old)} to {cell_name(new)}"
        case unknown:
            assert_never(unknown)


def cell_name(entry: Entry) -> str:
    """Theme, stage and named list of an entry, as far as it has them."""
    places = [place.name for place in (entry.theme, entry.stage) if place]
    return ", ".join([*places, *([entry.list] if entry.list else [])])


def _place(entry: Entry | None) -> str:
    if entry is None or entry.role in (Role.THEME, Role.STAGE):
        return ""
    stage = [entry.stage.name] if entry.stage else []
    return ", ".join([*stage, *([entry.list] if entry.list else [])])


def _label(change: Change, entry: Entry | None) -> str:
    if isinstance(change, Merged):
        return " + ".join(old.code or old.role.value for old in change.old)
    if isinstance(change, Split):
        return change.old.code or change.old.role.value
    return (entry.code or entry.role.value) if entry else "model"


def _hunks(change: Change) -> tuple[Hunk, ...]:
    match change:
        case Added():
            return (Hunk(old="", new=change.new.text),)
        case Withdrawn():
            return (Hunk(old=change.old.text, new=""),)
        case Described():
            return (Hunk(old=change.old, new=change.new),)
        case Details():
            return ()
        case Reordered() | Reidentified():
            return (Hunk(old=change.old.text, new=change.new.text),)
        case _:
            return change.hunks or (Hunk(old=entries(change)[0][0].text, new=_new_text(change)),)


def _new_text(change: Change) -> str:
    return " ".join(entry.text for entry in entries(change)[1])


def sections(old: Model, new: Model, changes: Changes) -> list[tuple[str, list[Told]]]:
    """The changes by theme, under its name as it is now; the model's own first, under ""."""
    names = Names.of(old, new, changes)
    found: dict[str, list[Told]] = {}
    for told in map(tell, changes.changes):
        found.setdefault(names.now(told.theme), []).append(told)
    return [(names.themes.get(theme, ""), told) for theme, told in found.items()]


class Names(NamedTuple):
    """What themes and slots are called, by their identifiers; and what these became."""

    themes: dict[str, str]  # those of the new version first, in its order, then what is gone
    slots: dict[str, str]  # likewise
    became: dict[str, str]  # old identifier of a theme or stage to the new one, if it is another

    @staticmethod
    def of(old: Model, new: Model, changes: Changes) -> Names:
        became = {
            before.id: after.id
            for change in changes.changes
            for before, after in zip(*entries(change), strict=False)
            if before.role in (Role.THEME, Role.STAGE) and before.id and after.id
        }
        themes = {theme.id: theme.name for theme in new.themes}
        slots = {stage.id: stage.name for stage in new.stages}
        for theme in old.themes:
            themes.setdefault(became.get(theme.id, theme.id), theme.name)
        for stage in old.stages:
            slots.setdefault(became.get(stage.id, stage.id), stage.name)
        return Names(themes, {**slots, LIST: LIST_NAME}, became)

    def now(self, id_: str) -> str:
        return self.became.get(id_, id_)


def summary(changes: Changes) -> str:
    """How many changes there are, of which severity, in one line."""
    if not changes:
        return "No changes."
    count = len(changes.changes)
    by_severity = Counter(change.severity for change in changes.changes)
    shares = ", ".join(f"{by_severity[s]} {s.value}" for s in Severity if by_severity[s])
    plural = "change" if count == 1 else "changes"
    return f"{count} {plural}: {shares}. Next version: {changes.bump.value}."


class Matrix(NamedTuple):
    """How many changes each cell has: themes are rows, stages and the list columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]  # name of the theme, and a count a column


OF_THEME = "Theme"  # the column of what belongs to no stage: name, complaint, order


def matrix(old: Model, new: Model, changes: Changes) -> Matrix:
    """The matrix of the new version with what is gone after it; a move counts at both ends."""
    names = Names.of(old, new, changes)
    counts: Counter[tuple[str, str]] = Counter()
    for change in changes.changes:
        cells = {cell_of(entry, names) for side in entries(change) for entry in side}
        counts.update(cell for cell in cells if cell[0])
    lists = any(theme.breakthrough_points for model in (old, new) for theme in model.themes)
    slots = {"": OF_THEME, **names.slots}
    if not lists:
        del slots[LIST]
    return Matrix(
        tuple(slots.values()),
        tuple(
            (name, tuple(counts[theme, slot] for slot in slots))
            for theme, name in names.themes.items()
        ),
    )


def cell_of(entry: Entry, names: Names) -> tuple[str, str]:
    """Identifiers of the theme and slot that an entry stands in, as they are now; "" for none."""
    theme = names.now(entry.theme.id) if entry.theme else ""
    slot = names.now(entry.stage.id) if entry.stage and entry.role != Role.STAGE else ""
    return theme, slot
