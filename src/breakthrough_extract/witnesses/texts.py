"""The texts of a cell: which texts of several witnesses are one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from breakthrough_extract.document import Dispute, Passage
from breakthrough_extract.witnesses.matching import assignment
from breakthrough_extract.witnesses.sections import SAME_HEADLINE, Member
from breakthrough_extract.witnesses.words import SAME_TEXT, Said, kinship, letters, words_of

# How an item ends behind which its list has none, or but one.
LAST = re.compile(r"[.!?…]['’”\")\]]*\s*$")
NEXT_TO_LAST = re.compile(r";\s*(?:and|or)\s*$")


class Role(NamedTuple):
    """What a text is in its cell."""

    name: str
    least: float  # likeness from which two texts in this role are one


HEADLINE = Role("headline", SAME_HEADLINE)
ITEM = Role("item", SAME_TEXT)
NOTE = Role("note", SAME_TEXT)


class Circumstances(NamedTuple):
    """What is known of the witnesses beside their texts."""

    marks: frozenset[int]  # where the items begin that have a list mark
    credit: tuple[float, ...]  # one a witness, see Said


@dataclass(eq=False)
class Group:
    """One text in all its witnesses, the best witness of the cell first."""

    cell: Cell
    role: Role
    texts: list[Said]
    again: list[Passage]  # copies and parts of it that bear no witness to its words
    disputes: list[Dispute]

    @property
    def witnesses(self) -> set[int]:
        return {said.witness for said in self.texts}

    @property
    def weight(self) -> tuple[int, int, float, float]:
        """How much speaks for the place where it stands."""
        sure = sum(not said.astray for said in self.texts)
        best = max((said.credit, said.margin) for said in self.texts)
        return (sure, len(self.texts), *best)

    @property
    def where(self) -> str:
        return f"{self.role.name} in {self.cell.name}"


@dataclass(frozen=True, eq=False)
class Cell:
    """One cell and the section that each witness has for it."""

    theme: str
    slot: str
    members: Sequence[Member]

    @property
    def name(self) -> str:
        return f"{self.theme}.{self.slot}"

    @cached_property
    def ranked(self) -> list[Member]:
        """The members, the one that agrees most with the others first, then the longest."""
        if len(self.members) == 1:
            return list(self.members)
        bags = [Counter(words.text for words in words_of(m.section.text)) for m in self.members]
        agreed = [sum(letters(bag & other) for other in bags if other is not bag) for bag in bags]
        order = sorted(
            range(len(bags)), key=lambda n: (-agreed[n], -letters(bags[n]), self.members[n][:2])
        )
        return [self.members[n] for n in order]

    def groups(self, known: Circumstances) -> list[Group]:
        """The texts of the cell in their order."""
        headlines = [said_by(m, [m.section.headline], known) for m in self.ranked]
        items = [said_by(m, m.section.items, known) for m in self.ranked]
        notes = [said_by(m, m.section.notes, known) for m in self.ranked]
        return [
            Group(self, role, texts, [], [])
            for role, lists in ((HEADLINE, headlines), (ITEM, items), (NOTE, notes))
            for texts in aligned(lists, role.least)
        ]


def said_by(member: Member, passages: Sequence[Passage], known: Circumstances) -> list[Said]:
    first = first_astray(passages)
    return [
        Said(
            member.witness,
            text,
            credit=known.credit[member.witness],
            margin=member.decision.margin,
            marked=text.pieces[0].start in known.marks,
            astray=n >= first,
        )
        for n, text in enumerate(passages)
        if text
    ]


def first_astray(passages: Sequence[Passage]) -> int:
    """Which text of a list is the first after the list's end; their number if none is."""
    for n, passage in enumerate(passages):
        if LAST.search(passage.text):
            return n + 1
        if n and NEXT_TO_LAST.search(passages[n - 1].text):
            return n + 1
    return len(passages)


def aligned(lists: Sequence[Sequence[Said]], least: float) -> list[list[Said]]:
    """The texts of several witnesses, those together that are one, in the first one's order.

    What the first does not have comes after what precedes it where it stands.
    """
    groups = [[said] for said in lists[0]] if lists else []
    for texts in lists[1:]:
        weights = [
            [max(kinship(said, other, least) for other in group) for group in groups]
            for said in texts
        ]
        homes = [groups[n] if n >= 0 else None for n in assignment(weights)]
        before = 0
        for said, home in zip(texts, homes, strict=True):
            group = home
            if group is None:
                group = []
                groups.insert(before, group)
            group.append(said)
            before = next(n for n, other in enumerate(groups) if other is group) + 1
    return groups
