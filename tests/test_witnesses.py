"""Several witnesses of one document: what one lost the others restore, and nothing is invented."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakthrough_extract import (
    Extraction,
    Finding,
    Profile,
    extract,
    extract_witnesses,
    load_profile,
)
from breakthrough_extract.assign import assign
from breakthrough_extract.cli import main
from breakthrough_extract.document import Passage, Reading, Settlement
from breakthrough_extract.ledger import Kind, SourceRecord
from breakthrough_extract.pipeline import extract_documents
from breakthrough_extract.recognise import recognise
from breakthrough_extract.repair import repair
from breakthrough_extract.witnesses import settle, side_by_side
from breakthrough_extract.witnesses.collation import decide
from breakthrough_extract.witnesses.matching import assignment
from breakthrough_extract.witnesses.words import Said, align, words_of
from tests.support import paths
from tests.support.cutting import Chunk, chunks
from tests.support.extracting import codes, read_document, read_json, texts_of

BAKERY = paths.CASES / "witnesses" / "bakery"
ONE, TWO, WHOLE = BAKERY / "one.md", BAKERY / "two.html", BAKERY / "whole.md"


@pytest.fixture(scope="module")
def bakery() -> Profile:
    return load_profile(BAKERY / "profile.toml")


@pytest.fixture(scope="module")
def both(bakery: Profile) -> Extraction:
    return extract_witnesses([ONE, TWO], bakery)


def extract_texts(texts: Sequence[str], profile: Profile) -> Extraction:
    """The texts as witnesses a.md, b.md, c.md …"""
    documents = [read_document(text, f"{'abcdef'[n]}.md") for n, text in enumerate(texts)]
    return extract_documents(documents, profile)


def changed(old: str, new: str) -> str:
    """The whole bakery with one change."""
    text = WHOLE.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    return text.replace(old, new)


def whole() -> str:
    return WHOLE.read_text(encoding="utf-8")


def found(result: Extraction, code: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.code == code]


def item(result: Extraction, code: str) -> str:
    return next(item.text for item in result.model.iter_items() if item.code == code)


# Two bad witnesses give a better model than either alone.


@pytest.mark.parametrize(("path", "items"), [(ONE, 29), (TWO, 29)])
def test_each_rendering_of_the_bakery_alone_is_incomplete(
    path: Path, items: int, bakery: Profile
) -> None:
    alone = extract(path, bakery)
    assert not alone.clean
    assert len(list(alone.model.iter_items())) == items
    assert {"missing-stage", "missing-complaint"} <= set(codes(alone))


def test_both_renderings_of_the_bakery_together_are_complete(both: Extraction) -> None:
    assert texts_of(both.model) == read_json(BAKERY / "expected.json")
    assert len(list(both.model.iter_items())) == 34
    assert both.findings == ()


def test_the_ids_are_those_of_the_whole_document(both: Extraction, bakery: Profile) -> None:
    assert both.model == extract(WHOLE, bakery).model


def test_the_order_of_arguments_changes_no_text_where_witnesses_agree(
    both: Extraction, bakery: Profile
) -> None:
    assert extract_witnesses([TWO, ONE], bakery).model == both.model


def test_a_restored_word_is_an_edit_that_quotes_the_other_witness(both: Extraction) -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in (ONE, TWO)}
    restored = [
        (record, edit)
        for record in both.ledger.fields
        for edit in record.edits
        if edit.rule == "restored-from-witness"
    ]
    news = {edit.new.strip() for _, edit in restored}
    # A cell stands on the better witness of the two, so what it alone has is no edit.
    assert news == {"read", "the"}
    for record, edit in restored:
        evidence = edit.evidence
        assert evidence is not None
        assert evidence.source != record.source
        assert sources[evidence.source][evidence.start : evidence.end] == evidence.quote
        assert set(words(edit.new)) <= set(words(evidence.quote))


def test_what_a_field_stands_on_is_in_its_own_source(both: Extraction) -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in (ONE, TWO)}
    assert {record.source for record in both.ledger.fields} == set(sources)
    for record in both.ledger.fields:
        text = sources[record.source]
        stretches = [text[span.start : span.end] for span in record.spans]
        assert "".join("".join(stretches).split()) == "".join(record.quote.split())


# The ledger is whole for each source, and no word is invented.


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def assert_whole(record: SourceRecord, text: str) -> None:
    """Each non-white character is in exactly one entry. The test's own reckoning."""
    assert record.characters == len(text)
    holders = [0] * len(text)
    for part in record.partition:
        assert 0 <= part.start < part.end <= len(text)
        for n in range(part.start, part.end):
            holders[n] += 1
    assert all(count <= 1 for count in holders)
    assert [n for n, char in enumerate(text) if not char.isspace() and holders[n] != 1] == []


def assert_nothing_invented(result: Extraction, texts: Sequence[str]) -> None:
    known = {word for text in texts for word in words(text)}
    published = json.dumps(texts_of(result.model), ensure_ascii=False)
    values = re.findall(
        r'(?:: |\[|, )"((?:[^"\\]|\\.)*)"(?!:)', published.replace('"stage": "', '"_": "')
    )
    ids = {stage.id for stage in result.model.stages}
    names = {theme.name for theme in result.model.themes}
    for value in values:
        if value not in ids | names:
            assert set(words(value)) <= known, value


def test_the_ledger_is_whole_for_each_source(both: Extraction) -> None:
    for record, path in zip(both.ledger.sources, (ONE, TWO), strict=True):
        assert record.name == path.name
        assert_whole(record, path.read_text(encoding="utf-8"))


def test_no_word_is_invented(both: Extraction) -> None:
    assert_nothing_invented(both, [path.read_text(encoding="utf-8") for path in (ONE, TWO)])


def test_what_a_witness_says_again_is_a_repeat_of_its_field(both: Extraction) -> None:
    ids = {record.id for record in both.ledger.fields}
    kinds = {Kind.FIELD, Kind.REPEAT}
    for record, path in zip(both.ledger.sources, (ONE, TWO), strict=True):
        text = path.read_text(encoding="utf-8")
        said = [part for part in record.partition if part.kind in kinds]
        assert {part.of for part in said} <= ids
        sentence = "ash is swept out before it is asked for"
        at = text.index(sentence)
        (part,) = (part for part in said if part.start <= at < part.end)
        texts = {item.id: item.text for item in both.model.iter_items()}
        assert texts[part.of] == sentence


def test_each_decision_says_which_source_it_is_from(both: Extraction) -> None:
    decisions = [(decision.source, decision.id) for decision in both.ledger.decisions]
    assert len(decisions) == len(set(decisions))
    assert {source for source, _ in decisions} == {ONE.name, TWO.name}


# One document and itself.


def test_a_document_with_itself_gives_the_model_that_it_gives_alone(bakery: Profile) -> None:
    alone, twice = extract(ONE, bakery), extract_witnesses([ONE, ONE], bakery)
    assert twice.model == alone.model
    assert [(f.code, f.path) for f in twice.findings] == [(f.code, f.path) for f in alone.findings]
    assert [source.name for source in twice.ledger.sources] == ["one.md", "one.md (2)"]
    for record in twice.ledger.sources:
        assert_whole(record, ONE.read_text(encoding="utf-8"))


def test_the_seed_with_itself_gives_the_committed_model(seed: Extraction) -> None:
    twice = extract_witnesses([paths.SEED, paths.SEED])
    assert twice.model == seed.model
    assert set(codes(twice)) == set(codes(seed))


def test_one_witness_gives_what_extract_gives(bakery: Profile) -> None:
    assert extract_witnesses([ONE], bakery) == extract(ONE, bakery)


# Disagreements.


def test_two_witnesses_do_not_decide_between_two_words(bakery: Profile) -> None:
    other = changed("the till is a biscuit tin", "the till is a biscuit box")
    for texts, kept in (([whole(), other], "tin"), ([other, whole()], "box")):
        result = extract_texts(texts, bakery)
        assert item(result, "COU.M.3") == f"the till is a biscuit {kept}"
        (finding,) = found(result, "witness-disagreement")
        assert finding.severity == "warning"
        assert finding.path == "themes[2].stages[0].indicators[2].text"
        assert {place.quote for place in finding.places} == {"tin", "box"}
        assert {place.source for place in finding.places} == {"a.md", "b.md"}
        for place in finding.places:
            text = texts[["a.md", "b.md"].index(place.source)]
            assert text[place.start : place.end] == place.quote
        assert all(f"“{reading}”" in finding.message for reading in ("tin", "box"))


def test_three_witnesses_decide_by_majority_and_say_so(bakery: Profile) -> None:
    other = changed("the till is a biscuit tin", "the till is a biscuit box")
    for texts in permutations([whole(), other, whole()]):
        result = extract_texts(texts, bakery)
        assert item(result, "COU.M.3") == "the till is a biscuit tin"
        (finding,) = found(result, "witness-disagreement")
        assert finding.severity == "info"
        assert len(finding.places) == 3


def test_a_word_that_most_witnesses_lack_is_left_out_and_reported(bakery: Profile) -> None:
    other = changed("the till is a biscuit tin", "the till is a rusty biscuit tin")
    result = extract_texts([other, whole(), whole()], bakery)
    assert item(result, "COU.M.3") == "the till is a biscuit tin"
    (finding,) = found(result, "witness-disagreement")
    assert "“rusty”" in finding.message


def test_an_outvoted_word_is_an_edit_with_evidence(bakery: Profile) -> None:
    # So much longer that its text is the one to stand on, but for the one word.
    other = changed("the till is a biscuit tin", "the till is a biscuit box")
    other = other.replace("- stand on the other side", "- laugh aloud;\n- stand on the other side")
    one, two = (
        whole().replace("served by whoever has dry hands", "served by whoever"),
        whole().replace("because it has no name", "because"),
    )
    result = extract_texts([other, one, two], bakery)
    assert item(result, "COU.M.3") == "the till is a biscuit tin"
    (edit,) = (
        edit
        for record in result.ledger.fields
        for edit in record.edits
        if edit.rule == "outvoted-by-witnesses"
    )
    assert (edit.raw, edit.new) == ("box", "tin")
    assert edit.evidence is not None
    assert edit.evidence.quote == "tin"


def test_a_difference_in_punctuation_is_reported(bakery: Profile) -> None:
    other = changed("timed and tasted", "timed, and tasted")
    result = extract_texts([whole(), other], bakery)
    assert item(result, "DOU.B.1") == "every dough is weighed, timed, and tasted by two people"
    (finding,) = found(result, "witness-typography")
    assert {place.source for place in finding.places} == {"a.md", "b.md"}


def test_the_punctuation_of_a_list_is_no_disagreement(bakery: Profile) -> None:
    other = changed("dry hands;", "dry hands; and").replace("two people;", "two people,")
    assert extract_texts([whole(), other], bakery).findings == ()


@pytest.mark.parametrize(
    ("full", "clipped"),
    [
        ("the mason who built the oven comes to look at it", "the mason who built the oven co"),
        ("- customers order next week's bread and pay", "- week's bread and pay"),
        ("the starter has a grandmother and a spare in the", "the starter has a grandmother and"),
    ],
)
def test_a_clipped_item_is_made_whole(full: str, clipped: str, bakery: Profile) -> None:
    other = changed(full, clipped)
    if not full.startswith("-"):
        rest = whole().split(full)[1].split("\n")[0]
        other = other.replace(clipped + rest, clipped)
    expected = extract_texts([whole()], bakery).model
    for texts in ([whole(), other], [other, whole()]):
        result = extract_texts(texts, bakery)
        assert result.model == expected
        assert not found(result, "witness-disagreement")


def test_of_an_item_clipped_at_both_ends_two_witnesses_make_one(bakery: Profile) -> None:
    full = "bakers stand behind the counter one morning a week and listen to customers"
    head = "bakers stand behind the counter one morning a week"
    tail = "behind the counter one morning a week and listen to customers"
    for parts in ((head, tail), (tail, head)):
        result = extract_texts([changed(full, part) for part in parts], bakery)
        assert item(result, "COU.B.1") == full


# Where texts belong.


def test_an_item_that_one_lacks_comes_after_what_precedes_it_in_the_other(bakery: Profile) -> None:
    lines = [
        "- each loaf on the counter has a label with its price;\n",
        "- customers are asked how yesterday's loaf has kept;\n",
        "- what is left on the counter at noon goes to the school.\n",
    ]
    wanted = extract_texts([whole()], bakery).model
    for one, other in permutations(lines, 2):
        result = extract_texts([changed(one, ""), changed(other, "")], bakery)
        assert result.model == wanted


def test_two_items_that_one_witness_joins_are_two_where_list_marks_say_so(bakery: Profile) -> None:
    other = changed("no name;\n- the queue", "no name; the queue")
    wanted = extract_texts([whole()], bakery).model
    for texts in ([whole(), other], [other, whole()]):
        result = extract_texts(texts, bakery)
        assert result.model == wanted
        (finding,) = found(result, "witness-disagreement")
        assert "one text" in finding.message
        for record, text in zip(result.ledger.sources, texts, strict=True):
            assert_whole(record, text)


def test_an_item_behind_the_end_of_a_list_goes_where_the_other_witness_has_it(
    bakery: Profile,
) -> None:
    line = "- the till is a biscuit tin.\n"
    strayed = changed(line, "").replace("clean the oven door.\n", f"clean the oven door.\n{line}")
    wanted = extract_texts([whole()], bakery).model
    for texts in ([whole(), strayed], [strayed, whole()]):
        result = extract_texts(texts, bakery)
        assert result.model == wanted
        (finding,) = found(result, "witness-place")
        assert len(finding.places) == 2


def test_loose_text_that_another_witness_has_in_a_cell_is_explained(bakery: Profile) -> None:
    line = "bakers stand behind the counter one morning a week and listen to customers"
    loose = f"{line[0].upper()}{line[1:]}\n\n{whole()}"
    alone = extract_texts([loose.replace(f"- {line};\n", "")], bakery)
    assert "unresolved" in codes(alone)
    result = extract_texts([loose.replace(f"- {line};\n", ""), whole()], bakery)
    assert "unresolved" not in codes(result)
    assert result.model == extract_texts([whole()], bakery).model


def settled(texts: Sequence[str], profile: Profile, themes: Sequence[dict[str, str]]) -> Settlement:
    """The witnesses settled, with each one's themes exchanged as told and half as sure."""
    documents = side_by_side([read_document(text, f"{n}.md") for n, text in enumerate(texts)])
    readings: list[Reading] = []
    for document, exchanged in zip(documents, themes, strict=True):
        outline = recognise(document, profile)
        grid = assign(outline, profile)
        decisions = tuple(
            replace(d, theme=exchanged[d.theme], margin=d.margin / 2)
            if d.theme in exchanged and outline.sections[d.section].slot == "mixing"
            else d
            for d in grid.decisions
        )
        grid = replace(grid, decisions=decisions)
        readings.append(Reading(document, outline, grid, repair(outline, document.source)))
    return settle(readings)


@pytest.mark.parametrize("order", [1, -1])
def test_the_surer_witness_decides_on_the_theme_and_a_dispute_says_so(
    order: int, bakery: Profile
) -> None:
    exchanged: list[dict[str, str]] = [{"oven": "counter", "counter": "oven"}, {}]
    alone = settled([whole()], bakery, [{}])
    result = settled([whole(), whole()], bakery, exchanged[::order])
    texts = [
        {(cell.theme, cell.slot): cell.headline.text.folded for cell in s.cells}
        for s in (alone, result)
    ]
    assert texts[0] == texts[1]
    told = {home for home, dispute in result.disputes if dispute.code == "witness-theme"}
    assert told == {"oven.mixing", "counter.mixing"}
    assert all(dispute.settled for _, dispute in result.disputes)


def test_a_witness_whose_columns_are_mixed_is_not_heard(bakery: Profile) -> None:
    heads, lists = "", ""
    for part in re.split(r"^(?=### )", whole(), flags=re.MULTILINE)[1:]:
        label, headline, rest = part.split("\n\n", 2)
        heads += f"{label}\n\n"
        lists += f"{headline}\n\n{rest.split('##')[0]}\n"
    mixed = heads + lists
    assert "interleaved" in codes(extract_texts([mixed], bakery))
    result = extract_texts([mixed, whole()], bakery)
    assert result.clean
    assert result.model == extract_texts([whole()], bakery).model
    for record, text in zip(result.ledger.sources, [mixed, whole()], strict=True):
        assert_whole(record, text)


# The seed, damaged twice.


def damaged(witness: int, rng: random.Random) -> str:
    """The sections of the seed less a section, some items, and a word in others.

    What one witness loses, by position in the document, the other keeps.
    """
    out: list[str] = []
    for n, chunk in enumerate(cut()):
        if chunk.kind == "section" and n % 7 == 3 * witness:
            continue
        lines = chunk.text.split("\n")
        kept = [_line(line, m, n, witness, rng) for m, line in enumerate(lines)]
        out.append("\n".join(line for line in kept if line is not None))
    return "\n\n".join(out) + "\n"


def cut() -> list[Chunk]:
    return [chunk for chunk in chunks() if chunk.kind in ("section", "heading")]


def _line(line: str, m: int, n: int, witness: int, rng: random.Random) -> str | None:
    """A line of a section, perhaps less a word; None if it is lost."""
    other_lost = n % 7 == 3 * (1 - witness)
    if other_lost or not re.match(r"- |<li>", line):
        return line
    if m % 6 == 2 * witness:
        return None
    if m % 6 == 2 * witness + 1:
        inner = list(re.finditer(r"(?<= )\w+ (?=\w)", line))
        if inner:
            lost = rng.choice(inner)
            return line[: lost.start()] + line[lost.end() :]
    return line


@pytest.mark.parametrize("number", range(2))
def test_two_damaged_renderings_of_the_seed_give_the_whole_model(
    number: int, profile: Profile
) -> None:
    rng = random.Random(number)
    undamaged = extract_texts(["\n\n".join(chunk.text for chunk in cut())], profile)
    total = len(list(undamaged.model.iter_items()))
    texts = [damaged(witness, rng) for witness in (0, 1)]
    for text in texts:
        alone = extract_texts([text], profile)
        exact = {i.text for i in alone.model.iter_items()}
        assert sum(i.text in exact for i in undamaged.model.iter_items()) < total * 3 / 4
    result = extract_texts(texts, profile)
    assert texts_of(result.model) == texts_of(undamaged.model)
    assert not found(result, "witness-disagreement")
    for record, text in zip(result.ledger.sources, texts, strict=True):
        assert_whole(record, text)
    assert_nothing_invented(result, texts)


@pytest.mark.parametrize("number", range(2))
def test_badly_damaged_renderings_lose_nothing_and_invent_nothing(
    number: int, profile: Profile
) -> None:
    rng = random.Random(number)
    texts = [
        re.sub(r"(?<= )\w+ ", lambda found: found.group() if rng.random() < 0.9 else "", text)
        for text in (damaged(0, rng), damaged(1, rng), damaged(0, rng))
    ]
    result = extract_texts(texts, profile)
    for record, text in zip(result.ledger.sources, texts, strict=True):
        assert_whole(record, text)
    assert_nothing_invented(result, texts)
    alone = max(len(list(extract_texts([text], profile).model.iter_items())) for text in texts)
    assert len(list(result.model.iter_items())) > alone


# The command.


def test_the_command_names_the_output_after_the_first_witness(tmp_path: Path) -> None:
    folder = BAKERY / "profile.toml"
    arguments = [str(ONE), str(TWO), "--witnesses", "-o", str(tmp_path), "--profile", str(folder)]
    assert main(["extract", *arguments]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.json", "one.ledger.json"]
    assert [s["name"] for s in read_json(tmp_path / "one.ledger.json")["sources"]] == [
        "one.md",
        "two.html",
    ]


def test_witnesses_may_share_a_name_and_documents_may_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, source in (("bread.md", ONE), ("bread.html", TWO)):
        (tmp_path / name).write_bytes(source.read_bytes())
    inputs = [str(tmp_path / name) for name in ("bread.md", "bread.html")]
    rest = ["-o", str(tmp_path / "out"), "--profile", str(BAKERY / "profile.toml")]
    assert main(["extract", *inputs, *rest]) == 2
    assert "two inputs have this name" in capsys.readouterr().err
    assert main(["extract", *inputs, "--witnesses", *rest]) == 0
    assert (tmp_path / "out" / "bread.json").exists()


# The parts.


def test_side_by_side_each_position_belongs_to_one_source() -> None:
    given_documents = [read_document(text, "same.md") for text in ("# One\n\n- a;\n", "two", "x")]
    moved = side_by_side(given_documents)
    assert [document.source.name for document in moved] == ["same.md", "same.md (2)", "same.md (3)"]
    end = -1
    for before, after in zip(given_documents, moved, strict=True):
        assert after.source.padding == end + 1
        assert after.source.text == "\n" * after.source.padding + before.source.text
        end = len(after.source.text)
        for block in after.blocks:
            for span in block.text.spans:
                assert block.text.text
                assert after.source.text[span.start : span.end] in block.text.text


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=4))
def test_the_assignment_is_the_best_there_is(weights: list[list[int]]) -> None:
    chosen = assignment([[float(weight) for weight in row] for row in weights])
    taken = [column for column in chosen if column >= 0]
    assert len(taken) == len(set(taken))
    total = sum(weights[row][column] for row, column in enumerate(chosen) if column >= 0)
    columns = [*range(3), *[-1] * len(weights)]
    best = max(
        sum(weights[row][column] for row, column in enumerate(order) if column >= 0)
        for order in permutations(columns, len(weights))
    )
    assert total == best


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_the_alignment_has_as_many_words_as_can_be(one: list[str], other: list[str]) -> None:
    pairs = align(words_of(" ".join(one)), words_of(" ".join(other)))
    assert all(one[i] == other[j] for i, j in pairs)
    assert pairs == sorted(pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    best = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + (a == b))
    # A break costs less than a letter gains, so that no word is given up for a smooth run.
    assert len(pairs) == best[-1][-1]


@pytest.mark.parametrize(
    ("readings", "right"),
    [
        ([("a",), ("b",)], None),
        ([(), ("b",)], 1),
        ([("a",), ()], 0),
        ([("a",), None], 0),
        ([None, ("b",)], 1),
        ([None, None], 0),
        ([("a",), ("b",), ("b",)], 1),
        ([("a",), ("b",), ("c",)], None),
        ([("a",), (), ()], 1),
        ([(), ("b",), ("b",), ()], 1),
        ([("a",), ("b",), ("a",), ("b",)], None),
        ([(), ("b",), ("c",)], None),
        ([None, ("b",), ("c",)], None),
    ],
)
def test_decide(readings: list[tuple[str, ...] | None], right: int | None) -> None:
    assert decide(readings) == right


@pytest.mark.parametrize(
    "spelling",
    [
        lambda text: text.replace("'", "’"),
        lambda text: text.replace("-", "\u2011"),
        str.upper,
        lambda text: text.replace("fi", "ﬁ"),
        lambda text: f"{text}; and",
        lambda text: f"{text};",
    ],
)
def test_typography_and_list_punctuation_are_no_words(spelling: Callable[[str], str]) -> None:
    text = "don't fill it half-way"
    said = [Said(0, Passage.of(t, 0, len(t))) for t in (text, spelling(text))]
    assert said[0].plain == said[1].plain
