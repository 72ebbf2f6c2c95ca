"""The formats, and how a file's content tells which it is: magic bytes, the members of a zip, the streams of an OLE file.

A format is one line in ``FORMATS`` and one module with ``read(name: str, data: bytes, limits: Limits) -> Document``, imported
when a file needs it. The suffix decides only between formats that content cannot tell apart (Markdown without
headings and plain text).
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

from extractor.errors import ReadError
from extractor.readers.archive import member_names, open_zip
from extractor.readers.own import is_own, is_own_book


class Format(NamedTuple):
    """One file format: its key, its name for auditors, the suffixes it comes with, and the module that reads it.

    ``module`` is empty where gouji cannot read the format; ``remedy`` then says what to do instead. ``isolated`` formats are
    read in a process of their own; ``report`` is false of files that never hold one.
    """

    key: str
    name: str
    suffixes: tuple[str, ...]
    module: str = ""
    remedy: str = ""
    isolated: bool = True
    report: bool = True


_SAVE_AS = "请用 WPS 或 Word 打开，另存为 .docx 后再试；打不开的，请向报送单位索取完整的文件。"
FORMATS = {
    f.key: f
    for f in (
        Format("pdf", "PDF", (".pdf",), "extractor.readers.pdf"),
        Format("docx", "Word/WPS 文档", (".docx", ".docm", ".dotx", ".wps", ".wpt"), "extractor.readers.docx"),
        Format("doc", "Word 97–2003 / WPS 文档", (".doc", ".dot", ".wps", ".wpt"), "extractor.readers.doc"),
        Format("odt", "ODT 文档", (".odt",), "extractor.readers.foreign"),
        Format("rtf", "RTF 文档", (".rtf", ".doc"), "extractor.readers.rtf"),
        Format("ofd", "OFD 版式文件", (".ofd",), "extractor.readers.ofd"),
        Format("sheet", "电子表格", (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"), "extractor.readers.sheets"),
        Format("slides", "演示文稿", (".pptx", ".ppt", ".dps"), "", "请把报告正文另存为 .docx 后再试。"),
        Format("html", "网页", (".html", ".htm", ".shtml", ".xhtml"), "extractor.readers.html"),
        Format("mhtml", "单个文件网页", (".mht", ".mhtml"), "extractor.readers.html"),
        Format("wordxml", "Word XML 文档", (".xml", ".doc"), "extractor.readers.foreign"),
        Format("image", "图片", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp"), "extractor.readers.image"),
        Format("zip", "压缩包", (".zip",), "", "请解压后再试。"),
        Format("rar", "RAR/7z 压缩包", (".rar", ".7z"), "", "请解压，或改用 .zip 打包后再试。"),
        Format("locked", "有密码的文档", (), "", "请向报送单位索取没有密码的文件，或打开后另存为不加密的文件。"),
        Format("ole", "复合文档", (), "", _SAVE_AS),
        Format("own", "gouji 的输出", (), "", "请给出报告原文。", isolated=False, report=False),
        Format("json", "JSON 数据", (".json", ".jsonl"), "", "请给出报告原文。", isolated=False, report=False),
        Format("markdown", "Markdown 文本", (".md", ".markdown"), "extractor.readers.markdown", isolated=False),
        Format("text", "文本", (".txt", ".text"), "extractor.readers.text", isolated=False),
    )
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "rar"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF8", "image"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "sheet"),
    ("PowerPoint Document", "slides"),
)
_ZIP_MEMBERS = (
    ("word/document", "docx"),
    ("xl/workbook", "sheet"),
    ("ppt/presentation", "slides"),
    ("OFD.xml", "ofd"),
)
_ODF = {b"application/vnd.oasis.opendocument.text": "odt", b"application/vnd.oasis.opendocument.spreadsheet": "sheet"}
# Browsers write other headers first (``From: <Saved by Blink>``), Word and WPS do not.
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.I)
_PREAMBLE = rb"(?:\s|<\?xml[^>]{0,200}\?>|<!--.{0,4000}?-->)*"
_TAGS = rb"!doctype\s+html|html|head|meta|title|body|div|table|p|span|script|style|link|center|font|br"
_HTML = re.compile(_PREAMBLE + rb"<(?:" + _TAGS + rb")\b", re.I | re.S)
_HASHED, _HEADINGS = re.compile(rb"^#{1,4} +[^\s#\d]", re.M), 2  # so many lines headed as in Markdown are meant so
_WORD_XML = re.compile(rb'(?:\s|<\?xml[^>]{0,200}\?>)*<(?:\?mso-application progid="Word|w:wordDocument|pkg:package)')


def format_of(name: str, data: bytes) -> Format:
    """The format of a file's content.

    Parameters: ``name`` of the file (its suffix tells Markdown without headings from text, nothing else); ``data`` all of it.
    Raises ``ReadError`` when it is a zip container that is damaged or that would unpack without bounds.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FORMATS[_in_zip(name, data)]
    if data.startswith(_OLE):
        return FORMATS[next((key for stream, key in _OLE_STREAMS if stream.encode("utf-16-le") in data), "ole")]
    head = data[:8192].lstrip(b"\xef\xbb\xbf \r\n\t")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = data[2:8192].replace(b"\x00", b"")
    if b"%PDF-" in data[:1024]:
        return FORMATS["pdf"]
    for magic, key in _MAGIC:
        if head.startswith(magic):
            return FORMATS[key]
    if data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data):
        return FORMATS["image"]
    if _MHTML.match(head):
        return FORMATS["mhtml"]
    if _WORD_XML.match(head):
        return FORMATS["wordxml"]
    if is_own(data):
        return FORMATS["own"]
    if _HTML.match(head):
        return FORMATS["html"]
    if suffix_of(name) in FORMATS["json"].suffixes and head.startswith((b"{", b"[")):
        return FORMATS["json"]
    marked = suffix_of(name) in FORMATS["markdown"].suffixes or len(_HASHED.findall(head)) >= _HEADINGS
    return FORMATS["markdown" if marked else "text"]


def suffix_of(name: str) -> str:
    """The suffix of a file name in small letters, with its point."""
    return PurePath(name).suffix.lower()


def misnamed(name: str, found: Format) -> str | None:
    """The suffix of a file that is known, but not for the format that its content is in."""
    suffix = suffix_of(name)
    known = any(suffix in f.suffixes for f in FORMATS.values())
    return suffix if known and suffix not in found.suffixes else None


def _in_zip(name: str, data: bytes) -> str:
    with open_zip(name, data) as archive:
        names = set(archive.namelist())
        for member, key in _ZIP_MEMBERS:
            if any(n.startswith(member) for n in names):
                return "own" if key == "sheet" and is_own_book(archive) else key
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
            return _ODF.get(archive.read("mimetype").strip(), "zip")
        if not member_names(archive):
            raise ReadError(name, "压缩包里没有文件。", "请向报送单位索取完整的文件。")
    return "zip"
