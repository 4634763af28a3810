"""Cases of what a household has: supporters, officers' kin, pensions, taxed pay, firms, cars, flats."""

from __future__ import annotations

from datetime import date

from tests.county.background import pay_through
from tests.county.cases import poor, total
from tests.county.status_cases import dibao_for, household_ids
from tests.county.world import World


def plant_families(world: World) -> None:
    """Supporters, officers' kin, pensions, taxed pay, one household drawing twice."""
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    care = next(iter(world.plan.item("tekun").rates))
    for able in (True, False):
        home = world.settle([("男", year - 72, "户主"), ("男", year - 41, "子")])
        world.enrol("tekun", home.head, date(year - 2, 7, 1), **{"class": care})
        pay_through(world, "tekun", home.head, first, last, class_name=care)
        world.add(
            "employee",
            person=home.members[1],
            unit="某物流有限公司",
            base_fen=520000,
            status="参保缴费",
            started_on=date(year - 2, 3, 1),
        )
        if able:
            world.expect(
                "TEKUN_HAS_SUPPORTER",
                home.head,
                "tekun",
                total(world, "tekun", home.head, first, last),
                "户内有成年儿子",
            )
        else:
            world.enrol(
                "disability", home.members[1], date(2016, 3, 1), **{"class": "一级"}, disability="精神"
            )
            world.decoy("TEKUN_HAS_SUPPORTER", home.head, "儿子一级残疾")
    for filed in ("否", "是"):
        head = poor(world)
        world.registers["dibao"][-1]["filing"] = filed
        dibao_for(world, head, 3)
        son = head.home.members[2]  # type: ignore[union-attr]
        world.add(
            "cadre",
            person=son,
            unit=f"{head.home.town}{head.home.village}",
            post="村委会主任",
            started_on=date(year - 3, 1, 10),
        )  # type: ignore[union-attr]
        if filed == "否":
            world.expect(
                "CADRE_RELATIVE",
                household_ids(head),
                "dibao",
                total(world, "dibao", head, first, last),
                "儿子是村主任,未备案",
            )
        else:
            for member in head.home.members:  # type: ignore[union-attr]
                world.decoy("CADRE_RELATIVE", member, "已备案")
    head = poor(world)
    dibao_for(world, head, 3)
    world.add("pension", person=head.home.members[1], pay_fen=386000, started_on=date(year - 2, 6, 1))  # type: ignore[union-attr]
    fen = total(world, "dibao", head, first, last)
    world.expect("EMPLOYEE_PENSION|INCOME_OVER_PAID", household_ids(head), "dibao", fen, "妻子领职工养老金")
    for rule in ("EMPLOYEE_PENSION", "INCOME_OVER_PAID"):
        world.excuse(rule, head)
    for pay, hit in ((108000_00, True), (6000_00, False)):
        head = poor(world)
        dibao_for(world, head, 3)
        world.add("tax", person=head.home.members[2], income=pay, year=year)  # type: ignore[union-attr]
        if hit:
            world.expect(
                "TAX_INCOME|INCOME_OVER_PAID",
                household_ids(head),
                "dibao",
                total(world, "dibao", head, first, first + 11),
                "儿子申报收入十万八",
            )
            world.excuse("INCOME_OVER_PAID", head)
        else:
            world.decoy("TAX_INCOME", head, "年收入六千")
    if world.plan.has("power"):
        head = poor(world)
        dibao_for(world, head, 3)
        wife = head.home.members[1]  # type: ignore[union-attr]
        pay_through(world, "power", head, first, last)
        row = world.pay("power", wife, first + 6, first + 11, account=wife.account, account_name=wife.name)
        world.expect("HOUSEHOLD_SPLIT_DUP", household_ids(head), "power", row["amount_fen"], "夫妻各领一份")
        world.excuse("NOT_IN_REGISTER", wife)
    head = poor(world)
    dibao_for(world, head, 3)
    world.add(
        "company",
        person=head.home.members[2],
        company="深圳市前海某贸易有限公司",
        role="法定代表人",
        since=date(year - 3, 5, 5),
        status="存续",
        capital=3000000_00,
        region="广东省深圳市市场监督管理局",
    )  # type: ignore[union-attr]
    world.expect("COMPANY_REMOTE", household_ids(head), None, None, "外省公司")
    for rule in ("COMPANY_OWNER", "IDENTITY_THEFT_SUSPECT"):
        for member in head.home.members:  # type: ignore[union-attr]
            world.excuse(rule, member)


def plant_grades(world: World) -> None:
    """A household with everything, and one whose belongings say nothing."""
    year = min(world.plan.years)
    head = poor(world)
    dibao_for(world, head, 3)
    wife, son = head.home.members[1:]  # type: ignore[union-attr]
    world.add(
        "company",
        person=son,
        company=f"{world.plan.zone}顺达建筑有限公司",
        role="法定代表人",
        since=date(year - 4, 5, 5),
        status="存续",
        capital=5000000_00,
    )
    world.add(
        "vehicle",
        person=son,
        brand="奥迪牌轿车",
        plate_kind="小型轿车",
        since=date(year - 2, 5, 5),
        status="正常",
    )
    for day in (8, 9):
        world.add("property", person=wife, use="住宅", area=131.0, got="购买", since=date(year - 3, 8, day))
    who = household_ids(head)
    for rule in ("HOUSEHOLD_WEALTH", "COMPANY_OWNER", "VEHICLE_OWNER", "PROPERTY_MULTI"):
        world.expect(rule, who, None, None, "公司、轿车、两套房")
    head = poor(world)
    dibao_for(world, head, 3)
    wife, son = head.home.members[1:]  # type: ignore[union-attr]
    world.add(
        "company",
        person=head,
        company="青山养蜂农民专业合作社",
        role="成员",
        since=date(year - 6, 3, 3),
        status="存续",
        capital=1000_00,
    )
    world.add(
        "company",
        person=son,
        company="顺意小吃店",
        role="经营者",
        since=date(year - 7, 3, 3),
        status="注销",
        capital=1000_00,
    )
    world.add(
        "vehicle",
        person=head,
        brand="五征牌三轮汽车",
        plate_kind="三轮汽车",
        since=date(year - 7, 5, 5),
        status="正常",
    )
    world.add(
        "vehicle",
        person=son,
        brand="夏利牌轿车",
        plate_kind="小型轿车",
        since=date(year - 15, 5, 5),
        status="报废",
    )
    world.add("property", person=wife, use="住宅", area=80.0, got="拆迁安置", since=date(year - 3, 8, 8))
    for member in head.home.members:  # type: ignore[union-attr]
        for rule in (
            "HOUSEHOLD_WEALTH",
            "COMPANY_OWNER",
            "VEHICLE_OWNER",
            "PROPERTY_MULTI",
            "IDENTITY_THEFT_SUSPECT",
        ):
            world.decoy(rule, member, "合作社、三轮、报废车、安置房、注销的店")
