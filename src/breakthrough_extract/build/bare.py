"""Texts as they are published. Each function returns the passage with its edits."""

from __future__ import annotations

import re

from breakthrough_extract.document import BY_HAND, Change, Passage
from breakthrough_extract.punctuation import ABBREVIATED, NOTE_MARK

# What stands at the end of a list item because it is one of a list.
LISTED_WORD = re.compile(r"(?<=[;,])\s*(?:and|or)\s*$|[;,]\s*$|(?<![.…])\.\s*$")
REACH = 200  # characters; what stands at a text's end is no longer than this
FINAL_COLON = re.compile(r"\s*:\s*$")
QUOTE_MARKS = "'‘’\"“”«»"
NOTE_HEAD = re.compile(r"^\s*[*†‡§]+\s*")


def bare_item(passage: Passage) -> Passage:
    """An item without the punctuation that makes it one of a list."""
    passage = passage.strip()
    text = passage.text
    end = len(text)
    while not ABBREVIATED.search(text, max(end - REACH, 0), end):
        found = LISTED_WORD.search(text, max(end - REACH, 0), end)
        if not found or found.start() == 0 or by_hand(passage, found.start(), found.end()):
            break
        end = found.start()
    return passage.replace(end, len(text), "", "list-punctuation") if end < len(text) else passage


def bare_headline(passage: Passage) -> Passage:
    """A headline without its final colon and the marks of its notes."""
    passage = passage.strip()
    passage = passage.replace_all(
        Change(*mark.span(), "", "note-mark")
        for mark in NOTE_MARK.finditer(passage.text)
        if not by_hand(passage, *mark.span())
    )
    found_colon = FINAL_COLON.search(passage.text)
    if found_colon and not by_hand(passage, found_colon.start(), found_colon.end()):
        passage = passage.replace(found_colon.start(), found_colon.end(), "", "final-colon")
    return passage


def unquoted(passage: Passage) -> Passage:
    """A complaint without its quotation marks."""
    passage = passage.strip()
    text = passage.text
    quoted = len(text) > 1 and text[0] in QUOTE_MARKS and text[-1] in QUOTE_MARKS
    if quoted and not by_hand(passage, 0, 1) and not by_hand(passage, len(text) - 1, len(text)):
        passage = passage.replace(len(text) - 1, len(text), "", "quotation-marks")
        passage = passage.replace(0, 1, "", "quotation-marks")
    return passage


def unmarked_note(passage: Passage) -> Passage:
    """A note without the mark that ties it to its word."""
    passage = passage.strip()
    found = NOTE_HEAD.match(passage.text)
    if not found or by_hand(passage, 0, found.end()):
        return passage
    return passage.replace(0, found.end(), "", "note-mark")


def by_hand(passage: Passage, start: int, end: int) -> bool:
    """Whether a person said how some of `text[start:end]` reads: then nothing is taken off."""
    at = 0
    for piece in passage.pieces:
        stop = at + len(piece.text)
        if piece.rule == BY_HAND and at < end and stop > start:
            return True
        at = stop
    return False
