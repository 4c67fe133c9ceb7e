"""What a model is worth against the truth: placed right, placed wrong, left open, and more."""

from __future__ import annotations

import html
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

from rapidfuzz import fuzz, process

from bench.words import TAG, invented
from breakthrough_extract.document import COMPLAINT, Decision
from breakthrough_extract.ledger import SourceRecord
from breakthrough_extract.model import Model
from breakthrough_extract.pipeline import Extraction
from breakthrough_extract.profile import Profile
from breakthrough_extract.punctuation import letters
from tests.garble.evidence import told_apart
from tests.garble.rendering import FOREIGN, Kind, Rendering
from tests.garble.truth import Cell

T = TypeVar("T")

SAME_TEXT = 75  # per cent of letters from which a published text is known to be a true one


@dataclass(frozen=True)
class Score:
    """Counts, so that scores of several renderings add up."""

    right: int = 0  # sections whose items stand in their cell
    wrong: int = 0  # sections whose items stand in another
    left_open: int = 0  # sections of which no item is published
    told: int = 0  # sections of themes that names tell apart, whatever the order
    told_right: int = 0  # those of them that stand in their cell
    foreign: int = 0  # sections that belong to no cell
    foreign_open: int = 0  # those of which no item is published
    items: int = 0  # true items
    found: int = 0  # of them, those in their cell
    published: int = 0  # items of the model
    likeness: float = 0.0  # of each published item to its true text, 0..1, summed
    known: int = 0  # published items whose true text is known
    invented: int = 0  # words of the model that its source does not have
    unaccounted: int = 0  # characters in no entry of the ledger
    refused: int = 0  # renderings in which no stage label was found

    def __add__(self, other: Score) -> Score:
        pairs = ((getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return Score(*(one + two for one, two in pairs))

    @property
    def share_right(self) -> float:
        return _share(self.right, self.right + self.wrong + self.left_open)

    @property
    def share_told_right(self) -> float:
        return _share(self.told_right, self.told)

    @property
    def share_wrong(self) -> float:
        return _share(self.wrong, self.right + self.wrong + self.left_open)

    @property
    def share_open(self) -> float:
        return _share(self.left_open, self.right + self.wrong + self.left_open)

    @property
    def share_foreign_open(self) -> float:
        return _share(self.foreign_open, self.foreign)

    @property
    def recall(self) -> float:
        return _share(self.found, self.items)

    @property
    def precision(self) -> float:
        return _share(self.found, self.published)

    @property
    def accuracy(self) -> float:
        return _share(self.likeness, self.known)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


@dataclass(frozen=True)
class Judged:
    """A decision that was taken, and whether it was right."""

    decision: Decision
    right: bool


@dataclass(frozen=True)
class Key:
    """The true texts of a rendering, to look published ones up in."""

    homes: dict[str, Cell]  # letters of a text → where it belongs
    texts: dict[str, str]  # letters of a text → the text
    items: Counter[Cell]

    @staticmethod
    def of(rendering: Rendering) -> Key:
        shown: dict[str, tuple[Cell, str]] = {}
        heads: dict[str, Cell] = {}
        for line in rendering.lines():
            for text in line.true:
                shown.setdefault(letters(text), (line.home, text))
            if line.kind == Kind.HEADLINE:
                heads.setdefault(letters(line.text), line.home)
        items = Counter(home for home, _ in shown.values())
        homes = {**heads, **{key: home for key, (home, _) in shown.items()}}
        return Key(homes, {key: text for key, (_, text) in shown.items()}, items)

    def find(self, text: str) -> str:
        """The letters of the true text that `text` is, "" if it is none."""
        key = letters(text)
        if key in self.homes:
            return key
        best = process.extractOne(key, self.homes.keys(), scorer=fuzz.ratio, score_cutoff=SAME_TEXT)
        return best[0] if best else ""


def score(rendering: Rendering, text: str, result: Extraction) -> Score:
    """What `result`, read from `text`, is worth."""
    key = Key.of(rendering)
    published = items_of(result.model, rendering.profile)
    landed: dict[Cell, Counter[Cell]] = defaultdict(Counter)  # true home → cells of its items
    found: set[str] = set()
    likeness = 0.0
    known = 0
    for cell, texts in published.items():
        for shown in texts:
            true = key.find(shown)
            if true not in key.texts:
                continue
            known += 1
            likeness += fuzz.ratio(shown, key.texts[true]) / 100
            landed[key.homes[true]][cell] += 1
            if key.homes[true] == cell:
                found.add(true)
    own = [cell for cell in key.items if cell[0] != FOREIGN]
    foreign = [cell for cell in key.items if cell[0] == FOREIGN]
    right = sum(_main(landed[cell]) == cell for cell in own)
    themes = told_apart(rendering)
    told = [cell for cell in own if cell[0] in themes]
    left_open = sum(not landed[cell] for cell in own)
    return Score(
        right=right,
        wrong=len(own) - right - left_open,
        left_open=left_open,
        told=len(told),
        told_right=sum(_main(landed[cell]) == cell for cell in told),
        foreign=len(foreign),
        foreign_open=sum(not landed[cell] for cell in foreign),
        items=sum(key.items[cell] for cell in own),
        found=len(found),
        published=sum(len(texts) for texts in published.values()),
        likeness=likeness,
        known=known,
        invented=len(invented(html.unescape(TAG.sub(" ", text)), result.ledger)),
        unaccounted=unaccounted(text, result.ledger.sources[0]),
    )


def refusal(rendering: Rendering) -> Score:
    """The score of a text that was refused: everything is left open, nothing is published."""
    key = Key.of(rendering)
    own = [cell for cell in key.items if cell[0] != FOREIGN]
    foreign = len(key.items) - len(own)
    items = sum(key.items[cell] for cell in own)
    return Score(left_open=len(own), foreign=foreign, foreign_open=foreign, items=items, refused=1)


def judged(rendering: Rendering, result: Extraction) -> list[Judged]:
    """Each decision that was taken, and whether most of what it placed is of that theme.

    Under which label it stood is not what was decided.
    """
    key = Key.of(rendering)
    published = items_of(result.model, rendering.profile)
    heads = headlines_of(result.model, rendering.profile)
    out: list[Judged] = []
    taken = [decision for reading in result.readings for decision in reading.grid.decisions]
    for decision, record in zip(taken, result.ledger.decisions, strict=True):
        if record.theme is None:
            continue
        cell = (record.theme, record.slot)
        texts = published.get(cell) or heads.get(cell, [])
        themes = Counter(key.homes[true][0] for text in texts if (true := key.find(text)))
        out.append(Judged(decision, _main(themes) == record.theme))
    return out


def _main(counts: Mapping[T, int]) -> T | None:
    """What is counted most often; of several that are, the first in the alphabet."""
    return min(counts, key=lambda each: (-counts[each], str(each))) if counts else None


def items_of(model: Model, profile: Profile) -> dict[Cell, list[str]]:
    """The published items by cell; complaints and lists are cells."""
    out: dict[Cell, list[str]] = {}
    for theme in model.themes:
        if theme.complaint:
            out[theme.id, COMPLAINT] = [theme.complaint]
        for cell in theme.stages:
            out[theme.id, cell.stage] = [indicator.text for indicator in cell.indicators]
        if theme.breakthrough_points and profile.theme_list:
            points = theme.breakthrough_points.points
            out[theme.id, profile.theme_list.id] = [point.text for point in points]
    return out


def headlines_of(model: Model, profile: Profile) -> dict[Cell, list[str]]:
    """The published headlines by cell."""
    out: dict[Cell, list[str]] = {}
    for theme in model.themes:
        for cell in theme.stages:
            out[theme.id, cell.stage] = [cell.headline] if cell.headline else []
        points = theme.breakthrough_points
        if points and profile.theme_list:
            out[theme.id, profile.theme_list.id] = [points.headline] if points.headline else []
    return out


def unaccounted(text: str, record: SourceRecord) -> int:
    """Non-white characters of `text` that are not in exactly one entry of the partition."""
    held = [0] * len(text)
    for part in record.partition:
        for at in range(part.start, part.end):
            held[at] += 1
    return sum(times != 1 for char, times in zip(text, held, strict=True) if not char.isspace())
