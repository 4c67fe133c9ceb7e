"""The nouns of the page: what the templates show, ready to be shown.

Everything is plain and immutable; nothing here knows of HTML. An `anchor` is the fragment
that a link to a thing ends with, without the `#`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from breakthrough_extract.ledger import Kind, Severity

Depth = Literal["", "ins", "del"]
Role = Literal["complaint", "question", "motto", "description", "headline", "prose", "item", "note"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a published text: kept, put in by an edit, or taken out by one."""

    text: str
    depth: Depth = ""
    edit: str = ""  # anchor of the edit in the apparatus; "" for what is kept


@dataclass(frozen=True, slots=True)
class Link:
    """A place of the page."""

    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class TextView:
    """One text of the model."""

    anchor: str
    id: str  # what the ledger calls it
    label: str  # for people: its code, or what it is
    role: Role
    text: str
    path: str  # `themes[3].stages[1].indicators[2].text`
    runs: tuple[Run, ...]
    places: str = ""  # `SOURCE:START-END …`: number of the source, code points, 0-based, exclusive
    edits: tuple[str, ...] = ()  # anchors of the edits that change words
    findings: tuple[int, ...] = ()  # indices into Report.findings, 0-based
    unsure: bool = False  # recognised on a picture, and not surely
    extras: tuple[tuple[str, str], ...] = ()  # fields of later versions of the schema
    items: tuple[TextView, ...] = ()  # what is listed under it


@dataclass(frozen=True, slots=True)
class ListView:
    """A list under a name of its own."""

    name: str
    items: tuple[TextView, ...]
    anchor: str = ""  # only of lists of a theme


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Why a section stands under its theme."""

    id: str  # `theme.stage`
    where: Link
    section: str
    start: Link  # where the section begins in its source
    theme: str  # "" if left open
    score: float
    runner_up: str  # "" if the second best is to leave it open
    margin: float
    share: float  # of the greatest margin, 0..1
    low: bool
    by_hand: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """One theme at one stage, or its list; `missing` where the model has none."""

    anchor: str
    id: str  # `theme.stage`
    theme: str  # id
    stage: str  # id of the column
    name: str
    missing: bool = False
    unscaled: bool = False  # missing because the theme has no such stage
    label: str = ""  # what the source calls the stage here
    nothing: bool = False  # the source says that nothing is asked
    headline: TextView | None = None
    prose: tuple[TextView, ...] = ()
    items: tuple[TextView, ...] = ()
    lists: tuple[ListView, ...] = ()
    notes: tuple[TextView, ...] = ()
    count: int = 0  # items, those of lists and under items included
    edits: int = 0  # that change words
    findings: tuple[int, ...] = ()  # those of its texts included
    own: tuple[int, ...] = ()  # those of no text of it
    decision: DecisionView | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One row of the matrix."""

    anchor: str
    id: str
    name: str
    complaint: TextView | None
    cells: tuple[CellView, ...]  # one a column
    group: str = ""
    about: tuple[TextView, ...] = ()  # question, motto, description
    lists: tuple[ListView, ...] = ()
    count: int = 0  # items of the lists


@dataclass(frozen=True, slots=True)
class StageView:
    """What is said of a stage whatever the theme."""

    anchor: str
    id: str
    name: str
    aliases: tuple[str, ...]
    description: tuple[TextView, ...]
    items: tuple[TextView, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One stage, or the list that themes have beside the stages."""

    id: str  # as the ledger has it
    name: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A run of source characters that something rests on."""

    where: Link
    quote: str


@dataclass(frozen=True, slots=True)
class EditView:
    """One emendation, with some of the text around it."""

    anchor: str
    where: Link
    before: str
    raw: str
    new: str
    after: str
    evidence: PlaceView | None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class RuleView:
    """All edits of one rule."""

    name: str
    meaning: str  # "" if the page does not know the rule
    edits: tuple[EditView, ...]
    wording: bool  # whether some of its edits change words


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One decision of a person."""

    action: str
    decision: str
    source: str
    place: PlaceView | None
    reason: str  # why it was not carried out; "" if it was
    note: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding, with the places of the page that it is about."""

    number: int
    anchor: str
    code: str
    severity: Severity
    message: str
    model: tuple[Link, ...]
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of source text that is one thing; `kind` is None between the ledger's entries."""

    start: int  # code points, 0-based
    text: str  # what is shown: as long as what stands there
    kind: Kind | None = None
    of: str = ""
    anchor: str = ""  # only where something links to it
    link: str = ""  # anchor of what it belongs to in the model
    finding: bool = False
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a source is of one kind."""

    kind: Kind
    characters: int  # that are not white
    percent: float
    left: float  # percent of the kinds before it: where its bar begins


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A line of a run of text on a page, in points from the page's top left corner."""

    x: float
    y: float
    width: float
    height: float
    kind: Kind
    of: str
    link: str
    start: int  # of the run in the source


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of a paged source."""

    number: int  # 1-based
    width: float  # points
    height: float
    picture: str  # a `data:` address; "" if there is none
    rectangles: tuple[Rectangle, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source: its text coloured by the ledger, or, without the text, its quotes."""

    number: int  # 0-based
    name: str
    sha256: str
    media_type: str
    characters: int
    shares: tuple[Share, ...]
    chunks: tuple[tuple[Segment, ...], ...] = ()  # of the whole text, in order
    quotes: tuple[TextView, ...] = ()  # where the text is not at hand
    pages: tuple[PageView, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One difference to an earlier version."""

    role: str
    place: str  # in words, where it stands or stood
    where: Link  # in this version; without an anchor if it is gone
    runs: tuple[Run, ...]  # what was kept, put in and taken out
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangesView:
    """All differences to an earlier version, in groups by kind."""

    old: str
    new: str
    severity: str  # "" if nothing changed
    bump: str
    groups: tuple[tuple[str, tuple[ChangeView, ...]], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page."""

    title: str
    draft: bool
    facts: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    themes: tuple[ThemeView, ...]
    sources: tuple[SourceView, ...]
    rules: tuple[RuleView, ...]
    decisions: tuple[DecisionView, ...]
    findings: tuple[FindingView, ...]
    corrections: tuple[CorrectionView, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)  # for the page's scripts
    changes: ChangesView | None = None
    stages: tuple[StageView, ...] = ()  # those of which something is said
    headed: bool = True  # whether a cell of this kind of model has a headline
