"""The story: files become documents, outlines, grids, one model and its proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict, Unpack

from breakthrough_extract.assign import assign
from breakthrough_extract.build import build
from breakthrough_extract.checks import validate
from breakthrough_extract.choose import choose
from breakthrough_extract.confidence import ANY_RISK, rated, within
from breakthrough_extract.corrections import (
    Correction,
    Outcome,
    correct,
    correct_texts,
    finding_of,
    record_of,
)
from breakthrough_extract.document import COMPLAINT, Document, Reading, Source
from breakthrough_extract.gather import gather
from breakthrough_extract.ledger import Finding, Ledger, Severity, SourceRecord
from breakthrough_extract.limits import USUAL, Limits
from breakthrough_extract.line_ends import mend_line_ends
from breakthrough_extract.lost_hyphens import restore_hyphens
from breakthrough_extract.model import Model
from breakthrough_extract.profile import Label, Profile
from breakthrough_extract.readers import Guard, ReadError, read
from breakthrough_extract.recognise import recognise
from breakthrough_extract.repair import repair
from breakthrough_extract.versions.ids import Heritage, heritage
from breakthrough_extract.witnesses import settle, side_by_side


@dataclass(frozen=True)
class Extraction:
    """A model, the proof of it, and all that was found on the way."""

    model: Model
    ledger: Ledger
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...] = ()  # what was read, one a witness
    readings: tuple[Reading, ...] = ()  # how each was understood on its own

    @property
    def clean(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity != Severity.ERROR for finding in self.findings)


@dataclass(frozen=True)
class Options:
    """How to extract. As they are, these change nothing."""

    baseline: Model | None = None  # the version before: what is in both keeps its identifier
    limits: Limits = USUAL  # what a document may have; `seconds` is kept by the command alone
    max_risk: float = ANY_RISK  # 0..1: what is wrong with a greater probability is left open
    corrections: Sequence[Correction] = ()  # of a person; those of other sources are passed over
    together: bool = False  # the documents are parts of one model, not renderings of one document


class How(TypedDict, total=False):
    """The fields of `Options` as keyword arguments."""

    baseline: Model | None
    limits: Limits
    max_risk: float
    corrections: Sequence[Correction]
    together: bool


def extract(path: str | Path, profile: Profile | None = None, **how: Unpack[How]) -> Extraction:
    """The model in the file at `path`; `profile` says what kind of model to look for.

    Without one, it is the shipped profile whose names the file has, or what is discovered.
    For the keyword arguments see `Options`. Raises ReadError if the file cannot be read, holds
    no stage label or goes beyond a limit, NoModelError if no profile was given and it is no
    staged model, ModelError if the baseline is of another model.
    """
    return extract_witnesses([path], profile, **how)


def extract_witnesses(
    paths: Sequence[str | Path], profile: Profile | None = None, **how: Unpack[How]
) -> Extraction:
    """The model that several renderings of one document give together.

    Raises what `extract` does.
    """
    documents = [read(path, Options(**how).limits) for path in paths]
    if profile:
        return extract_documents(documents, profile, **how)
    return _extract_unnamed(documents, **how)


def extract_together(
    paths: Sequence[str | Path], profile: Profile | None = None, **how: Unpack[How]
) -> Extraction:
    """The model whose parts stand in several files: one a theme, or one a stage.

    Raises what `extract` does.
    """
    how["together"] = True
    return extract_witnesses(paths, profile, **how)


def extract_document(document: Document, profile: Profile, **how: Unpack[How]) -> Extraction:
    """The model in a document that was read already."""
    return extract_documents([document], profile, **how)


def extract_documents(
    documents: Sequence[Document], profile: Profile, **how: Unpack[How]
) -> Extraction:
    """The model in documents that were read already: renderings of one, or parts of one."""
    options = Options(**how)
    result = _extracted(documents, profile, options, Heritage())
    if options.baseline is None:
        return result
    inherited = heritage(result.model, options.baseline)
    return _extracted(documents, _relabelled(profile, inherited), options, inherited)


def _extract_unnamed(documents: Sequence[Document], **how: Unpack[How]) -> Extraction:
    """The model in documents of which nobody said what kind it is."""
    choice = choose(documents)
    result = extract_documents(documents, choice.profile, **how)
    if not choice.discovered:
        return result
    said = Finding(code="profile-discovered", severity=Severity.INFO, message=choice.why)
    findings = (said, *result.findings)
    return replace(
        result,
        ledger=result.ledger.model_copy(update={"findings": findings}),
        findings=findings,
    )


def _extracted(
    documents: Sequence[Document], profile: Profile, options: Options, inherited: Heritage
) -> Extraction:
    understood = [_understood(one, profile, options) for one in side_by_side(documents)]
    readings = [reading for reading, _ in understood]
    _assert_found(readings, profile)
    structural = any(reading.outline.families for reading in readings)
    settlement = gather(readings) if structural or options.together else settle(readings)
    model, ledger = build(readings, settlement, profile, inherited.items)
    model = model.model_copy(update={"withdrawn": inherited.withdrawn})
    ledger = _with_corrections(ledger, understood)
    findings = (*ledger.findings, *validate(model, ledger), *_asked_for(model, profile))
    ledger = ledger.model_copy(update={"findings": findings})
    for document, record in zip(documents, ledger.sources, strict=True):
        _assert_whole(document.source, record)
    sources = tuple(document.source for document in documents)
    return Extraction(model, ledger, findings, sources, tuple(readings))


def _relabelled(profile: Profile, inherited: Heritage) -> Profile:
    """The profile with the identifiers of the earlier version."""
    return replace(
        profile,
        stages=tuple(replace(one, id=inherited.stages[one.id]) for one in profile.stages),
        themes=tuple(_relabelled_theme(one, inherited) for one in profile.themes),
    )


def _relabelled_theme(theme: Label, inherited: Heritage) -> Label:
    stages = tuple(inherited.stages[stage] for stage in theme.stages)
    return replace(theme, id=inherited.themes[theme.id], stages=stages)


def _understood(
    document: Document, profile: Profile, options: Options
) -> tuple[Reading, tuple[Outcome, ...]]:
    """One document on its own, and what became of the corrections of it."""
    source = document.source
    outline = recognise(document, profile, options.together)
    outline = mend_line_ends(restore_hyphens(outline))
    outline, outcomes = correct(outline, options.corrections, source, profile)
    Guard(source.name, options.limits).check("sections", len(outline.sections))
    by_hand = {n for n, section in enumerate(outline.sections) if section.home}
    grid = within(options.max_risk, rated(assign(outline, profile)), by_hand)
    repaired, outcomes = correct_texts(repair(outline, source), outcomes, source)
    return Reading(document, outline, grid, repaired), outcomes


def _assert_found(readings: Sequence[Reading], profile: Profile) -> None:
    """Raises ReadError for a document that has no section but complaints; of the parts of one
    model some may have none."""
    labels = ", ".join(stage.name for stage in profile.stages)
    structural = any(reading.outline.families for reading in readings)
    for reading in readings:
        empty = all(section.slot == COMPLAINT for section in reading.outline.sections)
        if empty and not structural:
            raise ReadError(
                f"{reading.document.source.name}: no stage label in it ({labels}); "
                f"is this the right file and the right profile ({profile.id})?"
            )


def _with_corrections(
    ledger: Ledger, understood: Sequence[tuple[Reading, tuple[Outcome, ...]]]
) -> Ledger:
    """`ledger` with what a person decided; what could not be carried out is a finding."""
    told = [
        (outcome, reading.document.source)
        for reading, outcomes in understood
        for outcome in outcomes
    ]
    unfit = [finding_of(outcome, source) for outcome, source in told if outcome.reason]
    records = tuple(record_of(outcome, source) for outcome, source in told)
    return ledger.model_copy(
        update={"findings": (*ledger.findings, *unfit), "corrections": records}
    )


def _asked_for(model: Model, profile: Profile) -> list[Finding]:
    """What the profile asks for and no theme has; that a single theme lacks it is validate's."""
    wanted = (
        ("missing-list", profile.theme_list, "breakthrough_points", "list"),
        ("missing-complaint", profile.complaints, "complaint", "complaint"),
    )
    return [
        Finding(
            code=code,
            severity=Severity.ERROR,
            message=f"no theme has a {name}, and the profile asks for one",
            path="themes",
        )
        for code, asked, attribute, name in wanted
        if asked and not any(getattr(theme, attribute) for theme in model.themes)
    ]


def _assert_whole(source: Source, record: SourceRecord) -> None:
    """The invariant that everything rests on: no character is lost. A breach is our bug."""
    rest = list(source.text)
    for part in record.partition:
        rest[part.start : part.end] = " " * (part.end - part.start)
    lost = "".join(rest).split()
    if lost:
        raise AssertionError(f"{source.name}: characters {lost[:9]} are in no entry")
