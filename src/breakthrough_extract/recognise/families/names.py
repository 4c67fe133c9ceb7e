"""Labels read against a profile: the stage, the theme, the list that a line names.

A label may name a stage in more than one way at once (`Level 2, Managed`), a stage with its
headline (`Level 2 – Documented`), a theme with its code (`Design Review (DR)`), or theme and
stage together (`Design Review: DR2`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from breakthrough_extract.profile import PLUS, Label, Profile, Role
from breakthrough_extract.wordlists import table, words

if TYPE_CHECKING:
    from breakthrough_extract.recognise.families.nouns import Cell, Head

WORD = re.compile(r"[^\W_]+")
SEPARATOR = re.compile(
    r"\s*[—–:：、，,;()（）\[\]/|·→⟶]\s*|\s+[-−=]+\s+|(?<=[\w)])\.\s+(?=\w)|\s*\n\s*"
    r"|(?<=[级級段])\s+"
)
# What counts headings, or says what they head: `3. People`, `3.People`, `2.1 People`,
# `300 People`, `B) People`, `Theme 3: People`, `Practice G1: People`, `Element: People`.
COUNT = re.compile(
    r"^\s*(?:(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\.\d{1,2}|[A-Z][.)]|\([a-z0-9]\))\s+"
    r"|\d{1,2}[.)](?=[^\W\d_]{2})|[1-9]00\s+(?=[^\W\d_]{2})"
    rf"|(?i:{'|'.join(sorted(words('theme_words')))})"
    r"(?:\s+(?:[A-Z]{0,3}\d{1,2}(?:\.\d{1,2})*|[A-Z]{1,3})\s*[:.–—-]|\s*:)\s*)"
)
GLOSS = re.compile(r"\s*[(（][^()（）\n]{1,40}[)）]")  # behind a stage's name: `Level 1 (Basic): …`
CODE = re.compile(r"^([^\W\d_]{1,5})[\s.-]{0,2}(\d{1,2})$")
FIRST = re.compile(r"[\W_]*([\w’']+)")  # the first word of a text, and the signs before it
FIGURED = re.compile(r"[^\W\d_]{1,12}\s?\d{1,2}(?=\s+[^\W\d])")
# A code before a name, which need not be one of the profile's: `IC1 - Gardener`, `G2: Gardener`,
# `T2/G2: Gardener`, `Level 200 - Gardener`.
CODED = re.compile(
    r"(?:[A-Z]{1,5}|([^\W\d_]{1,12}))\s?\d{1,3}(?:\s*(?:[:：–—]|\s-)\s+|/)(?=[^\W\d])"
)
LONGEST_TITLE = 6  # words
LONGEST_LABEL = 160  # characters; a longer line is text
FUNCTION = frozenset(("and", "of", "the", "for", "in", "to", "a"))


@lru_cache(maxsize=1 << 14)
def key(text: str) -> str:
    """The words of `text`, without case and signs: what two spellings of a label share."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    plain = PLUS.sub(" plus", plain)
    return " ".join(WORD.findall(plain.replace("’", "").replace("'", "")))


@lru_cache(maxsize=1)
def usual_roles() -> dict[str, Role]:
    """What the labels of rows and lists usually mean."""
    roles = table("list_words")
    return {key(label): Role(role) for role, labels in roles.items() for label in labels}


def uncounted(text: str) -> str:
    """A label without the figure that counts it."""
    found = COUNT.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def initials(name: str) -> str:
    """The initials of a name, small words left out: `Design Review` → `dr`."""
    return "".join(word[0] for word in key(name).split() if word not in FUNCTION)


def suffixes(label: str) -> Iterator[tuple[str, str]]:
    """The ways to part a label at a sign: what stands before, and the rest."""
    for found in SEPARATOR.finditer(label):
        before, rest = label[: found.start()].strip(), label[found.end() :].strip()
        if before and rest:
            yield before, rest


class Segment(NamedTuple):
    start: int
    end: int


@dataclass(frozen=True)
class Said:
    """What a line names."""

    stage: str = ""
    themes: tuple[str, ...] = ()
    group: str = ""
    kind: str = ""
    end: int = 0  # where the label ends in the line, and what it heads begins

    def __bool__(self) -> bool:
        return bool(self.stage or self.themes or self.group or self.kind)


class Names:
    """The names of a profile, ready to be found."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.known: dict[str, Said] = {}  # what was read already: families ask again and again
        self.cells: dict[int, tuple[Cell, Head]] = {}  # by identity: what cells were read as
        self.stages = _stage_names(profile)
        self.numbers = {number: stage.id for number, stage in _numbered(profile)}
        # Where stages are mere figures, any code before one names it: `PP-2`.
        self.are_figures = all(stage.name.isdigit() for stage in profile.stages)
        self.themes: dict[str, tuple[str, ...]] = {}
        self.codes: dict[str, str] = {}
        for theme in profile.themes:
            for name in (theme.name, *theme.aliases):
                ids = self.themes.get(key(name), ())
                self.themes[key(name)] = (*ids, *((theme.id,) if theme.id not in ids else ()))
        shorts = [(short, theme.id) for theme in profile.themes for short in _shorts(theme)]
        for short, theme_id in shorts:
            if len({other for code, other in shorts if code == short}) == 1:
                self.codes[short] = theme_id
        self.groups = {key(theme.group): theme.group for theme in profile.themes if theme.group}
        self.group_of = {theme.id: theme.group for theme in profile.themes}
        self.kinds = {
            key(name): label for label in profile.lists for name in (label.name, *label.aliases)
        }

        known = (*self.stages, *self.themes, *self.groups, *self.kinds)
        self.firsts = {name.split()[0] for name in known if name} | {"the"}

    def role(self, label: str) -> Role | None:
        """What the text under a label is; None if nobody says."""
        known = self.kinds.get(key(label))
        return known.role if known else usual_roles().get(key(label))

    def list_name(self, label: str) -> str:
        """How a list is published that stands under `label`."""
        known = self.kinds.get(key(label))
        return known.name if known else label.strip().rstrip(":：").rstrip()

    def whole(self, text: str) -> Said:
        """What `text` names if it is a label and nothing else."""
        said = self.read(text)
        return said if said and said.end == len(text) else Said()

    def read(self, text: str) -> Said:
        """What `text` begins by naming; `end` tells where that ends. Nothing, if it does not."""
        if text not in self.known:
            self.known[text] = self._read(text)
        return self.known[text]

    def _read(self, text: str) -> Said:
        if not text.strip():
            return Said()
        counted = COUNT.match(text)
        start = counted.end() if counted and counted.end() < len(text) else 0
        said = self._said(text, start)
        said = said or (self._said(text, 0) if start else said)
        return said or self._behind_code(text)

    def _behind_code(self, text: str) -> Said:
        """The stage whose name stands behind a code of the document's own."""
        found = CODED.match(text)
        if found and found[1] and key(found[1]) not in words("level_words"):
            return Said()  # `Chapter 2: Gardener` is no stage
        said = self._said(text, found.end()) if found else Said()
        told = said.end == len(text) or (found and found.group().endswith("/"))
        return said if said.stage and told else Said()

    def title(self, text: str) -> Said:
        """The theme that is the last part of a document's title: `Handbook — People`."""
        for _, rest in suffixes(text):
            said = self.whole(rest)
            if said.themes and not said.stage:
                return Said(themes=said.themes, end=len(text))
        return Said()

    def theme_alone(self, text: str) -> Said:
        """The theme that `text` begins with; what follows, a stage's name or not, is text."""
        for before, rest in suffixes(text):
            said = self.whole(before)
            if said.themes and not said.stage:
                return Said(themes=said.themes, end=text.rindex(rest))
        return Said()

    def _may_name(self, text: str, start: int) -> bool:
        """Whether a name may begin there, by its first word: most texts begin with another."""
        found = FIRST.match(text, start)
        if not found or "&" in found.group():
            return True
        first = (key(found[1]) or " ").split(" ")[0]
        code = self.are_figures or first.rstrip("0123456789") in self.codes
        return code or first in self.firsts or bool(FIGURED.match(text, start))

    def _said(self, text: str, start: int) -> Said:
        if not self._may_name(text, start):
            return Said()
        segments = _segments(text[: start + LONGEST_LABEL], start)
        names: list[tuple[Segment, Said]] = []
        at = 0
        while at < len(segments):
            end, found = self._longest(text, segments, at)
            if not found or not _agree([said for _, said in names], found):
                break
            names.append((Segment(segments[at].start, segments[end - 1].end), found))
            at = end
        if not names:
            return self._titled(text, start)
        parts = [said for _, said in names]
        gloss = GLOSS.match(text, names[-1][0].end) if parts[-1].stage else None
        while gloss and at < len(segments) and segments[at].start < gloss.end():
            at += 1
        cut = len(text) > start + LONGEST_LABEL
        if at == len(segments) and cut:
            return Said()
        rest = text[segments[at].start :] if at < len(segments) else ""
        stage = next((part.stage for part in parts if part.stage), "")
        themes = next((part.themes for part in parts if part.themes), ())
        whole = not rest or (not stage and _is_aside(text, segments[at:], rest))
        return Said(
            stage,
            themes,
            next((part.group for part in parts if part.group), ""),
            next((part.kind for part in parts if part.kind), ""),
            len(text) if whole else segments[at].start,
        )

    def _titled(self, text: str, start: int) -> Said:
        """The stage whose figure a short label begins with: `IC1 Gardener`, `Level 2 skills`."""
        found = FIGURED.match(text, start)
        short = len(text.split()) <= LONGEST_TITLE and not text.rstrip().endswith((".", ";"))
        stage = self.stages.get(key(found.group()), "") if found and short else ""
        return Said(stage=stage, end=len(text)) if stage else Said()

    def _longest(self, text: str, segments: Sequence[Segment], at: int) -> tuple[int, Said]:
        for end in range(len(segments), at, -1):
            found = self._name(text[segments[at].start : segments[end - 1].end])
            if found:
                return end, found
        return at, Said()

    def _name(self, text: str) -> Said:
        """What `text`, as one name, names."""
        if len(text) > LONGEST_LABEL:
            return Said()
        code = CODE.match(text.strip())
        if code and code[1].casefold() in self.codes and int(code[2]) in self.numbers:
            theme = self.codes[code[1].casefold()]
            return Said(stage=self.numbers[int(code[2])], themes=(theme,))
        if code and self.are_figures and code[1].isupper() and len(code[1]) > 1:
            return Said(stage=self.numbers.get(int(code[2]), ""))
        name = key(text)
        return self._known(name) or self._known(name.removeprefix("the "))

    def _known(self, name: str) -> Said:
        if name in self.stages:
            return Said(stage=self.stages[name])
        if name in self.themes:
            return Said(themes=self.themes[name])
        if name in self.groups:
            return Said(group=self.groups[name])
        return Said(kind=self.kinds[name].name) if name in self.kinds else Said()

    def mentioned(self, sentence: str) -> str:
        """The one stage that a sentence mentions by its name; "" if none or several."""
        words = f" {key(sentence)} "
        found = {
            stage.id
            for stage in self.profile.stages
            for name in (stage.name, *stage.aliases)
            if not key(name).isdigit() and f" {key(name)} " in words
        }
        return found.pop() if len(found) == 1 else ""


def _agree(before: list[Said], found: Said) -> bool:
    """Whether a further part of a label goes with those before it."""
    stages = {said.stage for said in (*before, found) if said.stage}
    themes = {said.themes for said in (*before, found) if said.themes}
    return len(stages) <= 1 and len(themes) <= 1


@lru_cache(maxsize=1 << 13)
def _segments(text: str, start: int) -> tuple[Segment, ...]:
    """The parts of a line between signs, each without white space at its ends."""
    out: list[Segment] = []
    at = start
    for found in SEPARATOR.finditer(text, start):
        if text[at : found.start()].strip():
            out.append(Segment(at, found.start()))
        at = found.end()
    if text[at:].strip():
        out.append(Segment(at, len(text.rstrip())))
    return tuple(out)


def _is_aside(text: str, segments: Sequence[Segment], rest: str) -> bool:
    """Whether what follows a theme's name leaves it that name: brackets, a code, a count."""
    before = text[: segments[0].start].rstrip()
    bracketed = before.endswith(("(", "[", "（")) and rest.rstrip().endswith((")", "]", "）"))
    return bracketed or (len(rest) <= 4 and rest.strip().isupper())


def _numbered(profile: Profile) -> list[tuple[int, Label]]:
    """The figure of each stage: its own, or the one in its name, or its place."""
    figures = [re.findall(r"\d+", stage.name) for stage in profile.stages]
    named = [int(found[0]) for found in figures if len(found) == 1]
    if len(named) < len(figures) or len(set(named)) < len(named):
        named = list(range(1, len(figures) + 1))
    return [
        (named[n] if stage.number is None else stage.number, stage)
        for n, stage in enumerate(profile.stages)
    ]


def _stage_names(profile: Profile) -> dict[str, str]:
    """All ways to write each stage, as keys; a name goes before what is made from figures."""
    names = {
        key(name): stage.id for stage in profile.stages for name in (stage.name, *stage.aliases)
    }
    levels = sorted(words("level_words"))
    for number, stage in _numbered(profile):
        for word in levels:
            for made in (f"{word} {number}", f"{word}{number}", f"maturity {word} {number}"):
                names.setdefault(key(made), stage.id)
            for name in (stage.name, *stage.aliases):
                for made in (f"{name} {word}", f"{word} {name}", f"{word} {number} {name}"):
                    names.setdefault(key(made), stage.id)
        for name in (stage.name, *stage.aliases):
            names.setdefault(key(f"{number} {name}"), stage.id)
            names.setdefault(key(f"{name} {number}"), stage.id)
        for made in (f"L{number}", f"ML{number}", *_chinese(number, stage)):
            names.setdefault(key(made), stage.id)
    names.pop("", None)
    return names


CHINESE = "零一二三四五六七八九"


def _chinese(number: int, stage: Label) -> Iterator[str]:
    """A stage's figure before the word for level, as Chinese and Japanese write it."""
    figures = [str(number), *([CHINESE[number]] if 0 <= number < len(CHINESE) else [])]
    for figure in figures:
        for word in sorted(words("level_words")):
            if not word.isascii():
                for made in (f"{figure}{word}", f"第{figure}{word}"):
                    yield made
                    yield from (f"{made} {name}" for name in (stage.name, *stage.aliases))


def _shorts(theme: Label) -> set[str]:
    """The short names of a theme that stand before a figure: its code, its initials."""
    names = (theme.name, *theme.aliases)
    made = {initials(name) for name in names if len(initials(name)) > 1}
    return {theme.code.casefold(), *made, *(a.casefold() for a in theme.aliases if len(a) <= 5)}
