"""Documents made for a corpus: models whose every text is known, and what is none.

A made model is a plain nest of texts; `written` puts it down as a person would in Markdown. What
is to be found in it is thus known before anything has read it.
"""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass

from tests.support import paths

LADDER = paths.CASES / "corpus" / "ladder.toml"
STAGES = ("Emerging", "Established", "Excelling")
THEMES = ("Governance", "Evidence")
WORDS = (
    "budget report survey ward council clinic nurse harbour bridge garden engine letter window "
    "river market teacher pupil lesson kitchen oven bread apple orchard winter summer paper "
    "pencil camera signal tunnel railway ticket planet comet museum painting violin concert "
    "theatre actor script forest timber saw hammer anvil copper silver granite marble quarry"
).split()


@dataclass(frozen=True)
class MadeCell:
    """One theme at one stage."""

    theme: str
    stage: str
    headline: str
    indicators: tuple[str, ...]


def made_model(seed: int) -> tuple[MadeCell, ...]:
    """A model of the kind `ladder`, theme by theme; each seed has other words.

    Each theme has words of its own, and its name in each headline, as texts on one subject have.
    """
    choice = random.Random(seed)
    words = choice.sample(WORDS, len(WORDS))
    share = len(words) // len(THEMES)
    cells = []
    for number, theme in enumerate(THEMES):
        own = words[number * share :][:share]
        for stage in STAGES:
            headline = f"{theme} of {' '.join(choice.sample(own, 3))}"
            count = 2 + choice.randrange(2)
            items = (f"{' '.join(choice.sample(own, 7))} {n} {stage[:4]}" for n in range(count))
            cells.append(MadeCell(theme, stage, headline, tuple(items)))
    return tuple(cells)


def written(cells: tuple[MadeCell, ...]) -> str:
    """The model in Markdown, a heading a theme, a bold label a stage, a list a cell."""
    lines: list[str] = []
    theme = ""
    for cell in cells:
        if cell.theme != theme:
            theme = cell.theme
            lines += [f"# {theme}", ""]
        *first, last_but_one, last = cell.indicators
        items = [*(f"{text};" for text in first), f"{last_but_one}; and", f"{last}."]
        lines += [f"**{cell.stage.upper()}**", "", f"{cell.headline}:", ""]
        lines += [*(f"- {text}" for text in items), ""]
    return "\n".join(lines)


def damaged_model(seed: int) -> tuple[MadeCell, ...]:
    """A made model that lost one stage of one theme."""
    cells = made_model(seed)
    lost = seed % len(cells)
    return cells[:lost] + cells[lost + 1 :]


def prose(seed: int) -> str:
    """Running text with the names of stages in its sentences, as any page may have them."""
    choice = random.Random(-seed - 1)
    sentences = []
    for number in range(20):
        words = choice.choices(WORDS, k=12)
        if number % 7 == 3:
            words[choice.randrange(12)] = choice.choice(STAGES).lower()
        sentences.append(" ".join(words).capitalize() + ".")
    return " ".join(sentences)


def endless() -> str:
    """Cells of so many items that reading them takes far longer than anyone waits."""
    items = "\n".join(f"- item {n};" for n in range(70_000))
    return "\n\n".join(f"**{stage.upper()}**\n\nA headline:\n\n{items}" for stage in STAGES)


def bomb() -> bytes:
    """A PDF of a megabyte whose one page is more than a gigabyte of white space."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b" " * (1 << 22)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x78\xda" + 300 * block + packer.flush()
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
            _stream(b"/Filter/FlateDecode", packed),
        ]
    )


def _stream(head: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(data), data)


def _pdf(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail
