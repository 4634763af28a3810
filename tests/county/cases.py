"""Planted cases and decoys for the rules, each on a household of its own, amounts by the catalogue's arithmetic."""

from __future__ import annotations

from datetime import date

from tests.county.background import pay_through
from tests.county.people import Person
from tests.county.world import World, month_of

OLD = 1938


def total(world: World, kind: str, person: Person, first: int, last: int) -> int:
    """Paid fen of an item in service months, spread evenly."""
    fen = 0
    for row in world.payments:
        if row["kind"] == kind and row["person"] is person and row["status"] == "ok":
            months = row["to"] - row["from"] + 1
            share, rest = divmod(row["amount_fen"], months)
            for month in range(row["from"], row["to"] + 1):
                if first <= month <= last:
                    fen += share + (rest if month == row["to"] else 0)
    return fen


def elder(world: World, **more: object) -> Person:
    """An old couple; the first of them draws the old-age allowance."""
    base = min(world.plan.years)
    household = world.settle([("男", base - 83, "户主"), ("女", base - 78, "配偶")])
    world.enrol("aged", household.head, date(base - 3, 1, 1), **{"class": "80-89周岁"})
    return household.head


def disabled(world: World, level: str = "一级", kind: str = "肢体", size: int = 3) -> Person:
    """A family whose second member is disabled."""
    base = min(world.plan.years)
    shape = [("男", base - 52, "户主"), ("女", base - 50, "配偶"), ("男", base - 24, "子")]
    household = world.settle(shape[:size])
    person = household.members[min(1, size - 1)]
    world.enrol("disability", person, date(2017, 3, 1), **{"class": level}, disability=kind)
    return person


def poor(world: World, size: int = 3) -> Person:
    """A family on minimum living allowance; returns the head."""
    base = min(world.plan.years)
    shape = [("男", base - 55, "户主"), ("女", base - 53, "配偶"), ("男", base - 27, "子")]
    household = world.settle(shape[:size])
    class_name = next(iter(world.plan.item("dibao").rates))
    world.enrol(
        "dibao",
        household.head,
        date(base - 2, 7, 1),
        **{"class": class_name},
        quantity=size,
        household=household,
    )
    return household.head


def lone(world: World) -> Person:
    """A single old person on support for destitute people."""
    base = min(world.plan.years)
    household = world.settle([("男", base - 71, "户主")])
    world.enrol(
        "tekun", household.head, date(base - 2, 7, 1), **{"class": next(iter(world.plan.item("tekun").rates))}
    )
    return household.head


def plant_exits(world: World) -> None:
    """Death, moving away, reservoir resettlers, income, stop decisions."""
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    top = next(iter(world.plan.item("dibao").rates))
    cared = next(iter(world.plan.item("tekun").rates))

    for when, source in (
        (date(year, 5, 12), "police"),
        (date(year, 9, 30), "crematorium"),
        (date(year + 1, 2, 3), "health"),
    ):
        person = elder(world)
        world.add("death", person=person, died_on=when, source=source)
        pay_through(world, "aged", person, first, last, class_name="80-89周岁")
        world.expect(
            "DECEASED_PAID",
            person,
            "aged",
            total(world, "aged", person, month_of(when) + 1, last),
            f"高龄,{source}",
        )
    for when, months in ((date(year, 3, 8), 4), (date(year + 1, 6, 30), 2)):
        person = lone(world)
        world.add("death", person=person, died_on=when, source="crematorium")
        until = month_of(when) + months
        pay_through(world, "tekun", person, first, until, class_name=cared)
        world.expect(
            "DECEASED_PAID", person, "tekun", total(world, "tekun", person, month_of(when) + 1, until), "特困"
        )
    person = elder(world)  # two witnesses over a month's end: the crematorium stands
    world.add("death", person=person, died_on=date(year, 6, 29), source="crematorium")
    world.add("death", person=person, died_on=date(year, 7, 3), source="police")
    pay_through(world, "aged", person, first, first + 8, class_name="80-89周岁")
    world.expect(
        "DECEASED_PAID",
        person,
        "aged",
        total(world, "aged", person, first + 6, first + 8),
        "两个来源相差数日",
    )
    person = elder(world)  # 15-digit number in the list
    world.add("death", person=person, died_on=date(year, 11, 2), source="police")
    pay_through(
        world, "aged", person, first, last, class_name="80-89周岁", id=person.id_no[:6] + person.id_no[8:17]
    )
    world.expect(
        "DECEASED_PAID", person, "aged", total(world, "aged", person, first + 11, last), "清册为15位旧号"
    )
    person = elder(world)  # died in the last month paid
    world.add("death", person=person, died_on=date(year, 6, 2), source="police")
    pay_through(world, "aged", person, first, first + 5, class_name="80-89周岁")
    world.decoy("DECEASED_PAID", person, "死亡当月为最后一月")
    person = elder(world)  # dead by two sources half a year apart
    world.add("death", person=person, died_on=date(year, 2, 2), source="police")
    world.add("death", person=person, died_on=date(year, 9, 12), source="health")
    pay_through(world, "aged", person, first, last, class_name="80-89周岁")
    world.expect("DEATH_RECORD_CONFLICT", person, None, None, "两个来源相差七个月")
    world.decoy("DECEASED_PAID", person, "死亡信息矛盾")

    if world.plan.has("resettler"):
        for when, hit in ((date(year, 8, 9), True), (date(year + 1, 3, 3), False)):
            person = world.settle([("女", year - 66, "户主"), ("男", year - 40, "子")]).head
            world.enrol("resettler", person, date(2006, 7, 1))
            world.add("death", person=person, died_on=when, source="police")
            pay_through(world, "resettler", person, first, last)
            if hit:
                world.expect(
                    "MIGRANT_NOT_REDUCED",
                    person,
                    "resettler",
                    total(world, "resettler", person, first + 12, last),
                    "次年起",
                )
            else:
                world.decoy("MIGRANT_NOT_REDUCED", person, "死亡当年")
                world.decoy("DECEASED_PAID", person, "移民当年")

    for when, where in ((date(year, 4, 17), "浙江省宁波市鄞州区"), (date(year + 1, 1, 8), "江苏省昆山市")):
        person = disabled(world)
        world.hukou_extra[person.id_no] = {"moved_out_on": when, "moved_out_to": where}
        pay_through(world, "nursing", person, first, last, class_name="一级")
        world.expect(
            "MOVED_OUT_PAID",
            person,
            "nursing",
            total(world, "nursing", person, month_of(when) + 1, last),
            where,
        )
    person = disabled(world)
    towns = list(world.plan.villages)
    other = next(town for town in [*towns, towns[0]] if len(towns) == 1 or town != person.home.town)  # type: ignore[union-attr]
    world.hukou_extra[person.id_no] = {
        "moved_out_on": date(year, 5, 5),
        "moved_out_to": f"{other}{world.plan.villages[other][0]}",
    }
    pay_through(world, "nursing", person, first, last, class_name="一级")
    world.decoy("MOVED_OUT_PAID", person, "县内迁移")

    for pay in (520000, 880000):
        head = poor(world)
        son = head.home.members[2]  # type: ignore[union-attr]
        world.add(
            "employee",
            person=son,
            unit="某机械制造有限公司",
            base_fen=pay,
            status="参保缴费",
            started_on=date(year - 2, 3, 1),
        )
        pay_through(world, "dibao", head, first, last, class_name=top, quantity=3)
        world.expect(
            "INCOME_OVER_PAID", head, "dibao", total(world, "dibao", head, first, last), "子女职工参保"
        )
    for status, unit in (("暂停缴费", "某纺织厂"), ("参保缴费", "灵活就业人员")):
        head = poor(world)
        world.add("employee", person=head.home.members[2], unit=unit, base_fen=620000, status=status,  # type: ignore[union-attr]
                  started_on=date(year - 2, 3, 1))  # fmt: skip
        pay_through(world, "dibao", head, first, last, class_name=top, quantity=3)
        world.decoy("INCOME_OVER_PAID", head, f"{status}{unit}")

    head = poor(world)  # stopped by decision, paid on
    world.registers["dibao"][-1].update(stop_on=date(year, 8, 20), stop_reason="家庭收入超标准")
    pay_through(world, "dibao", head, first, first + 11, class_name=top, quantity=3)
    world.expect(
        "STOP_DECISION_IGNORED|NOT_IN_REGISTER",
        head,
        "dibao",
        total(world, "dibao", head, first + 8, first + 11),
        "停发后续发",
    )


def plant_scope(world: World) -> None:
    """Outside the register, public staff, rates, doubles, exclusive pairs, renovated houses."""
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    for _ in range(2):
        person = disabled(world)
        world.registers["disability"].pop()
        pay_through(world, "nursing", person, first, first + 5, class_name="二级")
        world.expect(
            "NOT_IN_REGISTER",
            person,
            "nursing",
            total(world, "nursing", person, first, first + 5),
            "不在残疾人名册",
        )
    person = elder(world)
    world.registers["aged"].pop()
    pay_through(world, "aged", person, first, first + 11, class_name="80-89周岁")
    world.expect(
        "NOT_IN_REGISTER", person, "aged", total(world, "aged", person, first, first + 11), "不在高龄名册"
    )
    person = disabled(world)  # the wife draws it for him
    agent = person.home.head  # type: ignore[union-attr]
    pay_through(world, "nursing", agent, first, first + 5, class_name="一级")
    world.decoy("NOT_IN_REGISTER", agent, "家人代领")
    world.excuse("NURSING_OTHER", agent)

    if world.plan.has("relief"):
        for post, hit in (("机关在编", True), ("退休", True), ("公益性岗位", False)):
            person = world.settle(
                [("男", year - (65 if post == "退休" else 45), "户主"), ("女", year - 44, "配偶")]
            ).head
            world.add(
                "staff", person=person, unit="某某局", post=post, started_on=date(2001, 8, 1), pay_fen=612000
            )
            paid = world.pay("relief", person, first + 7, amount_fen=150000)
            if hit:
                world.expect("STAFF_PAID", person, "relief", paid["amount_fen"], post)
            else:
                world.decoy("STAFF_PAID", person, post)

    for extra in (2000, 5000):
        person = elder(world)
        pay_through(world, "aged", person, first, last, class_name="80-89周岁")
        for row in world.payments[-4:]:
            row["amount_fen"] += extra * (row["to"] - row["from"] + 1)
        rows = 4
        months = sum(row["to"] - row["from"] + 1 for row in world.payments[-rows:])
        world.expect("RATE_OVER", person, "aged", extra * months, "多发")
    head = world.settle([("男", year - 47, "户主"), ("女", year - 46, "配偶")]).head
    world.add("land", person=head, quantity=3.2, village=head.home.village)  # type: ignore[union-attr]
    paid = world.pay("land", head, first, first + 11, quantity=3.2)
    paid["amount_fen"] += 12345
    world.expect("RATE_OVER", head, "land", 12345, "耕地多发")
    world.excuse("AMOUNT_ARITH", head)

    for _ in range(2):
        person = disabled(world)
        pay_through(world, "nursing", person, first, last, class_name="一级")
        again = world.pay("nursing", person, first + 6, first + 6 + 2 if world.plan.item("nursing").freq == "quarter" else first + 6,
                          class_name="一级")  # fmt: skip
        world.expect("DUP_SAME_PERIOD", person, "nursing", again["amount_fen"], "同期两笔")
        world.excuse("RATE_OVER", person)
    person = elder(world)  # difference after a rise
    pay_through(world, "aged", person, first, first + 5, class_name="80-89周岁")
    world.pay("aged", person, first, first + 2, class_name="80-89周岁", amount_fen=1500, purpose="提标补差")
    world.decoy("DUP_SAME_PERIOD", person, "提标补差")
    world.decoy("RATE_OVER", person, "提标补差")

    cared = next(iter(world.plan.item("tekun").rates))
    for _ in range(2):
        person = lone(world)
        pay_through(world, "tekun", person, first, last, class_name=cared)
        world.enrol("disability", person, date(2017, 3, 1), **{"class": "二级"}, disability="视力")
        pay_through(world, "nursing", person, first + 12, last, class_name="二级")
        world.expect(
            "EXCLUSIVE_PAIR",
            person,
            "nursing",
            total(world, "nursing", person, first + 12, last),
            "特困与护理补贴",
        )
    person = lone(world)
    top = next(iter(world.plan.item("dibao").rates))
    pay_through(world, "tekun", person, first, last, class_name=cared)
    world.enrol("dibao", person, date(year - 2, 7, 1), **{"class": top}, quantity=1, household=person.home)
    pay_through(world, "dibao", person, first, first + 9, class_name=top, quantity=1)
    world.expect(
        "EXCLUSIVE_PAIR", person, "dibao", total(world, "dibao", person, first, first + 9), "特困与低保"
    )

    if world.plan.has("reno"):
        for number in range(14):
            head = poor(world, size=2)
            pay_through(world, "dibao", head, first, last, class_name=top, quantity=2)
            world.enrol("reno", head, date(year, 6, 1), **{"class": "D级"})
            paid = world.pay("reno", head, first + 9, first + 9, class_name="D级")
            if number < 2:
                world.enrol("reno", head, date(year - 4, 5, 1), **{"class": "C级"})
                world.expect("HOUSE_RENO_REPEAT", head, "reno", paid["amount_fen"], "四年前已享受")
            if number == 2:
                world.enrol("reno", head, date(year - 13, 5, 1), **{"class": "C级"})
                world.decoy("HOUSE_RENO_REPEAT", head, "十三年前")
