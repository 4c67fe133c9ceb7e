"""The proof: where each character of a source went, each edit, each decision, each finding."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, ValidationError

from breakthrough_extract.model import ModelError, Noun, Text, explain
from breakthrough_extract.regular import bytes_of
from breakthrough_extract.safe_text import json_safe

LEDGER_VERSION = "1.1.0"
LEDGER_ID: Final = "urn:breakthrough-extract:ledger:1"

LOW_MARGIN: Final = 0.05  # a decision less sure than this is worth a person's look
LOW_CONFIDENCE: Final = 0.8  # and so is a word of a scan


class Severity(StrEnum):
    ERROR = "error"  # the model is not fit for export
    WARNING = "warning"  # a person should look
    INFO = "info"  # worth knowing


class Place(Noun):
    """A run of characters of a source."""

    source: str
    start: int = Field(ge=0, description="Code points into the source's text, 0-based.")
    end: int = Field(ge=0, description="Exclusive.")
    quote: str = ""


class Finding(Noun):
    """Something about the input or the model that its user should know."""

    code: Text
    severity: Severity
    message: Text
    path: str = Field(default="", description="Place in the model, `themes[3].stages[1]`.")
    places: tuple[Place, ...] = Field(default=(), description="The source characters it is about.")


class Kind(StrEnum):
    """What a run of source characters is."""

    FIELD = "field"
    MARKUP = "markup"
    HEADING = "heading"
    FURNITURE = "furniture"
    REPEAT = "repeat"
    FRAGMENT = "fragment"
    NOTE = "note"
    CONTEXT = "context"  # text around the model: introduction, licence, what no theme owns
    UNRESOLVED = "unresolved"


class Part(Noun):
    """One entry of the partition. Its ends are never white space."""

    start: int = Field(ge=0, description="Code points, 0-based.")
    end: int = Field(ge=0, description="Exclusive.")
    kind: Kind
    of: str = Field(default="", description="What it belongs to: an id of the model, or a theme.")


class SourceRecord(Noun):
    """One file that was read, and the partition of its characters."""

    name: Text
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: Text
    encoding: str
    characters: int = Field(description="Code points of the text that all spans count in.")
    partition: tuple[Part, ...]


class SpanRecord(Noun):
    """A run of source that a field stands on."""

    start: int
    end: int
    page: int | None = Field(default=None, description="1-based.")
    box: tuple[float, float, float, float] | None = Field(
        default=None, description="x0, top, x1, bottom in points from the page's top left corner."
    )
    confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Of the least sure of its words, where they were recognised on a picture.",
        exclude_if=lambda confidence: confidence is None,
    )


class Edit(Noun):
    """`quote[start:end]` (which is `raw`) is read as `new`."""

    start: int = Field(description="Code points into the field's quote, 0-based.")
    end: int = Field(description="Exclusive; equal to start for an insertion.")
    raw: str
    new: str
    rule: Text
    evidence: Place | None = None


class FieldRecord(Noun):
    """Where one text of the model comes from.

    `quote` is the source's characters under `spans`, joined by a line break. With `edits`
    carried out and white space folded it is the published text, to the character.
    """

    id: Text
    path: Text
    source: Text
    spans: tuple[SpanRecord, ...]
    quote: str
    edits: tuple[Edit, ...] = ()


class DecisionRecord(Noun):
    """The choice of a theme for one section of one source.

    Where witnesses disagree, `id` names the cell that the section went to and `theme` what
    its own source says.
    """

    id: Text = Field(description="`theme.stage`, or `open.N` for a section left open.")
    source: Text = Field(description="Name of the source that the section stands in.")
    section: str = Field(description="The section's label and headline as they stand.")
    start: int = Field(description="Where the section begins in its source.")
    slot: Text
    theme: str | None = Field(description="None if left open.")
    score: float
    runner_up: str | None = Field(description="None if the second best is to leave it open.")
    margin: float
    support: float = Field(
        default=0.0,
        description="What ties the section to the theme, itself or through what stands there.",
    )
    probability: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="How often decisions as sure as this were right when it was measured, a "
        "cautious estimate; None if nothing was decided.",
    )
    by_hand: bool = Field(
        default=False,
        description="Whether a person decided; score and margin are what the evidence says of it.",
        exclude_if=lambda by_hand: not by_hand,
    )


class CorrectionRecord(Noun):
    """One decision of a person, and whether it was carried out."""

    action: Text
    source: Text
    place: Place | None = Field(description="What it quotes; None if that was not found.")
    decision: Text = Field(description="In words, what the person decided.")
    reason: str = Field(default="", description="Why it was not carried out; empty if it was.")
    note: str = ""


class Ledger(Noun):
    """The proof that goes with one model."""

    schema_: Literal["urn:breakthrough-extract:ledger:1"] = Field(LEDGER_ID, alias="$schema")
    schema_version: str = LEDGER_VERSION
    model: Text
    profile: Text
    profile_sha256: str
    sources: tuple[SourceRecord, ...]
    fields: tuple[FieldRecord, ...]
    decisions: tuple[DecisionRecord, ...]
    findings: tuple[Finding, ...]
    corrections: tuple[CorrectionRecord, ...] = Field(
        default=(),
        description="What a person decided, in the order in which it was carried out.",
        exclude_if=lambda corrections: not corrections,
    )

    def to_json(self) -> str:
        """The canonical text: keys in declared order, two spaces, final newline."""
        return json_safe(self.model_dump_json(indent=2, by_alias=True)) + "\n"


def load_ledger(path: str | Path) -> Ledger:
    """The ledger in that file. Raises ModelError, as `model.load` does."""
    try:
        return Ledger.model_validate_json(bytes_of(path))
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; give the path of a ledger file") from None
    except ValidationError as error:
        raise ModelError(explain(path, "ledger", error)) from None


def replay(record: FieldRecord) -> str:
    """The text that the record's edits make of its quote, white space folded."""
    out: list[str] = []
    at = 0
    for edit in record.edits:
        out += [record.quote[at : edit.start], edit.new]
        at = edit.end
    out.append(record.quote[at:])
    return " ".join("".join(out).split())
