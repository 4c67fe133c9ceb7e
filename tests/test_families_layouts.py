"""Layouts that authors use beside the plain ones: merged cells, counted lines, inner columns."""

from __future__ import annotations

import gc
from weakref import ref

from breakthrough_extract import Extraction, Profile
from breakthrough_extract.discover import discover
from breakthrough_extract.document import Document
from breakthrough_extract.pipeline import extract_document
from breakthrough_extract.profile import Label, distinct
from breakthrough_extract.recognise.families.once import once
from tests.support.extracting import read_document


def named(stages: list[str], themes: list[str]) -> Profile:
    """A profile that says no more than a person would write in a minute."""
    labels = [[Label(n.lower().replace(" ", "-"), n, "") for n in own] for own in (stages, themes)]
    return Profile("made", "Made", distinct(labels[0]), distinct(labels[1]))


def items(result: Extraction) -> dict[str, dict[str, list[str]]]:
    return {
        theme.name: {
            cell.stage: [indicator.text for indicator in cell.indicators] for cell in theme.stages
        }
        for theme in result.model.themes
    }


MERGED = """<h1>Maturity of the orchard</h1><table>
<tr><th>Area</th><th>Level 1: Wild</th><th>Level 2: Kept</th><th>Level 3: Tended</th></tr>
<tr><th>Trees</th><td>They stand where birds left them.</td>
<td colspan="2">They stand in rows, with room between.</td></tr>
<tr><th>Fruit</th><td colspan="2">Whoever comes by picks it.</td><td>It is picked ripe.</td></tr>
</table>"""


def test_a_cell_merged_over_stages_says_the_same_of_each_of_them() -> None:
    document = read_document(MERGED, "given.html")
    result = extract_document(document, named(["Wild", "Kept", "Tended"], ["Trees", "Fruit"]))
    rows = "They stand in rows, with room between."
    assert items(result)["Trees"] == {
        "wild": ["They stand where birds left them."],
        "kept": [rows],
        "tended": [rows],
    }
    assert items(result)["Fruit"]["wild"] == items(result)["Fruit"]["kept"]
    assert result.clean  # its characters are accounted for once


COUNTED = """Rowing club maturity levels

1. Boats

Beginner

- one boat is on loan
- it leaks

Expert

- there is a boat for each pair

2. Crews

Beginner

- whoever comes rows

Expert

- crews are named in spring
- each has a cox
"""


def test_counted_lines_that_head_a_part_are_no_list_of_one() -> None:
    result = extract_document(
        read_document(COUNTED, "given.txt"), named(["Beginner", "Expert"], ["Boats", "Crews"])
    )
    assert items(result) == {
        "Boats": {
            "beginner": ["one boat is on loan", "it leaks"],
            "expert": ["there is a boat for each pair"],
        },
        "Crews": {
            "beginner": ["whoever comes rows"],
            "expert": ["crews are named in spring", "each has a cox"],
        },
    }


BESIDE = """# Ferry maturity

## Level 1: Slow

Crew: Two men who know the river.

Hull: Wood, and tarred each spring.

Signs of it:

- passengers wait

## Level 2: Swift

Crew: Four men, and one who keeps the time.

Hull: Steel, and dry.

Signs of it:

- passengers are on the other side
"""


def test_a_list_under_a_label_of_its_own_is_not_that_of_the_theme_before_it() -> None:
    document = read_document(BESIDE)
    result = extract_document(document, named(["Slow", "Swift"], ["Crew", "Hull"]))
    assert items(result) == {
        "Crew": {
            "slow": ["Two men who know the river."],
            "swift": ["Four men, and one who keeps the time."],
        },
        "Hull": {"slow": ["Wood, and tarred each spring."], "swift": ["Steel, and dry."]},
    }


INNER = """# Harbour security maturity

## Maturity Level 1 (Basic)

| ID   | Area  | Criterion                               |
|------|-------|-----------------------------------------|
| H-01 | Gates | There is a gate, and it can be shut.    |
| H-02 | Quays | Each quay has a lamp that burns.        |
| H-03 | Gates | Somebody knows where the key is.        |

## Maturity Level 2 (Advanced)

| ID   | Area  | Criterion                               |
|------|-------|-----------------------------------------|
| H-11 | Gates | The gate is shut at dusk, and watched.  |
| H-12 | Quays | The lamps are lit by the tide table.    |
"""
GATES = {
    "basic": ["There is a gate, and it can be shut.", "Somebody knows where the key is."],
    "advanced": ["The gate is shut at dusk, and watched."],
}


def test_a_table_a_stage_may_name_its_themes_in_an_inner_column() -> None:
    document = read_document(INNER)
    by_profile = extract_document(document, named(["Basic", "Advanced"], ["Gates", "Quays"]))
    assert items(by_profile)["Gates"] == GATES
    assert by_profile.clean
    by_discovery = extract_document(document, discover([document]).profile)
    assert items(by_discovery)["Gates"] == GATES
    assert list(items(by_discovery)) == ["Gates", "Quays"]


WEIGHED = """# Baking rubric

## 1. Crumb (60%)

### Distinguished

- Its holes tell how it was shaped.

### Proficient

- It is open, and springs back.

### Basic

- It is even.

## 2. Crust (40%)

### Distinguished

- It sings, and cuts like glass.

### Proficient

- It crackles as it cools.

### Basic

- It is brown all over.
"""


def test_the_weight_of_a_theme_is_no_part_of_its_name() -> None:
    document = read_document(WEIGHED)
    result = extract_document(
        document, named(["Basic", "Proficient", "Distinguished"], ["Crumb", "Crust"])
    )
    assert items(result)["Crust"]["basic"] == ["It is brown all over."]
    themes = discover([document]).profile.themes
    assert [theme.name for theme in themes] == ["Crumb", "Crust"]


def test_an_equals_sign_parts_a_stage_from_what_it_is_called() -> None:
    text = WEIGHED.replace("# Basic", "# L1 = Baker").replace("# Proficient", "# L2 = Master")
    document = read_document(text.replace("# Distinguished", "# L3 = Owner"))
    result = extract_document(document, named(["L1", "L2", "L3"], ["Crumb", "Crust"]))
    assert items(result)["Crumb"]["l2"] == ["It is open, and springs back."]


def test_what_is_made_of_a_document_is_made_once_and_goes_with_it() -> None:
    made: list[str] = []

    def make(document: Document) -> int:
        made.append(document.source.name)
        return len(made)

    asked = once(make)
    document = read_document(WEIGHED)
    assert asked(document) == asked(document) == 1
    other = read_document(WEIGHED)
    assert asked(other) == 2
    gone = ref(document)
    del document
    gc.collect()
    assert gone() is None
    assert made == ["given.md", "given.md"]


BY_PLACE = """Orchard maturity

            Wild                        Kept                        Tended

Trees       They stand where            They stand in rows,         They are pruned each
            birds left them.            with room between.          winter, and mulched.

Fruit       Whoever comes by            It is picked when           It is picked ripe,
            picks it.                   there is time.              and by hand.

Tools       There is a ladder           Ladders and baskets         Each picker has a
            that is shared.             hang in the shed.           basket and a knife.
"""


def test_lines_that_a_page_broke_are_one_text() -> None:
    document = read_document(BY_PLACE, "given.txt")
    result = extract_document(
        document, named(["Wild", "Kept", "Tended"], ["Trees", "Fruit", "Tools"])
    )
    assert items(result)["Fruit"] == {
        "wild": ["Whoever comes by picks it."],
        "kept": ["It is picked when there is time."],
        "tended": ["It is picked ripe, and by hand."],
    }


GAP = """# Rubric of the choir

## Pitch

### Proficient

- It holds.

### Developing

- It sinks by the end.

### Beginning

- Nobody gives the note.

## Words

### Proficient

- They carry to the last row.

### Beginning

- They are on paper.

## Time

### Proficient

- All breathe as one.

### Developing

- The basses drag.

### Beginning

- Each has a time.
"""


def test_a_cell_that_the_document_lacks_takes_the_others_nowhere() -> None:
    document = read_document(GAP)
    result = extract_document(
        document, named(["Beginning", "Developing", "Proficient"], ["Pitch", "Words", "Time"])
    )
    assert items(result)["Words"] == {
        "beginning": ["They are on paper."],
        "proficient": ["They carry to the last row."],
    }
    assert items(result)["Time"]["developing"] == ["The basses drag."]
    assert [finding.code for finding in result.findings] == ["missing-stage"]


HEADLINES = """# Cellar maturity

## Level 1: Damp

### Walls

**Water comes in:**

- they are of clay

### Shelves

**Whatever was at hand:**

- planks on bricks

## Level 2: Dry

### Walls

**Water stays out:**

- they are of stone

### Shelves

**Made for it:**

- oak, and numbered
"""


def test_a_bold_line_behind_a_theme_under_its_stage_is_the_headline() -> None:
    result = extract_document(
        read_document(HEADLINES), named(["Damp", "Dry"], ["Walls", "Shelves"])
    )
    walls, shelves = result.model.themes
    assert [cell.headline for cell in walls.stages] == ["Water comes in", "Water stays out"]
    assert [cell.headline for cell in shelves.stages] == ["Whatever was at hand", "Made for it"]
    assert items(result)["Shelves"]["dry"] == ["oak, and numbered"]
