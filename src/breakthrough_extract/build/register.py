"""What is known so far of each text: its record, its characters, its disputes, its identifier."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from breakthrough_extract.build.records import record
from breakthrough_extract.build.stream import Stream
from breakthrough_extract.document import Attested, Dispute, Passage, Source, Span
from breakthrough_extract.ledger import FieldRecord, Kind, Part
from breakthrough_extract.punctuation import letters


@dataclass
class Register:
    """Grows as the model is written; nothing is ever taken out of it."""

    stream: Stream
    permanent: Mapping[str, str]  # what an earlier version gave, by what a text would get
    shared: Sequence[Span] = ()  # what merged cells say: published again, it is accounted for once
    fields: list[FieldRecord] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)  # positions in the stream
    disputes: list[tuple[str, str, Dispute]] = field(default_factory=list)  # id, path, dispute
    ids: Counter[str] = field(default_factory=Counter)
    published: set[Span] = field(default_factory=set)

    def new_id(self, prefix: str, text: str) -> str:
        """An id made from the letters of a text, so that typography does not change it."""
        digest = hashlib.sha256(letters(text).encode()).digest()
        id_ = f"{prefix}-{base64.b32encode(digest[:10])[:10].decode().lower()}"
        self.ids[id_] += 1
        if self.ids[id_] > 1:
            id_ = f"{id_}-{self.ids[id_]}"
        return self.permanent.get(id_, id_)

    def publish(
        self, id_: str, path: str, passage: Passage, text: Attested, kind: Kind = Kind.FIELD
    ) -> str:
        """`passage`, which is `text` as it is published, once its record is taken."""
        self.fields.append(record(id_, path, passage, self.stream))
        fresh = [span for span in passage.spans if not self._is_again(span)]
        self.take_spans(fresh, kind, id_)
        self.published.update(passage.spans)
        for copy in text.again:
            self.take(copy, Kind.REPEAT, id_)
        self.disputes += [(id_, path, dispute) for dispute in text.disputes]
        return passage.folded

    def _is_again(self, span: Span) -> bool:
        """Whether a merged cell's text was published already, for another of its cells."""
        return span in self.published and any(
            own.start <= span.start and span.end <= own.end for own in self.shared
        )

    def take(self, passage: Passage, kind: Kind, of: str = "") -> None:
        self.take_spans(passage.spans, kind, of)

    def take_spans(self, spans: Iterable[Span], kind: Kind, of: str = "") -> None:
        for span in spans:
            quote = self.stream.at(span.start).text[span.start : span.end]
            start = span.start + len(quote) - len(quote.lstrip())
            end = span.end - len(quote) + len(quote.rstrip())
            if end > start:
                self.parts.append(Part(start=start, end=end, kind=kind, of=of))

    def parts_of(self, source: Source) -> list[Part]:
        return [part for part in self.parts if self.stream.at(part.start) is source]
