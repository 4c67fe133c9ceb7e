"""A version of a model, wherever it is: a model file, a document, or either in git's history."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from breakthrough_extract.model import Model, parse
from breakthrough_extract.profile import load_profile
from breakthrough_extract.readers.errors import ReadError


def open_version(name: str, profile: str | None = None) -> Model:
    """The model of `name`: a path, or `REV:path` of the repository around the working folder.

    A file that is no model file is extracted, and is a draft if errors were found in it; where
    no profile is named, it is chosen or discovered. Raises ReadError, ModelError, ProfileError
    or NoModelError.
    """
    path = Path(name)
    if path.exists() or ":" not in name:
        return _model(_bytes(path), name, path, profile)
    data = _blob(name)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / Path(name.partition(":")[2]).name
        copy.write_bytes(data)
        return _model(data, name, copy, profile)


def open_versions(names: Sequence[str], profile: str | None = None) -> list[tuple[str, Model]]:
    """Several versions with their names, as `open_version` gives them.

    Raises ReadError also if there are less than two.
    """
    if len(names) < 2:
        raise ReadError(f"{names[0]}: one version has no history; give two or more, oldest first")
    return [(name, open_version(name, profile)) for name in names]


def open_baseline(name: str, documents: int, profile: str | None = None) -> Model:
    """The model of `name`, as the earlier version of the one document that there is.

    Raises ReadError also if there are several documents.
    """
    if documents > 1:
        raise ReadError(
            f"{name}: a baseline is for one document, and {documents} are given; "
            "extract them one by one"
        )
    return open_version(name, profile)


def _model(data: bytes, name: str, path: Path, profile: str | None) -> Model:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return parse(data, name)
    # A tool that compares model files never loads a parser.
    from breakthrough_extract.pipeline import extract

    result = extract(path, load_profile(profile) if profile else None)
    return result.model if result.clean else result.model.model_copy(update={"draft": True})


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ReadError(
            f"{path}: {reason}; give a model file, a document, or REV:path of a git repository"
        ) from None


def _blob(name: str) -> bytes:
    """What git has under `REV:path`."""
    command = ["git", "cat-file", "blob", "--end-of-options", name]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise ReadError(
            f"{name}: no such file, and git, which could know a revision, is not installed"
        ) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").splitlines()
        reason = next((line for line in said if line.startswith("fatal:")), "git failed")
        raise ReadError(f"{name}: no such file, and no such revision: {reason}")
    return done.stdout
