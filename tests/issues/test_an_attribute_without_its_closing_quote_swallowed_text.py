from __future__ import annotations

from tests.support.extracting import read_document
from tests.support.whole import assert_whole


def test_text_after_an_open_quote_is_read() -> None:
    document = read_document('<!doctype html><p><a href="x>one</a> two</p><p title="y">three</p>')
    assert_whole(document)
    assert [block.text.folded for block in document.blocks] == ["one two", "three"]
