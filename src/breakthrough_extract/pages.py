"""HTML pages that need nothing but themselves: templates, and the policy they run under."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


@cache
def environment(folder: str, **filters: Callable[..., str]) -> Environment:
    """The templates in a folder of the package; what they are given is escaped."""
    found = Environment(
        loader=PackageLoader("breakthrough_extract", folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(filters)
    return found


@cache
def asset(name: str) -> Markup:
    """The text of a file of the package, such as a style sheet; trusted, so never escaped."""
    return Markup((resources.files("breakthrough_extract") / name).read_text(encoding="utf-8"))


def policy(scripts: Sequence[str], styles: Sequence[str], connect: str = "'none'") -> str:
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
