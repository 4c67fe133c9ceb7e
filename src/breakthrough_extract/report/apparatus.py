"""The apparatus: each emendation with its evidence, each decision with its rival."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from breakthrough_extract.document import BY_HAND
from breakthrough_extract.ledger import (
    LOW_MARGIN,
    CorrectionRecord,
    DecisionRecord,
    Edit,
    FieldRecord,
    Finding,
    Ledger,
    Place,
)
from breakthrough_extract.report.nouns import (
    CorrectionView,
    DecisionView,
    EditView,
    FindingView,
    Link,
    PlaceView,
    RuleView,
)
from breakthrough_extract.report.rules import RULES, rank
from breakthrough_extract.report.sources import place_anchor, visible
from breakthrough_extract.report.texts import changes_words

CONTEXT = 40  # characters shown on each side of an emendation


def rules_of(
    ledger: Ledger, anchors: Mapping[str, str], edits: Mapping[str, Sequence[str]]
) -> tuple[RuleView, ...]:
    """All edits, by rule; `edits` gives the anchors of a record's edits by its path."""
    views: dict[str, list[EditView]] = {}
    wordings: set[str] = set()
    for record in ledger.fields:
        for edit, anchor in zip(record.edits, edits[record.path], strict=True):
            views.setdefault(edit.rule, []).append(
                _edit_view(anchor, edit, record, anchors, ledger)
            )
            if changes_words(edit):
                wordings.add(edit.rule)
    return tuple(
        RuleView(rule, RULES.get(rule, ""), tuple(views[rule]), rule in wordings)
        for rule in sorted(views, key=rank)
    )


def _edit_view(
    anchor: str, edit: Edit, record: FieldRecord, anchors: Mapping[str, str], ledger: Ledger
) -> EditView:
    before = _last_words(record.quote[: edit.start])
    after = _last_words(record.quote[edit.end :][::-1])[::-1]
    where = anchors.get(record.id, "")
    return EditView(
        anchor=anchor,
        where=Link(where, where or record.path),
        before=visible(before),
        raw=visible(edit.raw),
        new=visible(edit.new),
        after=visible(after),
        evidence=place_view(edit.evidence, ledger) if edit.evidence else None,
        by_hand=edit.rule == BY_HAND,
    )


def _last_words(text: str) -> str:
    """The end of `text`, cut between words, with a mark where some of it is left out."""
    if len(text) <= CONTEXT:
        return text
    cut = text[-CONTEXT:]
    return "… " + cut.partition(" ")[2] if " " in cut.rstrip() else "…" + cut


def decision_view(
    decision: DecisionRecord, source: int, anchors: Mapping[str, str], greatest: float
) -> DecisionView:
    """`source` is the number of the decision's source, `greatest` the greatest margin."""
    where = anchors.get(decision.id, "")
    return DecisionView(
        id=decision.id,
        where=Link(where, where or "left open"),
        section=decision.section,
        start=Link(place_anchor(source, decision.start), f"{decision.source} {decision.start:,}"),
        theme=decision.theme or "",
        score=decision.score,
        runner_up=decision.runner_up or "",
        margin=decision.margin,
        share=max(decision.margin, 0.0) / greatest if greatest > 0 else 0.0,
        low=decision.margin < LOW_MARGIN and not decision.by_hand,
        by_hand=decision.by_hand,
    )


def finding_view(
    number: int,
    finding: Finding,
    ledger: Ledger,
    owners: Sequence[str],
    anchors: Mapping[str, str],
) -> FindingView:
    """`owners` is what of the model the finding is about, as the ledger calls it."""
    return FindingView(
        number=number,
        anchor=f"f-{number}",
        code=finding.code,
        severity=finding.severity,
        message=visible(finding.message),
        model=tuple(Link(anchors[of], anchors[of]) for of in owners if of in anchors),
        places=tuple(place_view(place, ledger) for place in finding.places),
    )


def correction_view(record: CorrectionRecord, ledger: Ledger) -> CorrectionView:
    return CorrectionView(
        action=record.action,
        decision=visible(record.decision),
        source=record.source,
        place=place_view(record.place, ledger) if record.place else None,
        reason=record.reason,
        note=visible(record.note),
    )


def place_view(place: Place, ledger: Ledger) -> PlaceView:
    names = [record.name for record in ledger.sources]
    label = f"{place.source} {place.start:,}–{place.end:,}"
    anchor = ""
    if place.source in names:
        anchor = place_anchor(names.index(place.source), place.start)
    return PlaceView(Link(anchor, label), visible(place.quote))
