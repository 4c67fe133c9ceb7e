"""From a text to a model: the seed, two invented models, and what may not change a model."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from breakthrough_extract import Extraction, Profile, ReadError, extract, load_profile
from tests.support import paths
from tests.support.cutting import Chunk, chunks, expected, sections
from tests.support.extracting import codes, extract_text, read_json, texts_of

# A failing order of the seed is as telling as a shorter one, and shrinking takes minutes.
UNSHRUNK = (Phase.explicit, Phase.generate)

INVENTED = sorted(
    folder.name
    for folder in (paths.CASES / "extract").iterdir()
    if (folder / "profile.toml").exists()
)


# The seed, read by eye.


@pytest.mark.parametrize("number", range(6))
def test_each_theme_of_the_seed_reads_as_a_person_typed_it(seed: Extraction, number: int) -> None:
    assert texts_of(seed.model)["themes"][number] == expected()["themes"][number]


def test_the_seed_has_no_theme_beside_those_that_a_person_typed(seed: Extraction) -> None:
    assert texts_of(seed.model) == expected()


def test_the_seed_has_24_sections_117_indicators_and_45_points(seed: Extraction) -> None:
    cells = [cell for theme in seed.model.themes for cell in theme.stages]
    lists = [t.breakthrough_points for t in seed.model.themes if t.breakthrough_points]
    assert len(cells) + len(lists) == 24
    assert sum(len(cell.indicators) for cell in cells) == 117
    assert sum(len(entry.points) for entry in lists) == 45


def test_the_seed_has_a_text_for_each_list_mark_in_it(seed: Extraction, seed_text: str) -> None:
    marks = re.findall(r"^- |<li>", seed_text, re.MULTILINE)
    assert len(list(seed.model.iter_items())) == len(marks)


def test_the_seed_is_clean_and_says_what_it_noticed(seed: Extraction) -> None:
    assert seed.clean
    assert {f.severity for f in seed.findings} == {"warning"}
    assert {"repeat", "fragment", "variant-reading"} == set(codes(seed))


def test_the_stages_of_the_seed_are_in_the_order_of_the_scale(seed: Extraction) -> None:
    assert [(s.id, s.name, s.position) for s in seed.model.stages] == [
        ("starting", "Starting", 1),
        ("developing", "Developing", 2),
        ("consolidating", "Consolidating", 3),
    ]
    for theme in seed.model.themes:
        assert [(c.stage, c.name) for c in theme.stages] == [
            ("starting", "Starting"),
            ("developing", "Developing"),
            ("consolidating", "Consolidating"),
        ]


def test_codes_say_theme_stage_and_place(seed: Extraction) -> None:
    items = {item.code: item.text for item in seed.model.iter_items()}
    assert items["LEA.DEV.3"] == (
        "senior managers tend to take all the key decisions themselves rather than "
        "supporting/coaching those better placed to make the decisions"
    )
    assert items["PER.BP.2"] == "keep it simple"
    assert items["LRN.STA.1"] == "the leadership team rarely talk about it"
    assert all(re.fullmatch(r"[A-Z]{3}\.(?:STA|DEV|CON|BP)\.\d{1,2}", code) for code in items)
    assert len(items) == 117 + 45


def test_ids_are_unique_and_need_no_quoting(seed: Extraction) -> None:
    notes = [n for theme in seed.model.themes for cell in theme.stages for n in cell.notes]
    ids = [
        *(theme.id for theme in seed.model.themes),
        *(item.id for item in seed.model.iter_items()),
        *(note.id for note in notes),
    ]
    assert len(ids) == len(set(ids)) == 6 + 117 + 45 + 1
    assert all(re.fullmatch(r"[a-z0-9-]+", id_) for id_ in ids)


def test_an_id_outlives_a_move_of_its_section(
    seed: Extraction, seed_text: str, profile: Profile
) -> None:
    first = next(chunk for chunk in chunks() if chunk.kind == "section")
    moved = seed_text[: first.start] + seed_text[first.end :] + "\n\n" + first.text
    ids = {item.text: item.id for item in seed.model.iter_items()}
    assert {i.text: i.id for i in extract_text(moved, profile).model.iter_items()} == ids


def test_two_runs_give_the_same_bytes(seed: Extraction, seed_text: str, profile: Profile) -> None:
    again = extract_text(seed_text, profile, paths.SEED.name)
    assert again.model.to_json() == seed.model.to_json()
    assert again.ledger.to_json() == seed.ledger.to_json()


def test_extract_takes_a_path_and_knows_the_breakthrough_profile(seed: Extraction) -> None:
    for path in (paths.SEED, str(paths.SEED)):
        assert extract(path).model == seed.model


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("line ends of another system", lambda text: text.replace("\n", "\r\n")),
        ("a byte order mark", lambda text: "\ufeff" + text),
        ("many blank lines", lambda text: re.sub(r"\n\n", "\n\n\n\n \n", text)),
        ("spaces at the ends of lines", lambda text: re.sub(r"(?m)(?<!\s)$", "   ", text)),
        ("no final newline", lambda text: text.rstrip()),
        ("many final newlines", lambda text: text + "\n" * 9),
    ],
)
def test_the_model_does_not_depend_on(
    name: str, damage: Any, seed: Extraction, seed_text: str, profile: Profile
) -> None:
    result = extract_text(damage(seed_text), profile)
    assert texts_of(result.model) == texts_of(seed.model), name
    assert set(codes(result)) == set(codes(seed)), name


# Order: whatever stands where, the model is the same.

MOVABLE = [chunk for chunk in chunks() if chunk.kind != "rule"]


def given_as(blocks: list[Chunk]) -> str:
    return "\n\n".join(block.text for block in blocks) + "\n"


def test_the_seed_cuts_into_the_blocks_that_a_person_counts() -> None:
    kinds = [chunk.kind for chunk in chunks()]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "section": 24,
        "heading": 6,
        "running head": 6,
        "stub": 1,
        "fragment": 1,
        "rule": 3,
    }
    assert len({chunk.name for chunk in sections()}) == 24


@settings(max_examples=12, phases=UNSHRUNK)
@given(order=st.permutations([c for c in MOVABLE if c.kind in ("section", "heading")]))
def test_sections_and_headings_in_any_order_give_the_same_texts(
    order: list[Chunk], profile: Profile
) -> None:
    # Without the fragment nothing restores what the column lost; all else is as read by eye.
    result = extract_text(given_as(order), profile)
    assert result.clean
    assert unrepaired(texts_of(result.model)) == unrepaired(expected())


@settings(max_examples=16, phases=UNSHRUNK)
@given(order=st.permutations(MOVABLE))
def test_all_blocks_in_any_order_give_the_same_model(
    order: list[Chunk], profile: Profile, seed: Extraction
) -> None:
    result = extract_text(given_as(order), profile)
    assert texts_of(result.model) == expected()
    assert result.model == seed.model
    assert result.clean


@settings(max_examples=8, phases=UNSHRUNK)
@given(data=st.data())
def test_headings_and_running_heads_may_stand_inside_sections(
    data: st.DataObject, profile: Profile
) -> None:
    strays = [c.text for c in MOVABLE if c.kind in ("heading", "running head")]
    paragraphs = [p for c in sections() for p in c.text.replace("\n- ", "\n\n- ").split("\n\n")]
    for stray in strays:
        paragraphs.insert(data.draw(st.integers(0, len(paragraphs))), stray)
    result = extract_text("\n\n".join(paragraphs), profile)
    assert unrepaired(texts_of(result.model)) == unrepaired(expected())


def test_sections_alone_without_any_heading_find_their_themes(profile: Profile) -> None:
    texts = texts_of(extract_text(given_as(sections()), profile).model)["themes"]
    for theme in texts:
        theme["complaint"] = None
    wanted = [{**theme, "complaint": None} for theme in expected()["themes"]]
    assert unrepaired(texts) == unrepaired(wanted)


@pytest.mark.parametrize("after", ["stub", "section", "heading", "running head"])
def test_a_fragment_in_running_text_repairs_its_section_and_adds_no_item(
    after: str, profile: Profile
) -> None:
    fragment = next(c for c in MOVABLE if c.kind == "fragment")
    rest = [c for c in MOVABLE if c.kind != "fragment"]
    place = next(n for n, c in enumerate(rest) if c.kind == after) + 1
    result = extract_text(given_as([*rest[:place], fragment, *rest[place:]]), profile)
    assert texts_of(result.model) == expected()


def unrepaired(texts: Any) -> Any:
    """`texts` with the two restored words taken out again, wherever they are."""
    if isinstance(texts, str):
        return texts.replace("but at this stage", "but at stage").replace(
            "and not always completely", "and not completely"
        )
    if isinstance(texts, list):
        return [unrepaired(entry) for entry in texts]
    if isinstance(texts, dict):
        return {key: unrepaired(entry) for key, entry in texts.items()}
    return texts


# Missing is missing, and twice is once.

EACH_SECTION = pytest.mark.parametrize("section", sections(), ids=lambda chunk: str(chunk.name))


@EACH_SECTION
def test_a_section_that_is_given_twice_changes_nothing_and_is_reported(
    section: Chunk, seed: Extraction, seed_text: str, profile: Profile
) -> None:
    result = extract_text(f"{seed_text}\n\n{section.text}\n", profile)
    assert result.model == seed.model
    start = len(seed_text) + 2
    repeats = [
        finding
        for finding in result.findings
        if finding.code == "repeat" and any(place.start >= start for place in finding.places)
    ]
    assert len(repeats) == 1
    assert seed.model.themes[section.theme].id in repeats[0].message
    assert result.clean


def test_a_section_of_another_subject_is_left_open_and_reported(
    seed: Extraction, seed_text: str, profile: Profile
) -> None:
    bees = "\n\n**STARTING**\n\n**Bees swarm in May:**\n\n- hives hum;\n- queens quarrel.\n"
    result = extract_text(seed_text + bees, profile)
    assert result.model == seed.model
    assert "left-open" in codes(result)


def test_a_section_that_fits_every_theme_alike_is_put_nowhere_and_reported() -> None:
    profile = load_profile(paths.CASES / "extract" / "orchard" / "profile.toml")
    result = extract_text("Waking\n\nBirds sing:\n\n- a robin sings;\n- a thrush answers.", profile)
    assert all(not theme.stages for theme in result.model.themes)
    assert "left-open" in codes(result)
    assert not result.clean


def test_loose_text_is_kept_in_the_ledger_and_reported(
    seed: Extraction, seed_text: str, profile: Profile
) -> None:
    loose = "Zebras graze on this page by mistake, and quietly."
    result = extract_text(f"{seed_text}\n\n{loose}\n", profile)
    assert result.model == seed.model
    found = [f for f in result.findings if f.code == "unresolved"]
    assert [place.quote for f in found for place in f.places] == [loose]


@pytest.mark.parametrize("asked", ["complaint", "breakthrough_points"])
def test_what_the_profile_asks_for_and_no_theme_has_is_an_error(
    asked: str, profile: Profile
) -> None:
    kept = [
        chunk.text
        for chunk in sections()
        if asked == "complaint" or chunk.slot != "breakthrough_points"
    ]
    if asked != "complaint":
        kept += [chunk.text for chunk in chunks() if chunk.kind == "heading"]
    result = extract_text("\n\n".join(kept), profile)
    assert not result.clean
    code = "missing-complaint" if asked == "complaint" else "missing-list"
    assert [f.code for f in result.findings if f.severity == "error"] == [code]


def test_a_text_without_a_stage_label_is_refused_with_a_remedy(profile: Profile) -> None:
    with pytest.raises(ReadError, match=r"given\.md: no stage label .*right file"):
        extract_text("**Learning**\n\n*'There's no time to learn.'*\n\n- a list\n", profile)


# Other models: their names and counts stand in their profile alone.


def test_there_are_invented_models_with_other_counts() -> None:
    shapes = set()
    for name in INVENTED:
        given_profile = load_profile(paths.CASES / "extract" / name / "profile.toml")
        shapes.add((len(given_profile.themes), len(given_profile.stages)))
        assert (paths.CASES / "extract" / name / "expected.json").exists()
    assert {(4, 5), (3, 3)} <= shapes


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_model_is_extracted_as_a_person_reads_it(name: str) -> None:
    folder = paths.CASES / "extract" / name
    result = extract(folder / "input.md", load_profile(folder / "profile.toml"))
    assert texts_of(result.model) == read_json(folder / "expected.json")
    assert [f.message for f in result.findings] == []


@pytest.mark.parametrize("name", INVENTED)
@settings(max_examples=10, phases=UNSHRUNK)
@given(data=st.data())
def test_an_invented_model_does_not_depend_on_the_order_of_its_parts(
    name: str, data: st.DataObject
) -> None:
    folder = paths.CASES / "extract" / name
    given_profile = load_profile(folder / "profile.toml")
    text = (folder / "input.md").read_text(encoding="utf-8")
    names = [slot.name for slot in given_profile.slots] + ["Try this"]
    label = rf"^(?=(?:### )?(?:{'|'.join(names)}):?$)"
    parts = re.split(label, text, flags=re.MULTILINE | re.IGNORECASE)
    order = data.draw(st.permutations(parts))
    result = extract_text("\n\n".join(order), given_profile)
    wanted = read_json(folder / "expected.json")
    assert texts_of(result.model) == wanted
