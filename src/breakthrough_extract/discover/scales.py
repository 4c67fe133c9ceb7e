"""Which rows of labels are an ordered scale: figures that count, known words, their context."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from breakthrough_extract.discover.attributes import names_no_theme
from breakthrough_extract.discover.labels import Row
from breakthrough_extract.discover.ranks import (
    falls,
    falls_in_known,
    is_known,
    name_in,
    rank,
    ranks_of,
    runs,
)
from breakthrough_extract.recognise.families.names import (
    CHINESE,
    SEPARATOR,
    key,
    suffixes,
)
from breakthrough_extract.recognise.families.nouns import Form
from breakthrough_extract.wordlists import words

NUMBERED = re.compile(
    r"^\s*(?P<prefix>[^\W\d_][^\W\d_]*(?:\s+[^\W\d_]+?)??)?[\s.#-]{0,2}"
    r"(?P<number>\d{1,2}|[1-9]00|\b[IVX]{1,4}\b)(?![\d%]|[.,/]\d)(?:\s*(?:級|级|度))?(?P<rest>.*)$",
    re.DOTALL,
)
LETTERED = re.compile(r"^\s*(?P<prefix>[^\W\d_]+)\s+(?P<letter>[A-Z])\b(?P<rest>.*)$", re.DOTALL)
ORDINAL = re.compile(
    rf"^\s*第(?P<figure>\d|[{CHINESE}])(?P<word>等级|级别|阶段|級|级|段階)(?P<rest>.*)$", re.DOTALL
)
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
CODED = re.compile(r"([A-Z]{1,5})\d{1,2}\b(?!/)")
TWO_CODES = re.compile(r"[A-Z]{1,5}\d{1,2}/(([A-Z]{1,5})\d{1,2})\b")
WEAK_WORDS = {"step", "phase", "class", "grade", "rank", "band"}  # they number other things, too
LONGEST_NAME = 6  # words
LONGEST_SCALE = 12
WORDED = 0.45  # what it says for labels that each calls itself a stage, or a level
CODE = 5  # letters of a code before a figure, `IC`


@dataclass(frozen=True)
class Step:
    """One stage as the labels have it."""

    name: str
    number: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """A row of labels that may be the stages, lowest first."""

    steps: tuple[Step, ...]
    strength: float  # evidence that it is an ordered scale
    why: tuple[str, ...]  # the evidence in words
    times: int = 1  # how often it stands in the document

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(key(step.name) for step in self.steps)


@dataclass
class _Sighting:
    """A run of labels that looks like a scale, in one place."""

    kind: str  # "level", "code", "count" or "words"
    prefix: str
    numbers: tuple[int, ...]
    rests: tuple[str, ...]
    row: Row
    labels: tuple[str, ...] = ()


def scales(rows: Sequence[Row], limit: int = 8) -> list[Scale]:
    """The scales that the rows may be, the strongest first."""
    seen = [sighting for row in rows for sighting in _sightings(row)]
    groups: dict[tuple[object, ...], list[_Sighting]] = defaultdict(list)
    for sighting in seen:
        groups[_family(sighting)].append(sighting)
    found = [_scale(group, rows) for group in groups.values()]
    found += _repeated(rows, {scale.names for scale in found})
    best: dict[tuple[str, ...], Scale] = {}
    for scale in sorted(found, key=lambda scale: -scale.strength):
        best.setdefault(scale.names, scale)
    return list(best.values())[:limit]


def _family(sighting: _Sighting) -> tuple[object, ...]:
    if sighting.kind in ("words", "worded"):
        return (sighting.kind, frozenset(sighting.rests))
    if sighting.kind == "count":
        in_text = sighting.row.form != Form.CELL
        return ("count", in_text or sighting.row.start, frozenset(sighting.numbers))
    low, high = min(sighting.numbers), max(sighting.numbers)
    return (sighting.kind, sighting.prefix if sighting.kind == "level" else "", low, high)


def _sightings(row: Row) -> Iterator[_Sighting]:
    labels = _bare_labels(row)
    parsed = [_numbered(label) for label in labels]
    for run in _runs(parsed):
        first = parsed[run[0]]
        if first is None:
            continue
        numbers = tuple(p[1] for n in run if (p := parsed[n]))
        rests = tuple(p[2] for n in run if (p := parsed[n]))
        own = tuple(labels[n] for n in run)
        kind = _kind(first[0], row, rests)
        if kind and (len(run) > 2 or kind != "count"):
            yield _Sighting(kind, key(first[0]), numbers, rests, row, own)
    worded = _worded(labels)
    if worded:
        names = tuple(key(name_in(label)) for label in worded)
        yield _Sighting("worded", "", (), names, row, worded)
    for words_run in runs(labels):
        yield _Sighting("words", "", (), tuple(key(name_in(x)) for x in words_run), row, words_run)


def _worded(labels: Sequence[str]) -> tuple[str, ...]:
    """The longest run of labels that all say one word for level: `Pilot stage`, `First stage`."""
    said = [words("level_words") & set(key(name_in(label)).split()) for label in labels]
    longest: tuple[str, ...] = ()
    for word in sorted(set().union(*said) - WEAK_WORDS):
        for has, run in groupby(range(len(labels)), key=lambda n: word in said[n]):
            own = tuple(labels[n] for n in run)
            if has and len(own) > max(2, len(longest)):
                longest = own
    return longest


def _bare_labels(row: Row) -> tuple[str, ...]:
    """The labels of a row; of sentences that differ in one place, what stands there; of two
    codes, `T5/L5`, the one that others of the row have alone."""
    if row.form != Form.SENTENCE or len(row.labels) < 2:
        alone = {found[1] for label in row.labels if (found := CODED.match(label))}
        codes = (TWO_CODES.match(label) for label in row.labels)
        return tuple(
            label[found.start(1) :] if found and found[2] in alone else label
            for label, found in zip(row.labels, codes, strict=True)
        )
    split = [label.split() for label in row.labels]
    shortest = min(map(len, split))
    head = next((n for n in range(shortest) if len({s[n] for s in split}) > 1), shortest)
    ends = range(1, shortest - head + 1)
    tail = next((n - 1 for n in ends if len({s[-n] for s in split}) > 1), 0)
    middles = tuple(" ".join(s[head : len(s) - tail]) for s in split)
    return middles if head + tail >= 2 and all(middles) else row.labels


def _numbered(label: str) -> tuple[str, int, str] | None:
    """Prefix, figure and the rest of a label that counts; letters count as figures."""
    lettered = LETTERED.match(label)
    if (
        lettered
        and lettered["letter"] not in "IVX"
        and key(lettered["prefix"]) in words("level_words")
    ):
        return lettered["prefix"], ord(lettered["letter"]), lettered["rest"].strip(" :–—.-\t")
    chinese = ORDINAL.match(label)
    if chinese:
        figure = chinese["figure"]
        place = int(figure) if figure.isdigit() else CHINESE.index(figure)
        rest = SEPARATOR.sub(" – ", chinese["rest"]).strip(" –.-，\t")
        return chinese["word"], place, rest
    found = NUMBERED.match(label)
    if not found:
        return _numbered_within(label)
    figure = found["number"]
    number = ROMAN.get(figure) if not figure.isdigit() else int(figure)
    number = number // 100 if number and number >= 100 else number  # `Level 200` is the second
    prefix = (found["prefix"] or "").strip()
    if number is None or (not figure.isdigit() and not prefix):
        return None
    rest = found["rest"]
    return prefix, number, SEPARATOR.sub(" – ", rest).strip(" –.-\t") if rest else ""


def _numbered_within(label: str) -> tuple[str, int, str] | None:
    """The same for a label that begins with something else: `People – Level 2`."""
    for _, rest in suffixes(label):
        found = NUMBERED.match(rest) and _numbered(rest)
        if found and key(found[0]) in words("level_words"):
            return found
    return None


def _runs(parsed: Sequence[tuple[str, int, str] | None]) -> Iterator[list[int]]:
    """Places in a row whose figures, one after the other, count up, or down, by one."""
    run: list[int] = []
    step = 0
    for n, one in enumerate(parsed):
        if one is None:
            continue  # other labels may stand between
        before = parsed[run[-1]] if run else None
        goes_on = False
        if before and key(one[0]) == key(before[0]):
            difference = one[1] - before[1]
            goes_on = difference in (1, -1) and step in (0, difference)
            step = difference if goes_on else 0
        if not goes_on:
            if len(run) > 1:
                yield run
            run, step = [], 0
        run.append(n)
    if len(run) > 1:
        yield run


def _kind(prefix: str, row: Row, rests: Sequence[str]) -> str:
    """What sort of counting a prefix makes."""
    levels = words("level_words")
    parts = key(prefix).split()
    if words("counted_words") & set(parts):
        return ""
    if parts and (parts[-1] in levels or parts[0] in levels):
        return "level"
    if prefix and len(prefix) <= CODE and (prefix.isupper() or not any(rests)):
        return "code"
    before_text = row.form in (Form.CELL, Form.LINE, Form.ITEM)  # mere figures there are labels
    if not prefix and (before_text or any(rests)):
        return "count"
    return ""


def place_in_scale(label: str) -> tuple[int, int]:
    """What a label says of its place in a scale: its figure, the rank of its words."""
    numbered = _numbered(label)
    return (numbered[1] if numbered else 0, rank(name_in(label)) or 0)


def _scale(group: list[_Sighting], rows: Sequence[Row]) -> Scale:
    kind = group[0].kind
    if kind == "words":
        return _word_scale(group)
    if kind == "worded":
        names = tuple(Step(name_in(label).strip()) for label in group[0].labels)
        return _weighed(names, WORDED, ["labels that all say it of themselves"], group)
    numbers = list(max(group, key=lambda one: len(one.numbers)).numbers)
    if numbers[0] < ord("A"):
        numbers.sort()  # letters keep the document's order: grades may rise to A or fall from it
    steps = tuple(_step(number, group) for number in numbers)
    if len({key(step.name) for step in steps}) < len(steps):
        steps = tuple(_bare_step(number, group) for number in numbers)
    steps = _with_other_names(steps, rows)
    base = {"level": 0.9, "code": 0.7, "count": 0.3}[kind]
    if kind == "count" and not any(group[0].rests):
        base = 0.35 if _names_levels(group[0].row.over) else 0.2  # mere figures
    if any(one.row.heads for one in group):
        base += HEADS / 2
    if kind == "level" and group[0].prefix.split()[-1] in WEAK_WORDS:
        base = 0.45
    if kind == "code" and not _is_code(group[0].labels[0]):
        base = 0.4  # a word, and what it counts may be anything
    if len({one.prefix for one in group}) > 1:
        base += 0.2  # a code of its own for each theme
    why = [f"labels that count: {group[0].labels[0]} … {group[0].labels[-1]}"]
    return _weighed(steps, base, why, group)


def _word_scale(group: list[_Sighting]) -> Scale:
    labels = [name_in(label) for label in group[0].labels]
    known = [one for one in ranks_of(labels) if one is not None]
    ordered = labels[::-1] if falls(known) or falls_in_known(labels) else labels
    share = max(len(known) / len(labels), 0.9 if is_known(labels) else 0.0)
    why = [f"known words of a scale: {', '.join(ordered)}"]
    return _weighed(tuple(Step(name.strip()) for name in ordered), 0.75 * share, why, group)


def _weighed(
    steps: tuple[Step, ...],
    base: float,
    why: list[str],
    group: Sequence[_Sighting],
    weak: bool = False,
) -> Scale:
    strength = base
    if any(_tells_levels(one.row.over) and not weak for one in group):
        strength += 0.3
        why.append("the label over them speaks of levels")
    if any(set(key(one.row.over).split()) & words("other_scales") for one in group):
        strength -= 0.4
        why.append("the label over them speaks of something else")
    if any(one.row.form == Form.SENTENCE for one in group):
        said = {word for one in group for word in key(one.row.labels[0]).split()}
        if said & words("level_words"):
            strength += 0.4
            why.append("the sentence around them speaks of a level")
    if len(group) > 1:
        strength += min(0.1 * (len(group) - 1), 0.1 if weak else 0.4)
        why.append(f"the row stands {len(group)} times")
    return Scale(steps, strength, tuple(why), len(group))


def _tells_levels(label: str) -> bool:
    return bool(set(key(label).split()) & (words("level_words") | words("model_words")))


def _is_code(label: str) -> bool:
    """Whether a label begins with capitals, as codes do: `IC1`, `DR 2`; not `Task 1`."""
    return label[:2].isupper() or not label[1:2].isalpha()


def _names_levels(label: str) -> bool:
    """Whether the label over figures says, first of all, that they count levels: `Level/Skill`."""
    parts = key(label).split()
    return bool(parts) and parts[0] in words("level_words")


def _step(number: int, group: Sequence[_Sighting]) -> Step:
    """The stage of a figure: its name is what comes again behind the figure."""
    rests = [one.rests[one.numbers.index(number)] for one in group if number in one.numbers]
    labels = [one.labels[one.numbers.index(number)] for one in group if number in one.numbers]
    firsts = [_bare(rest.split(" – ")[0]) for rest in rests if rest]
    common, times = Counter(firsts).most_common(1)[0] if firsts else ("", 0)
    constant = times >= max(2, 0.6 * len(group)) or (len(group) == 1 and times == 1)
    kind = group[0].kind
    if constant and kind != "code" and len(common.split()) <= LONGEST_NAME:
        return Step(common, number)
    if kind == "code" and len({one.prefix for one in group}) > 1:
        codes = (re.match(r"^.*?\d{1,2}", label) for label in labels)
        return Step(str(number), number, tuple(dict.fromkeys(c[0] for c in codes if c)))
    if kind == "count":
        return Step(str(number), number)
    return _bare_step(number, group)


def _bare(name: str) -> str:
    """A stage's name without what only says that it is one: `The 'Crawl' Phase`."""
    parts = name.strip(" '‘’\"“”").split()
    parts = parts[1:] if len(parts) > 1 and parts[0].lower() == "the" else parts
    while len(parts) > 1 and key(parts[-1]) in words("level_words"):
        parts = parts[:-1]
    return " ".join(parts).strip(" '‘’\"“”")


def _bare_step(number: int, group: Sequence[_Sighting]) -> Step:
    """The stage of a figure under the words before the figure: `Level 2`, `IC2`."""
    labels = [one.labels[one.numbers.index(number)] for one in group if number in one.numbers]
    chinese = ORDINAL.match(labels[0])
    if chinese:
        return Step(labels[0][: chinese.start("rest")].strip(), number)
    last = labels[0].rpartition(":")[2] if NUMBERED.match(labels[0]) is None else labels[0]
    bare = re.match(r"^(.*?(?:\d{1,2}|\b[IVX]{1,4}\b|\b[A-Z]\b))", last.strip())
    name = bare[1].strip() if bare else f"{group[0].prefix} {number}"
    return Step(name, number if number < ord("A") else None)


def _with_other_names(steps: tuple[Step, ...], rows: Sequence[Row]) -> tuple[Step, ...]:
    """`steps` with the names of a row elsewhere that is the same scale in other words."""
    own = [key(step.name) for step in steps]
    for row in rows:
        names = [key(label) for label in row.labels]
        for at in range(len(names) - len(own) + 1):
            other = names[at : at + len(own)]
            same = sum(_akin(a, b) for a, b in zip(own, other, strict=True))
            if other != own and len(own) > 2 and same == len(own):
                labels = row.labels[at : at + len(own)]
                return tuple(
                    Step(label, step.number, (step.name,) if key(label) != key(step.name) else ())
                    for step, label in zip(steps, labels, strict=True)
                )
    return steps


def _akin(one: str, other: str) -> bool:
    """Whether two names are one word in two forms: `operational`, `operationalized`."""
    short, long = sorted((one, other), key=len)
    if " " in long:
        return short == long
    return short == long or (len(short) > 4 and long.startswith(short[: max(5, len(short) - 2)]))


def _repeated(rows: Sequence[Row], known: set[tuple[str, ...]]) -> list[Scale]:
    """Rows that come again word for word where something says that they are levels."""
    times: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows:
        labels = tuple(name_in(label) for label in _bare_labels(row))
        keys = tuple(key(label) for label in labels)
        others = any(map(names_no_theme, keys))  # they head columns that say something else
        counted = sum(_numbered(label) is not None for label in row.labels)
        some = 1 < counted < len(keys)  # those that count are a scale, and the others are none
        if others or some or not all(keys) or len(set(keys)) < len(keys):
            continue
        if 2 < len(keys) <= LONGEST_SCALE:
            times[keys].append(row)
            names.setdefault(keys, labels)
    out: list[Scale] = []
    for keys, group in times.items():
        if keys in known:
            continue
        sightings = [_Sighting("words", "", (), keys, row, names[keys]) for row in group]
        ranks = [one for one in ranks_of(names[keys]) if one is not None]
        ranked = len(ranks) / len(keys)
        if not ranked and any(map(_is_text, names[keys])):
            continue  # a row of cells: the table's head is lost
        steps = tuple(Step(name.strip()) for name in names[keys][:: -1 if falls(ranks) else 1])
        why = ["labels that come again in one order"] if len(group) > 1 else []
        base = 0.4 * ranked
        if any(row.heads and not _tells_levels(row.over) for row in group):
            base += HEADS
            why.append("they head the columns of a table")
        out.append(_weighed(steps, base, why, sightings, weak=not ranked))
    return [scale for scale in out if scale.strength > LEAST_REPEATED]


def _is_text(label: str) -> bool:
    """Whether a label is so long, or ends so, that it is no name."""
    return len(label.split()) > LONGEST_NAME or label.rstrip().endswith((".", ";"))


LEAST_REPEATED = 0.3
HEADS = 0.35  # what it says for labels that they head the columns of a table
