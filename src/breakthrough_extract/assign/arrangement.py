"""How the sections stand: in groups under headings, in the order of the profile, or anyhow.

Heading and order are two witnesses. Where they agree, both count. Where they contradict each
other, as where pages were shuffled or headings moved, the words of the groups in question
say, all together, which of the two went astray.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from breakthrough_extract.assign.runs import Step, in_runs, orderliness
from breakthrough_extract.document import COMPLAINT, Section, ThemeHeading
from breakthrough_extract.profile import Profile

# For all sections of one group together, so that a heading weighs the same on few stages as on
# many; times how far the group is to be believed. A heading alone weighs less than what the
# words of a whole theme say, one that the order bears out more.
HEADING = 0.4  # the theme's heading stands above the run, or before the row
IN_ORDER = 0.8  # its place in the profile is the group's here, as far as that order is believed
ASTRAY = 0.15  # against a section in no group, as far as the others' are to be believed
SETTLED = 0.5  # of words for one witness rather than the other, from which it counts full
# Standard deviations above chance, of words and headings together, from which order counts full.
BEYOND_CHANCE = 2.0

Layout = Sequence[Sequence[float]]  # for each section and theme, what the layout says for it


@dataclass(frozen=True)
class Group:
    """Sections that the layout puts together, under the headings between it and the last."""

    members: tuple[int, ...]  # those that fit as well as a member too; two may have one slot
    headings: frozenset[str]  # ids of themes
    sure: float  # 0..1, how far the layout is to be believed


@dataclass(frozen=True)
class Arrangement:
    """What the layout says of who belongs together, and where."""

    groups: tuple[Group, ...]  # in the order of the document
    slots: int
    home: Mapping[int, int]  # section → index of its group
    astray: tuple[int, ...]  # sections that stand in no group
    order: float  # 0..1, how far runs are to be believed

    def together(self, one: int, other: int) -> float:
        """How far the layout says that two sections share a theme, 0..1."""
        group = self.home.get(one, -1)
        return self.groups[group].sure if group == self.home.get(other, -2) else 0.0

    def layout(self, named: Sequence[Sequence[float]], themes: Sequence[str]) -> Layout:
        """For each section and theme, what the layout says; `named`: what words say."""
        out = [[0.0] * len(themes) for _ in named]
        for group, weights in zip(self.groups, self._weights(named, themes), strict=True):
            for theme, weight in weights.items():
                for section in group.members:
                    out[section][theme] = weight * group.sure / self.slots
        for section in self.astray:
            out[section] = [-ASTRAY * self.order] * len(themes)
        return out

    def share(self, weight: float) -> float:
        """How much a weight in the layout is of the greatest that there can be, 0..1."""
        return max(weight, 0.0) * self.slots / IN_ORDER

    def _weights(
        self, named: Sequence[Sequence[float]], themes: Sequence[str]
    ) -> list[dict[int, float]]:
        """For each group the themes that heading and order say, and what that weighs."""
        headed = [
            [n for n, theme in enumerate(themes) if theme in group.headings]
            for group in self.groups
        ]
        out = [dict.fromkeys(own, HEADING) for own in headed]
        if len(self.groups) != len(themes):
            return out  # no group's place is known
        said = [
            [math.fsum(named[n][t] for n in group.members) for t in range(len(themes))]
            for group in self.groups
        ]
        credit = max(_credit_of_order(headed, said), 0.0)
        for place, own in enumerate(out):
            own.update((theme, HEADING * (1 - credit)) for theme in own if theme != place)
            own[place] = max(own.get(place, 0.0), IN_ORDER * credit)
        return out


def _credit_of_order(headed: Sequence[Sequence[int]], said: Sequence[Sequence[float]]) -> float:
    """How far the groups are believed to stand in the order of the profile; below 0 if not."""
    against = [n for n, own in enumerate(headed) if own and n not in own]
    if against:
        order = math.fsum(said[n][n] for n in against)
        heading = math.fsum(max(said[n][t] for t in headed[n]) for n in against)
        return min((order - heading) / SETTLED, 1.0)
    both = [
        [gain + HEADING * (t in own) for t, gain in enumerate(row)]
        for row, own in zip(said, headed, strict=True)
    ]
    return min(_above_chance(both) / BEYOND_CHANCE, 1.0)


def _above_chance(gains: Sequence[Sequence[float]]) -> float:
    """The sum of the diagonal of a square, in standard deviations above that of a permutation
    taken by chance (Hoeffding 1951, "A combinatorial central limit theorem")."""
    size = len(gains)
    rows = [math.fsum(row) / size for row in gains]
    columns = [math.fsum(column) / size for column in zip(*gains, strict=True)]
    usual = math.fsum(rows)
    spread = math.fsum(
        (gain - rows[n] - columns[t] + usual / size) ** 2
        for n, row in enumerate(gains)
        for t, gain in enumerate(row)
    )
    if size < 2 or not spread:
        return 0.0
    return (math.fsum(gains[n][n] for n in range(size)) - usual) / math.sqrt(spread / (size - 1))


def arrangement(
    sections: Sequence[Section],
    repeats: Sequence[tuple[Section, int]],
    headings: Sequence[ThemeHeading],
    profile: Profile,
) -> Arrangement:
    """How `sections` stand in their document; a section that is said again stands at each of
    its places."""
    flow = [
        (section, n)
        for section, n in (*((s, n) for n, s in enumerate(sections)), *repeats)
        if section.slot != COMPLAINT and not section.structural
    ]
    if repeats:
        flow.sort(key=lambda pair: pair[0].start)
    present = {section.slot for section, _ in flow}
    ranks = {
        slot: rank
        for rank, slot in enumerate(slot.id for slot in profile.slots if slot.id in present)
    }
    stretches = [None, *(_stretch(section) for section, _ in flow)]
    steps = [
        Step(ranks[section.slot], one != other)
        for (section, _), (one, other) in zip(flow, pairwise(stretches), strict=True)
    ]
    runs = in_runs(steps, len(ranks))
    trust = orderliness(steps, len(ranks), runs.cost)
    groups = _without_surplus(
        [
            _group(members, first, flow, steps, headings, trust)
            for first, members in _with_rivals(runs.run, steps)
        ],
        [section.slot for section in sections],
        len(profile.themes),
    )
    home: dict[int, int] = {}
    for index, group in enumerate(groups):
        for n in group.members:
            home.setdefault(n, index)
    astray = tuple(sorted({n for _, n in flow} - home.keys()))
    return Arrangement(groups, len(profile.slots), home, astray, trust)


def _without_surplus(
    groups: Sequence[Group], slots: Sequence[str], themes: int
) -> tuple[Group, ...]:
    """`groups`, less those that are too many, where these are told by how few slots they have,
    and that they have no heading: strays make runs, too."""

    def size(group: Group) -> tuple[int, int]:
        return len({slots[n] for n in group.members}), len(group.headings)

    sizes = sorted(map(size, groups), reverse=True)
    if len(groups) <= themes or sizes[themes - 1] == sizes[themes]:
        return tuple(groups)
    return tuple(group for group in groups if size(group) >= sizes[themes - 1])


def _with_rivals(run: Sequence[int], steps: Sequence[Step]) -> list[tuple[int, list[int]]]:
    """For each run where it begins, and its members with the strays that would fit as well."""
    out: list[tuple[int, list[int]]] = []
    for number in range(max(run, default=-1) + 1):
        members = [n for n, own in enumerate(run) if own == number]
        first = members[0]
        # Back to where the run's heading or the run before it stands.
        begin = first
        while begin > 0 and not steps[begin].after_break and run[begin - 1] == -1:
            begin -= 1
        end = members[-1] + 1
        while end < len(run) and run[end] == -1 and not steps[end].after_break:
            end += 1
        bounds = [begin - 1, *members, end]
        rivals = [
            n
            for before, own, after in zip(bounds, members, bounds[2:], strict=False)
            for n in range(before + 1, after)
            if run[n] == -1 and steps[n].rank == steps[own].rank
        ]
        out.append((begin, sorted({*members, *rivals})))
    return out


def _group(
    members: Sequence[int],
    begin: int,
    flow: Sequence[tuple[Section, int]],
    steps: Sequence[Step],
    headings: Sequence[ThemeHeading],
    trust: float,
) -> Group:
    indices = tuple(flow[n][1] for n in members)
    first = flow[begin][0]
    if first.in_matrix:
        return Group(indices, frozenset({first.theme}), 1.0)
    if not steps[begin].after_break:
        return Group(indices, frozenset(), trust)
    after = flow[begin - 1][0].start if begin else -1
    between = {h.theme for h in headings if after < h.start < first.start}
    if not between and first.under:
        between = {first.under}
    return Group(indices, frozenset(between), trust)


def _stretch(section: Section) -> tuple[str, int, int]:
    """What heading, table and row a section stands under."""
    return section.under, section.place.table, section.place.row
