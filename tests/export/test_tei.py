"""The TEI edition, as lxml and a reader of its marks see it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from breakthrough_extract import ExportError, Extraction, Model, extract_witnesses, load_profile
from breakthrough_extract.export import export
from breakthrough_extract.ledger import Ledger, SpanRecord
from tests.support import paths
from tests.support.models import FOLDED, models

TEI = "{http://www.tei-c.org/ns/1.0}"
SCHEMA = etree.RelaxNG(etree.parse(paths.SCHEMA / "tei.rng"))
BAKERY = paths.CASES / "witnesses" / "bakery"
NOT_READ = {"sic", "surplus", "rdg"}


def edition(model: Model, ledger: Ledger | None) -> Any:
    tree = etree.fromstring(export(model, ledger, "tei", "a")["a.tei.xml"])
    SCHEMA.assertValid(tree)
    return tree


@pytest.fixture(scope="module")
def seed_edition(seed: Extraction) -> Any:
    return edition(seed.model, seed.ledger)


@pytest.fixture(scope="module")
def bakery() -> Extraction:
    """Two renderings of one document, each of which lacks words that the other has."""
    files = [BAKERY / "one.md", BAKERY / "two.html"]
    return extract_witnesses(files, load_profile(BAKERY / "profile.toml"))


def by_id(tree: Any, id_: str) -> Any:
    return tree.find(f".//*[@{{http://www.w3.org/XML/1998/namespace}}id='{id_}']")


def read(element: Any) -> str:
    """The text as the edition reads it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag.removeprefix(TEI) not in NOT_READ:
            parts.append(read(child))
        parts.append(child.tail or "")
    return "".join(parts)


def folded(text: str) -> str:
    return " ".join(text.split())


def assert_reads_as(tree: Any, model: Model) -> None:
    items = [folded(read(element)) for element in tree.iter(f"{TEI}item")]
    assert items == [item.text for item in model.iter_items()]
    complaints = [folded(read(element)) for element in tree.iter(f"{TEI}q")]
    assert complaints == [theme.complaint for theme in model.themes if theme.complaint]
    notes = [folded(read(element)) for element in tree.iter(f"{TEI}note")]
    assert notes == [n.text for theme in model.themes for c in theme.stages for n in c.notes]


def test_the_edition_reads_as_the_model(seed: Extraction, seed_edition: Any) -> None:
    assert_reads_as(seed_edition, seed.model)


def test_the_edition_of_two_witnesses_reads_as_the_model(bakery: Extraction) -> None:
    assert_reads_as(edition(bakery.model, bakery.ledger), bakery.model)


def test_without_a_ledger_there_is_the_plain_text(seed: Extraction) -> None:
    tree = edition(seed.model, None)
    assert_reads_as(tree, seed.model)
    assert not list(tree.iter(f"{TEI}surplus", f"{TEI}supplied", f"{TEI}app"))


@settings(max_examples=40)
@given(models(FOLDED))
def test_the_edition_of_any_model_is_valid(model: Model) -> None:
    edition(model, None)


def test_restored_words_are_supplied_with_their_evidence(seed_edition: Any) -> None:
    supplied = list(seed_edition.iter(f"{TEI}supplied"))
    assert [element.text for element in supplied] == [" this", " always"]
    assert supplied[0].attrib == {
        "reason": "restored-from-fragment",
        "evidence": "internal",
        "source": "breakthrough.txt#char=21603,21614",
    }


def test_a_pointer_finds_its_characters(seed_edition: Any, seed_text: str) -> None:
    source = next(seed_edition.iter(f"{TEI}supplied")).get("source")
    start, end = map(int, re.findall(r"\d+", source.partition("#")[2]))
    assert seed_text[start:end] == "but at this"


def test_list_punctuation_and_the_mark_of_a_note_are_surplus(seed_edition: Any) -> None:
    marks = {(s.get("reason"), s.text) for s in seed_edition.iter(f"{TEI}surplus")}
    assert ("note-mark", "*") in marks
    assert ("final-colon", ":") in marks
    assert ("list-punctuation", ";") in marks


def test_a_copy_that_reads_otherwise_stands_in_the_apparatus(seed_edition: Any) -> None:
    readings = {
        (app.findtext(f"{TEI}lem"), app.findtext(f"{TEI}rdg"))
        for app in seed_edition.iter(f"{TEI}app")
    }
    assert readings == {
        ("words", "a long list"),
        ("their", "the"),
        ("organisational", "the organisation's"),
        ("than supporting/coaching those better placed to make", "like"),
        ("professional", "professionals; and"),
    }


def test_a_variant_is_found_in_a_text_of_several_spans(seed: Extraction) -> None:
    plain = seed.ledger.model_dump(mode="json", by_alias=True)
    (record,) = (field for field in plain["fields"] if field["id"] == "i-vnx5v3o564")
    first, second = dict(record["spans"][0]), dict(record["spans"][0])
    first["end"], second["start"] = first["start"] + 3, first["start"] + 4  # "the", "leadership …"
    record["spans"] = [first, second]
    record["quote"] = record["quote"].replace("the leadership", "the\nleadership", 1)
    element = by_id(edition(seed.model, Ledger.model_validate(plain)), record["id"])
    assert element.findtext(f"{TEI}app/{TEI}lem") == "their"


def test_words_of_another_witness_are_external_evidence(bakery: Extraction) -> None:
    tree = edition(bakery.model, bakery.ledger)
    supplied = [(s.text.strip(), s.get("evidence")) for s in tree.iter(f"{TEI}supplied")]
    assert supplied == [("read", "external"), ("the", "external")]
    assert [w.text.partition(",")[0] for w in tree.iter(f"{TEI}witness")] == ["one.md", "two.html"]


def test_a_replacement_is_a_choice_and_a_disagreement_an_app(bakery: Extraction) -> None:
    """As a ledger has it when one witness outvotes another, and when neither does."""
    record = next(r for r in bakery.ledger.fields if r.quote.startswith("stretch a little"))
    at = record.spans[0].start
    plain = bakery.ledger.model_dump(mode="json", by_alias=True)
    (mine,) = (f for f in plain["fields"] if f["id"] == record.id)
    edit = {"start": 0, "end": 7, "raw": "stretch", "new": "pull", "rule": "outvoted-by-witnesses"}
    mine["edits"].insert(0, edit)
    rival = {"source": "two.html", "start": 3, "end": 9, "quote": "little"}
    small = {"source": record.source, "start": at + 10, "end": at + 16, "quote": "little"}
    plain["findings"] = [
        {
            "code": "witness-disagreement",
            "severity": "warning",
            "message": "one reads “little”, the other “tiny”",
            "places": [{**rival, "quote": "tiny"}, small],
        }
    ]
    ledger = Ledger.model_validate(plain)
    model = Model.model_validate_json(bakery.model.to_json().replace("stretch a l", "pull a l"))
    element = by_id(edition(model, ledger), record.id)
    assert element.findtext(f"{TEI}choice/{TEI}sic") == "stretch"
    assert element.findtext(f"{TEI}choice/{TEI}corr") == "pull"
    app = element.find(f"{TEI}app")
    assert (app[0].text, app[0].get("wit")) == ("little", "#w1")
    assert (app[1].text, app[1].get("wit")) == ("tiny", "#w2")
    assert folded(read(element)) == "pull a little dough until you can read through it"


def test_what_is_replaced_by_a_blank_is_surplus(seed: Extraction) -> None:
    """As where a word was broken at a line's end: nothing is read instead."""
    plain = seed.ledger.model_dump(mode="json", by_alias=True)
    record = plain["fields"][1]
    record["quote"] = record["quote"].replace("statements about", "statements-about")
    at = record["quote"].index("-about")
    record["edits"].insert(
        0, {"start": at, "end": at + 1, "raw": "-", "new": " ", "rule": "line-end"}
    )
    element = by_id(edition(seed.model, Ledger.model_validate(plain)), record["id"])
    assert element.find(f"{TEI}choice") is None
    assert (element[0].text, element[0].get("reason"), element[0].tail[:6]) == (
        "-",
        "line-end",
        " about",
    )


def test_what_the_model_lacks_is_a_gap(seed: Extraction) -> None:
    theme = seed.model.themes[0]
    cell = theme.stages[0].model_copy(update={"headline": None, "indicators": ()})
    bare = theme.model_copy(update={"stages": (cell,)})
    tree = edition(seed.model.model_copy(update={"themes": (bare,)}), None)
    stage = by_id(tree, "leadership.starting")
    assert [gap.getparent().tag for gap in stage.iter(f"{TEI}gap")] == [f"{TEI}head", f"{TEI}p"]


def test_the_ledger_of_another_model_is_refused(seed: Extraction) -> None:
    text = seed.model.to_json().replace("sporadic and not always", "sporadic and never")
    with pytest.raises(ExportError, match=r"themes\[0\]\.stages\[1\]\.indicators\[4\]\.text"):
        export(Model.model_validate_json(text), seed.ledger, "tei", "a")


def test_a_text_of_several_spans_points_at_each(seed: Extraction) -> None:
    first, *rest = seed.ledger.fields[1:]
    spans = (SpanRecord(start=10398, end=10500), SpanRecord(start=10501, end=10641))
    fields = (seed.ledger.fields[0], first.model_copy(update={"spans": spans}), *rest)
    tree = edition(seed.model, seed.ledger.model_copy(update={"fields": fields}))
    source = "breakthrough.txt#char=10398,10500 breakthrough.txt#char=10501,10641"
    assert by_id(tree, first.id).get("source") == source
