"""The pictures of the garble report, the same bytes from the same figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from tests.garble.scoring import Score

LINES: tuple[tuple[str, str, str, Callable[[Score], float]], ...] = (
    ("placed right", "#0b6e4f", "o", lambda score: score.share_right),
    ("placed wrong", "#b3261e", "x", lambda score: score.share_wrong),
    ("left open", "#8a6d00", "s", lambda score: score.share_open),
    ("item recall", "#1f4e9c", "^", lambda score: score.recall),
    ("item precision", "#6a3d9a", "v", lambda score: score.precision),
    ("text accuracy", "#555555", ".", lambda score: score.accuracy),
)
FOREIGN = ("foreign left open", "#d95f02", "D")
COLUMNS = 4

mpl.rcParams["svg.hashsalt"] = "garble"
mpl.rcParams["svg.fonttype"] = "none"
mpl.rcParams["font.size"] = 10


def plot_damages(series: Mapping[str, Sequence[tuple[float, Score]]], path: Path) -> None:
    """A panel for each damage: its strength against each score; strength 0 is no damage."""
    rows = -(-(len(series) + 1) // COLUMNS)
    figure, grid = plt.subplots(rows, COLUMNS, figsize=(16, 3 * rows), layout="constrained")
    panels = list(grid.flat)
    for axes, (name, points) in zip(panels, series.items(), strict=False):
        _damage(axes, name, points)
    handles = [
        Line2D([], [], color=color, marker=marker, label=label)
        for label, color, marker in (*(line[:3] for line in LINES), FOREIGN)
    ]
    for axes in panels[len(series) :]:
        axes.axis("off")
    panels[-1].legend(handles=handles, loc="center", fontsize=12, frameon=False)
    _save(figure, path)


def _damage(axes: Axes, name: str, points: Sequence[tuple[float, Score]]) -> None:
    strengths = [strength for strength, _ in points]
    for _, color, marker, value in LINES:
        axes.plot(strengths, [value(score) for _, score in points], color=color, marker=marker)
    strays = [(strength, score) for strength, score in points if score.foreign]
    if strays:
        shares = [score.share_foreign_open for _, score in strays]
        axes.plot([strength for strength, _ in strays], shares, color=FOREIGN[1], marker=FOREIGN[2])
    axes.set_title(name, fontsize=12)
    axes.set_ylim(-0.03, 1.03)
    axes.set_xticks(strengths, [f"{strength:g}" for strength in strengths])
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.grid(color="#dddddd")


def plot_reliability(series: Mapping[str, Sequence[tuple[float, float, int]]], path: Path) -> None:
    """Stated probability against the share that was right, a line for each group of models."""
    figure, axes = plt.subplots(figsize=(7, 6), layout="constrained")
    axes.plot([0, 1], [0, 1], color="#999999", linestyle="--", label="as stated")
    colors = ("#1f4e9c", "#d95f02", "#0b6e4f")
    for (name, points), color in zip(series.items(), colors, strict=False):
        stated = [point[0] for point in points]
        right = [point[1] for point in points]
        axes.plot(stated, right, color=color, marker="o", label=name)
    low = min((min(p[:2]) for points in series.values() for p in points), default=0.0)
    axes.set_xlim(max(low - 0.05, 0), 1.01)
    axes.set_ylim(max(low - 0.05, 0), 1.01)
    axes.set_xlabel("probability that is stated")
    axes.set_ylabel("share of the decisions that were right")
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.grid(color="#dddddd")
    axes.legend(loc="upper left", frameon=False)
    _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(line.rstrip() for line in lines) + "\n", "utf-8")
