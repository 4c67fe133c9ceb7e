"""Three versions to one, item by item."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakthrough_extract import Model, load
from breakthrough_extract.cli import main
from breakthrough_extract.model import ModelError
from breakthrough_extract.versions.merge import merge
from breakthrough_extract.versions.outline import outline_text
from tests.support.outlines import outline

BASE = """
title: How we garden
stage: wild Wild
stage: tended Tended
# soil Soil
> Nothing grows.
## wild: Nobody looks at it
- i-1 the soil is hard and grey
- i-2 nobody knows what it lacks
- i-3 weeds are left to seed
## tended: It is fed
- i-4 compost is dug in every spring
* n-1 Note: compost includes leaf mould.
# water Water
> It never rains.
## wild: It comes or it does not
- i-5 plants are watered when they wilt
## tended: It is kept
- i-6 rain is kept in barrels
"""


def merged(ours: str, theirs: str, base: str = BASE) -> tuple[str, list[str]]:
    """The merged model as lines, and what is to be decided."""
    found = merge(outline(base), outline(ours), outline(theirs))
    return outline_text(found.model), [conflict.what for conflict in found.conflicts]


def lines(text: str) -> str:
    return outline_text(outline(text))


def test_what_each_side_changed_is_in_the_result() -> None:
    ours = BASE.replace("hard and grey", "hard, dry and grey").replace(
        "- i-6", "- i-7 leaks are mended\n- i-6"
    )
    theirs = BASE.replace("- i-2 nobody knows what it lacks\n", "").replace(
        "It is fed", "It is fed and rested"
    )
    wanted = ours.replace("- i-2 nobody knows what it lacks\n", "").replace(
        "It is fed", "It is fed and rested"
    )
    assert merged(ours, theirs) == (lines(wanted), [])
    assert merged(theirs, ours) == (lines(wanted), [])


def test_a_text_reworded_on_one_side_and_moved_on_the_other_is_both() -> None:
    moved = BASE.replace("- i-3 weeds are left to seed\n", "").replace(
        "- i-4", "- i-3 weeds are left to seed\n- i-4"
    )
    reworded = BASE.replace("left to seed", "left until they seed")
    wanted = moved.replace("left to seed", "left until they seed")
    assert merged(moved, reworded) == (lines(wanted), [])


def test_the_same_change_on_both_sides_is_one() -> None:
    both = BASE.replace("hard and grey", "hard, dry and grey")
    assert merged(both, both) == (lines(both), [])


def test_additions_at_one_place_both_stay_ours_first() -> None:
    ours = BASE.replace("* n-1", "- i-8 beds lie fallow in turn\n* n-1")
    theirs = BASE.replace("* n-1", "- i-9 soil is tested\n* n-1")
    text, conflicts = merged(ours, theirs)
    assert conflicts == []
    tended = text.partition("=== Soil, Tended")[2].partition("==")[0]
    assert re.findall(r"^- (.*)", tended, re.MULTILINE) == [
        "compost is dug in every spring",
        "beds lie fallow in turn",
        "soil is tested",
    ]


def test_codes_follow_the_new_places() -> None:
    ours = BASE.replace("- i-1", "- i-8 stones lie on top\n- i-1")
    model = merge(outline(BASE), outline(ours), outline(BASE)).model
    assert [(i.id, i.code) for i in model.themes[0].stages[0].indicators][:2] == [
        ("i-8", "SOI.WIL.1"),
        ("i-1", "SOI.WIL.2"),
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "what"),
    [
        (("hard and grey", "hard"), ("hard and grey", "grey"), "the text of i-1"),
        (("- i-1 the soil is hard and grey\n", ""), ("hard and grey", "grey"), "the text of i-1"),
        (("# soil Soil", "# soil Earth"), ("# soil Soil", "# soil Ground"), "the theme of soil"),
        (("It is kept", "It lasts"), ("It is kept", "It stays"), "the headline of water, tended"),
    ],
)
def test_what_both_changed_otherwise_is_for_a_person(
    ours: tuple[str, str], theirs: tuple[str, str], what: str
) -> None:
    one, other = BASE.replace(*ours), BASE.replace(*theirs)
    text, conflicts = merged(one, other)
    assert conflicts == [what]
    kept = one if ours[1] else other  # what one side took out is kept until it is decided
    assert text == lines(kept)


def test_an_item_taken_out_here_and_moved_there_is_for_a_person() -> None:
    item = "- i-3 weeds are left to seed\n"
    gone = BASE.replace(item, "")
    moved = gone.replace("- i-4", f"{item}- i-4")
    for ours, theirs in ((gone, moved), (moved, gone)):
        text, conflicts = merged(ours, theirs)
        assert conflicts == ["the text of i-3"]
        assert text == lines(moved)


def test_a_theme_taken_out_here_and_added_to_there_stays_and_is_for_a_person() -> None:
    without = BASE.partition("# water")[0]
    more = BASE + "- i-7 leaks are mended\n"
    text, conflicts = merged(without, more)
    assert conflicts == ["the theme of water"]
    assert "leaks are mended" in text
    assert "rain is kept" not in text


def test_two_orders_are_for_a_person() -> None:
    one, two, three = (line for line in BASE.splitlines() if re.match("- i-[123]", line))
    listed = "\n".join((one, two, three))
    ours = BASE.replace(listed, "\n".join((two, one, three)))
    theirs = BASE.replace(listed, "\n".join((one, three, two)))
    text, conflicts = merged(ours, theirs)
    assert conflicts == ["the order of indicator soil wild"]
    assert text == lines(ours)


def test_versions_without_common_identifiers_are_refused() -> None:
    stranger = re.sub(r"- i-", "- x-", BASE)
    with pytest.raises(ModelError, match="ours has 0 of the base's 6 identifiers"):
        merge(outline(BASE), outline(stranger), outline(BASE))


ITEMS = re.findall(r"^- .*\n", BASE, re.MULTILINE)


@given(dropped=st.sets(st.sampled_from(ITEMS), max_size=3), word=st.sampled_from(["x", "y z"]))
def test_a_side_that_changed_nothing_gives_way(dropped: set[str], word: str) -> None:
    changed = "".join(line for line in BASE.splitlines(keepends=True) if line not in dropped)
    changed = changed.replace("left to seed", f"left to {word}")
    for ours, theirs in ((changed, BASE), (BASE, changed)):
        assert merged(ours, theirs) == (lines(changed), [])


# ------------------------------------------------------------------ files and git


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(outline(text).to_json(), encoding="utf-8")
    return path


def test_conflicts_stand_in_the_file_and_validate_explains_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = write(tmp_path, "base.json", BASE)
    ours = write(tmp_path, "ours.json", BASE.replace("hard and grey", "hard"))
    theirs = write(tmp_path, "theirs.json", BASE.replace("hard and grey", "grey"))
    out = tmp_path / "merged.json"
    assert main(["merge", str(base), str(ours), str(theirs), "-o", str(out)]) == 1
    assert main(["validate", str(out)]) == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert "a merge left 1 to decide" in told
    assert "the text of i-1: ours has “the soil is hard”, theirs has “the soil is grey”" in told
    assert "take `conflicts` out of the file" in told


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=False, capture_output=True, text=True
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository set up as the docs say, with BASE committed."""
    command = f"{sys.executable} -m breakthrough_extract"
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "diff.breakthrough.textconv", f"{command} textconv")
    git(tmp_path, "config", "merge.breakthrough.driver", f"{command} merge %O %A %B -o %A")
    attributes = "*.json diff=breakthrough merge=breakthrough\n"
    (tmp_path / ".gitattributes").write_text(attributes, encoding="utf-8")
    commit(tmp_path, BASE)
    return tmp_path


def commit(folder: Path, text: str) -> None:
    write(folder, "model.json", text)
    git(folder, "add", "-A")
    assert git(folder, "commit", "-qm", "a version").returncode == 0


def branched(folder: Path, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
    git(folder, "checkout", "-qb", "theirs")
    commit(folder, theirs)
    git(folder, "checkout", "-q", "main")
    commit(folder, ours)
    return git(folder, "merge", "theirs", "-m", "both")


def test_git_shows_what_changed_as_lines(repository: Path) -> None:
    write(repository, "model.json", BASE.replace("hard and grey", "hard"))
    shown = git(repository, "diff").stdout
    assert "\n-- the soil is hard and grey\n+- the soil is hard\n" in shown
    assert "SOI.WIL.1" not in shown


def test_git_merges_items_that_stand_on_neighbouring_lines(repository: Path) -> None:
    ours = BASE.replace("hard and grey", "hard")
    theirs = BASE.replace("what it lacks", "what it needs")
    assert branched(repository, ours, theirs).returncode == 0
    both: Model = load(repository / "model.json")
    assert outline_text(both) == lines(ours.replace("what it lacks", "what it needs"))


def test_git_stops_where_a_person_must_decide(repository: Path) -> None:
    ours = BASE.replace("hard and grey", "hard")
    theirs = BASE.replace("hard and grey", "grey")
    assert branched(repository, ours, theirs).returncode == 1
    assert git(repository, "status", "--short").stdout.startswith("UU model.json")
    with pytest.raises(ModelError, match="a merge left 1 to decide"):
        load(repository / "model.json")
