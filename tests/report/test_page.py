"""The file itself: complete, closed, the same each time; and the nouns that it is made from."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from breakthrough_extract import Extraction, Model, Profile
from breakthrough_extract.document import Box, Page, Source, Span
from breakthrough_extract.ledger import Kind, Ledger, Part, Place, SourceRecord
from breakthrough_extract.loading import load
from breakthrough_extract.report import render
from breakthrough_extract.report.anchors import anchors_of, href
from breakthrough_extract.report.nouns import Run
from breakthrough_extract.report.sources import chunks_of, pages_of, segments_of, shares_of
from breakthrough_extract.report.texts import shown
from breakthrough_extract.report.view import view
from tests.support import paths
from tests.support.extracting import extract_text


def soup(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "lxml")


def test_the_seeds_page_is_light(seed_page: str) -> None:
    assert len(seed_page.encode()) < 500_000


def test_the_same_model_gives_the_same_page_to_the_byte(seed: Extraction) -> None:
    sources = {source.sha256: source for source in seed.sources}
    pages = {render(seed.model, seed.ledger, sources) for _ in range(2)}
    assert len(pages) == 1


def test_it_refers_to_nothing_outside(seed_page: str) -> None:
    tree = soup(seed_page)
    links = [tag[name] for name in ("src", "href") for tag in tree.select(f"[{name}]")]
    assert links
    assert all(str(link).startswith("#") for link in links)
    assert not tree.find_all(["link", "iframe", "object", "base", "img"])
    for style in tree.find_all("style"):
        assert "url(" not in style.text
        assert "@import" not in style.text


def test_its_policy_lets_its_own_scripts_run_and_no_other(seed_page: str) -> None:
    tree = soup(seed_page)
    meta = tree.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert meta
    policy = dict(rule.split(" ", 1) for rule in str(meta["content"]).split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'none'"
    scripts = tree.find_all("script", type="module")
    assert policy["script-src"].count("'sha256-") == len(scripts) > 0
    assert policy["style-src"].count("'sha256-") == len(tree.find_all("style"))
    assert "unsafe" not in str(meta["content"])
    attributes = {name for tag in tree.find_all(True) for name in tag.attrs}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}


def test_its_data_is_the_model(seed_page: str, seed: Extraction) -> None:
    data = soup(seed_page).find("script", id="_data")
    assert data
    assert Model.model_validate(json.loads(data.text)["model"]) == seed.model


def test_no_id_stands_twice_and_no_link_leads_nowhere(seed_page: str) -> None:
    tree = soup(seed_page)
    ids = [str(tag["id"]) for tag in tree.find_all(id=True)]
    assert len(ids) == len(set(ids))
    links = {str(tag["href"]).removeprefix("#") for tag in tree.find_all("a", href=True)}
    assert links <= set(ids)


def test_each_text_of_the_model_stands_there_as_published(seed: Extraction) -> None:
    report = view(seed.model, seed.ledger, {}, {})
    texts = {
        text.id: shown(text.runs)
        for theme in report.themes
        for cell in theme.cells
        for text in cell.items
    }
    assert texts == {item.id: item.text for item in seed.model.iter_items()}


def test_without_its_source_it_shows_the_quotes_and_says_so(seed: Extraction) -> None:
    page = soup(render(seed.model, seed.ledger))
    told = page.find(class_="note-box")
    assert told
    assert "--source FILE" in told.text
    quotes = page.select(".quotes a")
    assert len(quotes) == 162 + 24 + 6 + 1  # items, headlines, complaints, one note


def test_a_missing_cell_is_shown_as_missing(seed_text: str, profile: Profile) -> None:
    start = seed_text.index("**DEVELOPING**")
    end = seed_text.index("**CONSOLIDATING**", start)
    result = extract_text(seed_text[:start] + seed_text[end:], profile)
    page = soup(render(result.model, result.ledger))
    assert len(page.select(".matrix td.missing")) == 1
    assert len(page.select("#_model .cell p.missing")) == 1


def test_a_draft_says_so(seed: Extraction) -> None:
    draft = seed.model.model_copy(update={"draft": True})
    heading = soup(render(draft, seed.ledger)).select_one(".title")
    assert heading
    assert "draft" in heading.text


def test_a_text_that_has_no_place_says_so(seed: Extraction) -> None:
    rest = tuple(record for record in seed.ledger.fields if record.id != "i-ya4p3hzpk7")
    page = soup(render(seed.model, seed.ledger.model_copy(update={"fields": rest})))
    entry = page.find(id="LEA.DEV.5")
    assert entry
    assert "no place in the source" in entry.text
    assert page.text.count("no place in the source") == 1


def test_a_model_without_ledger_entries_still_shows() -> None:
    model = load(paths.CASES / "validate" / "clean" / "model.json")
    ledger = Ledger(
        model=model.id,
        profile="p",
        profile_sha256="",
        sources=(),
        fields=(),
        decisions=(),
        findings=(),
    )
    page = soup(render(model, ledger))
    assert len(page.select("#_model li.item")) == sum(1 for _ in model.iter_items())


# Anchors.


def test_anchors_never_meet_those_of_the_page_itself() -> None:
    model = load(paths.CASES / "validate" / "clean" / "model.json")
    theme = model.themes[0]
    names = ("_model", "e-1", "s0-12", "x y", "x_y")
    indicators = tuple(
        item.model_copy(update={"code": name, "id": f"i-{name}"})
        for item, name in zip(theme.stages[0].indicators * 5, names, strict=False)
    )
    cell = theme.stages[0].model_copy(update={"indicators": indicators})
    changed = model.model_copy(update={"themes": (theme.model_copy(update={"stages": (cell,)}),)})
    anchors = anchors_of(changed, "list")
    assert len(set(anchors.values())) == len(anchors)
    assert not {"_model", "e-1", "s0-12"} & set(anchors.values())
    assert all(" " not in anchor for anchor in anchors.values())


def test_an_address_takes_any_anchor() -> None:
    assert href("LEA.DEV.3") == "#LEA.DEV.3"
    assert href('"><ü%') == "#%22%3E%3C%C3%BC%25"


# The source in segments.


@given(st.text(alphabet="ab \n🙂\u05d0\x00\ufffe", max_size=80), st.data())
def test_segments_add_up_to_the_source_whatever_places_lie_over_it(
    text: str, data: st.DataObject
) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=12)))
    partition = [
        Part(start=start, end=end, kind=Kind.FIELD, of="x")
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]
    pairs = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    places = [
        Place(source="s", start=min(pair), end=max(pair))
        for pair in data.draw(st.lists(pairs, max_size=5))
    ]
    segments = segments_of(text, partition, 0, {}, places, [])
    assert sum(len(segment.text) for segment in segments) == len(text)
    assert [s.start for s in segments] == sorted(s.start for s in segments)
    for segment in segments:
        original = text[segment.start : segment.start + len(segment.text)]
        assert all(
            a == b or not b.isprintable() for a, b in zip(segment.text, original, strict=True)
        )
        inside = any(part.start <= segment.start < part.end for part in partition)
        assert (segment.kind is not None) == inside
        marked = any(place.start <= segment.start < place.end for place in places)
        assert segment.finding == marked
    assert [s for chunk in chunks_of(segments) for s in chunk] == segments


def test_shares_leave_white_space_out() -> None:
    record = SourceRecord(
        name="s",
        sha256="0" * 64,
        media_type="text/plain",
        encoding="utf-8",
        characters=9,
        partition=(
            Part(start=0, end=5, kind=Kind.FIELD),
            Part(start=6, end=7, kind=Kind.MARKUP),
        ),
    )
    shares = {share.kind: share for share in shares_of(record, "ab  c -  ")}
    assert shares[Kind.FIELD].characters == 3
    assert shares[Kind.FIELD].percent == pytest.approx(75)
    assert shares[Kind.MARKUP].left == pytest.approx(75)


def test_a_page_has_a_rectangle_for_each_line_of_a_text() -> None:
    source = Source(
        name="s.pdf",
        sha256="0" * 64,
        media_type="application/pdf",
        encoding="",
        text="ab\ncd",
        pages=(Page(1, 100, 200, Span(0, 5)),),
        boxes=(
            Box(10, 10, 15, 20),
            Box(15, 10, 20, 20),
            None,
            Box(10, 22, 15, 32),
            Box(15, 22, 20, 32),
        ),
    )
    record = SourceRecord(
        name="s.pdf",
        sha256="0" * 64,
        media_type="application/pdf",
        encoding="",
        characters=5,
        partition=(Part(start=0, end=5, kind=Kind.FIELD, of="i-1"),),
    )
    (page,) = pages_of(source, record, {1: b"webp"}, {"i-1": "A.B.1"})
    boxes = [(box.x, box.y, box.width, box.height, box.link) for box in page.rectangles]
    assert boxes == [(10, 10, 10, 10, "A.B.1"), (10, 22, 10, 10, "A.B.1")]
    assert page.picture == "data:image/webp;base64,d2VicA=="


def test_a_list_that_a_profile_calls_otherwise_is_found() -> None:
    choir = paths.CASES / "extract" / "choir"
    from breakthrough_extract import load_profile

    profile = load_profile(choir / "profile.toml")
    result = extract_text((choir / "input.md").read_text(encoding="utf-8"), profile)
    report = view(result.model, result.ledger, {}, {})
    points = report.themes[0].cells[-1]
    assert points.id == "voice.rehearse"
    assert points.decision
    assert points.decision.margin > 0
    assert points.items[0].label.endswith(".TRY.1")


def test_an_edit_that_only_takes_signs_away_is_no_change_of_words(seed: Extraction) -> None:
    report = view(seed.model, seed.ledger, {}, {})
    edited = {cell.id: cell.edits for theme in report.themes for cell in theme.cells if cell.edits}
    assert edited == {"leadership.developing": 2}


def test_what_was_taken_out_stands_where_it_stood(seed: Extraction) -> None:
    report = view(seed.model, seed.ledger, {}, {})
    (text,) = (t for theme in report.themes for c in theme.cells for t in c.items if t.edits)
    depths = [(run.text, run.depth) for run in text.runs if run.depth]
    assert depths == [("this", "ins"), ("always", "ins"), (".", "del")]
    kept = text.runs[: text.runs.index(Run("this", "ins", text.edits[0]))]
    assert shown(kept).endswith("but at ")
