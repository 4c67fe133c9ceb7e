"""`corrections.toml`: read, and written so that a person's comments in it stay."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from breakthrough_extract.corrections.nouns import Book, Correction, CorrectionsError
from breakthrough_extract.model import dotted

if TYPE_CHECKING:
    import tomlkit
    from tomlkit.items import Table

NAME: Final = "corrections.toml"
HEAD: Final = """\
Decisions by hand. `breakthrough-extract extract --corrections FILE` carries them out, in this
order; `breakthrough-extract review SOURCE` writes them.
"""
LISTS: Final = ("corrections", "undone")


def load_corrections(path: str | Path) -> Book:
    """The corrections in that file. Raises CorrectionsError."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise CorrectionsError(
            f"{path}: {error.strerror}; give the path of a file of corrections"
        ) from None
    except UnicodeDecodeError as error:
        raise CorrectionsError(f"{path}: not UTF-8 ({error}); save it as UTF-8") from None
    return parse(text, str(path))


def parse(text: str, name: str) -> Book:
    """The corrections that `text` is; `name` is what messages call it. Raises CorrectionsError."""
    try:
        return Book.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CorrectionsError(f"{name}: not valid TOML: {error}") from None
    except ValidationError as error:
        faults = [f"{dotted(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        raise CorrectionsError(
            f"{name}: " + "; ".join(faults) + "; put that right or take the entry out"
        ) from None


def written(book: Book, before: str = "") -> str:
    """The book as TOML. What it shares with the text `before` stays as it stands there.

    Needs tomlkit, which the extra `review` brings.
    """
    import tomlkit

    document = tomlkit.parse(before) if before.strip() else _fresh()
    known = parse(before, NAME) if before.strip() else Book()
    for name in LISTS:
        _sync(document, name, getattr(known, name), getattr(book, name))
    return tomlkit.dumps(document)


def _fresh() -> tomlkit.TOMLDocument:
    import tomlkit

    document = tomlkit.document()
    for line in HEAD.splitlines():
        document.add(tomlkit.comment(line))
    return document


def _sync(
    document: tomlkit.TOMLDocument,
    name: str,
    old: tuple[Correction, ...],
    new: tuple[Correction, ...],
) -> None:
    """Make the tables `name` those of `new`; the first ones that are the same stay."""
    import tomlkit

    if old == new:
        return
    tables = document.get(name)
    if tables is None:
        tables = tomlkit.aot()
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    for _ in old[same:]:
        tables.pop()
    for correction in new[same:]:
        tables.append(_table(correction))
    document.pop(name, None)
    if new:
        document[name] = tables


def _table(correction: Correction) -> Table:
    import tomlkit

    table = tomlkit.table()
    values = correction.model_dump(mode="json", exclude_defaults=True)
    table["action"] = correction.action
    for key, value in values.items():
        if isinstance(value, dict):
            inline = tomlkit.inline_table()
            inline.update(value)
            table[key] = inline
        elif value is not None and key != "action":
            table[key] = value
    return table
