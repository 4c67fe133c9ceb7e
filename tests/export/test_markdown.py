"""The Markdown, as a person reads it and as this package's own reader does."""

from __future__ import annotations

from breakthrough_extract import Extraction, Model, Profile
from breakthrough_extract.export import export
from tests.support.extracting import extract_text


def markdown(model: Model) -> str:
    return export(model, None, "markdown", "a")["a.md"].decode()


def test_themes_and_stages_are_headings_and_items_a_list(seed: Extraction) -> None:
    lines = markdown(seed.model).split("\n")
    assert lines[0] == "# The breakthrough model"
    assert lines[2:7:2] == ["## Leadership", "> Leaders aren't interested.", "### Starting"]
    assert (
        "- the leadership team does not take time to look at its performance `LEA.STA.6`" in lines
    )


def test_every_item_stands_in_it(seed: Extraction) -> None:
    lines = markdown(seed.model).split("\n")
    assert sum(line.startswith("- ") for line in lines) == 162


def test_signs_that_would_be_markup_are_escaped(seed: Extraction) -> None:
    model = seed.model.model_copy(update={"title": "1. a *b* [c](d) <e> &amp; `f`"})
    assert markdown(model).split("\n")[0] == (r"# 1\. a \*b\* \[c\](d) \<e\> \&amp; \`f\`")


def test_what_would_begin_a_block_does_not(seed: Extraction) -> None:
    for text, shown in (("- a", r"\- a"), ("+ a", r"\+ a"), ("# a", r"\# a"), ("2) a", r"2\) a")):
        model = seed.model.model_copy(update={"title": text})
        assert markdown(model).split("\n")[0] == f"# {shown}"


def test_a_matrix_that_was_written_is_extracted_again(seed: Extraction, profile: Profile) -> None:
    """But for the codes, which stand after the items, it is a document like others."""
    text = markdown(seed.model)
    for item in seed.model.iter_items():
        text = text.replace(f" `{item.code}`", "")
    again = extract_text(text, profile)
    assert [item.text for item in again.model.iter_items()] == [
        item.text for item in seed.model.iter_items()
    ]
