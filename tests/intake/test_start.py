"""Small folders: what is asked, what is refused, what an update leaves alone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from audit_lib.cli import main
from audit_lib.params import load_project

PAYMENTS = "所属乡镇,所属行政村,农户姓名,身份证号,补贴项目,发放月份,补贴金额\n" + "".join(
    f"清溪镇,松岗村,王秀英,371327194503151230,网格员补助,2017-0{month},100.00\n" for month in range(1, 8)
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, the current one, with one payments file in ``in``."""
    deliver(tmp_path, "发放清册.csv", PAYMENTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def deliver(root: Path, name: str, text: str) -> None:
    """Put a file into the folder of deliveries."""
    (root / "in" / name).parent.mkdir(parents=True, exist_ok=True)
    (root / "in" / name).write_text(text, encoding="utf-8")


def test_a_missing_and_an_empty_folder_are_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "x", "nowhere"]) == 2
    assert "没有找到报送文件夹" in capsys.readouterr().err
    (root / "empty").mkdir()
    assert main(["init", "x", "empty"]) == 2
    assert "报送文件夹是空的" in capsys.readouterr().err
    assert not (root / "params").exists()


def test_an_existing_project_is_not_overwritten(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "x", "in"]) == 0
    before = (root / "params" / "x" / "sources.yml").read_bytes()
    assert main(["init", "x", "in"]) == 2
    assert "项目已经存在" in capsys.readouterr().err
    assert (root / "params" / "x" / "sources.yml").read_bytes() == before


def test_a_low_income_list_of_unknown_kind_is_asked_about(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "王秀英,371327194503151230,A,2016-01-01\n" * 4
    deliver(root, "低保对象名册.csv", "姓名,身份证号,保障类别,享受起始时间\n" + rows)
    assert main(["init", "x", "in"]) == 0
    assert "dibao_rural 还是 dibao_urban" in capsys.readouterr().out
    assert [spec.match for spec in load_project(root / "params" / "x").sources] == ["发放清册.csv"]


def test_an_identity_column_without_identity_numbers_is_asked_about(root: Path) -> None:
    deliver(root, "补贴发放.csv", PAYMENTS.replace("371327194503151230", "见附件"))
    assert main(["init", "x", "in"]) == 0
    text = (root / "params" / "x" / "sources.yml").read_text(encoding="utf-8")
    assert "# 问:补贴发放.csv:“身份证号”是不是身份证号?" in text
    assert [spec.match for spec in load_project(root / "params" / "x").sources] == ["发放清册.csv"]


def test_the_policy_list_becomes_the_catalogue(root: Path) -> None:
    deliver(
        root,
        "补贴政策清单.csv",
        "序号,补贴项目名称,补贴政策文件名称及文号,补贴主管部门,补贴标准,补贴发放频次\n"
        "1,网格员补助,云民发〔2016〕1号,民政局,每月100元,按月\n2,羊羔补助,云农发〔2017〕2号,农业局,每只30元,按年\n",
    )
    assert main(["init", "x", "in"]) == 0
    items = {item.name: item for item in load_project(root / "params" / "x").items}
    assert (items["羊羔补助"].dept, items["羊羔补助"].freq) == ("农业局", "year")
    assert items["网格员补助"].dept == "民政局"


def test_an_update_adds_new_files_and_keeps_every_edit(root: Path) -> None:
    assert main(["init", "x", "in"]) == 0
    sources = root / "params" / "x" / "sources.yml"
    sources.write_text(sources.read_text(encoding="utf-8") + "# 我的说明\n", encoding="utf-8")
    before = sources.read_text(encoding="utf-8")
    rows = "李四,371327194503151230,2017-01-02,2017-01-04\n" * 3
    deliver(root, "殡仪馆火化.csv", "逝者姓名,身份证号,死亡时间,火化时间\n" + rows)
    assert main(["init", "x", "in", "--update"]) == 0
    after = sources.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert [spec.table for spec in load_project(root / "params" / "x").sources] == ["payment", "death"]


def test_a_pay_list_without_an_item_column_takes_the_item_of_its_title(root: Path) -> None:
    rows = "王秀英,371327194503151230,50.00,6217000012345678901\n" * 3
    deliver(root, "清溪镇2018年奶山羊养殖补贴发放表.csv", "姓名,身份证号,发放金额,银行卡号\n" + rows)
    assert main(["init", "x", "in"]) == 0
    project = load_project(root / "params" / "x")
    assert {spec.match: spec.constants.get("item") for spec in project.sources} == {
        "清溪镇2018年奶山羊养殖补贴发放表.csv": "奶山羊养殖补贴",
        "发放清册.csv": None,
    }
    assert "奶山羊养殖补贴" in {item.name for item in project.items}
    text = (root / "params" / "x" / "items.yml").read_text(encoding="utf-8")
    assert (
        "待确认:奶山羊养殖补贴:程序不认识的项目,按最谨慎的方式处理(不核标准、不核户籍);名称取自清册的标题或文件名"
        in text
    )


def test_a_pay_list_that_names_no_item_anywhere_is_asked_about_with_a_proposal(root: Path) -> None:
    rows = "王秀英,371327194503151230,2018年3月,50.00,6217000012345678901\n" * 3
    deliver(root, "发放表.csv", "姓名,身份证号,发放月份,发放金额,银行卡号\n" + rows)
    assert main(["init", "x", "in"]) == 0
    text = (root / "params" / "x" / "sources.yml").read_text(encoding="utf-8")
    assert "# 问:发放表.csv:是哪一项补贴?" in text
    assert "# - {match: 发放表.csv, table: payment, constants: {item: 补贴项目名称}" in text


def test_an_optional_column_whose_values_deny_its_header_is_not_read(root: Path) -> None:
    rows = "王秀英,371327194503151230,网格员补助,2018年3月,50.00,见附件\n" * 3
    deliver(root, "补贴发放.csv", "姓名,身份证号,补贴项目,发放月份,发放金额,银行账号\n" + rows)
    assert main(["init", "x", "in"]) == 0
    spec = next(s for s in load_project(root / "params" / "x").sources if s.match == "补贴发放.csv")
    assert spec.columns == {"银行账号": "不用"}
    text = (root / "params" / "x" / "sources.yml").read_text(encoding="utf-8")
    assert "# 问:列“银行账号”像 account_no(列名,但只有0%的值相符),没有采用。" in text


def test_words_of_a_bank_s_answer_nobody_knows_are_asked_about(root: Path) -> None:
    row = "LS{n},6217000012345678901,王秀英,50.00,{said},"
    said = ["交易成功"] * 8 + ["未到账", "P9", "P9"]
    rows = "\n".join(row.format(n=n, said=word) for n, word in enumerate(said))
    deliver(root, "代发回盘.csv", f"流水号,账号,户名,金额,处理状态,失败原因\n{rows}\n")
    assert main(["init", "x", "in"]) == 0
    text = (root / "params" / "x" / "sources.yml").read_text(encoding="utf-8")
    assert "问:处理状态的“P9(2行)”是什么意思?" in text
    assert "values: {return_status: {P9: 成功|失败|退回}}" in text


def test_a_column_of_days_with_two_digit_years_is_asked_about_with_what_to_state(root: Path) -> None:
    rows = "".join(
        f"王秀英,371327194503151230,网格员补助,2018年3月,50.00,18.4.{day}\n" for day in range(1, 9)
    )
    deliver(root, "补贴发放.csv", "姓名,身份证号,补贴项目,发放月份,发放金额,发放日期\n" + rows)
    assert main(["init", "x", "in"]) == 0
    text = (root / "params" / "x" / "sources.yml").read_text(encoding="utf-8")
    (asked,) = (line for line in text.splitlines() if "问:列“发放日期”像 paid_on" in line)
    assert "如为两位年份,请在 sources.yml 该条写 short_years_to: 30" in asked


def test_a_column_of_days_written_as_serial_numbers_is_asked_about(root: Path) -> None:
    rows = "".join(
        f"王秀英,371327194503151230,网格员补助,2018年3月,50.00,{43_190 + day}\n" for day in range(8)
    )
    deliver(root, "补贴发放.csv", "姓名,身份证号,补贴项目,发放月份,发放金额,发放日期\n" + rows)
    assert main(["init", "x", "in"]) == 0
    text = (root / "params" / "x" / "sources.yml").read_text(encoding="utf-8")
    assert "问:发放日期整列读不出(8行,如“43190”、“43191”、“43192”);如为表格软件的日期序列号" in text
    assert 'serial_dates: "1900"' in text


def test_words_of_a_status_nobody_knows_are_asked_about_with_what_the_rows_say(root: Path) -> None:
    row = "王秀英,371327194503151230,网格员补助,2018年3月,50.00"
    rows = f"{row},OK1,\n" * 8 + f"{row},X7,账号不存在\n" * 2 + f"{row},待处理,\n"
    deliver(root, "补贴发放.csv", "姓名,身份证号,补贴项目,发放月份,发放金额,发放状态,失败原因\n" + rows)
    assert main(["init", "x", "in"]) == 0
    text = (root / "params" / "x" / "sources.yml").read_text(encoding="utf-8")
    assert "问:发放状态的“OK1(8行)、X7(2行)、待处理(1行)”是什么意思?" in text
    assert "values: {status: {OK1: 成功, X7: 失败, 待处理: 成功|失败|退回|冲销}}" in text
    assert "补贴发放.csv" in {spec.match for spec in load_project(root / "params" / "x").sources}


def test_answers_make_the_sources_complete(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "王秀英,371327194503151230,2018年3月,50.00,6217000012345678901\n" * 3
    deliver(root, "发放表.csv", "姓名,身份证号,发放月份,发放金额,银行卡号\n" + rows)
    assert main(["init", "x", "in"]) == 0
    assert main(["sources", "x"]) == 1
    params = root / "params" / "x"
    for file in params.glob("*.yml"):
        text = file.read_text(encoding="utf-8").replace("item: 补贴项目名称", "item: 网格员补助")
        file.write_text(text.replace("# - {", "- {").replace("待确认", "已核对"), encoding="utf-8")
    capsys.readouterr()
    assert main(["sources", "x"]) == 0, capsys.readouterr().out


def test_standards_and_exclusions_of_the_district_are_taken_in(root: Path) -> None:
    deliver(
        root,
        "政策/补贴标准.csv",
        "项目名称,类别,标准,执行起止,文号\n"
        "网格员补助,,每人每月100元,2017年1月-2017年12月,云民发〔2016〕1号\n"
        "网格员补助,,每人每年1320元,2018-01至今,云民发〔2018〕1号\n"
        "网格员补助,,按实际出勤核定,2019年,云民发〔2019〕1号\n",
    )
    deliver(
        root,
        "政策/互斥.csv",
        "项目一,项目二,关系,范围,执行起始,文号\n网格员补助,羊羔补助,不得同时享受,个人,2017年1月,云民发〔2016〕1号\n",
    )
    deliver(
        root,
        "政策/清单.csv",
        "补贴项目名称,政策依据,主管部门,补贴对象,补贴标准,发放频次\n羊羔补助,云农发〔2017〕2号,农业局,农户,每只30元,按年\n"
        "网格员补助,云民发〔2016〕1号,民政局,网格员,,按月\n",
    )
    assert main(["init", "x", "in"]) == 0
    project = load_project(root / "params" / "x")
    ids = {item.name: item.item_id for item in project.items}
    months = [(s.item_id, s.amount, s.from_month, s.to_month) for s in project.standards]
    first = ids["网格员补助"]
    assert months == [(first, 10000, 2017 * 12, 2017 * 12 + 11), (first, 11000, 2018 * 12, None)]
    assert [(e.item_a, e.item_b, e.relation, e.scope) for e in project.exclusions] == [
        (first, ids["羊羔补助"], "forbid", "person")
    ]
    text = (root / "params" / "x" / "standards.yml").read_text(encoding="utf-8")
    assert "# 问:没有读懂的标准(待确认):网格员补助|按实际出勤核定|2019年" in text
    assert "# 问:没有读懂的标准(待确认):羊羔补助|云农发〔2017〕2号" in text


def test_a_table_of_changes_gives_each_rate_until_the_next(root: Path) -> None:
    deliver(
        root, "政策/标准变动.csv",
        "补贴种类,调整后标准(元/月),开始执行年月\n网格员补助,100,2016年7月\n网格员补助,110,2017年4月\n网格员补助,130,2018年1月\n",
    )  # fmt: skip
    assert main(["init", "x", "in"]) == 0
    spans = [(s.amount, s.from_month, s.to_month) for s in load_project(root / "params" / "x").standards]
    assert spans == [
        (10000, 2016 * 12 + 6, 2017 * 12 + 2), (11000, 2017 * 12 + 3, 2017 * 12 + 11), (13000, 2018 * 12, None)
    ]  # fmt: skip


def test_an_update_adds_new_towns_villages_and_standards(root: Path) -> None:
    assert main(["init", "x", "in"]) == 0
    areas = root / "params" / "x" / "areas.yml"
    before = areas.read_text(encoding="utf-8")
    rows = "".join(
        f"清溪镇,{v}村,王秀英,371327194503151230,网格员补助,2018-0{m},9\n"
        for m in range(1, 9)
        for v in ("松岗", "新湾")
    )
    rows += rows.replace("清溪镇", "白石乡").replace("松岗", "石门")
    deliver(root, "新增/发放.csv", PAYMENTS.split("\n")[0] + "\n" + rows)
    deliver(
        root, "新增/标准.csv", "项目,标准,执行起始,文号\n网格员补助,每人每月9元,2018年1月,云〔2018〕3号\n"
    )
    assert main(["init", "x", "in", "--update"]) == 0
    assert areas.read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    project = load_project(root / "params" / "x")
    assert {t.name: {v.name for v in t.villages} for t in project.towns} == {
        "清溪镇": {"松岗村", "新湾村"},
        "白石乡": {"石门村", "新湾村"},
    }
    assert [s.amount for s in project.standards] == [900]


def test_archives_are_looked_into_and_doubles_are_kept_out(root: Path) -> None:
    (root / "in" / "副本.csv").write_bytes((root / "in" / "发放清册.csv").read_bytes())
    with zipfile.ZipFile(root / "in" / "死亡.zip", "w") as archive:
        rows = "李四,371327194503151230,2017-01-02,2017-01-04\n" * 3
        archive.writestr("火化登记.csv", "逝者姓名,身份证号,死亡时间,火化时间\n" + rows)
    assert main(["init", "x", "in"]) == 0
    specs = {s.match: (s.table, s.skip) for s in load_project(root / "params" / "x").sources}
    assert specs == {
        "死亡.zip/火化登记.csv": ("death", False),
        "副本.csv": ("payment", False),
        "发放清册.csv": ("payment", True),
    }
