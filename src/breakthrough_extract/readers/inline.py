"""Marks within a line that are no text: links, code, inline tags, references to terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from breakthrough_extract.document import Span

TERM = re.compile(r"\[=([^=\[\]]+)=\]")  # as W3C's tools mark one
# The first group is what a reader sees; what stands before and after it is markup.
PATTERNS = (
    re.compile(
        r"(?<![!\\])\[((?:[^\[\]]|\[[^\[\]]*\])+)\]\((?:[^()\n]|\([^()\n]*\))*\)(?:\{:[^{}\n]*\})?"
    ),
    re.compile(r"(?<![!\\])\[([^\[\]\n]+)\]\[[^\[\]\n]*\]"),  # a link by reference
    re.compile(r"(?<!`)`([^`\n]+)`(?!`)"),
    TERM,
    re.compile(r"\[\^[^\[\]\s]+\]()"),  # the call of a footnote
)
IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\n]*\)")
TEMPLATE = re.compile(r"\{\{[<%][^{}]*[>%]\}\}|\{%[^{}]*%\}")
TAG = re.compile(
    r"</?(?:a|abbr|b|code|del|em|font|i|img|input|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|"
    r"wbr)\b[^<>]*>",
    re.IGNORECASE,
)


def inline_markup(text: str) -> list[Span]:
    """The stretches of `text` that are markup."""
    return sorted(_marks(text))


def _marks(text: str) -> Iterator[Span]:
    for pattern in PATTERNS:
        for found in pattern.finditer(text):
            yield Span(found.start(), found.start(1))
            yield Span(found.end(1), found.end())
    for pattern in (IMAGE, TEMPLATE, TAG):
        for found in pattern.finditer(text):
            yield Span(*found.span())
