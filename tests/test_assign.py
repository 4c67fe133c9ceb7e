"""The grid: the best there is, and how sure it is."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breakthrough_extract import Extraction, Profile
from breakthrough_extract.assign import assign
from breakthrough_extract.assign.arrangement import arrangement
from breakthrough_extract.assign.evidence import Words, pairs
from breakthrough_extract.assign.problem import Problem
from breakthrough_extract.profile import Label
from tests.support.extracting import extract_text, outline_of

SLOTS = ["low", "low", "high", "high", "list"]
THEMES = 3

gains = st.integers(0, 40).map(lambda n: n / 8)
unaries = st.lists(
    st.lists(gains, min_size=THEMES, max_size=THEMES), min_size=len(SLOTS), max_size=len(SLOTS)
)
couples = [(i, j) for j in range(len(SLOTS)) for i in range(j) if SLOTS[i] != SLOTS[j]]
shares = st.dictionaries(st.sampled_from(couples), gains.filter(bool), max_size=len(couples))


def all_solutions() -> list[tuple[int | None, ...]]:
    """Every way to fill the cells, each with at most one section."""
    out = []
    for choice in product([None, *range(THEMES)], repeat=len(SLOTS)):
        taken = [(SLOTS[n], theme) for n, theme in enumerate(choice) if theme is not None]
        if len(taken) == len(set(taken)):
            out.append(choice)
    return out


SOLUTIONS = all_solutions()


@settings(max_examples=40)
@given(unary=unaries, shared=shares, section=st.integers(0, len(SLOTS) - 1))
def test_no_other_grid_has_a_greater_total(
    unary: list[list[float]], shared: dict[tuple[int, int], float], section: int
) -> None:
    problem = Problem(unary, dict(sorted(shared.items())), SLOTS)
    best, chosen = problem.solve()
    assert tuple(chosen) in SOLUTIONS
    assert best == pytest.approx(max(problem.total(s) for s in SOLUTIONS))
    # The same with a choice forbidden, from which the margin comes; then as before.
    theme = chosen[section]
    if theme is not None:
        second, other = problem.solve(forbidden=(section, theme))
        rest = [s for s in SOLUTIONS if s[section] != theme]
        assert other[section] != theme
        assert second == pytest.approx(max(problem.total(s) for s in rest))
    assert problem.solve()[0] == pytest.approx(best)


def test_margins_of_the_seed_leave_no_doubt(seed: Extraction) -> None:
    margins = [d.margin for d in seed.ledger.decisions if d.slot != "complaint"]
    assert len(margins) == 24
    assert min(margins) > 0.05


def test_each_cell_takes_one_section_only(seed: Extraction) -> None:
    cells = [(d.theme, d.slot) for d in seed.ledger.decisions]
    assert len(cells) == len(set(cells))


def test_without_sections_there_is_an_empty_grid(profile: Profile) -> None:
    assert assign(outline_of("nothing here", profile), profile).decisions == ()


def test_a_heading_in_the_same_row_of_a_table_is_evidence(profile: Profile) -> None:
    # Neither text nor name says anything; the layout alone decides.
    text = (
        "<table><tr><td><b>Learning</b></td><td><p>STARTING</p><p>Zebras graze:</p>"
        "<ul><li>zebras run;</li><li>zebras sleep.</li></ul></td></tr></table>"
    )
    model = extract_text(text, profile).model
    assert [len(theme.stages) for theme in model.themes] == [0, 0, 0, 0, 1, 0]


ANIMALS = "Zebras Otters Herons Beetles Camels Badgers Lizards Falcons".split()
VERBS = "graze dive wade crawl trudge dig bask hover".split()


def bare(order: list[tuple[str, str]]) -> str:
    """Sections of which no word says whose they are, in that order, under those headings."""
    parts: list[str] = []
    for number, (heading, stage) in enumerate(order):
        if heading:
            parts.append(f"**{heading}**")
        parts.append(f"**{stage}**\n\n**{ANIMALS[number]}:**\n\n- {VERBS[number]}.")
    return "\n\n".join(parts)


def filled(text: str, profile: Profile) -> dict[str, list[str]]:
    model = extract_text(text, profile).model
    return {
        theme.id: [cell.headline or "" for cell in theme.stages]
        for theme in model.themes
        if theme.stages
    }


STAGES = ("STARTING", "DEVELOPING", "CONSOLIDATING", "BREAKTHROUGH POINTS")


def test_in_an_orderly_text_the_heading_above_decides_where_words_do_not(profile: Profile) -> None:
    page = [("", stage) for stage in STAGES[1:]]
    text = bare([("Learning", "STARTING"), *page, ("Managing change", "STARTING"), *page])
    assert filled(text, profile) == {
        "learning": ["Zebras", "Otters", "Herons"],
        "managing-change": ["Camels", "Badgers", "Lizards"],
    }


def test_in_disorder_the_heading_above_decides_nothing(profile: Profile) -> None:
    mixed = [("Learning", "CONSOLIDATING"), ("", "STARTING"), ("", "CONSOLIDATING")]
    more = [("Managing change", "STARTING"), ("", "DEVELOPING"), ("", "DEVELOPING")]
    assert filled(bare([*mixed, *more]), profile) == {}


def test_strangers_that_are_only_like_each_other_have_no_support(profile: Profile) -> None:
    result = extract_text(
        "**STARTING**\n\n**Learning to learn:**\n\n- learning is learnt.\n\n"
        "**STARTING**\n\n**Bees swarm:**\n\n- bees hum; hives stand open.\n\n"
        "**DEVELOPING**\n\n**Bees hum:**\n\n- bees leave hives; hives hum.",
        profile,
    )
    support = {d.section.split(maxsplit=1)[1]: d.support for d in result.ledger.decisions}
    assert support["Learning to learn:"] > 0.5
    assert support["Bees swarm:"] == support["Bees hum:"] == 0


# Heading, order and words: three witnesses.

NAMED = (
    ("Leadership", "leaders lead"),
    ("Priorities", "priorities are priorities"),
    ("Performance frameworks", "frameworks of performance"),
    ("Helping people perform", "people are helped"),
    ("Learning", "learners learn"),
    ("Managing change", "change is managed"),
)


def pages(headings: list[str], named: list[str]) -> str:
    """A page for each theme, in the profile's order, under those headings; only the `named` use
    words of their theme's name."""
    parts: list[str] = []
    for number, (heading, (theme, words)) in enumerate(zip(headings, NAMED, strict=True)):
        parts += [f"**{heading}**"] * bool(heading)
        for place, stage in enumerate(STAGES):
            own = words if theme in named else "nothing is said"
            other = f"{ANIMALS[number]} {VERBS[place]}"
            parts.append(f"**{stage}**\n\n**{theme[-3:]}{stage[:3]}:**\n\n- {own}; {other}.")
    return "\n\n".join(parts)


def misplaced(text: str, profile: Profile) -> list[str]:
    """Headlines that stand under another theme than they name, or under none."""
    model = extract_text(text, profile).model
    found = {cell.headline: theme.name for theme in model.themes for cell in theme.stages}
    return [
        f"{theme[-3:]}{stage[:3]}"
        for theme, _ in NAMED
        for stage in STAGES[:3]
        if found.get(f"{theme[-3:]}{stage[:3]}") != theme
    ]


NAMES = [theme for theme, _ in NAMED]


def test_where_headings_contradict_the_order_words_settle_it_for_the_order(
    profile: Profile,
) -> None:
    # The headings of the first four pages went one page on; two of the pages name their themes.
    moved = [NAMES[3], *NAMES[:3], *NAMES[4:]]
    assert misplaced(pages(moved, NAMES[:2]), profile) == []


def test_without_headings_the_order_holds_where_words_bear_it_out(profile: Profile) -> None:
    assert misplaced(pages([""] * 6, [*NAMES[:2], *NAMES[3:]]), profile) == []


def test_a_stranger_in_a_run_takes_no_cell(profile: Profile) -> None:
    text = pages(NAMES, NAMES)
    stranger = "**DEVELOPING**\n\n**Bees swarm:**\n\n- bees hum; hives stand open."
    for stage in ("DEVELOPING", "CONSOLIDATING"):
        place = text.index(f"**{stage}**")
        result = extract_text(f"{text[:place]}{stranger}\n\n{text[place:]}", profile)
        headlines = [cell.headline for theme in result.model.themes for cell in theme.stages]
        assert "Bees swarm" not in headlines
        assert len(headlines) == 18


def test_sections_that_are_the_same_are_no_kin(profile: Profile) -> None:
    kin = "- zebras graze with otters."
    same = "- no requirement is made here."
    text = "\n\n".join(
        f"**{stage}**\n\n{items}"
        for stage, items in (
            ("STARTING", kin),
            ("DEVELOPING", f"{kin}\n- falcons hover."),
            ("STARTING", same),
            ("CONSOLIDATING", "- beetles crawl."),
            ("DEVELOPING", same),
        )
    )
    sections = outline_of(text, profile).sections
    gains = pairs(sections, Words.of(sections).vectors, arrangement(sections, [], [], profile))
    assert (0, 1) in gains
    assert (2, 4) not in gains


def test_a_name_is_told_by_a_word_of_its_family_where_no_text_has_its_own() -> None:
    profile = Profile(
        id="street",
        title="Street",
        stages=(Label("cold", "Cold", ""), Label("warm", "Warm", "")),
        themes=(Label("trees", "Trees", ""), Label("neighbourliness", "Neighbourliness", "")),
    )
    # In no order, under no heading.
    text = (
        "**WARM**\n\n- each neighbour has a key;\n- they share a saw.\n\n"
        "**WARM**\n\n- trees line the kerb;\n- trees are watered.\n\n"
        "**COLD**\n\n- no neighbour greets another.\n\n**COLD**\n\n- two trees are left.\n"
    )
    _, theme = extract_text(text, profile).model.themes
    assert [indicator.text for indicator in theme.stages[1].indicators] == [
        "each neighbour has a key",
        "they share a saw",
    ]
