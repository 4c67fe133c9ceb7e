"""The record of where each section went, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from breakthrough_extract.build.given import Given, Numbered
from breakthrough_extract.document import Decision, fold
from breakthrough_extract.ledger import DecisionRecord


def decisions(given: Given) -> Iterator[DecisionRecord]:
    for numbered in given.numbered:
        for decision in numbered.reading.grid.decisions:
            yield _record(numbered, decision)


def _record(numbered: Numbered, decision: Decision) -> DecisionRecord:
    source = numbered.reading.document.source
    section = numbered.reading.repaired.sections[decision.section]
    return DecisionRecord(
        id=numbered.name(decision.section),
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
