from __future__ import annotations

from tests.support.extracting import read_document
from tests.support.whole import assert_whole


def test_the_letter_that_a_misread_blank_shows_is_markup() -> None:
    # U+00A0 in UTF-8, read as Windows-1252, is Â and U+00A0.
    document = read_document("Oil\u00c2\u00a0\nis â€œborrowedâ€\u009d")
    assert_whole(document)
    assert [block.text.folded for block in document.blocks] == ["Oil is “borrowed”"]
