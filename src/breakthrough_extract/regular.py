"""The bytes of a regular file, and of nothing else: no device, no pipe, no folder."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

MOST_BYTES = 100_000_000


def bytes_of(path: str | Path, most: int = MOST_BYTES) -> bytes:
    """What the file at `path` holds. A symbolic link is followed.

    Raises OSError, with a `strerror` for people, if there is no such file, if it is no
    regular file, or if it holds more than `most` bytes.
    """
    try:
        # Opening a pipe would wait for its writer; what is open cannot be exchanged meanwhile.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except ValueError:
        raise OSError(errno.EINVAL, "no file can have this name") from None
    with os.fdopen(handle, "rb", closefd=True) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        data = file.read(most + 1)  # and not what it says of its size: it may grow
    if len(data) > most:
        raise OSError(errno.EFBIG, f"larger than {most:,} bytes")
    return data
