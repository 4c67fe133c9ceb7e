"""A model in the formats that others use. EXPORTERS is the table of them.

A format is one module with `export(model, ledger)`, a pure function to the files it makes, and,
if nothing of a model is lost in it, `load(path)`. Its module, and with it what library it needs,
is loaded only when the format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from breakthrough_extract.export.errors import ExportError

if TYPE_CHECKING:
    from breakthrough_extract.ledger import Ledger
    from breakthrough_extract.model import Model

__all__ = ["EXPORTERS", "ExportError", "Exporter", "export"]


class Format(Protocol):
    """What the module of a format has."""

    # The content of each file, by what follows "NAME." in its name; "/" parts folders.
    export: Callable[[Model, Ledger | None], dict[str, bytes]]


class LosslessFormat(Format, Protocol):
    load: Callable[[Path], Model]


class Exporter(NamedTuple):
    module: str  # of this package
    files: str  # for people: what is written
    lossless: bool  # whether `load` gives an equal model
    ledger: bool = False  # whether the ledger, where there is one, goes in
    extra: str | None = None  # of the installation


EXPORTERS: dict[str, Exporter] = {
    "json": Exporter("canonical", "NAME.json", lossless=True),
    "jsonl": Exporter("json_lines", "NAME.jsonl", lossless=True, ledger=True),
    "frictionless": Exporter("frictionless", "NAME.datapackage/", lossless=True, ledger=True),
    "parquet": Exporter("parquet", "NAME.parquet/", lossless=True, ledger=True, extra="tables"),
    "sqlite": Exporter("sqlite", "NAME.sqlite", lossless=True, ledger=True),
    "xlsx": Exporter("xlsx", "NAME.xlsx", lossless=True, ledger=True, extra="tables"),
    "case": Exporter("case", "NAME.case.json", lossless=False),
    "markdown": Exporter("markdown", "NAME.md", lossless=False),
    "tei": Exporter("tei", "NAME.tei.xml", lossless=False, ledger=True),
    "typescript": Exporter("typescript", "NAME.model.d.ts, NAME.ledger.d.ts", lossless=False),
    "citation": Exporter("citation", "NAME.citation/CITATION.cff", lossless=False),
}


def export(model: Model, ledger: Ledger | None, to: str, name: str) -> dict[str, bytes]:
    """The files of one format: content by path, each path beginning with `name` and a dot.

    Raises ExportError if the format cannot carry the model, MissingExtraError if its library is not
    installed, KeyError if there is no such format.
    """
    files = format_of(to).export(model, ledger)
    return {f"{name}.{ending}": data for ending, data in files.items()}


def format_of(name: str) -> LosslessFormat:
    """The module of a format. It has `load` only if the table says that it is lossless."""
    module = import_module(f"{__name__}.{EXPORTERS[name].module}")
    return cast("LosslessFormat", module)
