"""What is fuzzed: for each reader a function of bytes that raises if a promise is broken.

An input may be refused by the error that its reader names; any other exception is a fault.
What is not refused must be whole: every character is in exactly one place.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from breakthrough_extract import ModelError, ProfileError, ReadError, load, load_profile, validate
from breakthrough_extract.document import Document, Source
from breakthrough_extract.ledger import SourceRecord, replay
from breakthrough_extract.pipeline import Extraction, extract_document
from breakthrough_extract.profile import Profile
from breakthrough_extract.readers import ocr, read_bytes
from breakthrough_extract.readers.encoding import decode_bytes
from breakthrough_extract.readers.mojibake import read_mended
from breakthrough_extract.readers.pdf import read_pdf
from breakthrough_extract.readers.text import read_text
from tests.support.accounting import faults

CORPUS = Path(__file__).parent / "corpus"
DOCTYPE = b"<!doctype html>"


class Target(NamedTuple):
    """A function under test, and the error with which it may refuse its input."""

    check: Callable[[bytes, Path], None]  # the input, and a folder to write it to
    refusal: type[Exception]
    seeds: str  # the folder of its first inputs

    def run(self, data: bytes, folder: Path) -> None:
        """Raises if `data` breaks a promise."""
        try:
            self.check(data, folder)
        except self.refusal as error:
            if not is_plain_line(str(error)):
                raise AssertionError(f"not one plain line: {str(error)!r}") from error

    def corpus(self) -> list[Path]:
        """The first inputs."""
        return sorted((CORPUS / self.seeds).iterdir())


def is_plain_line(message: str) -> bool:
    return bool(message) and message.isprintable()


def assert_whole(document: Document) -> None:
    """Each character that shows is in exactly one block or span of markup."""
    assert faults(document) == []


def assert_proven(result: Extraction, text: str) -> None:
    """The ledger is whole, and its edits give the model."""
    (record,) = result.ledger.sources
    assert_partition(record, text)
    broken = [f for f in result.findings if f.code.startswith("ledger-") or f.code == "unread"]
    assert broken == []
    published = {item.id: item.text for item in result.model.iter_items()}
    for field in result.ledger.fields:
        assert published.get(field.id, replay(field)) == replay(field)
    assert result.model.to_json().encode()
    assert result.ledger.to_json().encode()


def assert_partition(record: SourceRecord, text: str) -> None:
    assert all(one.end <= other.start for one, other in pairwise(record.partition))
    rest = list(text)
    for part in record.partition:
        rest[part.start : part.end] = " " * (part.end - part.start)
    assert "".join(rest).split() == []


def text(data: bytes, _: Path) -> None:
    assert_whole(read_bytes("given.md", data))


def html(data: bytes, _: Path) -> None:
    head = b"" if data[:1] == b"<" else DOCTYPE
    assert_whole(read_bytes("given.html", head + data))


def pdf(data: bytes, _: Path) -> None:
    """Without recognition: a page without text would take it seconds."""
    with patch.object(ocr, "load", return_value=None):
        assert_whole(read_pdf("given.pdf", data))


def encoding(data: bytes, _: Path) -> None:
    """Bytes to text, mojibake included: what is read is told in characters of the source."""
    decoded, name = decode_bytes("given.txt", data)
    decoded.encode("utf-8")  # no surrogate is left
    assert_whole(read_mended(Source("given.txt", "", "text/plain", name, decoded), read_text))


def profile(data: bytes, folder: Path) -> None:
    file = folder / "given.toml"
    file.write_bytes(data)
    found = load_profile(file)
    assert len(found.stages) > 1
    assert found.themes


def model(data: bytes, folder: Path) -> None:
    file = folder / "given.json"
    file.write_bytes(data)
    found = load(file)
    validate(found)
    file.write_text(found.to_json(), encoding="utf-8")
    assert load(file) == found


def pipeline(data: bytes, _: Path) -> None:
    document = read_bytes("given.md", data)
    assert_proven(extract_document(document, workshop()), document.source.text)


@cache
def workshop() -> Profile:
    return load_profile(CORPUS / "profile" / "workshop.toml")


TARGETS = {
    "text": Target(text, ReadError, "text"),
    "html": Target(html, ReadError, "html"),
    "pdf": Target(pdf, ReadError, "pdf"),
    "encoding": Target(encoding, ReadError, "encoding"),
    "profile": Target(profile, ProfileError, "profile"),
    "model": Target(model, ModelError, "model"),
    "pipeline": Target(pipeline, ReadError, "pipeline"),
}
