"""How the lists of each slot speak, learnt from those that are sure.

Lists of one slot speak alike in whatever they speak of: the first stage says what is not,
the last what is always, advice says "you". So the words between the content words tell.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from breakthrough_extract.language import function_words
from breakthrough_extract.recognise.interleaved.pieces import Run

Tone = Mapping[str, float]  # slot → how much more a run speaks like it than like the usual

PRIOR = 30.0  # words that each slot is believed to share with all others
TRUST = 0.25  # words of one text do not come independently
LOUDEST = 2.0


def tones_of(runs: Sequence[Run], chains: Sequence[Sequence[int]]) -> list[Tone]:
    """The tone of each run, judged by the chains that it is not part of."""
    words = [Counter(function_words(run.text)) for run in runs]
    sure = {chain[0]: chain for chain in chains if len(chain) > 1 and runs[chain[0]].slot}
    homes = {run: head for head, chain in sure.items() for run in chain}
    return [
        _tone(words[n], _voices(runs, words, (c for h, c in sure.items() if h != homes.get(n))))
        for n in range(len(runs))
    ]


def _voices(
    runs: Sequence[Run], words: Sequence[Counter[str]], chains: Iterator[Sequence[int]]
) -> dict[str, Counter[str]]:
    voices: dict[str, Counter[str]] = {}
    for chain in chains:
        voice = voices.setdefault(runs[chain[0]].slot if runs[chain[0]].slot == 'breakthrough_points' else 'stage', Counter())
        for run in chain:
            voice.update(words[run])
    return voices


def _tone(words: Counter[str], voices: Mapping[str, Counter[str]]) -> Tone:
    if len(voices) < 2:
        return {}
    usual: Counter[str] = Counter()
    for voice in voices.values():
        usual.update(voice)
    total = usual.total()
    scores = {
        slot: TRUST
        * math.fsum(
            count
            * math.log((voice[word] + PRIOR * usual[word] / total) / (voice.total() + PRIOR))
            for word, count in sorted(words.items())
            if word in usual
        )
        for slot, voice in sorted(voices.items())
    }
    mean = math.fsum(scores.values()) / len(scores)
    return {slot: max(-LOUDEST, min(LOUDEST, score - mean)) for slot, score in scores.items()}
