"""Corrections of what a text is and whose it is, carried out before the grid is solved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import assert_never

from breakthrough_extract.corrections.nouns import Correction, Join, Judge, Mark, Move, Read, Split
from breakthrough_extract.corrections.passages import cut_out, window
from breakthrough_extract.corrections.quotes import find
from breakthrough_extract.document import COMPLAINT, Outline, Passage, Section, Span
from breakthrough_extract.profile import Profile

Outcome = Outline | str  # the outline as corrected, or, in words, why the correction does not fit

NO_TEXT = "what it quotes is no text of a section"


def correct_outline(
    outline: Outline, correction: Correction, span: Span, text: str, profile: Profile
) -> Outcome:
    """`outline` as the correction has it; `span` is where its quote stands in `text`."""
    match correction:
        case Move():
            return _moved(outline, correction, span, profile)
        case Mark():
            return _marked(outline, correction, span, text)
        case Split():
            return _split(outline, span)
        case Join():
            return _joined(outline, span)
        case Judge() | Read():
            return outline  # they are about wording: see `wording`
        case unknown:
            assert_never(unknown)


def _moved(outline: Outline, move: Move, span: Span, profile: Profile) -> Outcome:
    slots = {slot.id for slot in profile.slots} | {COMPLAINT}
    if move.slot not in slots:
        return f"the profile has no stage or list {move.slot}"
    if move.theme not in {theme.id for theme in profile.themes}:
        return f"the profile has no theme {move.theme}"
    number = _section_at(outline, span)
    if number is None:
        return "what it quotes is no part of a section"
    sections = [
        # One cell holds one section: whoever was put there before gives way.
        replace(section, home="")
        if (section.home, section.slot) == (move.theme, move.slot)
        else section
        for section in outline.sections
    ]
    sections[number] = replace(sections[number], slot=move.slot, home=move.theme)
    return replace(outline, sections=tuple(sections))


def _marked(outline: Outline, mark: Mark, span: Span, text: str) -> Outcome:
    rest, taken = _taken(outline, span)
    if not taken:
        return "what it quotes is text of the format, or no text at all"
    if mark.kind == "furniture":
        return replace(rest, furniture=(*rest.furniture, taken))
    if mark.after is None:
        return f"it does not say after which text the {mark.kind} stands"
    place = find(mark.after, text)
    if isinstance(place, str):
        return f"the text that the {mark.kind} follows: {place}"
    number = _section_at(rest, place)
    if number is None:
        return f"the text that the {mark.kind} follows is no part of a section"
    section = rest.sections[number]
    if mark.kind == "note":
        section = replace(section, notes=(*section.notes, taken))
    else:
        before = _item_at(section, place) + 1
        items = _deep(section)
        depth = items[before - 1][1] if before else 0
        section = _listing(section, (*items[:before], (taken, depth), *items[before:]))
    return _with_section(rest, number, section)


def _split(outline: Outline, span: Span) -> Outcome:
    number = _section_at(outline, span)
    at = -1 if number is None else _item_at(outline.sections[number], span)
    if number is None or at < 0:
        return NO_TEXT
    section = outline.sections[number]
    item = section.items[at]
    found = window(item, span)
    if not found or not item[: found.start]:
        return "the item that it stands in begins with it already"
    parts = (item[: found.start].strip(), item[found.start :].strip())
    items = _deep(section)
    divided = tuple((part, items[at][1]) for part in parts)
    return _with_section(
        outline, number, _listing(section, (*items[:at], *divided, *items[at + 1 :]))
    )


def _joined(outline: Outline, span: Span) -> Outcome:
    number = _section_at(outline, span)
    if number is None:
        return NO_TEXT
    section = outline.sections[number]
    touched = [n for n, item in enumerate(section.items) if window(item, span)]
    if not touched:
        return NO_TEXT
    first, last = touched[0], max(touched[-1], touched[0] + 1)
    if last >= len(section.items):
        return "no item follows the one that it quotes"
    whole = Passage.join(section.items[first : last + 1])
    items = _deep(section)
    one = (whole, items[first][1])
    return _with_section(
        outline, number, _listing(section, (*items[:first], one, *items[last + 1 :]))
    )


DeepItem = tuple[Passage, int]  # an item, and how many items it stands under


def _deep(section: Section) -> tuple[DeepItem, ...]:
    depths = section.depths or (0,) * len(section.items)
    return tuple(zip(section.items, depths, strict=True))


def _listing(section: Section, items: Sequence[DeepItem]) -> Section:
    """`section` with those items, none deeper than one step below the item before it."""
    depths: list[int] = []
    for _, depth in items:
        depths.append(min(depth, depths[-1] + 1 if depths else 0))
    return replace(
        section,
        items=tuple(item for item, _ in items),
        depths=tuple(depths) if any(depths) else (),
    )


def _section_at(outline: Outline, span: Span) -> int | None:
    for number, section in enumerate(outline.sections):
        listed = (item for entry in section.lists for item in entry.items)
        parts = (
            *(section.label, section.headline),
            *(*section.items, *section.prose, *listed, *section.notes),
        )
        if any(window(part, span) for part in parts):
            return number
    return None


def _item_at(section: Section, span: Span) -> int:
    """The index of the item on that place, 0-based; -1 if it is the headline, say."""
    return next((n for n, item in enumerate(section.items) if window(item, span)), -1)


def _with_section(outline: Outline, number: int, section: Section) -> Outline:
    sections = list(outline.sections)
    sections[number] = section
    return replace(outline, sections=tuple(sections))


def _taken(outline: Outline, span: Span) -> tuple[Outline, Passage]:
    """`outline` without what stands on `span`, and that."""
    found: list[Passage] = []

    def rest(passage: Passage) -> Passage:
        taken, left = cut_out(passage, span)
        if taken:
            found.append(taken)
        return left if taken else passage

    sections = [_section_without(section, rest) for section in outline.sections]
    headings = tuple(
        replace(heading, text=rest(heading.text), complaint=rest(heading.complaint))
        for heading in outline.headings
    )
    outline = replace(
        replace(outline, sections=tuple(sections)),
        headings=tuple(heading for heading in headings if heading.text),
        table_heads=_all(outline.table_heads, rest),
        furniture=_all(outline.furniture, rest),
        loose=tuple(run for run in (_all(run, rest) for run in outline.loose) if run),
        context=_all(outline.context, rest),
    )
    found.sort(key=lambda passage: passage.spans[0].start)
    return outline, Passage.join(found)


def _section_without(section: Section, rest: Callable[[Passage], Passage]) -> Section:
    items = [(left, depth) for item, depth in _deep(section) if (left := rest(item))]
    return replace(
        _listing(section, items),
        label=rest(section.label),
        headline=rest(section.headline),
        notes=_all(section.notes, rest),
        prose=_all(section.prose, rest),
    )


def _all(passages: tuple[Passage, ...], rest: Callable[[Passage], Passage]) -> tuple[Passage, ...]:
    return tuple(left for left in (rest(passage) for passage in passages) if left)
