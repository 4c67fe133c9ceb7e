"""What can be wrong with a corpus run as a whole."""

from __future__ import annotations

from importlib.util import find_spec

EXTRA = ("daft", "pyarrow")


class CorpusError(ValueError):
    """A corpus that cannot be worked on; the message names what is wrong and the remedy."""


def require_extra() -> None:
    """Raises CorpusError if the libraries of the extra are not there."""
    missing = [name for name in EXTRA if find_spec(name) is None]
    if missing:
        raise CorpusError(
            f"batch needs {' and '.join(missing)}: pip install 'breakthrough-extract[corpus]'"
        )
