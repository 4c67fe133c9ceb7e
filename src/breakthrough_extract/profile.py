"""What a kind of model looks like, as data: stages, theme lists, themes, running heads."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from breakthrough_extract.regular import bytes_of
from breakthrough_extract.safe_text import terminal_safe


class ProfileError(ValueError):
    """A profile that cannot be used; the message names the file, the key and the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(terminal_safe(message))


@dataclass(frozen=True)
class Label:
    """A stage, a theme, or the kind of list that themes have: its names, and its short code."""

    id: str
    name: str
    code: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """A kind of model. Orders are those of the file."""

    id: str
    title: str
    stages: tuple[Label, ...]
    themes: tuple[Label, ...]
    theme_list: Label | None = None  # None: themes have no list of their own
    complaints: bool = False
    running_heads: tuple[str, ...] = ()
    sha256: str = ""

    @cached_property
    def slots(self) -> tuple[Label, ...]:
        """What a section can be: one of the stages, or the theme's list."""
        return (*self.stages, *((self.theme_list,) if self.theme_list else ()))

    def theme(self, theme_id: str) -> Label:
        return next(theme for theme in self.themes if theme.id == theme_id)


def slug(name: str) -> str:
    """`name` as an identifier: lower case, words joined by hyphens."""
    return "-".join(re.findall(r"\w+", name.lower()))


def shipped_profiles() -> dict[str, Path]:
    """The profiles in the package, by id, in alphabetical order."""
    folder = Path(str(resources.files("breakthrough_extract"))) / "profiles"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load_profile(name: str | Path = "breakthrough") -> Profile:
    """The profile of that shipped name, or in that file.

    Raises ProfileError if there is no such profile or a key in it is missing or wrong.
    """
    shipped = shipped_profiles()
    path = shipped.get(str(name), Path(name))
    try:
        data = bytes_of(path)
        table = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        known = ", ".join(shipped)
        reason = error.strerror or "cannot be read"
        raise ProfileError(
            f"{name}: {reason}; give the path of a profile or one of: {known}"
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"{name}: not valid TOML: {error}") from None
    return _profile(_Table(table, str(name), ""), hashlib.sha256(data).hexdigest())


KEYS = {
    "": {"id", "title", "running_heads", "complaints", "stages", "list", "themes"},
    "stages": {"id", "name", "code", "aliases"},
    "list": {"id", "name", "code", "aliases"},
    "themes": {"id", "name", "code", "aliases"},
}


@dataclass(frozen=True)
class _Table:
    """A TOML table that knows its path, so that a complaint can name the key."""

    values: dict[str, Any]
    file: str
    path: str

    def fail(self, key: str, problem: str) -> ProfileError:
        where = f"{self.path}.{key}" if self.path else key
        return ProfileError(f"{self.file}: {where}: {problem}")

    def check_keys(self, known: set[str]) -> None:
        for key in self.values:
            if key not in known:
                raise self.fail(key, f"unknown key; known are {', '.join(sorted(known))}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, "a text is needed here")
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, "true or false is needed here")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.fail(key, "a list of texts is needed here")
        return tuple(value)

    def tables(self, key: str) -> list[_Table]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.fail(key, f"must be written as [[{key}]]")
        return [_Table(entry, self.file, f"{key}[{n}]") for n, entry in enumerate(value)]


def _profile(table: _Table, sha256: str) -> Profile:
    table.check_keys(KEYS[""])
    stages = tuple(_label(entry, "stages") for entry in table.tables("stages"))
    if len(stages) < 2:
        raise table.fail("stages", "at least two stages are needed")
    themes = tuple(_label(entry, "themes") for entry in table.tables("themes"))
    if not themes:
        raise table.fail("themes", "at least one theme is needed")
    theme_list = None
    if "list" in table.values:
        if not isinstance(table.values["list"], dict):
            raise table.fail("list", "must be written as [list]")
        theme_list = _label(_Table(table.values["list"], table.file, "list"), "list")
    slots = (*stages, *([theme_list] if theme_list else []))
    for key, what, values in (
        ("stages", "code", [label.code for label in slots]),
        ("stages", "id", [label.id for label in slots]),
        ("themes", "code", [theme.code for theme in themes]),
        ("themes", "id", [theme.id for theme in themes]),
    ):
        twice = [value for value, n in Counter(values).items() if n > 1]
        if twice:
            raise table.fail(key, f"the {what} {twice[0]} stands twice; give each its own `{what}`")
    return Profile(
        id=table.text("id"),
        title=table.text("title"),
        stages=stages,
        themes=themes,
        theme_list=theme_list,
        complaints=table.flag("complaints"),
        running_heads=table.texts("running_heads"),
        sha256=sha256,
    )


def _label(table: _Table, kind: str) -> Label:
    table.check_keys(KEYS[kind])
    name = table.text("name")
    return Label(
        id=table.text("id", slug(name)),
        name=name,
        code=table.text("code", slug(name)[:3].upper()),
        aliases=table.texts("aliases"),
    )
