"""The runs of lines under each row of labels, and how they are divided into columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from breakthrough_extract.readers.joined.fit import Shape, fit
from breakthrough_extract.readers.joined.nouns import Measure, Row
from breakthrough_extract.readers.joined.rows import Labels, Words, labels_of, repeated
from breakthrough_extract.readers.joined.search import Option, Search
from breakthrough_extract.readers.joined.sense import Sense

MOST_COLUMNS = 6
MOST_ROWS = 600  # under labels that are alike: more would take minutes
# If more rows than that are doubtful, so is how the rest is divided: glyphs were lost, or the
# columns were not set line by line.
MOST_DOUBTFUL = 0.25
Lines = Sequence[Words]


@dataclass(frozen=True)
class Part:
    """A run of lines under a row of labels."""

    labelled: int  # the line with the labels; -1 above all labels
    labels: Labels | None
    rows: tuple[int, ...]  # the lines below, up to the next labels
    furniture: tuple[int, ...]  # running heads and feet among them
    family: tuple[str, ...] = ()  # the words of the labels: parts alike are of one build

    @property
    def columns(self) -> int:
        """How many columns the labels head; 0 if they do not say."""
        cuts = self.labels.cuts if self.labels else ()
        return len(cuts) if 1 < len(cuts) <= MOST_COLUMNS else 0


@dataclass(frozen=True)
class Division:
    """How the rows of one part are divided."""

    options: tuple[Option, ...]
    begins: tuple[bool, ...]
    undecided: tuple[frozenset[int], ...]
    goes_on: bool  # whether rows of cells in parts alike begin elsewhere than below labels
    stub: bool  # whether the first column only names the rows


def parts_of(lines: Lines) -> list[Part]:
    """The parts of a text."""
    furniture = repeated(lines)
    heads: list[tuple[int, Labels | None]] = [(-1, None)]
    heads += [(n, labels) for n, line in enumerate(lines) if (labels := labels_of(line))]
    ends = [n for n, _ in heads[1:]] + [len(lines)]
    parts: list[Part] = []
    for (start, labels), end in zip(heads, ends, strict=True):
        below = range(start + 1, end)
        family = lines[start].texts[labels.name :] if labels else ()
        rows = tuple(n for n in below if n not in furniture)
        aside = tuple(n for n in below if n in furniture)
        parts.append(Part(start, labels, rows, aside, (*family, str(bool(labels and labels.name)))))
    return parts


def divided(lines: Lines, parts: Sequence[Part]) -> list[Division | None]:
    """How each part is divided; None if it is no part of several columns."""
    sense = Sense([line.texts for line in lines])
    families: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, part in enumerate(parts):
        if part.rows and part.columns:
            families[part.family].append(n)
    out: list[Division | None] = [None] * len(parts)
    like: Measure | None = None
    for members in sorted(families.values(), key=lambda one: -parts[one[0]].columns):
        if sum(len(parts[n].rows) for n in members) > MOST_ROWS:
            continue
        like, found = _divided_family(lines, [parts[n] for n in members], sense, like)
        if _doubtful(found) > MOST_DOUBTFUL:
            continue
        for n, division in zip(members, found, strict=True):
            out[n] = division
    return out


def _doubtful(divisions: Sequence[Division]) -> float:
    """The share of rows that are of no column, or not decided."""
    rows = [
        option is None or bool(undecided)
        for division in divisions
        for option, undecided in zip(division.options, division.undecided, strict=True)
    ]
    return sum(rows) / len(rows)


def _divided_family(
    lines: Lines, parts: Sequence[Part], sense: Sense, like: Measure | None
) -> tuple[Measure, list[Division]]:
    """How parts under the same labels were set, and how each is divided."""
    rows = [
        Row(lines[n].texts, lines[n].marks, n == part.rows[0]) for part in parts for n in part.rows
    ]
    stub = bool(parts[0].labels and parts[0].labels.name)
    measure = fit(rows, Shape(parts[0].columns, stub), sense, like).measure
    found = Search(rows, measure, sense).run()
    goes_on = any(begins != row.labelled for begins, row in zip(found.begins, rows, strict=True))
    out: list[Division] = []
    at = 0
    for part in parts:
        end = at + len(part.rows)
        out.append(
            Division(
                found.options[at:end],
                found.begins[at:end],
                found.undecided[at:end],
                goes_on,
                measure.stub,
            )
        )
        at = end
    return measure, out
