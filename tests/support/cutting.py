"""The seed cut into its blocks, by its blank lines, its tabs and its labels.

This is the tests' own reading of the text: none of it comes from the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tests.support import paths
from tests.support.extracting import read_json

LABEL = re.compile(
    r"(?:\*\*|<b>)(STARTING|DEVELOPING|CONSOLIDATING|BREAKTHROUGH POINTS)(?:\*\*|</b>)"
)
HEADING = re.compile(
    r"(?:\*\*|<b>)(?:Leadership|Priorities|Performance frameworks|Helping people perform"
    r"|Learning|Managing change)(?:\*\*|</b>)"
)
RUNNING_HEADS = (
    "# the breakthrough model the breakt",
    "# breakthrough model the breakthrough model",
    "el the breakthrough model **the breakthrough model**",
    "the",
    "del",
    "**the breakthrough model**",
)


@dataclass(frozen=True)
class Chunk:
    """One block of the seed."""

    kind: str  # "section", "heading", "running head", "stub", "fragment" or "rule"
    start: int
    end: int
    text: str
    theme: int = -1  # of a section: index into the themes of the expected file
    slot: str = ""  # of a section: id of its stage, or "breakthrough_points"

    @property
    def name(self) -> str:
        return f"{self.theme}-{self.slot}"


@cache
def chunks() -> tuple[Chunk, ...]:
    """The blocks of the seed in its order."""
    text = paths.SEED.read_text(encoding="utf-8")
    out: list[Chunk] = []
    for start, end, is_cell in _parts(text):
        part = text[start:end]
        if LABEL.search(part):
            out.append(Chunk("section", start, end, part))
        elif HEADING.match(part) or (is_cell and HEADING.search(part)):
            out.append(Chunk("heading", start, end, part))
        elif part in RUNNING_HEADS:
            out.append(Chunk("running head", start, end, part))
        elif part.startswith("..."):
            out.append(Chunk("stub", start, end, part))
        elif part.startswith("<p><b>Performance:"):
            out.append(Chunk("fragment", start, end, part))
        elif not part.strip("-\t\n "):
            out.append(Chunk("rule", start, end, part))
        else:  # the headline, the list or the complaint of the block before it
            before = out.pop()
            assert before.kind in ("section", "heading"), part
            out.append(replace(before, end=end, text=text[before.start : end]))
    return tuple(_placed(chunk) for chunk in out)


def sections() -> list[Chunk]:
    return [chunk for chunk in chunks() if chunk.kind == "section"]


def _parts(text: str) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs, and the cells of the rows that tabs divide; with whether it is a cell."""
    for paragraph in re.finditer(r"\S.*?(?=\n[ ]*\n|\s*\Z)", text, re.DOTALL):
        if "\t" not in paragraph.group():
            yield *paragraph.span(), False
            continue
        for line in re.finditer(r"[^\n]+", paragraph.group()):
            if not line.group().startswith("<"):
                yield paragraph.start() + line.start(), paragraph.start() + line.end(), False
                continue
            for cell in re.finditer(r"[^\t\n]+", line.group()):
                start = paragraph.start() + line.start()
                yield start + cell.start(), start + cell.end(), True


def _placed(chunk: Chunk) -> Chunk:
    """A section with the cell that a person who reads its headline puts it in."""
    if chunk.kind != "section":
        return chunk
    found = LABEL.search(chunk.text)
    assert found
    slot = found.group(1).lower().replace(" ", "_")
    bare = chunk.text.replace("Leaders*", "Leaders")
    homes = [
        number
        for number, theme in enumerate(expected()["themes"])
        for cell in (*theme["stages"], {"stage": "breakthrough_points"})
        if cell["stage"] == slot
        and f"{cell.get('headline') or theme['breakthrough_points']['headline']}:" in bare
    ]
    assert len(homes) == 1, chunk.text
    return replace(chunk, theme=homes[0], slot=slot)


@cache
def expected() -> dict[str, Any]:
    """The texts of the seed, typed from it by eye."""
    found = read_json(paths.EXPECTED)
    assert isinstance(found, dict)
    return found
