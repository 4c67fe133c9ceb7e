"""A text of the model with its edits showing: what was kept, put in, and taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from breakthrough_extract.ledger import Edit, FieldRecord
from breakthrough_extract.report.nouns import Run
from breakthrough_extract.report.rules import SIGNS

WHITE = re.compile(r"\s+")


def runs_of(record: FieldRecord, text: str, anchors: Sequence[str]) -> tuple[Run, ...]:
    """`text` as runs; those that are not taken out add up to it.

    `anchors` names the record's edits in the apparatus, one each. Where record and text do
    not belong together, the text alone is shown.
    """
    runs = _folded(list(_replayed(record, anchors)))
    return tuple(runs) if shown(runs) == text else (Run(text),)


def shown(runs: Sequence[Run]) -> str:
    """What stands there when nothing that was taken out is shown."""
    return "".join(run.text for run in runs if run.depth != "del")


def changes_words(edit: Edit) -> bool:
    """Whether an edit touches what the text says, and not only its signs and spaces."""
    return edit.rule not in SIGNS and _letters(edit.raw) != _letters(edit.new)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _replayed(record: FieldRecord, anchors: Sequence[str]) -> Iterator[Run]:
    at = 0
    for edit, anchor in zip(record.edits, anchors, strict=True):
        yield Run(record.quote[at : edit.start])
        yield Run(edit.raw, "del", anchor)
        word = edit.new.lstrip()
        yield Run(edit.new[: len(edit.new) - len(word)])  # a space before it is no emendation
        yield Run(word, "ins", anchor)
        at = edit.end
    yield Run(record.quote[at:])


def _folded(runs: list[Run]) -> list[Run]:
    """`runs` with white space folded over all that is shown, as in the published text."""
    out: list[Run] = []
    before = " "  # the last character shown: white space at the start is dropped
    for run in runs:
        if run.depth == "del":
            out.append(Run(WHITE.sub(" ", run.text), run.depth, run.edit))
            continue
        text = WHITE.sub(" ", run.text)
        if before == " ":
            text = text.removeprefix(" ")
        before = text[-1:] or before
        out.append(Run(text, run.depth, run.edit))
    return [run for run in _stripped(out) if run.text]


def _stripped(runs: list[Run]) -> list[Run]:
    """`runs` without white space after the last character shown."""
    for n in range(len(runs) - 1, -1, -1):
        run = runs[n]
        if run.depth != "del" and run.text:
            runs[n] = Run(run.text.rstrip(" "), run.depth, run.edit)
            if runs[n].text:
                break
    return runs
