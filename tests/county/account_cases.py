"""Cases about cards, failed payments, wrong numbers and bookings, stolen identities, periods."""

from __future__ import annotations

from datetime import date

from tests.county.background import pay_through
from tests.county.cases import disabled, elder, lone, plant_exits, plant_scope, poor, total
from tests.county.world import World


def plant_accounts(world: World) -> None:
    """Cards, failed payments, wrong numbers, wrong bookings, stolen identities, periods."""
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    for _ in range(2):
        person = disabled(world)
        pay_through(world, "nursing", person, first, last, class_name="一级")
        rows = [row for row in world.payments if row["person"] is person]
        second = world.registrar.person("男", 1990).account
        world.add("account", person=person, account=second, opened_on=date(year - 1, 2, 2))
        moved = rows[1::3]
        for row in moved:
            row["account"] = second
        world.expect("MULTI_ACCOUNT", person, None, sum(row["amount_fen"] for row in moved), "两卡交替")
    person = disabled(world)
    pay_through(world, "nursing", person, first, last, class_name="一级")
    rows = [row for row in world.payments if row["person"] is person]
    second = world.registrar.person("男", 1990).account
    world.add("account", person=person, account=second, opened_on=date(year, 10, 2))
    for row in rows[4:]:
        row["account"] = second
    world.decoy("MULTI_ACCOUNT", person, "换卡")

    holder = elder(world)
    fen = 0
    for position in range(3):
        person = holder if position == 0 else elder(world)
        pay_through(
            world,
            "aged",
            person,
            first,
            last,
            class_name="80-89周岁",
            account=holder.account,
            account_name=holder.name,
        )
        if position:
            fen += total(world, "aged", person, first, last)
            world.excuse("ACCOUNT_NAME_MISMATCH", person)
    world.expect("SHARED_ACCOUNT", f"account:{holder.account}", None, fen, "三户一卡")
    person = elder(world)
    wife = person.home.members[1]  # type: ignore[union-attr]
    pay_through(
        world,
        "aged",
        person,
        first,
        last,
        class_name="80-89周岁",
        account=wife.account,
        account_name=wife.name,
    )
    world.decoy("SHARED_ACCOUNT", person, "夫妻一卡")

    for reason in ("账户已销户", "户名不符", "证件过期"):
        person = elder(world)
        pay_through(world, "aged", person, first, last, class_name="80-89周岁")
        row = [row for row in world.payments if row["person"] is person][1]
        row.update(status="failed", fail_reason=reason)
        world.expect("PAY_FAILED_NOT_REISSUED", person, "aged", row["amount_fen"], reason)
    person = elder(world)
    pay_through(world, "aged", person, first, last, class_name="80-89周岁")
    row = [row for row in world.payments if row["person"] is person][1]
    row.update(status="failed", fail_reason="长期不动户")
    world.pay("aged", person, row["from"], row["to"], class_name="80-89周岁", purpose="重发", reissue_of=row["pay_no"],
              paid_on=date(row["paid_on"].year, row["paid_on"].month, 28))  # fmt: skip
    world.decoy("PAY_FAILED_NOT_REISSUED", person, "当月已重发")

    for _ in range(3):  # one wrong digit in the list
        person = elder(world)
        wrong = person.id_no[:15] + str((int(person.id_no[15]) + 3) % 10) + person.id_no[16:]
        pay_through(world, "aged", person, first, first + 11, class_name="80-89周岁", id=wrong)
        world.expect(
            "ID_INVALID", person, "aged", total(world, "aged", person, first, first + 11), "校验码不符"
        )

    if world.plan.has("power"):
        by_town: dict[str, int] = {}
        for _ in range(12):
            head = world.settle([("女", year - 58, "户主")]).head
            row = world.pay("power", head, first + 12, first + 17, amount_fen=30000, purpose="春节慰问困难群众",
                            paid_on=date(year + 1, 1, 25))  # fmt: skip
            by_town[head.home.town] = by_town.get(head.home.town, 0) + row["amount_fen"]  # type: ignore[union-attr]
        for town, fen in by_town.items():
            world.expect("CATEGORY_MIXED", f"town:{town}", "power", fen, "春节慰问列电价补贴")

    person = disabled(world, "一级", "听力")
    pay_through(world, "nursing", person, first, last, class_name="一级")
    world.add(
        "company",
        person=person,
        company=f"{world.plan.zone[:2]}荣达商贸有限公司",
        role="法定代表人",
        since=date(year, 3, 3),
        status="存续",
        capital=500000_00,
    )
    world.expect("IDENTITY_THEFT_SUSPECT", person, None, None, "听力一级名下公司")
    person = lone(world)
    pay_through(world, "tekun", person, first, last, class_name=next(iter(world.plan.item("tekun").rates)))
    for number, place in enumerate(("广东省深圳市", "广东省广州市", "广东省东莞市")):
        world.add("company", person=person, company=f"{place[-3:-1]}第{number + 1}信息咨询有限公司", role="法定代表人",
                  since=date(year, 2 + number, 6), status="存续", capital=100000_00, region=f"{place}市场监督管理局")  # fmt: skip
    world.expect("IDENTITY_THEFT_SUSPECT", person, None, None, "一年内外省三家公司")
    head = poor(world)
    pay_through(
        world, "dibao", head, first, last, class_name=next(iter(world.plan.item("dibao").rates)), quantity=3
    )
    world.add(
        "company",
        person=head,
        company="丰收种植农民专业合作社",
        role="成员",
        since=date(2014, 3, 3),
        status="存续",
        capital=2000_00,
    )
    world.add(
        "vehicle",
        person=head,
        brand="时风牌三轮汽车",
        plate_kind="低速车",
        since=date(2012, 5, 5),
        status="正常",
    )
    for rule in ("IDENTITY_THEFT_SUSPECT", "COMPANY_OWNER", "VEHICLE_OWNER"):
        world.decoy(rule, head, "合作社成员、农用车")

    for _ in range(2):
        person = elder(world)
        row = world.pay(
            "aged",
            person,
            first - 3,
            first - 1,
            class_name="80-89周岁",
            amount_fen=24000,
            paid_on=date(year, 1, 18),
        )
        pay_through(world, "aged", person, first, last, class_name="80-89周岁")
        world.expect("PERIOD_OUT_OF_RANGE", person, "aged", row["amount_fen"], "上年第四季度")


def plant_all(world: World) -> None:
    """Every case the plan's items allow."""
    plant_exits(world)
    plant_scope(world)
    plant_accounts(world)
