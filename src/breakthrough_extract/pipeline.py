"""The story: files become documents, outlines, grids, one model and its proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from breakthrough_extract.assign import assign
from breakthrough_extract.build import build
from breakthrough_extract.checks import validate
from breakthrough_extract.document import COMPLAINT, Document, Reading, Source
from breakthrough_extract.gather import gather
from breakthrough_extract.ledger import Finding, Ledger, Severity, SourceRecord
from breakthrough_extract.line_ends import mend_line_ends
from breakthrough_extract.model import Model
from breakthrough_extract.profile import Profile, load_profile
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

    Raises ReadError if the file cannot be read or holds no stage label.
    """
    return extract_witnesses([path], profile)


def extract_witnesses(paths: Sequence[str | Path], profile: Profile | None = None) -> Extraction:
    """The model that several renderings of one document give together.

    Raises ReadError if one of the files cannot be read or holds no stage label.
    """
    return extract_documents([read(path) for path in paths], profile or load_profile())


def extract_document(document: Document, profile: Profile) -> Extraction:
    """The model in a document that was read already."""
    return extract_documents([document], profile)


def extract_documents(documents: Sequence[Document], profile: Profile) -> Extraction:
    """The model in several renderings of one document that were read already."""
    readings = [_understood(document, profile) for document in side_by_side(documents)]
    structural = any(reading.outline.families for reading in readings)
    settlement = gather(readings) if structural else settle(readings)
    model, ledger = build(readings, settlement, profile)
    findings = (*ledger.findings, *validate(model, ledger), *_asked_for(model, profile))
    ledger = ledger.model_copy(update={"findings": findings})
    for document, record in zip(documents, ledger.sources, strict=True):
        _assert_whole(document.source, record)
    return Extraction(model, ledger, findings)


def _understood(document: Document, profile: Profile) -> Reading:
    """One witness on its own."""
    outline = mend_line_ends(recognise(document, profile))
    if all(section.slot == COMPLAINT for section in outline.sections):
        labels = ", ".join(stage.name for stage in profile.stages)
        raise ReadError(
            f"{document.source.name}: no stage label in it ({labels}); "
            f"is this the right file and the right profile ({profile.id})?"
        )
    grid = assign(outline, profile)
    return Reading(document, outline, grid, repair(outline, document.source))


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
