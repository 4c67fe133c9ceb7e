"""What changed since an earlier version, ready to be shown: the same words for each kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from breakthrough_extract.report.nouns import ChangesView, ChangeView, Link, Run
from breakthrough_extract.versions.changes import (
    Added,
    Change,
    Changes,
    Described,
    Details,
    Entry,
    Hunk,
    Merged,
    Role,
    Split,
    Withdrawn,
    entries,
)


def changes_view(changes: Changes, anchors: Mapping[str, str]) -> ChangesView:
    """All changes in groups by kind, in the order in which the kinds first come."""
    groups: dict[str, list[ChangeView]] = {}
    for change in changes.changes:
        groups.setdefault(change.kind, []).extend(_views(change, anchors))
    return ChangesView(
        old=changes.old.name or changes.old.title,
        new=changes.new.name or changes.new.title,
        severity=changes.severity.value if changes.severity else "",
        bump=changes.bump.value,
        groups=tuple((kind, tuple(views)) for kind, views in groups.items()),
    )


def _views(change: Change, anchors: Mapping[str, str]) -> Iterator[ChangeView]:
    match change:
        case Described():
            runs = (Run(change.old, "del"), Run(change.new, "ins"))
            yield ChangeView(change.field.replace("_", " "), "the model", Link("", ""), runs)
        case Details():
            for value in change.values:
                runs = (Run(_plain(value.old), "del"), Run(_plain(value.new), "ins"))
                yield ChangeView("value", value.new_path or value.old_path, Link("", ""), runs)
        case _:
            yield _entry_view(change, anchors)


def _entry_view(change: Change, anchors: Mapping[str, str]) -> ChangeView:
    old, new = entries(change)
    first = (*new, *old)[0]
    return ChangeView(
        role=first.role.value,
        place=_move(old, new),
        where=_link(new[0], anchors) if new else Link("", first.code or ""),
        runs=tuple(_runs(change)),
        note=_note(change),
    )


def _runs(change: Change) -> Iterator[Run]:
    match change:
        case Added():
            yield Run(change.new.text, "ins")
        case Withdrawn():
            yield Run(change.old.text, "del")
        case _:
            hunks: Sequence[Hunk] = getattr(change, "hunks", ())
            _, new = entries(change)
            if not hunks:
                yield Run(" ".join(entry.text for entry in new))
            for hunk in hunks:
                if hunk.same:
                    yield Run(hunk.new)
                    continue
                yield Run(hunk.old, "del")
                yield Run(hunk.new, "ins")


def _note(change: Change) -> str:
    match change:
        case Added() | Withdrawn() if change.contents:
            return f"with {len(change.contents)} that stand in it"
        case Split():
            return f"{len(change.new)} from one, {change.confidence:.0%} sure"
        case Merged():
            return f"one from {len(change.old)}, {change.confidence:.0%} sure"
        case _:
            confidence = getattr(change, "confidence", 1.0)
            return f"{confidence:.0%} sure" if confidence < 1 else ""


def _move(old: Sequence[Entry], new: Sequence[Entry]) -> str:
    before = _place(old[0]) if old else ""
    after = _place(new[0]) if new else ""
    return f"{before} → {after}" if before and after and before != after else after or before


def _place(entry: Entry) -> str:
    names = [name.name for name in (entry.theme, entry.stage) if name]
    position = str(entry.position) if entry.position else ""
    return ", ".join((*names, *([position] if position else [])))


def _link(entry: Entry, anchors: Mapping[str, str]) -> Link:
    """The place of an entry of this version on the page."""
    home = ".".join(name.id for name in (entry.theme, entry.stage) if name)
    if entry.role in (Role.PROSE, Role.DESCRIPTION):
        name = f"{home}.{entry.role}.{entry.position}"
        name = name if entry.theme else f"stage {name}" if f"stage {name}" in anchors else name
    elif entry.role in (Role.COMPLAINT, Role.HEADLINE, Role.QUESTION, Role.MOTTO):
        name = f"{home}.{entry.role}"
    elif entry.role == Role.STAGE:
        name = f"stage {home}"
    else:
        name = entry.id or home  # a theme, a cell, or what the page has no address for
    anchor = anchors.get(name, "")
    return Link(anchor, entry.code or anchor)


def _plain(value: str | int | bool | None) -> str:
    return "absent" if value is None else str(value)
