"""What a document says of a theme, or of a stage, as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from breakthrough_extract.document import About, NamedList, Passage
from breakthrough_extract.profile import Role
from breakthrough_extract.recognise.families.assembly import Listing
from breakthrough_extract.recognise.families.frames import ASKS
from breakthrough_extract.recognise.families.names import Names, key
from breakthrough_extract.recognise.families.nouns import Claim, Frames, Head, Leaf, Remark
from breakthrough_extract.recognise.families.paths import stage_of, theme_of

QUOTED = re.compile(r"^['‘\"“«].*['’\"”»]$", re.DOTALL)
LONGEST_QUESTION = 200  # characters


def remarks_of(
    frames: Frames, claims: Iterable[Claim], remarks: Sequence[Remark], names: Names
) -> tuple[About, ...]:
    """What is said of themes and stages outside their cells, a theme or stage once."""
    claimed = {leaf.start for claim in claims for leaf in claim.leaves}
    claimed |= {leaf.start for remark in remarks for leaf in remark.leaves}
    said: dict[tuple[str, bool], _Said] = {}
    for remark in remarks:
        one = said.setdefault((remark.of, remark.is_stage), _Said())
        for leaf in remark.leaves:
            one.add(leaf, (), names)
    for leaf in frames.leaves:
        if leaf.start in claimed:
            continue
        theme, over = theme_of(leaf.path, names)
        stage, at = stage_of(leaf.path)
        if theme and not stage:
            said.setdefault((theme, False), _Said()).add(leaf, leaf.path[over + 1 :], names)
        elif stage and not theme and at == len(leaf.path) - 1:
            said.setdefault((stage, True), _Said()).add(leaf, (), names)
    return tuple(one.about(of, is_stage) for (of, is_stage), one in said.items())


def texts_of(about: About) -> tuple[Passage, ...]:
    """All texts of a remark."""
    listed = (item for entry in about.lists for item in entry.items)
    return (about.question, about.motto, *about.description, *about.items, *listed)


@dataclass
class _Said:
    """What is said of one theme or stage, as it comes in."""

    question: Passage = Passage()
    motto: Passage = Passage()
    description: list[Passage] = field(default_factory=list)
    loose: Listing = field(default_factory=Listing)  # items under no label
    lists: dict[str, Listing] = field(default_factory=dict)

    def add(self, leaf: Leaf, between: tuple[Head, ...], names: Names) -> None:
        if between and not _describes(between[-1], names):
            self._add_labelled(leaf, between, names)
        elif leaf.is_item:
            self.loose.add(leaf.text, leaf.depth)
        elif _asks(leaf.text) and not self.question:
            self.question = leaf.text
        elif QUOTED.match(leaf.text.folded) and not self.motto and not self.description:
            self.motto = leaf.text
        else:
            self.description.append(leaf.text)

    def _add_labelled(self, leaf: Leaf, labels: tuple[Head, ...], names: Names) -> None:
        wanted = {key(name) for name in names.profile.theme_lists}
        under = {key(head.text.text) for head in labels}
        skipped = names.role(labels[-1].text.text) == Role.SKIP
        if leaf.is_item and not skipped and (not wanted or wanted & under):
            name = names.list_name(labels[-1].text.folded)
            self.lists.setdefault(name, Listing()).add(leaf.text, leaf.depth)

    def about(self, of: str, is_stage: bool) -> About:
        return About(
            of,
            is_stage,
            self.question,
            self.motto,
            (*self.description, *(() if is_stage else self.loose.items)),
            tuple(self.loose.items) if is_stage else (),
            self.loose.relative if is_stage else (),
            tuple(
                NamedList(name, tuple(one.items), one.relative) for name, one in self.lists.items()
            ),
        )


def _asks(text: Passage) -> bool:
    return len(text.text) <= LONGEST_QUESTION and bool(ASKS.search(text.text))


def _describes(label: Head, names: Names) -> bool:
    """Whether a label stands over what the theme is: `Definition`, `Overview`."""
    return names.role(label.text.text) in (Role.HEADLINE, Role.PROSE)
