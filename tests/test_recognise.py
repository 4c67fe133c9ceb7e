"""Blocks to sections: labels, headings, running heads, notes and items."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from breakthrough_extract import Profile
from breakthrough_extract.document import Section
from tests.support.extracting import extract_text, outline_of

LIST = "**A headline:**\n\n- the first thing;\n- the second thing."


def sections(text: str, profile: Profile) -> list[Section]:
    return [section for section in outline_of(text, profile).sections if section.label]


@dataclass(frozen=True)
class Read:
    slot: str
    headline: str
    items: tuple[str, ...]


def read(text: str, profile: Profile) -> list[Read]:
    return [
        Read(s.slot, s.headline.folded, tuple(item.folded for item in s.items))
        for s in sections(text, profile)
    ]


WHOLE = ("A headline:", ("the first thing;", "the second thing."))


@pytest.mark.parametrize(
    ("label", "slot"),
    [
        ("STARTING", "starting"),
        ("**STARTING**", "starting"),
        ("***STARTING***", "starting"),
        ("*Starting*", "starting"),
        ("## Starting", "starting"),
        ("## **STARTING**", "starting"),
        ("STARTING:", "starting"),
        ("**Starting:**", "starting"),
        ("starting", "starting"),
        ("S T A R T I N G", "starting"),
        ("**S T A R T I N G**", "starting"),
        ("STARTlNG", "starting"),
        ("DEVEL0PING", "developing"),
        ("Developing\n==========", "developing"),
        ("CONSOLIDATING\n---", "consolidating"),
        ("CON5OLIDATING", "consolidating"),
        ("CONSOLlCLATlNG", "consolidating"),
        ("<h3>Developing</h3>", "developing"),
        ("<p><b>DEVELOPING</b></p>", "developing"),
        ("<p style='text-align: center'><b>DEV</b>ELOPING</p>", "developing"),
        ("BREAKTHROUGH POINTS", "breakthrough_points"),
        ("**BREAKTHROUGH  POINTS**", "breakthrough_points"),
        ("Breakthrough points:", "breakthrough_points"),
        ("BREAKTHR0UGH P0INTS", "breakthrough_points"),
    ],
)
def test_a_label_on_its_own_line_opens_a_section(label: str, slot: str, profile: Profile) -> None:
    assert read(f"{label}\n\n{LIST}", profile) == [Read(slot, *WHOLE)]


@pytest.mark.parametrize(
    "text",
    [
        "**STARTING**  \n**A headline:**\n\n- the first thing;\n- the second thing.",
        "**STARTING**\n**A headline:**\n- the first thing;\n- the second thing.",
        "STARTING\n\nA headline:\n\n* the first thing;\n* the second thing.",
        "STARTING\n\nA head-\nline:\n\n1. the first thing;\n2. the second thing.".replace(
            "-\n", ""
        ),
        "STARTING\n\n**A\nheadline:**\n\n- the first\n  thing;\n- the second thing.",
        "| STARTING <br> A headline: <br> • the first thing; <br> • the second thing. | |\n|-|-|",
        "<p><b>STARTING</b><p>A headline:<ul><li>the first thing;<li>the second thing.</ul>",
        "<p><b>STARTING</b><br>A headline:<ul><li>the first thing;<li><p>the second thing.</ul>",
        "<table><tr><td>STARTING<p>A headline:<p>• the first thing;<p>• the second thing.</table>",
    ],
)
def test_the_same_section_in_another_dress_is_the_same(text: str, profile: Profile) -> None:
    assert read(text, profile) == [Read("starting", *WHOLE)]


def test_labels_in_neighbouring_cells_open_a_section_each(profile: Profile) -> None:
    cell = "<td><p>{}</p><p>A headline:</p><ul><li>the first thing;</li><li>{}</li></ul></td>"
    row = cell.format("STARTING", "the second.") + cell.format("DEVELOPING", "the other.")
    found = read(f"<table><tr>{row}</tr></table>", profile)
    assert found == [
        Read("starting", "A headline:", ("the first thing;", "the second.")),
        Read("developing", "A headline:", ("the first thing;", "the other.")),
    ]


@pytest.mark.parametrize(
    "item",
    [
        "starting",
        "developing.",
        "developing;",
        "the organisation is starting",
        "starting something new",
        "learning",
    ],
)
def test_a_label_word_in_a_list_is_an_item(item: str, profile: Profile) -> None:
    text = f"**STARTING**\n\n**A headline:**\n\n- the first thing;\n- {item}\n- the last."
    assert read(text, profile) == [
        Read("starting", "A headline:", ("the first thing;", item, "the last."))
    ]


@pytest.mark.parametrize(
    "headline",
    [
        "Learning is starting to happen:",
        "Starting is hard:",
        "Developing people, consolidating results:",
    ],
)
def test_a_label_word_in_a_headline_opens_nothing(headline: str, profile: Profile) -> None:
    text = f"**DEVELOPING**\n\n**{headline}**\n\n- the first thing;\n- the last."
    assert read(text, profile) == [Read("developing", headline, ("the first thing;", "the last."))]


def test_a_label_word_at_the_start_of_a_line_of_a_paragraph_opens_nothing(
    profile: Profile,
) -> None:
    text = "**STARTING**\n\n**The organisation is\ndeveloping\nslowly:**\n\n- the only thing."
    assert read(text, profile) == [
        Read("starting", "The organisation is developing slowly:", ("the only thing.",))
    ]


@pytest.mark.parametrize(
    ("line", "theme"),
    [
        ("**Leadership**", "leadership"),
        ("# LEADERSHIP", "leadership"),
        ("Leadership:", "leadership"),
        ("L E A D E R S H I P", "leadership"),
        ("Leadersh1p", "leadership"),
        ("## 1. Priorities", "priorities"),
        ("Performance framework", "performance-frameworks"),
        ("Helping people to perform", "helping-people-perform"),
        ("<h2>Managing<br>change</h2>", "managing-change"),
    ],
)
def test_a_theme_is_known_by_its_name(line: str, theme: str, profile: Profile) -> None:
    outline = outline_of(f"{line}\n\nSTARTING\n\n{LIST}", profile)
    assert [heading.theme for heading in outline.headings] == [theme]


@pytest.mark.parametrize(
    "line", ["Leaders", "Leader", "Learned", "Change", "Priority", "Performance", "Our priorities"]
)
def test_a_word_like_a_theme_is_no_theme(line: str, profile: Profile) -> None:
    assert outline_of(f"{line}\n\nSTARTING\n\n{LIST}", profile).headings == ()


@pytest.mark.parametrize(
    "text",
    [
        "**Leadership**\n\n*'Nobody leads.'*",
        "**Leadership** *'Nobody leads.'*",
        "# Leadership\n\n‘Nobody leads.’",
        "# Leadership\n\n“Nobody leads.”",
        '# Leadership\n\n"Nobody leads."',
        "<p><b>Leadership</b> <i>'Nobody leads.'</i></p>",
        "<p><b>Leadership</b></p>\n<p><i>&lsquo;Nobody leads.&rsquo;</i></p>",
        "<h2>Leadership</h2><blockquote><i>'Nobody leads.'</i></blockquote>",
    ],
)
def test_a_complaint_stands_with_its_theme(text: str, profile: Profile) -> None:
    result = extract_text(f"{text}\n\nSTARTING\n\n{LIST}", profile)
    assert result.model.themes[0].complaint == "Nobody leads."
    assert [theme.complaint for theme in result.model.themes[1:]] == [None] * 5


def test_a_quotation_in_a_list_is_an_item_and_no_complaint(profile: Profile) -> None:
    text = "STARTING\n\nA headline:\n\n- 'we do not know';\n- the second thing."
    assert read(text, profile)[0].items == ("'we do not know';", "the second thing.")


RUNNING_HEADS = [
    "the breakthrough model",
    "The Breakthrough Model",
    "# the breakthrough model the breakt",
    "**the breakthrough model**",
    "el the breakthrough model **the breakthrough model**",
    "hrough model the break",
    "the",
    "del",
    "the breakthr0ugh model",
    "THE BREAKTHROUGH MODEL 12",
    "12",
    "page 12 of 30",
]


@pytest.mark.parametrize("head", RUNNING_HEADS)
def test_a_running_head_is_furniture_whole_or_broken(head: str, profile: Profile) -> None:
    outline = outline_of(f"{head}\n\nSTARTING\n\n{LIST}", profile)
    bare = head.replace("#", "").replace("*", "").split()
    assert " ".join(text.folded for text in outline.furniture).split() == bare
    assert outline.loose == ()


@pytest.mark.parametrize("head", [*RUNNING_HEADS, "– 12 –"])
def test_furniture_inside_a_list_does_not_end_it(head: str, profile: Profile) -> None:
    text = f"STARTING\n\nA headline:\n\n- the first thing;\n\n{head}\n\n- the second thing."
    assert read(text, profile) == [Read("starting", *WHOLE)]


@pytest.mark.parametrize("head", ["the breakthrough model", "the breakthrough model the breakt"])
def test_furniture_between_label_and_headline_is_no_headline(head: str, profile: Profile) -> None:
    assert read(f"STARTING\n\n{head}\n\n{LIST}", profile) == [Read("starting", *WHOLE)]


@pytest.mark.parametrize(
    "line",
    [
        "the model",
        "there",
        "a breakthrough in the way the model is used",
        "breakthrough",
    ],
)
def test_words_like_those_of_the_running_head_are_text(line: str, profile: Profile) -> None:
    text = f"STARTING\n\nA headline:\n\n- the first thing;\n- {line}."
    assert read(text, profile)[0].items == ("the first thing;", f"{line}.")


@pytest.mark.parametrize(
    "note",
    [
        "* Note: 'Leaders' are many.",
        "Note: 'Leaders' are many.",
        "*Note: 'Leaders' are many.",
        "† 'Leaders' are many.",
        "<p><small>* Note: 'Leaders' are many.</small></p>",
        r"\* Note: 'Leaders' are many.",
    ],
)
def test_a_footnote_goes_to_the_stage_whose_headline_bears_its_mark(
    note: str, profile: Profile
) -> None:
    text = (
        "STARTING\n\n**Leaders* do little:**\n\n- leaders wait;\n- leaders sleep.\n\n"
        f"DEVELOPING\n\n{LIST}\n\n{note}\n"
    )
    first, second = sections(text, profile)
    assert ["Leaders' are many." in n.folded for n in first.notes] == [True]
    assert second.notes == ()
    assert [item.folded for item in second.items] == list(WHOLE[1])


@pytest.mark.parametrize(
    "item", ["note what was said;", "notes are taken;", "Note-taking is rare;"]
)
def test_an_item_that_begins_with_note_is_an_item(item: str, profile: Profile) -> None:
    text = f"BREAKTHROUGH POINTS\n\nA headline:\n\n- {item}\n- the second thing."
    (section,) = sections(text, profile)
    assert [part.folded for part in section.items] == [item, "the second thing."]
    assert section.notes == ()


def test_menus_and_the_foot_of_a_page_are_furniture(profile: Profile) -> None:
    menu = "<nav><ul><li>Starting</li></ul></nav>"
    cell = "<h2>Starting</h2><p>A headline:</p><ul><li>the first thing;<li>the second thing.</ul>"
    text = f"<html><body>{menu}{cell}<footer><ul><li>Contact</ul></footer></body></html>"
    assert read(text, profile) == [Read("starting", *WHOLE)]
    furniture = [part.folded for part in outline_of(text, profile).furniture]
    assert furniture == ["Starting", "Contact"]


def test_a_paragraph_without_a_mark_in_a_list_that_has_them_is_the_rest_of_an_item(
    profile: Profile,
) -> None:
    text = "STARTING\n\nA headline:\n\n- the first;\n\nor so;\n\n- the second; and\n\nthe third.\n"
    items = ("the first; or so;", "the second; and", "the third.")
    assert read(text, profile) == [Read("starting", "A headline:", items)]


def test_a_paragraph_after_a_finished_list_is_no_item(profile: Profile) -> None:
    text = f"STARTING\n\n{LIST}\n\nsome clipped words; and\n\nand others;\n"
    assert read(text, profile) == [Read("starting", *WHOLE)]
    loose = outline_of(text, profile).loose
    assert [part.folded for run in loose for part in run] == [
        "some clipped words; and",
        "and others;",
    ]


def test_a_paragraph_after_a_list_without_full_stops_is_no_part_of_it(profile: Profile) -> None:
    text = "STARTING\n\nA headline:\n\n- one thing\n- two things\n\nZebras graze here by mistake.\n"
    assert read(text, profile) == [Read("starting", "A headline:", ("one thing", "two things"))]


def test_loose_text_in_two_places_is_two_runs(profile: Profile) -> None:
    text = f"Words before all.\n\nSTARTING\n\n{LIST}\n\nWords after all.\n"
    loose = outline_of(text, profile).loose
    assert [[part.folded for part in run] for run in loose] == [
        ["Words before all."],
        ["Words after all."],
    ]


def test_a_list_without_marks_is_a_list(profile: Profile) -> None:
    text = "STARTING\n\nA headline:\n\nthe first thing;\n\nthe second thing.\n"
    assert read(text, profile) == [Read("starting", *WHOLE)]


def test_a_theme_name_in_two_blocks_of_one_cell_is_one_heading(profile: Profile) -> None:
    cell = "<p>Performance</p><p>frameworks<br>'It does not help.'</p>"
    table = f"<table><tr><td>{cell}</td><td>STARTING<p>A headline:</p></td></tr></table>"
    outline = outline_of(table, profile)
    headings = [(heading.theme, heading.text.folded) for heading in outline.headings]
    assert headings == [("performance-frameworks", "Performance frameworks")]
    complaints = [s.headline.folded for s in outline.sections if s.slot == "complaint"]
    assert complaints == ["'It does not help.'"]


@pytest.mark.parametrize(
    "title", ["**Turnout**", "## Turnout", "TURNOUT", "Turnout\n=======", "**We turn out:**"]
)
def test_a_title_that_is_none_of_ours_ends_a_list_that_is_whole(
    title: str, profile: Profile
) -> None:
    text = f"STARTING\n\n{LIST}\n\n{title}\n\n- of another page;\n- and more of it."
    assert read(text, profile) == [Read("starting", *WHOLE)]
    loose = [part.folded for run in outline_of(text, profile).loose for part in run]
    assert loose[1:] == ["of another page;", "and more of it."]


def test_a_title_in_a_list_that_is_not_whole_ends_nothing(profile: Profile) -> None:
    text = "STARTING\n\n**A headline:**\n\n- the first thing;\n\n**Aside**\n\n- the second thing."
    (section,) = read(text, profile)
    assert (section.items[0], section.items[-1]) == ("the first thing;", "the second thing.")


@pytest.mark.parametrize("mark", ["- ", ""])
def test_a_running_head_parts_no_item(mark: str, profile: Profile) -> None:
    text = (
        "STARTING\n\nA headline:\n\n"
        f"{mark}the first\nthe breakthrough model\nthing;\n{mark}the second thing."
    )
    assert read(text, profile) == [
        Read("starting", "A headline:", ("the first thing;", "the second thing."))
    ]
    assert [f.folded for f in outline_of(text, profile).furniture] == ["the breakthrough model"]
