"""Claims to sections: what of a cell's text is headline, prose, indicator, or another list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from breakthrough_extract.document import NamedList, Passage, Section
from breakthrough_extract.profile import Role
from breakthrough_extract.punctuation import ENDED, LISTED
from breakthrough_extract.recognise.families.enumerated import items_of
from breakthrough_extract.recognise.families.names import Names, key, uncounted
from breakthrough_extract.recognise.families.nouns import Claim, Form, Head, Leaf, Path

LONGEST_HEADLINE = 300  # characters; a longer paragraph over a list is prose


@dataclass
class Listing:
    """Items as they come, with how deep they stand."""

    items: list[Passage] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)

    def add(self, text: Passage, depth: int) -> None:
        self.items.append(text)
        self.depths.append(depth)

    @property
    def relative(self) -> tuple[int, ...]:
        """The depths, each at most one more than the one before, the least 0; empty if all are."""
        out: list[int] = []
        open_: list[int] = []
        for depth in self.depths:
            while open_ and open_[-1] >= depth:
                open_.pop()
            out.append(len(open_))
            open_.append(depth)
        return tuple(out) if any(out) else ()


def joined(claims: Iterable[Claim]) -> list[Claim]:
    """`claims`, those of one cell that share the labels of theme and stage, or their origin,
    made one.

    A table may give a cell several rows, with the theme's name in each or in the first, a text
    may come back to a cell after a footnote.
    """
    out: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        marks = tuple(head.start for head in claim.heads if head.stage or head.themes)
        if claim.origin >= 0:
            marks = (claim.origin,)
        place = (claim.theme, claim.stage, *marks)
        old = out.get(place)
        if old:
            heads = (*old.heads, *(head for head in claim.heads if head not in old.heads))
            claim = replace(old, heads=heads, leaves=(*old.leaves, *claim.leaves))  # noqa: PLW2901
        out[place] = claim
    return list(out.values())


def section(claim: Claim, names: Names, lines_are_kept: bool) -> Section:
    """The section that a claim is.

    `lines_are_kept`: line breaks within a text are the author's, not the page's.
    """
    cell = _Cell(names, lines_are_kept)
    head = next((head for head in reversed(claim.heads) if head.stage), None)
    if head:
        cell.headline = head.rest
    for leaf in claim.leaves:
        cell.add(leaf)
    cell.settle(claim)
    lists = tuple(
        NamedList(name, tuple(one.items), one.relative) for name, one in cell.lists.items()
    )
    return Section(
        slot=claim.stage,
        label=head.text if head else Passage(),
        headline=cell.headline,
        items=tuple(cell.indicators.items),
        theme=claim.theme,
        in_matrix=claim.in_matrix,
        structural=True,
        title=_title(head, claim, names),
        depths=cell.indicators.relative,
        prose=tuple(cell.prose),
        lists=lists,
    )


def _title(head: Head | None, claim: Claim, names: Names) -> str:
    """What the stage is called here, if that is another of its names than the first."""
    stage = next(stage for stage in names.profile.stages if stage.id == claim.stage)
    if head is None or head.form == Form.SENTENCE or head.themes:
        return ""
    label = head.text.folded.strip(" :：—–-,、")
    return "" if key(uncounted(label)) == key(stage.name) else label


@dataclass
class _Cell:
    """A cell as its texts come in."""

    names: Names
    lines_are_kept: bool
    headline: Passage = Passage()
    plain: list[Leaf] = field(default_factory=list)
    prose: list[Passage] = field(default_factory=list)
    indicators: Listing = field(default_factory=Listing)
    lists: dict[str, Listing] = field(default_factory=dict)
    main: str = ""  # the label whose list holds the indicators, where no profile says

    def add(self, leaf: Leaf) -> None:
        if leaf.is_headline and not self.headline:
            self.headline = leaf.text
            return
        label = self._label(leaf.path)
        if label is None:
            self._add_plain(leaf)
            return
        name = label.text.text
        role = self.names.role(name)
        if role == Role.HEADLINE and not self.headline:
            self.headline = leaf.text
        elif role in (Role.HEADLINE, Role.PROSE):
            self.prose.append(leaf.text)
        elif role == Role.INDICATORS and self._is_main(name):
            self._add_items(self.indicators, leaf)
        elif leaf.is_item or leaf.in_table or role in (Role.LIST, Role.INDICATORS):
            self._add_items(self.lists.setdefault(self.names.list_name(name), Listing()), leaf)
        else:
            self.prose.append(leaf.text)

    def _is_main(self, name: str) -> bool:
        """Whether a label's list holds the indicators: what the profile says does; of several
        usual labels the first that comes."""
        if key(name) in self.names.kinds:
            return True
        self.main = self.main or key(name)
        return self.main == key(name)

    def _label(self, path: Path) -> Head | None:
        """The label that says what a text is: the innermost that is known, or the innermost."""
        known = [head for head in path if self.names.role(head.text.text)]
        return known[-1] if known else path[-1] if path else None

    def _add_plain(self, leaf: Leaf) -> None:
        if leaf.is_item:
            self._add_items(self.indicators, leaf)
        else:
            self.plain.append(leaf)

    def _add_items(self, listing: Listing, leaf: Leaf) -> None:
        for line in self._lines(leaf):
            _add_item(listing, leaf, line)

    def _lines(self, leaf: Leaf) -> list[Passage]:
        if leaf.in_table and not leaf.is_item and self.lines_are_kept:
            return _statements(list(leaf.text.lines()))
        return [leaf.text]

    def _add_statements(self) -> None:
        """Paragraphs without a list; a first line that ends in a colon is over the others."""
        lines = [(leaf, line) for leaf in self.plain for line in self._lines(leaf)]
        first = lines[0][1] if len(lines) > 1 else Passage()
        short = len(first.text) <= LONGEST_HEADLINE
        if not self.headline and short and first.folded.endswith(":"):
            self.headline = first
            lines = lines[1:]
        for leaf, line in lines:
            _add_item(self.indicators, leaf, line)

    def settle(self, claim: Claim) -> None:
        """What the paragraphs are that no label names.

        Over a list they are its prose, or in a table, or ending in a colon, its headline;
        without one they are what the cell states.
        """
        listed = bool(self.indicators.items or self.lists)
        if not listed and not self.prose:
            self._add_statements()
            return
        texts = [leaf.text for leaf in self.plain]
        short = len(texts) == 1 and len(texts[0].text) <= LONGEST_HEADLINE
        heads = claim.in_matrix or (short and texts[0].folded.endswith(":"))
        if heads and short and not self.headline:
            self.headline = texts[0]
        else:
            self.prose = [*texts, *self.prose]


def _add_item(listing: Listing, leaf: Leaf, line: Passage) -> None:
    for item in items_of(line) if leaf.in_table else [line]:
        listing.add(item, leaf.depth)


def _statements(lines: list[Passage]) -> list[Passage]:
    """The lines of a cell; where some end in semicolons, a line that begins in lower case goes on
    with one that ends in no sign."""
    if not any(LISTED.search(line.text) for line in lines):
        return lines
    runs: list[list[Passage]] = []
    for before, line in pairwise([Passage(), *lines]):
        if runs and not ENDED.search(before.text) and line.text[:1].islower():
            runs[-1].append(line)
        else:
            runs.append([line])
    return [Passage.join(run) for run in runs]
