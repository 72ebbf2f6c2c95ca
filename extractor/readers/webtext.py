"""The text of an article on a web page: blocks as a browser breaks them, numbers of lists, tables, without print links."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from extractor.readers.build import Builder
from extractor.readers.grid import Cell
from extractor.readers.listnumbers import written
from extractor.readers.webpage import LABELS, cells_of, is_data, label_of, rows_of
from extractor.text.normalize import fold, tight

_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img", "ins",
        "kbd", "label", "mark", "nobr", "o:p", "q", "rb", "ruby", "s", "samp", "small", "span", "st1:chsdate", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "v:shape", "var", "wbr",
    )
)  # fmt: skip
_ASCII_END = re.compile(r"[\x21-\x7e]$")
_BETWEEN_HAN = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]) (?=[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f])")
_SPACE = re.compile(r"[ \t\n\r\x0b\x0c]+")
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "decimal": "decimal",
    "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand", "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand", "cjk-decimal": "ideographDigital",
    "simp-chinese-formal": "chineseLegalSimplified", "cjk-heavenly-stem": "ideographTraditional", "none": "none",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?([a-z][a-z-]+)", re.I)
# Words that pages put around an article; a line of nothing else is left out. Longer ones first.
_CLUTTER = re.compile(
    r"扫一扫在手机打开当前页|打印本页|打印此页|打印本文|关闭窗口|关闭本页|关闭此页|返回顶部|返回列表|我要纠错|加入收藏|视力保护色|QQ空间|扫码查看|手机浏览|"
    r"附件下载|相关文档|相关链接|相关阅读|相关信息|相关稿件|语音播报|字体大小|分享到|分享至|朋友圈|无障碍|扫一扫|下一篇|上一篇|没有了|打印|关闭|收藏|"
    r"分享|返回|纠错|微信|微博|播报|字体|字号|下载|正文|默认|超大|[大中小]"
)
_BETWEEN_CLUTTER = " \t:：|/·>、【】〔〕（）"
_AROUND = re.compile(
    r"(?:上一篇|下一篇|上一条|下一条|当前位置|您(?:当前)?(?:所在)?的?位置|您现在的位置|所在位置)\s*[:：]?.{0,80}|"
    r"首页\s*[>》›|].{0,80}|(?:扫一扫|用微信扫描|手机扫描).{0,30}"
)
_PAIR = re.compile(rf"(?:^|(?<=[\s|;；】〔\]]))({LABELS})\s*[:：]\s*")


class PageText:
    """Walks an article and hands its blocks to a builder."""

    def __init__(self, out: Builder) -> None:
        self._out = out
        self._line: list[str] = []
        self.metadata: dict[str, str] = {}
        self.dropped = 0
        self.written: list[str] = []
        self._skipped: int | None = None
        self._mark = ""

    def around(self, body: LexborNode, article: LexborNode) -> None:
        """What stands on a page outside its article, for the sake of the metadata in it."""
        self._skipped = article.mem_id
        if body.mem_id != article.mem_id:
            self._walk(body)
            self._flush()

    def read(self, article: LexborNode, title: str) -> None:
        """All blocks of an article; ``title`` is put before it when it does not stand in its first lines."""
        head = " ".join(article.text().split())[: len(title) + 200]
        plain = tight(title)
        if plain and plain not in tight(head):
            self.written.append(title)
            self._out.paragraph(title, style="title")
        self._walk(article)
        self._flush()

    def _walk(self, node: LexborNode) -> None:
        count = _list_start(node)
        for child in node.iter(include_text=True):
            tag = child.tag
            if child.mem_id == self._skipped:
                self._flush()
            elif child.is_text_node:
                self._line.append(child.text_content or "")
            elif tag == "br":
                self._flush()
            elif tag in _INLINE:
                self._walk(child)
            elif tag == "table":
                self._flush()
                self._table(child)
            elif tag not in (None, "rt", "rp", "-comment"):
                self._flush()
                if tag == "li" and count is not None:
                    number, form = count
                    number = _whole(child.attributes.get("value"), number)
                    label = written(number, form)
                    self._mark = label and label + ("、" if not _ASCII_END.search(label) else ". ")
                    count = number + 1, form
                self._walk(child)
                self._flush(_style(tag))
                if tag == "li":
                    self._mark = ""
        return

    def _flush(self, style: str | None = None) -> None:
        spaced = _SPACE.sub(" ", "".join(self._line).replace("\u00a0", " ").replace("\u3000", " ")).strip()
        text = collapsed("".join(self._line))
        self._line = []
        if text:
            text, self._mark = self._mark + text, ""
        plain = fold(spaced)
        if not text:
            return
        if _AROUND.fullmatch(plain) or not _CLUTTER.sub("", plain).strip(_BETWEEN_CLUTTER):
            self.dropped += 1
            return
        pairs = self._pairs(plain)
        if pairs is not None:
            self.metadata.update({k: v for k, v in pairs.items() if v})
            self.dropped += 1
            return
        self.written.append(text)
        self._out.paragraph(text, style=style)

    def _pairs(self, line: str) -> dict[str, str] | None:
        """The metadata of a line that holds nothing else (``发布日期：2024-01-20 浏览次数：76``), or None."""
        found = list(_PAIR.finditer(line))
        if not found or len(line) > 200 or line[: found[0].start()].strip(" 【〔|"):
            return None
        pairs = {}
        for i, match in enumerate(found):
            end = found[i + 1].start() if i + 1 < len(found) else len(line)
            value = line[match.end() : end].strip(" |;；】〕〔【")
            if len(value) > 60 or "。" in value:
                return None
            pairs[match[1]] = value
        return pairs

    def _table(self, table: LexborNode) -> None:
        rows = [cells_of(row) for row in rows_of(table)]
        if self._metadata_table(rows):
            return
        if not is_data(table):
            for caption in table.iter():
                if caption.tag == "caption":
                    self._walk(caption)
                    self._flush()
            for cell in (c for row in rows for c in row if c.mem_id != self._skipped):
                self._walk(cell)
                self._flush()
            return
        for caption in table.iter():
            if caption.tag == "caption":
                self._walk(caption)
                self._flush()
        grid = []
        for r, row in enumerate(rows):
            cells = []
            for cell in row:
                down = _whole(cell.attributes.get("rowspan"), 1) or len(rows) - r
                across = _whole(cell.attributes.get("colspan"), 1) or 1
                text = cell_text(cell)
                self.written.append(text)
                cells.append(Cell(text, down, across))
            grid.append(cells)
        self._out.table(grid)

    def _metadata_table(self, rows: list[list[LexborNode]]) -> bool:
        """Whether a table only says what the page is (索引号, 发布机构, …); its pairs are kept."""
        pairs: dict[str, str] = {}
        cells = labelled = 0
        for row in rows:
            texts = [collapsed(c.text()) for c in row]
            for i, text in enumerate(texts):
                cells += bool(text)
                if label := label_of(fold(text)):
                    labelled += 2
                    pairs[label] = texts[i + 1] if i + 1 < len(texts) else ""
                elif inside := self._pairs(fold(text)):
                    labelled += 2
                    cells += 1
                    pairs.update(inside)
        if len(pairs) < 2 or labelled < cells * 0.7:
            return False
        self.metadata.update({k: v for k, v in pairs.items() if v})
        self.dropped += 1
        return True


def collapsed(text: str) -> str:
    """Text as a browser shows it: white space runs are one space, none between Chinese characters."""
    text = _SPACE.sub(" ", text.replace("\u00a0", " ")).strip(" \u3000")
    return _BETWEEN_HAN.sub("", text)


def cell_text(cell: LexborNode) -> str:
    """The text of a cell, a line for each of its blocks."""
    lines: list[str] = []
    current: list[str] = []

    def walk(node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.is_text_node:
                current.append(child.text_content or "")
            elif child.tag in _INLINE:
                walk(child)
            elif child.tag not in ("rt", "rp", "-comment"):
                end()
                walk(child)
                end()

    def end() -> None:
        if line := collapsed("".join(current)):
            lines.append(line)
        current.clear()

    walk(cell)
    end()
    return "\n".join(lines)


def _style(tag: str | None) -> str | None:
    return "heading" if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else None


def _list_start(node: LexborNode) -> tuple[int, str] | None:
    """Number of the first item of an ordered list and the format of its numbers; None for anything else."""
    if node.tag != "ol":
        return None
    attributes = node.attributes
    styled = _LIST_STYLE.search(attributes.get("style") or "")
    form = _FORMS.get((styled[1].lower() if styled else attributes.get("type")) or "1", "decimal")
    return _whole(attributes.get("start"), 1), form


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text.strip()) < 6 else otherwise
