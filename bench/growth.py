"""How time grows with the length of a document, on sound ones and on hostile ones.

python -m bench.growth [--write] [NAME…]

Each document is made at three sizes, 1 : 10 : 100 or 1 : 2 : 4, and extracted in full. Where
time grows with the length alone, ten times the length takes ten times as long.
"""

from __future__ import annotations

import argparse
import re
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench.tables import Table, write
from breakthrough_extract import Limits, ReadError, load_profile
from breakthrough_extract.discover import NoModelError, discover
from breakthrough_extract.pipeline import extract_document
from breakthrough_extract.readers import read_bytes

SEED = Path("raw/breakthrough.txt")
PAGE = Path("docs/growth.md")
LIMITS = Limits()
LIST = re.compile(r"(?:^- .*\n)+", re.MULTILINE)
LABEL = "DEVELOPING\n\n"


class Growth(NamedTuple):
    """A kind of document, made in several sizes."""

    name: str
    sizes: tuple[int, ...]
    make: Callable[[int], bytes]
    discovered: bool = False  # without a profile


def seed_with_longer_lists(times: int) -> bytes:
    """The seed with so many times the items in each of its cells, none said twice."""

    def longer(found: re.Match[str]) -> str:
        again = (re.sub(r"\w+", rf"\g<0>{n}", found.group()) for n in range(1, times))
        return "".join((*again, found.group()))

    return LIST.sub(longer, SEED.read_text("utf-8")).encode()


def seed_with_loose_text(times: int) -> bytes:
    """The seed after so many times its length in text that is no part of the model."""
    text = SEED.read_text("utf-8")
    words = re.findall(r"[a-z]+", text)
    paragraphs = (f"{' '.join(words[n : n + 40])}." for n in range(0, len(words), 40))
    page = "\n\n".join(paragraphs)
    pages = (re.sub(r"\w+", rf"\g<0>{n}", page) for n in range(times - 1))
    return "\n\n".join((*pages, text)).encode()


def seeds_in_a_row(times: int) -> bytes:
    """The seed and as many further models, of other words, as fit: each a set of sections."""
    text = SEED.read_text("utf-8")
    others = (re.sub(r"[a-z]{4,}", rf"\g<0>{n}", text) for n in range(1, times))
    return "\n\n".join((text, *others)).encode()


def bullets(count: int) -> bytes:
    return (LABEL + "Head:\n\n" + "".join(f"- item {n};\n" for n in range(count))).encode()


def bare_bullets(count: int) -> bytes:
    return (LABEL + "Head:\n\n" + "".join(f"- item {n} of it\n" for n in range(count))).encode()


def levels_across(count: int) -> bytes:
    heads = "".join(f" Level {n} |" for n in range(count))
    return f"| Area |{heads}\n|{'---|' * (count + 1)}\n| A |{' done |' * count}\n".encode()


def plain_rows(count: int) -> bytes:
    return (LABEL + "".join(f"| one {n} | two | three |\n" for n in range(count))).encode()


def one_line(length: int) -> bytes:
    return (LABEL + "word " * (length // 5)).encode()


def one_word(length: int) -> bytes:
    return (LABEL + "w" * length).encode()


def open_emphasis(count: int) -> bytes:
    return (LABEL + "**a " * count).encode()


def open_comments(count: int) -> bytes:
    return (LABEL + "<!-- a\n" * count).encode()


def nested_tags(count: int) -> bytes:
    return b"<html><body>" + b"<div>" * count + b"deep"


def merged_cells(count: int) -> bytes:
    """So many rows of a cell that claims 10,000 columns and 10,000 rows, and one of its own."""
    row = b'<tr><td rowspan="10000" colspan="10000">wide</td><td>x</td></tr>'
    return b"<html><table>" + row * count + b"</table>"


def pages_of_text(count: int) -> bytes:
    return pdf([words(40)] * count)


def words_on_a_page(count: int) -> bytes:
    return pdf([words(count)])


def words(count: int) -> bytes:
    """Content that shows so many words, ten a line, in two columns."""
    lines = (
        f"1 0 0 1 {50 + 270 * (n % 2)} {780 - (n // 2 % 70) * 10} Tm (some words {n}) Tj"
        for n in range(count)
    )
    return b"BT /F 8 Tf " + "\n".join(lines).encode() + b" ET"


def swollen_stream(megabytes: int) -> bytes:
    """A content stream of blanks, a thousandth of its length when packed."""
    return pdf([words(10) + b" " * (megabytes << 20)])


def forms_in_forms(depth: int) -> bytes:
    """Each form draws the next one twice: 2 ** depth rectangles."""
    return pdf([b"/X0 Do " + words(10)], forms=depth)


def pdf(contents: list[bytes], forms: int = 0) -> bytes:
    """A PDF with those page contents, and a chain of forms."""
    out = bytearray(b"%PDF-1.5\n")
    places: list[int] = []
    for number, body in enumerate(_objects(contents, forms), 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = len(places) + 1
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(
        out + b"xref\n0 %d\n0000000000 65535 f \n" % size + rows + trailer % (size, len(out))
    )


def _objects(contents: list[bytes], forms: int) -> Iterator[bytes]:
    first_page, first_form = 4, 4 + 2 * len(contents)
    kids = b" ".join(b"%d 0 R" % (first_page + 2 * n) for n in range(len(contents)))
    yield b"<< /Type /Catalog /Pages 2 0 R >>"
    yield b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents))
    yield b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    drawn = b"/XObject << /X0 %d 0 R >>" % first_form if forms else b""
    for n, content in enumerate(contents):
        packed = zlib.compress(content, 9)
        yield (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> %s >> >>" % (first_page + 2 * n + 1, drawn)
        )
        yield _stream(b"/Filter /FlateDecode", packed)
    for n in range(forms):
        head = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
        if n + 1 < forms:
            head += b" /Resources << /XObject << /X %d 0 R >> >>" % (first_form + n + 1)
        yield _stream(head, b"/X Do /X Do" if n + 1 < forms else b"10 10 40 40 re f")


def _stream(head: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(data), data)


TENFOLD = (1, 10, 100)
GROWTHS = (
    Growth("the seed, items × n", TENFOLD, seed_with_longer_lists),
    Growth("the seed, loose text × n", TENFOLD, seed_with_loose_text),
    Growth("n models in a row", (1, 2, 4, 7, 8, 100), seeds_in_a_row),
    Growth("n bullets", (1_000, 10_000, 100_000), bullets),
    Growth("n bullets, no sign at their ends", (1_000, 10_000, 100_000), bare_bullets),
    Growth("a table of n rows", (400, 4_000, 40_000), plain_rows),
    Growth("a table of n levels, discovered", (40, 400, 4_000), levels_across, discovered=True),
    Growth("a line of n characters", (100_000, 1_000_000, 10_000_000), one_line),
    Growth("a word of n characters", (100_000, 1_000_000, 10_000_000), one_word),
    Growth("n marks that nothing closes", (1_000, 10_000, 100_000), open_emphasis),
    Growth("n comments that nothing closes", (1_000, 10_000, 100_000), open_comments),
    Growth("n nested tags", (500, 5_000, 50_000), nested_tags),
    Growth("n rows of cells of 10,000 × 10,000", (10, 100, 1_000), merged_cells),
    Growth("PDF of n pages", (10, 100, 1_000), pages_of_text),
    Growth("PDF page of n words", (200, 2_000, 20_000), words_on_a_page),
    Growth("PDF stream of n MB", (1, 10, 100), swollen_stream),
    Growth("PDF, 2ⁿ forms in forms", (4, 8, 12), forms_in_forms),
)


def growth(names: tuple[str, ...] = ()) -> Table:
    """The time of each kind of document at each of its sizes."""
    rows = [
        row
        for kind in GROWTHS
        if not names or any(name in kind.name for name in names)
        for row in _rows(kind)
    ]
    note = (
        "Processor time of the whole extraction, one run each. × length and × time are over the "
        "row before. In a row with a limit, the document is refused with that message; what is "
        "bounded by the limit on sections grows faster than its length, because each section is "
        "weighed against each other."
    )
    head = ("Document", "n", "kB", "s", "× length", "× time", "outcome")
    return Table("How time grows", head, rows, notes=(note,))


def _rows(kind: Growth) -> Iterator[tuple[str, ...]]:
    before: tuple[int, float] | None = None
    for size in kind.sizes:
        data = kind.make(size)
        start = time.process_time()
        outcome = _outcome(data, kind.discovered)
        spent = time.process_time() - start
        length = size if data.startswith(b"%PDF") else len(data)
        ratios = (f"{length / before[0]:.1f}", f"{spent / before[1]:.1f}") if before else ("", "")
        yield kind.name, f"{size:,}", f"{len(data) / 1e3:,.0f}", f"{spent:.2f}", *ratios, outcome
        before = length, spent


def _outcome(data: bytes, discovered: bool) -> str:
    try:
        document = read_bytes("it", data, LIMITS)
        profile = discover([document]).profile if discovered else load_profile()
        result = extract_document(document, profile, limits=LIMITS)
    except (ReadError, NoModelError) as error:
        return re.split(r"[;:]| \(", str(error).removeprefix("it: "))[0]
    items = sum(1 for _ in result.model.iter_items())
    return f"{items:,} items"


def main() -> None:
    parser = argparse.ArgumentParser(description="How time grows with a document's length.")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE}, too")
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a family; all without")
    options = parser.parse_args()
    table = growth(tuple(options.names))
    print(table.plain())
    if options.write:
        write("growth", [table], PAGE)


if __name__ == "__main__":
    main()
