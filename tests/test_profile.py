"""Profiles: data that is checked on load, with errors that name file and key."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from breakthrough_extract import Profile, ProfileError, load_profile
from breakthrough_extract.profile import shipped_profiles
from breakthrough_extract.schema import schema_text

SMALL = """
id = "ponds"
title = "Ponds"

[[stages]]
name = "Muddy"

[[stages]]
name = "Very clear"

[[themes]]
name = "Fish & reeds"
"""


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "ponds.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_breakthrough_profile_has_the_names_of_the_document(profile: Profile) -> None:
    assert [stage.name for stage in profile.stages] == ["Starting", "Developing", "Consolidating"]
    assert [theme.name for theme in profile.themes] == [
        "Leadership",
        "Priorities",
        "Performance frameworks",
        "Helping people perform",
        "Learning",
        "Managing change",
    ]
    assert profile.theme_list
    assert profile.theme_list.name.upper() == "BREAKTHROUGH POINTS"
    assert profile.complaints


def test_a_small_profile_is_enough(tmp_path: Path) -> None:
    small = load_profile(written(tmp_path, SMALL))
    assert [(s.id, s.name, s.code) for s in small.stages] == [
        ("muddy", "Muddy", "MUD"),
        ("very-clear", "Very clear", "VER"),
    ]
    assert [(t.id, t.name) for t in small.themes] == [("fish-reeds", "Fish & reeds")]
    assert small.theme_list is None
    assert not small.complaints


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('colour = "blue"\n' + SMALL, "colour: unknown key"),
        (SMALL + 'colour = "blue"\n', r"themes\[0\]\.colour: unknown key"),
        (SMALL.replace('id = "ponds"', ""), "id: a text is needed"),
        (SMALL.replace('"Ponds"', "7"), "title: a text is needed"),
        (SMALL.replace('"Ponds"', '" "'), "title: a text is needed"),
        (SMALL.replace('name = "Muddy"', ""), r"stages\[0\]\.name: a text is needed"),
        (SMALL.replace('[[stages]]\nname = "Muddy"', ""), "stages: at least two"),
        (SMALL.replace("[[themes]]", "[themes]"), r"themes: must be written as \[\[themes\]\]"),
        (SMALL.replace("[[themes]]", "[[list]]"), "themes: at least one"),
        ("complaints = 1\n" + SMALL, "complaints: true or false"),
        ('running_heads = "ponds"\n' + SMALL, "running_heads: a list of texts"),
        (SMALL + 'aliases = ["Fish", 7]\n', r"themes\[0\]\.aliases: a list of texts"),
        (SMALL + 'code = "A"\n[[themes]]\nname = "B"\ncode = "A"\n', "themes: the code A stands"),
        (SMALL + '[list]\nname = "Muddling"\ncode = "MUD"\n', "stages: the code MUD stands twice"),
        (SMALL + '[[list]]\nname = "List"\n', r"list: must be written as \[list\]"),
        (SMALL + 'stages = ["clear"]\n', r"themes\[0\]\.stages: clear is the id of no stage"),
        (SMALL.replace('"Muddy"', '"Muddy"\nnumber = "1"'), r"stages\[0\]\.number: a whole number"),
        (SMALL + '[[lists]]\nname = "Signs"\nrole = "hat"\n', r"lists\[0\]\.role: one of headline"),
        (
            SMALL + '[[lists]]\nname = "A"\n[[lists]]\nname = "A"\n',
            "lists: the name A stands twice",
        ),
        ('layout = "matrix"\n' + SMALL, "layout: a list of texts"),
        ("id = ", "not valid TOML"),
    ],
)
def test_a_wrong_profile_is_refused_with_file_and_key(text: str, told: str, tmp_path: Path) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ProfileError, match=told) as caught:
        load_profile(file)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\x00", b"id = '\xe9'"])
def test_a_profile_that_is_no_text_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "ponds.toml"
    file.write_bytes(data)
    with pytest.raises(ProfileError, match=r"ponds\.toml: not valid TOML"):
        load_profile(file)


def test_a_profile_can_declare_layout_lists_groups_and_figures(tmp_path: Path) -> None:
    text = 'layout = ["matrix"]\nallows = []\n' + SMALL.replace('"Muddy"', '"Muddy"\nnumber = 0')
    text += 'group = "Life"\nstages = ["muddy"]\n'
    text += '\n[[lists]]\nname = "Signs"\nrole = "indicators"\n'
    full = load_profile(written(tmp_path, text))
    assert full.layout == ("matrix",)
    assert full.allows == ()
    assert [stage.number for stage in full.stages] == [0, None]
    assert [(t.id, t.group, t.stages) for t in full.themes] == [
        ("life-fish-reeds", "Life", ("muddy",))
    ]
    assert [(entry.name, entry.role) for entry in full.lists] == [("Signs", "indicators")]


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_shipped_profile_fits_the_schema(name: str) -> None:
    schema = json.loads(schema_text("profile"))
    values = tomllib.loads(shipped_profiles()[name].read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(values)


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_shipped_profile_holds_names_and_no_cells(name: str) -> None:
    profile = load_profile(name)
    labels = (*profile.stages, *profile.themes, *profile.lists)
    assert max(len(text.split()) for entry in labels for text in (entry.name, *entry.aliases)) < 10


def test_codes_that_a_file_does_not_give_are_each_another(tmp_path: Path) -> None:
    text = SMALL + '[[themes]]\nname = "Fishing"\n\n[[themes]]\nname = "Fis"\n'
    small = load_profile(written(tmp_path, text))
    assert [theme.code for theme in small.themes] == ["FIS", "FIH", "FI2"]


def test_two_stages_with_one_id_are_refused(tmp_path: Path) -> None:
    text = SMALL.replace('name = "Very clear"', 'name = "Muddy"\ncode = "X"')
    with pytest.raises(ProfileError, match="muddy"):
        load_profile(written(tmp_path, text))


def test_a_missing_profile_is_refused_with_those_there_are() -> None:
    with pytest.raises(ProfileError, match=r"nowhere\.toml.*one of: .*breakthrough"):
        load_profile("nowhere.toml")
