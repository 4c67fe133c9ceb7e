"""What a model is made of: items, cells, stages, themes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]


class Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def is_absent(value: object) -> bool:
    """Whether an optional field is left out of the JSON: None, False or empty."""
    return not value


class Indicator(Noun):
    """One statement of a cell."""

    id: Text = Field(description="Permanent: made once, kept when the text is reworded.")
    code: Text = Field(description="For people: theme, stage and 1-based place, recomputed.")
    text: Text
    items: tuple[Indicator, ...] = Field(
        default=(), description="What is listed under it.", exclude_if=is_absent
    )


def nested(items: Iterable[Indicator]) -> Iterator[Indicator]:
    """The items, each followed by what is listed under it."""
    for item in items:
        yield item
        yield from nested(item.items)


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
        default=(), description="Other names that documents give it.", exclude_if=is_absent
    )
    description: tuple[Text, ...] = Field(
        default=(), description="What it is, in paragraphs.", exclude_if=is_absent
    )
    items: tuple[Indicator, ...] = Field(
        default=(), description="What holds at it whatever the theme.", exclude_if=is_absent
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
        exclude_if=is_absent,
    )
    prose: tuple[Text, ...] = Field(
        default=(), description="Running text, in paragraphs.", exclude_if=is_absent
    )
    lists: tuple[ItemList, ...] = Field(
        default=(), description="Lists beside the indicators.", exclude_if=is_absent
    )
    no_requirement: bool = Field(
        default=False,
        description="True where the source says that nothing is asked here; absent otherwise.",
        exclude_if=is_absent,
    )

    def items(self) -> Iterator[Indicator]:
        """The indicators, then those of its lists; what is listed under one follows it."""
        yield from nested(self.indicators)
        for entry in self.lists:
            yield from nested(entry.items)


class BreakthroughPoint(Noun):
    """One entry of a theme's list."""

    id: Text
    code: Text
    text: Text


class BreakthroughPoints(Noun):
    """The list that a theme has beside its stages."""

    headline: Text | None
    points: tuple[BreakthroughPoint, ...]


Item = Indicator | BreakthroughPoint


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
        exclude_if=is_absent,
    )
    question: Text | None = Field(
        default=None, description="The question that it answers.", exclude_if=is_absent
    )
    motto: Text | None = Field(
        default=None, description="A quotation that stands over it.", exclude_if=is_absent
    )
    description: tuple[Text, ...] = Field(
        default=(), description="What it is, in paragraphs.", exclude_if=is_absent
    )
    lists: tuple[ItemList, ...] = Field(
        default=(), description="Lists that belong to no stage.", exclude_if=is_absent
    )
    scale: tuple[Text, ...] = Field(
        default=(),
        description="Ids of the stages that it has, where it has not all of the model's.",
        exclude_if=is_absent,
    )


class Withdrawn(Noun):
    """An identifier that earlier versions had. It is never given to anything else."""

    id: Text
    text: Text = Field(description="The last wording, or name, that it stood for.")
    replaced_by: tuple[Text, ...] = Field(
        default=(), description="What a split or merge made of it; each may be withdrawn itself."
    )
