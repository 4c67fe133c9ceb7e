"""The best assignment of rows to columns, exact."""

from __future__ import annotations

from collections.abc import Sequence


def assignment(weights: Sequence[Sequence[float]]) -> list[int]:
    """For each row its column, -1 for none, so that the sum of the weights is the greatest.

    Kuhn and Munkres, with a column of weight 0 for each row that had better have none.
    """
    rows = len(weights)
    if not rows:
        return []
    real = len(weights[0])
    costs = [[-weight for weight in row] + [0.0] * rows for row in weights]
    columns = real + rows
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)  # the row that has the column, 1-based; 0 for none
    for row in range(1, rows + 1):
        owner[0] = row
        _augment(costs, row_price, column_price, owner)
    chosen = [-1] * rows
    for column in range(1, real + 1):
        if owner[column] and weights[owner[column] - 1][column - 1] > 0:
            chosen[owner[column] - 1] = column - 1
    return chosen


def _augment(
    costs: Sequence[Sequence[float]],
    row_price: list[float],
    column_price: list[float],
    owner: list[int],
) -> None:
    """Give the row at `owner[0]` a column by the cheapest chain of exchanges."""
    size = len(owner)
    slack, before, done = [float("inf")] * size, [0] * size, [False] * size
    at = 0
    while owner[at] or at == 0:
        done[at] = True
        row = owner[at]
        for column in range(1, size):
            if done[column]:
                continue
            cost = costs[row - 1][column - 1] - row_price[row] - column_price[column]
            if cost < slack[column]:
                slack[column], before[column] = cost, at
        following = min((n for n in range(1, size) if not done[n]), key=lambda n: (slack[n], n))
        step = slack[following]
        for column in range(size):
            if done[column]:
                row_price[owner[column]] += step
                column_price[column] -= step
            else:
                slack[column] -= step
        at = following
    while at:
        owner[at] = owner[before[at]]
        at = before[at]
