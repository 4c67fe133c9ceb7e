"""How much of everything a document may have. What goes beyond is refused, never cut."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Limits:
    """The most that is read of one document. The defaults are far above what models need.

    `extract --limit NAME=VALUE` sets one from the command line.
    """

    bytes: int = 100_000_000  # of the file
    characters: int = 20_000_000  # of its text
    pages: int = 2_000
    objects: int = 1_000_000  # text, paths, pictures and forms on the pages of a PDF
    pixels: int = 80_000_000  # of a picture, or of a page that text is recognised on
    nesting: int = 10_000  # HTML elements within one another
    cells: int = 200_000  # of tables; those that reach down count once a column and row
    # The choice of themes weighs each section against each other: its time grows faster than
    # the document. A model of 12 themes and 6 stages has 96.
    sections: int = 240
    seconds: int = 300  # by the clock; kept by the command, which works in a process of its own

    def __post_init__(self) -> None:
        for limit in fields(self):
            if getattr(self, limit.name) < 1:
                raise ValueError(f"{limit.name}: a limit is at least 1")


USUAL = Limits()


def with_limit(limits: Limits, setting: str) -> Limits:
    """`limits` with one set by `NAME=VALUE`. Raises ValueError."""
    name, _, value = setting.partition("=")
    names = [limit.name for limit in fields(Limits)]
    if name not in names:
        raise ValueError(f"{setting}: write NAME=VALUE; the names are {', '.join(names)}")
    if not (value.isascii() and value.isdigit()):
        raise ValueError(f"{setting}: the value is a whole number")
    return replace(limits, **{name: int(value)})
