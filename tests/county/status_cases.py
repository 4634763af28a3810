"""Cases of lists and rights: urban and rural, two numbers, expired rights, prisoners' shares, the higher of two."""

from __future__ import annotations

from datetime import date

from audit_lib.idnum import check_character
from tests.county.background import pay_through
from tests.county.cases import disabled, elder, poor, total
from tests.county.people import Person
from tests.county.world import World


def sibling_number(id_no: str, step: int = 4) -> str:
    """Another valid number of the same area, birth and sex."""
    body = f"{id_no[:14]}{(int(id_no[14:17]) + step) % 1000:03d}"
    return body + check_character(body)


def household_ids(person: Person) -> str:
    """Any member of the person's household."""
    assert person.home is not None
    return "any:" + "/".join(member.id_no for member in person.home.members)


def dibao_for(world: World, head: Person, size: int) -> None:
    """The lawful rural allowance of a household over the whole time."""
    top = next(iter(world.plan.item("dibao").rates))
    pay_through(world, "dibao", head, world.first_month, world.last_month, class_name=top, quantity=size)


def plant_urban(world: World) -> None:
    """Urban households, two of them on the rural list too."""
    if not world.plan.has("udibao"):
        return
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    for number in range(16):
        head = world.settle([("女", year - 49, "户主"), ("男", year - 20, "子")]).head
        world.enrol("udibao", head, date(year - 2, 7, 1), quantity=2)
        pay_through(world, "udibao", head, first, last, quantity=2)
        world.ordinary.update(p.id_no for p in head.home.members if number >= 2)  # type: ignore[union-attr]
        if number < 2:
            top = next(iter(world.plan.item("dibao").rates))
            world.enrol(
                "dibao", head, date(year - 1, 7, 1), **{"class": top}, quantity=2, household=head.home
            )
            pay_through(world, "dibao", head, first + 4, first + 15, class_name=top, quantity=2)
            world.expect(
                "DIBAO_URBAN_RURAL|EXCLUSIVE_PAIR",
                head,
                "dibao",
                total(world, "dibao", head, first + 4, first + 15),
                "城乡低保同领",
            )
            world.excuse("EXCLUSIVE_PAIR", head)


def plant_identities(world: World) -> None:
    """Two numbers of one person, twins, a number nobody has, a number altered after death."""
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    person = disabled(world)
    other = sibling_number(person.id_no)
    pay_through(world, "nursing", person, first, first + 11, class_name="一级")
    pay_through(world, "nursing", person, first + 12, last, class_name="一级", id=other)
    world.expect(
        "PERSON_MULTI_ID|ID_TAMPERED|ID_NOT_FOUND",
        f"any:{person.id_no}/{other}",
        None,
        None,
        "一人两个有效证号",
    )
    for rule in ("NOT_IN_REGISTER", "ID_NOT_FOUND", "ID_TAMPERED", "PERSON_MULTI_ID", "ENROLLED_NOT_PAID"):
        world.excuse(rule, person)
        world.excused.add((rule, other))
    home = world.settle([("男", year - 50, "户主"), ("女", year - 24, "女"), ("女", year - 24, "女")])
    twin = home.members[2]
    twin.birth, twin.id_no = home.members[1].birth, sibling_number(home.members[1].id_no, 2)
    twin.name = home.members[1].name[:-1] + ("香" if home.members[1].name[-1] != "香" else "玉")
    for sister in home.members[1:]:
        world.enrol("disability", sister, date(2017, 3, 1), **{"class": "一级"}, disability="智力")
        pay_through(world, "nursing", sister, first, last, class_name="一级")
        world.decoy("PERSON_MULTI_ID", sister, "双胞胎")
        world.decoy("DUP_SAME_PERIOD", sister, "双胞胎")
    person = elder(world)
    pay_through(world, "aged", person, first, first + 11, class_name="80-89周岁")
    assert person.home is not None
    world.households.remove(person.home)
    world.expect(
        "ID_NOT_FOUND", person, "aged", total(world, "aged", person, first, first + 11), "户籍中没有"
    )
    person = elder(world)
    changed = sibling_number(person.id_no, 10)
    world.add("death", person=person, died_on=date(year, 2, 20), source="police")
    pay_through(world, "aged", person, first, first + 2, class_name="80-89周岁")
    pay_through(world, "aged", person, first + 3, last, class_name="80-89周岁", id=changed)
    fen = sum(r["amount_fen"] for r in world.payments if r["person"] is person and r["id"] == changed)
    world.expect(
        "ID_TAMPERED|ID_NOT_FOUND", f"any:{person.id_no}/{changed}", "aged", fen, "死后改了证号继续领"
    )
    for rule in (
        "NOT_IN_REGISTER",
        "ID_NOT_FOUND",
        "ID_TAMPERED",
        "PERSON_MULTI_ID",
        "DECEASED_PAID",
        "ENROLLED_NOT_PAID",
    ):
        world.excuse(rule, person)
        world.excused.add((rule, changed))


def plant_rights(world: World) -> None:
    """Certificates run out, pupils gone, too young, prisoners in a household, resettlers hired, levels, the higher of two."""
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    person = disabled(world)
    world.registers["disability"][-1]["ended_on"] = date(year, 6, 30)
    pay_through(world, "nursing", person, first, last, class_name="一级")
    world.expect(
        "TERM_EXPIRED|STOP_DECISION_IGNORED|NOT_IN_REGISTER",
        person,
        "nursing",
        total(world, "nursing", person, first + 6, last),
        "残疾证过期",
    )
    person = disabled(world)
    world.registers["disability"][-1]["ended_on"] = date(year + 1, 12, 15)
    pay_through(world, "nursing", person, first, last, class_name="一级")
    for rule in ("TERM_EXPIRED", "STOP_DECISION_IGNORED", "NOT_IN_REGISTER"):
        world.decoy(rule, person, "证在末月到期")
    person = disabled(world, "二级")
    pay_through(world, "nursing", person, first, first + 11, class_name="一级")
    plan = world.plan.item("nursing")
    fen = sum(plan.rate("一级", m) - plan.rate("二级", m) for m in range(first, first + 12))
    world.expect("DISABILITY_MISMATCH|RATE_OVER", person, "nursing", fen, "二级按一级发")
    world.excuse("RATE_OVER", person)
    if world.plan.has("student"):
        child = world.settle([("男", year - 40, "户主"), ("男", year - 14, "子")]).members[1]
        world.enrol(
            "student",
            child,
            date(year - 8, 9, 1),
            school="中心学校",
            stop_on=date(year, 6, 30),
            stop_reason="毕业",
        )
        begins = (year * 12 + 2, year * 12 + 8, year * 12 + 14)
        rows = [world.pay("student", child, b, b + 4 if b % 12 == 2 else b + 3) for b in begins]
        world.expect(
            "STUDENT_NOT_ENROLLED|TERM_EXPIRED|NOT_IN_REGISTER|STOP_DECISION_IGNORED",
            child,
            "student",
            rows[1]["amount_fen"] + rows[2]["amount_fen"],
            "毕业后仍领",
        )
    if world.plan.has("fp"):
        head = world.settle([("女", year - 56, "户主"), ("男", year - 57, "配偶")]).head
        world.enrol("fp", head, date(year - 1, 1, 1))
        row = world.pay("fp", head, first, first + 11)
        world.expect("AGE_IMPLAUSIBLE", head, "fp", row["amount_fen"], "五十六岁领奖扶")
    for kind, hit in (("有期徒刑", True), ("缓刑社区矫正", False)):
        head = poor(world)
        world.add(
            "custody",
            person=head.home.members[2],
            kind=kind,
            started_on=date(year - 1, 3, 1),
            ended_on=date(year + 3, 2, 28),
        )  # type: ignore[union-attr]
        dibao_for(world, head, 3)
        rate = world.plan.item("dibao")
        top = next(iter(rate.rates))
        share = sum(rate.rate(top, m) for m in range(first, last + 1))
        who = household_ids(head)
        if hit:
            world.expect("IN_PRISON_PAID", who, "dibao", share, "低保户中服刑成员的一份")
            world.excuse("HEADCOUNT_OVER", head)
        else:
            for member in head.home.members:  # type: ignore[union-attr]
                world.decoy("IN_PRISON_PAID", member, "缓刑")
    if world.plan.has("resettler"):
        home = world.settle([("女", year - 60, "户主"), ("男", year - 28, "子")])
        son = home.members[1]
        for person in home.members:
            world.enrol("resettler", person, date(2006, 7, 1))
            pay_through(world, "resettler", person, first, last)
        world.add(
            "staff",
            person=son,
            unit="县水利局",
            post="机关在编",
            started_on=date(year, 5, 10),
            pay_fen=580000,
        )
        world.expect(
            "MIGRANT_NOT_REDUCED",
            son,
            "resettler",
            total(world, "resettler", son, first + 12, last),
            "招录为公务员,次年起核减",
        )
    if any(e.relation == "choose_higher" for e in world.plan.exclusions):
        person = elder(world)
        world.enrol("disability", person, date(2017, 3, 1), **{"class": "一级"}, disability="视力")
        pay_through(world, "aged", person, first, first + 11, class_name="80-89周岁")
        pay_through(world, "nursing", person, first + 3, first + 8, class_name="一级")
        less = (
            "aged"
            if world.plan.item("aged").rate("80-89周岁", first) < plan.rate("一级", first)
            else "nursing"
        )
        world.expect(
            "EXCLUSIVE_PAIR", person, less, total(world, less, person, first + 3, first + 8), "高龄与护理就高"
        )
    assert last > first
