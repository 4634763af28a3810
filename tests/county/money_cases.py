"""Cases of ways and accounts: in and outside the system, cash, committees, closed accounts, old names, swaps."""

from __future__ import annotations

from datetime import date

from tests.county.background import pay_through
from tests.county.cases import elder, total
from tests.county.world import World, month_of


def plant_channels(world: World) -> None:
    """Paid in and outside the system, in cash, into a committee's account, equal shares, far too much."""
    year, first = min(world.plan.years), world.first_month
    person = elder(world)
    pay_through(world, "aged", person, first, first + 11, class_name="80-89周岁")
    again = world.pay("aged", person, first + 3, first + 5, class_name="80-89周岁", channel="off")
    world.expect("DUP_CROSS_CHANNEL", person, "aged", again["amount_fen"], "系统内外各发一次")
    for rule in ("DUP_SAME_PERIOD", "RATE_OVER"):
        world.excuse(rule, person)
    by_town: dict[str, int] = {}
    for _ in range(6):
        head = elder(world)
        row = world.pay(
            "aged",
            head,
            first,
            first + 2,
            class_name="80-89周岁",
            channel="cash",
            account="",
            account_name="",
            bank="",
        )
        by_town[row["town"]] = by_town.get(row["town"], 0) + row["amount_fen"]
    for town, fen in by_town.items():
        world.expect("CASH_PAID", f"town:{town}", "aged", fen, "现金发放高龄补贴")
    town, villages = next(iter(world.plan.villages.items()))
    account = world.registrar.person("男", 1990).account
    fen = 0
    for _ in range(2):
        head = world.settle([("男", year - 58, "户主")], (town, villages[0])).head
        world.add("land", person=head, quantity=2.5, village=villages[0])
        row = world.pay(
            "land",
            head,
            first,
            first + 11,
            quantity=2.5,
            account=account,
            account_name=f"{villages[0]}村民委员会",
        )
        fen += row["amount_fen"]
        for rule in ("ACCOUNT_NAME_MISMATCH", "SHARED_ACCOUNT"):
            world.excuse(rule, head)
    world.expect("PAID_TO_PUBLIC_ACCOUNT", f"account:{account}", "land", fen, "打入村委会账户")
    world.expect("SHARED_ACCOUNT", f"account:{account}", None, None, "村委会账户收了两户的款")
    place = (town, villages[-1])
    for _ in range(14):
        head = world.settle([("男", year - 55, "户主")], place).head
        world.pay("relief", head, first + 10, amount_fen=30000)
    world.expect("VILLAGE_EQUAL_SHARE", f"town:{town}", "relief", None, "一村十四户同额")
    person = elder(world)
    pay_through(world, "aged", person, first, first + 11, class_name="80-89周岁")
    row = [r for r in world.payments if r["person"] is person][1]
    more = row["amount_fen"] * 99
    row["amount_fen"] += more
    world.expect("OUTLIER_AMOUNT", person, "aged", None, "多写两位")
    world.expect("RATE_OVER", person, "aged", more, "多写两位")
    head = world.settle([("男", year - 51, "户主"), ("女", year - 50, "配偶")]).head
    world.add("land", person=head, quantity=3.6, village=head.home.village)  # type: ignore[union-attr]
    row = world.pay("land", head, first, first + 11, quantity=3.6)
    row["amount_fen"] += 4000
    world.expect("AMOUNT_ARITH", head, "land", 4000, "面积乘标准不等于金额")
    world.excuse("RATE_OVER", head)
    phone = "13877770001"
    for _ in range(6):
        person = elder(world)
        pay_through(world, "aged", person, first, first + 5, class_name="80-89周岁", phone=phone)
    world.expect("SHARED_CONTACT", "says:6户6名", None, None, "六户一个电话")


def plant_banks(world: World) -> None:
    """Closed accounts, old names at the bank, deaths far away, accounts changed together."""
    year, first, last = min(world.plan.years), world.first_month, world.last_month
    person = elder(world)
    pay_through(world, "aged", person, first, first + 11, class_name="80-89周岁")
    rows = [r for r in world.payments if r["person"] is person]
    stuck = [r for r in rows if r["paid_on"] > date(year, 6, 25)]
    for row in stuck:
        row.update(status="failed", fail_reason="账户已销户")
        world.excuse("PAY_FAILED_NOT_REISSUED", person)
    world.add(
        "account_of",
        person=person,
        account=person.account,
        opened_on=date(2014, 1, 1),
        closed_on=date(year, 6, 25),
        status="销户",
    )
    world.expect("ACCOUNT_INVALID", person, None, sum(r["amount_fen"] for r in stuck), "账户已销")
    person = elder(world)
    pay_through(world, "aged", person, first, first + 11, class_name="80-89周岁")
    row = [r for r in world.payments if r["person"] is person][2]
    row.update(status="failed", fail_reason="户名与身份证姓名不符")
    old = person.name[0] + "桂花"
    world.hukou_extra[person.id_no] = {"former_name": old}
    world.add("account_of", person=person, account=person.account, opened_on=date(2014, 1, 1), holder=old)
    world.expect("POLICE_BANK_MISMATCH", person, None, None, "银行留存旧名")
    for rule in ("PAY_FAILED_NOT_REISSUED", "ACCOUNT_NAME_MISMATCH"):
        world.excuse(rule, person)
    person = elder(world)
    when = date(year, 7, 9)
    world.add("death", person=person, died_on=when, source="health", death_place="广东省东莞市人民医院")
    pay_through(world, "aged", person, first, last, class_name="80-89周岁")
    world.expect(
        "DECEASED_REMOTE|DECEASED_PAID",
        person,
        "aged",
        total(world, "aged", person, month_of(when) + 1, last),
        "外省死亡",
    )
    for rule in ("DECEASED_REMOTE", "DECEASED_PAID"):
        world.excuse(rule, person)
    town, villages = list(world.plan.villages.items())[1]
    base = year
    fen = 0
    for _ in range(7):
        home = world.settle([("男", base - 83, "户主"), ("女", base - 78, "配偶")], (town, villages[1]))
        head = home.head
        world.enrol("aged", head, date(base - 3, 1, 1), **{"class": "80-89周岁"})
        pay_through(world, "aged", head, first, last, class_name="80-89周岁")
        new = world.registrar.person("男", 1990).account
        mine = [r for r in world.payments if r["person"] is head]
        batch = next(r for r in mine if r["from"] <= first + 9 <= r["to"])
        fen += batch["amount_fen"]
        for row in mine:
            if row["from"] >= batch["from"]:
                row["account"] = new
        world.add(
            "account",
            person=head,
            account=new,
            opened_on=date(batch["paid_on"].year, batch["paid_on"].month, 9),
        )
    world.expect("ACCOUNT_SWAP_BURST", f"town:{town}", None, fen, "一村七人同批换号")
