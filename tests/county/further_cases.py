"""Cases of the rules that the first counties did not plant."""

from __future__ import annotations

from tests.county.family_cases import plant_families, plant_grades
from tests.county.money_cases import plant_banks, plant_channels
from tests.county.status_cases import plant_identities, plant_rights, plant_urban
from tests.county.world import World


def plant_further(world: World) -> None:
    """Everything here; before the sums outside the system are taken."""
    plant_urban(world)
    plant_identities(world)
    plant_rights(world)
    plant_families(world)
    plant_grades(world)
    plant_channels(world)
    plant_banks(world)
