"""What the page 对账与数据质量 shows, part by part; each method is one cell of the notebook."""

from __future__ import annotations

from functools import cached_property

from audit_lib.money import format_yuan
from audit_lib.quality.needs import is_open
from audit_lib.report.annex import spaced
from audit_lib.report.grids import Cards, Grid, Group, Markup, Prose, count_text, percent_text
from audit_lib.report.quality_fields import damaged_grid, fields_grid, freshness_grid, ids_grid, repeats_grid
from audit_lib.report.quality_files import (
    accounts_grid,
    columns_grid,
    flags_grid,
    reasons_grid,
    scores_grid,
    villages_grid,
)
from audit_lib.report.quality_grids import absent_grid, gaps_grid, matrix_grid, registers_grid
from audit_lib.report.quality_parts import Folded, Row, read_optional, read_rows
from audit_lib.report.quality_requests import requests_group
from audit_lib.report.quality_ties import (
    differences_grid,
    open_ties,
    ties_summary_grid,
    without_total_grid,
)
from audit_lib.report.stages import Stages
from audit_lib.stage import digest


class QualityPage:
    """Tie-outs and data quality of the finished stages."""

    def __init__(self, stages: Stages) -> None:
        self._stages = stages
        self._project = stages.project

    def _rows(self, name: str) -> list[Row]:
        return read_rows(self._stages.quality, name)

    @cached_property
    def ties(self) -> list[Row]:
        """Everything that was compared."""
        return self._rows("tie_out")

    @cached_property
    def accounts(self) -> list[Row]:
        """Rows of every delivered file."""
        return self._rows("file_account")

    @cached_property
    def arrivals(self) -> list[Row]:
        """Item × town × period."""
        return self._rows("arrival")

    @cached_property
    def needs(self) -> list[Row]:
        """Fields the rules want, per department."""
        return self._rows("need")

    @cached_property
    def fields(self) -> list[Row]:
        """How far every column is filled."""
        return self._rows("sheet_field")

    def title(self) -> Prose:
        """What the page is for."""
        settings = self._project.settings
        return Prose(
            [
                Markup('<b class="classified">内部资料 注意保管</b>'),
                f"{settings.zone}{min(settings.years)}年至{max(settings.years)}年各部门报送数据的核对:数字对不对得上,缺什么,"
                "质量如何,还要向谁要什么。先看本页,再看疑点。",
            ],
            style="head",
        )

    def summary(self) -> Cards:
        """The headline figures."""
        total = {
            key: sum(line[key] or 0 for line in self.accounts)
            for key in ("delivered", "kept", "set_aside", "totals")
        }
        compared = [tie for tie in self.ties if tie["given_fen"] is not None]
        unexplained = open_ties(self.ties)
        gaps = [line for line in self.arrivals if line["state"] in ("hole", "edge", "few")]
        ids = [need for need in self.needs if need["column_name"] == "id"]
        asked = [need for need in self.needs if is_open(need)]
        return Cards(
            [
                (
                    "收到的行", count_text(total["delivered"]),
                    f"采用{count_text(total['kept'])} + 不能采用{count_text(total['set_aside'])} + 合计行{count_text(total['totals'])}",
                ),
                (
                    "未能解释的差额", f"{count_text(len(unexplained))}处",
                    f"核对{count_text(len(compared))}处,差额合计{format_yuan(sum(abs(t['rest_fen']) for t in unexplained))}元",
                ),
                ("疑似缺报", f"{count_text(len(gaps))}期", "项目 × 镇 × 期,含明显偏少"),
                (
                    "证号有效率", percent_text(sum(n["valid"] for n in ids), sum(n["filled"] for n in ids)),
                    "填写了身份证号的行",
                ),
                ("待索取字段", f"{count_text(len(asked))}个", f"{len({n['department'] for n in asked})}个部门,见数据需求单"),
            ]
        )  # fmt: skip

    def scorecard(self) -> Grid:
        """One line per department."""
        return scores_grid(self._rows("scorecard"))

    def tie_out(self) -> Group:
        """What was compared and what differs."""
        unproved = without_total_grid(self.ties, self._project)
        return Group(
            [
                ("", ties_summary_grid(self.ties)),
                ("", differences_grid(self.ties, self._project, "有差额的数字和调节")),
                ("", Folded(f"没有对方数的金额({len(unproved.rows)}处)", unproved)),
            ]
        )

    def files(self) -> Group:
        """Every file's rows, and why rows were set aside."""
        return Group(
            [
                ("", reasons_grid(self._rows("reasons"))),
                ("", Folded(f"每个文件的行数({len(self.accounts)}个文件)", accounts_grid(self.accounts))),
            ]
        )

    def matrix(self) -> Grid:
        """Item × month."""
        return matrix_grid(self.arrivals, self._project)

    def gaps(self) -> Group:
        """What should have come and did not."""
        return Group(
            [("", gaps_grid(self.arrivals, self._project)), ("", absent_grid(self.arrivals, self._project))]
        )

    def registers(self) -> Grid:
        """Register × town."""
        return registers_grid(self._rows("register_town"), self.needs, self._project)

    def validity(self) -> Group:
        """Identity numbers and fields."""
        flags = flags_grid(self._rows("cell_flags"))
        return Group(
            [
                ("", ids_grid(self.fields)),
                ("", damaged_grid(read_optional(self._stages.quality, "damaged_id"))),
                ("", fields_grid(self.needs)),
                ("", Folded(f"清洗标记({len(flags.rows)}种)", flags)),
            ]
        )

    def uniqueness(self) -> Group:
        """The same thing delivered twice."""
        twins = [line for line in self.accounts if "内容完全相同" in (line["reason"] or "")]
        says = (
            "重复报送、只采用一份的文件:" + "；".join(f"“{line['file']}”{line['reason']}" for line in twins) + "。"
            if twins else "没有内容完全相同的文件。"
        )  # fmt: skip
        return Group([("", Prose([says])), ("", repeats_grid(self._rows("repeated")))])

    def freshness(self) -> Grid:
        """How recent every kind of list is."""
        return freshness_grid(self.fields, self.needs, self._project)

    def unmapped(self) -> Group:
        """Villages and columns nobody knows."""
        columns = columns_grid(self.accounts)
        return Group(
            [
                ("", villages_grid(self._rows("unmapped_village"))),
                ("", Folded(f"没有用到的列({len(columns.rows)}个文件)", columns)),
            ]
        )

    def requests(self) -> Group:
        """数据需求单, department by department."""
        return requests_group(self.needs)

    def seal(self) -> Prose:
        """Proof that the page shows these files' rows."""
        code = seal_accounts(self.accounts)
        mark = f'<span id="seal" data-town="" data-seal="{spaced(code)}">校验码 {spaced(code)}</span>'
        return Prose([Markup(mark)], style="seal")


def seal_accounts(accounts: list[Row]) -> str:
    """Digest of the rows of every file as the page shows them."""
    keys = ("file", "delivered", "kept", "set_aside", "totals")
    return digest(*("|".join(str(line[key]) for key in keys) for line in accounts))
