"""Sliders for the parameters of a rule: what other values would change, before anybody saves one."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from audit_lib.errors import AuditError
from audit_lib.findings.what_if import WhatIf
from audit_lib.lab.looks import framed
from audit_lib.rules import Rule

_SHOWN = 20


class WhatIfPanel:
    """One slider or field per parameter, a button that tries the values, and what they would change.

    Args:
        rule: the rule with the values in force.
        ask: runs the rule with other values; saves nothing.
    """

    def __init__(self, rule: Rule, ask: Callable[..., WhatIf]) -> None:
        self._ask = ask
        self.controls = {name: _control(rule, name) for name in rule.head.tolerances}
        self.button = widgets.Button(
            description="试算", button_style="primary", disabled=not self.controls, tooltip="不保存参数"
        )
        self.button.on_click(lambda _: self.try_values())
        title = f"{rule.head.title} {rule.id}" + ("" if self.controls else "：没有可改的参数")
        self.title = widgets.HTML(framed(f"<b>{escape(title)}</b>"))
        self.said = widgets.HTML()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return dict(self.box._repr_mimebundle_())

    @property
    def box(self) -> widgets.VBox:
        """The whole panel."""
        return widgets.VBox([self.title, *self.controls.values(), self.button, self.said])

    def try_values(self) -> None:
        """Run the rule with what the controls show; a refusal is said in the panel."""
        self.button.disabled = True
        try:
            self.said.value = framed(_told(self._ask(**{name: c.value for name, c in self.controls.items()})))
        except AuditError as error:
            self.said.value = framed(f'<p class="note">{escape(str(error))}</p>')
        finally:
            self.button.disabled = False


def _control(rule: Rule, name: str) -> widgets.Widget:
    tolerance, value = rule.head.tolerances[name], rule.tolerances[name]
    look = {
        "description": tolerance.says, "style": {"description_width": "initial"}, "layout": widgets.Layout(width="95%"),
    }  # fmt: skip
    if tolerance.type == "text":
        return widgets.Text(value=str(value), **look)
    if tolerance.min is None or tolerance.max is None:
        field = widgets.IntText if tolerance.type == "int" else widgets.FloatText
        return field(value=value, **look)
    if tolerance.type == "int":
        return widgets.IntSlider(value=value, min=int(tolerance.min), max=int(tolerance.max), **look)
    step = (tolerance.max - tolerance.min) / 100
    return widgets.FloatSlider(value=value, min=tolerance.min, max=tolerance.max, step=step, **look)


def _told(answer: WhatIf) -> str:
    changes = answer.changes
    parts = [answer.summary.to_html(border=0)]
    if len(changes):
        lines = "".join(
            f"<tr><td>{escape(row['变化'])}</td><td>{escape(row['name_masked'] or '')}</td>"
            f'<td class="n">{row["change_fen"] / 100:+,.2f}</td><td>{escape(row["statement"])}</td></tr>'
            for row in changes.head(_SHOWN).to_dict("records")
        )
        head = "<thead><tr><th>变化</th><th>姓名</th><th class='n'>金额(元)</th><th>疑点</th></tr></thead>"
        parts.append(f"<table>{head}<tbody>{lines}</tbody></table>")
        if len(changes) > _SHOWN:
            parts.append(f'<p class="note">共{len(changes)}条，只列变化最大的{_SHOWN}条。</p>')
    else:
        parts.append('<p class="note">疑点和金额都不变。</p>')
    return "".join(parts)
