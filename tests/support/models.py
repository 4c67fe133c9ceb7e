"""Models of any kind, for what must hold of all of them."""

from __future__ import annotations

import itertools
import string
from typing import Any

from hypothesis import strategies as st

from breakthrough_extract import Model

# What one format or another might take for something else.
TRICKY = (
    "=1+1", "'=1+1", "''=1", "+41 21", "-", "- a point", "@name", "'quoted'", "＝1", "\ttab",
    "a,b;c|d", 'say "so"', '"', "two\nlines", "<b>&amp;</b>", "null", "NULL", "true", "007", "1.0",
    "2026-01-01", "#REF!", "*bold* _and_ `code`", "1. first", "# head", "[a](b)", "\\", "–“”’…",
    "🌳", "e\u0301", "\u2028", "\u00a0", " spaced ", "%20#", "SELECT 1; --", "x" * 300,
)  # fmt: skip
PRINTABLE = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
FOLDED = st.one_of(st.text(PRINTABLE, min_size=1, max_size=12), st.sampled_from(TRICKY))
# Control characters and all: what JSON, CSV and the databases carry.
ANY = st.one_of(
    FOLDED,
    st.sampled_from(("a\rb", "\r=1", "\n", "\0", "\x1f", "\x85", "a\r\nb", "\ufffe", "\ufdd0")),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=6),
)
IDS = st.text(string.ascii_letters + string.digits + "-._ #é", min_size=1, max_size=4)


@st.composite
def models(draw: st.DrawFn, texts: st.SearchStrategy[str] = ANY) -> Model:
    """A model with unique ids, whose cells are of stages that it has; otherwise anything goes.

    Every other one has what only models other than the breakthrough model have.
    """
    wide = draw(st.booleans())
    numbers = itertools.count()
    some = st.none() | texts

    def fresh() -> str:
        return f"{draw(IDS)}~{next(numbers)}"

    def items(most: int, **more: Any) -> list[dict[str, Any]]:
        count = draw(st.integers(0, most))
        return [
            {"id": fresh(), "text": draw(texts), **{k: draw(v) for k, v in more.items()}}
            for _ in range(count)
        ]

    def nested(most: int, depth: int = 2) -> list[dict[str, Any]]:
        return [
            {**item, "items": nested(1, depth - 1) if wide and depth else []}
            for item in items(most, code=texts)
        ]

    def paragraphs() -> list[str]:
        return draw(st.lists(texts, max_size=2)) if wide else []

    def lists() -> list[dict[str, Any]]:
        count = draw(st.integers(0, 2)) if wide else 0
        return [{"name": draw(texts), "items": nested(2, 1)} for _ in range(count)]

    def optional() -> str | None:
        return draw(some) if wide else None

    stages = [
        {
            "id": fresh(),
            "name": draw(texts),
            "position": draw(st.integers(1, 9)),
            "aliases": paragraphs(),
            "description": paragraphs(),
            "items": nested(1) if wide else [],
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    themes = [
        {
            "id": fresh(),
            "name": draw(texts),
            "complaint": draw(some),
            "stages": [
                {
                    "stage": stage["id"],
                    "name": draw(texts),
                    "headline": draw(some),
                    "indicators": nested(2),
                    "notes": items(1),
                    "label": optional(),
                    "prose": paragraphs(),
                    "lists": lists(),
                    "no_requirement": wide and draw(st.booleans()),
                }
                for stage in draw(st.permutations(stages))
                if draw(st.booleans())
            ],
            "breakthrough_points": (
                {"headline": draw(some), "points": items(2, code=texts)}
                if draw(st.booleans())
                else None
            ),
            "group": optional(),
            "question": optional(),
            "motto": optional(),
            "description": paragraphs(),
            "lists": lists(),
            "scale": [stage["id"] for stage in stages] if wide and draw(st.booleans()) else [],
        }
        for _ in range(draw(st.integers(0, 3)))
    ]
    return Model.model_validate(
        {
            "id": draw(IDS),
            "title": draw(texts),
            "draft": draw(st.booleans()),
            "allows": paragraphs(),
            "stages": stages,
            "themes": themes,
        }
    )
