from __future__ import annotations

import os
from pathlib import Path

import pytest

from breakthrough_extract import ModelError, ProfileError, load, load_profile


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ModelError, match="not a regular file"):
        load(pipe)
    with pytest.raises(ProfileError, match="not a regular file"):
        load_profile(pipe)
