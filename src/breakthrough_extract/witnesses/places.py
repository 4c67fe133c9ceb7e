"""Where texts stand: what one witness has in another cell, within another text, or loose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from breakthrough_extract.document import Dispute, Passage
from breakthrough_extract.language import likeness
from breakthrough_extract.witnesses.texts import HEADLINE, ITEM, Group
from breakthrough_extract.witnesses.words import (
    CLOSED,
    LEAST_PART,
    SAME_ELSEWHERE,
    Said,
    align,
    is_within,
    letters,
)

JOINERS = {"and", "or"}
SHREDDED = 0.75  # share of its letters that shreds of a text must have in its order


def unite_doubles(groups: list[Group], witnesses: int) -> list[tuple[str, Dispute]]:
    """Where one witness has a text that another has elsewhere, or within one, make them one.

    The place that more witnesses give is taken, then that of the better witness.
    """
    disputes: list[tuple[str, Dispute]] = []
    lacking = [group for group in groups if len(group.texts) < witnesses]
    for group in sorted(lacking, key=lambda g: (*g.weight, g.role == HEADLINE)):
        home = next((g for g in _by_weight(groups) if _is_double(group, g)), None)
        if home:
            disputes.append((home.cell.name, _place_dispute(home, group)))
            home.texts += group.texts
            home.again += group.again
        else:
            home = next((g for g in groups if _is_part(group, g)), None)
            home = home or _listed_with(group, groups)
            if not home:
                continue
            if _wholes(home, group):
                division = _division(home, group)
                home.disputes.append(_division_dispute(home, group, division))
                if division.parted and _part(home, group):
                    continue
                _prefer(home, _wholes(home, group))
            home.again += [*(said.text for said in group.texts), *group.again]
        groups.remove(group)
    return disputes


def _by_weight(groups: Sequence[Group]) -> list[Group]:
    return sorted(groups, key=lambda g: g.weight, reverse=True)


def _is_double(group: Group, other: Group) -> bool:
    """Whether `group` is the text that other witnesses have in another place."""
    if group is other or group.witnesses & other.witnesses or other.weight < group.weight:
        return False
    one, two = group.texts[0], other.texts[0]
    return likeness(one.plain, two.plain) >= SAME_ELSEWHERE


def _is_part(group: Group, other: Group) -> bool:
    """Whether `group` is part of a text as a witness has it that lacks it.

    Its own witnesses must not have these words in that text too: then they stand twice.
    """
    if group is other or len(group.texts[0].words) < LEAST_PART:
        return False
    own = [said for said in other.texts if said.witness in group.witnesses]
    part = group.texts[0].plain
    return bool(_wholes(other, group)) and not any(is_within(part, said) for said in own)


def _listed_with(group: Group, groups: Sequence[Group]) -> Group | None:
    """The text before `group` if that is but the word that joins two items of a list."""
    if group.role != ITEM or not {w.text for w in group.texts[0].words} <= JOINERS:
        return None
    before = [g for g in groups[: groups.index(group)] if g.cell is group.cell and g.role == ITEM]
    return before[-1] if before else None


def _prefer(home: Group, wholes: Sequence[Said]) -> None:
    """Let the witnesses that have the text in one piece come first."""
    home.texts.sort(key=lambda said: said not in wholes)


def _wholes(home: Group, group: Group) -> list[Said]:
    """The texts that hold `group` as a part, in witnesses that lack it."""
    return [
        said
        for said in home.texts
        if said.witness not in group.witnesses
        and (
            is_within(group.texts[0].plain, said)
            or (home.cell is group.cell and _is_fragment(group.texts[0], said))
        )
    ]


def _is_fragment(part: Said, whole: Said) -> bool:
    """Whether `part` is shreds of `whole`, in its order: what an edge left of its lines."""
    if len(part.plain) > len(whole.plain):
        return False
    shared = {word.text for word in part.words} & {word.text for word in whole.words}
    needed = SHREDDED * letters(Counter(word.text for word in part.words))
    if sum(len(w.text) for w in part.words if w.text in shared) < needed:
        return False
    return sum(len(part.words[n].text) for n, _ in align(part.words, whole.words)) >= needed


def _place_dispute(home: Group, group: Group) -> Dispute:
    readings = tuple((g.where, said.text) for g in (home, group) for said in g.texts)
    return Dispute("witness-place", readings, settled=home.weight[0] > group.weight[0])


class Division(NamedTuple):
    """Whether what one witness joins and another parts is two texts."""

    parted: bool
    settled: bool


def _division(home: Group, group: Group) -> Division:
    """Whether `group` is a text of its own or part of `home`.

    List marks are lost and not written, but for the dash of a sentence: where no list's
    punctuation stands before it, a mark is none.
    """
    wholes = _wholes(home, group)
    parts = [said for said in home.texts if said.witness in group.witnesses]
    if len(group.texts) + len(wholes) >= 3 and len(group.texts) != len(wholes):
        return Division(len(group.texts) > len(wholes), settled=True)
    if not is_within(group.texts[0].plain, wholes[0]):
        return Division(parted=False, settled=True)  # shreds are no text
    first = group.texts[:1] if _extent(wholes[0], group)[0] == 0 else parts[:1]
    if any(not CLOSED.search(said.text.text) for said in first):
        return Division(parted=False, settled=True)
    if any(said.marked for said in group.texts) != any(said.marked for said in wholes):
        return Division(any(said.marked for said in group.texts), settled=True)
    if any(said.marked for said in group.texts):
        return Division(parted=True, settled=True)
    return Division(home.texts[0] not in wholes, settled=False)


def _division_dispute(home: Group, group: Group, division: Division) -> Dispute:
    parts = [said for said in home.texts if said.witness in group.witnesses]
    joined = [("one text", said.text) for said in _wholes(home, group)]
    parted = [("two texts", said.text) for said in (*parts, *group.texts)]
    readings = (*parted, *joined) if division.parted else (*joined, *parted)
    return Dispute("witness-disagreement", readings, division.settled)


def _extent(whole: Said, group: Group) -> tuple[int, int]:
    """From which word to which `group` stands in `whole`."""
    pairs = align(whole.words, group.texts[0].words)
    return pairs[0][0], pairs[-1][0] + 1


def _part(home: Group, group: Group) -> bool:
    """Cut from the texts of `home` what belongs to `group`; whether that could be done."""
    cuts: list[tuple[Said, Said, Said]] = []
    for whole in _wholes(home, group):
        first, end = _extent(whole, group)
        if end - first == len(whole.words):
            return False
        at = whole.words[end].start if first == 0 else whole.words[first].start
        if is_inside_edit(whole.text, at):
            return False
        head, tail = replace(whole, text=whole.text[:at]), replace(whole, text=whole.text[at:])
        cuts.append((whole, *((tail, head) if first == 0 else (head, tail))))
    for whole, kept, given in cuts:
        home.texts[home.texts.index(whole)] = kept
        group.texts.append(given)
    order = [member.witness for member in group.cell.ranked]
    group.texts.sort(key=lambda said: order.index(said.witness))
    return True


def is_inside_edit(passage: Passage, at: int) -> bool:
    """Whether that offset into the text lies within an edit's text."""
    start = 0
    for piece in passage.pieces:
        if piece.rule and start < at < start + len(piece.text):
            return True
        start += len(piece.text)
    return False


def explain(groups: Sequence[Group], witness: int, outside: Sequence[Passage]) -> Iterator[Passage]:
    """Text that one witness has in no cell and another has in one; it joins that text."""
    for passage in outside:
        part = Said(witness, passage)
        home = next((group for group in groups if _is_said(part, group)), None)
        if home:
            home.again.append(passage)
            yield passage


def _is_said(part: Said, group: Group) -> bool:
    return any(said.witness != part.witness and _is_copy(part, said) for said in group.texts)


def _is_copy(part: Said, whole: Said) -> bool:
    return part.plain == whole.plain or (
        len(part.words) >= LEAST_PART and is_within(part.plain, whole)
    )
