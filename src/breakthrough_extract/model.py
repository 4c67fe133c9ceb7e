"""The published nouns: what `output/NAME.json` holds, and what other tools import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

SCHEMA_VERSION = "1.1.0"
SCHEMA_ID: Final = "urn:breakthrough-extract:model:1"

Text = Annotated[str, Field(min_length=1)]


class ModelError(ValueError):
    """A file that is not a model; the message names the file, the place and the remedy."""


class Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _is_absent(value: object) -> bool:
    """Whether an optional field is left out of the JSON: None, False or empty."""
    return not value


class Indicator(Noun):
    """One statement of a cell."""

    id: Text = Field(description="Permanent: made once, kept when the text is reworded.")
    code: Text = Field(description="For people: theme, stage and 1-based place, recomputed.")
    text: Text
    items: tuple[Indicator, ...] = Field(
        default=(), description="What is listed under it.", exclude_if=_is_absent
    )


class ItemList(Noun):
    """A list under a name of its own: examples of a cell, measures of a theme."""

    name: Text
    items: tuple[Indicator, ...]


class Stage(Noun):
    """One step of the scale that all themes share."""

    id: Text = Field(description="Permanent identifier; `stage` of a cell names it.")
    name: Text
    position: int = Field(ge=1, description="Place on the scale, 1-based, lowest first.")
    aliases: tuple[Text, ...] = Field(
        default=(), description="Other names that documents give it.", exclude_if=_is_absent
    )
    description: tuple[Text, ...] = Field(
        default=(), description="What it is, in paragraphs.", exclude_if=_is_absent
    )
    items: tuple[Indicator, ...] = Field(
        default=(), description="What holds at it whatever the theme.", exclude_if=_is_absent
    )


class Note(Noun):
    """A footnote of a cell."""

    id: Text
    text: Text


class Cell(Noun):
    """One theme at one stage.

    A cell that the source lacks is absent from its theme; one that the source leaves empty is
    here, with nothing in it; one of which the source says that nothing is asked is here with
    that statement, and with `no_requirement`.
    """

    stage: Text = Field(description="Id of the stage.")
    name: Text = Field(description="Name of the stage.")
    headline: Text | None
    indicators: tuple[Indicator, ...]
    notes: tuple[Note, ...] = ()
    label: Text | None = Field(
        default=None,
        description="What the source calls the stage here, where that is not its name.",
        exclude_if=_is_absent,
    )
    prose: tuple[Text, ...] = Field(
        default=(), description="Running text, in paragraphs.", exclude_if=_is_absent
    )
    lists: tuple[ItemList, ...] = Field(
        default=(), description="Lists beside the indicators.", exclude_if=_is_absent
    )
    no_requirement: bool = Field(
        default=False,
        description="True where the source says that nothing is asked here; absent otherwise.",
        exclude_if=_is_absent,
    )


class BreakthroughPoint(Noun):
    """One entry of a theme's list."""

    id: Text
    code: Text
    text: Text


class BreakthroughPoints(Noun):
    """The list that a theme has beside its stages."""

    headline: Text | None
    points: tuple[BreakthroughPoint, ...]


class Theme(Noun):
    """One row of the matrix."""

    id: Text
    name: Text
    complaint: Text | None = Field(description="The quoted complaint that opens the theme.")
    stages: tuple[Cell, ...] = Field(
        description="In the order of the scale; a missing cell is absent."
    )
    breakthrough_points: BreakthroughPoints | None
    group: Text | None = Field(
        default=None,
        description="Group of themes it belongs to; two themes of one name differ by it.",
        exclude_if=_is_absent,
    )
    question: Text | None = Field(
        default=None, description="The question that it answers.", exclude_if=_is_absent
    )
    motto: Text | None = Field(
        default=None, description="A quotation that stands over it.", exclude_if=_is_absent
    )
    description: tuple[Text, ...] = Field(
        default=(), description="What it is, in paragraphs.", exclude_if=_is_absent
    )
    lists: tuple[ItemList, ...] = Field(
        default=(), description="Lists that belong to no stage.", exclude_if=_is_absent
    )
    scale: tuple[Text, ...] = Field(
        default=(),
        description="Ids of the stages that it has, where it has not all of the model's.",
        exclude_if=_is_absent,
    )


class Model(Noun):
    """A staged improvement model: themes, ordered stages, and what stands in each cell."""

    schema_: Literal["urn:breakthrough-extract:model:1"] = Field(SCHEMA_ID, alias="$schema")
    schema_version: str = Field(SCHEMA_VERSION, pattern=r"^1\.\d+\.\d+$")
    id: Text
    title: Text
    draft: bool = Field(
        default=False, description="True if exported in spite of findings; absent otherwise."
    )
    allows: tuple[Text, ...] = Field(
        default=(),
        description="Codes of findings that are no fault in this kind of model.",
        exclude_if=_is_absent,
    )
    stages: tuple[Stage, ...]
    themes: tuple[Theme, ...]

    def to_json(self) -> str:
        """The canonical text: keys in declared order, two spaces, final newline."""
        hidden = None if self.draft else {"draft"}
        return self.model_dump_json(indent=2, by_alias=True, exclude=hidden) + "\n"

    def iter_items(self) -> Iterator[Indicator | BreakthroughPoint]:
        """All indicators and points, theme by theme, stages before the list."""
        for theme in self.themes:
            for cell in theme.stages:
                yield from cell.indicators
            if theme.breakthrough_points:
                yield from theme.breakthrough_points.points


def load(path: str | Path) -> Model:
    """The model in that file.

    Raises ModelError if the file cannot be read or is not a model; the message lists every
    place that is wrong.
    """
    try:
        return Model.model_validate_json(Path(path).read_bytes())
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; give the path of a model file") from None
    except ValidationError as error:
        raise ModelError(_explain(path, error)) from None


def dotted(parts: tuple[int | str, ...]) -> str:
    """A place in a model as `themes[3].stages[1].headline`; list indices are 0-based."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts).lstrip(".")


def _explain(path: str | Path, error: ValidationError) -> str:
    faults = [f"{dotted(fault['loc']) or 'the file'}: {fault['msg']}" for fault in error.errors()]
    return f"{path}: not a model file: " + "; ".join(faults)
