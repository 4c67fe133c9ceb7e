"""The published nouns: what `output/NAME.json` holds, and what other tools import."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from urllib.parse import quote, unquote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from breakthrough_extract import frames, html_matrix
from breakthrough_extract.migrations import NewerVersionError, is_newer, migrated

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
from breakthrough_extract.safe_text import json_safe, terminal_safe

# 1.1.0: `withdrawn`; what models other than the breakthrough model have.
SCHEMA_VERSION = "1.1.0"
SCHEMA_ID: Final = "urn:breakthrough-extract:model:1"
ADDRESS: Final = "urn:breakthrough-extract:dataset:"

Text = Annotated[str, Field(min_length=1)]


class ModelError(ValueError):
    """A file that is not a model; the message names the file, the place and the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(terminal_safe(message))


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
        exclude_if=is_absent,
    )
    stages: tuple[Stage, ...]
    themes: tuple[Theme, ...]
    withdrawn: tuple[Withdrawn, ...] = Field(
        default=(),
        description="In the order in which they were withdrawn; absent if there are none.",
        exclude_if=is_absent,
    )

    def to_json(self) -> str:
        """The canonical text: keys in declared order, two spaces, final newline."""
        hidden = None if self.draft else {"draft"}
        return json_safe(self.model_dump_json(indent=2, by_alias=True, exclude=hidden)) + "\n"

    def _repr_html_(self) -> str:
        """The matrix, for notebooks."""
        return _matrix_html(self)

    def iter_items(self) -> Iterator[Item]:
        """All items: those of stages, then theme by theme those of cells, points, and of lists.

        What is listed under an item follows it.
        """
        for stage in self.stages:
            yield from nested(stage.items)
        for theme in self.themes:
            for cell in theme.stages:
                yield from cell.items()
            if theme.breakthrough_points:
                yield from theme.breakthrough_points.points
            for entry in theme.lists:
                yield from nested(entry.items)

    def find(self, name: str) -> Item:
        """The item with that code (`LEA.DEV.3`), id, or address (`breakthrough.json#ID`).

        Raises KeyError if there is none.
        """
        wanted = unquote(name.rpartition("#")[2]) if "#" in name else name
        for item in self.iter_items():
            if wanted in (item.id, item.code):
                return item
        raise KeyError(f"no item of {self.id} has the code or the id {name!r}")

    def address(self, id_: str = "") -> str:
        """The permanent address of what has that id, or of the model: no rewording changes it."""
        return f"{ADDRESS}{quote(self.id, safe='')}" + (f"#{quote(id_, safe='')}" if id_ else "")

    def rows(self) -> list[dict[str, Any]]:
        """One row an item, in the order of `iter_items`, and before the items of a cell one a
        paragraph of its prose; ROW has the columns.

        What does not apply is None: a point has no stage, prose no id.
        """
        stages = [row for stage in self.stages for row in _stage_rows(stage)]
        return [*stages, *(row for theme in self.themes for row in _rows(self, theme))]

    def to_pandas(self) -> pd.DataFrame:
        """`rows` as a pandas frame. Raises MissingExtraError without the extra `frames`."""
        return frames.to_pandas(self.rows(), ROW)

    def to_polars(self) -> pl.DataFrame:
        """`rows` as a polars frame. Raises MissingExtraError without the extra `frames`."""
        return frames.to_polars(self.rows(), ROW)

    def to_arrow(self) -> pa.Table:
        """`rows` as an Arrow table. Raises MissingExtraError without the extra `frames`."""
        return frames.to_arrow(self.rows(), ROW)


def _matrix_html(model: Model) -> str:
    """Themes × stages with headlines, or what stands there instead, and numbers of items."""
    listed = any(theme.breakthrough_points for theme in model.themes)
    heads = ["Theme", *(stage.name for stage in model.stages), *(["Points"] if listed else [])]
    return html_matrix.table(
        f"{model.title}{' (draft)' if model.draft else ''}",
        heads,
        [(_theme_entry(theme), _cell_entries(model, theme, listed)) for theme in model.themes],
    )


def _theme_entry(theme: Theme) -> html_matrix.Entry:
    above = " ".join(text for text in (theme.group, theme.question) if text)
    items = [item for entry in theme.lists for item in nested(entry.items)]
    return html_matrix.Entry(theme.name, len(items) or None, above)


def _cell_entries(model: Model, theme: Theme, listed: bool) -> Iterator[html_matrix.Entry | None]:
    cells = {cell.stage: cell for cell in theme.stages}
    for stage in model.stages:
        cell = cells.get(stage.id)
        yield _cell_entry(cell) if cell else None
    points = theme.breakthrough_points
    if listed:
        yield html_matrix.Entry(points.headline or "", len(points.points)) if points else None


def _cell_entry(cell: Cell) -> html_matrix.Entry:
    text = cell.headline or " ".join(cell.prose)
    if cell.no_requirement:
        text = text or "no requirement"
    return html_matrix.Entry(text, sum(1 for _ in cell.items()), cell.label or "")


# The columns of `Model.rows` and of the frames.
ROW: dict[str, type] = {
    "id": str,
    "code": str,
    "kind": str,  # "indicator", "breakthrough_point", "list_item", "stage_item" or "prose"
    "theme_id": str,
    "theme": str,
    "stage_id": str,
    "stage": str,
    "stage_position": int,  # 1-based, lowest first
    "headline": str,
    "number": int,  # 1-based place in its list
    "text": str,
    # What only some models have:
    "list": str,  # name of the list that it stands in
    "parent_id": str,  # the item that it is listed under
    "group": str,  # of themes
    "question": str,  # of the theme, as the three that follow
    "motto": str,
    "description": str,  # paragraphs, joined by blank lines
    "stage_label": str,  # what the source calls the stage here
}


Plain = dict[str, Any]


def _stage_rows(stage: Stage) -> Iterator[Plain]:
    place = {"stage_id": stage.id, "stage": stage.name, "stage_position": stage.position}
    yield from _listed(stage.items, {"kind": "stage_item", **place})


def _rows(model: Model, theme: Theme) -> Iterator[Plain]:
    positions = {stage.id: stage.position for stage in model.stages}
    of_theme = {
        "theme_id": theme.id,
        "theme": theme.name,
        "group": theme.group,
        "question": theme.question,
        "motto": theme.motto,
        "description": "\n\n".join(theme.description) or None,
    }
    for cell in theme.stages:
        of_cell = {
            **of_theme,
            "stage_id": cell.stage,
            "stage": cell.name,
            "stage_position": positions.get(cell.stage),
            "stage_label": cell.label,
            "headline": cell.headline,
        }
        for number, text in enumerate(cell.prose, 1):
            yield _row({"kind": "prose", **of_cell, "number": number, "text": text})
        yield from _listed(cell.indicators, {"kind": "indicator", **of_cell})
        yield from _in_lists(cell.lists, of_cell)
    points = theme.breakthrough_points
    if points:
        of_list = {"kind": "breakthrough_point", **of_theme, "headline": points.headline}
        yield from _listed(points.points, of_list)
    yield from _in_lists(theme.lists, of_theme)


def _in_lists(lists: Sequence[ItemList], shared: Plain) -> Iterator[Plain]:
    for entry in lists:
        yield from _listed(entry.items, {"kind": "list_item", **shared, "list": entry.name})


def _listed(items: Sequence[Item], shared: Plain) -> Iterator[Plain]:
    for number, item in enumerate(items, 1):
        own = {"id": item.id, "code": item.code, "text": item.text, "number": number}
        yield _row({**shared, **own})
        if isinstance(item, Indicator):
            yield from _listed(item.items, {**shared, "parent_id": item.id})


def _row(known: Plain) -> Plain:
    return {name: known.get(name) for name in ROW}


def parse(data: str | bytes, name: str) -> Model:
    """The model in a JSON text of this or an older version; `name` is for the message.

    Raises ModelError if it is no model; the message lists every place that is wrong.
    """
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        plain = None  # pydantic says where the JSON is broken
    if isinstance(plain, dict) and plain.get("schema_version") != SCHEMA_VERSION:
        return read_plain(plain, name)
    try:
        return Model.model_validate_json(data)
    except ValidationError as error:
        raise ModelError(_unresolved(data, name) or explain(name, "model", error)) from None


def read_plain(plain: dict[str, Any], name: str) -> Model:
    """The model in what JSON was parsed to, as `parse`."""
    try:
        return Model.model_validate(migrated(plain, SCHEMA_VERSION))
    except NewerVersionError as error:
        raise ModelError(f"{name}: {error}") from None
    except ValidationError as error:
        newer = is_newer(plain.get("schema_version"), SCHEMA_VERSION)
        remedy = "; the file is of a newer version: update breakthrough-extract" if newer else ""
        raise ModelError(explain(name, "model", error) + remedy) from None


def dotted(parts: tuple[int | str, ...]) -> str:
    """A place in a model as `themes[3].stages[1].headline`; list indices are 0-based."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts).lstrip(".")


def _unresolved(data: str | bytes, name: str) -> str:
    """What a file with the conflicts of a merge in it says; "" if it is none."""
    try:
        conflicts = _Conflicts.model_validate_json(data).conflicts
    except ValidationError:
        return ""
    told = "; ".join(
        f"{c.what}: {_says('ours', c.ours)}, {_says('theirs', c.theirs)}" for c in conflicts
    )
    return (
        f"{name}: a merge left {len(conflicts)} to decide, and the file has ours: {told}. "
        "Put each right, then take `conflicts` out of the file"
    )


def _says(side: str, text: str | None) -> str:
    return f"{side} takes it out" if text is None else f"{side} has “{text}”"


class _Conflict(BaseModel):
    """As `versions.merge` writes it."""

    what: str
    ours: str | None
    theirs: str | None


class _Conflicts(BaseModel):
    conflicts: tuple[_Conflict, ...]


def explain(path: str | Path, noun: str, error: ValidationError) -> str:
    """In one line, every place that keeps a file from being a `noun`."""
    faults = [f"{dotted(fault['loc']) or 'the file'}: {fault['msg']}" for fault in error.errors()]
    return f"{path}: not a {noun} file: " + "; ".join(faults)
