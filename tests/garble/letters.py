"""Damage to characters: what a scanner misreads."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from tests.garble.rendering import Kind, Line, Rendering, each_line

# What is read for what.
CONFUSIONS = {
    "rn": "m",
    "m": "rn",
    "cl": "d",
    "d": "cl",
    "l": "1",
    "1": "l",
    "I": "l",
    "O": "0",
    "o": "0",
    "0": "O",
    "S": "5",
    "s": "5",
    "e": "c",
    "h": "b",
    "g": "q",
    "i": "j",
    "u": "v",
    "n": "ri",
    "a": "o",
    "t": "f",
    "r": "i",
}
CONFUSABLE = re.compile("|".join(sorted(map(re.escape, CONFUSIONS), key=len, reverse=True)))


def misread(text: str, rate: float, chance: Random) -> str:
    """`text` with about `rate` errors a character, at places that invite them."""
    places = list(CONFUSABLE.finditer(text))
    if not places:
        return text
    share = min(rate * len(text) / len(places), 1.0)

    def read(found: re.Match[str]) -> str:
        return CONFUSIONS[found.group()] if chance.random() < share else found.group()

    return CONFUSABLE.sub(read, text)


def ocr_confusions(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Letters are misread everywhere; `strength` is the share of all characters."""
    return each_line(
        rendering, lambda line: replace(line, text=misread(line.text, strength, chance))
    )


def label_errors(rendering: Rendering, strength: float, chance: Random) -> Rendering:
    """Letters of the stage labels alone are misread."""

    def read(line: Line) -> Line:
        if line.kind != Kind.LABEL:
            return line
        return replace(line, text=misread(line.text, strength, chance))

    return each_line(rendering, read)
