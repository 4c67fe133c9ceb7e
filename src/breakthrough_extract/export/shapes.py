"""What the tables of a model are: columns, keys, and what each means."""

from __future__ import annotations

from typing import NamedTuple

Value = str | int | bool | None
Row = dict[str, Value]


class Column(NamedTuple):
    name: str
    type: type[str] | type[int] | type[bool]
    description: str
    required: bool = True


class ForeignKey(NamedTuple):
    """`columns` of a table name a row of `table` by its `keys`."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


class Shape(NamedTuple):
    """What a table is, without its rows."""

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()


class Table(NamedTuple):
    shape: Shape
    rows: tuple[Row, ...]


ID = Column("id", str, "Permanent identifier.")
CODE = Column("code", str, "For people: theme, stage and place; recomputed, not permanent.")
TEXT = Column("text", str, "The text as published.")
THEME = Column("theme_id", str, "The theme it belongs to.")
STAGE = Column("stage_id", str, "The stage it belongs to.")
NUMBER = Column("number", int, "Place in the document among its like, 1-based.")

# Stands in a table only where a row has some.
MORE = Column(
    "more", str, "Fields that have no column of their own, as a JSON object.", required=False
)

OF_THEME = ForeignKey(("theme_id",), "themes", ("id",))
OF_STAGE = ForeignKey(("stage_id",), "stages", ("id",))
OF_CELL = ForeignKey(("theme_id", "stage_id"), "cells", ("theme_id", "stage_id"))

MODEL = Shape(
    "model",
    "The dataset itself; one row.",
    (
        ID,
        Column("title", str, "Title of the model."),
        Column("schema_version", str, "Version of the schema of the model."),
        Column("draft", bool, "True if exported in spite of findings."),
    ),
    ("id",),
)
STAGES = Shape(
    "stages",
    "The scale that all themes share.",
    (
        NUMBER,
        ID,
        Column("name", str, "Name of the stage."),
        Column("position", int, "Place on the scale, 1-based, lowest first."),
    ),
    ("id",),
)
THEMES = Shape(
    "themes",
    "The rows of the matrix.",
    (
        NUMBER,
        ID,
        Column("name", str, "Name of the theme."),
        Column("complaint", str, "The quoted complaint that opens the theme.", required=False),
        Column("has_breakthrough_points", bool, "Whether the theme has a list of points."),
        Column("breakthrough_points_headline", str, "Headline of that list.", required=False),
    ),
    ("id",),
)
CELLS = Shape(
    "cells",
    "One theme at one stage; a cell that the document lacks has no row.",
    (
        THEME,
        STAGE,
        NUMBER,
        Column("name", str, "Name of the stage, as the cell has it."),
        Column("headline", str, "Headline of the cell.", required=False),
    ),
    ("theme_id", "stage_id"),
    (OF_THEME, OF_STAGE),
)
INDICATORS = Shape(
    "indicators",
    "The statements of the cells.",
    (ID, CODE, THEME, STAGE, NUMBER, TEXT),
    ("id",),
    (OF_CELL,),
)
POINTS = Shape(
    "breakthrough_points",
    "The entries of the lists that themes have beside their stages.",
    (ID, CODE, THEME, NUMBER, TEXT),
    ("id",),
    (OF_THEME,),
)
NOTES = Shape(
    "notes",
    "The footnotes of the cells.",
    (ID, THEME, STAGE, NUMBER, TEXT),
    ("id",),
    (OF_CELL,),
)
PROVENANCE = Shape(
    "provenance",
    "Where each text comes from. With the edits carried out and white space folded, `quote` is "
    "the published text.",
    (
        NUMBER,
        Column("field_id", str, "Id of the item, or the place of a headline or complaint."),
        Column("path", str, "Place in the JSON of the model; list indices are 0-based."),
        Column("source", str, "Name of the source file."),
        Column("source_sha256", str, "SHA-256 of the source file.", required=False),
        Column("start", int, "First character in the source, in code points, 0-based.", False),
        Column("end", int, "End of the last character; exclusive.", required=False),
        Column("spans", int, "Number of runs of characters that the text was put together from."),
        Column("page", int, "Page on which it begins, 1-based.", required=False),
        Column("quote", str, "The characters of the source."),
    ),
    ("number",),
)
EDITS = Shape(
    "edits",
    "What was changed in the quotes, and on what evidence.",
    (
        Column("provenance_number", int, "The row of `provenance` whose quote is edited."),
        NUMBER,
        Column("start", int, "First character of the quote, in code points, 0-based."),
        Column("end", int, "Exclusive; equal to start for an insertion."),
        Column("raw", str, "What stood there; empty for an insertion.", required=False),
        Column("new", str, "What is read instead; empty for a deletion.", required=False),
        Column("rule", str, "Why."),
        Column("evidence_source", str, "Source in which the evidence stands.", required=False),
        Column("evidence_start", int, "Where in it; code points, 0-based.", required=False),
        Column("evidence_end", int, "Exclusive.", required=False),
        Column("evidence_quote", str, "The evidence.", required=False),
    ),
    ("provenance_number", "number"),
    (ForeignKey(("provenance_number",), "provenance", ("number",)),),
)

# The tables that make up the model, each after those that its keys name.
MODEL_SHAPES = (MODEL, STAGES, THEMES, CELLS, INDICATORS, POINTS, NOTES)
LEDGER_SHAPES = (PROVENANCE, EDITS)
SHAPES = {shape.name: shape for shape in (*MODEL_SHAPES, *LEDGER_SHAPES)}
