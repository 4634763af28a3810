"""The counties by letter: a world and its delivery."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from tests.county import north, north_plan, north_policies, west_plan, west_policies
from tests.county.account_cases import plant_all
from tests.county.background import populate
from tests.county.further_cases import plant_further
from tests.county.grids import Delivered
from tests.county.more_cases import plant_more
from tests.county.world import World
from tests.county.writers import write_all


def build(letter: str) -> tuple[World, list[Delivered]]:
    """World and files of a county.

    ``A`` is the whole of 河阳县, ``A-bare`` only its payments and household register, ``A-town`` a county of one town;
    ``C`` is 桐溪县, whose clerks write otherwise and which has a case of nearly every rule.
    """
    if letter in ("A", "A-bare", "A-town"):
        plan = north_plan.NORTH
        if letter == "A-town":
            town = next(iter(plan.villages))
            plan = replace(plan, villages={town: plan.villages[town]}, households=1000, slug="heyang_town")
        world = populate(plan)
        plant_all(world)
        plant_more(world)
        files = [*north.payment_files(world), *north_policies.register_files(world)]
        if letter == "A-bare":
            return world, [file for file in files if file.table in ("payment", "hukou")]
        return world, [*files, *north_policies.litter(world, files)]
    if letter == "C":
        world = populate(west_plan.WEST)
        plant_all(world)
        plant_further(world)
        plant_more(world)
        return world, west_policies.all_files(world)
    raise ValueError(letter)


def generate(letter: str, folder: Path) -> tuple[World, list[Delivered]]:
    """Write ``folder/raw`` and, beside it, ``folder/truth.json``."""
    world, files = build(letter)
    write_all(files, folder / "raw")
    truth = {"files": [file.truth() for file in files], "expected": [asdict(e) for e in world.expected],
             "decoys": [asdict(d) for d in world.decoys]}  # fmt: skip
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return world, files
