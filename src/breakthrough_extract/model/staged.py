"""The whole model, and the addresses of what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import quote, unquote

from pydantic import Field

from breakthrough_extract import frames
from breakthrough_extract.model.matrix import matrix_html
from breakthrough_extract.model.parts import (
    Item,
    Noun,
    Stage,
    Text,
    Theme,
    Withdrawn,
    is_absent,
    nested,
)
from breakthrough_extract.model.rows import ROW, rows
from breakthrough_extract.safe_text import json_safe

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

# 1.1.0: `withdrawn`; what models other than the breakthrough model have.
SCHEMA_VERSION = "1.1.0"
SCHEMA_ID: Final = "urn:breakthrough-extract:model:1"
ADDRESS: Final = "urn:breakthrough-extract:dataset:"


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
        title = f"{self.title}{' (draft)' if self.draft else ''}"
        return matrix_html(title, self.stages, self.themes)

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
        return list(rows(self.stages, self.themes))

    def to_pandas(self) -> pd.DataFrame:
        """`rows` as a pandas frame. Raises MissingExtraError without the extra `frames`."""
        return frames.to_pandas(self.rows(), ROW)

    def to_polars(self) -> pl.DataFrame:
        """`rows` as a polars frame. Raises MissingExtraError without the extra `frames`."""
        return frames.to_polars(self.rows(), ROW)

    def to_arrow(self) -> pa.Table:
        """`rows` as an Arrow table. Raises MissingExtraError without the extra `frames`."""
        return frames.to_arrow(self.rows(), ROW)
