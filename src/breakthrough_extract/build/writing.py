"""Texts of the model: each leaves its record in the register as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from breakthrough_extract.build.bare import bare_headline, bare_item, unquoted
from breakthrough_extract.build.register import Register
from breakthrough_extract.document import Attested, Passage, Settled, SettledList
from breakthrough_extract.ledger import Kind
from breakthrough_extract.model import Indicator, ItemList


@dataclass(frozen=True)
class Writer:
    """`path` is that of what owns the text, as in the published file; `code` its short name."""

    register: Register
    sentences: bool  # whether lists are punctuated as one sentence

    def headline(self, path: str, section: Settled) -> str | None:
        headline = section.headline
        if not headline.text:
            return None
        bare = bare_headline(headline.text)
        return self.register.publish(f"{section.name}.headline", f"{path}.headline", bare, headline)

    def line(self, owner: str, path: str, name: str, text: Attested) -> str | None:
        """A single line about a theme, without quotation marks."""
        if not text.text:
            return None
        bare = unquoted(text.text)
        return self.register.publish(f"{owner}.{name}", f"{path}.{name}", bare, text)

    def paragraphs(
        self, owner: str, path: str, name: str, texts: Iterable[Passage]
    ) -> tuple[str, ...]:
        return tuple(
            self.register.publish(
                f"{owner}.{name}.{n + 1}", f"{path}.{name}[{n}]", text, Attested(text)
            )
            for n, text in enumerate(text.strip() for text in texts)
        )

    def items(
        self,
        prefix: str,
        path: str,
        texts: Iterable[Attested],
        clean: Callable[[Passage], Passage] = bare_item,
        kind: Kind = Kind.FIELD,
    ) -> Iterator[tuple[str, str]]:
        """The permanent id and the wording of each text."""
        for n, text in enumerate(texts):
            passage = clean(text.text)
            id_ = self.register.new_id(prefix, passage.folded)
            yield id_, self.register.publish(id_, f"{path}[{n}].text", passage, text, kind)

    def nested(
        self,
        prefix: str,
        path: str,
        texts: Sequence[Attested],
        depths: Sequence[int],
        code: str,
    ) -> tuple[Indicator, ...]:
        """Items as the source has them, those that stand deeper under the one before.

        Where lists are punctuated as one sentence, what makes items of it is taken off.
        """
        starts = [n for n in range(len(texts)) if not depths or depths[n] == 0]
        out: list[Indicator] = []
        for place, (start, end) in enumerate(pairwise([*starts, len(texts)])):
            passage = texts[start].text.strip()
            passage = bare_item(passage) if self.sentences else passage
            id_ = self.register.new_id(prefix, passage.folded)
            own = f"{path}[{place}]"
            text = self.register.publish(id_, f"{own}.text", passage, texts[start])
            under = tuple(depth - 1 for depth in depths[start + 1 : end])
            number = f"{code}.{place + 1}"
            inner = self.nested(prefix, f"{own}.items", texts[start + 1 : end], under, number)
            out.append(Indicator(id=id_, code=number, text=text, items=inner))
        return tuple(out)

    def lists(self, path: str, lists: Iterable[SettledList], code: str) -> tuple[ItemList, ...]:
        """Named lists; their codes say which of the lists it is."""
        out: list[ItemList] = []
        for n, entry in enumerate(lists):
            where = f"{path}.lists[{n}].items"
            short = f"{code}.LIST{n + 1}"
            items = self.nested("l", where, entry.items, entry.depths, short)
            out.append(ItemList(name=entry.name, items=items))
        return tuple(out)
