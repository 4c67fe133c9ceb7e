"""What a model must be to be exported. The checks are a table; each is a small function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from breakthrough_extract.checks.identity import (
    unique_codes,
    unique_ids,
    unique_texts,
    withdrawn_ids,
)
from breakthrough_extract.checks.places import texts
from breakthrough_extract.checks.proofs import (
    disjoint_partition,
    edits_replay,
    lists_end,
    nothing_unread,
)
from breakthrough_extract.checks.shape import (
    all_stages,
    complaints,
    drafts,
    filled_cells,
    theme_lists,
)
from breakthrough_extract.checks.wording import clean_texts, lost_ligatures
from breakthrough_extract.ledger import Finding, Ledger, Severity
from breakthrough_extract.model import Model

__all__ = ["CHECKS", "PROOFS", "edits_replay", "texts", "validate"]

Check = Callable[[Model], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    all_stages,
    filled_cells,
    theme_lists,
    complaints,
    unique_texts,
    unique_ids,
    withdrawn_ids,
    unique_codes,
    clean_texts,
    lost_ligatures,
    drafts,
)

Proof = Callable[[Model, Ledger], Iterator[Finding]]
PROOFS: tuple[Proof, ...] = (disjoint_partition, edits_replay, nothing_unread, lists_end)

STILL_WARNED = {"missing-stage"}  # even where it is allowed
LEDGER = "ledger-"  # a breach of the proof is a fault whatever the model is


def validate(model: Model, ledger: Ledger | None = None) -> list[Finding]:
    """All findings on a model, and on its ledger if it is given, in the order of the table."""
    found = [*_weighed((finding for check in CHECKS for finding in check(model)), model)]
    if ledger is not None:
        proofs = (finding for prove in PROOFS for finding in prove(model, ledger))
        found += _weighed(proofs, model)
    return found


def _weighed(findings: Iterable[Finding], model: Model) -> Iterator[Finding]:
    """`findings` less those that are no fault in this kind of model."""
    for finding in findings:
        if finding.code not in model.allows or finding.code.startswith(LEDGER):
            yield finding
        elif finding.code in STILL_WARNED:
            yield finding.model_copy(update={"severity": Severity.WARNING})
