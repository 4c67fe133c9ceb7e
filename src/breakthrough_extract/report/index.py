"""Model and ledger looked up: each way from one thing to another, made once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from breakthrough_extract.document import COMPLAINT
from breakthrough_extract.ledger import FieldRecord, Finding, Ledger, Place
from breakthrough_extract.model import Model
from breakthrough_extract.report.anchors import anchors_of

LIST = "breakthrough_points"  # what the model's file calls the list that a theme has


@dataclass(frozen=True)
class Index:
    """What belongs to what. Ids are those of the ledger: of an item, of `theme.stage`."""

    model: Model
    ledger: Ledger

    @cached_property
    def list_id(self) -> str:
        """What the ledger calls the list of a theme: profiles have their own names for it."""
        paths = {record.path: record.id for record in self.ledger.fields}
        for n, theme in enumerate(self.model.themes):
            headline = paths.get(f"themes[{n}].{LIST}.headline")
            if headline:
                return headline.removeprefix(f"{theme.id}.").removesuffix(".headline")
        stages = {stage.id for stage in self.model.stages} | {COMPLAINT}
        slots = (decision.slot for decision in self.ledger.decisions)
        return next((slot for slot in slots if slot not in stages), LIST)

    @cached_property
    def anchors(self) -> dict[str, str]:
        """The anchor of each theme, cell and text, by its id."""
        return anchors_of(self.model, self.list_id)

    @cached_property
    def records(self) -> dict[str, FieldRecord]:
        """The record of each text, by its path in the model."""
        return {record.path: record for record in self.ledger.fields}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The place of each source in the ledger, 0-based, by its name."""
        return {record.name: n for n, record in enumerate(self.ledger.sources)}

    @cached_property
    def edit_anchors(self) -> dict[str, tuple[str, ...]]:
        """The anchors of a text's edits, by its path."""
        out: dict[str, tuple[str, ...]] = {}
        number = 0
        for record in self.ledger.fields:
            out[record.path] = tuple(f"e-{number + n}" for n in range(len(record.edits)))
            number += len(record.edits)
        return out

    @cached_property
    def found(self) -> dict[str, tuple[int, ...]]:
        """The findings, as indices into the ledger's, by what they are about."""
        out: dict[str, list[int]] = {}
        for n, finding in enumerate(self.ledger.findings):
            for owner in self.owners_of(finding):
                out.setdefault(owner, []).append(n)
        return {owner: tuple(numbers) for owner, numbers in out.items()}

    def owners_of(self, finding: Finding) -> tuple[str, ...]:
        """What of the model a finding is about: by its path, else by its places."""
        path = finding.path
        while path:
            if path in self._owners:
                return (self._owners[path],)
            path = path.rpartition(".")[0]
        found = (of for place in finding.places for of in self._owners_at(place))
        return tuple(dict.fromkeys(of for of in found if of in self.anchors))

    @cached_property
    def _owners(self) -> dict[str, str]:
        """The ids of texts, cells and themes, by their paths."""
        out = {record.path: record.id for record in self.ledger.fields}
        for n, theme in enumerate(self.model.themes):
            out[f"themes[{n}]"] = theme.id
            out[f"themes[{n}].{LIST}"] = f"{theme.id}.{self.list_id}"
            for m, cell in enumerate(theme.stages):
                out[f"themes[{n}].stages[{m}]"] = f"{theme.id}.{cell.stage}"
        return out

    @cached_property
    def _starts(self) -> list[list[int]]:
        """For each source, where the entries of its partition begin, ascending."""
        return [[part.start for part in record.partition] for record in self.ledger.sources]

    def _owners_at(self, place: Place) -> Iterator[str]:
        number = self.numbers.get(place.source)
        if number is None:
            return
        first = max(bisect_right(self._starts[number], place.start) - 1, 0)
        for part in islice(self.ledger.sources[number].partition, first, None):
            if part.start >= place.end:
                return
            if part.end > place.start and part.of:
                yield part.of
