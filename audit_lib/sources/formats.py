"""What a file really is, by its first bytes; the suffix is only what somebody called it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from audit_lib.sources.dbf import is_dbf

Format = Literal["xlsx", "xls", "dbf", "text", "empty", "encrypted", "html", "zip", "other"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = {
    b"%PDF": "PDF 文件", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片", b"GIF8": "图片",
    b"BM": "图片", b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包", b"SQLite format 3": "数据库文件", b"\x1f\x8b": "gzip 压缩包", b"{\\rtf": "RTF 文档",
}  # fmt: skip

_PAGES = (
    b"<html", b"<!doctype html", b"<table", b"<?xml", b"mime-version", b"<body", b"<meta", b"<head", b"<style",
)  # fmt: skip


def sniff(path: Path) -> tuple[Format, str]:
    """Format of a file and, when it cannot be read, what it is in words."""
    with path.open("rb") as content:
        start = content.read(65_536)
    if not start.strip():
        return "empty", "空文件"
    if start.startswith(_OLE):
        return _inside_ole(path)
    if start.startswith(b"PK"):
        return _inside_zip(path)
    if is_dbf(start):
        return "dbf", ""
    for magic, name in _KINDS.items():
        if start.startswith(magic):
            return "other", name
    marked = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    written = start[:2048].decode("utf-16", "ignore").encode() if marked else start[:1024]
    opening = written.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith(_PAGES):
        return "html", ""
    if marked or start.count(0) * 100 < len(start):
        return "text", ""
    return "other", "二进制文件,或没有字节序标记的 UTF-16 文本"


def _inside_ole(path: Path) -> tuple[Format, str]:
    """Old Office files hold named streams; their names are UTF-16 in the directory."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "encrypted", "有密码保护的工作簿"
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls", ""
    return "other", "不含工作表的 Office 文件(如 Word 文档)"


def _inside_zip(path: Path) -> tuple[Format, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return "xlsx", "已损坏或不完整"
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "xlsx", ""
    if "word/document.xml" in names:
        return "other", "Word 文档"
    return "zip", ""


def holds_macros(path: Path) -> bool:
    """Whether a workbook carries macros; they are never run."""
    try:
        with path.open("rb") as content:
            if content.read(8) == _OLE:
                return "_VBA_PROJECT".encode("utf-16-le") in content.read()
        with zipfile.ZipFile(path) as archive:
            return "xl/vbaProject.bin" in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False
