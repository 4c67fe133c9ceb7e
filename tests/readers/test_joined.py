"""Lines of several columns joined in one, taken apart again."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from breakthrough_extract.document import Document, Source
from breakthrough_extract.readers.joined import is_joined, read_joined
from breakthrough_extract.readers.joined.faces import Face, faces
from breakthrough_extract.readers.joined.nouns import Measure, Row
from breakthrough_extract.readers.joined.rows import labels_of, words_of
from breakthrough_extract.readers.joined.search import Cut, Divided, Search
from breakthrough_extract.readers.joined.sense import Sense

WIDTH, MARK_INDENT, REST_INDENT, GAP = 21.0, 0.5, 1.2, 0.2  # ems; the gap in lines
SANS = next(face for face in faces() if face.name == "sans")
SUBJECTS = ("the harbour board", "every crew", "most pilots", "the quay office", "a new captain")
DOINGS = (
    "keeps a log of what went wrong at sea and reads it out to the others",
    "asks the fishermen what they need before the winter timetable is drawn up",
    "knows which of the boats are due for repair and who will pay for it",
    "trains two people for each post so that nobody is alone on a night watch",
    "talks about the weather when the question was about the money",
    "puts the figures on a wall where visitors can see them too",
)


class Set(NamedTuple):
    """A line of a column as it is set."""

    y: float
    words: tuple[str, ...]


def _filled(words: Sequence[str], first: float, rest: float, face: Face) -> Iterator[list[str]]:
    """`words` in lines, each as full as it goes."""
    line: list[str] = []
    room = first
    for word in words:
        if line and face.regular.width(" ".join([*line, word])) > room:
            yield line
            line, room = [], rest
        line.append(word)
    yield line


def _column(head: str, items: Sequence[str]) -> list[Set]:
    """A headline and a list, set by a line breaker."""
    out: list[Set] = []
    y = 0.0
    ends = [";"] * (len(items) - 2) + ["; and", "."]
    bold = Face("", SANS.bold, SANS.bold)
    for line in _filled(f"{head}:".split(), WIDTH, WIDTH, bold):
        out.append(Set(y, tuple(line)))
        y += 1
    for item, end in zip(items, ends, strict=True):
        y += GAP
        words = f"• {item}{end}".split()
        for line in _filled(words, WIDTH - MARK_INDENT, WIDTH - REST_INDENT, SANS):
            out.append(Set(y, tuple(line)))
            y += 1
    return out


def _joined(columns: Sequence[Sequence[Set]]) -> list[tuple[tuple[str, ...], Cut]]:
    """The rows that the columns' lines make together, and what each column has of each."""
    lines = sorted((line.y, n, line.words) for n, column in enumerate(columns) for line in column)
    rows: list[list[tuple[float, int, tuple[str, ...]]]] = []
    for line in lines:
        if rows and line[0] - rows[-1][0][0] < 0.15:
            rows[-1].append(line)
        else:
            rows.append([line])
    out: list[tuple[tuple[str, ...], Cut]] = []
    for row in rows:
        words: tuple[str, ...] = ()
        cut: list[tuple[int, int] | None] = [None] * len(columns)
        for _, n, part in sorted(row, key=lambda line: line[1]):
            cut[n] = (len(words), len(words) + len(part))
            words += part
        out.append((words, tuple(cut)))
    return out


def _texts(seed: int, columns: int) -> list[tuple[str, list[str]]]:
    """So many headlines, each with a list."""
    draw = random.Random(seed)
    return [
        (
            f"{draw.choice(SUBJECTS).capitalize()} {draw.choice(DOINGS)}",
            [f"{draw.choice(SUBJECTS)} {draw.choice(DOINGS)}" for _ in range(draw.randint(3, 5))],
        )
        for _ in range(columns)
    ]


def _divided(rows: Sequence[tuple[str, ...]], columns: int) -> Divided:
    measure = Measure(
        SANS,
        (WIDTH,) * columns,
        mark_indent=MARK_INDENT,
        rest_indent=REST_INDENT,
        gap=GAP,
        head_gap=GAP,
    )
    given_rows = [
        Row(words, frozenset(n for n, word in enumerate(words) if word == "•"), row == 0)
        for row, words in enumerate(rows)
    ]
    return Search(given_rows, measure, Sense(rows)).run()


def _owners(cut: Cut | None, size: int) -> list[int]:
    out = [-1] * size
    for column, part in enumerate(cut or ()):
        for n in range(*part) if part else ():
            out[n] = column
    return out


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 3))
def test_a_word_in_the_wrong_column_is_reported(seed: int, columns: int) -> None:
    rows = _joined([_column(*text) for text in _texts(seed, columns)])
    found = _divided([words for words, _ in rows], columns)
    for (words, truth), option, undecided in zip(rows, found.options, found.undecided, strict=True):
        mine, right = _owners(option, len(words)), _owners(truth, len(words))
        assert {n for n in range(len(words)) if mine[n] != right[n]} <= undecided


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 3))
def test_the_columns_of_a_row_share_out_its_words(seed: int, columns: int) -> None:
    rows = [words for words, _ in _joined([_column(*text) for text in _texts(seed, columns)])]
    for words, option in zip(rows, _divided(rows, columns).options, strict=True):
        if option is None:
            continue
        cuts = [cut for cut in option if cut]
        assert [n for cut in cuts for n in range(*cut)] == list(range(len(words)))


def test_most_rows_are_decided() -> None:
    right = wrong = 0
    for seed in range(8):
        one = _joined([_column(*text) for text in _texts(seed, 2)])
        found = _divided([words for words, _ in one], 2)
        for (_, truth), option in zip(one, found.options, strict=True):
            right += option == truth
            wrong += option != truth
    assert wrong * 10 <= right


def _document(text: str) -> Document | None:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return read_joined(Source("page.txt", sha256, "text/plain", "utf-8", text))


def test_a_page_is_read_cell_by_cell() -> None:
    pages = [_texts(seed, 2) for seed in (3, 4, 5)]
    lines: list[str] = []
    for page in pages:
        lines += ["STARTING DEVELOPING"]
        lines += [" ".join(words) for words, _ in _joined([_column(*text) for text in page])]
    document = _document("\n".join(lines))
    assert document is not None
    doubted = " ".join(passage.folded for passage in document.undecided)
    for head, items in (cell for page in pages for cell in page):
        for text in (f"{head}:", *items):
            assert any(block.text.folded.startswith(text) for block in document.blocks) or doubted
    starts = [block for block in document.blocks if block.text.folded == "STARTING"]
    assert [block.place.column for block in starts] == [0, 0, 0]
    taken = sorted(
        [span for block in document.blocks for span in block.text.spans] + list(document.markup)
    )
    held = "".join(document.source.text[slice(*span)] for span in taken)
    assert "".join(held.split()) == "".join(document.source.text.split())


def test_text_without_a_row_of_labels_is_left_alone() -> None:
    rows = _joined([_column(*text) for text in _texts(1, 2)])
    assert _document("\n".join(" ".join(words) for words, _ in rows)) is None


def test_joined_lines_are_known_by_marks_inside_texts() -> None:
    rows = [
        row for seed in range(4) for row in _joined([_column(*text) for text in _texts(seed, 3)])
    ]
    assert is_joined("\n".join(" ".join(words) for words, _ in rows))


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"• crew {n} is on board; • crew {n + 1} is ashore; and" for n in range(20)),
        "\n".join(f"• the log of day {n}" for n in range(40)),
        "\n".join(f"| a • b | the crew • {n} |" for n in range(40)),
        "\n".join(f"<p>the crew • day {n}</p>" for n in range(40)),
    ],
    ids=["items run together", "a plain list", "a pipe table", "html"],
)
def test_other_lists_are_not_joined_lines(text: str) -> None:
    assert not is_joined(text)


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("STARTING DEVELOPING CONSOLIDATING", ["STARTING", "DEVELOPING", "CONSOLIDATING"]),
        ("Harbour dues STARTING DEVELOPING", ["STARTING", "DEVELOPING"]),
        ("CONSOLIDATING BREAKTHROUGH POINTS", ["CONSOLIDATING", "BREAKTHROUGH POINTS"]),
        ("Starting Developing", ["Starting", "Developing"]),
        ("ADRIFT MOORED ANCHORED", ["ADRIFT", "MOORED", "ANCHORED"]),
        ("the crew is STARTING", []),
        ("• STARTING DEVELOPING", []),
        ("The crew is developing", []),
    ],
)
def test_labels_of_a_row(line: str, labels: list[str]) -> None:
    (row,) = words_of(line)
    found = labels_of(row)
    cuts = found.cuts if found else ()
    assert [" ".join(row.texts[start:end]) for start, end in cuts] == labels


def test_a_line_that_either_column_may_have_is_undecided() -> None:
    rows = [
        tuple("The crew: The board:".split()),
        tuple("• it sails; • it meets;".split()),
        tuple("• it lands; and".split()),
        tuple("• it rests.".split()),
    ]
    found = _divided(rows, 2)
    assert [len(words) for words in found.undecided] == [0, 0, 4, 3]


def test_each_face_knows_its_widths() -> None:
    for face in faces():
        assert face.regular.width("m") > face.regular.width("i") > 0
        assert face.bold.width("performance") > face.regular.width("performance")
    assert SANS.regular.width("a") == pytest.approx(0.556)  # Helvetica's
