"""Text that another format shall say just so."""

from __future__ import annotations

import re

MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")  # what Markdown takes for more than itself


def markdown(text: str) -> str:
    """`text` as Markdown that says just that; white space within folded, at the ends kept."""
    bare = MARKUP.sub(r"\\\1", " ".join(text.split()))
    return f"{' ' * text[:1].isspace()}{bare}{' ' * text[-1:].isspace()}" if bare else ""
