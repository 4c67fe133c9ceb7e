"""Words that a line's end broke, made whole; each join is an edit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from breakthrough_extract.document import Change, Outline, Passage, Section

HYPHEN, NON_BREAKING, SOFT = "\u2010", "\u2011", "\u00ad"
PDFIUM = "\x02\ufffe"  # what pdfium writes for a hyphen at a line's end, the lines joined
# A hyphen or a stroke at the end of a line, and the letter that the next begins with. Where a
# converter joined the lines, a space stands for the line's end: "or- ganisation".
BROKEN = re.compile(
    rf"(?<!\w)(?P<head>\w+)(?:(?P<joined>[{PDFIUM}])\s*|(?P<sign>[-{HYPHEN}{SOFT}/])\s+)(?P<tail>\w+)"
)
SUSPENDED = frozenset(("and", "or", "nor", "to", "but"))  # "short- and long-term" is not broken
LEAST_PROOF = 3  # words known to be broken so that show a document to be hyphenated
LEAST_HEAD, LEAST_TAIL = 3, 2  # letters of the halves of a compound: `follow-up`, not `an-other`
WORD = re.compile(rf"\w+(?:[-{HYPHEN}{NON_BREAKING}]\w+)*")


class Typing(NamedTuple):
    """What the whole document shows of how its lines end."""

    hyphenated: bool = False  # a plain hyphen at a line's end breaks words too
    rejoined: bool = False  # a space stands where lines ended: "under- performance"


PLAIN = Typing()


def mend_line_ends(outline: Outline) -> Outline:
    """`outline` with the words of its sections whole again."""
    sections = outline.sections
    texts = [passage.text for section in sections for passage in (section.headline, *section.items)]
    words = vocabulary(texts)
    how = Typing(is_hyphenated(texts, words), is_rejoined(texts, words))
    return replace(outline, sections=tuple(_mended(section, words, how) for section in sections))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words that stand whole within lines, lower case, hyphens alike."""
    found: set[str] = set()
    for text in texts:
        for line in BROKEN.sub("\n", text).split("\n"):
            found.update(_plain(word) for word in WORD.findall(line))
    return frozenset(found)


def _plain(word: str) -> str:
    return word.lower().replace(HYPHEN, "-").replace(NON_BREAKING, "-").replace(SOFT, "")


def is_hyphenated(texts: Iterable[str], words: frozenset[str]) -> bool:
    """Whether the document shows that a plain hyphen at a line's end breaks words too.

    So it is in scans, and in what TeX makes.
    """
    joined = compounds = 0
    for text in texts:
        for found in BROKEN.finditer(text):
            if found["sign"] == "-":
                joined += _plain(found["head"] + found["tail"]) in words
                compounds += _plain(f"{found['head']}-{found['tail']}") in words
    return joined >= LEAST_PROOF and joined > compounds


def is_rejoined(texts: Iterable[str], words: frozenset[str]) -> bool:
    """Whether words that the document has elsewhere are broken by a hyphen and a space: lines
    ended there before a converter joined them. Once or twice it is the author's slip."""
    proofs = sum(
        _plain(found["head"] + joint + found["tail"]) in words
        for text in texts
        for found in BROKEN.finditer(text)
        if found["sign"] and "\n" not in found.group()
        for joint in ("", "-")
    )
    return proofs >= LEAST_PROOF


def _mended(section: Section, words: frozenset[str], how: Typing) -> Section:
    return replace(
        section,
        headline=whole(section.headline, words, how),
        items=tuple(whole(item, words, how) for item in section.items),
        notes=tuple(whole(note, words, how) for note in section.notes),
        prose=tuple(whole(text, words, how) for text in section.prose),
        lists=tuple(
            replace(entry, items=tuple(whole(item, words, how) for item in entry.items))
            for entry in section.lists
        ),
    )


def whole(passage: Passage, words: frozenset[str], how: Typing = PLAIN) -> Passage:
    """`passage` without breaks inside words.

    Whether the hyphen goes too is decided by what the document has elsewhere: the compound
    keeps it, the joined word loses it. Where it has neither, a hyphen that only typesetters
    write goes, and one that people write stays, unless the document is `hyphenated` and the
    halves are no words of it. Within a line only a hyphen that typesetters write is a break,
    unless the document is `rejoined`.
    """
    changes: list[Change] = []
    for found in BROKEN.finditer(passage.text):
        head, sign, tail = found["head"], found["sign"] or "-", found["tail"]
        if sign != "/" and not (tail[0].islower() or tail[0].isdigit()):
            continue  # "performance –" and a new thought, or a name
        if "\n" not in found.group() and not found["joined"] and not _is_rejoined(found, how):
            continue
        keeps = sign == "/" or _is_compound(head, tail, sign, words, how.hyphenated)
        rule = "line-join" if keeps else "hyphenation"
        start = found.end("sign") if keeps and found["sign"] else found.end("head")
        new = "-" if keeps and found["joined"] else ""
        changes.append(Change(start, found.start("tail"), new, rule))
    return passage.replace_all(changes) if changes else passage


def _is_rejoined(found: re.Match[str], how: Typing) -> bool:
    """Whether a break within a line was the line's end."""
    return found["sign"] in (HYPHEN, SOFT) or (how.rejoined and found["tail"] not in SUSPENDED)


def _is_compound(head: str, tail: str, sign: str, words: frozenset[str], hyphenated: bool) -> bool:
    if sign == SOFT:
        return False
    if _plain(f"{head}-{tail}") in words:
        return True
    if _plain(head + tail) in words or sign == HYPHEN:
        return False
    long_enough = len(head) >= LEAST_HEAD and len(tail) >= LEAST_TAIL
    return not hyphenated or (long_enough and {_plain(head), _plain(tail)} <= words)
