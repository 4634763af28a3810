"""An executed notebook becomes one self-contained page."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader

from audit_lib.report.fonts import font_face
from audit_lib.report.scripts import TEMPLATE, page_script, script_digest

_ANCHOR = re.compile(r'<a class="anchor-link".*?</a>', re.DOTALL)
_SECTION = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
#: characters beyond ASCII that the Markdown renderer wrote as numbers
_CODED = re.compile(r"&#(\d{3,7});")


def render_notebook(notebook: Any, title: str, kind: str, foot: Sequence[tuple[str, str]]) -> str:
    """The page of an executed notebook: headings and outputs, never inputs.

    Args:
        notebook: an nbformat notebook with outputs.
        title: of the page.
        kind: ``town`` or ``district``; chooses the type sizes.
        foot: name and value of what the page was made from.
    """
    body, _ = load_exporter().from_notebook_node(notebook)
    body = _CODED.sub(lambda found: chr(int(found[1])), _ANCHOR.sub("", body))
    contents = [(anchor, html.unescape(_TAG.sub("", text))) for anchor, text in _SECTION.findall(body)]
    return render_page(title, kind, body, foot, contents)


def render_page(
    title: str,
    kind: str,
    body: str,
    foot: Sequence[tuple[str, str]],
    contents: Sequence[tuple[str, str]] = (),
) -> str:
    """The frame around a body: head, table of contents, foot, style and font, all in one file."""
    template = _pages().get_template("page.html.j2")
    script = page_script() if 'data-about="' in body else ""
    style = (TEMPLATE / "page.css").read_text(encoding="utf-8")
    parts: dict[str, Any] = {
        "title": title, "kind": kind, "body": body, "foot": foot, "contents": contents, "style": style,
        "script": script, "allowed": script_digest(script),
    }  # fmt: skip
    bare = template.render(font="", **parts)
    return template.render(font=font_face(bare), **parts)


@cache
def _pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )


@cache
def load_exporter() -> Any:
    """Nbconvert with the project's own template; the plain exporter, which does not re-parse the page."""
    from nbconvert.exporters import TemplateExporter

    return TemplateExporter(
        template_name="ybt", extra_template_basedirs=[str(TEMPLATE)], file_extension=".html"
    )
