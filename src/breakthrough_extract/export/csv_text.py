"""Rows as CSV that no spreadsheet takes for formulas, and that is read back to the character.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, or with a tab or a line break
before them. The usual advice (OWASP, "CSV Injection") is an apostrophe before the text, which alone
would leave it open whether the apostrophe is the text's own. Here a text is escaped if a
dangerous sign follows its leading apostrophes, of which there may be none, by one apostrophe
more; to read, one is taken off where a dangerous sign follows them. No other text is changed,
and the two undo each other.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from breakthrough_extract.export.shapes import Column, Row, Value

# The signs, in full width too, and what a spreadsheet skips before them.
DANGEROUS = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
ESCAPED = re.compile(r"'+[=+\-@＝＋－＠\t\r\n]")


def escaped(text: str) -> str:
    return f"'{text}" if DANGEROUS.match(text) else text


def unescaped(text: str) -> str:
    return text[1:] if ESCAPED.match(text) else text


def to_csv(columns: Sequence[Column], rows: Sequence[Row]) -> bytes:
    """UTF-8 with a head, commas, texts in quotes, and a line feed after each row.

    All texts: the csv module would leave one that has a lone carriage return without.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([column.name for column in columns])
    writer.writerows([[_written(row[column.name]) for column in columns] for row in rows])
    return out.getvalue().encode()


def _written(value: Value) -> str | int:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return value
        case str():
            return escaped(value)


def from_csv(data: bytes, columns: Sequence[Column]) -> list[Row]:
    """The rows of a CSV text; what is none of the columns is text.

    Raises ValueError, csv.Error or KeyError if it is none.
    """
    types = {column.name: column.type for column in columns}
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    names = reader.fieldnames or []
    return [{name: _read(row[name], types.get(name, str)) for name in names} for row in reader]


def _read(text: str | None, kind: type) -> Value:
    if not text:
        return None
    if kind is bool:
        return {"true": True, "false": False}[text]
    return int(text) if kind is int else unescaped(text)
