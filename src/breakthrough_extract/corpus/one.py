"""One document: screened, looked up, extracted; whatever comes of it is a row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from breakthrough_extract.corpus.cache import Cache
from breakthrough_extract.corpus.rows import Row, Status
from breakthrough_extract.corpus.screen import Screen
from breakthrough_extract.document import Document as Read
from breakthrough_extract.ledger import Severity
from breakthrough_extract.pipeline import Extraction, extract_document
from breakthrough_extract.profile import Profile
from breakthrough_extract.readers import ReadError, glance, read_bytes

PDF_OR_PICTURE = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
WINDOW = 1024  # bytes in which the mark of a PDF may stand


@dataclass(frozen=True)
class Document:
    """A document as the corpus has it."""

    id: str
    name: str  # what the ledger calls it
    data: bytes


@dataclass(frozen=True)
class Work:
    """What is done with each document: the same for the whole corpus."""

    profiles: tuple[Profile, ...]
    screen: Screen
    cache: Cache


def is_plain(data: bytes) -> bool:
    """Whether the bytes are those of a text, or of nothing: no parser is needed to screen them."""
    return not any(mark in data[:WINDOW] for mark in PDF_OR_PICTURE)


def passes(document: Document, work: Work) -> bool:
    """Whether a closer look is due. Cheap, and safe whatever the bytes are."""
    return not is_plain(document.data) or bool(work.screen.by_letters(document.data))


def screened(document: Document) -> Row:
    """The row of a document that holds no staged model."""
    return Row(document.id, len(document.data), Status.SCREENED)


def row_of(document: Document, work: Work) -> tuple[Row, bool]:
    """The row of a document, and whether it was in the cache. Raises MemoryError alone."""
    sha256 = hashlib.sha256(document.data).hexdigest()
    known = work.cache.get(sha256)
    if known:
        return _named(known, document, sha256), True
    row = _judged(document, sha256, work)
    if row.model is not None:
        work.cache.put(sha256, row)
    return _named(row, document, sha256), False


def _alias(sha256: str) -> str:
    """What a document is called until its row is made. No document holds its own sha256, so
    that the name can be put in its place wherever it stands."""
    return f"document-{sha256}"


def _named(row: Row, document: Document, sha256: str) -> Row:
    """`row` with the id and the name that this document has, and not one with the same bytes."""
    alias = _alias(sha256)
    quoted = json.dumps(document.name, ensure_ascii=False)[1:-1]
    return replace(
        row,
        id=document.id,
        error=row.error and row.error.replace(alias, document.name),
        findings=row.findings and row.findings.replace(alias, quoted),
        ledger=row.ledger and row.ledger.replace(alias, quoted),
    )


def _judged(document: Document, sha256: str, work: Work) -> Row:
    """The row under the document's alias."""
    alias = _alias(sha256)
    failed = Row(document.id, len(document.data), Status.ERROR, sha256=sha256)
    try:
        profiles = _candidates(document.data, alias, work)
        if not profiles:
            return screened(document)
        return _modelled(failed, *_best(read_bytes(alias, document.data), profiles))
    except ReadError as error:
        return replace(failed, error=str(error))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a document does is a row
        kind = type(error).__name__
        return replace(failed, error=f"{alias}: a fault of this program: {kind}: {error}")


def _candidates(data: bytes, alias: str, work: Work) -> list[Profile]:
    """The profiles whose labels stand in the document; all where only its reader can tell."""
    text = glance(alias, data)
    if not text.strip():
        return list(work.profiles)
    letters = work.screen.by_letters(data if is_plain(data) else text.encode())
    names = work.screen.by_cells(text, letters) if letters else ()
    return [profile for profile in work.profiles if profile.id in names]


def _best(document: Read, profiles: Sequence[Profile]) -> tuple[Profile, Extraction]:
    """The extraction with the fewest errors; of equals, that of the first profile.

    Raises ReadError if there is no model of any of the profiles.
    """
    done: list[tuple[Profile, Extraction]] = []
    failed: ReadError | None = None
    for profile in profiles:
        try:
            done.append((profile, extract_document(document, profile)))
        except ReadError as error:
            failed = error
    if failed and not done:
        raise failed
    return min(done, key=lambda pair: _count(pair[1], Severity.ERROR))


def _count(result: Extraction, severity: Severity) -> int:
    return sum(finding.severity == severity for finding in result.findings)


def _modelled(base: Row, profile: Profile, result: Extraction) -> Row:
    """The row of a document that a model was found in."""
    model = result.model if result.clean else result.model.model_copy(update={"draft": True})
    cells = [cell for theme in model.themes for cell in theme.stages]
    lists = [theme.breakthrough_points for theme in model.themes if theme.breakthrough_points]
    findings = [finding.model_dump(mode="json") for finding in result.findings]
    return replace(
        base,
        status=Status.OK if result.clean else Status.FINDINGS,
        profile=profile.id,
        themes=len(model.themes),
        cells=sum(bool(cell.indicators) for cell in cells),
        indicators=sum(len(cell.indicators) for cell in cells),
        points=sum(len(entry.points) for entry in lists),
        errors=_count(result, Severity.ERROR),
        warnings=_count(result, Severity.WARNING),
        findings=json.dumps(findings, ensure_ascii=False),
        model=model.to_json(),
        ledger=result.ledger.to_json(),
    )
