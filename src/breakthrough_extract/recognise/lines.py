"""What each line of a block is: a label, a theme heading, furniture, a note, or text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from breakthrough_extract.document import Block, BlockKind, Passage
from breakthrough_extract.language import LabelMatcher, contained, squash
from breakthrough_extract.profile import Profile
from breakthrough_extract.punctuation import FULL_STOP
from breakthrough_extract.recognise.run_in import (
    HEADING_AND_QUOTE,
    LONGEST_COMPLAINT,
    LONGEST_LABEL,
    OPENING,
    RunIn,
)

QUOTED = re.compile(r"^['‘\"“«].*['’\"”»]$", re.DOTALL)
NOTE = re.compile(r"^Note\s*[:.]|^[*†‡§]+\s*\w|^[†‡§]", re.IGNORECASE)  # "note" alone is a verb too
PAGE_NUMBER = re.compile(r"^(?:page\s+)?[-–—\s]*\d{1,4}[-–—\s]*(?:of\s+\d{1,4})?$", re.IGNORECASE)
LONGEST_NAME = 2  # lines of a theme's name before its last
# Letters a broken running head must show to be believed anywhere in the title; a shorter one
# must be the title's head or tail.
SURE_FRAGMENT = 4
SAME_HEAD = 0.92  # share of a line's letters that must be the running head's
MOST_REPEATS = 6  # a longer line is no running head, however often it is said


class What(Enum):
    """What a line or a run of lines is."""

    LABEL = auto()
    HEADS = auto()  # the labels of all columns in one line
    THEME = auto()
    COMPLAINT = auto()
    FURNITURE = auto()
    NOTE = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Line:
    """A line, or the lines of a block that nothing parts, with what it is."""

    what: What
    text: Passage
    block: Block
    name: str = ""  # slot of a label, slots of a row of labels, id of a theme
    theme: str = ""  # of a label: the theme that the head of its column or chapter names


class Names:
    """The names of a profile, ready to be found."""

    def __init__(self, profile: Profile) -> None:
        self.label = LabelMatcher({s.id: (s.name, *s.aliases) for s in profile.slots})
        self.theme = LabelMatcher({t.id: (t.name, *t.aliases) for t in profile.themes})
        spellings = [name for slot in profile.slots for name in (slot.name, *slot.aliases)]
        self.label_starts = {squash(name.split()[0]) for name in spellings}
        # Letter-spaced labels are twice as long, and the first column may have a head too.
        self.longest_row = 2 * sum(map(len, spellings)) + LONGEST_COMPLAINT
        self.complaints = profile.complaints
        self.run_in = RunIn(
            self.label,
            self.theme,
            frozenset(self.label_starts),
            self.longest_row,
            self.complaints,
        )
        self.titles = [squash(head) for head in profile.running_heads]

    def lines(self, block: Block) -> Iterator[Line]:
        """`block`, cut where a line of it is a label, a heading or a running head."""
        if block.aside:
            yield Line(What.FURNITURE, block.text, block)
            return
        listed = block.kind == BlockKind.ITEM
        whole = [] if listed else self._special(block.text, block, first=True)
        if whole:
            yield from whole
            return
        run: list[Passage] = []
        parts = self._whole_names(self._labels_apart(list(block.text.lines())))
        before = What.TEXT if listed else What.LABEL  # a label or a heading is no list item
        for part, after in zip(parts, [*parts[1:], None], strict=True):
            first = before != What.TEXT or self._heads(part, run, after)
            special = self._special(part, block, first)
            if special and all(line.what == What.FURNITURE for line in special):
                yield from special  # a running head parts a page, not the text that goes on
                continue
            if run and (special or NOTE.match(part.folded)):
                yield self._plain(run, block)
                run = []
            before = special[-1].what if special else What.TEXT
            yield from special
            if not special:
                run.append(part)
            else:  # what follows a heading is no more of the item
                block = replace(block, kind=BlockKind.PARAGRAPH)
        if run:
            yield self._plain(run, block)

    def joined(self, lines: Iterable[Line]) -> list[Line]:
        """`lines`, a theme's name that stands in two blocks, one below the other, made one; so
        an item and the "and" after it that stands alone."""
        out: list[Line] = []
        for line in lines:
            if out and _joins_next(out[-1], line):
                out[-1] = replace(out[-1], text=Passage.join((out[-1].text, line.text)))
                continue
            both = self._two_block_name(out[-1], line) if out else []
            if both:
                out.pop()
            out += both or [line]
        return out

    def _two_block_name(self, one: Line, other: Line) -> list[Line]:
        texts = one.what == other.what == What.TEXT
        marked = BlockKind.ITEM in (one.block.kind, other.block.kind)
        place, there = one.block.place, other.block.place
        apart = (place.region, place.table) != (there.region, there.table)
        if not texts or marked or apart or len(one.text.text) > LONGEST_COMPLAINT:
            return []
        name, *rest = self._whole_names([one.text, *other.text.lines()])
        theme = self.theme(name.folded)
        if not theme:
            return []
        heading = Line(What.THEME, name, one.block, theme)
        return [heading, *([self._plain(rest, other.block)] if rest else [])]

    def _whole_names(self, parts: list[Passage]) -> list[Passage]:
        """`parts`, a theme's name or complaint that was broken over lines made one."""
        out: list[Passage] = []
        for part in parts:
            held = self._name_lines(out, part)
            if not held and self._is_quote_cut(out, part):
                held = 1
            out[len(out) - held :] = [Passage.join((*out[len(out) - held :], part))]
        return out

    def _name_lines(self, before: list[Passage], part: Passage) -> int:
        """How many of the lines before `part` begin a theme's name that it ends."""
        if len(part.text) > LONGEST_COMPLAINT or self.theme(part.folded):
            return 0
        for held in range(1, min(LONGEST_NAME, len(before)) + 1):
            name = Passage.join((*before[-held:], part)).folded
            if self.theme(name):
                return held
        return 0

    def _labels_apart(self, lines: list[Passage]) -> list[Passage]:
        """`lines`, those in two that begin with a label in capitals, then with a sentence:
        converters write a narrow column's label and the next column's first line so."""
        out: list[Passage] = []
        for line in (part for whole in lines for part in self.run_in.after_sentences(whole)):
            begun = bool(out) and self._begins_label(out[-1].text)
            whole = Passage.join((out[-1], line)) if begun else line
            end = self.run_in.label_end(whole.text)
            if begun and (end or self.label(whole.folded)):
                out.pop()
                line = whole  # noqa: PLW2901
            out += [line[:end], line[end:].strip()] if end else [line]
        return out

    def _begins_label(self, text: str) -> bool:
        """Whether a line is the first words of a label, in capitals."""
        return text.isupper() and squash(text) in self.label_starts and not self.label(text)

    def _is_quote_cut(self, before: list[Passage], part: Passage) -> bool:
        """Whether `part` goes on with a complaint that the line before it began."""
        if not self.complaints or len(before) < 2 or not self.theme(before[-2].folded):
            return False
        begun = before[-1].folded
        fits = len(begun) + len(part.text) < LONGEST_COMPLAINT
        return begun[0] in OPENING and not QUOTED.match(begun) and fits

    def _heads(self, part: Passage, before: list[Passage], after: Passage | None) -> bool:
        """Whether a line in the middle of a block heads what follows: a theme's name above its
        complaint or above a stage label, or after the end of a list."""
        if not self.theme(part.folded):
            return False
        if before and FULL_STOP.search(before[-1].text):
            return True
        if after is None:
            return False
        quoted = self.complaints and after.text[0] in OPENING
        return quoted or bool(self.label(after.folded))

    def _plain(self, run: list[Passage], block: Block) -> Line:
        text = Passage.join(run)
        if block.kind != BlockKind.ITEM and self._is_complaint(text.folded):
            return Line(What.COMPLAINT, text, block)
        return Line(What.NOTE if NOTE.match(text.folded) else What.TEXT, text, block)

    def _special(self, text: Passage, block: Block, first: bool) -> list[Line]:
        """What `text` is if it is no running text. `first`: nothing of the block's own
        running text stands before it."""
        folded = text.folded
        slot = self.label(folded)
        if slot and (first or folded.isupper()):
            return [Line(What.LABEL, text, block, slot)]
        listed = block.kind == BlockKind.ITEM
        if self._is_furniture(folded, whole=listed):
            return [Line(What.FURNITURE, text, block)]
        slots = self._head_row(folded)
        if slots:
            return [Line(What.HEADS, text, block, " ".join(slots))]
        if not first:
            return []
        theme = self.theme(folded)
        if theme:
            return [Line(What.THEME, text, block, theme)]
        if self._is_complaint(folded):
            return [Line(What.COMPLAINT, text, block)]
        both = HEADING_AND_QUOTE.match(text.text.strip()) if self.complaints else None
        theme = self.theme(both["name"]) if both else ""
        if both and theme:
            body = text.strip()
            name, quote = body[: both.end("name")], body[both.start("quote") :]
            return [
                Line(What.THEME, name, block, theme),
                Line(What.COMPLAINT, quote, block),
            ]
        return []

    def _head_row(self, folded: str) -> list[str]:
        """The slots that a line names if it is nothing but labels, and at most one word more:
        what the first column is called."""
        if len(folded) > self.longest_row:
            return []
        words = [squash(word) for word in folded.split()]
        if sum(word in self.label_starts for word in words) < 2:
            return []
        slots: list[str] = []
        others = at = 0
        while at < len(words):
            ends = range(min(at + LONGEST_LABEL, len(words)), at, -1)
            end = next((n for n in ends if self.label("".join(words[at:n]))), 0)
            if end:
                slots.append(self.label("".join(words[at:end])))
            others += not end and bool(words[at])
            at = end or at + 1
        whole = len(slots) > 1 and len(set(slots)) == len(slots) and others <= 1
        return slots if whole else []

    def _is_complaint(self, folded: str) -> bool:
        short = self.complaints and len(folded) <= LONGEST_COMPLAINT
        return short and bool(QUOTED.match(folded))

    def _is_furniture(self, folded: str, whole: bool) -> bool:
        """Whether a line is a running head or a page number. `whole`: a piece of a running
        head is not enough, as it stands where a list has its items."""
        if PAGE_NUMBER.match(folded):
            return True
        letters = squash(folded)
        titles = [title for title in self.titles if not whole or len(title) <= len(letters)]
        return bool(letters) and any(_repeats(title, letters) for title in titles)


def _joins_next(one: Line, other: Line) -> bool:
    """Whether `other` is no more than the word between an item and the last."""
    listed = one.what == other.what == What.TEXT and one.text.text.endswith(";")
    return listed and other.text.text in ("and", "or")


def _repeats(title: str, letters: str) -> bool:
    """Whether `letters` are `title` again and again, cut off anywhere at either end."""
    if len(letters) < SURE_FRAGMENT:
        return len(letters) > 1 and (title.startswith(letters) or title.endswith(letters))
    row = title * (len(letters) // len(title) + 2)
    if letters in row:
        return True
    comparable = len(title) // 2 < len(letters) <= MOST_REPEATS * len(title)
    return comparable and contained(letters, row) > SAME_HEAD
