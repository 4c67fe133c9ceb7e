"""What each rule of an edit means, in one sentence for a reader of the page."""

from __future__ import annotations

from typing import Final

from breakthrough_extract.document import BY_HAND

# The order is that of the page: what changes words stands first.
RULES: Final = {
    BY_HAND: "A person decided so.",
    "restored-from-fragment": "A clipped copy elsewhere in the source still shows the lost words.",
    "restored-from-witness": "Another rendering of the document has words that this one lost.",
    "outvoted-by-witnesses": "The other renderings agree against this one.",
    "mojibake": "Text that was decoded wrongly, put right.",
    "hyphenation": "A word that the end of a line broke, made whole.",
    "hyphen-restored": "A compound that the end of a line broke, joined by a converter.",
    "line-join": "A word that the end of a line broke, its hyphen kept.",
    "lost-glyph": "A sign that the page's cut took away, proven by its other half.",
    "column-join": "A column that the page's cut parted, joined.",
    "letter-spacing": "Letters set apart, joined to words.",
    "word-gap": "A gap on the page that stands for a space.",
    "typed-dash": "A dash that Markdown writes as hyphens.",
    "note-mark": "The mark of a footnote.",
    "quotation-marks": "The quotation marks around a complaint.",
    "final-colon": "The colon that ends a headline.",
    "list-punctuation": "The punctuation that makes an item one of a list.",
}

# Rules that take away what belongs to a list's or a headline's setting, an "and" included.
SIGNS: Final = {"note-mark", "quotation-marks", "final-colon", "list-punctuation"}


def rank(rule: str) -> tuple[int, str]:
    """Where a rule stands on the page; those that it does not know stand last."""
    known = list(RULES)
    return (known.index(rule) if rule in known else len(known), rule)
