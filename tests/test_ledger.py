"""The proof that goes with the seed: the tests do the sums again, with code of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from breakthrough_extract import Extraction
from breakthrough_extract.checks import texts
from tests.support.cutting import RUNNING_HEADS

# As read by eye, in the order of the source; bold marks are markup and no part of them.
RUNNING_HEAD_TEXTS = [
    "the breakthrough model the breakt",
    "breakthrough model the breakthrough model",
    "el the breakthrough model",
    "the breakthrough model",
    "the",
    "del",
    "the breakthrough model",
]
STUB = (
    "... people management skills are valued; and make sure your values are more than a long list."
)
FRAGMENT = [
    "Performance:",
    "shares the al members are",
    "only one part of the organisation's",
    "themselves, rather like the decisions;",
    "adership professionals; and",
    "ance, but at this ; and not always",
]


@pytest.fixture(scope="module")
def ledger(seed: Extraction) -> Any:
    """The ledger as other tools see it: plain JSON."""
    return seed.ledger.model_dump(mode="json", by_alias=True)


@pytest.fixture(scope="module")
def partition(ledger: Any) -> Any:
    return ledger["sources"][0]["partition"]


@pytest.fixture(scope="module")
def by_path(ledger: Any) -> Any:
    return {record["path"]: record for record in ledger["fields"]}


def entries(partition: Any, text: str, kind: str) -> list[str]:
    return [text[part["start"] : part["end"]] for part in partition if part["kind"] == kind]


def test_the_source_is_named_with_its_bytes(ledger: Any, seed_text: str) -> None:
    (source,) = ledger["sources"]
    assert source["name"] == "breakthrough.txt"
    assert source["sha256"] == "f3c3576d33069944c85791eeeca24024ee6b5e1d34077db25a2a3b3f995d0ec6"
    assert source["characters"] == len(seed_text)
    assert source["encoding"] == "utf-8"


def test_no_character_is_in_two_entries_and_no_entry_is_empty(partition: Any) -> None:
    ends = 0
    for part in sorted(partition, key=lambda part: int(part["start"])):
        assert ends <= part["start"] < part["end"]
        ends = part["end"]


def test_every_character_that_shows_is_in_an_entry(partition: Any, seed_text: str) -> None:
    held = {place for part in partition for place in range(part["start"], part["end"])}
    assert [n for n, char in enumerate(seed_text) if not char.isspace() and n not in held] == []


def test_no_entry_begins_or_ends_with_white_space(partition: Any, seed_text: str) -> None:
    for part in partition:
        quote = seed_text[part["start"] : part["end"]]
        assert quote == quote.strip()


def test_nothing_of_the_seed_is_left_unexplained(partition: Any) -> None:
    assert {part["kind"] for part in partition} == {
        "field",
        "markup",
        "heading",
        "furniture",
        "repeat",
        "fragment",
        "note",
    }


def test_what_is_called_markup_holds_no_word(partition: Any, seed_text: str) -> None:
    for quote in entries(partition, seed_text, "markup"):
        assert not re.search(r"\w", re.sub(r"<[^<>]*>", "", quote)), quote


def test_headings_are_the_labels_and_the_names_of_themes(partition: Any, seed_text: str) -> None:
    found = entries(partition, seed_text, "heading")
    assert {quote: found.count(quote) for quote in found} == {
        "STARTING": 6,
        "DEVELOPING": 6,
        "CONSOLIDATING": 6,
        "BREAKTHROUGH POINTS": 6,
        "Leadership": 1,
        "Priorities": 1,
        "Performance frameworks": 1,
        "Helping people perform": 1,
        "Learning": 1,
        "Managing change": 1,
    }


def test_furniture_is_the_running_heads_as_read_by_eye(partition: Any, seed_text: str) -> None:
    assert entries(partition, seed_text, "furniture") == RUNNING_HEAD_TEXTS
    assert len(RUNNING_HEADS) == 6  # one of the lines holds two


def test_the_opening_stub_is_a_repeat_of_one_list_of_points(partition: Any, seed_text: str) -> None:
    assert entries(partition, seed_text, "repeat") == [STUB]
    (part,) = (part for part in partition if part["kind"] == "repeat")
    assert part["of"] == "helping-people-perform.breakthrough_points"


def test_the_clipped_column_is_a_fragment_of_one_stage(partition: Any, seed_text: str) -> None:
    assert entries(partition, seed_text, "fragment") == FRAGMENT
    owners = {part["of"] for part in partition if part["kind"] == "fragment"}
    assert owners == {"leadership.developing"}


def test_the_footnote_is_a_note(partition: Any, seed_text: str) -> None:
    assert entries(partition, seed_text, "note") == [
        "Note: 'Leaders' includes politicians and top managers."
    ]


def test_each_text_of_the_model_has_its_record_and_no_other_has(
    seed: Extraction, by_path: Any
) -> None:
    assert set(by_path) == {text.path for text in texts(seed.model)}
    # 24 headlines, 6 complaints, 117 indicators, 45 points, 1 note
    assert len(by_path) == 24 + 6 + 117 + 45 + 1


def test_records_are_keyed_by_the_ids_of_the_model(seed: Extraction, by_path: Any) -> None:
    for number, theme in enumerate(seed.model.themes):
        for n, indicator in enumerate(theme.stages[1].indicators):
            path = f"themes[{number}].stages[1].indicators[{n}].text"
            assert by_path[path]["id"] == indicator.id


def replayed(record: Any) -> str:
    """The published text, made again from the quote by the edits, from the last to the first."""
    text = record["quote"]
    for edit in sorted(record["edits"], key=lambda edit: int(edit["start"]), reverse=True):
        assert text[edit["start"] : edit["end"]] == edit["raw"]
        text = text[: edit["start"]] + edit["new"] + text[edit["end"] :]
    return " ".join(text.split())


def test_edits_replayed_over_the_quotes_give_the_texts(seed: Extraction, by_path: Any) -> None:
    for text in texts(seed.model):
        assert replayed(by_path[text.path]) == text.text


def test_quotes_are_the_characters_under_the_spans(ledger: Any, seed_text: str) -> None:
    for record in ledger["fields"]:
        under = [seed_text[span["start"] : span["end"]] for span in record["spans"]]
        assert "".join("".join(under).split()) == "".join(record["quote"].split())
        if len(under) == 1:
            assert record["quote"] == under[0]


def test_the_spans_of_a_record_are_in_its_entries_of_the_partition(
    ledger: Any, partition: Any
) -> None:
    held: dict[str, set[int]] = {}
    for part in partition:
        held.setdefault(part["of"], set()).update(range(part["start"], part["end"]))
    for record in ledger["fields"]:
        for span in record["spans"]:
            assert {span["start"], span["end"] - 1} <= held[record["id"]]


def test_every_word_of_every_text_occurs_in_the_source(seed: Extraction, seed_text: str) -> None:
    known = set(re.findall(r"\w+", seed_text))
    for text in texts(seed.model):
        assert set(re.findall(r"\w+", text.text)) <= known, text.path


def test_every_text_but_the_restored_one_stands_word_for_word_in_the_source(
    seed: Extraction, seed_text: str
) -> None:
    plain = " ".join(re.sub(r"<[^<>]*>|\*", "", seed_text).split())
    missing = [text.path for text in texts(seed.model) if text.text not in plain]
    assert missing == ["themes[0].stages[1].indicators[4].text"]


def edits_with_evidence(ledger: Any) -> Iterator[tuple[Any, Any]]:
    for record in ledger["fields"]:
        for edit in record["edits"]:
            if edit["evidence"]:
                yield record, edit


def test_two_words_are_restored_and_each_quotes_the_fragment(ledger: Any, seed_text: str) -> None:
    found = list(edits_with_evidence(ledger))
    assert [edit["new"].strip() for _, edit in found] == ["this", "always"]
    assert {record["path"] for record, _ in found} == {"themes[0].stages[1].indicators[4].text"}
    quotes = [edit["evidence"]["quote"] for _, edit in found]
    assert quotes == ["but at this", "and not always"]
    for _, edit in found:
        proof = edit["evidence"]
        assert proof["source"] == "breakthrough.txt"
        assert seed_text[proof["start"] : proof["end"]] == proof["quote"]
        # In the fragment's cell, and not anywhere else in the source.
        cell = seed_text.index("<p><b>Performance:</b></p>")
        assert cell < proof["start"] < seed_text.index("CONSOLIDATING", cell)


def test_restored_words_stand_where_a_person_would_put_them(by_path: Any) -> None:
    record = by_path["themes[0].stages[1].indicators[4].text"]
    this, always = (edit for edit in record["edits"] if edit["evidence"])
    assert record["quote"][: this["start"]].endswith("but at")
    assert record["quote"][always["end"] :].startswith(" completely honest")


def test_no_other_edit_adds_a_character(ledger: Any) -> None:
    for record in ledger["fields"]:
        for edit in record["edits"]:
            if not edit["evidence"]:
                assert edit["new"] == ""
                assert re.fullmatch(r"[;:.,*'\s]*(?:and)?\s*", edit["raw"]), edit


def quoted(ledger: Any, code: str) -> list[list[str]]:
    return [
        [place["quote"] for place in finding["places"]]
        for finding in ledger["findings"]
        if finding["code"] == code
    ]


def test_findings_quote_the_source_where_they_say_they_do(ledger: Any, seed_text: str) -> None:
    for finding in ledger["findings"]:
        assert finding["places"]
        for place in finding["places"]:
            assert seed_text[place["start"] : place["end"]] == place["quote"]


def test_the_stub_and_its_variant_reading_are_findings(ledger: Any) -> None:
    assert [STUB] in quoted(ledger, "repeat")
    (variant,) = (pair for pair in quoted(ledger, "variant-reading") if "a long list" in pair)
    assert variant == ["words", "a long list"]


def test_the_fragment_is_a_finding(ledger: Any) -> None:
    assert quoted(ledger, "fragment") == [FRAGMENT]


def test_a_reading_that_nothing_decides_is_a_finding_and_no_edit(
    ledger: Any, seed: Extraction
) -> None:
    pairs = quoted(ledger, "variant-reading")
    assert any("organisational" in a and "organisation's" in b for a, b in pairs)
    text = seed.model.themes[0].stages[1].indicators[1].text
    assert text.endswith(
        "they constantly reinforce the organisational direction when they talk to the staff"
    )


def test_each_section_and_complaint_has_its_decision_with_a_margin(ledger: Any) -> None:
    decisions = {decision["id"]: decision for decision in ledger["decisions"]}
    themes = [
        "leadership",
        "priorities",
        "performance-frameworks",
        "helping-people-perform",
        "learning",
        "managing-change",
    ]
    slots = ["starting", "developing", "consolidating", "breakthrough_points"]
    assert {f"{theme}.{slot}" for theme in themes for slot in slots} <= set(decisions)
    for name, decision in decisions.items():
        assert decision["margin"] > 0, name
        assert decision["score"] > 0, name
        assert decision["runner_up"] != decision["theme"]
        assert decision["runner_up"] in (*themes, None)


def test_a_decision_says_where_its_section_begins(ledger: Any, seed_text: str) -> None:
    for decision in ledger["decisions"]:
        if decision["slot"] != "complaint":
            label = decision["slot"].upper().replace("_", " ")
            assert seed_text.startswith(label, decision["start"])
            assert decision["section"].startswith(label)
