"""The story: a file becomes a document, an outline, a grid, a model and its proof."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from breakthrough_extract.assign import assign
from breakthrough_extract.build import build
from breakthrough_extract.document import COMPLAINT, Document
from breakthrough_extract.ledger import Finding, Ledger, Severity
from breakthrough_extract.line_ends import mend_line_ends
from breakthrough_extract.model import Model
from breakthrough_extract.profile import Profile, load_profile
from breakthrough_extract.readers import ReadError, read
from breakthrough_extract.recognise import recognise
from breakthrough_extract.repair import repair
from breakthrough_extract.validate import validate


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
    return extract_document(read(path), profile or load_profile())


def extract_document(document: Document, profile: Profile) -> Extraction:
    """The model in a document that was read already."""
    outline = mend_line_ends(recognise(document, profile))
    if all(section.slot == COMPLAINT for section in outline.sections):
        labels = ", ".join(stage.name for stage in profile.stages)
        raise ReadError(
            f"{document.source.name}: no stage label in it ({labels}); "
            f"is this the right file and the right profile ({profile.id})?"
        )
    grid = assign(outline, profile)
    repaired = repair(outline, document.source)
    model, ledger = build(document, outline, grid, repaired, profile)
    findings = (*ledger.findings, *validate(model, ledger), *_asked_for(model, profile))
    ledger = ledger.model_copy(update={"findings": findings})
    _assert_whole(document, ledger)
    return Extraction(model, ledger, findings)


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


def _assert_whole(document: Document, ledger: Ledger) -> None:
    """The invariant that everything rests on: no character is lost. A breach is our bug."""
    text = document.source.text
    covered = bytearray(len(text))
    for part in ledger.sources[0].partition:
        covered[part.start : part.end] = b"\1" * (part.end - part.start)
    lost = [n for n, char in enumerate(text) if not covered[n] and not char.isspace()]
    if lost:
        raise AssertionError(f"{document.source.name}: characters {lost[:9]} are in no entry")
