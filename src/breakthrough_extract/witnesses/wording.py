"""What each text reads: the best witness's words, edited where the others agree against it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from breakthrough_extract.document import (
    WHITE,
    Attested,
    Dispute,
    Evidence,
    Passage,
    Settled,
    Source,
)
from breakthrough_extract.punctuation import NOTE_MARK
from breakthrough_extract.witnesses.collation import Collation, Column, Zone, decide
from breakthrough_extract.witnesses.places import is_inside_edit
from breakthrough_extract.witnesses.texts import HEADLINE, ITEM, NOTE, Cell, Group
from breakthrough_extract.witnesses.words import (
    LEAST_PART,
    SAME_ELSEWHERE,
    TYPOGRAPHY,
    Said,
    Word,
    align,
)

RESTORED = "restored-from-witness"
OUTVOTED = "outvoted-by-witnesses"
# What a text begins or ends with that is not published.
EDGES = re.compile(r"^\W+|(?:[;,]\s*(?:and|or))?\W*$")
CLOSING = re.compile(r"[)\]’”'\"]+")
LEAST_RUN = 2  # words from which a text that stands elsewhere explains words in a text


def settled(cell: Cell, groups: Sequence[Group], scholar: Scholar) -> Settled:
    mine = [group for group in groups if group.cell is cell]
    heads = [group for group in mine if group.role == HEADLINE]
    heads.sort(key=lambda group: -len(group.texts))  # stable: the best witness's comes first
    headline = scholar.attested(heads[0]) if heads else Attested(Passage())
    if len(heads) > 1:
        readings = tuple((f"“{h.texts[0].text.folded}”", h.texts[0].text) for h in heads)
        rivals = Dispute("witness-disagreement", readings, settled=False)
        headline = replace(headline, disputes=(*headline.disputes, rivals))
    return Settled(
        theme=cell.theme,
        slot=cell.slot,
        labels=tuple(member.section.label for member in cell.ranked),
        headline=headline,
        items=tuple(scholar.attested(group) for group in mine if group.role == ITEM),
        notes=tuple(scholar.attested(group) for group in mine if group.role == NOTE),
        strays=tuple(
            passage
            for head in heads[1:]
            for passage in (*(said.text for said in head.texts), *head.again)
        ),
    )


@dataclass(frozen=True)
class Scholar:
    """Settles texts, knowing what else each witness has."""

    sources: Sequence[Source]
    groups: Sequence[Group]
    furniture: Sequence[Sequence[tuple[Word, ...]]]  # of each witness

    def attested(self, group: Group) -> Attested:
        """The text of a group as its witnesses together have it."""
        disputes = list(group.disputes)
        if len(group.texts) == 1:
            return Attested(group.texts[0].text, tuple(group.again), tuple(disputes))
        if len({said.plain for said in group.texts}) == 1:
            texts = _fullest_first(group.texts)
            disputes += _typography(texts)
            again = (*(said.text for said in texts[1:]), *group.again)
            return Attested(texts[0].text, again, tuple(disputes))
        collation = Collation(group.texts)
        text = group.texts[0].text
        # From the end, so that earlier positions stay true.
        for zone in reversed(collation.zones()):
            verdict = self._verdict(collation, zone)
            if verdict:
                text = self._edited(text, collation, zone, verdict)
            dispute = _dispute(collation, zone, verdict)
            if dispute:
                disputes.append(dispute)
        again = (*(said.text for said in group.texts[1:]), *group.again)
        return Attested(text, again, tuple(disputes))

    def _verdict(self, collation: Collation, zone: Zone) -> int | None:
        """Index of the witness whose reading is taken, 0 for the base; None if undecided."""
        verdict = decide(
            [
                None if column.abstains else collation.reading(zone, n)
                for n, column in enumerate(zone.columns)
            ]
        )
        if not verdict or not collation.reading(zone, verdict):
            return verdict
        taken = zone.columns[verdict]
        backed = collation.reading(zone, verdict)
        backers = sum(collation.reading(zone, n) == backed for n in range(len(zone.columns)))
        sure = backers > 1 or zone.first < zone.end or collation.has_context(zone, verdict)
        if not _can_edit(collation.texts[0], zone):
            return None
        added = collation.texts[verdict].words[taken.first : taken.end]
        witnesses = (collation.texts[0].witness, collation.texts[verdict].witness)
        return verdict if sure and not self._is_elsewhere(added, *witnesses) else None

    def _is_elsewhere(self, added: Sequence[Word], base: int, witness: int) -> bool:
        """Whether words that `witness` adds stand elsewhere in the base, and only there: a text
        of its own that the other has joined to this one, or a running head."""
        orphans = [
            said.words
            for group in self.groups
            if witness not in group.witnesses
            for said in group.texts
            if said.witness == base
        ]
        return any(_covers(added, words) for words in (*orphans, *self.furniture[base]))

    def _edited(self, text: Passage, collation: Collation, zone: Zone, verdict: int) -> Passage:
        """The base's text with the reading of another witness in that zone."""
        base, other = collation.texts[0], collation.texts[verdict]
        there = zone.columns[verdict]
        start, end, new = _replacement(base, zone, other, there)
        seen = other.around(there.first, there.end)
        lost = zone.first == zone.end or zone.columns[0].abstains
        rule = RESTORED if lost else OUTVOTED
        return text.replace(start, end, new, rule, self._evidence(other.witness, seen))

    def _evidence(self, witness: int, seen: Passage) -> Evidence:
        source = self.sources[witness]
        spans = seen.spans
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        return Evidence(source.name, start, end, source.text[start:end])


def _can_edit(base: Said, zone: Zone) -> bool:
    """Whether no earlier edit goes over the ends of the zone: edits stay whole."""
    words = base.words
    edges = {words[zone.first - 1].end} if zone.first else set()
    edges |= {words[n].start for n in (zone.first, zone.end) if n < len(words)}
    edges |= {words[zone.end - 1].end} if zone.end else set()
    return not any(is_inside_edit(base.text, edge) for edge in edges)


def _covers(added: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether `words` make up part of `added`; a short text must make up all of it."""
    shared = sum(len(added[n].text) for n, _ in align(added, words))
    if len(words) < LEAST_RUN:
        return False
    enough = shared >= SAME_ELSEWHERE * sum(len(word.text) for word in words)
    whole = shared >= SAME_ELSEWHERE * sum(len(word.text) for word in added)
    return enough and (whole or len(words) >= LEAST_PART)


def _replacement(base: Said, zone: Zone, other: Said, there: Column) -> tuple[int, int, str]:
    """What to replace in the base's text, and by what, with the white space that belongs there."""
    words, text = base.words, base.text.text
    new = other.text.text
    if zone.first < zone.end and there.first < there.end:
        taken = new[other.words[there.first].start : other.words[there.end - 1].end]
        return words[zone.first].start, words[zone.end - 1].end, WHITE.sub(" ", taken)
    if zone.first < zone.end:  # words that go, with what parts them from the next
        if zone.end < len(words):
            return words[zone.first].start, words[zone.end].start, ""
        return words[zone.first - 1].end, words[zone.end - 1].end, ""
    before, after = _partings(other, there)
    taken = new[other.words[there.first].start : other.words[there.end - 1].end]
    if zone.first == 0:
        at, end, insert = words[0].start, words[0].start, taken + after
    elif zone.first == len(words):
        at, end = words[-1].end, words[-1].end
        closing = CLOSING.match(after)
        insert = before + taken
        if closing and not text.startswith(closing.group(), end):
            insert += closing.group()
    else:
        at, end = words[zone.first - 1].end, words[zone.first].start
        own = WHITE.sub(" ", text[at:end])
        if own == WHITE.sub(" ", after):
            end, insert = at, before + taken
        elif own == WHITE.sub(" ", before):
            at, insert = end, taken + after
        else:
            insert = before + taken + after
    return at, end, WHITE.sub(" ", insert)


def _partings(said: Said, column: Column) -> tuple[str, str]:
    """What stands before and after the words of a column, up to the next word."""
    words, text = said.words, said.text.text
    first, last = words[column.first], words[column.end - 1]
    before = text[words[column.first - 1].end : first.start] if column.first else " "
    after = text[last.end : words[column.end].start if column.end < len(words) else None]
    return before, after


def _dispute(collation: Collation, zone: Zone, verdict: int | None) -> Dispute | None:
    """The report of a zone, if there is something to report: mere losses are not."""
    readings = [collation.reading(zone, n) for n in range(len(zone.columns))]
    voices = {
        reading for n, reading in enumerate(readings) if not zone.columns[n].abstains and reading
    }
    outvoted = verdict is not None and any(
        reading and reading != readings[verdict] and not zone.columns[n].abstains
        for n, reading in enumerate(readings)
    )
    if verdict is not None and len(voices) < 2 and not outvoted:
        return None
    first = verdict or 0
    order = sorted(range(len(readings)), key=lambda n: n != first)
    return Dispute(
        "witness-disagreement",
        tuple(_reported(collation.texts[n], zone.columns[n]) for n in order),
        settled=verdict is not None,
    )


def _reported(said: Said, column: Column) -> tuple[str, Passage]:
    words = said.slice(column.first, column.end).folded
    return f"“{words}”" if words else "nothing", said.around(column.first, column.end)


def _fullest_first(texts: Sequence[Said]) -> list[Said]:
    """Texts of the same words, the one whose punctuation most have first, then the fullest:
    punctuation is lost like words are."""
    bare = [_bare(said.text.folded) for said in texts]
    votes = Counter(bare)
    best = min(range(len(bare)), key=lambda n: (-votes[bare[n]], -len(bare[n]), n))
    return [texts[best], *(said for n, said in enumerate(texts) if n != best)]


def _typography(texts: Sequence[Said]) -> Iterator[Dispute]:
    """A report if texts of the same words differ in letters' case or in punctuation."""
    readings = [_bare(said.text.folded) for said in texts]
    if len(set(readings)) > 1:
        yield Dispute(
            "witness-typography",
            tuple((f"“{said.text.folded}”", said.text) for said in texts),
            settled=2 * readings.count(readings[0]) > len(readings),
        )


def _bare(text: str) -> str:
    """`text` less what is not published, and typography that says the same."""
    text = unicodedata.normalize("NFKC", NOTE_MARK.sub("", text)).translate(TYPOGRAPHY)
    return re.sub(r"\s+", "", EDGES.sub("", text))
