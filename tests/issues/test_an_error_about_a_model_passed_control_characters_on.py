from __future__ import annotations

from pathlib import Path

import pytest

from breakthrough_extract import ModelError, load


def test_a_key_is_quoted_without_what_a_terminal_obeys(tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_text('{"a\\u001b[31m\\u009b\\u202e": 1}', encoding="utf-8")
    with pytest.raises(ModelError, match="not a model file") as caught:
        load(file)
    assert str(caught.value).isprintable()
