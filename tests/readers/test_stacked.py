"""Tables copied one cell a line."""

from __future__ import annotations

import pytest

from extractor.model import Table
from extractor.readers.lines import blocks

HEAD = ["二、主动公开政府信息情况", "第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
ROWS = ["规章", "0", "0", "0", "行政规范性文件", "2", "1", "7"]
MORE = ["第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "23", "第二十条第（六）项", "信息内容"]
LAST = ["本年处理决定数量", "行政处罚", "5", "行政强制", "0", "三、其他需要报告的事项", "无其他需要报告的事项。"]
BACK = "未经复议直接起诉"


def tables(lines: list[str], between: str = "\n") -> list[tuple[tuple[str, ...], ...]]:
    text, found, _ = blocks(between.join(lines))
    for table in (b for b in found if isinstance(b, Table)):
        for row, spans in zip(table.rows, table.cells, strict=True):
            assert all(text[a:b] == cell for cell, (a, b) in zip(row, spans, strict=True))
    return [b.rows for b in found if isinstance(b, Table)]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n|\n", "\n \n\n"], ids=["lines", "blank lines", "bars", "spaces"])
def test_rows_are_put_together(between):
    [rows] = tables([*HEAD, *ROWS, *MORE, *LAST], between)
    assert rows[0] == ("第二十条第（一）项", "", "", "")
    assert rows[1] == ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")
    assert rows[3] == ("行政规范性文件", "2", "1", "7")
    assert rows[5:7] == (("信息内容", "本年处理决定数量"), ("行政许可", "23"))
    assert rows[-1] == ("行政强制", "0")


def test_the_heading_stays_outside_and_nothing_is_lost():
    lines = [*HEAD, *ROWS, *MORE, *LAST]
    text, found, _ = blocks("\n".join(lines))
    assert text == "\n".join(lines)
    assert [text[slice(*b.span)] for b in found if not isinstance(b, Table)] == [HEAD[0], *LAST[-2:]]


def test_a_row_without_a_label_under_headings_that_come_again():
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    [rows] = tables(["行政复议", BACK, *results, *results, "2", "0", "0", "0", "2", "1", "0", "0", "0", "1"])
    assert rows[-2:] == (("", *results, *results), ("", "2", "0", "0", "0", "2", "1", "0", "0", "0", "1"))


def test_groups_of_rows_and_two_tables():
    first = ["项目", "受理", "办结", "邻里纠纷", "12", "11", "一、土地类", "山林", "7", "7", "水事", "4", "4"]
    second = ["四、信访情况", "类别", "来信", "来访", "初次", "9", "3", "重复", "2", "0", "越级", "0", "0"]
    one, two = tables([*first, *second])
    assert one[2] == ("一、土地类", "", "") and one[-1] == ("水事", "4", "4")
    assert two[0] == ("类别", "来信", "来访") and two[-1] == ("越级", "0", "0")


@pytest.mark.parametrize(
    "lines",
    [
        [
            "目录",
            "一、部门概况",
            "1",
            "二、决算报表",
            "3",
            "三、情况说明",
            "9",
            "四、名词解释",
            "15",
            "五、附件",
            "17",
            "六、其他",
            "20",
        ],
        ["类别", "来信", "来访", "初次", "9", "3", "重复", "2", "越级", "1", "0", "网上", "5", "电话", "4"],
        ["受理", "254", "件", "办结", "250", "件", "调解", "36", "件", "成功", "35", "件", "满意", "98%"],
    ],
    ids=["contents", "rows of different lengths", "figures with words under them"],
)
def test_other_figures_alone_on_their_lines_are_no_table(lines):
    assert tables(lines) == []
