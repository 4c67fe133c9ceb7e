"""What a model must be to be exported. The checks are a table; each is a small function."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

from breakthrough_extract.ledger import Finding, Kind, Ledger, Severity, replay
from breakthrough_extract.model import Cell, Indicator, ItemList, Model, Theme
from breakthrough_extract.punctuation import ABBREVIATED, FULL_STOP, LAST_BUT_ONE, LISTED, letters
from breakthrough_extract.wordlists import words

MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|\*\*|__|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
LIST_MARK = re.compile(r"^[•‣◦▪■●–—*+\-]\s|[;,]?\s(?:and|or)$|[;,]$|[^.…]\.$")
WORD = re.compile(r"[a-z]+", re.IGNORECASE)
UNFOLDED = re.compile(r"^\s|\s$|\s\s|[^\S ]")


class Text(NamedTuple):
    """One text of a model, with its place."""

    path: str
    text: str
    role: str  # "headline", "item", "note", "prose", "complaint", "question" or "motto"


def validate(model: Model, ledger: Ledger | None = None) -> list[Finding]:
    """All findings on a model, and on its ledger if it is given, in the order of the table."""
    found = [*_weighed((finding for check in CHECKS for finding in check(model)), model)]
    if ledger is not None:
        proofs = (finding for prove in PROOFS for finding in prove(model, ledger))
        found += _weighed(proofs, model)
    return found


def _weighed(findings: Iterable[Finding], model: Model) -> Iterator[Finding]:
    """`findings` less those that are no fault in this kind of model."""
    for finding in findings:
        if finding.code not in model.allows or finding.code.startswith(LEDGER):
            yield finding
        elif finding.code in STILL_WARNED:
            yield finding.model_copy(update={"severity": Severity.WARNING})


STILL_WARNED = {"missing-stage"}  # even where it is allowed
LEDGER = "ledger-"  # a breach of the proof is a fault whatever the model is


def _error(code: str, path: str, message: str) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, path=path)


def _warning(code: str, path: str, message: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, message=message, path=path)


def texts(model: Model) -> Iterator[Text]:
    """Every text of a model that comes from a source, with its path."""
    for n, stage in enumerate(model.stages):
        yield from _paragraphs(f"stages[{n}].description", stage.description)
        yield from _items(f"stages[{n}].items", stage.items)
    for path, theme in _themes(model):
        yield from _theme_texts(path, theme)


def _theme_texts(path: str, theme: Theme) -> Iterator[Text]:
    for name in ("complaint", "question", "motto"):
        line = getattr(theme, name)
        if line is not None:
            yield Text(f"{path}.{name}", line, name)
    yield from _paragraphs(f"{path}.description", theme.description)
    for where, cell in _cells(path, theme):
        yield from _cell_texts(where, cell)
    points = theme.breakthrough_points
    if points is not None:
        where = f"{path}.breakthrough_points"
        if points.headline is not None:
            yield Text(f"{where}.headline", points.headline, "headline")
        for n, point in enumerate(points.points):
            yield Text(f"{where}.points[{n}].text", point.text, "item")
    yield from _lists(path, theme.lists)


def _cell_texts(where: str, cell: Cell) -> Iterator[Text]:
    if cell.headline is not None:
        yield Text(f"{where}.headline", cell.headline, "headline")
    yield from _items(f"{where}.indicators", cell.indicators)
    for n, note in enumerate(cell.notes):
        yield Text(f"{where}.notes[{n}].text", note.text, "note")
    yield from _paragraphs(f"{where}.prose", cell.prose)
    yield from _lists(where, cell.lists)


def _paragraphs(path: str, paragraphs: tuple[str, ...]) -> Iterator[Text]:
    for n, text in enumerate(paragraphs):
        yield Text(f"{path}[{n}]", text, "prose")


def _items(path: str, items: tuple[Indicator, ...]) -> Iterator[Text]:
    for where, item in _indicators(path, items):
        yield Text(f"{where}.text", item.text, "item")


def _lists(path: str, lists: tuple[ItemList, ...]) -> Iterator[Text]:
    for n, entry in enumerate(lists):
        yield from _items(f"{path}.lists[{n}].items", entry.items)


def _indicators(path: str, items: tuple[Indicator, ...]) -> Iterator[tuple[str, Indicator]]:
    """Items with those listed under them."""
    for n, item in enumerate(items):
        yield f"{path}[{n}]", item
        yield from _indicators(f"{path}[{n}].items", item.items)


def _listed(model: Model) -> Iterator[tuple[str, Indicator]]:
    """All items that have an id and a code, but for breakthrough points."""
    for n, stage in enumerate(model.stages):
        yield from _indicators(f"stages[{n}].items", stage.items)
    for path, theme in _themes(model):
        for where, cell in _cells(path, theme):
            yield from _indicators(f"{where}.indicators", cell.indicators)
            for n, entry in enumerate(cell.lists):
                yield from _indicators(f"{where}.lists[{n}].items", entry.items)
        for n, entry in enumerate(theme.lists):
            yield from _indicators(f"{path}.lists[{n}].items", entry.items)


def _themes(model: Model) -> Iterator[tuple[str, Theme]]:
    for n, theme in enumerate(model.themes):
        yield f"themes[{n}]", theme


def _cells(path: str, theme: Theme) -> Iterator[tuple[str, Cell]]:
    for n, cell in enumerate(theme.stages):
        yield f"{path}.stages[{n}]", cell


def all_stages(model: Model) -> Iterator[Finding]:
    """Every theme has every stage, in the order of the scale."""
    if not model.themes:
        yield _error("no-themes", "themes", "the model has no theme")
    for path, theme in _themes(model):
        have = [cell.stage for cell in theme.stages]
        for stage in model.stages:
            if stage.id not in have and (not theme.scale or stage.id in theme.scale):
                message = f"{theme.name}: the stage {stage.name} is missing"
                yield _error("missing-stage", f"{path}.stages", message)
        known = [stage.id for stage in model.stages if stage.id in have]
        if have != known and set(have) <= set(known):
            yield _error("stage-order", f"{path}.stages", f"{theme.name}: stages out of order")
        for n, stage_id in enumerate(have):
            if stage_id not in known:
                where = f"{path}.stages[{n}].stage"
                yield _error("unknown-stage", where, f"{stage_id} is no stage of this model")


def filled_cells(model: Model) -> Iterator[Finding]:
    """Every stage of a theme has at least one indicator, and a headline if any stage has one."""
    headed = any(cell.headline for theme in model.themes for cell in theme.stages)
    for path, theme in _themes(model):
        for where, cell in _cells(path, theme):
            if cell.headline is None and headed:
                message = f"{theme.name}, {cell.name}: no headline"
                yield _error("missing-headline", f"{where}.headline", message)
            if not cell.indicators:
                message = f"{theme.name}, {cell.name}: no indicator"
                yield _error("no-indicators", f"{where}.indicators", message)


def theme_lists(model: Model) -> Iterator[Finding]:
    """If one theme has a list of its own, or a headline on it, all have; and none is empty."""
    lists = [theme.breakthrough_points for theme in model.themes if theme.breakthrough_points]
    expected = bool(lists)
    headed = any(points.headline for points in lists)
    for path, theme in _themes(model):
        points = theme.breakthrough_points
        where = f"{path}.breakthrough_points"
        if expected and points is None:
            yield _error("missing-list", where, f"{theme.name}: its list is missing")
        if points is not None and not points.points:
            yield _error("empty-list", f"{where}.points", f"{theme.name}: its list is empty")
        if points is not None and points.headline is None and headed:
            yield _error("missing-headline", f"{where}.headline", f"{theme.name}: no headline")


def complaints(model: Model) -> Iterator[Finding]:
    """If one theme has a complaint, all have."""
    if not any(theme.complaint for theme in model.themes):
        return
    for path, theme in _themes(model):
        if theme.complaint is None:
            message = f"{theme.name}: its complaint is missing"
            yield _error("missing-complaint", f"{path}.complaint", message)


def unique_texts(model: Model) -> Iterator[Finding]:
    """No text stands twice, in whatever typography."""
    first: dict[str, str] = {}
    for path, text, role in texts(model):
        key = letters(text)
        if key in first:
            yield _error("text-twice", path, f"the same {role} stands at {first[key]}")
        first.setdefault(key, path)


def unique_ids(model: Model) -> Iterator[Finding]:
    """No identifier stands twice."""
    ids: list[tuple[str, str]] = [(f"stages[{n}].id", s.id) for n, s in enumerate(model.stages)]
    counts = Counter(stage_id for _, stage_id in ids)
    for path, stage_id in ids:
        if counts[stage_id] > 1:
            yield _error("id-twice", path, f"the id {stage_id} stands more than once")
    first: dict[str, str] = {}
    for path, id_ in _ids(model):
        if id_ in first:
            yield _error("id-twice", path, f"the id {id_} stands at {first[id_]} already")
        first.setdefault(id_, path)


def _ids(model: Model) -> Iterator[tuple[str, str]]:
    for path, item in _listed(model):
        yield f"{path}.id", item.id
    for path, theme in _themes(model):
        yield f"{path}.id", theme.id
        for where, cell in _cells(path, theme):
            for n, note in enumerate(cell.notes):
                yield f"{where}.notes[{n}].id", note.id
        if theme.breakthrough_points is not None:
            for n, point in enumerate(theme.breakthrough_points.points):
                yield f"{path}.breakthrough_points.points[{n}].id", point.id


def withdrawn_ids(model: Model) -> Iterator[Finding]:
    """What was withdrawn is not in use, and what stands for it is known."""
    used = {id_ for _, id_ in _ids(model)} | {stage.id for stage in model.stages}
    gone = {entry.id for entry in model.withdrawn}
    for n, entry in enumerate(model.withdrawn):
        where = f"withdrawn[{n}]"
        if entry.id in used:
            yield _error("id-reused", f"{where}.id", f"the id {entry.id} was withdrawn")
        for heir in entry.replaced_by:
            if heir not in used | gone:
                message = f"{entry.id} is replaced by {heir}, which is not in the model"
                yield _error("unknown-heir", f"{where}.replaced_by", message)


def unique_codes(model: Model) -> Iterator[Finding]:
    """No code stands twice."""
    first: dict[str, str] = {}
    for path, code in _codes(model):
        if code in first:
            yield _error("code-twice", path, f"the code {code} stands at {first[code]} already")
        first.setdefault(code, path)


def _codes(model: Model) -> Iterator[tuple[str, str]]:
    for path, item in _listed(model):
        yield f"{path}.code", item.code
    for path, theme in _themes(model):
        if theme.breakthrough_points is not None:
            for n, point in enumerate(theme.breakthrough_points.points):
                yield f"{path}.breakthrough_points.points[{n}].code", point.code


def clean_texts(model: Model) -> Iterator[Finding]:
    """No markup, no list marks, no stray white space."""
    for path, text, role in texts(model):
        markup = _markup(text)
        if markup:
            yield _error("markup", path, f"markup is left: {markup}")
        if UNFOLDED.search(text):
            yield _error("white-space", path, "white space is not folded")
        if role == "item" and LIST_MARK.search(text) and not ABBREVIATED.search(text):
            yield _error("list-mark", path, f"list punctuation is left: {text[:2]}…{text[-6:]}")
        if role == "headline" and text.endswith(":"):
            yield _error("list-mark", path, "the headline's colon is left")


def _markup(text: str) -> str:
    """The first piece of markup in a text; "" if there is none. `&A;` of `Q&A; then` is none."""
    found = (match.group() for match in MARKUP.finditer(text))
    return next((one for one in found if not one.startswith("&") or unescape(one) != one), "")


def drafts(model: Model) -> Iterator[Finding]:
    """A draft says so."""
    if model.draft:
        yield _warning("draft", "draft", "this is a draft, exported in spite of findings")


LIGATURE = re.compile(r"ff[il]?|f[il]")
DAMAGED = 2  # different words; one may be a name


def lost_ligatures(model: Model) -> Iterator[Finding]:
    """No words are left of which a converter lost signs that stand for two letters."""
    known = _without_ligatures()
    said = (word.lower() for _, text, _ in texts(model) for word in WORD.findall(text))
    damaged = sorted({f"{word} ({known[word]}?)" for word in said if word in known})
    if len(damaged) >= DAMAGED:
        more = f" and {len(damaged) - 5} more" if len(damaged) > 5 else ""
        message = f"words have lost letters: {', '.join(damaged[:5])}{more}"
        yield _error("lost-letters", "themes", message)


@cache
def _without_ligatures() -> dict[str, str]:
    """What is left of words if a ligature's second letter is lost, or its last two are."""
    return {LIGATURE.sub("f", word): word for word in sorted(words("ligatures.en"))}


Check = Callable[[Model], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    all_stages,
    filled_cells,
    theme_lists,
    complaints,
    unique_texts,
    unique_ids,
    withdrawn_ids,
    unique_codes,
    clean_texts,
    lost_ligatures,
    drafts,
)


def disjoint_partition(_: Model, ledger: Ledger) -> Iterator[Finding]:
    """No character of a source is in two entries of the ledger."""
    for n, source in enumerate(ledger.sources):
        end = 0
        for m, part in enumerate(source.partition):
            if part.start < end or part.end <= part.start:
                where = f"sources[{n}].partition[{m}]"
                message = f"{source.name}: characters {part.start}–{end} are accounted for twice"
                yield _error("ledger-overlap", where, message)
            end = max(end, part.end)


def edits_replay(model: Model, ledger: Ledger) -> Iterator[Finding]:
    """Each record's edits, carried out on its quote, give the model's text."""
    published = {text.path: text.text for text in texts(model)}
    for n, record in enumerate(ledger.fields):
        if replay(record) != published.pop(record.path, None):
            message = f"{record.path}: the edits do not give the published text"
            yield _error("ledger-replay", f"fields[{n}]", message)
    for path in published:
        yield _error("ledger-missing", path, f"{path}: no record of where this text comes from")


def nothing_unread(_: Model, ledger: Ledger) -> Iterator[Finding]:
    """The reader took every character; what it did not take was kept, but is its bug."""
    for n, source in enumerate(ledger.sources):
        unread = [p for p in source.partition if p.kind == Kind.UNRESOLVED and p.of == "unread"]
        if unread:
            count = sum(part.end - part.start for part in unread)
            message = f"{source.name}: {count} characters were not read"
            yield _warning("unread", f"sources[{n}]", message)


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
            yield _error(fault, path, message)
        elif fault and left >= LEAST_LEFT:
            message = "the list does not reach its end, and text is left that nothing explains"
            yield _error(fault, path, message)
        elif fault:
            yield _warning(fault, path, "the list does not reach its end: items may be missing")


def _end(quote: str) -> str:
    return next((name for name, pattern in ENDS if pattern.search(quote.rstrip())), "none")


def _fault(ends: list[str]) -> str | None:
    """What is wrong with a list whose items end so; None if nothing is."""
    if "last" in ends[:-1] or "next-to-last" in ends[:-2]:
        return "mixed-list"
    return None if ends[-1] == "last" and "none" not in ends else "open-list"


Proof = Callable[[Model, Ledger], Iterator[Finding]]
PROOFS: tuple[Proof, ...] = (disjoint_partition, edits_replay, nothing_unread, lists_end)
