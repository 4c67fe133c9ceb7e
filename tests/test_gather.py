"""Several documents that are one model."""

from __future__ import annotations

from pathlib import Path

from breakthrough_extract.cli import main
from breakthrough_extract.discover import discover
from breakthrough_extract.ledger import Kind
from breakthrough_extract.loading import load
from breakthrough_extract.pipeline import extract_documents
from tests.support.extracting import read_document
from tests.support.rendering import rendered

STAGES = {
    "one.md": "# Level 1 - Damp\n\nWater comes.\n\n## Frogs\n\n- none\n\n## Reeds\n\n- one stalk\n",
    "two.md": "# Level 2 - Wet\n\n## Frogs\n\n- a few\n- some eggs\n\n## Reeds\n\n- a belt\n",
    "three.md": "# Level 3 - Deep\n\n## Frogs\n\n- a choir\n\n## Reeds\n\n- a wood of them\n",
}
INDEX = "# Pond maturity\n\nThree levels, a file each.\n"
EXPECTED = """Damp
  ~ Water comes.
# Frogs
Damp
  - none
Wet
  - a few
  - some eggs
Deep
  - a choir
# Reeds
Damp
  - one stalk
Wet
  - a belt
Deep
  - a wood of them
"""


def test_one_file_a_stage_is_one_model() -> None:
    documents = [read_document(INDEX, "index.md")]
    documents += [read_document(text, name) for name, text in STAGES.items()]
    result = extract_documents(documents, discover(documents).profile, together=True)
    assert rendered(result.model) == EXPECTED
    assert result.clean
    sources = {source.name: source for source in result.ledger.sources}
    assert list(sources) == ["index.md", *STAGES]
    assert {part.kind for part in sources["index.md"].partition} == {
        Kind.MARKUP,
        Kind.HEADING,
        Kind.CONTEXT,
    }


def test_each_text_is_proven_by_its_own_file() -> None:
    documents = [read_document(text, name) for name, text in STAGES.items()]
    result = extract_documents(documents, discover(documents).profile, together=True)
    homes = {record.quote: record.source for record in result.ledger.fields}
    assert homes["a choir"] == "three.md"
    assert homes["some eggs"] == "two.md"
    (record,) = [record for record in result.ledger.fields if record.quote == "a belt"]
    (span,) = record.spans
    assert STAGES["two.md"][span.start : span.end] == "a belt"


def test_a_folder_of_parts_is_extracted_by_the_command(tmp_path: Path) -> None:
    folder = tmp_path / "ponds"
    folder.mkdir()
    for name, text in STAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert main(["extract", str(folder), "--together", "-o", str(tmp_path / "out")]) == 0
    model = load(tmp_path / "out" / "one.json")
    assert [theme.name for theme in model.themes] == ["Frogs", "Reeds"]
    assert len(model.stages) == 3
