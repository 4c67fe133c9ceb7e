"""Layout analysis on words set by hand, on a grid 6 wide and 12 high a character."""

from __future__ import annotations

from itertools import pairwise

from breakthrough_extract.document import Block, BlockKind, Box, Span
from breakthrough_extract.readers.layout import Layout, Sheet, Word, analyse

WIDE, HIGH, SIZE = 6.0, 12.0, 10.0


class Desk:
    """Lays words on pages and has them analysed."""

    def __init__(self) -> None:
        self.text = ""
        self.boxes: list[Box | None] = []
        self.words: dict[int, list[Word]] = {}
        self.rules: list[Box] = []
        self.areas: list[Box] = []
        self.later_rules: list[Box] = []  # on page 2
        self.later_areas: list[Box] = []
        self.marks: list[Box] = []

    def put(
        self, x: float, y: float, line: str, bold: bool = False, size: float = SIZE, page: int = 1
    ) -> None:
        """Sets `line` with its left end at x and its top at y."""
        wide = WIDE * size / SIZE
        for n, sign in enumerate(line):
            self.boxes.append(Box(x + n * wide, y, x + (n + 1) * wide, y + size))
            if sign != " " and (n == 0 or line[n - 1] == " "):
                text = line[n:].partition(" ")[0]
                start = len(self.text) + n
                box = Box(x + n * wide, y, x + (n + len(text)) * wide, y + size)
                self.words.setdefault(page, []).append(
                    Word(text, start, start + len(text), box, size, bold, page=page)
                )
        self.text += line + "\n"
        self.boxes.append(None)

    def column(
        self, x: float, y: float, lines: list[str], bold: bool = False, page: int = 1
    ) -> None:
        for n, line in enumerate(lines):
            if line:
                self.put(x, y + n * HIGH, line, bold, page=page)

    def layout(self, width: float = 600, height: float = 800, slack: float = 0.0) -> Layout:
        sheets = [
            Sheet(
                page,
                width,
                height,
                tuple(words),
                tuple(self.rules if page == 1 else self.later_rules if page == 2 else ()),
                tuple(self.areas if page == 1 else self.later_areas if page == 2 else ()),
                tuple(self.marks) if page == 1 else (),
            )
            for page, words in sorted(self.words.items())
        ]
        found = analyse(self.text, sheets, self.boxes, "desk", slack)
        assert_partition(self.text, found)
        return found


def assert_partition(text: str, layout: Layout) -> None:
    """Blocks and markup share no character and hold every non-white one."""
    spans = sorted([*(s for b in layout.blocks for s in b.text.spans), *layout.markup])
    assert all(one.end <= other.start for one, other in pairwise(spans))
    held = {at for span in spans for at in range(*span)}
    assert [at for at, sign in enumerate(text) if not sign.isspace() and at not in held] == []


def texts(layout: Layout) -> list[str]:
    return [block.text.folded for block in layout.blocks]


def cells(layout: Layout) -> list[tuple[int, int, int, str]]:
    return [(b.place.table, b.place.row, b.place.column, b.text.folded) for b in layout.blocks]


def only(layout: Layout) -> Block:
    (block,) = layout.blocks
    return block


def rules(block: Block) -> set[str]:
    return {piece.rule for piece in block.text.pieces if piece.rule}


# ------------------------------------------------------------------ blocks


def test_a_bullet_begins_an_item_and_is_markup() -> None:
    desk = Desk()
    desk.column(50, 100, ["• one thing that", "  goes on;", "• another."])
    layout = desk.layout()
    assert texts(layout) == ["one thing that goes on;", "another."]
    assert {block.kind for block in layout.blocks} == {BlockKind.ITEM}
    assert layout.markup == (Span(0, 1), Span(28, 29))


def test_bullets_may_come_after_all_text_or_in_the_private_use_area() -> None:
    desk = Desk()
    desk.column(62, 100, ["one;", "two;", "three."])
    desk.column(50, 100, ["•", "\uf0b7", "o"])
    desk.put(50, 136, "o")
    desk.put(62, 136, "four.")
    layout = desk.layout()
    assert texts(layout) == ["one;", "two;", "three.", "four."]
    assert [block.kind for block in layout.blocks] == [BlockKind.ITEM] * 4


def test_a_drawn_spot_is_a_bullet_without_text() -> None:
    desk = Desk()
    desk.column(62, 100, ["one that goes", "on;", "two."])
    desk.marks += [Box(52, 103, 55, 106), Box(52, 127, 55, 130)]
    layout = desk.layout()
    assert texts(layout) == ["one that goes on;", "two."]
    assert [block.kind for block in layout.blocks] == [BlockKind.ITEM] * 2
    assert layout.markup == ()


def test_a_dash_that_goes_on_with_a_sentence_is_no_bullet() -> None:
    desk = Desk()
    desk.column(50, 100, ["• build leaders", "  – and let", "  them lead;", "• two."])
    assert texts(desk.layout()) == ["build leaders – and let them lead;", "two."]


def test_dashes_after_full_stops_are_bullets() -> None:
    desk = Desk()
    desk.column(50, 100, ["Do this:", "– one;", "– two."])
    assert [b.kind for b in desk.layout().blocks] == ["paragraph", "item", "item"]


def test_a_footnote_mark_is_no_bullet() -> None:
    desk = Desk()
    desk.column(50, 100, ["• one of the items.", "* Note: of all."])
    assert texts(desk.layout()) == ["one of the items.", "* Note: of all."]


def test_capitals_stand_alone_though_set_like_the_headline() -> None:
    desk = Desk()
    desk.column(50, 100, ["STARTING", "Leaders do not show", "what they want:"], bold=True)
    desk.column(50, 136, ["• one."])
    assert texts(desk.layout()) == ["STARTING", "Leaders do not show what they want:", "one."]


def test_capitals_that_had_no_room_wrap() -> None:
    desk = Desk()
    desk.column(50, 100, ["BREAKTHROUGH", "POINTS", "Do it:"], bold=True)
    assert texts(desk.layout()) == ["BREAKTHROUGH POINTS", "Do it:"]


def test_a_short_bold_line_ends_where_the_next_word_had_room() -> None:
    desk = Desk()
    desk.column(50, 100, ["Starting", "Leaders do not show what", "they want:"], bold=True)
    assert texts(desk.layout()) == ["Starting", "Leaders do not show what they want:"]


def test_where_widths_are_estimated_a_line_may_seem_to_have_had_room() -> None:
    desk = Desk()
    desk.column(50, 100, ["they plan; and they look", "at it, they ask;", "they answer"])
    assert len(desk.layout().blocks) == 2
    assert len(desk.layout(slack=5).blocks) == 1


def test_a_larger_gap_or_another_size_begins_a_block() -> None:
    desk = Desk()
    desk.column(50, 100, ["one line and", "one more of", "", "another one", "of these"])
    desk.put(50, 160, "small print", size=8)
    assert texts(desk.layout()) == [
        "one line and one more of",
        "another one of these",
        "small print",
    ]


def test_larger_type_is_a_heading_by_level() -> None:
    desk = Desk()
    desk.put(50, 50, "Model", size=20)
    desk.put(50, 100, "Theme", size=14)
    desk.column(50, 130, ["a long line of body text"] * 3)
    kinds = [(b.kind, b.level) for b in desk.layout().blocks]
    assert kinds == [("heading", 1), ("heading", 2), ("paragraph", 0)]


# ------------------------------------------------------------------ words joined and split


def test_words_broken_at_line_ends_are_left_to_line_ends() -> None:
    desk = Desk()
    desk.column(50, 100, ["the govern-", "ment and the teams/", "boards"])
    assert only(desk.layout()).text.text == "the govern-\nment and the teams/\nboards"


def test_ligatures_are_edits() -> None:
    desk = Desk()
    desk.put(50, 100, "a \ufb01rst di\ufb00erence")
    block = only(desk.layout())
    assert block.text.folded == "a first difference"
    assert rules(block) == {"ligature"}


def test_letter_spaced_words_are_closed_up() -> None:
    desk = Desk()
    desk.put(50, 100, "B R E A K   P O I N T S", bold=True)
    block = only(desk.layout())
    assert block.text.folded == "BREAK POINTS"
    assert rules(block) == {"letter-spacing"}


# ------------------------------------------------------------------ columns and tables


def test_columns_are_read_one_after_the_other() -> None:
    desk = Desk()
    desk.put(50, 50, "a title over both of the columns, from side to side of all")
    desk.column(50, 100, ["the first column has", "five lines of text in", "it and goes on", "so"])
    desk.column(240, 106, ["in the second column", "whose lines stand at", "other heights."])
    assert texts(desk.layout())[1:] == [
        "the first column has five lines of text in it and goes on so",
        "in the second column whose lines stand at other heights.",
    ]


def test_a_dash_at_a_columns_end_is_no_bullet_of_the_next() -> None:
    desk = Desk()
    desk.column(50, 100, ["text that goes on –", "to the very end of", "all the lines here"])
    desk.column(190, 100, ["another column that", "stands beside it and", "has three lines too"])
    assert len(desk.layout().blocks) == 2


def ruled(desk: Desk) -> None:
    """A grid: a theme over two rows, two stages, a box under both."""
    desk.rules += [Box(50, y, 450, y + 1) for y in (100, 200, 300)]
    desk.rules += [Box(150, 160, 450, 161)]
    desk.rules += [Box(x, 100, x + 1, 300) for x in (50, 150, 450)]
    desk.rules += [Box(300, 100, 301, 160), Box(300, 200, 301, 300)]
    desk.column(54, 104, ["Leadership"])
    desk.column(154, 104, ["STARTING", "one thing"])
    desk.column(304, 104, ["DEVELOPING", "other"])
    desk.column(154, 164, ["POINTS over both of the stages"])
    desk.column(54, 204, ["Learning"])
    desk.column(154, 204, ["STARTING"])
    desk.column(304, 204, ["DEVELOPING"])


def test_a_ruled_matrix_is_read_cell_by_cell() -> None:
    desk = Desk()
    ruled(desk)
    assert cells(desk.layout()) == [
        (1, 0, 0, "Leadership"),
        (1, 0, 1, "STARTING"),
        (1, 0, 1, "one thing"),
        (1, 0, 2, "DEVELOPING"),
        (1, 0, 2, "other"),
        (1, 0, 3, "POINTS over both of the stages"),
        (1, 1, 0, "Learning"),
        (1, 1, 1, "STARTING"),
        (1, 1, 2, "DEVELOPING"),
    ]


def test_rows_beside_a_cell_as_high_as_several_are_rows() -> None:
    desk = Desk()
    desk.rules += [Box(50, y, 450, y + 1) for y in (100, 200)]
    desk.rules += [Box(150, 150, 450, 151)]
    desk.rules += [Box(x, 100, x + 1, 200) for x in (50, 150, 300, 450)]
    desk.column(54, 104, ["Garden"])
    for y, name, text in ((104, "Soil", "dug once"), (154, "Water", "from a butt")):
        desk.column(154, y, [name])
        desk.column(304, y, [text])
    assert cells(desk.layout()) == [
        (1, 0, 0, "Garden"),
        (1, 0, 1, "Soil"),
        (1, 0, 2, "dug once"),
        (1, 1, 1, "Water"),
        (1, 1, 2, "from a butt"),
    ]


def filled(desk: Desk, y: float, *texts: str, fill: bool = True) -> None:
    """A row of cells, 20 high, each with a colour of its own or with none."""
    for n, text in enumerate(texts):
        x = 50.0 + 150 * n
        if fill:
            desk.areas.append(Box(x, y, x + 150, y + 20))
        desk.put(x + 5, y + 5, text)


def test_filled_cells_are_the_columns_of_the_bare_rows_between_them() -> None:
    desk = Desk()
    filled(desk, 100, "Area", "Novice", "Master")
    filled(desk, 120, "Soil", "digs", "composts", fill=False)
    filled(desk, 140, "Water", "pours", "collects rain")
    filled(desk, 160, "Seed", "buys it", "keeps her own", fill=False)
    desk.put(50, 220, "Ask the gardener for more, and bring a friend along")
    assert cells(desk.layout()) == [
        *[(1, 0, n, text) for n, text in enumerate(("Area", "Novice", "Master"))],
        *[(1, 1, n, text) for n, text in enumerate(("Soil", "digs", "composts"))],
        *[(1, 2, n, text) for n, text in enumerate(("Water", "pours", "collects rain"))],
        *[(1, 3, n, text) for n, text in enumerate(("Seed", "buys it", "keeps her own"))],
        (0, 0, 0, "Ask the gardener for more, and bring a friend along"),
    ]


def test_a_bare_head_stands_over_rows_of_which_each_other_is_filled() -> None:
    desk = Desk()
    filled(desk, 100, "Area", "Novice", "Master", fill=False)
    filled(desk, 120, "Soil", "digs", "composts")
    filled(desk, 140, "Water", "pours", "collects rain", fill=False)
    filled(desk, 160, "Seed", "buys it", "keeps her own")
    assert [cell[:3] for cell in cells(desk.layout())] == [
        (1, row, column) for row in range(4) for column in range(3)
    ]


def test_the_heading_of_the_next_table_is_no_row_of_the_one_above() -> None:
    desk = Desk()
    for y, name in ((100, "Bread"), (300, "Cakes")):
        desk.put(50, y - 30, name)
        filled(desk, y, "Level", "What is baked")
        filled(desk, y + 20, "Novice", "a loaf", fill=False)
        filled(desk, y + 40, "Master", "whatever is asked for")
        filled(desk, y + 60, "Owner", "nothing any more", fill=False)
    found = cells(desk.layout())
    assert [text for table, _, _, text in found if not table] == ["Bread", "Cakes"]
    assert [table for table, *_ in found if table] == [1] * 8 + [2] * 8


def test_boxes_that_stand_apart_are_read_in_rows_but_are_no_table() -> None:
    desk = Desk()
    desk.areas += [Box(x, y, x + 200, y + 90) for y in (100, 210) for x in (50, 300)]
    desk.put(50, 60, "Leadership", size=14)
    for n, name in enumerate(("DELTA", "GAMMA", "BETA", "ALPHA")):
        x, y = (300, 50)[n % 2], (210, 100)[n // 2]
        desk.column(x + 6, y + 6, [name, "text in the box"])
    layout = desk.layout()
    names = [text for text in texts(layout) if text.isupper()]
    assert names == ["ALPHA", "BETA", "GAMMA", "DELTA"]
    assert {block.place.table for block in layout.blocks} == {0}
    assert len({block.place.region for block in layout.blocks}) == 5


HEAD = ("Theme", "STARTING", "DEVELOPING")


def page_of_table(desk: Desk, page: int, rows: list[list[list[str]]]) -> None:
    for x, name in zip((50, 150, 320), HEAD, strict=True):
        desk.put(x, 40, name, bold=True, page=page)
    y = 70.0
    for row in rows:
        for x, lines in zip((50, 150, 320), row, strict=True):
            desk.column(x, y, lines, page=page)
        y += HIGH * max(map(len, row)) + 15


def test_a_table_without_rules_goes_on_over_pages() -> None:
    desk = Desk()
    long = ["the cell has", "five lines of", "text and goes", "on over to the", "next page"]
    page_of_table(desk, 1, [[["Leadership"], long, long]])
    page_of_table(desk, 2, [[[], ["where it ends"], []], [["Learning"], long, long]])
    found = cells(desk.layout())
    body = " ".join(long)
    assert found == [
        *[(1, 0, n, name) for n, name in enumerate(HEAD)],
        (1, 1, 0, "Leadership"),
        (1, 1, 1, body),
        (1, 1, 1, "where it ends"),
        (1, 1, 2, body),
        *[(1, 0, n, name) for n, name in enumerate(HEAD)],
        (1, 2, 0, "Learning"),
        (1, 2, 1, body),
        (1, 2, 2, body),
    ]


def test_rows_without_a_head_are_told_by_white_from_side_to_side() -> None:
    desk = Desk()
    for y, theme in ((100, "Leadership"), (200, "Learning")):
        desk.column(50, y, [theme])
        for x, stage in ((150, "STARTING"), (300, "DEVELOPING"), (450, "ENDING")):
            desk.column(x, y, [stage, "some text here", "and then more", "of this text"])
    rows = [(row, column) for _, row, column, text in cells(desk.layout()) if text.isupper()]
    assert rows == [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3)]


def test_running_heads_and_page_numbers_stay_out_of_the_text() -> None:
    desk = Desk()
    for page in (1, 2):
        desk.put(50, 20, "the model", page=page)
        desk.column(50, 400, ["• text that goes", "  on and"], page=page)
        desk.put(300, 780, str(page), page=page)
    layout = desk.layout()
    body = "text that goes on and"
    assert texts(layout) == ["the model", body, "1", "the model", body, "2"]
    assert len({block.place.region for block in layout.blocks}) == 6


# ------------------------------------------------------------------ spreads

SPREAD = (
    "the team sets out one clear way",
    "and talks of objectives with all",
    "when they talk to the staff now;",
    "the objectives are clear to them",
)


def cut(desk: Desk, lose: int = 0, double: int = 0) -> None:
    """Sets SPREAD over the edge of page 1 (x = 600) after 20 letters, some lost or doubled."""
    for n, line in enumerate(SPREAD):
        x = 600 - 20 * WIDE
        desk.put(x, 100 + n * HIGH, line[:20])
        at = 20 + lose - double
        desk.put(WIDE * (at - 20), 100 + n * HIGH, line[at:], page=2)
    desk.put(50, 300, "clear objectives of the team that sets out to talk with staff")


def test_a_column_cut_by_the_page_edge_is_joined() -> None:
    desk = Desk()
    cut(desk)
    block = desk.layout().blocks[0]
    assert block.text.folded == " ".join(SPREAD)
    assert block.place.page == 1
    assert "column-join" in rules(block)
    assert desk.layout().cut == ()


def test_doubled_letters_are_read_once_and_accounted_for() -> None:
    desk = Desk()
    cut(desk, double=2)
    block = desk.layout().blocks[0]
    assert block.text.folded == " ".join(SPREAD)
    dropped = [p for p in block.text.pieces if p.rule == "column-join" and p.end > p.start]
    assert sum(piece.end - piece.start for piece in dropped) >= len(SPREAD)


def test_a_lost_letter_is_restored_where_width_and_words_prove_it() -> None:
    desk = Desk()
    cut(desk, lose=1)
    desk.put(50, 320, "one")
    block = desk.layout().blocks[0]
    assert block.text.folded == " ".join(SPREAD)
    proofs = [p.evidence.quote for p in block.text.pieces if p.rule == "lost-glyph" and p.evidence]
    assert proofs == ["one", "objectives", "the", "clear"]


def test_a_lost_letter_without_proof_leaves_the_halves_apart() -> None:
    desk = Desk()
    cut(desk, lose=1)
    layout = desk.layout()
    assert [block.place.page for block in layout.blocks[:2]] == [1, 2]
    assert [cut.folded for cut in layout.cut] == [" ".join(texts(layout)[:2])]
    assert "lost-glyph" not in rules(layout.blocks[0]) | rules(layout.blocks[1])


def test_pages_whose_lines_do_not_pair_stay_apart() -> None:
    desk = Desk()
    for n, line in enumerate(SPREAD):
        desk.put(600 - 20 * WIDE, 100 + n * HIGH, line[:20])
        desk.put(0, 105 + n * HIGH, line[20:], page=2)
    assert [block.place.page for block in desk.layout().blocks] == [1, 2]


def test_a_dash_after_a_broken_last_but_one_mark_is_a_bullet() -> None:
    desk = Desk()
    desk.column(50, 100, ["– one thing that goes on;", "and", "– another thing."])
    assert texts(desk.layout()) == ["one thing that goes on; and", "another thing."]


def test_a_box_over_the_whole_width_closes_the_columns_above_it() -> None:
    desk = Desk()
    for n, x in enumerate((50, 250, 450)):
        desk.column(x, 100, [f"column {n} line {k}" for k in range(1, 6)])
    desk.areas.append(Box(45, 180, 560, 230))
    desk.column(50, 190, ["short words", "in a box"])
    assert [text.split()[0] for text in texts(desk.layout())] == ["column"] * 3 + ["short"]


def test_a_row_that_repeats_below_a_title_is_no_running_head() -> None:
    desk = Desk()
    for page, title in enumerate(("Rain", "Wind", "Frost"), 1):
        desk.put(50, 40, title, size=16, page=page)
        desk.put(50, 70, "BEGINNING", page=page)
        desk.column(50, 300, [f"text of {title}", "and more of it."], page=page)
    found = texts(desk.layout())
    assert found[:3] == ["Rain", "BEGINNING", "text of Rain and more of it."]
    assert found.count("BEGINNING") == 3
    assert [found.index(title) for title in ("Rain", "Wind", "Frost")] == [0, 3, 6]


def test_wide_word_spaces_of_justified_text_are_no_gutters() -> None:
    desk = Desk()
    desk.column(50, 100, ["eighteen letters go", "up to the very edge", "of this column then"])
    desk.put(50, 136, "their")
    desk.put(50 + 12 * WIDE, 136, "habits;")
    desk.column(50, 148, ["and it all ends now"])
    block = only(desk.layout())
    assert block.text.folded.endswith("of this column then their habits; and it all ends now")


def test_boxes_side_by_side_go_on_over_the_page() -> None:
    desk = Desk()
    desk.areas += [Box(45, 600, 245, 780), Box(255, 600, 455, 780)]
    desk.later_areas += [Box(45, 20, 245, 60), Box(255, 20, 455, 60)]
    desk.put(50, 610, "LEFT", bold=True)
    desk.column(50, 730, ["• left one;", "• left two that is", "broken by the"])
    desk.put(260, 610, "RIGHT", bold=True)
    desk.column(260, 730, ["• right one;", "• right two that is", "broken by a"])
    desk.put(50, 30, "page;", page=2)
    desk.put(260, 30, "sheet.", page=2)
    found = texts(desk.layout())
    assert found.index("page;") < found.index("RIGHT") < found.index("sheet.")


def test_boxes_that_begin_anew_on_the_next_page_are_read_after_the_first() -> None:
    desk = Desk()
    desk.areas += [Box(45, 600, 245, 780), Box(255, 600, 455, 780)]
    desk.later_areas += [Box(45, 20, 245, 60), Box(255, 20, 455, 60)]
    desk.column(50, 730, ["one", "ends here."])
    desk.column(260, 730, ["two", "ends here."])
    desk.put(50, 30, "THREE", bold=True, page=2)
    desk.put(260, 30, "FOUR", bold=True, page=2)
    assert texts(desk.layout()) == ["one ends here.", "two ends here.", "THREE", "FOUR"]


def ruled_row(top: float, bottom: float) -> list[Box]:
    """A row of two cells, drawn: x from 40 to 120 and from there to 400."""
    across = [Box(40, y, 400, y + 0.5) for y in (top, bottom)]
    return across + [Box(x, top, x + 0.5, bottom) for x in (40, 120, 400)]


def test_a_row_goes_on_over_the_page_in_the_one_cell_that_has_more() -> None:
    desk = Desk()
    desk.rules += ruled_row(700, 790)
    desk.put(45, 705, "FIRST", bold=True)
    desk.column(130, 705, ["A headline:", "• one thing;"])
    desk.column(130, 30, ["• another thing.", "• a third."], page=2)
    desk.later_rules += ruled_row(20, 60)
    assert cells(desk.layout()) == [
        (1, 0, 0, "FIRST"),
        (1, 0, 1, "A headline:"),
        (1, 0, 1, "one thing;"),
        (1, 0, 1, "another thing."),
        (1, 0, 1, "a third."),
    ]


def test_numbers_that_count_on_are_bullets() -> None:
    desk = Desk()
    desk.column(50, 100, ["A headline:", "1. one thing in", "1984. at last;", "2. another."])
    layout = desk.layout()
    assert texts(layout) == ["A headline:", "one thing in 1984. at last;", "another."]
    assert [b.kind for b in layout.blocks][1:] == [BlockKind.ITEM] * 2


def test_the_rest_of_a_numbered_list_on_the_next_page_is_known_by_its_place() -> None:
    desk = Desk()
    desk.put(50, 50, "7. the last of them.")
    desk.put(50, 100, "A headline:")
    desk.column(50, 112, ["1. one thing;", "2. another."])
    assert texts(desk.layout())[0] == "the last of them."


def test_numbered_titles_are_headings() -> None:
    desk = Desk()
    for n, title in enumerate(("Rain", "Wind"), 1):
        desk.put(50, 100 * n, f"{n}. {title}", size=16)
        desk.column(50, 100 * n + 30, ["some words of text that go on", "and on to their end."])
    found = desk.layout().blocks
    assert [b.text.folded for b in found if b.kind == BlockKind.HEADING] == ["1. Rain", "2. Wind"]


def test_labels_that_stand_twice_in_a_row_head_boxes_and_not_columns() -> None:
    desk = Desk()
    for page in (1, 2, 3):
        for n, x in enumerate((50, 190, 330, 470)):
            desk.put(x, 60, ("NEW", "OLD")[n % 2], page=page)
            lines = [f"page {page} box {n} line {k}" for k in (1, 2, 3)]
            desk.column(x, 75, lines, page=page)
    assert {b.place.table for b in desk.layout().blocks} == {0}
    assert texts(desk.layout())[:4] == [
        "NEW",
        "page 1 box 0 line 1 page 1 box 0 line 2 page 1 box 0 line 3",
        "OLD",
        "page 1 box 1 line 1 page 1 box 1 line 2 page 1 box 1 line 3",
    ]


def test_a_little_more_white_than_between_lines_begins_a_paragraph() -> None:
    desk = Desk()
    desk.column(50, 100, ["these lines are set", "one pitch apart,", "all four of them;"])
    desk.column(50, 138, ["and this is a list item", "of two lines."])
    assert len(texts(desk.layout())) == 2


def test_a_row_goes_on_over_the_page_though_its_label_does_too() -> None:
    desk = Desk()
    desk.rules += [*ruled_row(600, 690), *ruled_row(690, 790)]
    desk.column(45, 605, ["FIRST"], bold=True)
    desk.column(130, 605, ["A headline:", "• one thing;", "• another thing."])
    desk.column(45, 695, ["SECOND"], bold=True)
    desk.column(130, 695, ["Its headline:", "• one thing;"])
    desk.later_rules += ruled_row(20, 60)
    desk.column(45, 30, ["AND LAST"], page=2)
    desk.column(130, 30, ["• another thing."], page=2)
    assert [(row, text) for _, row, _, text in cells(desk.layout()) if row] == [
        (1, "SECOND"),
        (1, "AND LAST"),
        (1, "Its headline:"),
        (1, "one thing;"),
        (1, "another thing."),
    ]


# ------------------------------------------------------------------ where white says little


def test_labels_in_a_first_column_begin_rows_that_no_white_parts() -> None:
    desk = Desk()
    desk.put(50, 100, "GREEN", bold=True)
    desk.put(150, 104, "Hard and sour:", bold=True)
    desk.column(150, 116, ["leave it on the", "tree until it", "is ripe and red,", "and wait."])
    desk.put(50, 160, "RIPE", bold=True)
    desk.put(150, 164, "Sweet and red:", bold=True)
    desk.column(
        150, 176, ["pick it by hand,", "each by its stem,", "and let none of", "them fall."]
    )
    found = cells(desk.layout())
    assert [cell[1:3] for cell in found if cell[3] in ("GREEN", "RIPE")] == [(0, 0), (1, 0)]
    assert [cell[1:3] for cell in found if cell[3].startswith(("Hard", "Sweet"))] == [
        (0, 1),
        (1, 1),
    ]


def test_a_labelled_box_below_columns_is_read_after_them() -> None:
    desk = Desk()
    desk.column(50, 100, ["words of the first", "column, which is", "three lines high."])
    desk.column(250, 100, ["words of the next", "column, which is", "as high as that."])
    desk.put(58, 170, "POINTS", bold=True)
    desk.put(58, 182, "in a box below")
    found = texts(desk.layout())
    assert found[1].startswith("words of the next")
    assert found[2:] == ["POINTS", "in a box below"]


def test_lines_of_an_inner_column_at_the_head_of_a_page_go_on_with_the_row_before() -> None:
    desk = Desk()
    for page, first, names in ((1, 300, ("GREEN", "SOUR")), (2, 100, ("RIPE", "SWEET"))):
        for n, name in enumerate(names):
            top = first + 60 * n
            desk.put(50, top, name, bold=True, page=page)
            for x in (150, 300):
                desk.column(
                    x, top, ["some words of the", "text in the cell", "end here."], page=page
                )
    desk.put(300, 76, "and its very end.", page=2)
    last = [b.place.row for b in desk.layout().blocks if b.text.folded == "and its very end."]
    assert last == [1]


def test_a_label_beside_text_that_each_page_begins_with_is_no_running_head() -> None:
    desk = Desk()
    for page in (1, 2, 3):
        desk.put(50, 40, "GREEN", bold=True, page=page)
        desk.column(150, 46, ["a line of text,", f"and page {page} of it", "ends."], page=page)
    found = texts(desk.layout())
    assert found[0::2] == ["GREEN"] * 3
    assert found[1].startswith("a line of text")


def test_two_halves_of_a_page_with_columns_each_are_read_one_after_the_other() -> None:
    desk = Desk()
    for left, name in ((20, "APPLES"), (320, "PEARS")):
        desk.put(left, 100, name, bold=True)
        for n, stage in enumerate(("green", "ripe")):
            desk.put(left + 130 * n, 130, f"{name[:-1]}, {stage}", bold=True)
            desk.column(left + 130 * n, 142, ["Words of the", "text in this", "column here."])
    found = texts(desk.layout())
    names = [text for text in found if text.startswith(("APPLE", "PEAR"))]
    assert names == ["APPLES", "APPLE, green", "APPLE, ripe", "PEARS", "PEAR, green", "PEAR, ripe"]


def test_a_conjunction_alone_on_a_line_ends_its_item() -> None:
    desk = Desk()
    desk.column(50, 100, ["• one thing;", "  and", "• another that has a long line."])
    assert texts(desk.layout()) == ["one thing; and", "another that has a long line."]


def test_where_widths_are_estimates_an_items_next_line_is_not_taken_for_another_item() -> None:
    desk = Desk()
    desk.column(
        50, 100, ["• one thing that goes;", "  and it goes on,", "• two, a longer line it is."]
    )
    assert texts(desk.layout(slack=0.75))[0] == "one thing that goes; and it goes on,"
    assert texts(desk.layout())[0] == "one thing that goes;"


def close_rows(desk: Desk, page: int, rows: list[tuple[str, ...]]) -> None:
    """Rows of four columns, with less white between them than a line is high."""
    y = 40.0
    for row in rows:
        lines = [cell.split("|") for cell in row]
        for x, own in zip((50, 150, 290, 430), lines, strict=True):
            desk.column(x, y, own, page=page)
        y += HIGH * max(map(len, lines)) + 5


def test_rows_that_stand_close_are_told_by_their_labels() -> None:
    desk = Desk()
    rows: list[tuple[str, ...]] = [
        ("", "Low", "Middle", "High"),
        ("Boats", "one boat", "a boat for|each pair", "boats to lend"),
        ("Oars", "borrowed", "bought", "made here,|of ash"),
        ("Crews", "two names|on a list", "a crew", "three crews"),
    ]
    close_rows(desk, 1, rows)
    found = cells(desk.layout())
    assert found == [
        (1, r, c, cell.replace("|", " "))
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell
    ]


def test_a_table_goes_on_where_the_next_page_has_but_one_row_of_it() -> None:
    desk = Desk()
    rows: list[tuple[str, ...]] = [
        ("", "Low", "Middle", "High"),
        ("Boats", "one boat", "a boat for|each pair", "boats to lend"),
        ("Oars", "borrowed", "bought", "made here,|of ash"),
    ]
    close_rows(desk, 1, rows)
    close_rows(desk, 2, [("Crews", "two names|on a list", "", "three crews")])
    desk.put(50, 120, "What stands below the table is none of it, however short.", page=2)
    found = cells(desk.layout())
    assert found[-4:] == [
        (1, 3, 0, "Crews"),
        (1, 3, 1, "two names on a list"),
        (1, 3, 3, "three crews"),
        (0, 0, 0, "What stands below the table is none of it, however short."),
    ]


def test_columns_of_running_text_are_no_rows_of_a_table() -> None:
    desk = Desk()
    for x in (50, 240, 430):
        desk.column(x, 40, ["This column tells of", "boats and of the men", "who row them."])
        desk.column(x, 81, ["Below it the story", "goes on, and it has", "no label at all."])
    assert {block.place.table for block in desk.layout().blocks} == {0}


def tight_rows(desk: Desk, rows: list[tuple[str, ...]]) -> None:
    """Rows of four columns with no white at all between them."""
    y = 40.0
    for row in rows:
        lines = [cell.split("|") for cell in row]
        for x, own in zip((50, 150, 290, 430), lines, strict=True):
            desk.column(x, y, own)
        y += HIGH * max(map(len, lines))


TIGHT: list[tuple[str, ...]] = [
    ("", "Low", "Middle", "High"),
    ("Boats", "One boat|on loan", "A boat for|each pair", "Boats to lend"),
    ("Spare|oars", "None, or|borrowed", "Two of|each length", "Made here,|of ash"),
    ("Crews", "Two names|on a list", "A crew", "Three crews"),
]


def test_rows_without_white_are_told_by_where_cells_begin_as_sentences_do() -> None:
    desk = Desk()
    tight_rows(desk, TIGHT)
    assert cells(desk.layout()) == [
        (1, r, c, cell.replace("|", " "))
        for r, row in enumerate(TIGHT)
        for c, cell in enumerate(row)
        if cell
    ]


def test_rows_without_white_are_no_table_if_a_line_may_begin_one_or_not() -> None:
    desk = Desk()
    tight_rows(desk, [*TIGHT, ("Racks", "one rack", "Two racks", "Racks on wheels")])
    assert {block.place.table for block in desk.layout().blocks} == {0}


HANGING = [
    (50, "Pears keep if they are"),
    (60, "picked while hard;"),
    (50, "so do apples that come"),
    (60, "late in the year;"),
    (50, "plums do not, however"),
    (60, "cool the cellar is;"),
    (50, "nor cherries; and"),
    (50, "quinces are never quite"),
    (60, "soft in any cellar; and"),
    (50, "medlars must be left to"),
    (60, "go soft."),
]


def test_a_hanging_indent_is_a_list_mark() -> None:
    desk = Desk()
    desk.put(50, 40, "What keeps:", bold=True)
    for n, (x, line) in enumerate(HANGING, 1):
        desk.put(x, 40 + n * HIGH, line)

    blocks = desk.layout().blocks
    items = [block.text.folded for block in blocks if block.kind == BlockKind.ITEM]
    assert items == [
        "Pears keep if they are picked while hard;",
        "so do apples that come late in the year;",
        "plums do not, however cool the cellar is;",
        "nor cherries; and",
        "quinces are never quite soft in any cellar; and",
        "medlars must be left to go soft.",
    ]


def test_first_lines_set_further_in_are_paragraphs() -> None:
    desk = Desk()
    for n in range(5):
        desk.put(60, 40 + 3 * n * HIGH, "A paragraph begins here")
        desk.put(50, 40 + (3 * n + 1) * HIGH, "and goes on from one")
        desk.put(50, 40 + (3 * n + 2) * HIGH, "line to the next one.")

    assert {block.kind for block in desk.layout().blocks} == {BlockKind.PARAGRAPH}
