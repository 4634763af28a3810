"""County C, 桐溪县 (invented): its towns, subsidies, rates."""

from __future__ import annotations

from tests.county.plans import CountyPlan, ExclusionPlan, ItemPlan

ONE = ""

ITEMS = (
    ItemPlan("dibao", "农村低保救助资金", "农村低保金", "县民政局", "社会事务综合服务中心", "month", "person_month", "P",
             {"A类": [("2020-01", 45000), ("2022-01", 50000)], "B类": [("2020-01", 35000), ("2022-01", 38000)],
              "C类": [("2020-01", 25000), ("2022-01", 27000)]},
             "dibao_rural", "桐民发〔2021〕3号", must=True, means_tested=True, hukou_required=True, staff_forbidden=True, holder="head"),
    ItemPlan("udibao", "城市低保救助资金", "城市低保金", "县民政局", "社会事务综合服务中心", "month", "person_month", "P",
             {ONE: [("2020-01", 55000), ("2022-01", 60000)]},
             "dibao_urban", "桐民发〔2021〕3号", must=True, means_tested=True, hukou_required=True, staff_forbidden=True, holder="head"),
    ItemPlan("tekun", "分散供养特困人员救助供养资金", "分散供养金", "县民政局", "社会事务综合服务中心", "month", "person_month", "P",
             {"全自理": [("2020-01", 65000), ("2022-01", 70000)], "半护理": [("2020-01", 76000), ("2022-01", 82000)]},
             "tekun", "桐民发〔2021〕4号", must=True, means_tested=True, hukou_required=True, staff_forbidden=True),
    ItemPlan("nursing", "重残护理补贴资金", "护理补贴", "县残联", "乡镇残联", "quarter", "person_month", "P",
             {"一级": [("2020-01", 8000)], "二级": [("2020-01", 7000)]}, "disability", "桐残联〔2020〕9号", must=True, hukou_required=True),
    ItemPlan("living", "困难残疾人生活补贴资金", "生活补贴", "县残联", "乡镇残联", "quarter", "person_month", "P",
             {ONE: [("2020-01", 7000)]}, "disability", "桐残联〔2020〕9号", must=True, means_tested=True, hukou_required=True, staff_forbidden=True),
    ItemPlan("aged", "高龄老年人生活补贴", "高龄补贴", "县民政局", "社会事务综合服务中心", "quarter", "person_month", "P",
             {"80-89周岁": [("2020-01", 5000)], "90-99周岁": [("2020-01", 10000)]}, "aged", "桐政办发〔2019〕22号", must=True, hukou_required=True),
    ItemPlan("land", "耕地地力保护补贴资金", "地力补贴", "县农业农村局", "农业综合服务中心", "year", "mu", "H",
             {ONE: [("2020-01", 10500), ("2022-01", 10300)]}, "land", "桐农发〔2021〕30号", must=True, stop_rule="next_year", holder="head"),
    ItemPlan("forest", "生态公益林补偿资金", "公益林补偿", "县林业局", "林业工作站", "year", "mu", "H",
             {ONE: [("2020-01", 1500)]}, None, "桐林发〔2020〕12号", must=True, stop_rule="next_year", holder="head", rate_check="none"),
    ItemPlan("resettler", "大中型水库移民后期扶持直补资金", "移民直补", "县库区移民事务中心", "移民专干", "half", "person_half", "P",
             {ONE: [("2020-01", 30000)]}, "resettler", "桐移〔2020〕5号", must=True, stop_rule="next_year"),
    ItemPlan("fp", "农村部分计划生育家庭奖励扶助资金", "计生奖扶", "县卫健局", "卫健办", "year", "person_year", "P",
             {ONE: [("2020-01", 96000)]}, "fp_reward", "桐卫健〔2020〕18号", must=True, stop_rule="next_year"),
    ItemPlan("veteran", "部分农村籍退役士兵生活补助", "退役士兵补助", "县退役军人事务局", "退役军人服务站", "quarter", "person_month", "P",
             {ONE: [("2020-01", 4000), ("2022-01", 4500)]}, "veteran_elder", "桐退役〔2021〕2号"),
    ItemPlan("reno", "农村危房改造补助资金", "危改补助", "县住建局", "自然资源和村镇建设办", "once", "once", "H",
             {"C级": [("2020-01", 1000000)], "D级": [("2020-01", 3500000)]}, "house_reno", "桐建发〔2021〕11号", must=True, stop_rule="event", rate_check="cap"),
    ItemPlan("relief", "临时救助资金", "临时救助", "县民政局", "社会事务综合服务中心", "event", "once", "P",
             {ONE: [("2020-01", 500000)]}, None, "桐政办发〔2020〕8号", system=False, stop_rule="event", means_tested=True, staff_forbidden=True,
             rate_check="none", words=("临时救助", "慰问")),
    ItemPlan("power", "两保户免费用电补助", "免费用电", "县民政局", "社会事务综合服务中心", "half", "household_month", "H",
             {ONE: [("2020-01", 588)]}, "dibao_rural", "桐发改〔2020〕40号", holder="head", words=("电费", "用电")),
    ItemPlan("cadre", "村主职干部报酬", "村干部报酬", "县委组织部", "党建办", "month", "person_month", "P",
             {"村支部书记": [("2020-01", 280000)]}, None, "桐组发〔2020〕6号", system=False, rate_check="none"),
    ItemPlan("student", "义务教育家庭经济困难学生生活费补助", "困难学生补助", "县教育局", "中心学校", "term", "person_term", "P",
             {ONE: [("2020-01", 62500)]}, "student", "桐教发〔2020〕31号", system=False, must=True, rate_check="cap"),
)  # fmt: skip

WEST = CountyPlan(
    slug="tongxi",
    zone="桐溪县",
    bureau="县审计局",
    seed=4107713,
    years=(2021, 2022),
    villages={
        "青石坪镇": ["青石坪社区", "大屋场村", "横冲村", "双江口村", "竹山湾村"],
        "官渡桥镇": ["官渡桥社区", "老鸦山村", "黄土岭村", "枫木坳村"],
        "龙脊冲乡": ["龙脊冲村", "岩脚村", "上坪村", "麻园村"],
        "城郊街道": ["新塘社区", "东岳庙社区", "茶亭村"],
    },
    items=ITEMS,
    exclusions=(
        ExclusionPlan("dibao", "tekun", "person", "forbid", "a", "国发〔2016〕14号"),
        ExclusionPlan("dibao", "udibao", "household", "forbid", "a", "国令649号"),
        ExclusionPlan("tekun", "nursing", "person", "forbid", "b", "国发〔2015〕52号"),
        ExclusionPlan("aged", "nursing", "person", "choose_higher", "a", "国发〔2015〕52号"),
    ),
    banks=["桐溪农商行", "邮储银行", "农业银行", "长行村镇银行"],
    account_prefix="62109",
    households=1300,
)
