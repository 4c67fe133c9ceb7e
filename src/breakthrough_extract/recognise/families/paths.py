"""What the labels over a text say together: its theme, its stage, and what lies between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from breakthrough_extract.recognise.families.names import Names
from breakthrough_extract.recognise.families.nouns import Claim, Head, Leaf, Path


def theme_of(path: Path, names: Names) -> tuple[str, int]:
    """The innermost theme that a path names, and the place of its label; "", -1 if none.

    Of several themes with one name it is that whose group stands in the path.
    """
    for at in range(len(path) - 1, -1, -1):
        if path[at].themes:
            return one_of(path[at].themes, path[:at], names), at
    return "", -1


def one_of(themes: tuple[str, ...], path: Path, names: Names) -> str:
    """Of themes with one name, that whose group is open; "" if that decides nothing."""
    groups = [head.group for head in path if head.group]
    here = [theme for theme in themes if groups and names.group_of[theme] == groups[-1]]
    if len(here) == 1:
        return here[0]
    return themes[0] if len(themes) == 1 else ""


def stage_of(path: Path) -> tuple[str, int]:
    """The innermost stage that a path names, and the place of its label; "", -1 if none."""
    for at in range(len(path) - 1, -1, -1):
        if path[at].stage:
            return path[at].stage, at
    return "", -1


def claims(
    leaves: Iterable[Leaf], names: Names, accepts: Callable[[Path, int, int], bool]
) -> Iterator[Claim]:
    """The claims of running text: leaves in a row that share the labels of theme and stage.

    `accepts` is asked with the path and the places of the theme's and the stage's label in it.
    """

    def home(leaf: Leaf) -> tuple[str, str, int, int, Head, Head] | None:
        theme, over = theme_of(leaf.path, names)
        stage, at = stage_of(leaf.path)
        if not theme or not stage or not accepts(leaf.path, over, at):
            return None
        return theme, stage, over, at, leaf.path[over], leaf.path[at]

    for place, run in groupby(leaves, key=home):
        if place is None:
            continue
        theme, stage, over, at, one, other = place
        inner = max(over, at) + 1
        heads = (one, other) if over < at else (other, one)
        yield Claim(
            theme,
            stage,
            heads if one is not other else (one,),
            tuple(replace(leaf, path=leaf.path[inner:]) for leaf in run),
        )
