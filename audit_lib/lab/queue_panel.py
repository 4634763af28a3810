"""The queue of findings as a panel of buttons and lists; every word that came from a file is escaped."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from audit_lib.errors import AuditError
from audit_lib.lab.looks import framed
from audit_lib.lab.queue import FindingQueue
from audit_lib.ledger.verdicts import REASON_CODES

_ALL = ("全部", "")
_KEYS = {"1": "属实", "2": "不属实", "3": "待核"}


class QueuePanel:
    """Shows a ``FindingQueue``: filters, progress, the finding, its evidence, and the buttons."""

    def __init__(self, queue: FindingQueue) -> None:
        self.queue = queue
        wide = {"description_width": "5em"}
        self.town = widgets.Dropdown(description="镇", options=[_ALL, *queue.towns()], style=wide)
        self.village = widgets.Dropdown(description="村", options=[_ALL], style=wide)
        self.rule = widgets.Dropdown(description="规则", options=[_ALL, *queue.rules()], style=wide)
        self.tier = widgets.Dropdown(
            description="等级", options=[_ALL, ("A", "A"), ("B", "B"), ("C", "C")], style=wide
        )
        self.least = widgets.BoundedFloatText(description="至少(元)", min=0, max=1e9, step=100, style=wide)
        self.open_only = widgets.Checkbox(description="只看未核实的", value=True, indent=False)
        self.reveal = widgets.Checkbox(description="显示完整号码", value=False, indent=False)
        self.operator = widgets.Text(
            description="经办人", value=queue.operator, placeholder="必填", style=wide
        )
        self.reason = widgets.Dropdown(
            description="原因码", options=[("(不属实必选)", ""), *((r, r) for r in REASON_CODES)], style=wide
        )
        self.attachment = widgets.Text(
            description="佐证附件", placeholder="不属实必填,如 户籍证明.pdf", style=wide
        )
        self.note = widgets.Text(description="情况说明", placeholder="待核必填还缺什么", style=wide)
        self.keys = widgets.Text(
            description="按键", placeholder="1属实 2不属实 3待核 0撤销 n下一条 p上一条", style=wide
        )
        self.progress = widgets.IntProgress(description="已核实", min=0, max=1, style=wide)
        self.count = widgets.HTML()
        self.said = widgets.HTML()
        self.card = widgets.HTML()
        self.evidence = widgets.HTML()
        self.months = widgets.HTML()
        self.recent = widgets.HTML()
        self.buttons = {
            "属实": self._button("1 属实", "danger", lambda: queue.decide("属实", **self._said())),
            "不属实": self._button("2 不属实", "success", lambda: queue.decide("不属实", **self._said())),
            "待核": self._button("3 待核", "warning", lambda: queue.decide("待核", **self._said())),
            "撤销": self._button("0 撤销上一笔", "", queue.undo),
            "上一条": self._button("p 上一条", "", lambda: self._move(-1)),
            "下一条": self._button("n 下一条", "", lambda: self._move(1)),
        }
        for control, name in (
            (self.town, "town_id"), (self.village, "village_id"), (self.rule, "rule_id"), (self.tier, "tier"),
            (self.open_only, "open_only"),
        ):  # fmt: skip
            control.observe(lambda change, name=name: self._choose(**{name: change["new"]}), "value")
        self.least.observe(lambda change: self._choose(least_fen=round(change["new"] * 100)), "value")
        self.reveal.observe(lambda _: self.show(), "value")
        self.keys.observe(self._key, "value")
        self.show()

    @property
    def box(self) -> widgets.VBox:
        """The whole panel."""
        return widgets.VBox(
            [
                widgets.HBox([self.town, self.village, self.rule], layout=_WRAP),
                widgets.HBox([self.tier, self.least, self.open_only, self.reveal], layout=_WRAP),
                widgets.HBox([self.progress, self.count], layout=_WRAP),
                self.card,
                widgets.HBox([self.operator, self.reason], layout=_WRAP),
                widgets.HBox([self.attachment, self.note, self.keys], layout=_WRAP),
                widgets.HBox(list(self.buttons.values()), layout=_WRAP),
                self.said, self.evidence, self.months,
            ]
        )  # fmt: skip

    def ledger(self) -> widgets.HTML:
        """What this session wrote into the ledger; follows the decisions."""
        return self.recent

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return dict(self.box._repr_mimebundle_())

    def show(self) -> None:
        """Show the current finding."""
        queue = self.queue
        done, all_of_them = queue.progress()
        self.progress.max, self.progress.value = max(all_of_them, 1), done
        place = f"第{queue.position + 1}条,共{len(queue.ids)}条" if queue.ids else "没有符合条件的疑点"
        self.count.value = escape(f"{place};已核实{done}件,共{all_of_them}件")
        self.card.value = framed(queue.card()._repr_html_())
        self.evidence.value = framed(queue.evidence(self.reveal.value)._repr_html_())
        self.months.value = framed(queue.months()._repr_html_())
        self.recent.value = framed(queue.recent()._repr_html_())

    def _said(self) -> dict[str, str]:
        self.queue.operator = self.operator.value.strip()
        return {
            "reason_code": self.reason.value,
            "attachment": self.attachment.value,
            "note": self.note.value,
        }

    def _button(self, caption: str, style: str, act: Callable[[], str]) -> widgets.Button:
        button = widgets.Button(description=caption, button_style=style)
        button.on_click(lambda _: self.act(act))
        return button

    def act(self, act: Callable[[], str]) -> None:
        """Do something and say what came of it; a refusal is said, not raised."""
        self.queue.operator = self.operator.value.strip()
        try:
            said = act()
        except AuditError as error:
            self.said.value = framed(
                f'<p role="alert"><b>未记入:</b>{escape(str(error).replace(chr(10), ";"))}</p>'
            )
            return
        self.said.value = framed(f'<p role="status">{escape(said)}</p>') if said else ""
        if said.startswith("已记入"):
            self.reason.value = self.attachment.value = self.note.value = ""
        self.show()

    def _move(self, steps: int) -> str:
        self.queue.move(steps)
        return ""

    def _choose(self, **changes: Any) -> None:
        self.queue.choose(**changes)
        if "town_id" in changes:
            self.village.options = [_ALL, *self.queue.villages()]
        self.show()

    def _key(self, change: dict[str, Any]) -> None:
        pressed = str(change["new"]).strip()[-1:]
        if not pressed:
            return
        self.keys.value = ""
        name = _KEYS.get(pressed) or {"0": "撤销", "n": "下一条", "p": "上一条"}.get(pressed)
        if name:
            self.buttons[name].click()


_WRAP = widgets.Layout(flex_flow="row wrap")
