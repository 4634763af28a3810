"""Invented people: names, identity numbers, households. No number belongs to anybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from audit_lib.idnum import check_character

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
WEIGHTED = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗" * 5 + SURNAMES
MALE = "伟强磊军勇杰涛明超刚平辉鹏华亮建国志文武斌波海山林森峰龙祥福贵全友忠义良德厚"
FEMALE = "芳娜敏静丽艳娟霞秀英玲桂兰凤梅红燕云莲翠花香萍琴珍淑荣爱巧慧"
BOTH = "春永玉金成庆世传兴守洪光清学连树凡若宁安新启运一川子萌"


@dataclass
class Person:
    """A person of the county; ``birth`` and ``sex`` agree with ``id_no``."""

    name: str
    id_no: str
    sex: str
    birth: date
    relation: str = "户主"
    account: str = ""
    bank: str = ""
    phone: str = ""
    home: Household | None = None
    died_on: date | None = None

    def age_on(self, day: date) -> int:
        """Completed years."""
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


@dataclass
class Household:
    """One household of the household register."""

    number: str
    town: str
    village: str
    members: list[Person] = field(default_factory=list)
    land_mu: float = 0.0

    @property
    def head(self) -> Person:
        """First member."""
        return self.members[0]


class Registrar:
    """Gives out names, identity numbers and accounts, none of them twice."""

    def __init__(self, seed: int, banks: list[str], prefix: str) -> None:
        self.random = Random(seed)
        self.banks = banks
        self.prefix = prefix
        self.given: set[str] = set()
        self.serial = 0

    def name(self, sex: str, surname: str = "") -> str:
        """A two- or three-character name."""
        pick = self.random.choice
        own = MALE if sex == "男" else FEMALE
        surname = surname or pick(WEIGHTED)
        if self.random.random() < 0.22:
            return surname + pick(own)
        return surname + pick(BOTH + own) + pick(own)

    def id_no(self, sex: str, birth: date) -> str:
        """A valid number of 371327 (older people also 372824), well away from every other given out."""
        while True:
            area = "372824" if birth.year < 1990 and self.random.random() < 0.3 else "371327"
            sequence = self.random.randrange(0, 499) * 2 + (1 if sex == "男" else 0)
            body = f"{area}{birth:%Y%m%d}{sequence:03d}"
            key = birth.strftime("%Y%m%d") + sex
            if key in self.given:
                birth = date(birth.year, self.random.randint(1, 12), self.random.randint(1, 28))
                continue
            self.given.add(key)
            return body + check_character(body)

    def person(self, sex: str, birth_year: int, surname: str = "", relation: str = "户主") -> Person:
        """A new person with a bank account."""
        birth = date(birth_year, self.random.randint(1, 12), self.random.randint(1, 28))
        number = self.id_no(sex, birth)
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        self.serial += 1
        account = f"{self.prefix}{self.serial * 7919 % 10**9:09d}{self.serial % 97:02d}"
        phone = "1" + self.random.choice("3589") + f"{self.serial * 104729 % 10**9:09d}"
        name = self.name(sex, surname)
        return Person(name, number, sex, birth, relation, account, self.random.choice(self.banks), phone)
