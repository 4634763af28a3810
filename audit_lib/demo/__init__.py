"""The made-up Lingang district, as a dozen departments would deliver it.

``generate`` writes raw files that look like real ones and, in another folder, the truth about them. The
same seed gives the same bytes. At full scale every item and year ties to the plan (``plan.csv``) to the
fen whatever the seed; smaller districts keep the structure and the rates.

Realism: surnames cluster by natural village and given names by generation, so namesakes are common;
twins have neighbouring numbers; people of different registration years have different area codes; deaths
follow age, and every recipient who dies, moves or loses his right stops in the right month unless a
problem is planted on him. Mess comes at the rates offices see: 15-digit numbers, lower-case x, full width,
blanks, apostrophes, names with blanks, natural instead of official villages, five ways to write a month,
titles, blank lines, totals and signatures; a few typed-over, masked or missing numbers; a few rows that
nobody can use. All people, numbers and accounts are invented.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from audit_lib.demo.assemble import add_hopeless_rows, finish_payments
from audit_lib.demo.awards import award_everything
from audit_lib.demo.background import make_background
from audit_lib.demo.damage import damage_payments
from audit_lib.demo.delivery import Delivery, write_all
from audit_lib.demo.enrol import make_enrolments
from audit_lib.demo.office_lists import (
    bank_lists,
    control_lists,
    control_totals,
    feedback_lists,
    inspection_list,
    recovery_list,
)
from audit_lib.demo.pay_lists import DamagedRows, system_lists, town_workbooks
from audit_lib.demo.payments import make_payments
from audit_lib.demo.plan import RESIDENTS
from audit_lib.demo.plants.accounts import fill_accounts, plant_accounts
from audit_lib.demo.plants.decoys import plant_decoys_in_payments, plant_decoys_in_registers
from audit_lib.demo.plants.earning import plant_earning
from audit_lib.demo.plants.leaving import plant_leaving
from audit_lib.demo.plants.money import plant_wrong_money, reserve_money
from audit_lib.demo.plants.papers import plant_in_papers, plant_invalid_numbers
from audit_lib.demo.plants.scope import plant_scope
from audit_lib.demo.population import make_population
from audit_lib.demo.register_lists import death_lists, enrolment_lists, hukou_list, other_lists
from audit_lib.demo.scene import Scene
from audit_lib.demo.truth import make_truth, write_truth
from audit_lib.demo.verdicts import decide, recover, sample
from audit_lib.demo.world import make_world
from audit_lib.params import Project
from audit_lib.progress import say

__all__ = ["District", "generate", "make_district"]


class District:
    """A district in memory: what happened, what was planted, and the files that tell of it."""

    def __init__(self, project: Project, scale: float, seed: int) -> None:
        say(f"生成虚构的临港区:规模 {scale:g},种子 {seed}")
        people = make_population(project, max(1200, round(RESIDENTS * scale)), seed)
        world = make_world(project, people, seed, scale)
        reserve_money(world)
        award_everything(world)
        scene = Scene(world, make_payments(world), make_enrolments(world))
        plant_wrong_money(scene)
        plant_decoys_in_payments(scene)
        plant_leaving(scene)
        plant_earning(scene)
        plant_scope(scene)
        fill_accounts(scene)
        plant_accounts(scene)
        plant_decoys_in_registers(scene)
        tables = make_background(scene)
        payments = damage_payments(world, finish_payments(scene), _protected(scene))
        plant_invalid_numbers(scene, payments)
        totals = plant_in_papers(scene, control_totals(world, payments))
        decide(scene)
        self.scene, self.world, self.payments = scene, world, payments
        self.recoveries = recover(scene)
        self.visits = sample(scene)
        self.truth = make_truth(scene, payments, self.recoveries, self.visits)
        self.damaged: DamagedRows = []
        self._tables: dict[str, pd.DataFrame] = tables
        self._totals = totals

    def deliveries(self) -> list[Delivery]:
        """Every raw file; fills ``damaged`` with the rows whose identity was damaged."""
        scene, world = self.scene, self.world
        self.damaged.clear()
        written = add_hopeless_rows(world, self.payments)
        self.truth["hopeless"] = int((written["hopeless"] != "").sum())
        system, towns = written[written["is_system"]], written[~written["is_system"]]
        return [
            *system_lists(world, system, self.damaged),
            *town_workbooks(world, towns, self.damaged),
            hukou_list(scene, self._tables["move_inside"]),
            *death_lists(scene, self._tables["death"]),
            *enrolment_lists(scene),
            *other_lists(scene, self._tables),
            *bank_lists(self.payments),
            *control_lists(world, self._totals),
            *feedback_lists(scene),
            recovery_list(scene, self.recoveries),
            inspection_list(scene, self.visits),
        ]


def _protected(scene: Scene) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """People of cases and decoys keep readable numbers; so does whoever shares their household."""
    return scene.world.household_of(scene.busy)


def make_district(project: Project, scale: float = 1.0, seed: int = 20190710) -> District:
    """The district in memory, without writing anything."""
    return District(project, scale, seed)


def generate(project: Project, raw: Path, truth: Path, scale: float = 1.0, seed: int = 20190710) -> None:
    """Write the district's raw files below ``raw`` and the truth about them below ``truth``.

    Both folders appear complete or not at all; what was there before is replaced.

    Args:
        project: parameters; its areas, items and standards shape the district.
        raw: folder for the departments' files.
        truth: folder for ``truth.json`` and ``link_truth.csv``; the audit never opens it.
        scale: 1.0 is the whole district of 200,000 residents.
        seed: same seed, same bytes.
    """
    district = make_district(project, scale, seed)
    partial_raw, partial_truth = (path.with_name(path.name + ".partial") for path in (raw, truth))
    for folder in (partial_raw, partial_truth):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    write_all(partial_raw, district.deliveries())
    write_truth(partial_truth, district.truth, district.damaged)
    for partial, final in ((partial_truth, truth), (partial_raw, raw)):
        shutil.rmtree(final, ignore_errors=True)
        partial.rename(final)
