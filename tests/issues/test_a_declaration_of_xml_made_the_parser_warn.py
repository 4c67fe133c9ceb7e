from __future__ import annotations

from tests.support.extracting import read_document


def test_xhtml_is_read_as_html() -> None:
    """Warnings are errors here: without one the text is there."""
    document = read_document('<?xml version="1.0"?><!DOCTYPE html><html><body><p>a</p></html>')
    assert [block.text.folded for block in document.blocks] == ["a"]
