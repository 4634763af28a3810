"""Choices that add up: amounts and spells whose sum is a given total, to the fen.

A plan says "900 people, 972,000.00 元"; people enter in different months and classes. The last
few entrants are chosen so that the sum is exactly the plan's.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Infeasible(ValueError):
    """No choice adds up to the total."""


def choose_options(
    rng: np.random.Generator,
    total: int,
    size: int,
    values: Ints,
    weights: NDArray[np.float64],
    free: int = 12,
) -> Ints:
    """Pick ``size`` of the options (with repetition) whose ``values`` sum to ``total``.

    Args:
        rng: stream to draw from.
        total: the sum to reach.
        size: number of picks.
        values: value of each option, positive.
        weights: how likely each option is before it is tilted towards the mean that is needed.
        free: the last picks, which are found by search rather than drawn.

    Returns:
        Index of the option for each pick, shuffled.

    Raises:
        Infeasible: no combination was found.
    """
    if size == 0:
        if total:
            raise Infeasible(f"{total} left and nobody to pay it to")
        return np.zeros(0, dtype=np.int64)
    unit = math.gcd(*values.tolist())
    if total % unit or not values.min() * size <= total <= values.max() * size:
        raise Infeasible(f"{total} is out of reach of {size} picks in units of {unit}")
    free = min(size, free)
    for _ in range(12):
        drawn = _draw_towards(rng, total, size - free, values, weights, total / size * free)
        rest = total - int(values[drawn].sum())
        found = _search(rng, rest, free, values)
        if found is not None:
            picks = np.concatenate([drawn, found])
            return np.asarray(rng.permutation(picks))
    raise Infeasible(f"{total} by {size} picks of {len(values)} options")


def _draw_towards(
    rng: np.random.Generator,
    total: int,
    size: int,
    values: Ints,
    weights: NDArray[np.float64],
    reserve: float,
) -> Ints:
    """Draw picks whose sum comes near ``total − reserve``."""
    if size == 0:
        return np.zeros(0, dtype=np.int64)
    target = (total - reserve) / size
    drawn = rng.choice(len(values), size=size, p=tilt(values, weights, target))
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    off = total - reserve - float(values[drawn].sum())
    for i in range(size):
        if abs(off) < values.min():
            break
        wanted = np.searchsorted(ranked, values[drawn[i]] + off)
        better = order[min(int(wanted), len(order) - 1)]
        off -= float(values[better] - values[drawn[i]])
        drawn[i] = better
    return np.asarray(drawn, dtype=np.int64)


def tilt(values: Ints, weights: NDArray[np.float64], mean: float) -> NDArray[np.float64]:
    """Weights bent exponentially so that the mean value is ``mean``, or as near as they go."""
    spread = float(values.max() - values.min()) or 1.0
    scaled = (values - values.min()) / spread
    low, high = -60.0, 60.0
    for _ in range(60):
        bend = (low + high) / 2
        bent = weights * np.exp(bend * scaled - max(bend, 0.0))
        bent = bent / bent.sum()
        if float((bent * values).sum()) < mean:
            low = bend
        else:
            high = bend
    return np.asarray(bent)


def _search(rng: np.random.Generator, total: int, size: int, values: Ints) -> Ints | None:
    """Exactly ``size`` options summing to ``total``: layers of reachable sums, then a way back."""
    unit = math.gcd(*values.tolist())
    if total < 0 or total % unit:
        return None
    goal = total // unit
    steps = values // unit
    reach = [np.zeros(goal + 1, dtype=bool)]
    reach[0][0] = True
    for _ in range(size):
        layer = np.zeros(goal + 1, dtype=bool)
        for step in np.unique(steps):
            if step <= goal:
                layer[step:] |= reach[-1][: goal + 1 - step]
        reach.append(layer)
    if not reach[size][goal]:
        return None
    picks = np.zeros(size, dtype=np.int64)
    for depth in range(size, 0, -1):
        ways = [i for i, step in enumerate(steps) if step <= goal and reach[depth - 1][goal - step]]
        picks[depth - 1] = ways[int(rng.integers(len(ways)))]
        goal -= int(steps[picks[depth - 1]])
    return picks


def spread_amounts(
    rng: np.random.Generator, total: int, low: Ints, high: Ints, step: int, shape: float = 0.5
) -> Ints:
    """Amounts between ``low`` and ``high`` each, multiples of ``step``, whose sum is ``total``.

    Raises:
        Infeasible: the bounds or the step do not allow it.
    """
    floor = -(-low // step)
    ceiling = high // step
    if total % step or not floor.sum() <= total // step <= ceiling.sum():
        raise Infeasible(f"{total} outside {floor.sum() * step}…{ceiling.sum() * step}")
    room = (ceiling - floor).astype(float)
    share = rng.beta(2 * shape + 0.5, 2 * (1 - shape) + 0.5, size=len(low)) * room
    goal = int(total // step - floor.sum())
    scale = goal / share.sum() if share.sum() else 0.0
    extra = np.minimum(np.floor(share * scale), room).astype(np.int64)
    left = goal - int(extra.sum())
    order = rng.permutation(len(low))
    while left:
        for i in order:
            free = int(room[i]) - int(extra[i])
            move = min(left, free, max(1, left // len(low))) if left > 0 else max(left, -int(extra[i]), -1)
            extra[i] += move
            left -= move
            if not left:
                break
    return np.asarray((floor + extra) * step)
