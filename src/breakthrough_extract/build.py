"""Grid and edits to the published nouns: the model, and the ledger that proves it."""

from __future__ import annotations

import base64
import bisect
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from breakthrough_extract.document import (
    BY_HAND,
    COMPLAINT,
    About,
    Attested,
    Change,
    Decision,
    Dispute,
    Passage,
    Piece,
    Reading,
    Section,
    Settled,
    SettledList,
    Settlement,
    Source,
    Span,
    fold,
)
from breakthrough_extract.ledger import (
    LOW_MARGIN,
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
    ItemList,
    Model,
    Note,
    Stage,
    Theme,
)
from breakthrough_extract.profile import Label, Profile
from breakthrough_extract.punctuation import ABBREVIATED, LISTED, NOTE_MARK, letters
from breakthrough_extract.wordlists import phrases

# What stands at the end of a list item because it is one of a list.
LISTED_WORD = re.compile(r"(?<=[;,])\s*(?:and|or)\s*$|[;,]\s*$|(?<![.…])\.\s*$")
REACH = 200  # characters; what stands at a text's end is no longer than this
FINAL_COLON = re.compile(r"\s*:\s*$")
QUOTE_MARKS = "'‘’\"“”«»"
NOTE_HEAD = re.compile(r"^\s*[*†‡§]+\s*")

# What is no fault where a document was read by the layout of its profile, unless the profile says
# otherwise:
# most models have no headlines, say a thing in two cells, and write their items as sentences.
STRUCTURAL_ALLOWS = (
    "missing-headline",
    "missing-stage",
    "no-indicators",
    "list-mark",
    "mixed-list",
    "open-list",
    "text-twice",
)


def build(
    readings: Sequence[Reading],
    settlement: Settlement,
    profile: Profile,
    permanent: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Model, Ledger]:
    """The model that the readings of all witnesses give together, and its ledger.

    `permanent`: identifiers that an earlier version gave, by those that the texts would get.
    """
    stream = Stream(tuple(reading.document.source for reading in readings))
    return _Builder(readings, settlement, profile, stream, permanent).build()


@dataclass(frozen=True)
class Stream:
    """All sources, one behind the other: a position alone tells whose it is."""

    sources: tuple[Source, ...]

    def at(self, position: int) -> Source:
        paddings = [source.padding for source in self.sources]
        return self.sources[bisect.bisect_right(paddings, position) - 1]

    def place(self, start: int, end: int) -> Place:
        """A run of characters as it is published: counted in its own source."""
        source = self.at(start)
        shift = source.padding
        quote = source.text[start:end]
        return Place(source=source.name, start=start - shift, end=end - shift, quote=quote)


@dataclass
class _Builder:
    readings: Sequence[Reading]
    settlement: Settlement
    profile: Profile
    stream: Stream
    permanent: Mapping[str, str]
    fields: list[FieldRecord] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)  # positions in the stream
    findings: list[Finding] = field(default_factory=list)
    disputes: list[tuple[str, str, Dispute]] = field(default_factory=list)  # cell, path, dispute
    ids: Counter[str] = field(default_factory=Counter)

    def build(self) -> tuple[Model, Ledger]:
        model = Model(
            id=self.profile.id,
            title=self.profile.title,
            allows=self._allows(),
            stages=tuple(self._stage(n, stage) for n, stage in enumerate(self.profile.stages)),
            themes=tuple(self._theme(n, theme) for n, theme in enumerate(self.profile.themes)),
        )
        self._account()
        self._report()
        ledger = Ledger(
            model=model.id,
            profile=self.profile.id,
            profile_sha256=self.profile.sha256,
            sources=tuple(self._source_record(source) for source in self.stream.sources),
            fields=tuple(self.fields),
            decisions=tuple(self._decisions()),
            findings=tuple(self.findings),
        )
        return model, ledger

    # The model, cell by cell; each text leaves its record in `fields` and `parts`.

    def _allows(self) -> tuple[str, ...]:
        if self.profile.allows is not None:
            return self.profile.allows
        structural = any(reading.outline.families for reading in self.readings)
        loose = self.profile.layout or not self._sentences
        return STRUCTURAL_ALLOWS if structural and loose else ()

    @cached_property
    def _sentences(self) -> bool:
        """Whether most lists are punctuated as one sentence: all items but the last end in `;`."""
        lists = [cell.items for cell in self.settlement.cells if len(cell.items) > 1]
        punctuated = [all(LISTED.search(i.text.folded) for i in items[:-1]) for items in lists]
        return 2 * sum(punctuated) > len(punctuated)

    def _stage(self, number: int, stage: Label) -> Stage:
        path = f"stages[{number}]"
        about = self._about(stage.id, is_stage=True)
        items = tuple(map(Attested, about.items))
        return Stage(
            id=stage.id,
            name=stage.name,
            position=number + 1,
            aliases=self._other_names(stage),
            description=self._paragraphs(stage.id, path, "description", about.description),
            items=self._listed("s", f"{path}.items", items, about.depths, stage.code),
        )

    def _other_names(self, stage: Label) -> tuple[str, ...]:
        """What else documents call a stage; nothing where labels alone were read, as ever."""
        titles = [cell.title for cell in self.settlement.cells if cell.slot == stage.id]
        return tuple(dict.fromkeys(title for title in titles if title))

    def _about(self, of: str, is_stage: bool = False) -> About:
        known = (one for one in self.settlement.about if (one.of, one.is_stage) == (of, is_stage))
        return next(known, About(of, is_stage))

    def _paragraphs(
        self, owner: str, path: str, name: str, texts: Sequence[Passage]
    ) -> tuple[str, ...]:
        return tuple(
            self._field(f"{owner}.{name}.{n + 1}", f"{path}.{name}[{n}]", text, Attested(text))
            for n, text in enumerate(text.strip() for text in texts)
        )

    def _about_line(self, owner: str, path: str, name: str, text: Passage) -> str | None:
        """A single line about a theme, without quotation marks."""
        if not text:
            return None
        return self._field(f"{owner}.{name}", f"{path}.{name}", unquoted(text), Attested(text))

    def _lists(self, path: str, lists: Iterable[SettledList], code: str) -> tuple[ItemList, ...]:
        """Named lists; their codes say which of the lists it is."""
        out: list[ItemList] = []
        for n, entry in enumerate(lists):
            where = f"{path}.lists[{n}].items"
            short = f"{code}.LIST{n + 1}"
            items = self._listed("l", where, entry.items, entry.depths, short)
            out.append(ItemList(name=entry.name, items=items))
        return tuple(out)

    def _listed(
        self,
        prefix: str,
        path: str,
        texts: Sequence[Attested],
        depths: Sequence[int],
        code: str,
    ) -> tuple[Indicator, ...]:
        """Items as the source has them, those that stand deeper under the one before.

        Where lists are punctuated as one sentence, what makes items of it is taken off.
        """
        starts = [n for n in range(len(texts)) if not depths or depths[n] == 0]
        out: list[Indicator] = []
        for place, (start, end) in enumerate(pairwise([*starts, len(texts)])):
            passage = texts[start].text.strip()
            passage = bare_item(passage) if self._sentences else passage
            id_ = self._new_id(prefix, passage.folded)
            own = f"{path}[{place}]"
            text = self._field(id_, f"{own}.text", passage, texts[start])
            under = tuple(depth - 1 for depth in depths[start + 1 : end])
            number = f"{code}.{place + 1}"
            inner = self._listed(prefix, f"{own}.items", texts[start + 1 : end], under, number)
            out.append(Indicator(id=id_, code=number, text=text, items=inner))
        return tuple(out)

    def _theme(self, number: int, theme: Label) -> Theme:
        path = f"themes[{number}]"
        about = self._about(theme.id)
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
                f"{theme.id}.{COMPLAINT}",
                f"{path}.{COMPLAINT}",
                unquoted(complaint.headline.text),
                complaint.headline,
            )
            if complaint
            else None,
            stages=tuple(cells),
            breakthrough_points=points,
            group=theme.group or None,
            question=self._about_line(theme.id, path, "question", about.question),
            motto=self._about_line(theme.id, path, "motto", about.motto),
            description=self._paragraphs(theme.id, path, "description", about.description),
            lists=self._lists(
                path,
                (
                    SettledList(entry.name, tuple(map(Attested, entry.items)), entry.depths)
                    for entry in about.lists
                ),
                theme.code,
            ),
            scale=theme.stages,
        )

    def _cell(self, theme: Label, stage: Label, section: Settled, path: str) -> Cell:
        if section.structural:
            return self._structural_cell(theme, stage, section, path)
        headline = self._headline(path, section)
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

    def _structural_cell(self, theme: Label, stage: Label, section: Settled, path: str) -> Cell:
        """A cell of a document that says itself where a text ends."""
        code = f"{theme.code}.{stage.code}"
        prose = (text.text for text in section.prose)
        headline = self._headline(path, section)
        indicators = self._listed("i", f"{path}.indicators", section.items, section.depths, code)
        stated = [letters(item.text) for item in indicators]
        nothing = len(stated) == 1 and stated[0] in {
            letters(phrase) for phrase in phrases("no_requirement")
        }
        return Cell(
            stage=stage.id,
            name=stage.name,
            headline=headline,
            indicators=indicators,
            label=section.title or None,
            prose=self._paragraphs(section.name, path, "prose", tuple(prose)),
            lists=self._lists(path, section.lists, code),
            no_requirement=nothing,
        )

    def _points(
        self, theme: Label, label: Label, section: Settled, path: str
    ) -> BreakthroughPoints:
        path = f"{path}.breakthrough_points"
        headline = self._headline(path, section)
        points = [
            BreakthroughPoint(id=id_, code=f"{theme.code}.{label.code}.{n}", text=text)
            for n, (id_, text) in enumerate(self._items("p", f"{path}.points", section.items), 1)
        ]
        for note in section.notes:
            for passage in (note.text, *note.again):
                self._parts(passage, Kind.UNRESOLVED, section.name)
        return BreakthroughPoints(headline=headline, points=tuple(points))

    def _headline(self, path: str, section: Settled) -> str | None:
        headline = section.headline
        if not headline.text:
            return None
        return self._field(
            f"{section.name}.headline", f"{path}.headline", bare_headline(headline.text), headline
        )

    def _items(
        self, prefix: str, path: str, texts: Iterable[Attested], kind: Kind = Kind.FIELD
    ) -> Iterator[tuple[str, str]]:
        """The permanent id and the wording of each text."""
        clean = unmarked_note if kind == Kind.NOTE else bare_item
        for n, text in enumerate(texts):
            passage = clean(text.text)
            id_ = self._new_id(prefix, passage.folded)
            yield id_, self._field(id_, f"{path}[{n}]" + ".text", passage, text, kind)

    def _new_id(self, prefix: str, text: str) -> str:
        """An id made from the letters of a text, so that typography does not change it."""
        digest = hashlib.sha256(letters(text).encode()).digest()
        id_ = f"{prefix}-{base64.b32encode(digest[:10])[:10].decode().lower()}"
        self.ids[id_] += 1
        if self.ids[id_] > 1:
            id_ = f"{id_}-{self.ids[id_]}"
        return self.permanent.get(id_, id_)

    def _field(
        self, id_: str, path: str, passage: Passage, text: Attested, kind: Kind = Kind.FIELD
    ) -> str:
        """`passage`, which is `text` as it is published, with its record."""
        self.fields.append(record(id_, path, passage, self.stream))
        self._parts(passage, kind, id_)
        for copy in text.again:
            self._parts(copy, Kind.REPEAT, id_)
        self.disputes += [(id_, path, dispute) for dispute in text.disputes]
        return passage.folded

    def _at(self, theme: str, slot: str) -> Settled | None:
        cells = self.settlement.cells
        return next((cell for cell in cells if (cell.theme, cell.slot) == (theme, slot)), None)

    # The ledger.

    def _account(self) -> None:
        """Everything that is no field of the model."""
        for reading in self.readings:
            self._spans(reading.document.markup, Kind.MARKUP)
        for number, reading in enumerate(self.readings):
            outside = (
                *self._outside_sections(number, reading),
                *self._outside_model(number, reading),
            )
            for passage, kind, of in outside:
                self._parts(passage, kind, of)
        for cell in self.settlement.cells:
            for passage in cell.labels:
                self._parts(passage, Kind.HEADING, cell.name)
            for passage in cell.strays:
                self._parts(passage, Kind.UNRESOLVED, cell.name)
        for copy in self.settlement.copies:
            for passage in copy.texts:
                self._parts(passage, Kind.REPEAT, copy.of)
        for passage in self.settlement.spare:
            self._parts(passage, Kind.CONTEXT)

    def _outside_sections(
        self, number: int, reading: Reading
    ) -> Iterator[tuple[Passage, Kind, str]]:
        for heading in reading.outline.headings:
            yield heading.text, Kind.HEADING, heading.theme
        for passage in reading.outline.table_heads:
            yield passage, Kind.HEADING, ""
        for passage in reading.outline.furniture:
            yield passage, Kind.FURNITURE, ""
        for passage in reading.outline.marks:
            yield passage, Kind.MARKUP, ""
        for passage in reading.outline.context:
            yield passage, Kind.CONTEXT, ""
        for copy in reading.repaired.witnessed:
            kind = Kind.FRAGMENT if copy.kind == "fragment" else Kind.REPEAT
            for passage in copy.text:
                yield passage, kind, self._name(number, copy.section)
        for passage in reading.repaired.unresolved:
            if passage not in self.settlement.explained:
                yield passage, Kind.UNRESOLVED, ""

    def _outside_model(self, number: int, reading: Reading) -> Iterator[tuple[Passage, Kind, str]]:
        """Sections that are in the text but not in the model."""
        for repeat, original in reading.outline.repeats:
            home = self._name(number, original)
            for passage in section_passages(repeat):
                yield passage, Kind.REPEAT, home
        for index, section in enumerate(reading.repaired.sections):
            if not self.settlement.homes[number][index]:
                for passage in section_passages(section):
                    if passage not in self.settlement.explained:
                        yield passage, Kind.UNRESOLVED, self._name(number, index)

    def _parts(self, passage: Passage, kind: Kind, of: str = "") -> None:
        self._spans(passage.spans, kind, of)

    def _spans(self, spans: Iterable[Span], kind: Kind, of: str = "") -> None:
        for span in spans:
            quote = self.stream.at(span.start).text[span.start : span.end]
            start = span.start + len(quote) - len(quote.lstrip())
            end = span.end - len(quote) + len(quote.rstrip())
            if end > start:
                self.parts.append(Part(start=start, end=end, kind=kind, of=of))

    def _parts_of(self, source: Source) -> list[Part]:
        return [part for part in self.parts if self.stream.at(part.start) is source]

    def _source_record(self, source: Source) -> SourceRecord:
        known = self._parts_of(source)
        parts = [*known, *unaccounted(source.text, known)]
        shift = source.padding
        return SourceRecord(
            name=source.name,
            sha256=source.sha256,
            media_type=source.media_type,
            encoding=source.encoding,
            characters=len(source.text) - shift,
            partition=tuple(
                part.model_copy(update={"start": part.start - shift, "end": part.end - shift})
                for part in sorted(parts, key=lambda part: (part.start, part.end))
            ),
        )

    def _decisions(self) -> Iterator[DecisionRecord]:
        for number, reading in enumerate(self.readings):
            source = reading.document.source
            for decision in reading.grid.decisions:
                section = reading.repaired.sections[decision.section]
                yield DecisionRecord(
                    id=self._name(number, decision.section),
                    source=source.name,
                    section=fold(f"{section.label.folded} {section.headline.folded}"),
                    start=max(section.start - source.padding, 0),
                    slot=section.slot,
                    theme=decision.theme or None,
                    score=round(decision.score, 6),
                    runner_up=decision.runner_up or None,
                    margin=round(decision.margin, 6),
                    support=round(decision.support, 6),
                    probability=decision.probability or None,
                    by_hand=bool(section.home),
                )

    def _name(self, number: int, section: int) -> str:
        """What the ledger calls a section of that witness."""
        theme = self.settlement.homes[number][section]
        slot = self.readings[number].repaired.sections[section].slot
        return f"{theme}.{slot}" if theme else f"open.{section + 1}"

    # Findings about the input.

    def _report(self) -> None:
        for number, reading in enumerate(self.readings):
            self._report_unread_pages(reading)
            self._report_untangled(reading)
            self._report_interleaved(reading)
            self._report_copies(number, reading)
            for decision in reading.grid.decisions:
                self._report_decision(number, reading, decision)
            self._report_unexplained(reading)
            self._report_cut(reading)
            self._report_unmarked(number, reading)
        self._report_given_again()
        for cell, dispute in self.settlement.disputes:
            self._report_dispute(cell, "", dispute)
        for id_, path, dispute in self.disputes:
            self._report_dispute(id_, path, dispute)

    def _report_unread_pages(self, reading: Reading) -> None:
        source = reading.document.source
        for page in source.pages:
            if page.unread:
                message = (
                    f"{source.name}: page {page.number} is a picture and was not read; to have it"
                    " recognised: pip install 'breakthrough-extract[ocr]'"
                )
                self._find("unread-page", message, ())

    def _report_untangled(self, reading: Reading) -> None:
        if reading.outline.untangled:
            message = (
                "a converter has mixed the columns; the lists were put together again by their"
                f" punctuation, order and words (least margin {reading.outline.untangled:.1f});"
                " check them, or give the PDF"
            )
            self._find("untangled", message, ())

    def _report_interleaved(self, reading: Reading) -> None:
        if not reading.outline.interleaved:
            return
        undecided = reading.outline.undecided
        message = (
            "labels stand apart from their lists: a converter has mixed the columns, and "
            "items may stand in the wrong cell; give the PDF, or text that keeps the columns"
        )
        if undecided:
            message = (
                f"a converter has mixed the columns, and of {len(undecided)} texts nothing decides"
                " which list they belong to: they are left out; give the PDF, or text that keeps"
                f" the columns; the first: {clip(undecided[0].folded)}"
            )
        severity = Severity.ERROR
        if not all(other.outline.interleaved for other in self.readings):
            name = reading.document.source.name
            message = f"{message}; nothing is taken from {name}, since another witness is whole"
            severity = Severity.WARNING
        self._find("interleaved", message, undecided, severity)

    def _report_copies(self, number: int, reading: Reading) -> None:
        for repeat, index in reading.outline.repeats:
            home = self._name(number, index)
            original = reading.outline.sections[index]
            self._find(
                "repeat",
                f"{home} is given twice; the {'same' if repeat.text == original.text else 'fuller'}"
                " text is kept",
                (repeat.headline or repeat.label, original.headline or original.label),
            )
        for copy in reading.repaired.witnessed:
            home = self._name(number, copy.section)
            what = "a clipped copy" if copy.kind == "fragment" else "a copy"
            self._find(copy.kind, f"loose text is {what} of part of {home}", copy.text)
        for variant in reading.repaired.variants:
            home = self._name(number, variant.section)
            message = (
                f"{home} reads “{variant.here.folded}”, its copy “{variant.there.folded}”; "
                "nothing was changed"
            )
            self._find("variant-reading", message, (variant.here, variant.there))

    def _report_given_again(self) -> None:
        """Cells that come twice: in one finding as far as they agree, each conflict in one."""
        copies = self.settlement.copies
        if copies:
            cells = len({copy.of for copy in copies})
            message = f"{cells} cells are given more than once; of each the fullest text is kept"
            heads = [copy.head for copy in copies]
            self._find("given-again", message, heads, Severity.INFO)
        for copy in copies:
            for taken, other in copy.differs:
                message = (
                    f"{copy.of} reads “{clip(taken.folded)}” in one place, "
                    f"“{clip(other.folded)}” in another; the first is kept"
                )
                self._find("conflict", message, (taken, other))

    def _report_unexplained(self, reading: Reading) -> None:
        source = reading.document.source
        for part in unaccounted(source.text, self._parts_of(source)):
            quote = source.text[part.start : part.end]
            passage = Passage.of(source.text, part.start, part.end)
            self._find("unread", f"text that the reader did not take: {clip(quote)}", (passage,))
        undecided = set(reading.outline.undecided)
        for passage in reading.repaired.unresolved:
            if passage not in undecided and passage not in self.settlement.explained:
                message = f"unexplained text: {clip(passage.folded)}"
                self._find("unresolved", message, (passage,))

    def _report_cut(self, reading: Reading) -> None:
        for passage in reading.document.cut:
            # Where another witness has the text whole, its halves are no text of the model.
            taken = len(self.readings) == 1 or self._in_model(passage)
            message = (
                "text is cut by the edge of the page and its other half is not proven: "
                f"{clip(passage.folded)}"
            )
            severity = Severity.ERROR if taken else Severity.WARNING
            self._find("cut-text", message, tuple(passage.lines()), severity)

    def _report_unmarked(self, number: int, reading: Reading) -> None:
        """Lists whose marks a converter lost, in one finding."""
        lists = [n for n, s in enumerate(reading.repaired.sections) if s.unmarked and s.items]
        if not lists:
            return
        heads = [reading.repaired.sections[n].headline for n in lists]
        names = ", ".join(self._name(number, n) for n in lists)
        message = f"list marks are lost; where items end is inferred in {names}"
        self._find("marks-lost", message, tuple(head for head in heads if head))

    def _in_model(self, passage: Passage) -> bool:
        starts = {span.start for span in passage.spans}
        fields = (part for part in self.parts if part.kind in (Kind.FIELD, Kind.NOTE))
        return any(part.start <= start < part.end for part in fields for start in starts)

    def _report_decision(self, number: int, reading: Reading, decision: Decision) -> None:
        section = reading.repaired.sections[decision.section]
        head = section.headline or section.label
        home = self.settlement.homes[number][decision.section]
        if not home:
            if head not in self.settlement.explained:
                message = f"a {section.slot} section is left open: {clip(head.folded)}"
                if decision.probability:
                    message += f" (its best theme is right with {decision.probability:.3f} only)"
                self._find("left-open", message, (head,))
        elif home == decision.theme and decision.margin < LOW_MARGIN and not section.home:
            other = decision.runner_up or "leaving it open"
            message = (
                f"{self._name(number, decision.section)} is little surer than {other} "
                f"(margin {decision.margin:.3f})"
            )
            self._find("low-margin", message, (head,))

    def _report_dispute(self, what: str, path: str, dispute: Dispute) -> None:
        said = ", ".join(
            f"{reading} in {self.stream.at(passage.spans[0].start).name}"
            for reading, passage in dispute.readings
            if passage.spans
        )
        outcome = "the first is taken" if dispute.settled else "nothing decides; the first is kept"
        severity = Severity.INFO if dispute.settled else Severity.WARNING
        passages = [passage for _, passage in dispute.readings]
        self._find(dispute.code, f"{what}: {said}; {outcome}", passages, severity, path)

    def _find(
        self,
        code: str,
        message: str,
        passages: Sequence[Passage],
        severity: Severity = Severity.WARNING,
        path: str = "",
    ) -> None:
        places = tuple(
            self.stream.place(passage.spans[0].start, passage.spans[-1].end)
            for passage in passages
            if passage.spans
        )
        self.findings.append(
            Finding(code=code, severity=severity, message=message, path=path, places=places)
        )


def clip(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def section_passages(section: Section) -> tuple[Passage, ...]:
    return (section.label, section.headline, *section.items, *section.notes)


# Texts as they are published. Each function returns the passage with its edits.


def bare_item(passage: Passage) -> Passage:
    """An item without the punctuation that makes it one of a list."""
    passage = passage.strip()
    text = passage.text
    end = len(text)
    while not ABBREVIATED.search(text, max(end - REACH, 0), end):
        found = LISTED_WORD.search(text, max(end - REACH, 0), end)
        if not found or found.start() == 0 or by_hand(passage, found.start(), found.end()):
            break
        end = found.start()
    return passage.replace(end, len(text), "", "list-punctuation") if end < len(text) else passage


def bare_headline(passage: Passage) -> Passage:
    """A headline without its final colon and the marks of its notes."""
    passage = passage.strip()
    passage = passage.replace_all(
        Change(*mark.span(), "", "note-mark")
        for mark in NOTE_MARK.finditer(passage.text)
        if not by_hand(passage, *mark.span())
    )
    found_colon = FINAL_COLON.search(passage.text)
    if found_colon and not by_hand(passage, found_colon.start(), found_colon.end()):
        passage = passage.replace(found_colon.start(), found_colon.end(), "", "final-colon")
    return passage


def unquoted(passage: Passage) -> Passage:
    """A complaint without its quotation marks."""
    passage = passage.strip()
    text = passage.text
    quoted = len(text) > 1 and text[0] in QUOTE_MARKS and text[-1] in QUOTE_MARKS
    if quoted and not by_hand(passage, 0, 1) and not by_hand(passage, len(text) - 1, len(text)):
        passage = passage.replace(len(text) - 1, len(text), "", "quotation-marks")
        passage = passage.replace(0, 1, "", "quotation-marks")
    return passage


def unmarked_note(passage: Passage) -> Passage:
    """A note without the mark that ties it to its word."""
    passage = passage.strip()
    found = NOTE_HEAD.match(passage.text)
    if not found or by_hand(passage, 0, found.end()):
        return passage
    return passage.replace(0, found.end(), "", "note-mark")


def by_hand(passage: Passage, start: int, end: int) -> bool:
    """Whether a person said how some of `text[start:end]` reads: then nothing is taken off."""
    at = 0
    for piece in passage.pieces:
        stop = at + len(piece.text)
        if piece.rule == BY_HAND and at < end and stop > start:
            return True
        at = stop
    return False


def record(id_: str, path: str, passage: Passage, stream: Stream) -> FieldRecord:
    """The proof of one text: its spans, the characters there, and the edits."""
    source = stream.at(passage.pieces[0].start)
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
            edits.append(_edit(len(quote), raw, piece, stream))
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


def _edit(at: int, raw: str, piece: Piece, stream: Stream) -> Edit:
    place = None
    if piece.evidence:
        place = stream.place(piece.evidence.start, piece.evidence.end)
    return Edit(
        start=at, end=at + len(raw), raw=raw, new=piece.text, rule=piece.rule, evidence=place
    )


def _located(span: Span, source: Source) -> SpanRecord:
    begin, stop = span.start - source.padding, span.end - source.padding
    if not source.boxes:
        return SpanRecord(start=begin, end=stop)
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
    confidence = None
    if source.confidence:
        confidence = round(min(source.confidence[span.start : span.end]), 4)
    return SpanRecord(start=begin, end=stop, page=page.number, box=box, confidence=confidence)


def unaccounted(text: str, parts: Sequence[Part]) -> list[Part]:
    """Entries for the non-white characters that no part holds."""
    chars = list(text)
    for part in parts:
        chars[part.start : part.end] = "\0" * (part.end - part.start)
    bare = "".join(chars)
    return [
        Part(start=found.start(), end=found.end(), kind=Kind.UNRESOLVED, of="unread")
        for found in re.finditer(r"[^\0\s]+(?:[^\S\0]+[^\0\s]+)*", bare)
    ]
