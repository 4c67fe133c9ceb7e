"""The damages do what their names say, and what the benchmark promises of any of them holds."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.garbling import Trial, outcome
from breakthrough_extract import Profile, ReadError
from breakthrough_extract.pipeline import extract_document
from breakthrough_extract.profile import Label
from breakthrough_extract.readers import read_bytes
from tests.garble import letters, lines, structure
from tests.garble.damages import DAMAGES, Damage
from tests.garble.dialects import DIALECTS, Dialect, bold, html_matrix, pipe_matrix
from tests.garble.evidence import told_apart
from tests.garble.rendering import Kind, Rendering, intact
from tests.garble.scoring import score
from tests.garble.truth import NAMES, Texts, TrueModel, true_model

PROFILE = Profile(
    id="pond",
    title="The pond",
    stages=(Label("dry", "Dry", "DRY"), Label("wet", "Wet", "WET")),
    themes=(Label("frogs", "Frogs", "FRO"), Label("reeds", "Reeds", "REE")),
    running_heads=("the pond",),
)
POND = TrueModel(
    "pond",
    PROFILE,
    {
        ("frogs", "dry"): Texts("Frogs hide", ("frogs sleep in mud", "no frog calls")),
        ("frogs", "wet"): Texts("Frogs return", ("frogs spawn", "tadpoles swim round the frogs")),
        ("reeds", "dry"): Texts("Reeds wither", ("reeds turn brown", "the reeds rattle")),
        ("reeds", "wet"): Texts("Reeds grow", ("reeds sprout", "warblers nest in the reeds")),
    },
)
BARN = TrueModel(
    "barn",
    Profile(
        id="barn",
        title="The barn",
        stages=(Label("empty", "Empty", "EMP"), Label("full", "Full", "FUL")),
        themes=(Label("owls", "Owls", "OWL"),),
    ),
    {
        ("owls", "empty"): Texts("", ("owls leave",)),
        ("owls", "full"): Texts("", ("owls hunt mice",)),
    },
)


def pond() -> Rendering:
    return intact(POND, BARN, punctuated=True)


def shown(rendering: Rendering) -> list[str]:
    return [line.text for line in rendering.lines()]


def chance() -> Random:
    return Random(1)


INTACT = """\
**Frogs**

**DRY**

**Frogs hide:**

- frogs sleep in mud; and
- no frog calls.

**WET**

**Frogs return:**

- frogs spawn; and
- tadpoles swim round the frogs.
"""


def test_without_damage_a_rendering_is_the_model_as_a_person_would_write_it() -> None:
    assert bold(pond()).startswith(INTACT)


def test_a_matrix_has_themes_in_rows_and_stages_in_columns() -> None:
    text = pipe_matrix(intact(POND, BARN, punctuated=False))
    assert text.splitlines()[0] == "|  | Dry | Wet |"
    assert text.splitlines()[3] == (
        "| Reeds | Reeds wither:<br>• reeds turn brown<br>• the reeds rattle "
        "| Reeds grow:<br>• reeds sprout<br>• warblers nest in the reeds |"
    )
    assert "<tr><th><h2>Frogs</h2></th><td><p><b>Frogs hide:</b></p>" in html_matrix(pond())


# Order and presence.


def groups(rendering: Rendering) -> list[tuple[str, list[str]]]:
    """The themes' names, and what stands under them by headline."""
    return [
        (
            "".join(line.text for line in group.heading),
            [line.text for s in group.sections for line in s.lines if line.kind == Kind.HEADLINE],
        )
        for group in rendering.groups
    ]


def test_pages_shuffled_moves_whole_themes() -> None:
    assert groups(structure.pages_shuffled(pond(), 1, chance())) == [
        ("Reeds", ["Reeds wither:", "Reeds grow:"]),
        ("Frogs", ["Frogs hide:", "Frogs return:"]),
    ]


def test_sections_shuffled_keeps_each_section_and_no_order() -> None:
    orders = {str(groups(structure.sections_shuffled(pond(), 1, Random(n)))) for n in range(20)}
    assert len(orders) > 5
    for number in range(20):
        damaged = structure.sections_shuffled(pond(), 1, Random(number))
        assert Counter(shown(damaged)) == Counter(shown(pond()))


def test_headings_moved_stand_above_the_other_theme() -> None:
    assert groups(structure.headings_moved(pond(), 1, chance())) == [
        ("Reeds", ["Frogs hide:", "Frogs return:"]),
        ("Frogs", ["Reeds wither:", "Reeds grow:"]),
    ]


def test_headings_dropped_are_gone_and_nothing_else_is() -> None:
    damaged = structure.headings_dropped(pond(), 1, chance())
    assert Counter(shown(pond())) - Counter(shown(damaged)) == Counter(["Frogs", "Reeds"])


def test_headings_doubled_stand_twice() -> None:
    assert Counter(shown(structure.headings_doubled(pond(), 1, chance())))["Reeds"] == 2


def test_cells_doubled_are_given_twice() -> None:
    damaged = structure.cells_doubled(pond(), 0.25, chance())
    twice = [text for text, n in Counter(shown(damaged)).items() if n == 2]
    assert len([text for text in twice if text.endswith(":")]) == 1


def test_a_missing_section_is_missing_from_the_truth_too() -> None:
    damaged = structure.sections_missing(pond(), 0.25, chance())
    homes = {line.home for line in damaged.lines() if line.true}
    assert len(homes) == 3


def test_foreign_sections_come_under_our_labels_and_belong_nowhere() -> None:
    damaged = structure.foreign_sections(pond(), 0.25, chance())
    strays = [line for line in damaged.lines() if "owls" in line.text]
    assert [line.home[0] for line in strays] == [""]
    assert Counter(shown(damaged)).keys() - Counter(shown(pond())).keys() == {strays[0].text}


def test_foreign_pages_bring_their_own_names() -> None:
    texts = shown(structure.foreign_pages(pond(), 0.5, chance()))
    assert {"Owls", "Empty", "Full"} < set(texts)


def test_a_flattened_table_has_its_labels_once_and_above() -> None:
    text = bold(structure.table_flattened(pond(), 1, chance()))
    assert text.startswith("Dry Wet\n\n**Frogs**\n\n**Frogs hide:**\n")
    assert text.count("DRY") == 0


# Lines.


def test_labels_dropped_leave_the_rest() -> None:
    damaged = lines.labels_dropped(pond(), 1, chance())
    assert Counter(shown(pond())) - Counter(shown(damaged)) == Counter(["Dry", "Wet"] * 2)


def test_a_running_head_comes_in_the_middle_of_an_item() -> None:
    texts = shown(lines.running_heads_inserted(pond(), 1, chance()))
    (hit,) = (text for text in texts if text.startswith("frogs sleep") or "mud" in text)
    assert hit.replace("\nthe pond\n", " ") == "frogs sleep in mud; and"
    assert not hit.startswith("the pond")


def test_items_split_are_broken_at_a_column_s_width() -> None:
    long = "warblers nest in the reeds and herons stand beside them all day"
    model = TrueModel("pond", PROFILE, {("reeds", "wet"): Texts("Reeds grow", (long,))})
    texts = shown(lines.items_split(intact(model, BARN, punctuated=False), 1, chance()))
    assert "warblers nest in the reeds and herons\nstand beside them all day" in texts


def test_items_joined_lose_the_break_between_them() -> None:
    damaged = lines.items_joined(pond(), 1, chance())
    assert "frogs spawn; and tadpoles swim round the frogs." in shown(damaged)
    joined = next(line for line in damaged.lines() if line.text.startswith("frogs spawn"))
    assert joined.true == ("frogs spawn", "tadpoles swim round the frogs")


def test_items_cut_leave_an_edge_elsewhere() -> None:
    left, right = (
        shown(cut(pond(), 1, chance())) for cut in (lines.items_cut_left, lines.items_cut_right)
    )
    assert {"sprout; and", "reeds"} < set(left)
    assert {"frogs sleep in mu", "d; and"} < set(right)


def test_hyphenation_fills_a_line_with_a_part_of_the_next_word() -> None:
    long = "everybody in the village has helped with dredging the lower pond"
    model = TrueModel("pond", PROFILE, {("reeds", "wet"): Texts("Reeds grow", (long,))})
    texts = shown(lines.hyphenation(intact(model, BARN, punctuated=False), 1, chance()))
    # 40 characters: "everybody in the village has helped with" fills a line to the last.
    assert any(text.replace("-\n", "").replace("\n", " ") == long for text in texts)


def test_columns_interleaved_are_written_line_by_line() -> None:
    damaged = lines.columns_interleaved(pond(), 1, chance())
    assert shown(damaged)[1:7] == [
        "Dry",
        "Wet",
        "Frogs hide:",
        "Frogs return:",
        "frogs sleep in mud; and",
        "frogs spawn; and",
    ]


def test_marks_lost_leave_bare_lines() -> None:
    text = bold(lines.marks_lost(pond(), 1, chance()))
    assert "- " not in text
    assert "\nfrogs spawn; and\ntadpoles swim round the frogs.\n" in text


# Letters.


@pytest.mark.parametrize(
    ("text", "read"),
    [("modern", "rn0clcm"), ("1O0", "l0O"), ("ill", "j11")],
)
def test_at_the_highest_rate_each_confusion_is_made(text: str, read: str) -> None:
    assert letters.misread(text, 9, chance()) == read


def test_at_two_per_cent_about_two_of_a_hundred_characters_are_misread() -> None:
    text = "the harbour master warns of shoals over the radio when told of one " * 200
    read = letters.misread(text, 0.02, chance())
    words = zip(text.split(), read.split(), strict=True)
    wrong = sum(one != other for one, other in words)
    assert 0.014 * len(text) < wrong < 0.022 * len(text)


def test_label_errors_touch_labels_alone() -> None:
    damaged = letters.label_errors(pond(), 9, chance())
    changed = [b for a, b in zip(pond().lines(), damaged.lines(), strict=True) if a != b]
    assert {line.kind for line in changed} == {Kind.LABEL}


# What evidence is left.


def test_names_tell_themes_apart_that_use_them() -> None:
    assert told_apart(pond()) == {"frogs", "reeds"}


def nameless(texts: dict[str, str]) -> Rendering:
    """A pond with one text a theme."""
    cells = {(theme, "dry"): Texts("", (text,)) for theme, text in texts.items()}
    return intact(TrueModel("pond", PROFILE, cells), BARN, punctuated=True)


@pytest.mark.parametrize(
    ("frogs", "reeds", "told"),
    [
        ("frogs sleep", "nothing grows", {"frogs", "reeds"}),  # what is left is the other
        ("nothing calls", "nothing grows", set()),
        ("nothing calls in the reeds", "frogs sit there", set()),  # each says the other's name
        ("frogs sit in the reeds", "frogs call from reeds", set()),
    ],
)
def test_what_names_do_not_tell_nothing_tells_in_disorder(
    frogs: str, reeds: str, told: set[str]
) -> None:
    assert told_apart(nameless({"frogs": frogs, "reeds": reeds})) == told


# What holds under any damage.

any_damage = st.sampled_from(DAMAGES)
any_dialect = st.sampled_from(DIALECTS)


@settings(max_examples=40)
@given(
    damage=any_damage,
    more=any_damage,
    dialect=any_dialect,
    strength=st.sampled_from((0.1, 0.5, 1.0)),
    seed=st.integers(0, 999),
)
def test_no_damage_loses_a_character_or_invents_a_word(
    damage: Damage, more: Damage, dialect: Dialect, strength: float, seed: int
) -> None:
    random = Random(seed)
    rendering = intact(true_model("choir"), true_model("orchard"), dialect.punctuated)
    rendering = more.apply(damage.apply(rendering, strength, random), strength, random)
    text = dialect.write(rendering)
    try:
        result = extract_document(read_bytes("a.txt", text.encode()), rendering.profile)
    except ReadError:
        return  # no stage label is left in it
    found = score(rendering, text, result)
    assert (found.invented, found.unaccounted) == (0, 0)
    broken = {"ledger-overlap", "ledger-replay", "ledger-missing", "unread"}
    assert broken.isdisjoint(finding.code for finding in result.findings)


@settings(max_examples=8)
@given(seed=st.integers(0, 999), name=st.sampled_from(["choir", "orchard"]))
def test_sections_in_any_order_give_the_same_model(seed: int, name: str) -> None:
    rendering = intact(true_model(name), BARN, punctuated=True)
    mixed = structure.sections_shuffled(rendering, 1, Random(seed))
    models = [
        extract_document(read_bytes("a.md", bold(each).encode()), each.profile).model
        for each in (rendering, mixed)
    ]
    assert models[0] == models[1]


def test_a_trial_has_the_same_outcome_each_time() -> None:
    trial = Trial("choir", "bold lines", "all at once", 1.0)
    assert outcome(trial) == outcome(trial)


# A sample of the benchmark: what it says is reached, is reached.


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dialect", ["markdown", "html matrix"])
def test_an_undamaged_model_comes_out_whole(name: str, dialect: str) -> None:
    found = outcome(Trial(name, dialect, "nothing", 0.0)).score
    assert (found.wrong, found.left_open) == (0, 0)
    assert found.found == found.items == found.published
    assert found.accuracy == 1


@pytest.mark.parametrize("name", ["harbour", "orchard"])
def test_a_model_is_clean_with_headlines_and_without(name: str) -> None:
    rendering = intact(true_model(name), BARN, punctuated=True)
    assert extract_document(read_bytes("a.md", bold(rendering).encode()), rendering.profile).clean


def test_a_repeat_of_a_section_whose_lines_were_hyphenated_is_still_a_repeat() -> None:
    rendering = intact(true_model("choir"), BARN, punctuated=True)
    random = Random(3)
    broken = structure.cells_doubled(lines.hyphenation(rendering, 1, random), 0.25, random)
    result = extract_document(read_bytes("a.md", bold(broken).encode()), broken.profile)
    assert [f.code for f in result.findings if f.code == "repeat"] == ["repeat"] * 3


@pytest.mark.parametrize(
    ("name", "dialect", "damage", "strength"),
    [
        ("orchard", "plain text", "sections shuffled", 1.0),
        ("choir", "bold lines", "a bad converter", 1.0),
        ("orchard", "pipe matrix", "pages shuffled", 1.0),
        ("choir", "html", "running heads in items", 0.5),
        ("orchard", "setext", "foreign pages mixed in", 0.5),
        ("choir", "markdown", "characters misread", 0.02),
        ("orchard", "html", "hyphenation", 1.0),
    ],
)
def test_each_section_finds_its_cell_in_spite_of(
    name: str, dialect: str, damage: str, strength: float
) -> None:
    found = outcome(Trial(name, dialect, damage, strength)).score
    assert (found.wrong, found.left_open) == (0, 0)
    assert found.foreign_open == found.foreign
    assert (found.invented, found.unaccounted) == (0, 0)
