"""Picture files as pages of a PDF."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageSequence, UnidentifiedImageError

from breakthrough_extract.readers.errors import ReadError
from breakthrough_extract.readers.guard import UNNAMED, Guard

USUAL_DPI, LEAST_DPI = 200, 120  # of scans


def as_pdf(name: str, data: bytes, guard: Guard = UNNAMED) -> bytes:
    """The pictures in the file `name`, each as a page of a PDF. Raises ReadError."""
    try:
        with _opened(data) as file:
            stated = float(file.info.get("dpi", (USUAL_DPI,))[0])
            guard.check("pixels", file.width * file.height)
            frames = [_on_white(frame) for frame in _frames(file, guard)]
    except ReadError:
        raise
    except Image.DecompressionBombError:
        raise guard.error("pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        unknown = isinstance(error, UnidentifiedImageError)  # its words are an address in memory
        told = "of no known kind" if unknown else " ".join(str(error).split())
        raise ReadError(
            f"{name}: binary, a picture that cannot be decoded ({told}); convert it to PNG or PDF"
        ) from None
    out = io.BytesIO()
    # What screens state, or nobody, is no scanner's resolution.
    resolution = stated if stated >= LEAST_DPI else USUAL_DPI
    pages = frames[1:]
    frames[0].save(
        out, "PDF", resolution=resolution, save_all=True, append_images=pages, quality=95
    )
    return out.getvalue()


def _opened(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # limits say it better
        return Image.open(io.BytesIO(data))


def _frames(file: Image.Image, guard: Guard) -> Iterator[Image.Image]:
    """The pictures in a file, each of a size that may be."""
    for number, frame in enumerate(ImageSequence.Iterator(file), 1):
        guard.check("pages", number)
        guard.check("pixels", frame.width * frame.height)
        yield frame


def _on_white(frame: Image.Image) -> Image.Image:
    """A grey copy; what is transparent is paper."""
    colours = frame.convert("RGBA")
    paper = Image.new("RGBA", colours.size, "white")
    return Image.alpha_composite(paper, colours).convert("L")
