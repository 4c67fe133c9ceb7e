"""The Parquet files, as pyarrow and pandas read them."""

from __future__ import annotations

import io

import pandas as pd
import pyarrow.parquet as pq

from breakthrough_extract import Extraction
from breakthrough_extract.export import export


def test_a_table_has_types_and_descriptions(seed: Extraction) -> None:
    files = export(seed.model, seed.ledger, "parquet", "a")
    schema = pq.read_schema(io.BytesIO(files["a.parquet/indicators.parquet"]))
    assert [str(field.type) for field in schema] == ["string"] * 4 + ["int64", "string"]
    assert schema.field("id").metadata[b"description"] == b"Permanent identifier."
    assert not schema.field("id").nullable


def test_pandas_reads_it(seed: Extraction) -> None:
    files = export(seed.model, seed.ledger, "parquet", "a")
    frame = pd.read_parquet(io.BytesIO(files["a.parquet/indicators.parquet"]))
    assert len(frame) == 117
    assert frame["code"][0] == "LEA.STA.1"
