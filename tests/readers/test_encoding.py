from __future__ import annotations

import codecs
import sys
from itertools import pairwise

import ftfy  # noqa: F401  # makes the codec sloppy-windows-1252 known
import pytest

from breakthrough_extract import Profile
from breakthrough_extract.document import BlockKind, Document, Piece
from breakthrough_extract.ledger import replay
from breakthrough_extract.pipeline import extract_document
from breakthrough_extract.readers import ReadError, read_bytes
from breakthrough_extract.readers.encoding import decode_bytes
from tests.support.extracting import codes, extract_text, texts_of

PLAIN = "Staff don’t meet – “never” – in the café; it costs £5 …"


def passages(document: Document) -> list[str]:
    return [block.text.text for block in document.blocks]


def edits(document: Document) -> list[tuple[str, str, str]]:
    """What each edit of the document replaces, by what, and why."""
    return [
        (document.source.text[piece.start : piece.end], piece.text, piece.rule)
        for block in document.blocks
        for piece in block.text.pieces
        if piece.rule
    ]


def damaged(text: str, codec: str = "sloppy-windows-1252") -> str:
    return text.encode().decode(codec)


# Bytes to text.


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PLAIN.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), "utf-16-be"),
        (PLAIN.encode("utf-16-le"), "utf-16-le"),
        (PLAIN.encode("utf-16-be"), "utf-16-be"),
        (PLAIN.encode("cp1252"), "windows-1252"),
    ],
)
def test_the_encoding_is_found_from_the_bytes(data: bytes, encoding: str) -> None:
    assert decode_bytes("x", data) == (PLAIN, encoding)


def test_plain_ascii_is_utf_8() -> None:
    assert decode_bytes("x", b"Staff meet.") == ("Staff meet.", "utf-8")
    assert decode_bytes("x", b"a") == ("a", "utf-8")


def test_stray_bytes_in_utf_8_are_read_as_windows_1252() -> None:
    data = "It’s here – and there. ".encode() + b"It\x92s both."
    assert decode_bytes("x", data) == (
        "It’s here – and there. It’s both.",
        "utf-8 with windows-1252",
    )


def test_the_ledger_names_the_encoding(seed_text: str, profile: Profile) -> None:
    document = read_bytes("seed.txt", codecs.BOM_UTF16_BE + seed_text.encode("utf-16-be"))
    assert extract_document(document, profile).ledger.sources[0].encoding == "utf-16-be"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00word/document.xml",
        b"Stage\x00one",
        bytes(range(1, 256)) * 4,
        b"caf\x81",  # stands for nothing in Windows-1252
        b"\x01\x02\x03\x04text",
        b"\x00" * 100,
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^x\.txt: binary, not text; convert it to [^\n]+$"):
        read_bytes("x.txt", data)


def test_broken_utf_16_is_refused_with_its_place() -> None:
    with pytest.raises(ReadError, match=r"^x\.txt: broken UTF-16 \(byte 6\); save it as UTF-8$"):
        read_bytes("x.txt", codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"c")


def test_a_mark_with_nothing_after_it_is_an_empty_file() -> None:
    with pytest.raises(ReadError, match="empty"):
        read_bytes("x.txt", codecs.BOM_UTF16_LE)


# Mojibake.


def test_sound_text_is_untouched_and_does_not_load_ftfy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ftfy", None)  # importing it now would raise
    text = (
        "“L’été… – déjà – à l’École”, £5, 20 °C, ½ × 3 → ✓ • São, Ångström, Übung, ÎLE, fiancé”, É."
    )
    document = read_bytes("x.md", text.encode())
    assert (passages(document), edits(document)) == ([text], [])


@pytest.mark.parametrize(
    "text",
    ["SÃO PAULO", "Â", "MAÇÃ E PÂ", "CAFÉ” – “À”", "naïve… “É”", "ÆØÅ®", "x™ y® z©"],
)
def test_sound_text_that_looks_a_little_like_damage_is_untouched(text: str) -> None:
    document = read_bytes("x.md", text.encode())
    assert (passages(document), edits(document)) == ([text], [])


def test_each_damaged_character_is_an_edit_and_the_source_stays_raw() -> None:
    raw = "Staff donâ€™t pay Â£5 â€“ ever, in the cafÃ©."
    document = read_bytes("x.md", raw.encode())
    assert document.source.text == raw
    assert passages(document) == ["Staff don’t pay £5 – ever, in the café."]
    assert edits(document) == [
        ("â€™", "’", "mojibake"),
        ("Â£", "£", "mojibake"),
        ("â€“", "–", "mojibake"),
        ("Ã©", "é", "mojibake"),
    ]
    assert document.blocks[0].text.pieces[:3] == (
        Piece(0, 9, "Staff don"),
        Piece(9, 12, "’", "mojibake"),
        Piece(12, 18, "t pay "),
    )


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("donÃ¢â‚¬â„¢t", "don’t"),  # damaged twice
        ("donâ\x80\x99t", "don’t"),  # by way of Latin-1
        ("it\x92s", "it’s"),  # Windows-1252 read as Latin-1
        ("â€œso â€¦ onâ€\x9d", "“so … on”"),
        ("5Â\xa0m and 6Â m", "5\xa0m and 6\xa0m"),  # no-break spaces, one become a plain one
        ("the teamâ€™s toolâ„¢", "the team’s tool™"),  # the last is known by the first
        ("‘goodâ€™", "‘good’"),  # one sound, one damaged
        ("voilÃ\xa0", "voilà"),  # a no-break space that is half a letter
    ],
)
def test_the_kinds_of_damage(raw: str, want: str) -> None:
    document = read_bytes("x.md", raw.encode())
    assert passages(document) == [want]
    assert all(rule == "mojibake" for _, _, rule in edits(document))


def test_a_damaged_bullet_is_a_bullet() -> None:
    document = read_bytes("x.txt", "Aims:\n\nâ€¢ one\nâ€¢ two\n".encode())
    assert [block.text.text for block in document.blocks if block.kind == BlockKind.ITEM] == [
        "one",
        "two",
    ]
    marks = [document.source.text[span.start : span.end].strip() for span in document.markup]
    assert marks == ["â€¢", "â€¢"]


def test_a_damaged_byte_order_mark_is_markup() -> None:
    document = read_bytes("x.txt", "ï»¿Aims".encode())
    assert passages(document) == ["Aims"]
    assert [document.source.text[span.start : span.end] for span in document.markup] == ["ï»¿"]


def test_html_and_its_entities_are_read_beside_damage() -> None:
    html = "<html><body><p>R&amp;D isnâ€™t <b>â€œdoneâ€\x9d</b></p></body></html>"
    document = read_bytes("x.html", html.encode())
    assert [block.text.folded for block in document.blocks] == ["R&D isn’t “done”"]
    assert [rule for _, _, rule in edits(document)] == ["entity", *["mojibake"] * 3]


@pytest.mark.parametrize("codec", ["sloppy-windows-1252", "latin-1"])
def test_the_damaged_seed_gives_the_same_model(
    seed_text: str, profile: Profile, codec: str
) -> None:
    sound = extract_text(seed_text, profile)
    result = extract_text(damaged(seed_text, codec), profile)
    assert texts_of(result.model) == texts_of(sound.model)
    assert result.model == sound.model
    assert sorted(codes(result)) == sorted(codes(sound))
    for record in result.ledger.fields:
        for before, after in pairwise(record.edits):
            assert before.end <= after.start
        assert all(record.quote[edit.start : edit.end] == edit.raw for edit in record.edits)
    texts = {record.path: replay(record) for record in result.ledger.fields}
    assert texts == {record.path: replay(record) for record in sound.ledger.fields}


def test_the_seed_in_windows_1252_gives_the_same_model(seed_text: str, profile: Profile) -> None:
    sound = extract_text(seed_text, profile)
    document = read_bytes("given.md", seed_text.encode("cp1252", "xmlcharrefreplace"))
    assert document.source.encoding == "windows-1252"
    assert extract_document(document, profile).model == sound.model
