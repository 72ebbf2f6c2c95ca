"""Writers that make a file of each format out of a report's text, as an office would have written it."""

from __future__ import annotations

import io
import re
from html import escape

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from extractor.model import Document, Table
from extractor.text.normalize import fold
from extractor.text.numerals import read_chinese
from tests.formats.parity import texts

# The levels of an official document (GB/T 9704): the mark as written, its level, Word's number format and label.
_MARKS = (
    (re.compile(r"^([一二三四五六七八九十]{1,3})、"), 0, "chineseCountingThousand", "%1、"),
    (re.compile(r"^（([一二三四五六七八九十]{1,3})）"), 1, "chineseCountingThousand", "（%2）"),
    (re.compile(r"^(\d{1,2})\.(?!\d)"), 2, "decimal", "%3."),
    (re.compile(r"^（(\d{1,2})）"), 3, "decimal", "（%4）"),
    (re.compile(r"^([①-⑳])"), 4, "decimalEnclosedCircle", "%5"),
)


def to_docx(document: Document, jumps: bool = True) -> bytes:
    """A .docx whose heading numbers are automatic ones, its tables Word tables with cells merged downwards.

    Where the text's numbers jump, a list starts there by an override; without ``jumps`` the number is typed instead
    (LibreOffice loses such overrides when it writes .doc).
    """
    made = docx.Document()
    numbers = _Numbers(made)
    for block in texts(document):
        if isinstance(block, Table):
            _word_table(made, block)
            continue
        found = _mark(block)
        if found is None or (not jumps and numbers.jumps(*found[:2])):
            made.add_paragraph(block)
        else:
            level, position, rest = found
            numbers.give(made.add_paragraph(rest), level, position)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _mark(line: str) -> tuple[int, int, str] | None:
    """Level and position of a line's heading mark, and the text after it; None where Word would not write it so."""
    for pattern, level, _, _ in _MARKS:
        if match := pattern.match(line):
            raw = match[1]
            if level <= 1:
                read = read_chinese(raw)
                position = 0 if read is None else int(read.value)
            else:
                position = ord(raw) - ord("①") + 1 if level == 4 else int(fold(raw))
            rest = line[match.end() :]
            return (level, position, rest) if position and rest.strip() and not raw.startswith("0") else None
    return None


class _Numbers:
    """One multi-level list for the document; where the text's numbers jump, a list of the same definition that starts there."""

    def __init__(self, made: docx.document.Document) -> None:
        self._part = made.part.numbering_part.element
        self._counters = [0] * 5
        self._abstract = "90"
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), self._abstract)
        for _, level, form, label in _MARKS:
            lvl = OxmlElement("w:lvl")
            lvl.set(qn("w:ilvl"), str(level))
            for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", label)):
                child = OxmlElement(tag)
                child.set(qn("w:val"), value)
                lvl.append(child)
            abstract.append(lvl)
        self._part.insert(0, abstract)
        self._current = self._list(None)

    def jumps(self, level: int, position: int) -> bool:
        """Whether a number does not follow on the ones before it."""
        return position != self._counters[level] + 1

    def give(self, paragraph: docx.text.paragraph.Paragraph, level: int, position: int) -> None:
        if self.jumps(level, position):
            self._current = self._list((level, position))
        self._counters[level:] = [position] + [0] * (4 - level)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = self._current

    def _list(self, override: tuple[int, int] | None) -> int:
        num = self._part.add_num(int(self._abstract))
        if override:
            num.add_lvlOverride(override[0]).add_startOverride(override[1])
        return int(num.numId)


def _word_table(made: docx.document.Document, block: Table) -> None:
    """A Word table; label cells that the text leaves blank are merged with the one above, as the forms have them."""
    width = max(map(len, block.rows))
    table = made.add_table(len(block.rows), width)
    for r, row in enumerate(block.rows):
        for c, text in enumerate(row):
            if text:
                table.cell(r, c).text = text
            elif covered(block.rows, r, c):
                table.cell(r - 1, c).merge(table.cell(r, c))


def covered(rows: tuple[tuple[str, ...], ...], r: int, c: int) -> bool:
    """Whether a blank cell stands for a label above it: figures follow to its right, and labels between."""
    labels = [x for x in rows[r][:c] if x]
    after = [x for x in rows[r][c + 1 :] if x]
    if not r or c >= len(rows[r]) or rows[r][c]:
        return False
    above = c < len(rows[r - 1]) and (rows[r - 1][c] or covered(rows, r - 1, c))
    return bool(above and not labels and after and re.match(r"[（\d一二三四五六七八九十]", after[0]) and not after[0].isdigit())


def to_html(document: Document) -> bytes:
    """A page as site builders publish it: navigation, breadcrumb, share links, footer; paragraphs in an editor's container."""
    body = "".join(
        _html_table(b) if isinstance(b, Table) else f'<p style="text-indent:2em">&emsp;&emsp;{_styled(b)}</p>\n'
        for b in texts(document)
    )
    title = escape(str(texts(document)[0]))
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_云溪镇_某县人民政府网站</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-01-22 10:30">
<style>p{{margin:0}}</style><script>var count = 36;</script></head><body>
<div class="header"><div class="logo">某县人民政府</div></div>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="main"><div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/x">法治政府建设年度报告</a></div>
<div class="info">发布时间：2024-01-22 10:30　来源：云溪镇　浏览次数：<span id="hits">76</span>
字体：[<a>大</a> <a>中</a> <a>小</a>]</div>
<div class="TRS_Editor">{body}</div>
<div class="share">分享到：微信 微博</div><div class="tool">【打印】【关闭】</div>
<div>上一篇：<a href="1.html">2022年度报告</a></div><div>下一篇：没有了</div></div>
<div class="footer"><p>版权所有：某县人民政府　主办：某县人民政府办公室　ICP备案号：蜀ICP备05000000号</p></div>
</body></html>"""
    return page.encode()


def to_old_html(document: Document) -> bytes:
    """An older page in GB2312: layout by tables, the metadata in one, line breaks between paragraphs."""
    body = "".join(_html_table(b) if isinstance(b, Table) else f"　　{escape(b)}<br>\r\n" for b in texts(document))
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>信息公开</title></head>
<body><table width="960"><tr><td><a href="/">首页</a> | <a href="/a">概况</a> | <a href="/b">新闻</a></td></tr>
<tr><td><table border="1"><tr><td>索引号：</td><td>000014349/2024-00012</td><td>主题分类：</td><td>综合政务</td></tr>
<tr><td>发布机构：</td><td>云溪镇人民政府</td><td>发文日期：</td><td>2024年01月22日</td></tr></table></td></tr>
<tr><td><table width="100%"><tr><td id="zoom"><font size="3">{body}</font></td></tr></table></td></tr>
<tr><td align="center">版权所有：某县人民政府 技术支持：某公司 建议使用1024*768分辨率浏览</td></tr></table></body></html>"""
    return page.encode("gb18030")


def _styled(line: str) -> str:
    """A line as editors leave it: cut into spans at its figures."""
    return re.sub(r"(\d+)", r'<span lang="EN-US" style="font-family:仿宋">\1</span>', escape(line))


def _html_table(block: Table) -> str:
    rows = []
    for r, row in enumerate(block.rows):
        cells = []
        for c, text in enumerate(row):
            if covered(block.rows, r, c):
                continue
            down = 1
            while r + down < len(block.rows) and covered(block.rows, r + down, c):
                down += 1
            span = f' rowspan="{down}"' if down > 1 else ""
            cells.append(f"<td{span}><p>{escape(text)}</p></td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="1"><tbody>{"".join(rows)}</tbody></table>\n'


def to_markdown(document: Document) -> bytes:
    """A Markdown file: headings marked by depth, tables with a rule under their first row."""
    out = []
    for block in texts(document):
        if isinstance(block, Table):
            width = max(map(len, block.rows))
            rows = [" | ".join([*row, *[""] * (width - len(row))]) for row in block.rows]
            out.append("\n".join([f"| {rows[0]} |", "|---" * width + "|", *(f"| {row} |" for row in rows[1:])]))
        else:
            found = _mark(block)
            alone = found is not None and found[0] < 2 and "。" not in block
            out.append(("#" * (found[0] + 2) + " " if alone and found else "") + re.sub(r"([*_<\[\]`~])", r"\\\1", block))
    return "\n\n".join(out).encode()
