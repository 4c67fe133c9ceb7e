"""The nouns of the page to one HTML file that needs nothing but itself."""

from __future__ import annotations

from breakthrough_extract.ledger import Kind
from breakthrough_extract.pages import asset, environment, policy, script_data
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
    Kind.CONTEXT: ("Context", "it stands around the model, and no theme owns it"),
    Kind.UNRESOLVED: ("Unresolved", "nothing explains it"),
}


def html_of(report: Report, review: bool = False) -> str:
    """The page as HTML; with `review`, with what the review server's page has besides."""
    scripts = [asset(f"report/static/{name}") for name in (*SCRIPTS, *([REVIEW] if review else []))]
    styles = [asset(f"report/static/{name}") for name in STYLES]
    page = (
        environment("report/templates", **FILTERS)
        .get_template("page.html.jinja")
        .render(
            report=report,
            kinds=KINDS,
            review=review,
            policy=policy(scripts, styles, connect="'self'" if review else "'none'"),
            scripts=scripts,
            styles=styles,
            data=script_data(report.data),
        )
    )
    return page.rstrip("\n") + "\n"


FILTERS = {
    "href": href,
    "count": lambda number: f"{number:,}",
    "plural": lambda n, noun: f"{n:,} {noun}{'' if n == 1 else 's'}",
}
