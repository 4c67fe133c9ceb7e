from __future__ import annotations

import pytest

from tests.support.extracting import read_document


@pytest.mark.parametrize("span", ["²", "9" * 5000, "-1", "1.5", ""])
def test_a_colspan_that_is_no_number_is_one_column(span: str) -> None:
    document = read_document(f'<html><table><tr><td colspan="{span}">a<td>b</table>')
    assert [block.text.folded for block in document.blocks] == ["a", "b"]


def test_a_weight_that_is_no_number_is_not_bold() -> None:
    lines = "".join(
        f'<p style="position:absolute;top:{20 * n}px;left:50px;font-weight:²">line {n}</p>'
        for n in range(4)
    )
    document = read_document(f"<!doctype html><body>{lines}")
    assert not any(block.style.bold for block in document.blocks)
