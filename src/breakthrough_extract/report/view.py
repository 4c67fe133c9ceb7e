"""Model, ledger and source texts to the nouns of the page. Pure: no file, no HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from breakthrough_extract.document import Source
from breakthrough_extract.ledger import Ledger, Place, SourceRecord
from breakthrough_extract.model import Model, nested
from breakthrough_extract.report.apparatus import (
    correction_view,
    decision_view,
    finding_view,
    rules_of,
)
from breakthrough_extract.report.compare import changes_view
from breakthrough_extract.report.index import Index
from breakthrough_extract.report.nouns import DecisionView, Report, Segment, SourceView, TextView
from breakthrough_extract.report.sources import chunks_of, pages_of, segments_of, shares_of
from breakthrough_extract.report.themes import columns_of, stages_of, texts_in, themes_of
from breakthrough_extract.versions.changes import Changes

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
    index = Index(model, ledger)
    decisions = _decisions(index)
    # Where witnesses decided apart, the cell shows the least sure.
    themes = tuple(themes_of(index, {d.id: d for d in reversed(decisions)}))
    stages = tuple(stages_of(index))
    return Report(
        title=model.title,
        draft=model.draft,
        facts=tuple(_facts(model, ledger, sources)),
        columns=columns_of(index),
        themes=themes,
        sources=tuple(_sources(index, sources, pictures, texts_in(themes, stages))),
        rules=rules_of(ledger, index.anchors, index.edit_anchors),
        decisions=decisions,
        findings=tuple(
            finding_view(n, finding, ledger, index.owners_of(finding), index.anchors)
            for n, finding in enumerate(ledger.findings)
        ),
        corrections=tuple(correction_view(record, ledger) for record in ledger.corrections),
        data={
            "model": model.model_dump(mode="json", by_alias=True),
            "list": index.list_id,
            "sources": [{"name": s.name, "sha256": s.sha256} for s in ledger.sources],
            "version": version,
        },
        changes=changes_view(changes, index.anchors) if changes is not None else None,
        stages=stages,
        headed="missing-headline" not in model.allows,
    )


def _facts(
    model: Model, ledger: Ledger, sources: Mapping[str, Source]
) -> Iterator[tuple[str, str]]:
    """The figures at the top of the page."""
    cells = [cell for theme in model.themes for cell in theme.stages]
    indicators = sum(1 for cell in cells for _ in nested(cell.indicators))
    named = [entry for cell in cells for entry in cell.lists]
    named += [entry for theme in model.themes for entry in theme.lists]
    lists = [theme.breakthrough_points for theme in model.themes if theme.breakthrough_points]
    yield "themes × stages", f"{len(model.themes)} × {len(model.stages)}"
    yield "indicators", f"{indicators:,}"
    if lists:
        yield "points", f"{sum(len(entry.points) for entry in lists):,}"
    if named:
        yield "items of named lists", f"{sum(1 for one in named for _ in nested(one.items)):,}"
    if ledger.sources:
        yield "source characters", f"{sum(record.characters for record in ledger.sources):,}"
        lost = [_unaccounted(record, sources.get(record.sha256)) for record in ledger.sources]
        known = [count for count in lost if count is not None]
        yield "in no entry of the ledger", _total(known) if len(known) == len(lost) else "unknown"
        yield "edits", f"{sum(len(record.edits) for record in ledger.fields):,}"
        yield "findings", f"{len(ledger.findings):,}"


def _total(counts: Sequence[int]) -> str:
    return f"{sum(counts):,}"


def _unaccounted(record: SourceRecord, source: Source | None) -> int | None:
    """Characters of the source, white ones aside, in no entry; None without its text."""
    if source is None:
        return None
    count, at = 0, 0
    for part in sorted(record.partition, key=lambda part: part.start):
        count += len("".join(source.text[at : part.start].split()))
        at = max(at, part.end)
    return count + len("".join(source.text[at:].split()))


def _decisions(index: Index) -> tuple[DecisionView, ...]:
    """The least sure first."""
    decisions = index.ledger.decisions
    greatest = max((decision.margin for decision in decisions), default=0.0)
    views = (
        decision_view(decision, index.numbers[decision.source], index.anchors, greatest)
        for decision in decisions
        if decision.source in index.numbers
    )
    return tuple(sorted(views, key=lambda view: view.margin))


def _sources(
    index: Index, sources: Mapping[str, Source], pictures: Pictures, texts: Sequence[TextView]
) -> Iterator[SourceView]:
    for n, record in enumerate(index.ledger.sources):
        source = sources.get(record.sha256)
        text = source.text if source else None
        quoted = [t for t in texts if t.places.startswith(f"{n}:")] if text is None else []
        pages = pictures.get(record.name, {})
        yield SourceView(
            number=n,
            name=record.name,
            sha256=record.sha256,
            media_type=record.media_type,
            characters=record.characters,
            shares=shares_of(record, text),
            chunks=_chunks(index, n, text) if text is not None else (),
            quotes=tuple(quoted),
            pages=pages_of(source, record, pages, index.anchors) if source else (),
        )


def _chunks(index: Index, number: int, text: str) -> tuple[tuple[Segment, ...], ...]:
    """The text of one source, cut wherever anything of the page speaks of it."""
    ledger = index.ledger
    record = ledger.sources[number]
    proven = [e.evidence for r in ledger.fields for e in r.edits if e.evidence]
    begins = [Place(source=d.source, start=d.start, end=d.start) for d in ledger.decisions]
    found = [place for finding in ledger.findings for place in finding.places]
    decided = [c.place for c in ledger.corrections if c.place]
    return chunks_of(
        segments_of(
            text,
            record.partition,
            number,
            index.anchors,
            findings=[place for place in (*found, *decided) if place.source == record.name],
            evidence=[place for place in (*proven, *begins) if place.source == record.name],
        )
    )
