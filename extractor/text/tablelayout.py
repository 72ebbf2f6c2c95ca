"""How a table reads: which cells are figures, which rows and columns name them, and what a figure is called.

Works on rows of folded cell texts. Tables need not be rectangles: where rows differ in length, cells were lost on the left,
and columns are counted from the right.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property, lru_cache

FIGURE = re.compile(r"([+-])?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([万亿]?)([%‰]|[\u4e00-\u9fff]{0,4})$")
NONE_MARKS = frozenset(("", "/", "-", "—", "——", "--", "\\", "×", "*", "无", "…", "……"))
"""What stands in a cell that holds no figure; none of them is a zero."""
TOTAL = re.compile(r"^(?:其中[:：])?(?:合计|总计|共计|小计|合计数|总数|全[镇乡县区市村街]+(?:合计|总计)?)$|(?:合计|总计|小计)$")
_DATED = ("年", "月", "日", "号", "季度", "时", "点")
_CODE_HEAD = re.compile(
    r"^(?:类|款|项|目|节|年度)$|编码|代码|编号|行次|栏次|序号|^功能分类|^经济分类|支出功能分类|排名|名次|电话|邮编|文号|年份|日期"
)
_CODE, _CODE_HEADS = re.compile(r"\d{3}|\d{5}|\d{7}|0\d"), frozenset("类款项目")
_INDEX = re.compile(r"^(?:栏次|行次|甲|乙|栏目)?$")
STUB = re.compile(r"^(?:项目|信息内容|内容|科目|指标|类别|种类|名称|单位名称|地区|村|事项)$|(?:名称|类别|内容|指标|科目|情况)$")
_LEVEL = re.compile(
    r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.、](?!\d)|（\d{1,2}）|[①-⑳]|其中[:：]|[#*△▲])\s*"
)
_UNIT_NOTE = re.compile(r"（(?:单位[:：])?[\u4e00-\u9fff/%‰]{1,5}）$|[,，]?单位[:：][\u4e00-\u9fff]{1,4}$")
# 2022年, 上年数: when a column or row was counted, not what; 2023年受理 counts 受理.
_YEAR = re.compile(r"^(?:20\d\d年度?|[上去今]年|[上本]年度?)(?:[件人]?数|数量)?$|^20\d\d年度?(?=[\u4e00-\u9fff]{2})")
_MARKED = re.compile(r"^(?:附?表\s*[\d一二三四五六七八九十]*|(?:公开|财决)?\d{1,2}表)[:：]?\s*")
_EXPLAINED, _MARKS = re.compile(r"（(?:区分处理|本列数据)[^）]*）"), re.compile(r"[，。；！？,;]")
_VAGUE = re.compile(r"^(?:合计|总计|小计|金额|数量|数|其他|人数|件数|比例|占比|增减|变动|本年|上年|基本支出|项目支出|男|女)$")


class Layout:
    """One table's rows read as labels and figures.

    Parameters: ``rows`` the folded texts of the cells, without white space.
    """

    def __init__(self, rows: list[list[str]]) -> None:
        self.rows = rows
        self.width = max(map(len, rows), default=0)
        self._headings: dict[tuple[int, int, int], tuple[str, ...]] = {}
        self._labels: dict[tuple[int, tuple[int, ...]], tuple[str, str]] = {}
        self._groups: dict[tuple[int, int], tuple[int, ...]] = {}

    @cached_property
    def codes(self) -> frozenset[int]:
        """Columns of codes, line numbers, years, telephone numbers: digits that count nothing."""
        return frozenset(c for c in range(self.width) if self._is_code(c))

    @cached_property
    def header(self) -> int:
        """How many rows stand before the first row with figures; all of them where a table holds none."""
        return next((r for r, held in enumerate(self._held) if held), len(self.rows))

    def figures_of(self, r: int) -> list[int]:
        """The cells of a row that hold figures that count something."""
        codes = self.codes
        return [c for c, t in enumerate(self.rows[r]) if c not in codes and is_figure(t)] if self._held[r] else []

    def label(self, r: int, c: int) -> tuple[str, str]:
        """The label of the row that a figure stands in, and its code ('' where it has none).

        Of several label columns to its left the one nearest to it counts; a blank one has the label of the row above.
        """
        group = self._group(r, c)
        if (r, group) not in self._labels:
            self._labels[r, group] = self._label(r, group)
        return self._labels[r, group]

    def _label(self, r: int, group: tuple[int, ...]) -> tuple[str, str]:
        texts = [self.rows[r][k] for k in group]
        code = "".join(t for t in texts if t.isdigit())
        words = [t for t in texts if t not in NONE_MARKS and not is_figure(t)]
        at = r
        while not words and group and at > self.header:
            at -= 1
            if len(self.rows[at]) == len(self.rows[r]):
                words = [t for t in (self.rows[at][k] for k in group) if t not in NONE_MARKS and not is_figure(t)]
        return (words[-1] if words else ""), code

    def heading(self, r: int, c: int) -> tuple[str, ...]:
        """The headings above a figure, outermost first; merged ones once."""
        above = bisect_left(self._headers, r)
        place = above, c, len(self.rows[r])
        if place not in self._headings:
            self._headings[place] = self._heading(above, c, len(self.rows[r]))
        return self._headings[place]

    def _heading(self, above: int, c: int, length: int) -> tuple[str, ...]:
        found: list[str] = []
        last = -1
        for k in reversed(self._headers[:above]):
            if found and k != last - 1:
                break  # rows of figures stand between: those are the headings of other rows
            last = k
            row = self.rows[k]
            if len(row) > 1 and len(set(row) - {""}) == 1:
                continue  # a title over the whole width
            at = c if len(row) == length else len(row) - (length - c)
            text = row[at] if 0 <= at < len(row) else ""
            if text not in NONE_MARKS and not is_figure(text) and not (found and text == found[0]):
                found.insert(0, text)
        return tuple(found)

    @cached_property
    def _headers(self) -> list[int]:
        """The rows that name columns, in order."""
        return [k for k in range(len(self.rows)) if k < self.header or self._is_subheader(k)]

    @cached_property
    def figures(self) -> frozenset[int]:
        """Columns that hold figures rather than words."""
        return frozenset(c for c in range(self.width) if c not in self.codes and self._balance(c) > 0)

    @cached_property
    def labels(self) -> frozenset[int]:
        """Columns that hold words or codes rather than figures."""
        return frozenset(c for c in range(self.width) if c in self.codes or self._balance(c) < 0)

    def _balance(self, c: int) -> int:
        """How many more figures than words a column holds in the rows with figures."""
        rows = [row for row, held in zip(self.rows, self._held, strict=True) if held]
        cells = [row[c - self.width] for row in rows if len(row) >= self.width - c]
        return sum(1 if is_figure(t) else -1 for t in cells if t not in NONE_MARKS)

    def measure(self, r: int, c: int, title: str, longest: int) -> str:
        """What a figure counts, in at most ``longest`` characters: its row's label and the headings above it."""
        label, head = (_YEAR.sub("", x) for x in (plain_label(self.label(r, c)[0]), self.column(r, c)))
        if TOTAL.match(label) and head in ("", label):
            made = plain_label(_MARKED.sub("", title)) + label
        elif TOTAL.match(label):
            made = head if TOTAL.search(head) else head + label
        elif label == head:
            made = label
        else:
            shared = next((n for n in range(len(head), 1, -1) if label.endswith(head[:n])), 0)
            made = label + head[shared:]
        if not label and TOTAL.match(head[:2]):
            made = title + head
        if len(made) > longest:
            leaf = plain_label("".join(self.heading(r, c)[-1:]))[:longest]
            made = label[: longest - len(leaf)] + leaf
        return _MARKS.sub("", made or title)[:longest]

    def column(self, r: int, c: int) -> str:
        """What the column of a figure is called: its innermost heading, with outer ones where it says too little alone.

        In a total row every outer heading is told: the row does not say of which side it is the total.
        """
        heads = [h for h in map(plain_label, self.heading(r, c)) if h]
        made = heads.pop() if heads else ""
        grand = bool(TOTAL.match(plain_label(self.label(r, c)[0])))
        vague = bool(_VAGUE.match(made)) or self._shared(r, c) or grand
        while heads and vague:
            outer = heads.pop()
            vague = bool(_VAGUE.match(outer)) or grand
            made = made if outer in made else outer + made
        return made

    def total(self, r: int, c: int) -> str:
        """Of what a figure is the total: 合计行 (of its column), 合计列 (of its row), 合计行列 (of both), '' of nothing."""
        row = bool(TOTAL.search(plain_label(self.label(r, c)[0])))
        column = bool(TOTAL.search("".join(map(plain_label, self.heading(r, c)[-1:]))))
        return f"合计{'行' if row else ''}{'列' if column else ''}" if row or column else ""

    def _group(self, r: int, c: int) -> tuple[int, ...]:
        """The label columns that stand nearest to the left of a cell, and the code columns before them."""
        length = len(self.rows[r])
        if (length, c) not in self._groups:
            k = c - 1
            shift = self.width - length
            while k >= 0 and k + shift not in self.labels:
                k -= 1
            end = k
            while k >= 0 and k + shift not in self.figures:
                k -= 1
            self._groups[length, c] = tuple(range(k + 1, end + 1))
        return self._groups[length, c]

    def _shared(self, r: int, c: int) -> bool:
        """Whether another column beside the same labels has the same innermost heading."""
        own, group = self.heading(r, c)[-1:], self._group(r, c)
        others = (k for k in range(len(self.rows[r])) if k != c and k not in self.labels)
        return any(self.heading(r, k)[-1:] == own and self._group(r, k) == group for k in others)

    @cached_property
    def _held(self) -> list[bool]:
        """Of every row whether it holds figures."""
        return [
            any(c not in self.codes and is_figure(t) for c, t in enumerate(row)) and not self._is_index(r)
            for r, row in enumerate(self.rows)
        ]

    def _is_index(self, r: int) -> bool:
        """Whether a row only numbers the columns (栏次 1 2 3 …)."""
        figures = [t for t in self.rows[r] if is_figure(t)]
        words = [t for t in self.rows[r] if t and not is_figure(t)]
        counted = figures == [str(i) for i in range(1, len(figures) + 1)]
        return counted and all(map(_INDEX.match, words)) and len(figures) + len(words) > 2 and r + 1 < len(self.rows)

    def _is_subheader(self, k: int) -> bool:
        """Whether a row inside a table names the columns anew (信息内容 | 本年处理决定数量)."""
        row = self.rows[k]
        return k < self.header or (
            bool(row) and bool(STUB.search(row[0])) and not any(is_figure(t) for t in row) and sum(map(bool, row)) > 1
        )

    def _is_code(self, c: int) -> bool:
        cells = [row[c] for row in self.rows if c < len(row)]
        numbers = [t for t in cells if is_figure(t)]
        if not numbers:
            return not _CODE_HEADS.isdisjoint(cells)
        first = next(i for i, t in enumerate(cells) if is_figure(t))
        if any(_CODE_HEAD.search(t) for t in cells[:first] if len(t) <= 14):
            return True
        words = c + 1 < self.width and any(
            c + 1 < len(row) and row[c + 1] and not is_figure(row[c + 1]) for row in self.rows[first:]
        )
        return words and all(map(_CODE.fullmatch, numbers))


@lru_cache(maxsize=4096)
def is_figure(text: str) -> bool:
    """Whether a cell is a number, with or without its unit; dates are none, nor what is of a year (2022年决算)."""
    match = FIGURE.match(text)
    return match is not None and not match[5].startswith(_DATED)


@lru_cache(maxsize=4096)
def plain_label(text: str) -> str:
    """A label without its mark of order, its unit and what a form explains in it."""
    return _UNIT_NOTE.sub("", _LEVEL.sub("", _EXPLAINED.sub("", text))).strip()
