"""The nouns of the page to one HTML file that needs nothing but itself."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from breakthrough_extract.ledger import Kind
from breakthrough_extract.report.anchors import href
from breakthrough_extract.report.nouns import Report

STYLES = ("page.css",)
SCRIPTS = ("light.js", "find.js", "copy.js", "look.js", "keys.js")
REVIEW = "review.js"

# What each kind of source text is called, with its meaning, in the order of the ledger.
KINDS = {
    Kind.FIELD: ("Text used", "it stands in the model"),
    Kind.MARKUP: ("Markup", "the format put it there, not the author"),
    Kind.HEADING: ("Heading", "it names a stage, a list or a theme"),
    Kind.FURNITURE: ("Furniture", "running heads, page numbers"),
    Kind.REPEAT: ("Repeat", "it says again what stands elsewhere"),
    Kind.FRAGMENT: ("Fragment", "a clipped copy of what stands elsewhere"),
    Kind.NOTE: ("Note", "a footnote"),
    Kind.UNRESOLVED: ("Unresolved", "nothing explains it"),
}


def html_of(report: Report, review: bool = False) -> str:
    """The page as HTML; with `review`, with what the review server's page has besides."""
    scripts = [_asset(name) for name in (*SCRIPTS, *([REVIEW] if review else []))]
    styles = [_asset(name) for name in STYLES]
    page = (
        _environment()
        .get_template("page.html.jinja")
        .render(
            report=report,
            kinds=KINDS,
            review=review,
            policy=policy(scripts, styles, connect="'self'" if review else "'none'"),
            scripts=[Markup(text) for text in scripts],
            styles=[Markup(text) for text in styles],
            data=script_data(report.data),
        )
    )
    return page.rstrip("\n") + "\n"


def policy(scripts: Sequence[str], styles: Sequence[str], connect: str) -> str:
    """The Content-Security-Policy under which these scripts and styles run, and none besides."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hashes(scripts)}",
            f"style-src {_hashes(styles)}",
            "img-src data:",
            f"connect-src {connect}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def script_data(data: object) -> Markup:
    """`data` as JSON that may stand in a script element: no `<` can end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # What HTML or JavaScript would take for more than a character of a string.
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def _hashes(texts: Sequence[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


@cache
def _asset(name: str) -> str:
    files = resources.files("breakthrough_extract") / "report" / "static"
    return (files / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("breakthrough_extract", "report/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["href"] = href
    environment.filters["count"] = lambda number: f"{number:,}"
    environment.filters["plural"] = lambda n, noun: f"{n:,} {noun}{'' if n == 1 else 's'}"
    return environment
