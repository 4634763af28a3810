"""County A, 河阳县 (invented): its towns, subsidies, rates."""

from __future__ import annotations

from tests.county.plans import CountyPlan, ExclusionPlan, ItemPlan

FLAT = ""

ITEMS = (
    ItemPlan("dibao", "农村居民最低生活保障", "农村低保", "县民政局", "镇民政办", "month", "person_month", "P",
             {"一类": [("2019-01", 42000), ("2021-01", 46500)], "二类": [("2019-01", 33000), ("2021-01", 36500)],
              "三类": [("2019-01", 24000), ("2021-01", 27000)]},
             "dibao_rural", "河民字〔2020〕11号", must=True, means_tested=True, hukou_required=True, staff_forbidden=True, holder="head"),
    ItemPlan("tekun", "特困人员救助供养金(分散)", "特困供养", "县民政局", "镇民政办", "month", "person_month", "P",
             {"全自理": [("2019-01", 62000), ("2021-01", 68000)], "半护理": [("2019-01", 71000), ("2021-01", 78000)]},
             "tekun", "河民字〔2020〕12号", must=True, means_tested=True, hukou_required=True, staff_forbidden=True),
    ItemPlan("nursing", "重度残疾人护理补贴", "护理补贴", "县民政局", "镇残联", "quarter", "person_month", "P",
             {"一级": [("2019-01", 12000)], "二级": [("2019-01", 10000)]}, "disability", "河民字〔2019〕30号", must=True, hukou_required=True),
    ItemPlan("living", "困难残疾人生活补贴", "生活补贴", "县民政局", "镇残联", "quarter", "person_month", "P",
             {FLAT: [("2019-01", 9000)]}, "disability", "河民字〔2019〕30号", must=True, means_tested=True, hukou_required=True, staff_forbidden=True),
    ItemPlan("aged", "高龄老人津贴", "高龄津贴", "县民政局", "镇民政办", "quarter", "person_month", "P",
             {"80-89周岁": [("2019-01", 10000)], "90-99周岁": [("2019-01", 20000)], "100周岁以上": [("2019-01", 50000)]},
             "aged", "河民字〔2018〕7号", must=True, hukou_required=True),
    ItemPlan("land", "耕地地力保护补贴", "耕地补贴", "县农业农村局", "镇农业综合服务中心", "year", "mu", "H",
             {FLAT: [("2019-01", 11823)]}, "land", "河农字〔2020〕21号", must=True, stop_rule="next_year", holder="head"),
    ItemPlan("forest", "新一轮退耕还林补助", "退耕还林", "县自然资源局", "镇林业站", "year", "mu", "H",
             {FLAT: [("2019-01", 12500)]}, None, "河林字〔2019〕5号", must=True, stop_rule="next_year", holder="head", rate_check="none"),
    ItemPlan("resettler", "水库移民后期扶持资金", "移民后扶", "县水利局", "镇移民办", "half", "person_half", "P",
             {FLAT: [("2019-01", 30000)]}, "resettler", "河水移〔2019〕2号", must=True, stop_rule="next_year"),
    ItemPlan("fp", "农村计划生育家庭奖励扶助", "奖扶金", "县卫生健康局", "镇计生办", "year", "person_year", "P",
             {FLAT: [("2019-01", 96000)]}, "fp_reward", "河卫字〔2019〕18号", must=True, stop_rule="next_year"),
    ItemPlan("reno", "农村危房改造补助资金", "危房改造", "县住建局", "镇村建办", "once", "once", "H",
             {"C级": [("2019-01", 800000)], "D级": [("2019-01", 2000000)]}, "house_reno", "河建字〔2020〕9号", must=True, stop_rule="event", rate_check="cap"),
    ItemPlan("relief", "困难群众临时救助", "临时救助", "县民政局", "镇民政办", "event", "once", "P",
             {FLAT: [("2019-01", 300000)]}, None, "河政办发〔2019〕40号", system=False, stop_rule="event", means_tested=True, staff_forbidden=True,
             rate_check="none", words=("临时救助", "慰问")),
    ItemPlan("power", "低保户电价补贴", "电价补贴", "县民政局", "镇民政办", "half", "household_month", "H",
             {FLAT: [("2019-01", 820)]}, "dibao_rural", "河发改〔2019〕66号", rate_check="exact", holder="head", words=("电价", "电量")),
    ItemPlan("cadre", "村干部基本报酬", "村干部报酬", "县委组织部", "镇组织办", "month", "person_month", "P",
             {"支部书记": [("2019-01", 260000)]}, None, "河组发〔2019〕3号", system=False, rate_check="none"),
    ItemPlan("student", "家庭经济困难学生生活补助", "学生资助", "县教育局", "中心校", "term", "person_term", "P",
             {FLAT: [("2019-01", 50000)]}, "student", "河教字〔2019〕44号", system=False, rate_check="cap"),
)  # fmt: skip

EXCLUSIONS = (
    ExclusionPlan("dibao", "tekun", "person", "forbid", "a", "国发〔2016〕14号"),
    ExclusionPlan("tekun", "nursing", "person", "forbid", "b", "国发〔2015〕52号"),
    ExclusionPlan("tekun", "living", "person", "forbid", "b", "国发〔2015〕52号"),
)

NORTH = CountyPlan(
    slug="heyang",
    zone="河阳县",
    bureau="县审计局",
    seed=20230517,
    years=(2020, 2021),
    villages={
        "柳泉镇": ["柳泉村", "孙家湾村", "西岔村", "马道村", "苇塘村"],
        "石桥乡": ["石桥村", "上店村", "下店村", "核桃峪村"],
        "东关街道": ["东关居委会", "北园居委会", "南窑村", "菜市口居委会"],
    },
    items=ITEMS,
    exclusions=EXCLUSIONS,
    banks=["县农商银行", "邮储银行", "农业银行"],
    account_prefix="62238",
    tells_cancelled=False,
)
