from __future__ import annotations

from breakthrough_extract import Profile
from tests.support.extracting import codes, extract_text, read_document
from tests.support.whole import assert_whole


def test_references_to_blanks_are_markup(profile: Profile) -> None:
    text = "&nbsp;&nbsp;\n\nDEVELOPING\n\nA head:\n\n- an item.\n"
    document = read_document(text)
    assert_whole(document)
    assert "unread" not in codes(extract_text(text, profile))
