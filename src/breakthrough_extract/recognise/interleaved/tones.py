"""Whether a run speaks like the list beside the stages, or like a stage.

Stages describe, the list beside them advises, in whatever they speak of: the words between
the content words tell. What they are is learnt from the lists of the text that are sure.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from breakthrough_extract.language import function_words
from breakthrough_extract.recognise.interleaved.pieces import Run

SHARED = 30.0  # words that both voices are believed to have in common
TRUST = 0.25  # words of one text do not come independently
LOUDEST = 2.0


def tones_of(runs: Sequence[Run], chains: Sequence[Sequence[int]], list_slot: str) -> list[float]:
    """For each run how much more it speaks like the list (above 0) or like a stage (below 0),
    judged by the chains (indices of runs) of which it is none."""
    words = [Counter(function_words(run.text)) for run in runs]
    sure = [chain for chain in chains if len(chain) > 1 and runs[chain[0]].slot]
    homes = {run: n for n, chain in enumerate(sure) for run in chain}
    spoken = [sum((words[run] for run in chain), Counter[str]()) for chain in sure]
    lists = [runs[chain[0]].slot == list_slot for chain in sure]
    out: list[float] = []
    for n, own in enumerate(words):
        others = [m for m in range(len(sure)) if m != homes.get(n)]
        advice = sum((spoken[m] for m in others if lists[m]), Counter[str]())
        stages = sum((spoken[m] for m in others if not lists[m]), Counter[str]())
        out.append(_likelier(own, advice, stages) if advice and stages else 0.0)
    return out


def _likelier(own: Counter[str], one: Counter[str], other: Counter[str]) -> float:
    """How much likelier the words are in the one voice than in the other: a log ratio."""
    both = one + other
    odds = TRUST * math.fsum(
        count * (_log_share(word, one, both) - _log_share(word, other, both))
        for word, count in sorted(own.items())
        if word in both
    )
    return max(-LOUDEST, min(LOUDEST, odds))


def _log_share(word: str, voice: Counter[str], both: Counter[str]) -> float:
    return math.log((voice[word] + SHARED * both[word] / both.total()) / (voice.total() + SHARED))
