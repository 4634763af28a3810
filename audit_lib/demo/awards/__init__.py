"""Who gets which of the 37 items: pools by age, family and hardship, kept apart where items exclude each other."""

from __future__ import annotations

from audit_lib.demo.awards.care import award_care
from audit_lib.demo.awards.elders import award_elders
from audit_lib.demo.awards.families import award_migrants, award_poverty, award_students
from audit_lib.demo.awards.farms import award_by_case, award_fields, award_posts
from audit_lib.demo.awards.relief import award_power, award_relief
from audit_lib.demo.world import World, stays


def award_everything(world: World) -> None:
    """Fill ``world.spells`` for all items and both years."""
    _mark_staff(world)
    award_relief(world)
    award_care(world)
    award_elders(world)
    award_migrants(world)
    award_power(world)
    award_fields(world)
    award_poverty(world)
    award_students(world)
    award_posts(world)
    award_by_case(world)


def _mark_staff(world: World) -> None:
    """Civil servants, teachers and their pensioners: their households stand outside what needs hardship."""
    age = world.age_at(2017)
    rng = world.rng("staff")
    working = (age >= 23) & (age < 58) & (rng.random(len(age)) < 0.022) & stays(world)
    retired = (age >= 60) & (age < 85) & (rng.random(len(age)) < 0.03) & stays(world)
    world.marks["staff"] = working
    world.marks["retired_staff"] = retired
    world.marks["payroll"] = working | retired
    world.marks["payroll_household"] = world.household_of(working | retired)
