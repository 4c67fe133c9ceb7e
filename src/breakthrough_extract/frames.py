"""Rows as data frames. The libraries come with the extra `frames`, and are loaded on use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from breakthrough_extract.extras import MissingExtraError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Row = dict[str, Any]
EXTRA = "frames"


def to_pandas(rows: Sequence[Row], types: dict[str, type]) -> pd.DataFrame:
    """The rows with a column for each of `types`, typed so even where there is no row."""
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtraError("pandas", EXTRA) from None
    kinds = {str: "string", int: "Int64"}
    columns = {
        name: pd.array([row[name] for row in rows], dtype=kinds[kind])
        for name, kind in types.items()
    }
    return pd.DataFrame(columns)


def to_polars(rows: Sequence[Row], types: dict[str, type]) -> pl.DataFrame:
    """The rows with a column for each of `types`, typed so even where there is no row."""
    try:
        import polars as pl
    except ImportError:
        raise MissingExtraError("polars", EXTRA) from None
    kinds = {str: pl.String, int: pl.Int64}
    return pl.DataFrame(rows, schema={name: kinds[kind] for name, kind in types.items()})


def to_arrow(rows: Sequence[Row], types: dict[str, type]) -> pa.Table:
    """The rows with a column for each of `types`, typed so even where there is no row."""
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("pyarrow", EXTRA) from None
    kinds = {str: pa.string(), int: pa.int64()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in types.items()])
    return pa.Table.from_pylist(list(rows), schema=schema)
