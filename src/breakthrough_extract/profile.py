"""What a kind of model looks like, as data: stages, themes, lists, layout, running heads."""

from __future__ import annotations

import hashlib
import itertools
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from breakthrough_extract.regular import bytes_of
from breakthrough_extract.safe_text import terminal_safe

PLUS = re.compile(r"(?<=[^\W\d_])\+(?!\w)")  # behind a name it makes another: `Staff+`


class ProfileError(ValueError):
    """A profile that cannot be used; the message names the file, the key and the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(terminal_safe(message))


class Role(StrEnum):
    """What the text under a label is in its cell."""

    HEADLINE = "headline"
    INDICATORS = "indicators"
    PROSE = "prose"
    LIST = "list"  # one beside the indicators, under its own name
    SKIP = "skip"  # no part of the model


@dataclass(frozen=True)
class Label:
    """A stage, a theme, or a kind of list: its names, and its short code."""

    id: str
    name: str
    code: str
    aliases: tuple[str, ...] = ()
    number: int | None = None  # of a stage: the figure that documents may give for it
    group: str = ""  # of a theme
    stages: tuple[str, ...] = ()  # of a theme: ids of those that it has; empty: all
    role: Role = Role.LIST  # of a list


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
    layout: tuple[str, ...] = ()  # families to read it by, the best first; empty: found out
    lists: tuple[Label, ...] = ()  # labels within cells
    theme_lists: tuple[str, ...] = ()  # labels over the lists of themes; empty: any
    allows: tuple[str, ...] | None = None  # codes of findings that are no fault; None: see build
    sha256: str = ""

    @cached_property
    def slots(self) -> tuple[Label, ...]:
        """What a section can be: one of the stages, or the theme's list."""
        return (*self.stages, *((self.theme_list,) if self.theme_list else ()))

    def theme(self, theme_id: str) -> Label:
        return next(theme for theme in self.themes if theme.id == theme_id)


def slug(name: str) -> str:
    """`name` as an identifier: lower case, words joined by hyphens; `Staff+` is not `Staff`."""
    return "-".join(re.findall(r"\w+", PLUS.sub(" plus", name.lower())))


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
    except OSError as error:
        known = ", ".join(shipped)
        reason = error.strerror or "cannot be read"
        raise ProfileError(
            f"{name}: {reason}; give the path of a profile or one of: {known}"
        ) from None
    return read_profile(data, str(name))


def read_profile(data: bytes, name: str) -> Profile:
    """The profile that `data` is, as TOML; `name` is what messages call it.

    Raises ProfileError if a key in it is missing or wrong.
    """
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"{name}: not valid TOML: {error}") from None
    return _profile(_Table(table, name, ""), hashlib.sha256(data).hexdigest())


# What each table may hold: for the check on load, and for the schema. What each key takes:
# a text, texts, a flag, a number, a role, a table, tables.
LABEL_KEYS = {
    "id": ("text", "Permanent identifier; made from the name if absent."),
    "name": ("text", "As it stands in documents; case, signs and markup do not matter."),
    "code": ("text", "Short code for people; made from the name if absent."),
    "aliases": ("texts", "Other ways in which documents write the name."),
}
KEYS: dict[str, dict[str, tuple[str, str]]] = {
    "": {
        "id": ("text", "Identifier of this kind of model."),
        "title": ("text", "Its title."),
        "running_heads": ("texts", "What stands at the head or foot of each page."),
        "complaints": ("flag", "Whether each theme opens with a quoted complaint."),
        "layout": ("texts", "Layout families, by name; absent: found from the document."),
        "theme_lists": ("texts", "Labels over the lists of themes; absent: any label."),
        "allows": ("texts", "Codes of findings that are no fault in this kind of model."),
        "stages": ("tables", "The stages, lowest first; at least two."),
        "list": ("table", "The one list that each theme has beside its stages."),
        "lists": ("tables", "Labels within cells, and what the text under each is."),
        "themes": ("tables", "The themes, in the order of the document; at least one."),
    },
    "stages": {
        **LABEL_KEYS,
        "number": ("number", "The figure that documents may give for it: `Level 2`."),
    },
    "list": LABEL_KEYS,
    "lists": {
        "name": LABEL_KEYS["name"],
        "code": LABEL_KEYS["code"],
        "aliases": LABEL_KEYS["aliases"],
        "role": ("role", "What the text under the label is; absent: another list."),
    },
    "themes": {
        **LABEL_KEYS,
        "group": ("text", "Group of themes that it belongs to; two of one name differ by it."),
        "stages": ("texts", "Ids of the stages that it has; absent: all."),
    },
}
REQUIRED = {"": ("id", "title", "stages", "themes")}  # in all other tables: the name


@dataclass(frozen=True)
class _Table:
    """A TOML table that knows its path, so that a complaint can name the key."""

    values: dict[str, Any]
    file: str
    path: str

    def fail(self, key: str, problem: str) -> ProfileError:
        where = f"{self.path}.{key}" if self.path else key
        return ProfileError(f"{self.file}: {where}: {problem}")

    def check_keys(self, known: Iterable[str]) -> None:
        for key in self.values:
            if key not in known:
                raise self.fail(key, f"unknown key; known are {', '.join(sorted(known))}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, "a text is needed here")
        return value

    def number(self, key: str) -> int | None:
        value = self.values.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise self.fail(key, "a whole number is needed here")
        return value

    def role(self, key: str) -> Role:
        value = self.values.get(key, Role.LIST.value)
        if value not in list(Role):
            raise self.fail(key, f"one of {', '.join(Role)} is needed here")
        return Role(value)

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
    stages = distinct([_label(entry, "stages") for entry in table.tables("stages")])
    if len(stages) < 2:
        raise table.fail("stages", "at least two stages are needed")
    themes = distinct([_label(entry, "themes") for entry in table.tables("themes")])
    if not themes:
        raise table.fail("themes", "at least one theme is needed")
    theme_list = None
    if "list" in table.values:
        if not isinstance(table.values["list"], dict):
            raise table.fail("list", "must be written as [list]")
        entry = _Table(table.values["list"], table.file, "list")
        theme_list = distinct([*stages, _label(entry, "list")])[-1]
    lists = distinct([_label(entry, "lists") for entry in table.tables("lists")])
    slots = (*stages, *([theme_list] if theme_list else []))
    for key, what, values in (
        ("stages", "code", [label.code for label in slots]),
        ("stages", "id", [label.id for label in slots]),
        ("themes", "code", [theme.code for theme in themes]),
        ("themes", "id", [theme.id for theme in themes]),
        ("lists", "name", [label.name for label in lists]),
    ):
        twice = [value for value, n in Counter(values).items() if n > 1]
        if twice:
            raise table.fail(key, f"the {what} {twice[0]} stands twice; give each its own `{what}`")
    for n, theme in enumerate(themes):
        strange = sorted(set(theme.stages) - {stage.id for stage in stages})
        if strange:
            raise table.fail(f"themes[{n}].stages", f"{strange[0]} is the id of no stage")
    return Profile(
        id=table.text("id"),
        title=table.text("title"),
        stages=stages,
        themes=themes,
        theme_list=theme_list,
        complaints=table.flag("complaints"),
        running_heads=table.texts("running_heads"),
        layout=table.texts("layout"),
        lists=lists,
        theme_lists=table.texts("theme_lists"),
        allows=table.texts("allows") if "allows" in table.values else None,
        sha256=sha256,
    )


def _label(table: _Table, kind: str) -> Label:
    table.check_keys(KEYS[kind])
    name = table.text("name")
    group = table.text("group") if "group" in table.values else ""
    return Label(
        id=table.text("id", slug(f"{group} {name}") or "x"),
        name=name,
        code=table.text("code") if "code" in table.values else DERIVED,
        aliases=table.texts("aliases"),
        number=table.number("number"),
        group=group,
        stages=table.texts("stages") if kind == "themes" else (),
        role=table.role("role"),
    )


DERIVED = ""  # a code that the file does not give: made from the name


def distinct(labels: list[Label]) -> tuple[Label, ...]:
    """`labels` with codes: those that the file does not give are made, each another."""
    taken = {label.code for label in labels}
    figures: Figures = defaultdict(lambda: itertools.count(2))
    out: list[Label] = []
    for label in labels:
        code = label.code
        if code == DERIVED:
            code = next(code for code in _codes(label.name, figures) if code not in taken)
            taken.add(code)
        out.append(replace(label, code=code))
    return tuple(out)


Figures = dict[str, Iterator[int]]  # by the head of a name: those that were not tried yet


def _codes(name: str, figures: Figures) -> Iterator[str]:
    """Codes for a name, the best first: its head, its head with its last letter, with figures."""
    letters = "".join(re.findall(r"[^\W_]+", name)).upper() or "X"
    yield letters[:CODE]
    for last in letters[CODE:]:
        yield letters[: CODE - 1] + last
    for n in figures[letters[: CODE - 1]]:
        yield f"{letters[: CODE - 1]}{n}"


CODE = 3  # characters of a code made from a name
