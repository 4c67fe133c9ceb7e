"""Grid and edits to the published nouns: the model, and the ledger that proves it."""

from __future__ import annotations

import base64
import bisect
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from breakthrough_extract.document import (
    COMPLAINT,
    Decision,
    Document,
    Grid,
    Outline,
    Passage,
    Piece,
    Repaired,
    Section,
    Source,
    Span,
    fold,
)
from breakthrough_extract.ledger import (
    DecisionRecord,
    Edit,
    FieldRecord,
    Finding,
    Kind,
    Ledger,
    Part,
    Place,
    Severity,
    SourceRecord,
    SpanRecord,
)
from breakthrough_extract.model import (
    BreakthroughPoint,
    BreakthroughPoints,
    Cell,
    Indicator,
    Model,
    Note,
    Stage,
    Theme,
)
from breakthrough_extract.profile import Label, Profile, ThemeName

# What stands at the end of a list item because it is one of a list.
LISTED_WORD = re.compile(r"(?<=[;,])\s*(?:and|or)\s*$|[;,]\s*$|(?<![.…])\.\s*$")
ABBREVIATED = re.compile(r"(?:\betc|\be\.?g|\bi\.?e|\bal)\.$", re.IGNORECASE)
FINAL_COLON = re.compile(r"\s*:\s*$")
QUOTE_MARKS = "'‘’\"“”«»"
NOTE_MARK = re.compile(r"(?<=\w)[*†‡§]+(?!\w)")
NOTE_HEAD = re.compile(r"^\s*[*†‡§]+\s*")

LOW_MARGIN = 0.05  # a decision less sure than this is reported


def build(
    document: Document, outline: Outline, grid: Grid, repaired: Repaired, profile: Profile
) -> tuple[Model, Ledger]:
    """The model and its ledger."""
    return _Builder(document.source, document, outline, grid, repaired, profile).build()


@dataclass
class _Builder:
    source: Source
    document: Document
    outline: Outline
    grid: Grid
    repaired: Repaired
    profile: Profile
    fields: list[FieldRecord] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)

    def build(self) -> tuple[Model, Ledger]:
        themes = tuple(self._theme(n, theme) for n, theme in enumerate(self.profile.themes))
        model = Model(
            id=self.profile.id,
            title=self.profile.title,
            stages=tuple(
                Stage(id=stage.id, name=stage.name, position=n)
                for n, stage in enumerate(self.profile.stages, 1)
            ),
            themes=themes,
        )
        self._account()
        self._report()
        ledger = Ledger(
            model=model.id,
            profile=self.profile.id,
            profile_sha256=self.profile.sha256,
            sources=(self._source_record(),),
            fields=tuple(self.fields),
            decisions=tuple(self._decisions()),
            findings=tuple(self.findings),
        )
        return model, ledger

    # The model, cell by cell; each text leaves its record in `fields` and `parts`.

    def _theme(self, number: int, theme: ThemeName) -> Theme:
        path = f"themes[{number}]"
        complaint = self._at(theme.id, COMPLAINT)
        cells: list[Cell] = []
        for stage in self.profile.stages:
            section = self._at(theme.id, stage.id)
            if section:
                cells.append(self._cell(theme, stage, section, f"{path}.stages[{len(cells)}]"))
        points = None
        if self.profile.theme_list:
            section = self._at(theme.id, self.profile.theme_list.id)
            if section:
                points = self._points(theme, self.profile.theme_list, section, path)
        return Theme(
            id=theme.id,
            name=theme.name,
            complaint=self._field(
                f"{theme.id}.{COMPLAINT}", f"{path}.{COMPLAINT}", unquoted(complaint.headline)
            )
            if complaint
            else None,
            stages=tuple(cells),
            breakthrough_points=points,
        )

    def _cell(self, theme: ThemeName, stage: Label, section: Section, path: str) -> Cell:
        home = f"{theme.id}.{stage.id}"
        headline = self._headline(home, path, section)
        self._parts(section.label, Kind.HEADING, home)
        indicators = [
            Indicator(id=id_, code=f"{theme.code}.{stage.code}.{n}", text=text)
            for n, (id_, text) in enumerate(
                self._items("i", f"{path}.indicators", section.items), 1
            )
        ]
        notes = [
            Note(id=id_, text=text)
            for id_, text in self._items("n", f"{path}.notes", section.notes, Kind.NOTE)
        ]
        return Cell(
            stage=stage.id,
            name=stage.name,
            headline=headline,
            indicators=tuple(indicators),
            notes=tuple(notes),
        )

    def _points(
        self, theme: ThemeName, label: Label, section: Section, path: str
    ) -> BreakthroughPoints:
        path, home = f"{path}.breakthrough_points", f"{theme.id}.{label.id}"
        headline = self._headline(home, path, section)
        self._parts(section.label, Kind.HEADING, home)
        points = [
            BreakthroughPoint(id=id_, code=f"{theme.code}.{label.code}.{n}", text=text)
            for n, (id_, text) in enumerate(self._items("p", f"{path}.points", section.items), 1)
        ]
        for note in section.notes:
            self._parts(note, Kind.UNRESOLVED, home)
        return BreakthroughPoints(headline=headline, points=tuple(points))

    def _headline(self, home: str, path: str, section: Section) -> str | None:
        if not section.headline:
            return None
        return self._field(f"{home}.headline", f"{path}.headline", bare_headline(section.headline))

    def _items(
        self, prefix: str, path: str, passages: Iterable[Passage], kind: Kind = Kind.FIELD
    ) -> Iterator[tuple[str, str]]:
        """The permanent id and the text of each passage."""
        clean = unmarked_note if kind == Kind.NOTE else bare_item
        for n, raw in enumerate(passages):
            passage = clean(raw)
            id_ = self._new_id(prefix, passage.folded)
            yield id_, self._field(id_, f"{path}[{n}]" + ".text", passage, kind)

    def _new_id(self, prefix: str, text: str) -> str:
        """An id made from the letters of a text, so that typography does not change it."""
        letters = "".join(char for char in text.casefold() if char.isalnum())
        digest = hashlib.sha256(letters.encode()).digest()
        id_ = f"{prefix}-{base64.b32encode(digest)[:10].decode().lower()}"
        self.ids[id_] += 1
        return id_ if self.ids[id_] == 1 else f"{id_}-{self.ids[id_]}"

    def _field(self, id_: str, path: str, passage: Passage, kind: Kind = Kind.FIELD) -> str:
        self.fields.append(record(id_, path, passage, self.source))
        self._parts(passage, kind, id_)
        return passage.folded

    def _at(self, theme: str, slot: str) -> Section | None:
        for decision in self.grid.decisions:
            section = self.repaired.sections[decision.section]
            if decision.theme == theme and section.slot == slot:
                return section
        return None

    # The ledger.

    def _account(self) -> None:
        """Everything that is no field of the model."""
        for span in self.document.markup:
            self._spans([span], Kind.MARKUP)
        for passage, kind, of in (*self._outside_sections(), *self._outside_model()):
            self._parts(passage, kind, of)

    def _outside_sections(self) -> Iterator[tuple[Passage, Kind, str]]:
        for heading in self.outline.headings:
            yield heading.text, Kind.HEADING, heading.theme
        for passage in self.outline.table_heads:
            yield passage, Kind.HEADING, ""
        for passage in self.outline.furniture:
            yield passage, Kind.FURNITURE, ""
        for copy in self.repaired.witnessed:
            kind = Kind.FRAGMENT if copy.kind == "fragment" else Kind.REPEAT
            for passage in copy.text:
                yield passage, kind, self._name(copy.section)
        for passage in self.repaired.unresolved:
            yield passage, Kind.UNRESOLVED, ""

    def _outside_model(self) -> Iterator[tuple[Passage, Kind, str]]:
        """Sections that are in the text but not in the model."""
        for repeat, original in self.outline.repeats:
            home = self._name(self.outline.sections.index(original))
            for passage in section_passages(repeat):
                yield passage, Kind.REPEAT, home
        for decision in self.grid.decisions:
            if not decision.theme:
                for passage in section_passages(self.repaired.sections[decision.section]):
                    yield passage, Kind.UNRESOLVED, self._name(decision.section)

    def _parts(self, passage: Passage, kind: Kind, of: str = "") -> None:
        self._spans(passage.spans, kind, of)

    def _spans(self, spans: Iterable[Span], kind: Kind, of: str = "") -> None:
        for span in spans:
            quote = self.source.text[span.start : span.end]
            start = span.start + len(quote) - len(quote.lstrip())
            end = span.end - len(quote) + len(quote.rstrip())
            if end > start:
                self.parts.append(Part(start=start, end=end, kind=kind, of=of))

    def _source_record(self) -> SourceRecord:
        parts = [*self.parts, *unaccounted(self.source.text, self.parts)]
        return SourceRecord(
            name=self.source.name,
            sha256=self.source.sha256,
            media_type=self.source.media_type,
            encoding=self.source.encoding,
            characters=len(self.source.text),
            partition=tuple(sorted(parts, key=lambda part: (part.start, part.end))),
        )

    def _decisions(self) -> Iterator[DecisionRecord]:
        for decision in self.grid.decisions:
            section = self.repaired.sections[decision.section]
            yield DecisionRecord(
                id=self._name(decision.section),
                section=fold(f"{section.label.folded} {section.headline.folded}"),
                start=section.start,
                slot=section.slot,
                theme=decision.theme or None,
                score=round(decision.score, 6),
                runner_up=decision.runner_up or None,
                margin=round(decision.margin, 6),
            )

    def _name(self, section: int) -> str:
        """What the ledger calls a section."""
        decision = self.grid.decisions[section]
        slot = self.repaired.sections[section].slot
        return f"{decision.theme}.{slot}" if decision.theme else f"open.{section + 1}"

    # Findings about the input.

    def _report(self) -> None:
        if self.outline.interleaved:
            message = (
                "labels stand apart from their lists: a converter has mixed the columns, and "
                "items may stand in the wrong cell; give the PDF, or text that keeps the columns"
            )
            self.findings.append(
                Finding(code="interleaved", severity=Severity.ERROR, message=message)
            )
        for repeat, original in self.outline.repeats:
            home = self._name(self.outline.sections.index(original))
            self._find(
                "repeat",
                f"{home} is given twice; the {'same' if repeat.text == original.text else 'fuller'}"
                " text is kept",
                (repeat.headline or repeat.label, original.headline or original.label),
            )
        for copy in self.repaired.witnessed:
            home = self._name(copy.section)
            what = "a clipped copy" if copy.kind == "fragment" else "a copy"
            self._find(copy.kind, f"loose text is {what} of part of {home}", copy.text)
        for variant in self.repaired.variants:
            home = self._name(variant.section)
            message = (
                f"{home} reads “{variant.here.folded}”, its copy “{variant.there.folded}”; "
                "nothing was changed"
            )
            self._find("variant-reading", message, (variant.here, variant.there))
        for decision in self.grid.decisions:
            self._report_decision(decision)
        for part in unaccounted(self.source.text, self.parts):
            quote = self.source.text[part.start : part.end]
            passage = Passage.of(self.source.text, part.start, part.end)
            self._find("unread", f"text that the reader did not take: {clip(quote)}", (passage,))
        for passage in self.repaired.unresolved:
            self._find("unresolved", f"unexplained text: {clip(passage.folded)}", (passage,))

    def _report_decision(self, decision: Decision) -> None:
        section = self.repaired.sections[decision.section]
        head = section.headline or section.label
        if not decision.theme:
            message = f"a {section.slot} section is left open: {clip(head.folded)}"
            self._find("left-open", message, (head,))
        elif decision.margin < LOW_MARGIN:
            other = decision.runner_up or "leaving it open"
            message = (
                f"{self._name(decision.section)} is little surer than {other} "
                f"(margin {decision.margin:.3f})"
            )
            self._find("low-margin", message, (head,))

    def _find(self, code: str, message: str, passages: Sequence[Passage]) -> None:
        places = tuple(
            Place(
                source=self.source.name,
                start=passage.spans[0].start,
                end=passage.spans[-1].end,
                quote=self.source.text[passage.spans[0].start : passage.spans[-1].end],
            )
            for passage in passages
            if passage.spans
        )
        self.findings.append(
            Finding(code=code, severity=Severity.WARNING, message=message, places=places)
        )


def clip(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def section_passages(section: Section) -> tuple[Passage, ...]:
    return (section.label, section.headline, *section.items, *section.notes)


# Texts as they are published. Each function returns the passage with its edits.


def bare_item(passage: Passage) -> Passage:
    """An item without the punctuation that makes it one of a list."""
    passage = passage.strip()
    while not ABBREVIATED.search(passage.text):
        found = LISTED_WORD.search(passage.text)
        if not found or found.start() == 0:
            break
        passage = passage.replace(found.start(), found.end(), "", "list-punctuation")
    return passage


def bare_headline(passage: Passage) -> Passage:
    """A headline without its final colon and the marks of its notes."""
    passage = passage.strip()
    for found in reversed(list(NOTE_MARK.finditer(passage.text))):
        passage = passage.replace(found.start(), found.end(), "", "note-mark")
    found_colon = FINAL_COLON.search(passage.text)
    if found_colon:
        passage = passage.replace(found_colon.start(), found_colon.end(), "", "final-colon")
    return passage


def unquoted(passage: Passage) -> Passage:
    """A complaint without its quotation marks."""
    passage = passage.strip()
    text = passage.text
    if len(text) > 1 and text[0] in QUOTE_MARKS and text[-1] in QUOTE_MARKS:
        passage = passage.replace(len(text) - 1, len(text), "", "quotation-marks")
        passage = passage.replace(0, 1, "", "quotation-marks")
    return passage


def unmarked_note(passage: Passage) -> Passage:
    """A note without the mark that ties it to its word."""
    passage = passage.strip()
    found = NOTE_HEAD.match(passage.text)
    return passage.replace(0, found.end(), "", "note-mark") if found else passage


def record(id_: str, path: str, passage: Passage, source: Source) -> FieldRecord:
    """The proof of one text: its spans, the characters there, and the edits."""
    spans: list[Span] = []
    quote = ""
    edits: list[Edit] = []
    for n, piece in enumerate(passage.pieces):
        raw = source.text[piece.start : piece.end]
        if piece.start < piece.end and spans and spans[-1].end == piece.start:
            spans[-1] = Span(spans[-1].start, piece.end)
        elif piece.start < piece.end:
            spans.append(Span(piece.start, piece.end))
        elif not piece.text.strip():
            raw = _gap(source.text, spans, passage.pieces[n + 1 :])
            if spans and source.text.startswith(raw, spans[-1].end):
                spans[-1] = Span(spans[-1].start, spans[-1].end + len(raw))
        if piece.rule:
            edits.append(_edit(len(quote), raw, piece))
        quote += raw
    return FieldRecord(
        id=id_,
        path=path,
        source=source.name,
        spans=tuple(_located(span, source) for span in spans),
        quote=quote,
        edits=tuple(edits),
    )


def _gap(text: str, spans: Sequence[Span], rest: Sequence[Piece]) -> str:
    """What parts two pieces in a quote: the white space that does in the source, or, where
    other text lies between, a line break."""
    before = spans[-1].end if spans else 0
    after = next((piece.start for piece in rest if piece.start < piece.end), before)
    gap = text[before:after] if before <= after else "\n"
    return gap if not gap.strip() and gap else "\n"


def _edit(at: int, raw: str, piece: Piece) -> Edit:
    place = None
    if piece.evidence:
        known = piece.evidence
        place = Place(source=known.source, start=known.start, end=known.end, quote=known.quote)
    return Edit(
        start=at, end=at + len(raw), raw=raw, new=piece.text, rule=piece.rule, evidence=place
    )


def _located(span: Span, source: Source) -> SpanRecord:
    if not source.boxes:
        return SpanRecord(start=span.start, end=span.end)
    starts = [page.span.start for page in source.pages]
    page = source.pages[max(bisect.bisect_right(starts, span.start) - 1, 0)]
    boxes = [box for box in source.boxes[span.start : span.end] if box]
    box = None
    if boxes:
        box = (
            round(min(b.x0 for b in boxes), 2),
            round(min(b.top for b in boxes), 2),
            round(max(b.x1 for b in boxes), 2),
            round(max(b.bottom for b in boxes), 2),
        )
    return SpanRecord(start=span.start, end=span.end, page=page.number, box=box)


def unaccounted(text: str, parts: Sequence[Part]) -> list[Part]:
    """Entries for the non-white characters that no part holds."""
    covered = bytearray(len(text))
    for part in parts:
        covered[part.start : part.end] = b"\1" * (part.end - part.start)
    bare = "".join("\0" if covered[n] else char for n, char in enumerate(text))
    return [
        Part(start=found.start(), end=found.end(), kind=Kind.UNRESOLVED, of="unread")
        for found in re.finditer(r"[^\0\s]+(?:[^\S\0]+[^\0\s]+)*", bare)
    ]
