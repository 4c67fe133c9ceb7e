"""Corrections of what a text is and whose it is, carried out before the grid is solved."""

from __future__ import annotations

from collections.abc import Callable
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
        items = (*section.items[:before], taken, *section.items[before:])
        section = replace(section, items=items)
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
    items = (*section.items[:at], *parts, *section.items[at + 1 :])
    return _with_section(outline, number, replace(section, items=items))


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
    items = (*section.items[:first], whole, *section.items[last + 1 :])
    return _with_section(outline, number, replace(section, items=items))


def _section_at(outline: Outline, span: Span) -> int | None:
    for number, section in enumerate(outline.sections):
        parts = (section.label, section.headline, *section.items, *section.notes)
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
    )
    found.sort(key=lambda passage: passage.spans[0].start)
    return outline, Passage.join(found)


def _section_without(section: Section, rest: Callable[[Passage], Passage]) -> Section:
    return replace(
        section,
        label=rest(section.label),
        headline=rest(section.headline),
        items=_all(section.items, rest),
        notes=_all(section.notes, rest),
    )


def _all(passages: tuple[Passage, ...], rest: Callable[[Passage], Passage]) -> tuple[Passage, ...]:
    return tuple(left for left in (rest(passage) for passage in passages) if left)
