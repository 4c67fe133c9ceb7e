"""Layout families: how documents set a staged model, one file of rules each.

A family is a pure function from the frames of a document (texts under their labels, tables as
grids) and the names of a profile to what it finds. A document may be set in several at once:
what each finds is put together, and a cell that two of them give is given twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from breakthrough_extract.document import Document, Outline, Passage, Section
from breakthrough_extract.profile import Profile, ProfileError
from breakthrough_extract.punctuation import LISTED
from breakthrough_extract.recognise.families.about import remarks_of, texts_of
from breakthrough_extract.recognise.families.assembly import joined, section
from breakthrough_extract.recognise.families.frames import frames
from breakthrough_extract.recognise.families.fused import fused
from breakthrough_extract.recognise.families.matrix import matrix
from breakthrough_extract.recognise.families.names import Names, key
from breakthrough_extract.recognise.families.nouns import (
    Claim,
    Found,
    Frames,
    Head,
    Leaf,
    Remark,
)
from breakthrough_extract.recognise.families.plain import is_furniture
from breakthrough_extract.recognise.families.records import records
from breakthrough_extract.recognise.families.sentences import sentences
from breakthrough_extract.recognise.families.stage_items import stage_items
from breakthrough_extract.recognise.families.stage_major import stage_major
from breakthrough_extract.recognise.families.stage_tables import stage_tables
from breakthrough_extract.recognise.families.theme_major import theme_major
from breakthrough_extract.recognise.families.theme_tables import theme_tables


@dataclass(frozen=True)
class Structure:
    """An outline that a document's structure gives."""

    outline: Outline
    sure: bool  # whether it is declared, or so regular that nothing has gone astray
    # How many cells it fills, in the profile's order and none twice, if some are missing: they
    # may be missing in the document, or their labels may have been misread. 0 otherwise.
    filled: int = 0


Family = Callable[[Frames, Names], Found]

FAMILIES: dict[str, Family] = {
    "theme-major": theme_major,
    "stage-major": stage_major,
    "fused": fused,
    "sentences": sentences,
    "stage-items": stage_items,
    "matrix": matrix,
    "theme-tables": theme_tables,
    "stage-tables": stage_tables,
    "records": records,
}

# Where no layout is declared: the share of the profile's cells that families must fill, and of
# those the share that one family may fill twice, with other words. Where headings went astray
# many cells are filled twice, and labels alone must do.
ENOUGH = 0.75
LEAST = 0.5  # of them have a text; the others may be empty in a table
MOST_TWICE = 0.1
SAME_WORDS = 0.5  # share of the words of the shorter text that make two texts one


@dataclass(frozen=True)
class Explanation:
    """What the families make of a document together."""

    frames: Frames
    claims: tuple[Claim, ...]
    remarks: tuple[Remark, ...]
    families: tuple[str, ...]  # those that found something, the most first
    cells: int  # how many of the profile's cells have a text
    given: int  # how many have one, or are empty in a table that has them
    twice: int  # how many have two that differ, by one family


def explain(document: Document, profile: Profile, names: Names) -> Explanation:
    """The document by the layout that the profile declares, or by all families."""
    framed = frames(document, names)
    found = _parted({name: family(framed, names) for name, family in _asked_for(profile).items()})
    claims = [claim for name in found for claim in found[name].claims]
    counts = {
        name: len({(claim.theme, claim.stage) for claim in found[name].claims}) for name in found
    }
    return Explanation(
        framed,
        tuple(sorted(claims, key=lambda claim: claim.start)),
        tuple(remark for name in found for remark in found[name].remarks),
        tuple(sorted((n for n in counts if counts[n]), key=lambda name: -counts[name])),
        len({(claim.theme, claim.stage) for claim in claims if claim.leaves}),
        len({(claim.theme, claim.stage) for claim in claims if claim.leaves or claim.in_matrix}),
        sum(_twice(found[name].claims) for name in found),
    )


def _parted(found: Mapping[str, Found]) -> dict[str, Found]:
    """What the families find, each text in one claim or remark of the first family that has it;
    that of a merged cell is in one for each of its stages."""
    taken: set[int] = set()
    shared: set[int] = set()  # of the family at hand: these may stand in several claims of it

    def free(leaves: Iterable[Leaf]) -> tuple[Leaf, ...]:
        own = tuple(leaf for leaf in leaves if leaf.start not in taken)
        taken.update(leaf.start for leaf in own if not leaf.is_shared)
        shared.update(leaf.start for leaf in own if leaf.is_shared)
        return own

    out: dict[str, Found] = {}
    for name, one in found.items():
        taken |= shared
        shared.clear()
        claims = ((claim, free(claim.leaves)) for claim in one.claims)
        kept = [replace(c, leaves=own) for c, own in claims if own or not c.leaves]
        remarks = ((remark, free(remark.leaves)) for remark in one.remarks)
        out[name] = Found(tuple(kept), tuple(replace(r, leaves=own) for r, own in remarks if own))
    return out


def _asked_for(profile: Profile) -> Mapping[str, Family]:
    """The families that the profile declares; all of them if it declares none.

    Raises ProfileError for a family that there is not.
    """
    strange = [name for name in profile.layout if name not in FAMILIES]
    if strange:
        known = ", ".join(FAMILIES)
        raise ProfileError(f"profile {profile.id}: layout: no family {strange[0]}; known: {known}")
    return {name: FAMILIES[name] for name in profile.layout} or FAMILIES


def _twice(claims: Iterable[Claim]) -> int:
    """How many cells the claims of one family give twice, with other words."""
    first: dict[tuple[str, str], Counter[str]] = {}
    out: set[tuple[str, str]] = set()
    for claim in joined(claims):
        place = (claim.theme, claim.stage)
        said = Counter(word for leaf in claim.leaves for word in key(leaf.text.text).split())
        before = first.setdefault(place, said)
        least = min(before.total(), said.total())
        if (before & said).total() < SAME_WORDS * least:
            out.add(place)
    return len(out)


def structural_outline(document: Document, profile: Profile, is_part: bool) -> Structure | None:
    """The outline by layout families; None if they do not explain the document.

    `is_part`: other documents hold the rest of the model, and little of it is enough here.
    """
    if not profile.layout and (profile.complaints or profile.theme_list):
        return None  # only labels in running text are read so
    names = Names(profile)
    found = explain(document, profile, names)
    cells = sum(len(theme.stages or profile.stages) for theme in profile.themes)
    outline = _outline(document, names, found)
    if is_part and profile.layout:
        return Structure(outline, sure=True)  # all of it may be text around the model
    sure = bool(profile.layout) or is_part
    if not found.cells and not (sure and found.remarks):
        return None
    few = found.given < ENOUGH * cells or found.cells < LEAST * cells
    if not sure and (few or found.twice > MOST_TWICE * cells):
        return None
    astray = any(_goes_on(claim) or _lost_marks(claim) for claim in found.claims)
    regular = not (found.twice or astray) and _is_regular(found.claims, profile)
    whole = found.given >= cells  # no label was misread, no heading lost
    filled = found.cells if regular and not whole else 0
    return Structure(outline, sure or (whole and regular), filled)


def _goes_on(claim: Claim) -> bool:
    """Whether a list goes on behind a line that nothing explains, where nothing but its name sets
    a label apart: that line may be a label, too, of another model."""
    marks = [leaf.is_item for leaf in claim.leaves if not leaf.path]
    listed = [n for n, is_item in enumerate(marks) if is_item]
    parted = bool(listed) and not all(marks[listed[0] : listed[-1]])
    return parted and any(head.stage and head.unmarked for head in claim.heads)


def _lost_marks(claim: Claim) -> bool:
    """Whether a paragraph is a list whose items end as items do, and have no marks any more."""
    plain = [leaf.text for leaf in claim.leaves if not (leaf.is_item or leaf.in_table)]
    return any(LISTED.search(line.text) for text in plain for line in list(text.lines())[:-1])


def _is_regular(claims: Iterable[Claim], profile: Profile) -> bool:
    """Whether cells stand in the order of the profile, theme by theme or stage by stage: where
    headings have gone astray they do not. Stages may fall from the highest."""
    themes = {theme.id: n for n, theme in enumerate(profile.themes)}
    stages = {stage.id: n for n, stage in enumerate(profile.stages)}
    places = [(themes[claim.theme], stages[claim.stage]) for claim in claims if claim.leaves]
    orders = (
        places,
        [(theme, -stage) for theme, stage in places],
        [(stage, theme) for theme, stage in places],
        [(-stage, theme) for theme, stage in places],
    )
    return any(order == sorted(order) for order in orders)


def _outline(document: Document, names: Names, found: Explanation) -> Outline:
    kept = not any(block.place.page for block in document.blocks)  # a page's lines are its own
    found = replace(found, claims=_with_true_heads(found.claims, _claimed(document, found)))
    accounts = _Accounts(document)
    sections = tuple(section(claim, names, kept) for claim in joined(found.claims))
    about = remarks_of(found.frames, found.claims, found.remarks, names)
    furniture = [block.text for block in document.blocks if is_furniture(block, names)]
    for text in furniture:
        accounts.take(text)
    for text in (*_texts(sections), *(text for one in about for text in texts_of(one))):
        accounts.take(text)
    heads = [head.text for head in _heads(found) if not accounts.holds(head.text)]
    for head in heads:
        accounts.take(head)
    context, marks = accounts.rest()
    return Outline(
        sections=sections,
        headings=(),
        table_heads=tuple(heads),
        furniture=tuple(furniture),
        loose=(),
        families=found.families,
        about=about,
        context=tuple(context),
        marks=tuple(marks),
        shared=tuple(leaf.text for c in found.claims for leaf in c.leaves if leaf.is_shared),
    )


def _claimed(document: Document, found: Explanation) -> _Accounts:
    """The texts that stand in claims, with what counts and parts them."""
    accounts = _Accounts(document)
    for claim in found.claims:
        for leaf in claim.leaves:
            accounts.take(leaf.text)
    return accounts


def _with_true_heads(claims: Iterable[Claim], accounts: _Accounts) -> tuple[Claim, ...]:
    """`claims`, with no headline behind a stage's name that is none.

    In a label over several themes it belongs to the label; and it may be the text of a claim.
    """
    claims = tuple(claims)
    over: dict[int, set[str]] = defaultdict(set)
    for claim in claims:
        for head in claim.heads:
            over[head.start].add(claim.theme)

    def true(head: Head) -> Head:
        if accounts.holds(head.rest):
            return head.bare()
        return head.whole() if head.rest and len(over[head.start]) > 1 else head

    return tuple(replace(claim, heads=tuple(map(true, claim.heads))) for claim in claims)


def _heads(found: Explanation) -> list[Head]:
    """All labels of a document in its order, each once."""
    heads: dict[int, Head] = {}
    for claim in found.claims:
        for head in (*claim.heads, *(head for leaf in claim.leaves for head in leaf.path)):
            heads.setdefault(head.start, head)
    for head in found.frames.heads:
        heads.setdefault(head.start, head)
    for remark in found.remarks:
        for head in remark.heads:
            heads.setdefault(head.start, head)
    return [heads[start] for start in sorted(heads) if heads[start].text]


def _texts(sections: tuple[Section, ...]) -> list[Passage]:
    return [
        text
        for one in sections
        for text in (
            one.headline,
            *one.items,
            *one.prose,
            *(item for entry in one.lists for item in entry.items),
        )
    ]


class _Accounts:
    """Which characters of a document are taken."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.taken = bytearray(len(document.source.text))

    def take(self, text: Passage) -> None:
        for span in text.spans:
            self.taken[span.start : span.end] = b"\1" * (span.end - span.start)

    def holds(self, text: Passage) -> bool:
        """Whether the text, or some of it, is taken."""
        return any(any(self.taken[span.start : span.end]) for span in text.spans)

    def rest(self) -> tuple[list[Passage], list[Passage]]:
        """The texts of which nothing is taken, and what is left of the others: marks."""
        context: list[Passage] = []
        marks: list[Passage] = []
        source = self.document.source.text
        for block in self.document.blocks:
            if not self.holds(block.text):
                context.append(block.text)
                continue
            for span in block.text.spans:
                free = re.finditer(rb"\0+", self.taken[span.start : span.end])
                bounds = ((span.start + one.start(), span.start + one.end()) for one in free)
                marks += [Passage.of(source, *both).strip() for both in bounds]
        return context, [mark for mark in marks if mark]
