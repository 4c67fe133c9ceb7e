"""The promise of every reader."""

from __future__ import annotations

from collections import Counter

from breakthrough_extract.document import Document


def assert_whole(document: Document) -> None:
    """Blocks and markup share no character, and together hold every non-white one."""
    spans = [span for block in document.blocks for span in block.text.spans]
    seen = Counter(
        place for span in (*spans, *document.markup) for place in range(span.start, span.end)
    )
    text = document.source.text
    assert [place for place, times in seen.items() if times > 1] == []
    assert "".join(c for n, c in enumerate(text) if n not in seen and not c.isspace()) == ""
