"""Model, ledger and source texts to the nouns of the page. Pure: no file, no HTML."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from breakthrough_extract.document import COMPLAINT, Source
from breakthrough_extract.ledger import (
    LOW_CONFIDENCE,
    Edit,
    FieldRecord,
    Finding,
    Ledger,
    Place,
    SourceRecord,
)
from breakthrough_extract.model import Cell, Model, Noun, Theme
from breakthrough_extract.report.anchors import anchors_of
from breakthrough_extract.report.apparatus import (
    correction_view,
    decision_view,
    finding_view,
    rules_of,
)
from breakthrough_extract.report.compare import changes_view
from breakthrough_extract.report.nouns import (
    CellView,
    Column,
    DecisionView,
    Report,
    Run,
    Segment,
    SourceView,
    TextView,
    ThemeView,
)
from breakthrough_extract.report.sources import (
    chunks_of,
    pages_of,
    segments_of,
    shares_of,
)
from breakthrough_extract.report.texts import changes_words, runs_of
from breakthrough_extract.versions.changes import Changes

LIST = "breakthrough_points"  # what the model's file calls the list that a theme has
KNOWN = {"id", "code", "text"}  # fields of an item that have a place of their own
ROLES = {"complaint": "Complaint", "headline": "Headline", "note": "Note"}

Pictures = Mapping[str, Mapping[int, bytes]]  # WebP, by name of the source and page, 1-based


def view(
    model: Model,
    ledger: Ledger,
    sources: Mapping[str, Source],
    pictures: Pictures,
    changes: Changes | None = None,
    version: str = "",
) -> Report:
    """The page of a model.

    `sources` holds the texts that are at hand, by the sha256 of their files; of a source that
    is not there, the page shows the quotes that the ledger has. `version` is for the review's
    server, which is asked for changes of that version only.
    """
    list_id = _list_id(model, ledger)
    builder = _View(model, ledger, anchors_of(model, list_id), list_id)
    themes = tuple(builder.themes())
    return Report(
        title=model.title,
        draft=model.draft,
        facts=tuple(_facts(model, ledger, sources)),
        columns=builder.columns,
        themes=themes,
        sources=tuple(builder.sources(sources, pictures, _texts_in(themes))),
        rules=rules_of(ledger, builder.anchors, builder.edit_anchors),
        decisions=tuple(sorted(builder.decisions.values(), key=lambda view: view.margin)),
        findings=tuple(
            finding_view(n, finding, ledger, builder.owners_of(finding), builder.anchors)
            for n, finding in enumerate(ledger.findings)
        ),
        corrections=tuple(correction_view(record, ledger) for record in ledger.corrections),
        data={
            "model": model.model_dump(mode="json", by_alias=True),
            "version": version,
            "list": list_id,
            "sources": [{"name": s.name, "sha256": s.sha256} for s in ledger.sources],
        },
        changes=changes_view(changes, builder.anchors) if changes is not None else None,
    )


def _list_id(model: Model, ledger: Ledger) -> str:
    """What the ledger calls the list of a theme: profiles have their own names for it."""
    for record in ledger.fields:
        for n, theme in enumerate(model.themes):
            if record.path == f"themes[{n}].{LIST}.headline":
                return record.id.removeprefix(f"{theme.id}.").removesuffix(".headline")
    stages = {stage.id for stage in model.stages}
    slots = [d.slot for d in ledger.decisions if d.slot not in stages and d.slot != COMPLAINT]
    return slots[0] if slots else LIST


def _facts(
    model: Model, ledger: Ledger, sources: Mapping[str, Source]
) -> Iterator[tuple[str, str]]:
    """The figures at the top of the page."""
    indicators = sum(len(cell.indicators) for theme in model.themes for cell in theme.stages)
    lists = [theme.breakthrough_points for theme in model.themes if theme.breakthrough_points]
    yield "themes × stages", f"{len(model.themes)} × {len(model.stages)}"
    yield "indicators", f"{indicators:,}"
    if lists:
        yield "points", f"{sum(len(entry.points) for entry in lists):,}"
    if ledger.sources:
        yield "source characters", f"{sum(record.characters for record in ledger.sources):,}"
        lost = [_unaccounted(record, sources.get(record.sha256)) for record in ledger.sources]
        known = [count for count in lost if count is not None]
        yield (
            "in no entry of the ledger",
            f"{sum(known):,}" if len(known) == len(lost) else "not checked",
        )
        yield "edits", f"{sum(len(record.edits) for record in ledger.fields):,}"
        yield "findings", f"{len(ledger.findings):,}"


def _unaccounted(record: SourceRecord, source: Source | None) -> int | None:
    """Characters of the source, white ones aside, in no entry; None without its text."""
    if source is None:
        return None
    count, at = 0, 0
    for part in sorted(record.partition, key=lambda part: part.start):
        count += len("".join(source.text[at : part.start].split()))
        at = max(at, part.end)
    return count + len("".join(source.text[at:].split()))


@dataclass
class _View:
    """What all parts of the page are made from, each index made once."""

    model: Model
    ledger: Ledger
    anchors: dict[str, str]  # by what the ledger calls a thing
    list_id: str  # what the ledger calls the list of a theme

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        stages = [Column(stage.id, stage.name) for stage in self.model.stages]
        lists = any(theme.breakthrough_points for theme in self.model.themes)
        return (
            *stages,
            *([Column(self.list_id, LIST.replace("_", " ").capitalize())] if lists else []),
        )

    @cached_property
    def records(self) -> dict[str, FieldRecord]:
        return {record.path: record for record in self.ledger.fields}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The place of each source in the ledger, 0-based, by name."""
        return {record.name: n for n, record in enumerate(self.ledger.sources)}

    @cached_property
    def starts(self) -> list[list[int]]:
        """For each source, where the entries of its partition begin, ascending."""
        return [[part.start for part in record.partition] for record in self.ledger.sources]

    @cached_property
    def edit_anchors(self) -> dict[str, tuple[str, ...]]:
        """The anchors of a record's edits, by the record's path."""
        out: dict[str, tuple[str, ...]] = {}
        number = 0
        for record in self.ledger.fields:
            out[record.path] = tuple(f"e-{number + n}" for n in range(len(record.edits)))
            number += len(record.edits)
        return out

    @cached_property
    def decisions(self) -> dict[tuple[str, str, int], DecisionView]:
        """By cell, source and start of the section."""
        greatest = max((decision.margin for decision in self.ledger.decisions), default=0.0)
        return {
            (decision.id, decision.source, decision.start): decision_view(
                decision, self.numbers[decision.source], self.anchors, greatest
            )
            for decision in self.ledger.decisions
            if decision.source in self.numbers
        }

    @cached_property
    def decided(self) -> dict[str, DecisionView]:
        """By cell, the least sure of its decisions."""
        out: dict[str, DecisionView] = {}
        for (id_, _, _), decision in self.decisions.items():
            if id_ not in out or decision.margin < out[id_].margin:
                out[id_] = decision
        return out

    @cached_property
    def owners(self) -> dict[str, str]:
        """By path of a text, of its cell and of its theme, what the ledger calls it."""
        out = {record.path: record.id for record in self.ledger.fields}
        for n, theme in enumerate(self.model.themes):
            out[f"themes[{n}]"] = theme.id
            out[f"themes[{n}].{LIST}"] = f"{theme.id}.{self.list_id}"
            for m, cell in enumerate(theme.stages):
                out[f"themes[{n}].stages[{m}]"] = f"{theme.id}.{cell.stage}"
        return out

    @cached_property
    def found(self) -> dict[str, tuple[int, ...]]:
        """The findings, by what they are about."""
        out: dict[str, list[int]] = {}
        for n, finding in enumerate(self.ledger.findings):
            for owner in self.owners_of(finding):
                out.setdefault(owner, []).append(n)
        return {owner: tuple(numbers) for owner, numbers in out.items()}

    def owners_of(self, finding: Finding) -> tuple[str, ...]:
        """What of the model a finding is about: by its path, else by its places."""
        path = finding.path
        while path:
            if path in self.owners:
                return (self.owners[path],)
            path = path.rpartition(".")[0]
        found = (of for place in finding.places for of in self._owners_at(place))
        return tuple(dict.fromkeys(of for of in found if of in self.anchors))

    def _owners_at(self, place: Place) -> Iterator[str]:
        if place.source not in self.numbers:
            return
        number = self.numbers[place.source]
        partition = self.ledger.sources[number].partition
        first = max(bisect_right(self.starts[number], place.start) - 1, 0)
        for part in islice(partition, first, None):
            if part.start >= place.end:
                return
            if part.end > place.start and part.of:
                yield part.of

    # The model.

    def themes(self) -> Iterator[ThemeView]:
        for n, theme in enumerate(self.model.themes):
            path = f"themes[{n}]"
            cells = tuple(self._cells(path, theme))
            complaint = None
            if theme.complaint is not None:
                complaint = self._text(
                    f"{theme.id}.complaint", f"{path}.complaint", theme.complaint, "complaint"
                )
            findings = {f for cell in cells for f in cell.findings} | set(self._found(theme.id))
            findings |= set(complaint.findings if complaint else ())
            yield ThemeView(
                anchor=self.anchors[theme.id],
                id=theme.id,
                name=theme.name,
                complaint=complaint,
                cells=cells,
                findings=tuple(sorted(findings)),
            )

    def _cells(self, path: str, theme: Theme) -> Iterator[CellView]:
        """One a column, in the order of the columns."""
        have = {cell.stage: (n, cell) for n, cell in enumerate(theme.stages)}
        for column in self.columns:
            id_ = f"{theme.id}.{column.id}"
            if column.id == self.list_id and theme.breakthrough_points:
                points = theme.breakthrough_points
                where = f"{path}.{LIST}"
                items = self._items(f"{where}.points", points.points)
                yield self._cell(theme, column, where, points.headline, items, ())
            elif column.id in have:
                n, cell = have[column.id]
                where = f"{path}.stages[{n}]"
                items = self._items(f"{where}.indicators", cell.indicators)
                notes = self._notes(f"{where}.notes", cell)
                yield self._cell(theme, column, where, cell.headline, items, notes)
            else:
                yield CellView(
                    anchor=f"none-{id_}",
                    id=id_,
                    theme=theme.id,
                    stage=column.id,
                    name=column.name,
                    missing=True,
                )

    def _cell(
        self,
        theme: Theme,
        column: Column,
        path: str,
        headline: str | None,
        items: Iterable[TextView],
        notes: Iterable[TextView],
    ) -> CellView:
        id_ = f"{theme.id}.{column.id}"
        head = None
        if headline is not None:
            head = self._text(f"{id_}.headline", f"{path}.headline", headline, "headline")
        items, notes = tuple(items), tuple(notes)
        texts = (*([head] if head else []), *items, *notes)
        inner = {n for text in texts for n in text.findings}
        own = tuple(n for n in self._found(id_) if n not in inner)
        return CellView(
            anchor=self.anchors[id_],
            id=id_,
            theme=theme.id,
            stage=column.id,
            name=column.name,
            headline=head,
            items=items,
            notes=notes,
            edits=sum(len(text.edits) for text in texts),
            findings=tuple(sorted({*inner, *own})),
            own=own,
            decision=self.decided.get(id_),
            unsure=any(text.unsure for text in texts),
        )

    def _items(self, path: str, items: Sequence[Noun]) -> Iterator[TextView]:
        for n, item in enumerate(items):
            fields = item.model_dump(mode="json")
            extras = tuple(
                (name.replace("_", " "), str(value))
                for name, value in fields.items()
                if name not in KNOWN and value not in (None, "", [], {})
            )
            where = f"{path}[{n}].text"
            yield self._text(fields["id"], where, fields["text"], "item", fields["code"], extras)

    def _notes(self, path: str, cell: Cell) -> Iterator[TextView]:
        for n, note in enumerate(cell.notes):
            yield self._text(note.id, f"{path}[{n}].text", note.text, "note")

    def _text(
        self,
        id_: str,
        path: str,
        text: str,
        role: str,
        label: str = "",
        extras: tuple[tuple[str, str], ...] = (),
    ) -> TextView:
        record = self.records.get(path)
        edits = record.edits if record else ()
        anchors = self.edit_anchors.get(path, ())
        return TextView(
            anchor=self.anchors[id_],
            id=id_,
            label=label or ROLES[role],
            role=role,  # type: ignore[arg-type]
            text=text,
            path=path,
            runs=runs_of(record, text, anchors) if record else (Run(text),),
            places=self._places(record) if record else "",
            edits=tuple(_wordings(edits, anchors)),
            findings=self._found(id_),
            unsure=record is not None and _is_unsure(record),
            extras=extras,
        )

    def _places(self, record: FieldRecord) -> str:
        number = self.numbers.get(record.source)
        if number is None:
            return ""
        return " ".join(f"{number}:{span.start}-{span.end}" for span in record.spans)

    def _found(self, id_: str) -> tuple[int, ...]:
        return self.found.get(id_, ())

    # The sources.

    def sources(
        self, sources: Mapping[str, Source], pictures: Pictures, texts: Sequence[TextView]
    ) -> Iterator[SourceView]:
        for n, record in enumerate(self.ledger.sources):
            source = sources.get(record.sha256)
            text = source.text if source else None
            quoted = [t for t in texts if t.places.startswith(f"{n}:")] if text is None else []
            yield SourceView(
                number=n,
                name=record.name,
                sha256=record.sha256,
                media_type=record.media_type,
                characters=record.characters,
                shares=shares_of(record, text),
                chunks=self._chunks(n, record, text) if text is not None else (),
                quotes=tuple(quoted),
                pages=pages_of(source, record, pictures.get(record.name, {}), self.anchors)
                if source
                else (),
            )

    def _chunks(
        self, number: int, record: SourceRecord, text: str
    ) -> tuple[tuple[Segment, ...], ...]:
        found = [p for finding in self.ledger.findings for p in finding.places]
        proven = [e.evidence for r in self.ledger.fields for e in r.edits if e.evidence]
        begins = [
            Place(source=decision.source, start=decision.start, end=decision.start)
            for decision in self.ledger.decisions
        ]
        decided = [c.place for c in self.ledger.corrections if c.place]
        here = [p for p in (*found, *decided) if p.source == record.name]
        return chunks_of(
            segments_of(
                text,
                record.partition,
                number,
                self.anchors,
                here,
                [p for p in (*proven, *begins) if p.source == record.name],
            )
        )


def _texts_in(themes: Iterable[ThemeView]) -> tuple[TextView, ...]:
    """All texts of the page, in the order of the model."""
    return tuple(
        text
        for theme in themes
        for text in (
            theme.complaint,
            *(t for cell in theme.cells for t in (cell.headline, *cell.items, *cell.notes)),
        )
        if text is not None
    )


def _wordings(edits: Sequence[Edit], anchors: Sequence[str]) -> Iterator[str]:
    for edit, anchor in zip(edits, anchors, strict=True):
        if changes_words(edit):
            yield anchor


def _is_unsure(record: FieldRecord) -> bool:
    return any(
        span.confidence is not None and span.confidence < LOW_CONFIDENCE for span in record.spans
    )
