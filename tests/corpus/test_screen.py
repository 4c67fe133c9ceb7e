"""What the screen lets pass and what it keeps back."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakthrough_extract import Profile, load_profile
from breakthrough_extract.corpus.screen import Screen, screen_for
from breakthrough_extract.readers import glance
from tests.support import accounting
from tests.support.corpora import LADDER, STAGES, damaged_model, made_model, prose, written
from tests.support.extracting import codes, extract_text

PROFILES = (load_profile(), load_profile(LADDER))
SCREEN = screen_for(PROFILES)


def passed(text: str, screen: Screen = SCREEN, encoding: str = "utf-8") -> tuple[str, ...]:
    letters = screen.by_letters(text.encode(encoding))
    return screen.by_cells(text, letters) if letters else ()


def test_the_seed_passes_for_its_own_profile_alone(seed_text: str) -> None:
    assert passed(seed_text) == ("breakthrough",)


@pytest.mark.skipif(not accounting.shared("*.*"), reason="the shared conversions are not here")
def test_each_conversion_of_each_layout_passes() -> None:
    files = [path for path in accounting.shared("*.*") if path.name != "README.md"]
    assert len(files) == 36
    kept_back = [path.name for path in files if not passed(glance(path.name, path.read_bytes()))]
    assert kept_back == []


@pytest.mark.parametrize("seed", range(50))
def test_a_made_model_passes_whole_or_damaged(seed: int) -> None:
    assert passed(written(made_model(seed))) == ("ladder",)
    assert passed(written(damaged_model(seed))) == ("ladder",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_the_encoding_does_not_matter(encoding: str) -> None:
    assert passed(written(made_model(1)), encoding=encoding) == ("ladder",)


@pytest.mark.parametrize(
    "text",
    [
        "E M E R G I N G\n\ntext\n\nE S T A B L I S H E D\n\ntext",
        "<p><b>EMERGING</b></p><p>text</p><p><b>Established</b></p>",
        "| Theme | Emerging | Established | Excelling |\n|---|---|---|---|",
        "Theme      Emerging      Established      Excelling\n",
        "Theme Emerging Established Excelling\n",
        "EMERG1NG\ntext\nE5TABLISHED\ntext",
        "Emer\u00adging\ntext\nEstab\u00adlished\ntext",
        "Emergimg\ntext\nEstablisbed\ntext\nExcellimg\n",  # a slip in each
    ],
    ids=["spaced", "html", "table", "layout", "row", "digits", "soft hyphens", "slips"],
)
def test_labels_are_known_however_they_are_set(text: str) -> None:
    assert passed(text) == ("ladder",)


def test_labels_within_sentences_are_kept_back() -> None:
    mentions = [prose(seed) for seed in range(200)]
    reached = [text for text in mentions if SCREEN.by_letters(text.encode())]
    assert len(reached) > 100  # the first question alone would not do
    assert [text for text in mentions if passed(text)] == []


def test_one_label_makes_no_model() -> None:
    assert passed("EMERGING\n\ntext\n\nEMERGING\n\nmore text") == ()


@pytest.mark.parametrize("data", [b"", b"\x00" * 100, bytes(range(256)) * 40, b"PK\x03\x04" * 99])
def test_bytes_that_are_no_text_hold_no_label(data: bytes) -> None:
    assert SCREEN.by_letters(data) == ()


def test_labels_beyond_ascii_are_known_in_either_case() -> None:
    stages = tuple(
        stage.__class__(name.lower(), name, name[:3].upper())
        for stage, name in zip(PROFILES[1].stages, ("Начало", "Развитие", "Зрелость"), strict=True)
    )
    screen = screen_for([Profile("steps", "Steps", stages, PROFILES[1].themes)])
    assert passed("НАЧАЛО\nтекст\nРАЗВИТИЕ\nтекст", screen) == ("steps",)
    assert passed("Начало\nтекст\nРазвитие\nтекст", screen) == ("steps",)
    assert passed("в начале было слово", screen) == ()


SLIPS = {"i": "l1", "l": "i1", "s": "5", "e": "c", "a": "o", "g": "q", "h": "b"}


def slipped(label: str, choice: random.Random) -> str:
    """The label with one letter as a scanner may misread it."""
    places = [n for n, letter in enumerate(label.lower()) if letter in SLIPS]
    at = choice.choice(places)
    return label[:at] + choice.choice(SLIPS[label[at].lower()]) + label[at + 1 :]


@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.2, 0.5, 0.9]))
def test_what_extraction_makes_a_clean_model_of_passes(seed: int, share: float) -> None:
    """The promise of the screen, on documents whose labels a scanner has misread."""
    choice = random.Random(seed)
    lines = [
        slipped(line, choice)
        if line.strip("*").title() in STAGES and choice.random() < share
        else line
        for line in written(made_model(seed % 50)).split("\n")
    ]
    text = "\n".join(lines)
    if not passed(text):
        assert "missing-stage" in codes(extract_text(text, PROFILES[1]))
