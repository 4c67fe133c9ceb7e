"""Whether the grid is whole: every theme, every stage, and what each has."""

from __future__ import annotations

from collections.abc import Iterator

from breakthrough_extract.checks.places import cells, themes
from breakthrough_extract.checks.told import error, warning
from breakthrough_extract.ledger import Finding
from breakthrough_extract.model import Model


def all_stages(model: Model) -> Iterator[Finding]:
    """Every theme has every stage, in the order of the scale."""
    if not model.themes:
        yield error("no-themes", "themes", "the model has no theme")
    for path, theme in themes(model):
        have = [cell.stage for cell in theme.stages]
        for stage in model.stages:
            if stage.id not in have and (not theme.scale or stage.id in theme.scale):
                message = f"{theme.name}: the stage {stage.name} is missing"
                yield error("missing-stage", f"{path}.stages", message)
        known = [stage.id for stage in model.stages if stage.id in have]
        if have != known and set(have) <= set(known):
            yield error("stage-order", f"{path}.stages", f"{theme.name}: stages out of order")
        for n, stage_id in enumerate(have):
            if stage_id not in known:
                where = f"{path}.stages[{n}].stage"
                yield error("unknown-stage", where, f"{stage_id} is no stage of this model")


def filled_cells(model: Model) -> Iterator[Finding]:
    """Every stage of a theme has at least one indicator, and a headline if any stage has one."""
    headed = any(cell.headline for theme in model.themes for cell in theme.stages)
    for path, theme in themes(model):
        for where, cell in cells(path, theme):
            if cell.headline is None and headed:
                message = f"{theme.name}, {cell.name}: no headline"
                yield error("missing-headline", f"{where}.headline", message)
            if not cell.indicators:
                message = f"{theme.name}, {cell.name}: no indicator"
                yield error("no-indicators", f"{where}.indicators", message)


def theme_lists(model: Model) -> Iterator[Finding]:
    """If one theme has a list of its own, or a headline on it, all have; and none is empty."""
    lists = [theme.breakthrough_points for theme in model.themes if theme.breakthrough_points]
    expected = bool(lists)
    headed = any(points.headline for points in lists)
    for path, theme in themes(model):
        points = theme.breakthrough_points
        where = f"{path}.breakthrough_points"
        if expected and points is None:
            yield error("missing-list", where, f"{theme.name}: its list is missing")
        if points is not None and not points.points:
            yield error("empty-list", f"{where}.points", f"{theme.name}: its list is empty")
        if points is not None and points.headline is None and headed:
            yield error("missing-headline", f"{where}.headline", f"{theme.name}: no headline")


def complaints(model: Model) -> Iterator[Finding]:
    """If one theme has a complaint, all have."""
    if not any(theme.complaint for theme in model.themes):
        return
    for path, theme in themes(model):
        if theme.complaint is None:
            message = f"{theme.name}: its complaint is missing"
            yield error("missing-complaint", f"{path}.complaint", message)


def drafts(model: Model) -> Iterator[Finding]:
    """A draft says so."""
    if model.draft:
        yield warning("draft", "draft", "this is a draft, exported in spite of findings")
