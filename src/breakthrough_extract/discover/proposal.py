"""A discovery as the profile that it proposes, in TOML, with its evidence as comments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from breakthrough_extract.discover.lists import Kind
from breakthrough_extract.discover.scales import Scale
from breakthrough_extract.discover.themes import Themes
from breakthrough_extract.profile import Label, Profile, Role
from breakthrough_extract.safe_text import terminal_safe


def toml_of(
    profile: Profile,
    scale: Scale,
    themes: Themes,
    kinds: Sequence[Kind],
    confidence: Mapping[str, float],
    sources: Iterable[str],
) -> str:
    """The text of the profile; loaded, it is the profile."""
    return "\n".join(_lines(profile, scale, themes, kinds, confidence, sources)) + "\n"


def _lines(
    profile: Profile,
    scale: Scale,
    themes: Themes,
    kinds: Sequence[Kind],
    confidence: Mapping[str, float],
    sources: Iterable[str],
) -> Iterator[str]:
    yield f"# Proposed from {terminal_safe(', '.join(sources))}."
    yield "# The confidence of a stage, or a theme, is the share of its cells that have a text."
    yield ""
    yield f"id = {_text(profile.id)}"
    yield f"title = {_text(profile.title)}"
    yield f"layout = {_texts(profile.layout)}"
    yield ""
    yield f"# Stages: {terminal_safe('; '.join(scale.why))}."
    for stage in profile.stages:
        yield ""
        yield "[[stages]]"
        yield from _label(stage)
        if stage.number is not None:
            yield f"number = {stage.number}"
        yield f"# confidence {confidence[stage.id]:.2f}"
    if kinds:
        yield ""
        yield "# Lists: labels that come again in cells."
    for kind in kinds:
        yield ""
        yield "[[lists]]"
        yield f"name = {_text(kind.name)}"
        if kind.role != Role.LIST:
            yield f"role = {_text(kind.role)}"
        yield f"# in {kind.cells} cells"
    yield ""
    yield f"# Themes: {terminal_safe(themes.why)}."
    for theme in profile.themes:
        yield ""
        yield "[[themes]]"
        yield from _label(theme)
        if theme.group:
            yield f"group = {_text(theme.group)}"
        yield f"# confidence {confidence[theme.id]:.2f}"


def _label(label: Label) -> Iterator[str]:
    yield f"id = {_text(label.id)}"
    yield f"name = {_text(label.name)}"
    yield f"code = {_text(label.code)}"
    if label.aliases:
        yield f"aliases = {_texts(label.aliases)}"


def _text(text: str) -> str:
    """A TOML string: its escapes are JSON's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"
