"""Several witnesses of one document: what one lost, the others restore.

Each witness was understood on its own. Here their sections are brought together, in each
cell their texts are aligned, and each text is settled: it is the best witness's, edited only
where the others agree against it. A word that is there stands against its absence, since
converters lose words and do not write them; between two words nothing decides but a
majority. What is not decided is a dispute with all its readings.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise
from typing import NamedTuple

from breakthrough_extract.document import (
    COMPLAINT,
    WHITE,
    Attested,
    Block,
    BlockKind,
    Decision,
    Dispute,
    Document,
    Evidence,
    Page,
    Passage,
    Piece,
    Reading,
    Section,
    Settled,
    Settlement,
    Source,
    Span,
)
from breakthrough_extract.language import contained, content_words, likeness

RESTORED = "restored-from-witness"
OUTVOTED = "outvoted-by-witnesses"

WORD = re.compile(r"\w+(?:['’\-\u2010\u2011\u00ad]\w+)*")
TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u2010": "-", "–": "-", "—": "-", "\u00ad": ""}
)
# What joins an item to the next is no word of it.
LISTED = re.compile(r"(?<=[;,])\s*(?:and|or)\s*$")
# What ends an item because it is one of a list: the item was not clipped there.
CLOSED = re.compile(r"[;,.:!?](?:\s*(?:and|or))?\s*$")
JOINERS = {"and", "or"}
# How an item ends behind which its list has none, or but one.
LAST = re.compile(r"[.!?…]['’”\")\]]*\s*$")
NEXT_TO_LAST = re.compile(r";\s*(?:and|or)\s*$")
# What a text begins or ends with that is not published.
EDGES = re.compile(r"^\W+|(?:[;,]\s*(?:and|or))?\W*$")
CLOSING = re.compile(r"[)\]’”'\"]+")
NOTE_MARK = re.compile(r"(?<=\w)[*†‡§]+(?!\w)")

SAME_TEXT = 0.7  # likeness from which two items of one cell are one item
SAME_HEADLINE = 0.5  # the same for headlines: a cell has but one
SAME_ELSEWHERE = 0.9  # likeness from which texts of two cells, or part and whole, are one text
SAME_SECTION = 0.5  # share of its content words from which a section is another's
SAME_THEME = 0.2  # what it adds to that share if both witnesses put them under one theme
UNRELATED = 0.3  # a share below this, with unlike headlines: two sections that claim one cell
CLIPPED = 0.9  # share of its words that a clipped item must have in a row in the whole one
LEAST_CLIP = 3  # words that a clipped item must have
LEAST_RUN = 2  # words from which a text that stands elsewhere explains words in a text
LEAST_PART = 4  # words of a text that is sought anywhere
SHREDDED = 0.75  # share of its letters that shreds of a text must have in its order
CONTEXT = 2  # words that must agree on each side of lost ones, or all there are
ADJACENT = 0.5  # gain, in letters, of going straight on in an alignment


# Before all stages: the witnesses in one stream.


def side_by_side(documents: Sequence[Document]) -> tuple[Document, ...]:
    """`documents` each with its own range of positions, and a name of its own."""
    out: list[Document] = []
    padding = 0
    names: Counter[str] = Counter()
    for document in documents:
        source = document.source
        names[source.name] += 1
        count = names[source.name]
        name = source.name if count == 1 else f"{source.name} ({count})"
        out.append(_moved(document, padding, name))
        padding += len(source.text) + 1  # a position at the very end is still its own
    return tuple(out)


def _moved(document: Document, by: int, name: str) -> Document:
    source = document.source
    moved = replace(
        source,
        name=name,
        text="\n" * by + source.text,
        pages=tuple(_moved_page(page, by) for page in source.pages),
        boxes=(None,) * by + source.boxes if source.boxes else (),
        confidence=(1.0,) * by + source.confidence if source.confidence else (),
        padding=by,
    )
    return replace(
        document,
        source=moved,
        blocks=tuple(_moved_block(block, by, name) for block in document.blocks),
        markup=tuple(Span(span.start + by, span.end + by) for span in document.markup),
    )


def _moved_page(page: Page, by: int) -> Page:
    return page._replace(span=Span(page.span.start + by, page.span.end + by))


def _moved_block(block: Block, by: int, name: str) -> Block:
    pieces = tuple(_moved_piece(piece, by, name) for piece in block.text.pieces)
    return replace(block, text=Passage(pieces))


def _moved_piece(piece: Piece, by: int, name: str) -> Piece:
    known = piece.evidence
    if known:
        known = Evidence(name, known.start + by, known.end + by, known.quote)
    return Piece(piece.start + by, piece.end + by, piece.text, piece.rule, known)


# Words, and how they are aligned.


class Word(NamedTuple):
    """A word of a text."""

    text: str  # as it is compared: lower case, typography alike
    start: int  # code points into the text of its passage
    end: int


class Role(NamedTuple):
    """What a text is in its cell."""

    name: str
    least: float  # likeness from which two texts in this role are one


HEADLINE = Role("headline", SAME_HEADLINE)
ITEM = Role("item", SAME_TEXT)
NOTE = Role("note", SAME_TEXT)


def plain(text: str) -> str:
    """`text` as it is compared."""
    return unicodedata.normalize("NFKC", text).casefold().translate(TYPOGRAPHY)


def words_of(text: str) -> tuple[Word, ...]:
    return tuple(Word(plain(w.group()), w.start(), w.end()) for w in WORD.finditer(text))


@dataclass(frozen=True)
class Said:
    """One text as one witness has it."""

    witness: int  # 0-based, in the order given
    text: Passage
    margin: float = 0.0  # of the decision for its section
    marked: bool = False  # whether a list mark stands before it
    astray: bool = False  # whether its list had come to its end before it

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words_of(LISTED.sub("", self.text.text))

    @cached_property
    def plain(self) -> str:
        return " ".join(word.text for word in self.words)

    def slice(self, first: int, end: int) -> Passage:
        """The passage from word `first` up to word `end`."""
        if first >= end:
            return Passage()
        return self.text[self.words[first].start : self.words[end - 1].end]

    def around(self, first: int, end: int) -> Passage:
        """These words, or, if there are none, their neighbours."""
        if first >= end:
            first, end = max(first - 1, 0), min(end + 1, len(self.words))
        return self.slice(first, end)


def align(one: Sequence[Word], other: Sequence[Word]) -> list[tuple[int, int]]:
    """The pairs of equal words, in order on both sides, that have the most letters.

    Exact, by dynamic programming; of two that are as good the one with fewer breaks.
    """
    rows, columns = len(one), len(other)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    run = [[0.0] * (columns + 1) for _ in range(rows + 1)]  # best that ends with this very pair
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            if one[i - 1].text == other[j - 1].text:
                before = max(best[i - 1][j - 1], run[i - 1][j - 1] + ADJACENT)
                run[i][j] = before + len(one[i - 1].text)
            best[i][j] = max(best[i - 1][j], best[i][j - 1], run[i][j])
    pairs: list[tuple[int, int]] = []
    i, j, bound = rows, columns, False
    while i and j:
        if run[i][j] and (bound or run[i][j] == best[i][j]):
            pairs.append((i - 1, j - 1))
            bound = bool(run[i - 1][j - 1]) and run[i - 1][j - 1] + ADJACENT >= best[i - 1][j - 1]
            i, j = i - 1, j - 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def assignment(weights: Sequence[Sequence[float]]) -> list[int]:
    """For each row its column, -1 for none, so that the sum of the weights is the greatest.

    Kuhn and Munkres, with a column of weight 0 for each row that had better have none.
    """
    rows = len(weights)
    if not rows:
        return []
    real = len(weights[0])
    costs = [[-weight for weight in row] + [0.0] * rows for row in weights]
    columns = real + rows
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)  # the row that has the column, 1-based; 0 for none
    for row in range(1, rows + 1):
        owner[0] = row
        _augment(costs, row_price, column_price, owner)
    chosen = [-1] * rows
    for column in range(1, real + 1):
        if owner[column] and weights[owner[column] - 1][column - 1] > 0:
            chosen[owner[column] - 1] = column - 1
    return chosen


def _augment(
    costs: Sequence[Sequence[float]],
    row_price: list[float],
    column_price: list[float],
    owner: list[int],
) -> None:
    """Give the row at `owner[0]` a column by the cheapest chain of exchanges."""
    size = len(owner)
    slack, before, done = [float("inf")] * size, [0] * size, [False] * size
    at = 0
    while owner[at] or at == 0:
        done[at] = True
        row = owner[at]
        for column in range(1, size):
            if done[column]:
                continue
            cost = costs[row - 1][column - 1] - row_price[row] - column_price[column]
            if cost < slack[column]:
                slack[column], before[column] = cost, at
        following = min((n for n in range(1, size) if not done[n]), key=lambda n: (slack[n], n))
        step = slack[following]
        for column in range(size):
            if done[column]:
                row_price[owner[column]] += step
                column_price[column] -= step
            else:
                slack[column] -= step
        at = following
    while at:
        owner[at] = owner[before[at]]
        at = before[at]


def kinship(one: Said, other: Said, least: float) -> float:
    """How surely two texts are one text, 0..1; 0 if they are not."""
    if one.plain == other.plain:
        return 1.0
    alike = likeness(one.plain, other.plain)
    return alike if alike >= least else _clipped(one, other)


def _clipped(one: Said, other: Said) -> float:
    """The same for two texts of which one is the head or the tail of the other."""
    short, long = sorted((one, other), key=lambda said: len(said.words))
    size = len(short.words)
    if size < LEAST_CLIP or contained(short.plain, long.plain) < CLIPPED:
        return 0.0
    pairs = align(short.words, long.words)
    if len(pairs) < CLIPPED * size - 1:  # the word at the edge may be broken
        return 0.0
    first, last = pairs[0][1], pairs[-1][1]
    at_edge = first == 0 or last == len(long.words) - 1
    return len(pairs) / size * SAME_TEXT if at_edge and last - first <= size else 0.0


# Sections: which belong together, and where they go.


class Member(NamedTuple):
    """A section of one witness."""

    witness: int
    number: int  # of the section in that witness, 0-based
    section: Section
    decision: Decision


def settle(readings: Sequence[Reading]) -> Settlement:
    """What the witnesses give together; a single one gives what it has."""
    heard = _heard(readings)
    clusters = _clusters(
        [
            Member(witness, decision.section, reading.repaired.sections[decision.section], decision)
            for witness, reading in enumerate(readings)
            for decision in reading.grid.decisions
            if witness in heard
        ]
    )
    themes = _themes(clusters)
    homes = [[""] * len(reading.repaired.sections) for reading in readings]
    for cluster, theme in zip(clusters, themes, strict=True):
        for member in cluster:
            homes[member.witness][member.number] = theme
    cells = [
        _Cell(theme, cluster[0].section.slot, cluster)
        for cluster, theme in zip(clusters, themes, strict=True)
        if theme
    ]
    marks = _marks(readings)
    groups = [group for cell in cells for group in cell.groups(marks)]
    disputes = list(_theme_disputes(clusters, themes))
    disputes += _unite_doubles(groups, len(heard))
    explained = [
        passage
        for witness, reading in enumerate(readings)
        for passage in _explain(groups, witness, _outside(reading, witness in heard))
    ]
    sources = [reading.document.source for reading in readings]
    furniture = [
        [words_of(passage.text) for passage in reading.outline.furniture] for reading in readings
    ]
    scholar = _Scholar(sources, groups, furniture)
    return Settlement(
        cells=tuple(_settled(cell, groups, scholar) for cell in cells),
        homes=tuple(tuple(home) for home in homes),
        disputes=tuple(disputes),
        explained=frozenset(explained),
    )


def _heard(readings: Sequence[Reading]) -> list[int]:
    """The witnesses to listen to: not those whose columns a converter has mixed, if others are
    whole."""
    whole = [n for n, reading in enumerate(readings) if not reading.outline.interleaved]
    return whole or list(range(len(readings)))


def _marks(readings: Sequence[Reading]) -> frozenset[int]:
    """Where the items begin that have a list mark."""
    return frozenset(
        block.text.strip().pieces[0].start
        for reading in readings
        for block in reading.document.blocks
        if block.kind == BlockKind.ITEM and block.text
    )


def _outside(reading: Reading, heard: bool) -> Sequence[Passage]:
    """The passages of a witness that are in no cell and are not known for what they are."""
    if heard:
        return reading.repaired.unresolved
    sections = [
        passage
        for section in reading.repaired.sections
        for passage in (section.headline, *section.items, *section.notes)
        if passage
    ]
    return (*reading.repaired.unresolved, *sections)


def _clusters(members: Sequence[Member]) -> list[list[Member]]:
    """The members that are one section, at most one a witness; the most alike are joined first."""
    pairs = [
        (_section_kinship(one, other), n, m)
        for (n, one), (m, other) in combinations(enumerate(members), 2)
        if one.witness != other.witness and one.section.slot == other.section.slot
    ]
    clusters = [[member] for member in members]
    for score, n, m in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        one, other = clusters[n], clusters[m]
        seen = {member.witness for member in one} & {member.witness for member in other}
        if score > 0 and not seen:
            one += other
            for member in other:
                clusters[_position(members, member)] = one
    unique = {id(cluster): sorted(cluster, key=lambda m: m[:2]) for cluster in clusters}
    return list(unique.values())


def _position(members: Sequence[Member], member: Member) -> int:
    return next(n for n, other in enumerate(members) if other[:2] == member[:2])


def _section_kinship(one: Member, other: Member) -> float:
    theme = one.decision.theme
    together = bool(theme) and theme == other.decision.theme
    share = _share(one.section, other.section)
    if not together:
        return share if share >= SAME_SECTION else 0.0
    heads = plain(one.section.headline.folded), plain(other.section.headline.folded)
    rivals = all(heads) and likeness(*heads) < SAME_HEADLINE and share < UNRELATED
    return 0.0 if rivals else share + SAME_THEME


def _share(one: Section, other: Section) -> float:
    """The share of the content words of the lesser section that the other has too."""
    bags = [Counter(content_words(section.text)) for section in (one, other)]
    least = min(bags[0].total(), bags[1].total())
    if least == 0 or one.slot == COMPLAINT:  # too short for counting
        alike = likeness(plain(one.text), plain(other.text))
        return alike if alike >= SAME_TEXT else 0.0
    return (bags[0] & bags[1]).total() / least


def _themes(clusters: Sequence[Sequence[Member]]) -> list[str]:
    """The theme of each cluster: the surest decision comes first, and takes the cell."""
    claims = sorted(
        (-member.decision.margin, member.witness, n, member.decision.theme)
        for n, cluster in enumerate(clusters)
        for member in cluster
        if member.decision.theme
    )
    themes = [""] * len(clusters)
    taken: set[tuple[str, str]] = set()
    for _, _, n, theme in claims:
        cell = (theme, clusters[n][0].section.slot)
        if not themes[n] and cell not in taken:
            themes[n] = theme
            taken.add(cell)
    return themes


def _theme_disputes(
    clusters: Sequence[Sequence[Member]], themes: Sequence[str]
) -> Iterator[tuple[str, Dispute]]:
    for cluster, theme in zip(clusters, themes, strict=True):
        if all(member.decision.theme in ("", theme) for member in cluster):
            continue
        surest = sorted(cluster, key=lambda m: (m.decision.theme != theme, -m.decision.margin))
        readings = tuple(
            (
                f"{member.decision.theme or 'no theme'} (margin {member.decision.margin:.2f})",
                member.section.headline or member.section.label,
            )
            for member in surest
        )
        slot = cluster[0].section.slot
        home = f"{theme}.{slot}" if theme else slot
        yield home, Dispute("witness-theme", readings, settled=bool(theme))


# Texts: which belong together.


@dataclass(eq=False)
class _Group:
    """One text in all its witnesses, the best witness of the cell first."""

    cell: _Cell
    role: Role
    texts: list[Said]
    again: list[Passage]  # copies and parts of it that bear no witness to its words
    disputes: list[Dispute]

    @property
    def witnesses(self) -> set[int]:
        return {said.witness for said in self.texts}

    @property
    def weight(self) -> tuple[int, int, float]:
        """How much speaks for the place where it stands."""
        sure = sum(not said.astray for said in self.texts)
        return (sure, len(self.texts), max((said.margin for said in self.texts), default=0.0))

    @property
    def where(self) -> str:
        return f"{self.role.name} in {self.cell.name}"


@dataclass(frozen=True, eq=False)
class _Cell:
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
        bags = [Counter(words.text for words in words_of(m.section.text)) for m in self.members]
        agreed = [sum(_letters(bag & other) for other in bags if other is not bag) for bag in bags]
        order = sorted(
            range(len(bags)), key=lambda n: (-agreed[n], -_letters(bags[n]), self.members[n][:2])
        )
        return [self.members[n] for n in order]

    def groups(self, marks: frozenset[int]) -> list[_Group]:
        """The texts of the cell in their order."""
        headlines = [_said(m, [m.section.headline], marks) for m in self.ranked]
        items = [_said(m, m.section.items, marks) for m in self.ranked]
        notes = [_said(m, m.section.notes, marks) for m in self.ranked]
        return [
            _Group(self, role, texts, [], [])
            for role, lists in ((HEADLINE, headlines), (ITEM, items), (NOTE, notes))
            for texts in aligned(lists, role.least)
        ]


def _said(member: Member, passages: Sequence[Passage], marks: frozenset[int]) -> list[Said]:
    return [
        Said(
            member.witness,
            text,
            member.decision.margin,
            marked=text.pieces[0].start in marks,
            astray=any(LAST.search(other.text) for other in passages[:n])
            or any(NEXT_TO_LAST.search(other.text) for other in passages[: max(n - 1, 0)]),
        )
        for n, text in enumerate(passages)
        if text
    ]


def _letters(bag: Counter[str]) -> int:
    return sum(len(word) * count for word, count in bag.items())


def aligned(lists: Sequence[Sequence[Said]], least: float) -> list[list[Said]]:
    """The texts of several witnesses, those together that are one, in the first one's order.

    What the first does not have comes after what precedes it where it stands.
    """
    groups: list[list[Said]] = []
    for texts in lists:
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


def _unite_doubles(groups: list[_Group], witnesses: int) -> list[tuple[str, Dispute]]:
    """Where one witness has a text that another has elsewhere, or as a part, make them one.

    The place that more witnesses give is taken, then the surer one.
    """
    disputes: list[tuple[str, Dispute]] = []
    lacking = [group for group in groups if len(group.texts) < witnesses]
    for group in sorted(lacking, key=lambda g: (*g.weight, g.role == HEADLINE)):
        home = next((g for g in _by_weight(groups) if _is_double(group, g)), None)
        if home:
            disputes.append((home.cell.name, _place_dispute(home, group)))
            home.texts += group.texts
            home.again += group.again
        else:
            home = next((g for g in groups if _is_part(group, g)), None)
            home = home or _listed_with(group, groups)
            if not home:
                continue
            if _wholes(home, group):
                division = _division(home, group)
                home.disputes.append(_division_dispute(home, group, division))
                if division.parted and _part(home, group):
                    continue
                _prefer(home, _wholes(home, group))
            home.again += [*(said.text for said in group.texts), *group.again]
        groups.remove(group)
    return disputes


def _by_weight(groups: Sequence[_Group]) -> list[_Group]:
    return sorted(groups, key=lambda g: g.weight, reverse=True)


def _is_double(group: _Group, other: _Group) -> bool:
    """Whether `group` is the text that other witnesses have in another place."""
    if group is other or group.witnesses & other.witnesses or other.weight < group.weight:
        return False
    one, two = group.texts[0], other.texts[0]
    return likeness(one.plain, two.plain) >= SAME_ELSEWHERE


def _is_part(group: _Group, other: _Group) -> bool:
    """Whether `group` is part of a text as a witness has it that lacks it.

    Its own witnesses must not have these words in that text too: then they stand twice.
    """
    if group is other or len(group.texts[0].words) < LEAST_PART:
        return False
    own = [said for said in other.texts if said.witness in group.witnesses]
    part = group.texts[0].plain
    return bool(_wholes(other, group)) and not any(_within(part, said) for said in own)


def _listed_with(group: _Group, groups: Sequence[_Group]) -> _Group | None:
    """The text before `group` if that is but the word that joins two items of a list."""
    if group.role != ITEM or not {w.text for w in group.texts[0].words} <= JOINERS:
        return None
    before = [g for g in groups[: groups.index(group)] if g.cell is group.cell and g.role == ITEM]
    return before[-1] if before else None


def _prefer(home: _Group, wholes: Sequence[Said]) -> None:
    """Let the witnesses that have the text in one piece come first."""
    home.texts.sort(key=lambda said: said not in wholes)


def _wholes(home: _Group, group: _Group) -> list[Said]:
    """The texts that hold `group` as a part, in witnesses that lack it."""
    return [
        said
        for said in home.texts
        if said.witness not in group.witnesses
        and (
            _within(group.texts[0].plain, said)
            or (home.cell is group.cell and _is_fragment(group.texts[0], said))
        )
    ]


def _is_fragment(part: Said, whole: Said) -> bool:
    """Whether `part` is shreds of `whole`, in its order: what an edge left of its lines."""
    if len(part.plain) > len(whole.plain):
        return False
    shared = {word.text for word in part.words} & {word.text for word in whole.words}
    needed = SHREDDED * _letters(Counter(word.text for word in part.words))
    if sum(len(w.text) for w in part.words if w.text in shared) < needed:
        return False
    return sum(len(part.words[n].text) for n, _ in align(part.words, whole.words)) >= needed


def _within(part: str, whole: Said) -> bool:
    return len(part) <= len(whole.plain) and contained(part, whole.plain) >= SAME_ELSEWHERE


def _place_dispute(home: _Group, group: _Group) -> Dispute:
    readings = tuple((g.where, said.text) for g in (home, group) for said in g.texts)
    return Dispute("witness-place", readings, settled=home.weight[0] > group.weight[0])


class Division(NamedTuple):
    """Whether what one witness joins and another parts is two texts."""

    parted: bool
    settled: bool


def _division(home: _Group, group: _Group) -> Division:
    """Whether `group` is a text of its own or part of `home`.

    List marks are lost and not written, but for the dash of a sentence: where no list's
    punctuation stands before it, a mark is none.
    """
    wholes = _wholes(home, group)
    parts = [said for said in home.texts if said.witness in group.witnesses]
    if len(group.texts) + len(wholes) >= 3 and len(group.texts) != len(wholes):
        return Division(len(group.texts) > len(wholes), settled=True)
    if not _within(group.texts[0].plain, wholes[0]):
        return Division(parted=False, settled=True)  # shreds are no text
    first = group.texts[:1] if _extent(wholes[0], group)[0] == 0 else parts[:1]
    if any(not CLOSED.search(said.text.text) for said in first):
        return Division(parted=False, settled=True)
    if any(said.marked for said in group.texts) != any(said.marked for said in wholes):
        return Division(any(said.marked for said in group.texts), settled=True)
    if any(said.marked for said in group.texts):
        return Division(parted=True, settled=True)
    return Division(home.texts[0] not in wholes, settled=False)


def _division_dispute(home: _Group, group: _Group, division: Division) -> Dispute:
    parts = [said for said in home.texts if said.witness in group.witnesses]
    joined = [("one text", said.text) for said in _wholes(home, group)]
    parted = [("two texts", said.text) for said in (*parts, *group.texts)]
    readings = (*parted, *joined) if division.parted else (*joined, *parted)
    return Dispute("witness-disagreement", readings, division.settled)


def _extent(whole: Said, group: _Group) -> tuple[int, int]:
    """From which word to which `group` stands in `whole`."""
    pairs = align(whole.words, group.texts[0].words)
    return pairs[0][0], pairs[-1][0] + 1


def _part(home: _Group, group: _Group) -> bool:
    """Cut from the texts of `home` what belongs to `group`; whether that could be done."""
    cuts: list[tuple[Said, Said, Said]] = []
    for whole in _wholes(home, group):
        first, end = _extent(whole, group)
        if end - first == len(whole.words):
            return False
        at = whole.words[end].start if first == 0 else whole.words[first].start
        if _is_inside_edit(whole.text, at):
            return False
        head, tail = replace(whole, text=whole.text[:at]), replace(whole, text=whole.text[at:])
        cuts.append((whole, *((tail, head) if first == 0 else (head, tail))))
    for whole, kept, given in cuts:
        home.texts[home.texts.index(whole)] = kept
        group.texts.append(given)
    order = [member.witness for member in group.cell.ranked]
    group.texts.sort(key=lambda said: order.index(said.witness))
    return True


def _explain(
    groups: Sequence[_Group], witness: int, outside: Sequence[Passage]
) -> Iterator[Passage]:
    """Text that one witness has in no cell and another has in one; it joins that text."""
    for passage in outside:
        part = Said(witness, passage)
        home = next((group for group in groups if _is_said(part, group)), None)
        if home:
            home.again.append(passage)
            yield passage


def _is_said(part: Said, group: _Group) -> bool:
    return any(said.witness != part.witness and _is_copy(part, said) for said in group.texts)


def _is_copy(part: Said, whole: Said) -> bool:
    return part.plain == whole.plain or (
        len(part.words) >= LEAST_PART and _within(part.plain, whole)
    )


# Words: what each text reads.


def _settled(cell: _Cell, groups: Sequence[_Group], scholar: _Scholar) -> Settled:
    mine = [group for group in groups if group.cell is cell]
    heads = [group for group in mine if group.role == HEADLINE]
    heads.sort(key=lambda group: -len(group.texts))  # stable: the best witness's comes first
    headline = scholar.attested(heads[0]) if heads else Attested(Passage())
    if len(heads) > 1:
        readings = tuple((f"“{h.texts[0].text.folded}”", h.texts[0].text) for h in heads)
        rivals = Dispute("witness-disagreement", readings, settled=False)
        headline = replace(headline, disputes=(*headline.disputes, rivals))
    return Settled(
        theme=cell.theme,
        slot=cell.slot,
        labels=tuple(member.section.label for member in cell.ranked),
        headline=headline,
        items=tuple(scholar.attested(group) for group in mine if group.role == ITEM),
        notes=tuple(scholar.attested(group) for group in mine if group.role == NOTE),
        strays=tuple(
            passage
            for head in heads[1:]
            for passage in (*(said.text for said in head.texts), *head.again)
        ),
    )


class Column(NamedTuple):
    """What one witness has in place of some words of the base."""

    first: int  # word of that witness, 0-based
    end: int  # exclusive
    abstains: bool = False  # it breaks off there, and so says nothing


class Zone(NamedTuple):
    """Words of the base, or a gap between two, where witnesses differ."""

    first: int
    end: int  # exclusive; equal to first for a gap
    columns: tuple[Column, ...]  # one a witness, the base's first


@dataclass(frozen=True)
class _Collation:
    """All witnesses of one text, word by word against the first."""

    texts: Sequence[Said]

    @cached_property
    def pairs(self) -> list[list[tuple[int, int]]]:
        base = self.texts[0]
        return [
            [(n, n) for n in range(len(base.words))]
            if said.plain == base.plain
            else align(base.words, said.words)
            for said in self.texts
        ]

    def zones(self) -> list[Zone]:
        """Where they differ, in order, disjoint."""
        found: set[tuple[int, int]] = set()
        for first, end, there, stop in self._blocks():
            # Lost words are a question each; others are tied to those that they replace.
            tied = [(first, end)] if there < stop else [(n, n + 1) for n in range(first, end)]
            for one, other in tied:
                inside = {f for f in found if f[0] < other and one < f[1]} | {(one, other)}
                found -= inside
                found.add((min(f for f, _ in inside), max(e for _, e in inside)))
        return self._joined([self._zone(*interval) for interval in sorted(found)])

    def _blocks(self) -> list[tuple[int, int, int, int]]:
        """Runs of base words and of the words that another witness has in their place."""
        return [block for n in range(1, len(self.texts)) for block in self._blocks_of(n)]

    def _blocks_of(self, n: int) -> Iterator[tuple[int, int, int, int]]:
        ends = (len(self.texts[0].words), len(self.texts[n].words))
        for (i, j), (k, m) in pairwise([(-1, -1), *self.pairs[n], ends]):
            if k - i > 1 or m - j > 1:
                yield i + 1, k, j + 1, m

    def _zone(self, first: int, end: int) -> Zone:
        base = Column(first, end)
        columns = [base, *(self._column(n, base) for n in range(1, len(self.texts)))]
        gone = any(
            breaks_off(self.texts[0], base, self._words(n, column))
            for n, column in enumerate(columns)
        )
        return Zone(first, end, (base._replace(abstains=gone), *columns[1:]))

    def _column(self, n: int, zone: Column) -> Column:
        """What witness `n` has in place of these words of the base, or in this gap."""
        words, gaps = self._places[n]
        if zone.first == zone.end:
            column = Column(*gaps[zone.first])
        else:
            column = Column(words[zone.first][0], words[zone.end - 1][1])
        gone = breaks_off(self.texts[n], column, self._words(0, zone))
        return column._replace(abstains=gone)

    @cached_property
    def _places(self) -> list[tuple[list[tuple[int, int]], list[tuple[int, int]]]]:
        """For each witness where it has each word of the base, and each gap before a word."""
        return [self._places_of(n) for n in range(len(self.texts))]

    def _places_of(self, n: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        size = len(self.texts[0].words)
        words = [(0, 0)] * size
        for i, j in self.pairs[n]:
            words[i] = (j, j + 1)
        own: dict[int, tuple[int, int]] = {}
        for first, end, there, stop in self._blocks_of(n):
            if first == end:
                own[first] = (there, stop)
                continue
            # All stand at the first word: no zone parts the words of a block.
            words[first:end] = [(there, stop), *[(stop, stop)] * (end - first - 1)]
        starts = [place[0] for place in words] + [len(self.texts[n].words)]
        return words, [own.get(gap, (starts[gap], starts[gap])) for gap in range(size + 1)]

    def _words(self, n: int, column: Column) -> list[str]:
        return [word.text for word in self.texts[n].words[column.first : column.end]]

    def _joined(self, zones: Sequence[Zone]) -> list[Zone]:
        """`zones`, those that touch as one where the same witnesses lost the words of both."""
        out: list[Zone] = []
        for zone in zones:
            if out and out[-1].end == zone.first and _same_losses(out[-1], zone):
                columns = tuple(
                    Column(one.first, two.end, one.abstains or two.abstains)
                    for one, two in zip(out[-1].columns, zone.columns, strict=True)
                )
                out[-1] = Zone(out[-1].first, zone.end, columns)
            else:
                out.append(zone)
        return out

    def reading(self, zone: Zone, n: int) -> tuple[str, ...]:
        return tuple(self._words(n, zone.columns[n]))

    def has_context(self, zone: Zone, n: int) -> bool:
        """Whether base and witness `n` agree in the words on both sides of a gap.

        The next words must be the same; behind them one of the two may have lost another.
        """
        column = zone.columns[n]
        before = self._agree(n, zone.first, column.first, step=-1)
        after = self._agree(n, zone.end, column.end, step=1)
        return before and after

    def _agree(self, n: int, here: int, there: int, step: int) -> bool:
        size, other = len(self.texts[0].words), len(self.texts[n].words)
        mine = [k for k in _next(here, step) if 0 <= k < size]
        theirs = [k for k in _next(there, step) if 0 <= k < other]
        if not mine:
            return True  # the edge of the text
        known = set(self.pairs[n])
        if not theirs or (mine[0], theirs[0]) not in known:
            return False
        return all(i in {i for i, _ in known} for i in mine) or all(
            j in {j for _, j in known} for j in theirs
        )


def _next(at: int, step: int) -> range:
    """The words next to a gap, on the left or on the right."""
    return range(at, at + CONTEXT) if step > 0 else range(at - 1, at - 1 - CONTEXT, -1)


def _same_losses(one: Zone, two: Zone) -> bool:
    """Whether in both zones the same witnesses have nothing, and all others the base's words."""
    if one.first == one.end or two.first == two.end:
        return False
    for zone in (one, two):
        for column in zone.columns[1:]:
            if column.end - column.first not in (0, zone.end - zone.first):
                return False
    return [c.first == c.end for c in one.columns] == [c.first == c.end for c in two.columns] and [
        c.abstains for c in one.columns
    ] == [c.abstains for c in two.columns]


def breaks_off(said: Said, column: Column, more: Sequence[str]) -> bool:
    """Whether `said` was clipped in that column, where another goes on with the words `more`.

    It has nothing there, or the head or tail of a word; and no list's punctuation says that
    this is its end.
    """
    words = [word.text for word in said.words[column.first : column.end]]
    if len(more) <= len(words) or len(words) > 1:
        return False
    if column.end == len(said.words) and not CLOSED.search(said.text.text):
        return not words or more[0].startswith(words[0])
    return column.first == 0 and (not words or more[-1].endswith(words[0]))


def decide(readings: Sequence[tuple[str, ...] | None]) -> int | None:
    """Which reading is right, as an index; None if nothing decides.

    A reading of None abstains. The majority of three and more decides; else some words stand
    against none, and one text against silence.
    """
    votes = Counter(reading for reading in readings if reading is not None)
    if not votes:
        return 0
    (top, count), total = votes.most_common(1)[0], votes.total()
    if len(votes) == 1 or (total >= 3 and 2 * count > total):
        return readings.index(top)
    if len(votes) == 2 and () in votes:
        return readings.index(next(reading for reading in votes if reading))
    return None


@dataclass(frozen=True)
class _Scholar:
    """Settles texts, knowing what else each witness has."""

    sources: Sequence[Source]
    groups: Sequence[_Group]
    furniture: Sequence[Sequence[tuple[Word, ...]]]  # of each witness

    def attested(self, group: _Group) -> Attested:
        """The text of a group as its witnesses together have it."""
        disputes = list(group.disputes)
        if len({said.plain for said in group.texts}) == 1:
            texts = _fullest_first(group.texts)
            disputes += _typography(texts)
            again = (*(said.text for said in texts[1:]), *group.again)
            return Attested(texts[0].text, again, tuple(disputes))
        collation = _Collation(group.texts)
        text = group.texts[0].text
        # From the end, so that earlier positions stay true.
        for zone in reversed(collation.zones()):
            verdict = self._verdict(collation, zone)
            if verdict:
                text = self._edited(text, collation, zone, verdict)
            dispute = _dispute(collation, zone, verdict)
            if dispute:
                disputes.append(dispute)
        again = (*(said.text for said in group.texts[1:]), *group.again)
        return Attested(text, again, tuple(disputes))

    def _verdict(self, collation: _Collation, zone: Zone) -> int | None:
        """Index of the witness whose reading is taken, 0 for the base; None if undecided."""
        verdict = decide(
            [
                None if column.abstains else collation.reading(zone, n)
                for n, column in enumerate(zone.columns)
            ]
        )
        if not verdict or not collation.reading(zone, verdict):
            return verdict
        taken = zone.columns[verdict]
        backed = collation.reading(zone, verdict)
        backers = sum(collation.reading(zone, n) == backed for n in range(len(zone.columns)))
        sure = backers > 1 or zone.first < zone.end or collation.has_context(zone, verdict)
        if not _can_edit(collation.texts[0], zone):
            return None
        added = collation.texts[verdict].words[taken.first : taken.end]
        witnesses = (collation.texts[0].witness, collation.texts[verdict].witness)
        return verdict if sure and not self._is_elsewhere(added, *witnesses) else None

    def _is_elsewhere(self, added: Sequence[Word], base: int, witness: int) -> bool:
        """Whether words that `witness` adds stand elsewhere in the base, and only there: a text
        of its own that the other has joined to this one, or a running head."""
        orphans = [
            said.words
            for group in self.groups
            if witness not in group.witnesses
            for said in group.texts
            if said.witness == base
        ]
        return any(_covers(added, words) for words in (*orphans, *self.furniture[base]))

    def _edited(self, text: Passage, collation: _Collation, zone: Zone, verdict: int) -> Passage:
        """The base's text with the reading of another witness in that zone."""
        base, other = collation.texts[0], collation.texts[verdict]
        there = zone.columns[verdict]
        start, end, new = _replacement(base, zone, other, there)
        seen = other.around(there.first, there.end)
        lost = zone.first == zone.end or zone.columns[0].abstains
        rule = RESTORED if lost else OUTVOTED
        return text.replace(start, end, new, rule, self._evidence(other.witness, seen))

    def _evidence(self, witness: int, seen: Passage) -> Evidence:
        source = self.sources[witness]
        spans = seen.spans
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        return Evidence(source.name, start, end, source.text[start:end])


def _can_edit(base: Said, zone: Zone) -> bool:
    """Whether no earlier edit goes over the ends of the zone: edits stay whole."""
    words = base.words
    edges = {words[zone.first - 1].end} if zone.first else set()
    edges |= {words[n].start for n in (zone.first, zone.end) if n < len(words)}
    edges |= {words[zone.end - 1].end} if zone.end else set()
    return not any(_is_inside_edit(base.text, edge) for edge in edges)


def _is_inside_edit(passage: Passage, at: int) -> bool:
    """Whether that offset into the text lies within an edit's text."""
    start = 0
    for piece in passage.pieces:
        if piece.rule and start < at < start + len(piece.text):
            return True
        start += len(piece.text)
    return False


def _covers(added: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether `words` make up part of `added`; a short text must make up all of it."""
    shared = sum(len(added[n].text) for n, _ in align(added, words))
    if len(words) < LEAST_RUN:
        return False
    enough = shared >= SAME_ELSEWHERE * sum(len(word.text) for word in words)
    whole = shared >= SAME_ELSEWHERE * sum(len(word.text) for word in added)
    return enough and (whole or len(words) >= LEAST_PART)


def _replacement(base: Said, zone: Zone, other: Said, there: Column) -> tuple[int, int, str]:
    """What to replace in the base's text, and by what, with the white space that belongs there."""
    words, text = base.words, base.text.text
    new = other.text.text
    if zone.first < zone.end and there.first < there.end:
        taken = new[other.words[there.first].start : other.words[there.end - 1].end]
        return words[zone.first].start, words[zone.end - 1].end, WHITE.sub(" ", taken)
    if zone.first < zone.end:  # words that go, with what parts them from the next
        if zone.end < len(words):
            return words[zone.first].start, words[zone.end].start, ""
        return words[zone.first - 1].end, words[zone.end - 1].end, ""
    before, after = _partings(other, there)
    taken = new[other.words[there.first].start : other.words[there.end - 1].end]
    if zone.first == 0:
        at, end, insert = words[0].start, words[0].start, taken + after
    elif zone.first == len(words):
        at, end = words[-1].end, words[-1].end
        closing = CLOSING.match(after)
        insert = before + taken
        if closing and not text.startswith(closing.group(), end):
            insert += closing.group()
    else:
        at, end = words[zone.first - 1].end, words[zone.first].start
        own = WHITE.sub(" ", text[at:end])
        if own == WHITE.sub(" ", after):
            end, insert = at, before + taken
        elif own == WHITE.sub(" ", before):
            at, insert = end, taken + after
        else:
            insert = before + taken + after
    return at, end, WHITE.sub(" ", insert)


def _partings(said: Said, column: Column) -> tuple[str, str]:
    """What stands before and after the words of a column, up to the next word."""
    words, text = said.words, said.text.text
    first, last = words[column.first], words[column.end - 1]
    before = text[words[column.first - 1].end : first.start] if column.first else " "
    after = text[last.end : words[column.end].start if column.end < len(words) else None]
    return before, after


def _dispute(collation: _Collation, zone: Zone, verdict: int | None) -> Dispute | None:
    """The report of a zone, if there is something to report: mere losses are not."""
    readings = [collation.reading(zone, n) for n in range(len(zone.columns))]
    voices = {
        reading for n, reading in enumerate(readings) if not zone.columns[n].abstains and reading
    }
    outvoted = verdict is not None and any(
        reading and reading != readings[verdict] and not zone.columns[n].abstains
        for n, reading in enumerate(readings)
    )
    if verdict is not None and len(voices) < 2 and not outvoted:
        return None
    first = verdict or 0
    order = sorted(range(len(readings)), key=lambda n: n != first)
    return Dispute(
        "witness-disagreement",
        tuple(_reported(collation.texts[n], zone.columns[n]) for n in order),
        settled=verdict is not None,
    )


def _reported(said: Said, column: Column) -> tuple[str, Passage]:
    words = said.slice(column.first, column.end).folded
    return f"“{words}”" if words else "nothing", said.around(column.first, column.end)


def _fullest_first(texts: Sequence[Said]) -> list[Said]:
    """Texts of the same words, the one whose punctuation most have first, then the fullest:
    punctuation is lost like words are."""
    bare = [_bare(said.text.folded) for said in texts]
    votes = Counter(bare)
    best = min(range(len(bare)), key=lambda n: (-votes[bare[n]], -len(bare[n]), n))
    return [texts[best], *(said for n, said in enumerate(texts) if n != best)]


def _typography(texts: Sequence[Said]) -> Iterator[Dispute]:
    """A report if texts of the same words differ in letters' case or in punctuation."""
    readings = [_bare(said.text.folded) for said in texts]
    if len(set(readings)) > 1:
        yield Dispute(
            "witness-typography",
            tuple((f"“{said.text.folded}”", said.text) for said in texts),
            settled=2 * readings.count(readings[0]) > len(readings),
        )


def _bare(text: str) -> str:
    """`text` less what is not published, and typography that says the same."""
    text = unicodedata.normalize("NFKC", NOTE_MARK.sub("", text)).translate(TYPOGRAPHY)
    return re.sub(r"\s+", "", EDGES.sub("", text))
