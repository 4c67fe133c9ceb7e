"""A diff as one HTML file: both versions side by side, the changes marked."""

from __future__ import annotations

from breakthrough_extract.model import Model
from breakthrough_extract.pages import asset, environment, policy
from breakthrough_extract.versions.beside import blocks
from breakthrough_extract.versions.changes import Changes
from breakthrough_extract.versions.told import SURE, matrix, summary


def html_text(old: Model, new: Model, changes: Changes) -> str:
    """The page; it fetches nothing and shows everything without scripts too."""
    script, style = asset("versions/static/diff.js"), asset("versions/static/diff.css")
    page = (
        environment("versions/templates")
        .get_template("diff.html.jinja")
        .render(
            changes=changes,
            summary=summary(changes),
            matrix=matrix(old, new, changes),
            blocks=blocks(old, new, changes),
            sure=SURE,
            policy=policy([script], [style]),
            script=script,
            style=style,
        )
    )
    return page.rstrip("\n") + "\n"
