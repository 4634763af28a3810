"""Cases of the later rules: prison, wrong level, wrong name, area, age, headcount, unpaid, wealth."""

from __future__ import annotations

from datetime import date

from tests.county.background import pay_through
from tests.county.cases import disabled, elder, lone, poor, total
from tests.county.world import World, month_of


def plant_status(world: World) -> None:
    """Prison, level of disability, age, certificates run out, hukou cancelled."""
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    for kind, hit in (("有期徒刑", True), ("社区矫正", False)):
        person = disabled(world)
        world.add(
            "custody", person=person, kind=kind, started_on=date(year, 7, 1), ended_on=date(year + 1, 6, 30)
        )
        pay_through(world, "nursing", person, first, last, class_name="一级")
        if hit:
            world.expect(
                "IN_PRISON_PAID", person, "nursing", None, "服刑一年(收监、释放当月是否计入各地不一,不判金额)"
            )
        else:
            world.decoy("IN_PRISON_PAID", person, "社区矫正")
    person = disabled(world, "四级")
    pay_through(world, "nursing", person, first, first + 11, class_name="二级")
    world.expect(
        "DISABILITY_MISMATCH",
        person,
        "nursing",
        total(world, "nursing", person, first, first + 11),
        "四级领重度护理",
    )
    couple = world.settle([("男", year - 70, "户主"), ("女", year - 69, "配偶")])
    world.enrol("aged", couple.head, date(year - 1, 1, 1), **{"class": "80-89周岁"})
    pay_through(world, "aged", couple.head, first, first + 5, class_name="80-89周岁")
    world.expect(
        "AGE_IMPLAUSIBLE",
        couple.head,
        "aged",
        total(world, "aged", couple.head, first, first + 5),
        "七十岁领高龄",
    )
    if world.plan.tells_cancelled:
        person = disabled(world)
        world.hukou_extra[person.id_no] = {"cancelled_on": date(year, 3, 9), "cancel_reason": "出国定居"}
        pay_through(world, "nursing", person, first, first + 11, class_name="一级")
        world.expect(
            "HUKOU_CANCELLED_PAID",
            person,
            "nursing",
            total(world, "nursing", person, first + 3, first + 11),
            "出国定居",
        )
    head = world.settle([("男", year - 67, "户主"), ("女", year - 65, "配偶")]).head
    world.add("death", person=head, died_on=date(year, 4, 4), source="police")
    world.add("land", person=head, quantity=4.0, village=head.home.village)  # type: ignore[union-attr]
    rows = [world.pay("land", head, a * 12, a * 12 + 11, quantity=4.0) for a in world.plan.years]
    world.expect("DECEASED_HEAD_ACCOUNT", head, "land", rows[1]["amount_fen"], "户主死亡,妻子在世")
    world.decoy("DECEASED_PAID", head, "到户项目户内有人在世")
    months = month_of(date(year, 6, 20)) - first + 1
    for keeps in (elder(world), elder(world)):  # paid for the months alive only: nothing wrong
        world.add("death", person=keeps, died_on=date(year, 5, 20), source="crematorium")
        world.pay("aged", keeps, first, first + 2, class_name="80-89周岁")
        row = world.pay("aged", keeps, first + 3, first + 5, class_name="80-89周岁")
        row["amount_fen"] = row["amount_fen"] * 2 // 3
        world.registers["aged"][-1 if keeps is world.registers["aged"][-1]["person"] else -2]["stop_on"] = (
            date(year, 5, 20)
        )
        for rule in ("DECEASED_PAID", "STOP_DECISION_IGNORED", "RATE_UNDER", "NOT_IN_REGISTER"):
            world.decoy(rule, keeps, f"季末只发生前{months - 1 - 3}个月")


def plant_amounts(world: World) -> None:
    """Area, under-payment, headcount, two towns, names and accounts of others, unpaid."""
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    head = world.settle([("男", year - 47, "户主"), ("女", year - 46, "配偶")]).head
    world.add("land", person=head, quantity=3.0, village=head.home.village)  # type: ignore[union-attr]
    world.pay("land", head, first, first + 11, quantity=5.0)
    rate = world.plan.item("land").rate("", first)
    world.expect("AREA_INFLATED", head, "land", rate * 2, "确权3亩报5亩")
    head = world.settle([("男", year - 47, "户主"), ("女", year - 46, "配偶")]).head
    world.add("land", person=head, quantity=3.0, village=head.home.village)  # type: ignore[union-attr]
    world.pay("land", head, first, first + 11, quantity=3.05)
    world.decoy("AREA_INFLATED", head, "在容许范围内")
    person = elder(world)
    pay_through(world, "aged", person, first, last, class_name="80-89周岁")
    mine = [row for row in world.payments if row["person"] is person][:4]
    less = 0
    for row in mine:
        cut = 2000 * (row["to"] - row["from"] + 1)
        row["amount_fen"] -= cut
        less += cut
    world.expect("RATE_UNDER", person, "aged", less, "一年少发")
    head = poor(world)
    world.registers["dibao"][-1]["quantity"] = 5
    top = next(iter(world.plan.item("dibao").rates))
    pay_through(world, "dibao", head, first, first + 11, class_name=top, quantity=5)
    fen = sum(world.plan.item("dibao").rate(top, month) * 2 for month in range(first, first + 12))
    world.expect("HEADCOUNT_OVER", head, "dibao", fen, "户籍3人保障5人")
    if len(world.plan.villages) > 1:
        person = elder(world)
        pay_through(world, "aged", person, first, first + 11, class_name="80-89周岁")
        other = next(town for town in world.plan.villages if town != person.home.town)  # type: ignore[union-attr]
        again = world.pay(
            "aged",
            person,
            first + 3,
            first + 5,
            class_name="80-89周岁",
            town=other,
            village=world.plan.villages[other][0],
        )
        if world.plan.item("aged").freq == "month":
            again["to"] = again["from"]
            again["amount_fen"] //= 3
        world.expect("DUP_CROSS_TOWN|DUP_SAME_PERIOD", person, "aged", again["amount_fen"], "两镇各发一次")
    stranger = world.settle([("男", year - 49, "户主"), ("女", year - 47, "配偶")]).head
    world.add("account", person=stranger, account=stranger.account, opened_on=date(year - 3, 4, 4))
    person = elder(world)
    pay_through(
        world,
        "aged",
        person,
        first,
        first + 11,
        class_name="80-89周岁",
        account=stranger.account,
        account_name=stranger.name,
    )
    world.expect(
        "ACCOUNT_NAME_MISMATCH", person, None, total(world, "aged", person, first, first + 11), "户名是外人"
    )
    person = elder(world)
    pay_through(
        world, "aged", person, first, first + 11, class_name="80-89周岁", name="欧阳" + stranger.name[1:]
    )
    world.expect(
        "ID_NAME_MISMATCH|ID_SHARED",
        person,
        None,
        total(world, "aged", person, first, first + 11),
        "姓名与证号不符",
    )
    person = lone(world)
    pay_through(world, "tekun", person, first, last, class_name=next(iter(world.plan.item("tekun").rates)))
    skipped = [
        row for row in world.payments if row["person"] is person and first + 12 <= row["from"] <= first + 14
    ]
    for row in skipped:
        world.payments.remove(row)
    world.expect(
        "ENROLLED_NOT_PAID", person, "tekun", sum(row["amount_fen"] for row in skipped), "在册三个月未发"
    )


def plant_wealth(world: World) -> None:
    """Firms, cars, flats of families on means-tested support."""
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    top = next(iter(world.plan.item("dibao").rates))
    for what in ("company", "vehicle", "property"):
        head = poor(world)
        pay_through(world, "dibao", head, first, last, class_name=top, quantity=3)
        member = head.home.members[1 if what == "company" else 2]  # type: ignore[union-attr]
        if what == "company":
            world.add(
                "company",
                person=member,
                company=f"{world.plan.zone[:2]}宏图建材有限公司",
                role="法定代表人",
                since=date(year - 3, 5, 5),
                status="存续",
                capital=2000000_00,
            )
            rule = "COMPANY_OWNER"
        elif what == "vehicle":
            world.add(
                "vehicle",
                person=member,
                brand="大众牌小型轿车",
                plate_kind="小型汽车",
                since=date(year - 1, 5, 5),
                status="正常",
            )
            rule = "VEHICLE_OWNER"
        else:
            for _ in range(2):
                world.add(
                    "property", person=member, use="住宅", area=120.5, got="购买", since=date(year - 2, 8, 8)
                )
            rule = "PROPERTY_MULTI"
        world.expect(rule, f"any:{'/'.join(p.id_no for p in head.home.members)}", None, None, what)  # type: ignore[union-attr]
    head = poor(world)
    pay_through(world, "dibao", head, first, last, class_name=top, quantity=3)
    world.add(
        "company",
        person=head,
        company="某某小卖部",
        role="经营者",
        since=date(year - 8, 5, 5),
        status="吊销",
        capital=5000_00,
    )
    world.decoy("COMPANY_OWNER", head, "早已吊销")


def plant_more(world: World) -> None:
    """Everything here."""
    plant_status(world)
    plant_amounts(world)
    plant_wealth(world)
    year_sums: dict[tuple[str, str, int], int] = {}
    for row in world.payments:
        if row["channel"] != "system" and row["status"] == "ok":
            key = (row["kind"], row["town"], row["from"] // 12)
            year_sums[key] = year_sums.get(key, 0) + row["amount_fen"]
    for (kind, town, year), fen in sorted(year_sums.items()):
        rule = "MUST_IN_SYSTEM_MISSING" if world.plan.item(kind).must else "OFF_SYSTEM_PAID"
        world.expect(rule, f"control:{town}:{year}", kind, fen, "系统外发放")
