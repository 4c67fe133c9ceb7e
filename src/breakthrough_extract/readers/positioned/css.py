"""Style sheets and attributes: what is declared about an element, and how text is set by it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from bs4 import Tag

from breakthrough_extract.readers.html import ATTRIBUTE, BOLD_TAGS, HEADINGS, ITALIC_TAGS
from breakthrough_extract.readers.positioned.nouns import Setting

STYLE_SHEET = re.compile(r"<style\b[^<>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
CSS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
CSS_NOISE = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
SELECTOR = re.compile(r"^[A-Za-z][\w-]*$|^(?:[A-Za-z][\w-]*)?[.#][\w-]+$")
LENGTH = re.compile(r"^\s*(-?[0-9]{1,7}(?:\.[0-9]{1,20})?)\s*(px|pt)?\s*$")
BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
WEIGHT = re.compile(r"[0-9]{3,4}")
BOLD_WEIGHT = 600  # CSS: semi-bold and up
# pdftohtml numbers fonts through the document and puts the page's number before; a page's
# style sheet holds only those that no page before it had.
FONT_CLASS = re.compile(r"^ft(\d+)$")
FONT_SPEC = re.compile(r"<fontspec\b([^<>]*)>", re.IGNORECASE)
# `pdftohtml -xml` says in attributes what the others say in styles.
SAID_BY_ATTRIBUTES = {
    "page": ("width", "height"),
    "text": ("top", "left", "width", "height"),
}
PAGE_DIV = re.compile(r"""\bid\s*=\s*["']?page(\d+)-div""")

Css = Mapping[str, str]


def _declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value.strip()}


def style_sheet(text: str) -> dict[str, dict[str, str]]:
    """Declarations by simple selector (tag, .class, #id); others select nothing here."""
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for sheet in STYLE_SHEET.finditer(text):
        follows = PAGE_DIV.search(text, sheet.end())
        page = follows.group(1) if follows else ""
        for rule in CSS_RULE.finditer(CSS_NOISE.sub("", sheet.group(1))):
            for selector in rule.group(1).split(","):
                if SELECTOR.match(selector.strip()):
                    name = re.sub(r"^[^.#]+(?=[.#])", "", selector.strip())
                    out[_font(name[1:], page) or name].update(_declarations(rule.group(2)))
    for spec in FONT_SPEC.finditer(text):
        said = {found[1].lower(): found[2].strip("\"'") for found in ATTRIBUTE.finditer(spec[1])}
        how = {"font-size": said.get("size", ""), "font-family": said.get("family", "")}
        out[f"font {said.get('id', '')}"].update(how)
    return out


def _font(name: str, page: str) -> str:
    """The key of the font that a class of pdftohtml's names; "" if it names none."""
    numbers = FONT_CLASS.match(name)
    if not page or not numbers or not numbers.group(1).startswith(page):
        return ""
    return "font " + numbers.group(1)[len(page) :]


def css_of(tag: Tag, sheet: Mapping[str, Css], page: str) -> dict[str, str]:
    """The declarations that hold for `tag` on that page, its own last."""
    classes = tag.get("class") or ""
    names = classes.split() if isinstance(classes, str) else list(classes)
    selectors = (
        tag.name,
        *(_font(name, page) or f".{name}" for name in names),
        f"#{tag.get('id', '')}",
        f"font {tag.get('font', '')}",
    )
    said = SAID_BY_ATTRIBUTES.get(tag.name, ())
    out = {name: str(tag[name]) for name in said if tag.has_attr(name)}
    for selector in selectors:
        out.update(sheet.get(selector, {}))
    out.update(_declarations(str(tag.get("style", ""))))
    return out


def length(css: Css, name: str) -> float | None:
    """That length in the file's own unit: files mix pixels and points not at all."""
    found = LENGTH.match(css.get(name, ""))
    return float(found.group(1)) if found else None


def setting_of(tag: Tag, css: Css, parent: Setting) -> Setting:
    face = css.get("font-family", "")
    weight = css.get("font-weight", "")
    bold = tag.name in BOLD_TAGS or tag.name in HEADINGS or bool(BOLD_NAME.search(face + weight))
    bold = bold or (bool(WEIGHT.fullmatch(weight)) and int(weight) >= BOLD_WEIGHT)
    italic = tag.name in ITALIC_TAGS or bool(ITALIC_NAME.search(face + css.get("font-style", "")))
    size, line = length(css, "font-size") or 0.0, length(css, "line-height") or 0.0
    return Setting(
        size=size if size > 0 else parent.size,
        line=line if line > 0 else parent.line,
        bold=parent.bold or bold,
        italic=parent.italic or italic,
        face=face or parent.face,
    )
