"""Grid and edits to the published nouns: the model, and the ledger that proves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from breakthrough_extract.build.decisions import decisions
from breakthrough_extract.build.findings import findings
from breakthrough_extract.build.given import Given
from breakthrough_extract.build.partition import account, source_record
from breakthrough_extract.build.register import Register
from breakthrough_extract.build.themes import stage, theme
from breakthrough_extract.build.writing import Writer
from breakthrough_extract.document import Reading, Settlement
from breakthrough_extract.ledger import Ledger
from breakthrough_extract.model import Model
from breakthrough_extract.profile import Profile

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
    given = Given(readings, settlement, profile)
    outlines = [reading.outline for reading in readings]
    shared = [span for outline in outlines for text in outline.shared for span in text.spans]
    register = Register(given.stream, permanent, shared)
    model = _model(given, Writer(register, given.sentences))
    account(given, register)
    return model, _ledger(given, register)


def _model(given: Given, writer: Writer) -> Model:
    profile = given.profile
    return Model(
        id=profile.id,
        title=profile.title,
        allows=_allows(given),
        stages=tuple(stage(given, writer, n) for n in range(len(profile.stages))),
        themes=tuple(theme(given, writer, n) for n in range(len(profile.themes))),
    )


def _allows(given: Given) -> tuple[str, ...]:
    if given.profile.allows is not None:
        return given.profile.allows
    structural = any(reading.outline.families for reading in given.readings)
    loose = given.profile.layout or not given.sentences
    return STRUCTURAL_ALLOWS if structural and loose else ()


def _ledger(given: Given, register: Register) -> Ledger:
    return Ledger(
        model=given.profile.id,
        profile=given.profile.id,
        profile_sha256=given.profile.sha256,
        sources=tuple(source_record(source, register) for source in given.stream.sources),
        fields=tuple(register.fields),
        decisions=tuple(decisions(given)),
        findings=tuple(findings(given, register)),
    )
