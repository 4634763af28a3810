"""The lawful background: families, entitlements, and payments exactly at the rates."""

from __future__ import annotations

from datetime import date

from tests.county.people import Household, Person, Registrar
from tests.county.plans import CountyPlan
from tests.county.world import World, month_of

SPANS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def spans(freq: str, first: int, last: int) -> list[tuple[int, int]]:
    """Service spans of a frequency between two months, both inclusive, cut at the edges."""
    step = SPANS[freq]
    found = []
    for start in range(first // 12 * 12, last + 1, step):
        if start + step - 1 >= first:
            found.append((max(start, first), min(start + step - 1, last)))
    return found


def pay_through(world: World, kind: str, person: Person, first: int, last: int, **more: object) -> None:
    """Pay an item regularly over a span."""
    first, last = max(first, world.first_month), min(last, world.last_month)
    for start, end in spans(world.plan.item(kind).freq, first, last):
        world.pay(kind, person, start, end, **more)


def family(world: World) -> Household:
    """An ordinary family."""
    random = world.registrar.random
    base = max(world.plan.years)
    age = random.randint(28, 88)
    shape: list[tuple[str, int, str]] = [(random.choice("男男男女"), base - age, "户主")]
    if random.random() < 0.8:
        shape.append(("女" if shape[0][0] == "男" else "男", base - age + random.randint(-4, 4), "配偶"))
    if age < 60:
        for _ in range(random.choice((0, 1, 1, 2))):
            sex = random.choice("男女")
            shape.append((sex, base - max(3, age - random.randint(23, 30)), "子" if sex == "男" else "女"))
    if 40 < age < 62 and random.random() < 0.4:
        shape.append((random.choice("男女"), base - age - random.randint(21, 27), "父亲"))
        shape[-1] = (shape[-1][0], shape[-1][1], "父亲" if shape[-1][0] == "男" else "母亲")
    return world.settle(shape)


def populate(plan: CountyPlan) -> World:
    """The county before any case is planted."""
    world = World(plan, Registrar(plan.seed, plan.banks, plan.account_prefix))
    for _ in range(plan.households):
        family(world)
    random = world.registrar.random
    start, end = date(min(plan.years), 1, 1), date(max(plan.years), 12, 31)
    used: set[str] = set()

    def take(count: int, test: object) -> list[Household]:
        free = [h for h in world.households if h.number not in used and test(h)]  # type: ignore[operator]
        chosen = random.sample(free, min(count, len(free)))
        used.update(h.number for h in chosen)
        return chosen

    first, last = world.first_month, world.last_month
    since = date(min(plan.years) - 3, 7, 1)
    if plan.has("dibao"):
        for household in take(85, lambda h: len(h.members) <= 4):
            size = len(household.members)
            class_name = random.choice(list(plan.item("dibao").rates))
            approved = random.choice((since, date(min(plan.years), random.randint(2, 11), 1)))
            stopped = date(max(plan.years), random.randint(3, 9), 15) if random.random() < 0.12 else None
            world.enrol("dibao", household.head, approved, **{"class": class_name}, quantity=size, stop_on=stopped,
                        stop_reason="收入提高" if stopped else "", household=household)  # fmt: skip
            until = month_of(stopped) if stopped else last
            pay_through(
                world,
                "dibao",
                household.head,
                max(first, month_of(approved)),
                until,
                class_name=class_name,
                quantity=size,
            )
            if plan.has("power"):
                pay_through(world, "power", household.head, max(first, month_of(approved)), until)
            if plan.has("living") and random.random() < 0.4:
                person = household.members[-1]
                level = random.choice(("三级", "四级"))
                world.enrol("disability", person, date(2016, 5, 1), **{"class": level}, disability="肢体")
                pay_through(world, "living", person, max(first, month_of(approved)), until)
    if plan.has("tekun"):
        for household in take(55, lambda h: len(h.members) == 1 and h.head.age_on(start) >= 60):
            class_name = random.choice(list(plan.item("tekun").rates))
            world.enrol("tekun", household.head, since, **{"class": class_name})
            pay_through(world, "tekun", household.head, first, last, class_name=class_name)
    if plan.has("nursing"):
        for household in take(80, lambda h: True):
            person = random.choice(household.members)
            level = random.choice(("一级", "二级"))
            world.enrol(
                "disability",
                person,
                date(2017, 3, 1),
                **{"class": level},
                disability=random.choice(("视力", "肢体", "智力")),
            )
            pay_through(world, "nursing", person, first, last, class_name=level)
    if plan.has("aged"):
        for household in world.households:
            for person in household.members:
                if household.number in used or person.age_on(start) < 80 or person.age_on(end) >= 90:
                    continue
                world.enrol(
                    "aged",
                    person,
                    date(person.birth.year + 80, person.birth.month, 1),
                    **{"class": "80-89周岁"},
                )
                gone = random.random() < 0.12
                until = last
                if gone:
                    person.died_on = date(max(plan.years), random.randint(2, 9), random.randint(1, 28))
                    until = month_of(person.died_on)
                    world.registers["aged"][-1]["stop_on"] = person.died_on
                    world.add(
                        "death",
                        person=person,
                        died_on=person.died_on,
                        source=random.choice(("police", "crematorium", "health")),
                    )
                pay_through(world, "aged", person, first, until, class_name="80-89周岁")
    if plan.has("land"):
        for household in world.households:
            world.add("land", person=household.head, quantity=household.land_mu, village=household.village)
            for year in plan.years:
                alive = next((p for p in household.members if p.died_on is None), household.head)
                world.pay("land", alive, year * 12, year * 12 + 11, quantity=household.land_mu)
    if plan.has("forest"):
        for household in take(60, lambda h: True):
            area = round(random.uniform(0.5, 6), 1)
            world.enrol("forest", household.head, date(2003, 1, 1), quantity=area)
            for year in plan.years:
                world.pay("forest", household.head, year * 12, year * 12 + 11, quantity=area)
    if plan.has("resettler"):
        for household in take(55, lambda h: True):
            for person in household.members:
                if person.died_on is None:
                    world.enrol("resettler", person, date(2006, 7, 1))
                    pay_through(world, "resettler", person, first, last)
    if plan.has("fp"):
        for household in take(50, lambda h: len(h.members) >= 2 and h.head.age_on(start) >= 61):
            world.enrol(
                "fp", household.head, date(household.head.birth.year + 60, household.head.birth.month, 1)
            )
            for year in plan.years:
                world.pay("fp", household.head, year * 12, year * 12 + 11)
    if plan.has("veteran"):
        for household in take(45, lambda h: h.head.sex == "男" and 61 <= h.head.age_on(start) < 76):
            served = random.choice((2, 3, 4, 5))
            world.enrol("veteran", household.head, date(2012, 1, 1), quantity=served)
            pay_through(world, "veteran", household.head, first, last, quantity=served)
    if plan.has("student"):
        for household in take(60, lambda h: any(6 <= p.age_on(start) <= 13 for p in h.members)):
            child = next(p for p in household.members if 6 <= p.age_on(start) <= 13)
            world.enrol(
                "student",
                child,
                date(min(plan.years) - 1, 9, 1),
                school=f"{household.town[:2]}中心小学",
                guardian=household.head,
            )
            for year in plan.years:
                for begin in (year * 12 + 2, year * 12 + 8):
                    world.pay("student", child, begin, begin + 4 if begin % 12 == 2 else begin + 3,
                              account=household.head.account, account_name=household.head.name)  # fmt: skip
    if plan.has("relief"):
        for household in take(40, lambda h: True):
            month = random.randint(first, last)
            amount = random.choice((80000, 100000, 150000, 200000))
            world.pay("relief", household.head, month, amount_fen=amount)
    if plan.has("cadre"):
        for town, villages in plan.villages.items():
            for village in villages:
                household = next(
                    h for h in take(1, lambda h, v=village: h.village == v and 30 < h.head.age_on(start) < 58)
                )
                class_name = random.choice(list(plan.item("cadre").rates))
                world.add(
                    "cadre",
                    person=household.head,
                    unit=f"{town}{village}",
                    post=class_name,
                    started_on=date(2015, 1, 10),
                )
                pay_through(world, "cadre", household.head, first, last, class_name=class_name)
    world.ordinary = {person.id_no for person in world.people}
    return world
