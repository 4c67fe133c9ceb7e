"""Findings about the input: a generator each, in the order in which they are reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from breakthrough_extract.build.given import Given, Numbered
from breakthrough_extract.build.partition import unaccounted
from breakthrough_extract.build.register import Register
from breakthrough_extract.build.stream import Stream
from breakthrough_extract.document import Decision, Dispute, Passage
from breakthrough_extract.ledger import LOW_MARGIN, Finding, Kind, Severity


def findings(given: Given, register: Register) -> Iterator[Finding]:
    for numbered in given.numbered:
        for rule in OF_A_READING:
            yield from rule(numbered, register)
    yield from _given_again(given)
    for cell, dispute in given.settlement.disputes:
        yield _dispute(given.stream, cell, "", dispute)
    for id_, path, dispute in register.disputes:
        yield _dispute(given.stream, id_, path, dispute)


def _finding(
    stream: Stream,
    code: str,
    message: str,
    passages: Sequence[Passage] = (),
    severity: Severity = Severity.WARNING,
    path: str = "",
) -> Finding:
    places = tuple(
        stream.place(passage.spans[0].start, passage.spans[-1].end)
        for passage in passages
        if passage.spans
    )
    return Finding(code=code, severity=severity, message=message, path=path, places=places)


def _clip(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _unread_pages(numbered: Numbered, _: Register) -> Iterator[Finding]:
    source = numbered.reading.document.source
    for page in source.pages:
        if page.unread:
            message = (
                f"{source.name}: page {page.number} is a picture and was not read; to have it"
                " recognised: pip install 'breakthrough-extract[ocr]'"
            )
            yield _finding(numbered.given.stream, "unread-page", message)


def _untangled(numbered: Numbered, _: Register) -> Iterator[Finding]:
    margin = numbered.reading.outline.untangled
    if margin:
        message = (
            "a converter has mixed the columns; the lists were put together again by their"
            f" punctuation, order and words (least margin {margin:.1f});"
            " check them, or give the PDF"
        )
        yield _finding(numbered.given.stream, "untangled", message)


def _interleaved(numbered: Numbered, _: Register) -> Iterator[Finding]:
    outline = numbered.reading.outline
    if not outline.interleaved:
        return
    undecided = outline.undecided
    astray = undecided or tuple(item for one in outline.sections for item in one.items)
    message = (
        "labels stand apart from their lists: a converter has mixed the columns, and "
        "items may stand in the wrong cell; give the PDF, or text that keeps the columns"
    )
    if undecided:
        message = (
            f"a converter has mixed the columns, and of {len(undecided)} texts nothing decides"
            " which list they belong to: they are left out; give the PDF, or text that keeps"
            f" the columns; the first: {_clip(undecided[0].folded)}"
        )
    severity = Severity.ERROR
    if not all(other.outline.interleaved for other in numbered.given.readings):
        name = numbered.reading.document.source.name
        message = f"{message}; nothing is taken from {name}, since another witness is whole"
        severity = Severity.WARNING
    yield _finding(numbered.given.stream, "interleaved", message, astray, severity)


def _unordered(numbered: Numbered, _: Register) -> Iterator[Finding]:
    texts = numbered.reading.outline.unordered
    if texts:
        message = (
            f"a converter has mixed the columns, and of {len(texts)} texts nothing decides where in"
            f" their list they stand; the first: {_clip(texts[0].folded)}"
        )
        yield _doubt(numbered, "doubtful-order", message, texts)


def _repeats(numbered: Numbered, _: Register) -> Iterator[Finding]:
    outline = numbered.reading.outline
    for repeat, index in outline.repeats:
        original = outline.sections[index]
        what = "same" if repeat.text == original.text else "fuller"
        message = f"{numbered.name(index)} is given twice; the {what} text is kept"
        heads = (repeat.headline or repeat.label, original.headline or original.label)
        yield _finding(numbered.given.stream, "repeat", message, heads)


def _copies(numbered: Numbered, _: Register) -> Iterator[Finding]:
    for copy in numbered.reading.repaired.witnessed:
        what = "a clipped copy" if copy.kind == "fragment" else "a copy"
        message = f"loose text is {what} of part of {numbered.name(copy.section)}"
        yield _finding(numbered.given.stream, copy.kind, message, copy.text)


def _variants(numbered: Numbered, _: Register) -> Iterator[Finding]:
    for variant in numbered.reading.repaired.variants:
        message = (
            f"{numbered.name(variant.section)} reads “{variant.here.folded}”, its copy"
            f" “{variant.there.folded}”; nothing was changed"
        )
        readings = (variant.here, variant.there)
        yield _finding(numbered.given.stream, "variant-reading", message, readings)


def _decisions(numbered: Numbered, _: Register) -> Iterator[Finding]:
    for decision in numbered.reading.grid.decisions:
        if numbered.home(decision.section):
            yield from _low_margin(numbered, decision)
        else:
            yield from _left_open(numbered, decision)


def _left_open(numbered: Numbered, decision: Decision) -> Iterator[Finding]:
    section = numbered.reading.repaired.sections[decision.section]
    head = section.headline or section.label
    if head not in numbered.given.settlement.explained:
        message = f"a {section.slot} section is left open: {_clip(head.folded)}"
        if decision.probability:
            message += f" (its best theme is right with {decision.probability:.3f} only)"
        yield _finding(numbered.given.stream, "left-open", message, (head,))


def _low_margin(numbered: Numbered, decision: Decision) -> Iterator[Finding]:
    section = numbered.reading.repaired.sections[decision.section]
    decided = numbered.home(decision.section) == decision.theme
    if decided and decision.margin < LOW_MARGIN and not section.home:
        other = decision.runner_up or "leaving it open"
        message = (
            f"{numbered.name(decision.section)} is little surer than {other} "
            f"(margin {decision.margin:.3f})"
        )
        head = section.headline or section.label
        yield _finding(numbered.given.stream, "low-margin", message, (head,))


def _unread(numbered: Numbered, register: Register) -> Iterator[Finding]:
    source = numbered.reading.document.source
    for part in unaccounted(source.text, register.parts_of(source)):
        quote = source.text[part.start : part.end]
        message = f"text that the reader did not take: {_clip(quote)}"
        passage = Passage.of(source.text, part.start, part.end)
        yield _finding(numbered.given.stream, "unread", message, (passage,))


def _beyond(numbered: Numbered, _: Register) -> Iterator[Finding]:
    left = set(numbered.reading.repaired.unresolved) - numbered.given.settlement.explained
    items = [item for item in numbered.reading.outline.beyond if item in left]
    if items:
        message = (
            f"{len(items)} items stand behind the end of the list that they follow: the label over"
            f" them is lost, and they are left out; the first: {_clip(items[0].folded)}"
        )
        yield _doubt(numbered, "mixed-list", message, items)


def _unexplained(numbered: Numbered, _: Register) -> Iterator[Finding]:
    outline = numbered.reading.outline
    undecided = {*outline.undecided, *outline.beyond}  # of which another finding tells
    for passage in numbered.reading.repaired.unresolved:
        if passage not in undecided and passage not in numbered.given.settlement.explained:
            message = f"unexplained text: {_clip(passage.folded)}"
            yield _finding(numbered.given.stream, "unresolved", message, (passage,))


def _cut(numbered: Numbered, register: Register) -> Iterator[Finding]:
    for passage in numbered.reading.document.cut:
        message = (
            "text is cut by the edge of its page or column, and its other half is not proven: "
            f"{_clip(passage.folded)}"
        )
        lines, severity = tuple(passage.lines()), _severity(passage, numbered, register)
        yield _finding(numbered.given.stream, "cut-text", message, lines, severity)


def _joined(numbered: Numbered, register: Register) -> Iterator[Finding]:
    for passage in numbered.reading.document.undecided:
        message = (
            "the line holds several columns, and nothing decides whether this is of the column "
            f"that it is taken for: {_clip(passage.folded)}"
        )
        severity = _severity(passage, numbered, register)
        yield _finding(numbered.given.stream, "joined-line", message, (passage,), severity)


def _severity(passage: Passage, numbered: Numbered, register: Register) -> Severity:
    """How grave a fault in `passage` is: where another witness has the text whole, what is
    faulty here is no text of the model."""
    alone = len(numbered.given.readings) == 1
    return Severity.ERROR if alone or _in_model(passage, register) else Severity.WARNING


def _in_model(passage: Passage, register: Register) -> bool:
    starts = {span.start for span in passage.spans}
    fields = (part for part in register.parts if part.kind in (Kind.FIELD, Kind.NOTE))
    return any(part.start <= start < part.end for part in fields for start in starts)


def _marks_lost(numbered: Numbered, _: Register) -> Iterator[Finding]:
    """Lists whose marks a converter lost, in one finding."""
    sections = numbered.reading.repaired.sections
    lists = [n for n, section in enumerate(sections) if section.unmarked and section.items]
    if not lists:
        return
    names = ", ".join(numbered.name(n) for n in lists)
    message = f"list marks are lost; where items end is inferred in {names}"
    heads = tuple(sections[n].headline for n in lists if sections[n].headline)
    yield _finding(numbered.given.stream, "marks-lost", message, heads)


def _doubtful_items(numbered: Numbered, _: Register) -> Iterator[Finding]:
    """Lines of unmarked lists of which nothing decides whether they begin an item."""
    for n, section in enumerate(numbered.reading.repaired.sections):
        for line in section.doubtful:
            message = (
                "list marks are lost, and nothing decides whether an item of "
                f"{numbered.name(n)} begins with: {_clip(line.folded)}"
            )
            yield _doubt(numbered, "doubtful-item", message, (line,))


def _run_on(numbered: Numbered, _: Register) -> Iterator[Finding]:
    """Lists that run together, cut at their semicolons: one finding each."""
    for n, section in enumerate(numbered.reading.repaired.sections):
        if section.guessed:
            message = (
                f"the list of {numbered.name(n)} runs together and was cut at its semicolons, "
                "though one can stand within an item; the first cut is before: "
                f"{_clip(section.guessed[0].folded)}"
            )
            yield _doubt(numbered, "run-on-list", message, section.guessed)


def _doubtful_hyphens(numbered: Numbered, _: Register) -> Iterator[Finding]:
    for section in numbered.reading.repaired.sections:
        for word in section.doubtful_words:
            message = (
                "a converter joined this word over a line's end, and nothing decides whether "
                f"it had a hyphen: {word.folded}"
            )
            yield _doubt(numbered, "doubtful-hyphen", message, (word,))


def _doubt(numbered: Numbered, code: str, message: str, passages: Sequence[Passage]) -> Finding:
    """The finding that a reading leaves something open, which other readings may decide."""
    severity = Severity.ERROR if len(numbered.given.readings) == 1 else Severity.WARNING
    return _finding(numbered.given.stream, code, message, passages, severity)


def _given_again(given: Given) -> Iterator[Finding]:
    """Cells that come twice: in one finding as far as they agree, each conflict in one."""
    copies = given.settlement.copies
    if copies:
        cells = len({copy.of for copy in copies})
        message = f"{cells} cells are given more than once; of each the fullest text is kept"
        heads = [copy.head for copy in copies]
        yield _finding(given.stream, "given-again", message, heads, Severity.INFO)
    for copy in copies:
        for taken, other in copy.differs:
            message = (
                f"{copy.of} reads “{_clip(taken.folded)}” in one place, "
                f"“{_clip(other.folded)}” in another; the first is kept"
            )
            yield _finding(given.stream, "conflict", message, (taken, other))


def _dispute(stream: Stream, what: str, path: str, dispute: Dispute) -> Finding:
    said = ", ".join(
        f"{reading} in {stream.at(passage.spans[0].start).name}"
        for reading, passage in dispute.readings
        if passage.spans
    )
    outcome = "the first is taken" if dispute.settled else "nothing decides; the first is kept"
    severity = Severity.INFO if dispute.settled else Severity.WARNING
    passages = [passage for _, passage in dispute.readings]
    return _finding(stream, dispute.code, f"{what}: {said}; {outcome}", passages, severity, path)


OF_A_READING = (
    _unread_pages,
    _untangled,
    _interleaved,
    _unordered,
    _repeats,
    _copies,
    _variants,
    _decisions,
    _unread,
    _beyond,
    _unexplained,
    _cut,
    _joined,
    _marks_lost,
    _doubtful_items,
    _run_on,
    _doubtful_hyphens,
)
