"""How authors publish ladders and rubrics: a profile of names alone reads them, and discovery."""

from __future__ import annotations

from breakthrough_extract import Extraction, Model
from breakthrough_extract.discover import discover
from breakthrough_extract.document import Document
from breakthrough_extract.pipeline import extract_documents
from tests.support.extracting import read_document
from tests.test_families_layouts import items, named

Texts = dict[str, dict[str, list[str]]]


def by_profile(stages: list[str], themes: list[str], *documents: Document) -> Extraction:
    return extract_documents(documents, named(stages, themes), together=len(documents) > 1)


def discovered(*documents: Document) -> Extraction:
    profile = discover(documents).profile
    return extract_documents(documents, profile, together=len(documents) > 1)


def by_name(model: Model) -> Texts:
    """The items of each cell under the names of its theme and stage."""
    stages = {stage.id: stage.name for stage in model.stages}
    return {
        theme.name: {stages[c.stage]: [i.text for i in c.indicators] for c in theme.stages}
        for theme in model.themes
    }


TIGHT = """# Bakery maturity levels

| Area | Emerging | Developing | Established |
| --- | --- | --- | --- |
| **1.Dough** | It is made by eye. | It is weighed. | It rests overnight. |
| **2.Ovens** | One oven serves all. | Two ovens take turns. | Each bread has its oven. |
"""


def test_a_count_needs_no_space_behind_its_full_stop() -> None:
    document = read_document(TIGHT)
    result = by_profile(["Emerging", "Developing", "Established"], ["Dough", "Ovens"], document)
    assert items(result)["Dough"]["developing"] == ["It is weighed."]
    assert list(by_name(discovered(document).model)) == ["Dough", "Ovens"]


CODED = """# Ladder of gardeners

### G1 - Junior Gardener

**Beds:**
- waters them

**Trees:**
- rakes below them

### G2 - Gardener

**Beds:**
- plants them

**Trees:**
- prunes small ones

### G3 - Senior Gardener

**Beds:**
- plans them

**Trees:**
- fells old ones
"""


def test_a_stage_is_known_by_its_name_behind_a_code_of_the_document() -> None:
    stages = ["Junior Gardener", "Gardener", "Senior Gardener"]
    result = by_profile(stages, ["Beds", "Trees"], read_document(CODED))
    assert items(result)["Trees"] == {
        "junior-gardener": ["rakes below them"],
        "gardener": ["prunes small ones"],
        "senior-gardener": ["fells old ones"],
    }
    assert result.clean


def part(theme: str, text: str) -> Document:
    body = "".join(
        f"### {stage}\n\n- {text} {n}\n\n" for n, stage in enumerate(("Novice", "Expert"))
    )
    return read_document(f"# Workshop skills — **{theme}**\n\n{body}", f"{theme}.md")


def test_the_theme_of_a_file_may_be_the_last_part_of_its_title() -> None:
    parts = [part("Sawing", "cuts planks"), part("Gluing", "joins planks")]
    result = by_profile(["Novice", "Expert"], ["Sawing", "Gluing"], *parts)
    assert items(result) == {
        "Sawing": {"novice": ["cuts planks 0"], "expert": ["cuts planks 1"]},
        "Gluing": {"novice": ["joins planks 0"], "expert": ["joins planks 1"]},
    }


def page(title: str, boats: str, crews: str) -> Document:
    text = f"---\ntitle: {title}\nlayout: page\n---\n\n## Boats\n\n{boats}\n\n## Crews\n\n{crews}\n"
    return read_document(text, f"{title[:7]}.md")


def test_a_page_without_a_heading_of_its_own_has_the_title_of_its_front_matter() -> None:
    pages = [
        page("Level 1 - Afloat", "One boat is on loan.", "Whoever comes rows."),
        page('"Level 2 - Under way"', "There are two boats.", "Each boat has its crew."),
        page("Level 3 - At sea", "Each crew has a boat.", "Crews train all year."),
    ]
    result = by_profile(["Afloat", "Under way", "At sea"], ["Boats", "Crews"], *pages)
    assert items(result)["Crews"] == {
        "afloat": ["Whoever comes rows."],
        "under-way": ["Each boat has its crew."],
        "at-sea": ["Crews train all year."],
    }
    assert by_name(discovered(*pages).model)["Boats"]["At sea"] == ["Each crew has a boat."]


def test_a_heading_of_the_first_level_is_the_title_and_front_matter_is_none() -> None:
    document = read_document("---\ntitle: Level 9\n---\n\n# Boats\n\nThey float.\n")
    assert [block.text.text for block in document.blocks] == ["Boats", "They float."]


EMPTY = """# Cellar maturity

| | **Level 1 - Dark** | **Level 2 - Dim** | **Level 3 - Lit** |
| --- | --- | --- | --- |
| **Shelves** | Boards on bricks | Racks of wood | Racks of steel |
| **Light** | A candle stands by | | |
"""


def test_cells_that_a_table_leaves_empty_are_there_and_do_not_make_it_strange() -> None:
    result = by_profile(["Dark", "Dim", "Lit"], ["Shelves", "Light"], read_document(EMPTY))
    assert items(result)["Shelves"]["lit"] == ["Racks of steel"]
    assert items(result)["Light"] == {"dark": ["A candle stands by"], "dim": [], "lit": []}


ASKED = """# Kitchen maturity self-assessment

## 1.1 Stock of food
**Does the kitchen know what it has?**

- **Level 1**: Nobody looks into the larder.
- **Level 2**: Somebody counts once a week.
- **Level 3**: Each tin that is taken is noted.

## 1.2 Waste of food
**Does the kitchen know what it throws away?**

- **Level 1**: The bins are emptied unseen.
- **Level 2**: The bins are weighed.
- **Level 3**: What is left over is cooked again.
"""


def test_headings_are_the_themes_and_not_the_questions_under_them() -> None:
    found = by_name(discovered(read_document(ASKED)).model)
    assert list(found) == ["Stock of food", "Waste of food"]
    assert found["Waste of food"]["Level 2"] == ["The bins are weighed."]


def stage_page(level: int, name: str, texts: dict[str, dict[str, str]]) -> Document:
    lines = [f"# Level {level}: {name}"]
    for group, themes in texts.items():
        lines += [f"## {group}", *(f"### {theme}\n\n{text}" for theme, text in themes.items())]
    return read_document("\n\n".join(lines), f"level-{level}.md")


def test_headings_that_come_again_under_a_label_are_the_themes() -> None:
    pages = [
        stage_page(
            1,
            "Neglected",
            {
                "Outside": {"Gate": "It hangs open by day and by night."},
                "Inside": {"Stairs": "They are steep and dark."},
            },
        ),
        stage_page(
            2,
            "Kept",
            {
                "Outside": {"Gate": "It closes with a push from two."},
                "Inside": {
                    "Stairs": "They are swept once a week.",
                    "Floor": "It is planked from wall to wall.",
                },
            },
        ),
        stage_page(
            3,
            "Cherished",
            {
                "Outside": {"Gate": "It locks by itself at dusk."},
                "Inside": {
                    "Stairs": "They are lit when one comes.",
                    "Floor": "It is waxed oak, laid by hand.",
                    "Door": "It shuts without a sound.",
                },
            },
        ),
        stage_page(
            4,
            "Renowned",
            {
                "Outside": {"Gate": "It opens for guests alone."},
                "Inside": {
                    "Stairs": "They are wide enough for two.",
                    "Floor": "It is laid with many woods.",
                    "Door": "It is carved by a master.",
                },
            },
        ),
    ]
    found = by_name(discovered(*pages).model)
    assert list(found) == ["Gate", "Stairs", "Floor", "Door"]
    assert found["Floor"]["Kept"] == ["It is planked from wall to wall."]


RUBRIC = """# Rúbrica del taller

| Criterio | Excelente (10) | Bueno (7) | Suficiente (5) | Insuficiente (0-4) |
| --- | --- | --- | --- | --- |
| Corte | Recto y sin astillas | Recto | Algo torcido | La tabla no sirve |
| Unión | Firme y limpia | Firme | Se mueve un poco | Se cae al tocarla |
"""


def test_a_rubric_in_spanish_is_found_with_its_lowest_mark_first() -> None:
    model = discovered(read_document(RUBRIC)).model
    assert [stage.name for stage in model.stages] == [
        "Insuficiente",
        "Suficiente",
        "Bueno",
        "Excelente",
    ]
    assert by_name(model)["Unión"]["Bueno"] == ["Firme"]


LINES = """# Bell ringers' ladder

### Level 1: Learner
**Scope**: One bell, with help
**Skills**:
- holds the rope
- stops on call

### Level 2: Ringer
**Scope**: One bell, alone
**Skills**:
- keeps the rhythm
- rings rounds

### Level 3: Conductor
**Scope**: All the bells
**Skills**:
- calls the changes
- teaches learners
"""


def test_a_label_line_over_a_list_may_follow_a_line_that_has_its_text() -> None:
    document = read_document(LINES)
    result = by_profile(["Learner", "Ringer", "Conductor"], ["Scope", "Skills"], document)
    assert items(result)["Scope"]["learner"] == ["One bell, with help"]
    assert items(result)["Skills"]["ringer"] == ["keeps the rhythm", "rings rounds"]
    assert by_name(discovered(document).model)["Skills"]["Conductor"] == [
        "calls the changes",
        "teaches learners",
    ]


LINES_AS_HTML = """<h1>Bell ringers' ladder</h1>
<h3>Level 1: Learner</h3>
<p><strong>Scope</strong>: One bell,
with help
<strong>Skills</strong>:</p><ul><li>holds the rope</li></ul>
<p><strong>Bells</strong>:</p><ul><li>the treble</li></ul>
<h3>Level 2: Ringer</h3>
<p><strong>Scope</strong>: One bell, alone
<strong>Skills</strong>:</p><ul><li>rings rounds</li></ul>
<p><strong>Bells</strong>:</p><ul><li>the tenor</li></ul>
<h3>Level 3: Conductor</h3>
<p><strong>Scope</strong>: All the bells
<strong>Skills</strong>:</p><ul><li>calls the changes</li></ul>
<p><strong>Bells</strong>:</p><ul><li>any of them</li></ul>"""


def test_lines_of_labels_stay_lines_where_a_generator_made_one_paragraph_of_them() -> None:
    found = by_name(discovered(read_document(LINES_AS_HTML, "given.html")).model)
    assert list(found) == ["Scope", "Skills", "Bells"]
    assert next(iter(found["Scope"].values())) == ["One bell, with help"]
    assert list(found["Skills"].values()) == [
        ["holds the rope"],
        ["rings rounds"],
        ["calls the changes"],
    ]


TITLES = """# Levels of cooks

## Staff+ Cook

| Category | Criteria |
| --- | --- |
| **Scope** | All the kitchens of the town |
| **Menu** | Says what the town will eat |

## Senior Staff Cook

| Category | Criteria |
| --- | --- |
| **Scope** | Several kitchens at once |
| **Menu** | Plans a year ahead |

## Staff Cook

| Category | Criteria |
| --- | --- |
| **Scope** | One kitchen and its garden |
| **Menu** | Plans a season ahead |

## Senior Cook

| Category | Criteria |
| --- | --- |
| **Scope** | One kitchen on most days |
| **Menu** | Plans a week ahead |
"""


def test_a_plus_makes_another_name() -> None:
    stages = ["Senior Cook", "Staff Cook", "Senior Staff Cook", "Staff+ Cook"]
    result = by_profile(stages, ["Scope", "Menu"], read_document(TITLES))
    assert items(result)["Scope"]["staff-cook"] == ["One kitchen and its garden"]
    assert list(items(result)["Menu"].values()) == [
        ["Plans a week ahead"],
        ["Plans a season ahead"],
        ["Plans a year ahead"],
        ["Says what the town will eat"],
    ]


WITHIN = """<h1>Ladder of sailors</h1><table>
<tr><th>Level</th><th>What is expected</th></tr>
<tr><td><h3>Level</h3><p>1</p></td><td><h3>Sails</h3><ul><li>hauls them on call</li></ul>
<h3>Ropes</h3><ul><li>ties a bowline</li></ul></td></tr>
<tr><td><h3>Level</h3><p>2</p></td><td><h3>Sails</h3><ul><li>trims them</li></ul>
<h3>Ropes</h3><ul><li>splices</li><li>keeps them dry</li></ul></td></tr>
<tr><td><h3>Level</h3><p>3</p></td><td><h3>Sails</h3><ul><li>mends them</li></ul>
<h3>Ropes</h3><ul><li>rigs a mast</li></ul></td></tr></table>"""


def test_headings_within_the_cells_of_a_level_are_its_themes() -> None:
    document = read_document(WITHIN, "given.html")
    expected = [["ties a bowline"], ["splices", "keeps them dry"], ["rigs a mast"]]
    result = by_profile(["1", "2", "3"], ["Sails", "Ropes"], document)
    assert list(items(result)["Ropes"].values()) == expected
    found = by_name(discovered(document).model)
    assert list(found) == ["Sails", "Ropes"]
    assert list(found["Ropes"].values()) == expected


CODES = """# Ladder of millers

## M1/L1 = Miller

Stones:

- dresses them

Grain:

- cleans it

## M2/L2 = Senior Miller

Stones:

- chooses them

Grain:

- buys it

## L3 = Principal Miller

Stones:

- designs them

Grain:

- breeds it
"""


def test_a_label_of_two_codes_belongs_to_the_scale_that_has_one_of_them() -> None:
    found = by_name(discovered(read_document(CODES)).model)
    assert list(found["Grain"].values()) == [["cleans it"], ["buys it"], ["breeds it"]]


HUNDREDS = """# Harbour maturity model

### Level 100 - Initial

#### 100 Ropes

- lie about

#### 100 Lamps

- burn by chance

### Level 200 - Managed

#### 200 Ropes

- hang on hooks

#### 200 Lamps

- burn at dusk

### Level 300 - Defined

#### 300 Ropes

- are spliced each spring

#### 300 Lamps

- burn all night
"""


def test_levels_may_count_in_hundreds_and_so_may_the_labels_under_them() -> None:
    document = read_document(HUNDREDS)
    expected = [["lie about"], ["hang on hooks"], ["are spliced each spring"]]
    result = by_profile(["Initial", "Managed", "Defined"], ["Ropes", "Lamps"], document)
    assert list(items(result)["Ropes"].values()) == expected
    found = by_name(discovered(document).model)
    assert list(found) == ["Ropes", "Lamps"]
    assert list(found["Ropes"].values()) == expected


def role(title: str, milk: str, cheese: str, cows: str) -> Document:
    text = (
        f"---\ntitle: {title}\n---\n\n## Milk\n\n- {milk}\n\n## Beyond the dairy\n\n"
        f"### Cheese\n\n- {cheese}\n\n### Cows\n\n- {cows}\n"
    )
    return read_document(text, f"{title}.md")


def test_headings_of_two_levels_are_themes_where_one_part_alone_is_divided() -> None:
    roles = [
        role("Junior Dairyman", "carries the pails", "turns the wheels", "knows their names"),
        role("Dairyman", "tests each pail", "salts the wheels", "calls the vet in time"),
        role("Senior Dairyman", "buys from three farms", "makes two kinds", "breeds them"),
    ]
    found = by_name(discovered(*roles).model)
    assert list(found) == ["Milk", "Cheese", "Cows"]
    assert found["Milk"]["Dairyman"] == ["tests each pail"]


ABOUT = {
    "Bread": "Flour, water, salt and time, and an oven that keeps its heat until dark.",
    "Cakes": "Eggs and sugar beaten until they stand, and a gentle oven that stays shut.",
    "Icing": "Sugar ground as fine as dust, and a hand that has written for years.",
}


def baker(level: int, title: str, skills: dict[str, str]) -> Document:
    parts = [f"# {title}", f"**Level {level}** | **Career:** Bakery", "## Role", f"A {title}."]
    parts += ["## Skills"]
    for theme, text in skills.items():
        parts += [
            f"### {theme}",
            "**What it is:**",
            ABOUT[theme],
            f"**Level {level} skill:**",
            text,
        ]
    return read_document("\n\n".join(parts), f"{title}.md")


def test_what_is_said_of_each_stage_alike_is_not_what_the_stages_are_told_by() -> None:
    bakers = [
        baker(1, "Junior Baker", {"Bread": "Kneads.", "Cakes": "Greases tins."}),
        baker(2, "Baker", {"Bread": "Weighs.", "Cakes": "Bakes sponge.", "Icing": "Pipes lines."}),
        baker(
            3,
            "Senior Baker",
            {"Bread": "Keeps sour dough.", "Cakes": "Builds tiers.", "Icing": "Writes names."},
        ),
    ]
    found = by_name(discovered(*bakers).model)
    assert {name: list(cells.values()) for name, cells in found.items()} == {
        "Bread": [["Kneads."], ["Weighs."], ["Keeps sour dough."]],
        "Cakes": [["Greases tins."], ["Bakes sponge."], ["Builds tiers."]],
        "Icing": [["Pipes lines."], ["Writes names."]],
    }
