"""One page where source and result stand side by side.

Model, ledger and the sources' texts become the nouns of the page (`view`), these one HTML file
(`page`) that opens from disk in any browser and fetches nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from breakthrough_extract.document import Source
from breakthrough_extract.ledger import Ledger
from breakthrough_extract.model import Model
from breakthrough_extract.report.page import html_of
from breakthrough_extract.report.view import Pictures, view
from breakthrough_extract.versions.changes import Changes

__all__ = ["render"]


def render(
    model: Model,
    ledger: Ledger,
    sources: Mapping[str, Source] | None = None,
    pictures: Pictures | None = None,
    changes: Changes | None = None,
    review: str = "",
) -> str:
    """The page of a model as HTML.

    `sources` are the texts that are at hand, by the sha256 of their files; `pictures` are
    those of pages, WebP by name of the source and page, 1-based. With
    `changes`, the page compares with an earlier version; with `review`, which
    names the version of the corrections, it is the page of the review's server.
    """
    report = view(model, ledger, sources or {}, pictures or {}, changes, review)
    return html_of(report, review=bool(review))
