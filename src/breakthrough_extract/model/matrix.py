"""A model as a small table of HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from breakthrough_extract import html_matrix
from breakthrough_extract.model.parts import Cell, Stage, Theme, nested


def matrix_html(title: str, stages: Sequence[Stage], themes: Sequence[Theme]) -> str:
    """Themes × stages with headlines, or what stands there instead, and numbers of items."""
    listed = any(theme.breakthrough_points for theme in themes)
    heads = ["Theme", *(stage.name for stage in stages), *(["Points"] if listed else [])]
    rows = [(_theme_entry(theme), _cell_entries(stages, theme, listed)) for theme in themes]
    return html_matrix.table(title, heads, rows)


def _theme_entry(theme: Theme) -> html_matrix.Entry:
    above = " ".join(text for text in (theme.group, theme.question) if text)
    items = [item for entry in theme.lists for item in nested(entry.items)]
    return html_matrix.Entry(theme.name, len(items) or None, above)


def _cell_entries(
    stages: Sequence[Stage], theme: Theme, listed: bool
) -> Iterator[html_matrix.Entry | None]:
    cells = {cell.stage: cell for cell in theme.stages}
    for stage in stages:
        cell = cells.get(stage.id)
        yield _cell_entry(cell) if cell else None
    points = theme.breakthrough_points
    if listed:
        yield html_matrix.Entry(points.headline or "", len(points.points)) if points else None


def _cell_entry(cell: Cell) -> html_matrix.Entry:
    text = cell.headline or " ".join(cell.prose)
    if cell.no_requirement:
        text = text or "no requirement"
    return html_matrix.Entry(text, sum(1 for _ in cell.items()), cell.label or "")
