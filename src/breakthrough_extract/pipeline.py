"""The story: files become documents, outlines, grids, one model and its proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from breakthrough_extract.assign import assign
from breakthrough_extract.build import build
from breakthrough_extract.checks import validate
from breakthrough_extract.choose import choose
from breakthrough_extract.document import COMPLAINT, Document, Reading, Source
from breakthrough_extract.gather import gather
from breakthrough_extract.ledger import Finding, Ledger, Severity, SourceRecord
from breakthrough_extract.line_ends import mend_line_ends
from breakthrough_extract.model import Model
from breakthrough_extract.profile import Profile
from breakthrough_extract.readers import ReadError, read
from breakthrough_extract.recognise import recognise
from breakthrough_extract.repair import repair
from breakthrough_extract.witnesses import settle, side_by_side


@dataclass(frozen=True)
class Extraction:
    """A model, the proof of it, and all that was found on the way."""

    model: Model
    ledger: Ledger
    findings: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity != Severity.ERROR for finding in self.findings)


def extract(path: str | Path, profile: Profile | None = None) -> Extraction:
    """The model in the file at `path`; `profile` says what kind of model to look for.

    Without one, it is the shipped profile whose names the file has, or what is discovered.
    Raises ReadError if the file cannot be read or holds no stage label, and NoModelError if no
    profile was given and it is no staged model.
    """
    return extract_witnesses([path], profile)


def extract_witnesses(paths: Sequence[str | Path], profile: Profile | None = None) -> Extraction:
    """The model that several renderings of one document give together.

    Raises what `extract` does.
    """
    return _extract([read(path) for path in paths], profile, together=False)


def extract_together(paths: Sequence[str | Path], profile: Profile | None = None) -> Extraction:
    """The model whose parts stand in several files: one a theme, or one a stage.

    Raises what `extract` does.
    """
    return _extract([read(path) for path in paths], profile, together=True)


def extract_document(document: Document, profile: Profile) -> Extraction:
    """The model in a document that was read already."""
    return extract_documents([document], profile)


def extract_documents(
    documents: Sequence[Document], profile: Profile, together: bool = False
) -> Extraction:
    """The model in documents that were read already: renderings of one, or parts of one."""
    readings = [_understood(one, profile, together) for one in side_by_side(documents)]
    _assert_found(readings, profile)
    structural = any(reading.outline.families for reading in readings)
    settlement = gather(readings) if structural or together else settle(readings)
    model, ledger = build(readings, settlement, profile)
    findings = (*ledger.findings, *validate(model, ledger), *_asked_for(model, profile))
    ledger = ledger.model_copy(update={"findings": findings})
    for document, record in zip(documents, ledger.sources, strict=True):
        _assert_whole(document.source, record)
    return Extraction(model, ledger, findings)


def _extract(documents: Sequence[Document], profile: Profile | None, together: bool) -> Extraction:
    if profile:
        return extract_documents(documents, profile, together)
    choice = choose(documents)
    result = extract_documents(documents, choice.profile, together)
    if not choice.discovered:
        return result
    said = Finding(code="profile-discovered", severity=Severity.INFO, message=choice.why)
    findings = (said, *result.findings)
    ledger = result.ledger.model_copy(update={"findings": findings})
    return Extraction(result.model, ledger, findings)


def _understood(document: Document, profile: Profile, is_part: bool) -> Reading:
    """One document on its own."""
    outline = mend_line_ends(recognise(document, profile, is_part))
    grid = assign(outline, profile)
    return Reading(document, outline, grid, repair(outline, document.source))


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
