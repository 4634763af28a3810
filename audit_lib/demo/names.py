"""Names as a Shandong countryside has them: surnames cluster by village, given names by generation.

Frequencies follow a power law, so namesakes are common (王芳, 张伟) and a few people carry rare
characters that old encodings lose.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Strings = NDArray[np.object_]

SURNAMES = list(
    "王李张刘陈杨赵孙徐朱高马郭林何宋郑唐于董程曹袁邓傅曾彭吕苏卢蒋魏薛叶阎潘杜戴夏钟汪田任姜范方石姚谭邹"
    "熊金陆郝孔白崔康邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文厉葛密庞公季"
)
SURNAMES += ["诸葛", "欧阳", "上官", "郦", "昝"]
ERAS = (1955, 1980, 2000)
_MALE = (
    "德明玉文成福祥贵宝长振洪传学永茂春田金兴荣发树立生庆恩善远顺吉礼义廷士佃兆怀",
    "建国军民志强新平海波东卫红华光明胜利勇永峰涛刚学军忠富林生春辉庆友云龙宝全立",
    "伟磊涛鹏超杰浩斌亮凯飞健峰强鑫波宁辉旭阳俊帅龙刚洋晨刘冬昊成坤乐宇航伦森凡",
    "浩宇轩然子涵博文俊熙梓豪泽辰睿哲昊天奕铭嘉懿思远皓翔瑞霖一诺晨曦恒喆堃䶮",
)
_FEMALE = (
    "秀英兰桂芳玉珍凤淑云荣花香莲芝美素梅翠爱霞贞巧月春竹清绪焕俊恩庆廷文永田",
    "秀芳英玲红梅霞丽萍艳华兰云凤娟敏琴燕霞彩爱香美花珍荣莲春菊翠平桂静淑贵",
    "静丽娜婷敏倩雪莹颖慧燕晶娟洁琳丹玲蕾芳艳欣佳媛文晓红霞瑞云梦萌冉艺",
    "欣怡梓涵雨桐诗涵佳琪思颖可馨子萱一诺语嫣依诺若曦晨熙梦瑶雅婷珺玥妍昕",
)


def _zipf(size: int, power: float) -> NDArray[np.float64]:
    weights = 1.0 / np.arange(1, size + 1) ** power
    return np.asarray(weights / weights.sum())


def draw_surnames(rng: np.random.Generator, dominant: NDArray[np.int64]) -> Strings:
    """One surname per household; ``dominant`` is the village's main surname as an index, −1 for none."""
    drawn = rng.choice(len(SURNAMES), size=len(dominant), p=_zipf(len(SURNAMES), 0.95))
    kin = (rng.random(len(dominant)) < 0.5) & (dominant >= 0)
    return np.asarray(SURNAMES, dtype=object)[np.where(kin, dominant, drawn)]


def dominant_surname(natural_village: str) -> int:
    """Index of the surname a natural village is named after (``前贺家后`` → 贺), −1 when there is none."""
    stem = natural_village.split("家")[0][-1:]
    return SURNAMES.index(stem) if stem in SURNAMES else -1


def draw_given(rng: np.random.Generator, born_year: NDArray[np.int64], is_male: NDArray[np.bool_]) -> Strings:
    """Given names of one or two characters, by sex and generation."""
    given = np.empty(len(born_year), dtype=object)
    era = np.digitize(born_year, ERAS)
    single = rng.random(len(born_year)) < np.array([0.12, 0.18, 0.38, 0.15])[era]
    for generation in range(4):
        for male, pools in ((True, _MALE), (False, _FEMALE)):
            here = np.flatnonzero((era == generation) & (is_male == male))
            pool = np.asarray(list(pools[generation]), dtype=object)
            weights = _zipf(len(pool), 0.6)
            one = rng.choice(len(pool), size=len(here), p=weights)
            other = rng.choice(len(pool), size=len(here), p=weights)
            other = np.where(pool[other] == pool[one], (one + 7) % len(pool), other)
            first, second = pool[one], pool[other]
            given[here] = np.where(single[here], first, first + second)
    return given
