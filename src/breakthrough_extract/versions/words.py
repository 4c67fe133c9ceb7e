"""Two wordings, word by word: what was left, what was taken out, what was put in.

The longest common run of words first, then what is left of it and right of it (Ratcliff and
Metzener 1988, "Pattern matching: the gestalt approach", as in Python's difflib). Then changes
that only a few common words part are joined, as in the semantic clean-up of Fraser's
diff-match-patch (2006): a reader follows one longer replacement more easily than three
scattered words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from breakthrough_extract.language import content_words
from breakthrough_extract.versions.changes import Hunk

# A word with the white space before it. Apostrophes and hyphens inside it are part of it.
TOKEN = re.compile(r"(\s*)(\w+(?:['’\-‐‑]\w+)*|[^\w\s]|$)")
CONTENT = 3  # a common word that carries content parts two changes as well as so many others


def hunks(old: str, new: str) -> tuple[Hunk, ...]:
    """The runs that are the same and those that are not, in turns; none if the texts are equal."""
    if old == new:
        return ()
    if new < old:  # one direction is computed and the other mirrored, so that they agree
        return tuple(Hunk(old=hunk.new, new=hunk.old) for hunk in hunks(new, old))
    return tuple(Hunk(old=one, new=other) for one, other in _joined(_runs(old, new)))


Run = tuple[str, str]  # the old words, the new words


def _runs(old: str, new: str) -> Iterator[Run]:
    """The texts cut where they begin and cease to agree."""
    ours, theirs = TOKEN.findall(old), TOKEN.findall(new)
    matcher = SequenceMatcher(
        None, [word for _, word in ours], [word for _, word in theirs], autojunk=False
    )
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield _text(ours[i:j]), _text(theirs[k:m])
            continue
        for one, other in zip(ours[i:j], theirs[k:m], strict=True):
            if one[0] != other[0]:  # the white space before the word alone
                yield one[0], other[0]
                yield one[1], other[1]
            else:
                yield one[0] + one[1], other[0] + other[1]


def _text(tokens: Iterable[tuple[str, str]]) -> str:
    return "".join(space + word for space, word in tokens)


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one sort made one, and changes joined over what hardly parts them."""
    out: list[Run] = []
    for run in _merged(runs):
        if len(out) > 1 and not _same(run) and _is_bridge(out[-2], out[-1], run):
            common, before = out.pop(), out.pop()
            out.append((before[0] + common[0] + run[0], before[1] + common[1] + run[1]))
        else:
            out.append(run)
    return [run for run in _shifted(out) if any(run)]


def _merged(runs: Iterable[Run]) -> list[Run]:
    out: list[Run] = []
    for run in runs:
        if out and _same(out[-1]) == _same(run):
            out[-1] = (out[-1][0] + run[0], out[-1][1] + run[1])
        elif any(run):
            out.append(run)
    return out


def _same(run: Run) -> bool:
    return run[0] == run[1]


def _is_bridge(before: Run, common: Run, after: Run) -> bool:
    """Whether what is common between two changes weighs no more than each of them."""
    cost = _words(common[0]) + (CONTENT - 1) * len(content_words(common[0]))
    return cost <= min(max(map(_words, before)), max(map(_words, after)))


def _words(text: str) -> int:
    return sum(1 for _, word in TOKEN.findall(text) if word)


def _shifted(runs: list[Run]) -> list[Run]:
    """White space that both sides of a change begin with, given to what stands before."""
    for n, (old, new) in enumerate(runs):
        if n and not _same(runs[n]) and old[:1] == new[:1] == " ":
            runs[n - 1] = (runs[n - 1][0] + " ", runs[n - 1][1] + " ")
            runs[n] = (old[1:], new[1:])
    return runs
