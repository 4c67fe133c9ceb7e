"""Faces that text may be set in, and how wide it is in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from breakthrough_extract.measure import widths_of
from breakthrough_extract.wordlists import table

THOUSANDTHS = 1000


@dataclass(frozen=True)
class Style:
    """The widths of one face, regular or bold."""

    widths: Mapping[str, float]  # in ems
    usual: float  # of a character that is not among them

    @staticmethod
    def of(rows: Mapping[str, str | int]) -> Style:
        """The style that a table of `faces.toml` gives."""
        widths, usual = widths_of(rows)
        ems = {sign: width / THOUSANDTHS for sign, width in widths.items()}
        return Style(ems, usual / THOUSANDTHS)

    def width(self, text: str) -> float:
        """How wide `text` is, in ems."""
        return sum(self.widths.get(sign, self.usual) for sign in text)

    @cached_property
    def space(self) -> float:
        """How wide a space is, in ems."""
        return self.width(" ")


@dataclass(frozen=True)
class Face:
    """A family of type."""

    name: str
    regular: Style
    bold: Style


def faces() -> Iterator[Face]:
    """The faces that are known."""
    for name, styles in table("faces").items():
        yield Face(name, Style.of(styles["regular"]), Style.of(styles["bold"]))
