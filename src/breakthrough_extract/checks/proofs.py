"""Whether the ledger proves its model."""

from __future__ import annotations

from collections.abc import Iterator

from breakthrough_extract.checks.places import texts
from breakthrough_extract.checks.told import error, warning
from breakthrough_extract.ledger import Finding, Kind, Ledger, replay
from breakthrough_extract.model import Model
from breakthrough_extract.punctuation import FULL_STOP, LAST_BUT_ONE, LISTED


def disjoint_partition(_: Model, ledger: Ledger) -> Iterator[Finding]:
    """No character of a source is in two entries of the ledger."""
    for n, source in enumerate(ledger.sources):
        end = 0
        for m, part in enumerate(source.partition):
            if part.start < end or part.end <= part.start:
                where = f"sources[{n}].partition[{m}]"
                message = f"{source.name}: characters {part.start}–{end} are accounted for twice"
                yield error("ledger-overlap", where, message)
            end = max(end, part.end)


def edits_replay(model: Model, ledger: Ledger) -> Iterator[Finding]:
    """Each record's edits, carried out on its quote, give the model's text."""
    published = {text.path: text.text for text in texts(model)}
    for n, record in enumerate(ledger.fields):
        if replay(record) != published.pop(record.path, None):
            message = f"{record.path}: the edits do not give the published text"
            yield error("ledger-replay", f"fields[{n}]", message)
    for path in published:
        yield error("ledger-missing", path, f"{path}: no record of where this text comes from")


def nothing_unread(_: Model, ledger: Ledger) -> Iterator[Finding]:
    """The reader took every character; what it did not take was kept, but is its bug."""
    for n, source in enumerate(ledger.sources):
        unread = [p for p in source.partition if p.kind == Kind.UNRESOLVED and p.of == "unread"]
        if unread:
            count = sum(part.end - part.start for part in unread)
            message = f"{source.name}: {count} characters were not read"
            yield warning("unread", f"sources[{n}]", message)


# How an item of a list that is written as one sentence ends, and how its list must.
ENDS = (("next-to-last", LAST_BUT_ONE), ("more", LISTED), ("last", FULL_STOP))
LEAST_LEFT = 20  # characters that nothing explains: enough for what a list lacks
REGULAR = 0.6  # share of the lists that must be such sentences for the others to be suspect


def lists_end(model: Model, ledger: Ledger) -> Iterator[Finding]:
    """Where lists are written as sentences ("…; …; and …."), each ends as a sentence does.

    A list that goes on after its end holds items of another; one that does not reach its end
    has lost some. If there is text that nothing explains, it was not the source that lost them.
    """
    quotes = {record.path: record.quote for record in ledger.fields}
    lists: dict[str, list[str]] = {}
    for path, _, role in texts(model):
        if role == "item" and path in quotes:
            lists.setdefault(path[: path.rindex("[")], []).append(_end(quotes[path]))
    faults = {path: _fault(ends) for path, ends in lists.items()}
    if sum(fault is None for fault in faults.values()) < REGULAR * len(faults):
        return
    left = sum(
        part.end - part.start
        for source in ledger.sources
        for part in source.partition
        if part.kind == Kind.UNRESOLVED
    )
    for path, fault in faults.items():
        if fault == "mixed-list":
            message = "the list goes on after its end: items of another may be among them"
            yield error(fault, path, message)
        elif fault and left >= LEAST_LEFT:
            message = "the list does not reach its end, and text is left that nothing explains"
            yield error(fault, path, message)
        elif fault:
            yield warning(fault, path, "the list does not reach its end: items may be missing")


def _end(quote: str) -> str:
    return next((name for name, pattern in ENDS if pattern.search(quote.rstrip())), "none")


def _fault(ends: list[str]) -> str | None:
    """What is wrong with a list whose items end so; None if nothing is."""
    if "last" in ends[:-1] or "next-to-last" in ends[:-2]:
        return "mixed-list"
    return None if ends[-1] == "last" and "none" not in ends else "open-list"
