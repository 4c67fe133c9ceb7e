"""The examples of docs/profiles.md are what they say they are."""

from __future__ import annotations

import re

import pytest

from breakthrough_extract.profile import KEYS, read_profile
from breakthrough_extract.recognise.families import FAMILIES
from tests.support import paths
from tests.support.extracting import extract_text
from tests.support.rendering import rendered

TEXT = (paths.ROOT / "docs" / "profiles.md").read_text("utf-8")
EXAMPLES = re.findall(r"```markdown\n(.*?)```\n\n```toml\n(.*?)```", TEXT, re.DOTALL)
READ = (
    """# Hives
? Where do the bees live?
Curious
  = A box in the garden
  - one hive stands somewhere
  [Stories]
    - A neighbour complains.
# Honey
""",
    """# Visitors / Signs
Bronze
  - in one language
Silver
  - in two
Gold
  - that can be touched
# Objects / Signs
Bronze
  - a number on each
Silver
  - a story for the best
Gold
  - stories by the makers
""",
    """# Deck Watch
1
  = See ships.
  - Stand outside
  - Look
2
  = Foresee ships.
  - Plot courses
  - Call
# Engine Room
""",
)


@pytest.mark.parametrize("number", range(3))
def test_an_example_gives_the_model_that_it_shows(number: int) -> None:
    text, toml = EXAMPLES[number]
    result = extract_text(text, read_profile(toml.encode(), "example"))
    assert rendered(result.model) == READ[number]
    assert result.clean


def test_each_family_has_its_row() -> None:
    assert re.findall(
        r"^\| `([a-z-]+)` \| [a-z]", TEXT.split("## Layout families")[1], re.MULTILINE
    ) == [*FAMILIES]


def test_each_key_is_told() -> None:
    told = set(re.findall(r"`(?:\[\[?)?([a-z_]+)(?:\]\]?)?`", TEXT.split("## Keys")[1]))
    assert {key for keys in KEYS.values() for key in keys} <= told
