"""The history of each item over several versions, in prose, as Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, assert_never

from breakthrough_extract.model import Model
from breakthrough_extract.versions.changes import (
    Added,
    Change,
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
    Split,
    Typography,
    Withdrawn,
)
from breakthrough_extract.versions.diff import diff, steps
from breakthrough_extract.versions.escaping import markdown
from breakthrough_extract.versions.sides import Side
from breakthrough_extract.versions.told import cell_name, way

# What has no code: its title says the stage that it stands at.
NAMELESS = (Role.HEADLINE, Role.NOTE, Role.LABEL, Role.PROSE, Role.DESCRIPTION, Role.LIST)


@dataclass
class Story:
    """What happened to one thing: how it was last, and a sentence a change."""

    entry: Entry
    events: list[str] = field(default_factory=list)


def changelog(versions: Sequence[tuple[str, Model]]) -> str:
    """The history of all that changed between the named versions, oldest first."""
    general: list[str] = []
    told: list[Story] = []
    current: dict[str, Story] = {}
    for (_, old), (name, new) in pairwise(versions):
        following = dict(current)  # two things may exchange their identifiers
        for change in diff(old, new).changes:
            if isinstance(change, Described | Details):
                general.append(f"- **{_plain(name)}**: {_general(change)}")
            for event in _events(change):
                story = current.get(_key(event.old)) if event.old else None
                if story is None:
                    story = Story(event.entry)
                    told.append(story)
                story.entry = event.entry
                story.events.append(f"- **{_plain(name)}**: {event.sentence}")
                following[_key(event.entry)] = story
        current = following
    for key, entry in _last_entries(versions[-1][1]):
        if key in current:
            current[key].entry = entry
    return "\n".join(_page(versions, general, told)) + "\n"


def _last_entries(model: Model) -> Iterator[tuple[str, Entry]]:
    """Where the items stand in the last version, though they were last changed before."""
    side = Side(model)
    for item in (*side.items, *side.notes):
        entry = side.entry(item)
        yield _key(entry), entry


class Event(NamedTuple):
    """What happened to one thing between two versions; it is new if `old` is None."""

    old: Entry | None
    entry: Entry  # as it is now, or was last
    sentence: str


def _key(entry: Entry) -> str:
    """What a thing is known by within a version."""
    if entry.id is not None:
        return f"{entry.role == Role.THEME} {entry.role == Role.STAGE} {entry.id}"
    places = [place.id for place in (entry.theme, entry.stage) if place]
    own = [entry.text] if entry.position is not None else []  # it has siblings in its place
    return " ".join((entry.role, *places, *own))


def _events(change: Change) -> Iterator[Event]:
    """What a change is for each thing that it is about, contents included."""
    match change:
        case Described() | Details():
            return
        case Added():
            yield Event(None, change.new, f"Added{_where(change.new)}.")
            for entry in change.contents:
                yield Event(None, entry, f"Added with the {_what(change.new)}.")
        case Withdrawn():
            yield Event(change.old, change.old, "Withdrawn.")
            for entry in change.contents:
                yield Event(entry, entry, f"Withdrawn with the {_what(change.old)}.")
        case Split():
            parts = " and ".join(_quoted(entry.text) for entry in change.new)
            yield Event(change.old, change.old, f"Split into {parts}.")
            for entry in change.new:
                yield Event(None, entry, f"Made of {_quoted(change.old.text)}, which was split.")
        case Merged():
            whole = _quoted(change.new.text)
            for entry in change.old:
                yield Event(entry, entry, f"Merged into {whole}.")
            parts = " and ".join(_quoted(entry.text) for entry in change.old)
            yield Event(None, change.new, f"Made of {parts}, which were merged.")
        case _:
            yield Event(change.old, change.new, _sentence(change))


Pair = Renamed | Reordered | Reworded | Typography | Moved | MovedReworded | Reidentified


def _sentence(change: Pair) -> str:
    """What happened to a thing that both versions have."""
    match change:
        case Renamed():
            return f"Renamed: {_quoted(change.old.text)} became {_quoted(change.new.text)}."
        case Reordered():
            return f"Moved from place {change.old.position} to place {change.new.position}."
        case Reworded():
            return f"Reworded: {_wording(change.hunks)}."
        case Typography():
            return f"Typography: {_wording(change.hunks)}."
        case Moved():
            return f"Moved {_plain(way(change))}."
        case MovedReworded():
            return f"Moved {_plain(way(change))}, and reworded: {_wording(change.hunks)}."
        case Reidentified():
            return f"Known as `{change.new.id}`, no longer as `{change.old.id}`."
        case unknown:
            assert_never(unknown)


def _general(change: Described | Details) -> str:
    if isinstance(change, Details):
        paths = ", ".join(f"`{value.new_path}`" for value in change.values)
        return f"Values for tools changed: {paths}."
    name = {"id": "identifier", "schema_version": "schema version", "draft": "draft mark"}
    what = name.get(change.field, change.field)
    return f"The {what} {_quoted(change.old)} became {_quoted(change.new)}."


def _wording(hunks: Sequence[Hunk]) -> str:
    return (
        "; ".join(
            f"{_quoted(old)} became {_quoted(new)}"
            if old and new
            else f"{_quoted(old)} was taken out"
            if old
            else f"{_quoted(new)} was put in"
            for old, new in (
                (hunk.old.strip(), hunk.new.strip()) for hunk in hunks if not hunk.same
            )
            if old or new
        )
        or "white space alone"
    )


def _stage(entry: Entry) -> str:
    return entry.stage.name if entry.stage else ""


def _where(entry: Entry) -> str:
    """Where a new item came in; nothing for a theme or stage, which is a place itself."""
    if entry.role in (Role.THEME, Role.STAGE, Role.CELL):
        return ""
    return f" to {_plain(cell_name(entry))}"


def _what(entry: Entry) -> str:
    return f"{entry.role} {_quoted(entry.text)}"


def _quoted(text: str) -> str:
    return f"“{_plain(text)}”"


def _plain(text: str) -> str:
    """`text` as Markdown that says just that."""
    return markdown(text.strip())


# The page.


def _page(
    versions: Sequence[tuple[str, Model]], general: Sequence[str], told: Sequence[Story]
) -> Iterator[str]:
    (first, _), (last, model) = versions[0], versions[-1]
    yield f"# {_plain(model.title)}: from {_plain(first)} to {_plain(last)}"
    if general:
        yield from ("", *general)
    if not (general or told):
        yield from ("", "Nothing changed.")
    for heading, stories in _sections(model, told):
        yield from ("", f"## {_plain(heading)}")
        for story in sorted(stories, key=lambda story: steps(story.entry)[2:]):
            yield from ("", f"### {_title(story.entry)}", "", *story.events)


def _sections(model: Model, told: Sequence[Story]) -> Iterator[tuple[str, list[Story]]]:
    """The stories by theme: the stages, themes as they stand now, then those that are gone."""
    found: dict[str, list[Story]] = defaultdict(list)
    names: dict[str, str] = {"": "Stages"}
    for story in told:
        theme = story.entry.theme
        names[theme.id if theme else ""] = theme.name if theme else "Stages"
        found[theme.id if theme else ""].append(story)
    now = {theme.id: theme.name for theme in model.themes}
    for id_ in ("", *now, *(id_ for id_ in names if id_ and id_ not in now)):
        if id_ in found:
            yield now.get(id_, names[id_]), found[id_]


def _title(entry: Entry) -> str:
    label = entry.code or str(entry.role).capitalize()
    stage = f", {_plain(_stage(entry))}" if entry.role in NAMELESS and entry.stage else ""
    return f"{_plain(label)}{stage}: {_plain(entry.text)}"
