"""Pools of people from whom the recipients of an item are taken, in random order."""

from __future__ import annotations

import numpy as np

from audit_lib.demo.world import Mask, Persons, World, stays


def shuffled(world: World, mask: Mask, purpose: str) -> Persons:
    """The people of a mask in random order."""
    return np.asarray(world.rng("order " + purpose).permutation(np.flatnonzero(mask)))


def alive(world: World) -> Mask:
    """Those who lived to see 2017."""
    return np.asarray(world.column("died_m") >= 2017 * 12)


def payee_of_household(world: World) -> Persons:
    """For each household (by number) the head if he stays, else another adult who does, else −1."""
    hh, age = world.column("hh"), world.age_at(2017)
    able = stays(world) & (age >= 18)
    is_head = world.column("head") == np.arange(len(hh))
    payee = np.full(hh.max() + 1, -1, dtype=np.int64)
    for chosen in (np.flatnonzero(able & ~is_head)[::-1], np.flatnonzero(able & is_head)):
        payee[hh[chosen]] = chosen
    return payee
