"""Sections of several witnesses: which are one, and where it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from breakthrough_extract.document import COMPLAINT, Decision, Dispute, Section
from breakthrough_extract.language import content_words, likeness
from breakthrough_extract.witnesses.words import SAME_TEXT, plain

SAME_HEADLINE = 0.5  # the same for headlines: a cell has but one
SAME_SECTION = 0.5  # share of its content words from which a section is another's
SAME_THEME = 0.2  # what it adds to that share if both witnesses put them under one theme
UNRELATED = 0.3  # a share below this, with unlike headlines: two sections that claim one cell


class Member(NamedTuple):
    """A section of one witness."""

    witness: int
    number: int  # of the section in that witness, 0-based
    section: Section
    decision: Decision


def clusters_of(members: Sequence[Member]) -> list[list[Member]]:
    """The members that are one section, at most one a witness; the most alike are joined first."""
    pairs = [
        (_section_kinship(one, other), n, m)
        for (n, one), (m, other) in combinations(enumerate(members), 2)
        if one.witness != other.witness and one.section.slot == other.section.slot
    ]
    clusters = [[member] for member in members]
    for score, n, m in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        one, other = clusters[n], clusters[m]
        seen = {member.witness for member in one} & {member.witness for member in other}
        if score > 0 and not seen:
            one += other
            for member in other:
                clusters[_position(members, member)] = one
    unique = {id(cluster): sorted(cluster, key=lambda m: m[:2]) for cluster in clusters}
    return list(unique.values())


def _position(members: Sequence[Member], member: Member) -> int:
    return next(n for n, other in enumerate(members) if other[:2] == member[:2])


def _section_kinship(one: Member, other: Member) -> float:
    theme = one.decision.theme
    together = bool(theme) and theme == other.decision.theme
    share = _share(one.section, other.section)
    if not together:
        return share if share >= SAME_SECTION else 0.0
    heads = plain(one.section.headline.folded), plain(other.section.headline.folded)
    rivals = all(heads) and likeness(*heads) < SAME_HEADLINE and share < UNRELATED
    return 0.0 if rivals else share + SAME_THEME


def _share(one: Section, other: Section) -> float:
    """The share of the content words of the lesser section that the other has too."""
    bags = [Counter(content_words(section.text)) for section in (one, other)]
    least = min(bags[0].total(), bags[1].total())
    if least == 0 or one.slot == COMPLAINT:  # too short for counting
        alike = likeness(plain(one.text), plain(other.text))
        return alike if alike >= SAME_TEXT else 0.0
    return (bags[0] & bags[1]).total() / least


def themes_of(clusters: Sequence[Sequence[Member]]) -> list[str]:
    """The theme of each cluster: the surest decision comes first, and takes the cell.

    None is surer than a person's.
    """
    claims = sorted(
        (
            not member.section.home,
            -member.decision.margin,
            member.witness,
            n,
            member.decision.theme,
        )
        for n, cluster in enumerate(clusters)
        for member in cluster
        if member.decision.theme
    )
    themes = [""] * len(clusters)
    taken: set[tuple[str, str]] = set()
    for _, _, _, n, theme in claims:
        cell = (theme, clusters[n][0].section.slot)
        if not themes[n] and cell not in taken:
            themes[n] = theme
            taken.add(cell)
    return themes


def theme_disputes(
    clusters: Sequence[Sequence[Member]], themes: Sequence[str]
) -> Iterator[tuple[str, Dispute]]:
    for cluster, theme in zip(clusters, themes, strict=True):
        if all(member.decision.theme in ("", theme) for member in cluster):
            continue
        surest = sorted(cluster, key=lambda m: (m.decision.theme != theme, -m.decision.margin))
        readings = tuple(
            (
                f"{member.decision.theme or 'no theme'} (margin {member.decision.margin:.2f})",
                member.section.headline or member.section.label,
            )
            for member in surest
        )
        slot = cluster[0].section.slot
        home = f"{theme}.{slot}" if theme else slot
        yield home, Dispute("witness-theme", readings, settled=bool(theme))
