"""The published nouns: what `output/NAME.json` holds, and what other tools import."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

# 1.1.0: `withdrawn`.
SCHEMA_VERSION = "1.1.0"
SCHEMA_ID: Final = "urn:breakthrough-extract:model:1"

Text = Annotated[str, Field(min_length=1)]


class ModelError(ValueError):
    """A file that is not a model; the message names the file, the place and the remedy."""


class Noun(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Stage(Noun):
    """One step of the scale that all themes share."""

    id: Text = Field(description="Permanent identifier; `stage` of a cell names it.")
    name: Text
    position: int = Field(ge=1, description="Place on the scale, 1-based, lowest first.")


class Indicator(Noun):
    """One statement of a cell."""

    id: Text = Field(description="Permanent: made once, kept when the text is reworded.")
    code: Text = Field(description="For people: theme, stage and 1-based place, recomputed.")
    text: Text


class Note(Noun):
    """A footnote of a cell."""

    id: Text
    text: Text


class Cell(Noun):
    """One theme at one stage."""

    stage: Text = Field(description="Id of the stage.")
    name: Text = Field(description="Name of the stage.")
    headline: Text | None
    indicators: tuple[Indicator, ...]
    notes: tuple[Note, ...] = ()


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


class Withdrawn(Noun):
    """An identifier that earlier versions had. It is never given to anything else."""

    id: Text
    text: Text = Field(description="The last wording, or name, that it stood for.")
    replaced_by: tuple[Text, ...] = Field(
        default=(), description="What a split or merge made of it; each may be withdrawn itself."
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
    stages: tuple[Stage, ...]
    themes: tuple[Theme, ...]
    withdrawn: tuple[Withdrawn, ...] = Field(
        default=(),
        description="In the order in which they were withdrawn; absent if there are none.",
        exclude_if=lambda withdrawn: not withdrawn,
    )

    def to_json(self) -> str:
        """The canonical text: keys in declared order, two spaces, final newline."""
        hidden = None if self.draft else {"draft"}
        return self.model_dump_json(indent=2, by_alias=True, exclude=hidden) + "\n"

    def _repr_html_(self) -> str:
        """The matrix, for notebooks."""
        return _matrix_html(self)

    def iter_items(self) -> Iterator[Indicator | BreakthroughPoint]:
        """All indicators and points, theme by theme, stages before the list."""
        for theme in self.themes:
            for cell in theme.stages:
                yield from cell.indicators
            if theme.breakthrough_points:
                yield from theme.breakthrough_points.points


def _matrix_html(model: Model) -> str:
    """Themes × stages with headlines and numbers of items, as an HTML table."""
    lists = any(theme.breakthrough_points for theme in model.themes)
    heads = ["Theme", *(stage.name for stage in model.stages), *(["Points"] if lists else [])]
    rows = ["".join(f'<th scope="col">{escape(head)}</th>' for head in heads)]
    for theme in model.themes:
        cells = {cell.stage: (cell.headline, len(cell.indicators)) for cell in theme.stages}
        row = [_cell_html(*cells.get(stage.id, (None, None))) for stage in model.stages]
        if lists:
            points = theme.breakthrough_points
            row.append(_cell_html(points.headline, len(points.points)) if points else _cell_html())
        rows.append(f'<th scope="row">{escape(theme.name)}</th>{"".join(row)}')
    title = f"{escape(model.title)}{' (draft)' if model.draft else ''}"
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><caption>{title}</caption>{body}</table>"


def _cell_html(headline: str | None = None, items: int | None = None) -> str:
    if items is None:
        return "<td>–</td>"
    return f"<td>{escape(headline or '–')} <small>({items})</small></td>"


def load(path: str | Path) -> Model:
    """The model in that file.

    Raises ModelError if the file cannot be read or is not a model; the message lists every
    place that is wrong.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; give the path of a model file") from None
    return parse(data, path)


def parse(data: bytes, name: str | Path) -> Model:
    """The model in the bytes of a file of that name.

    Raises ModelError if they are not a model; the message lists every place that is wrong.
    """
    try:
        return Model.model_validate_json(data)
    except ValidationError as error:
        raise ModelError(explain(name, "model", error)) from None


def dotted(parts: tuple[int | str, ...]) -> str:
    """A place in a model as `themes[3].stages[1].headline`; list indices are 0-based."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts).lstrip(".")


def explain(path: str | Path, noun: str, error: ValidationError) -> str:
    """In one line, every place that keeps a file from being a `noun`."""
    faults = [f"{dotted(fault['loc']) or 'the file'}: {fault['msg']}" for fault in error.errors()]
    return f"{path}: not a {noun} file: " + "; ".join(faults)
