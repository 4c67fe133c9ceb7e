"""Blocks to an outline: what is a stage label, a theme heading, furniture, a note, an item.

Labels before letters: a label is a whole short line or cell; a label word in a sentence is
none. What no rule explains is kept as loose text, for repair to explain or the ledger to
report.
"""

from __future__ import annotations

from breakthrough_extract.document import COMPLAINT, Document, Outline, Passage, Section
from breakthrough_extract.language import likeness
from breakthrough_extract.profile import Profile
from breakthrough_extract.recognise.breaks import with_breaks
from breakthrough_extract.recognise.ends import first_lists
from breakthrough_extract.recognise.families import structural_outline
from breakthrough_extract.recognise.figures import as_counted
from breakthrough_extract.recognise.interleaved import untangle
from breakthrough_extract.recognise.lines import Names, What
from breakthrough_extract.recognise.lists import Lists, heaps_of
from breakthrough_extract.recognise.misread import read_in_context
from breakthrough_extract.recognise.order import is_interleaved
from breakthrough_extract.recognise.overflow import reclaim
from breakthrough_extract.recognise.rows import deal
from breakthrough_extract.recognise.run_on import RunOn
from breakthrough_extract.recognise.sections import Assembly
from breakthrough_extract.recognise.tables import Tables, by_cell

__all__ = ["outline_by_labels", "recognise"]

COVERED = 0.6  # of the cells: so many sections with items are no chance
SAME_SECTION = 0.9  # likeness from which two sections under one label are one section


def recognise(document: Document, profile: Profile, is_part: bool = False) -> Outline:
    """The outline of a document: by its structure as far as that came through, else by labels.

    Where the profile declares no layout and the structure is not plain, labels that alone give
    most of the cells have the say: headings go astray sooner than labels do. A structure that is
    plain but lacks cells is believed if no more labels are there than it has read. `is_part`:
    other documents hold the rest of the model.
    """
    return with_breaks(_believed(document, profile, is_part), document)


def _believed(document: Document, profile: Profile, is_part: bool) -> Outline:
    """The outline that has the say."""
    structural = structural_outline(document, as_counted(document, profile), is_part)
    if structural and structural.sure:
        return structural.outline
    by_labels = outline_by_labels(document, profile)
    if structural is None:
        return by_labels
    if structural.filled and _labelled(by_labels) <= structural.filled:
        return structural.outline  # no label was misread: the cells that lack are not there
    return by_labels if _covers(by_labels, profile) else structural.outline


def _labelled(outline: Outline) -> int:
    """How many sections have a stage's label."""
    return sum(section.slot != COMPLAINT for section in outline.sections)


def _covers(outline: Outline, profile: Profile) -> bool:
    """Whether there are sections for most of the cells that the profile wants."""
    cells = sum(len(theme.stages or profile.stages) for theme in profile.themes)
    found = sum(section.slot != COMPLAINT and bool(section.items) for section in outline.sections)
    return found >= COVERED * cells


def outline_by_labels(document: Document, profile: Profile) -> Outline:
    """The outline of a document whose structure says nothing sure: its labels may stand
    anywhere, and which theme a section belongs to is for `assign` to find."""
    names = Names(profile)
    lines = names.joined(line for block in document.blocks for line in names.lines(block))
    slots = [slot.id for slot in profile.slots]
    lines = read_in_context(lines, names, slots)
    lines = deal(lines, len(slots))
    heaps = heaps_of(document.source.text)
    lists = Lists.of(lines, heaps)
    run_on = RunOn.of(lines, lists.marked)
    if run_on.sure or run_on.likely:
        lines = run_on.lines
        lists = Lists.of(lines, heaps).cut(run_on.sure, run_on.likely)
    untangled = untangle(lines, lists, slots, profile.theme_list.id if profile.theme_list else "")
    lines = reclaim(by_cell(list(untangled.lines)))
    tables = Tables.of(lines)
    assembly = Assembly(tables, lists)
    for line in lines:
        if not tables.is_head(line):
            assembly.add(line)
    interleaved = bool(untangled.undecided) or is_interleaved(lines)
    found = assembly.finished()
    over: list[list[Passage]] = []
    if not (interleaved or untangled.margin):  # where columns were mixed, ends say nothing
        found, over = first_lists(found)
    sections, repeats = _without_repeats(found)
    return Outline(
        sections=tuple(sections),
        headings=tuple(assembly.headings),
        table_heads=tuple(
            line.text for line in lines if tables.is_head(line) or line.what == What.HEADS
        ),
        furniture=tuple(
            line.text for line in lines if line.what == What.FURNITURE and not tables.is_head(line)
        ),
        loose=tuple(tuple(run) for run in (*assembly.loose, *over)),
        interleaved=interleaved,
        untangled=untangled.margin,
        undecided=untangled.undecided,
        unordered=untangled.unordered,
        repeats=tuple(repeats),
        beyond=tuple(item for run in over for item in run),
    )


def _without_repeats(
    sections: list[Section],
) -> tuple[list[Section], list[tuple[Section, int]]]:
    """`sections` less those that say again what another under the same label says; and those,
    each with the index of the one that is kept.

    The longest of the alike is kept, the first of the equally long.
    """
    kept: list[Section] = []
    repeats: list[tuple[Section, Section]] = []
    for section in sorted(sections, key=lambda section: -len(section.text)):
        twin = next((other for other in kept if _alike(section, other)), None)
        if twin:
            repeats.append((section, twin))
        else:
            kept.append(section)
    order = {id(section): n for n, section in enumerate(sections)}
    kept.sort(key=lambda section: order[id(section)])
    repeats.sort(key=lambda pair: order[id(pair[0])])
    places = {id(section): n for n, section in enumerate(kept)}
    return kept, [(section, places[id(twin)]) for section, twin in repeats]


def _alike(one: Section, other: Section) -> bool:
    if one.slot != other.slot or len(one.text) < SAME_SECTION * len(other.text) / 2:
        return False
    return likeness(one.text, other.text, SAME_SECTION) >= SAME_SECTION
