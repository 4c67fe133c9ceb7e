from __future__ import annotations

import struct
import zlib

import pytest

from breakthrough_extract import ReadError
from breakthrough_extract.readers import read_bytes


@pytest.mark.parametrize("side", [10_000, 40_000])
def test_a_huge_picture_is_refused(side: int) -> None:
    pytest.importorskip("PIL", reason="the extra ocr is not installed")
    head = struct.pack(">IIBBBBB", side, side + 1, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", b""), (b"IEND", b""))
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    with pytest.raises(ReadError, match=r"pixels in a picture; .* --limit pixels=NUMBER"):
        read_bytes("huge.png", data)
