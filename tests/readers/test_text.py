"""Text files: encodings, errors that name the file, hard-wrapped lines, page numbers, drawn tables."""

from __future__ import annotations

import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import ReadError
from extractor.model import Table
from extractor.readers import read
from extractor.readers.lines import blocks

TEXT = "云溪镇2023年度法治政府建设工作报告\n\n全年受理矛盾纠纷36件，调处成功35件。\n"
HAN = st.text(alphabet="云溪镇法治政府建设工作矛盾纠纷调处受理办结群众，。；：（）“”0123456789件", min_size=1, max_size=60)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode("utf-8"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "bom", "gb18030", "utf-16", "utf-16-be", "crlf", "utf-16-le-without-bom", "utf-16-be-without-bom"],
)
def test_every_encoding_gives_the_same_text(tmp_path, data):
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    assert read(path).text == "云溪镇2023年度法治政府建设工作报告\n全年受理矛盾纠纷36件，调处成功35件。"


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n\r\n ", bytes(range(256)) * 20, b"%PDF-1.7 ...",
     b"PK\x03\x04....", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x89PNG...",
     "锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷".encode()],
    ids=["empty", "blank", "binary", "pdf", "zip", "ole", "picture", "mojibake"],
)  # fmt: skip
def test_unreadable_files_are_named(tmp_path, data):
    path = tmp_path / "坏文件.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        read(path)
    assert "坏文件.txt" in str(error.value) and error.value.remedy


def test_missing_file_and_directory(tmp_path):
    for path in (tmp_path / "没有.txt", tmp_path):
        with pytest.raises(ReadError, match=r"没有|文件夹"):
            read(path)


def paragraphs(text: str) -> list[str]:
    canonical, found, _ = blocks(text)
    return [canonical[b.span[0] : b.span[1]] for b in found]


LONG = (
    "全年共排查矛盾纠纷三百一十二起，其中婚姻家庭94起、邻里关系87起，调处成功306起，调处成功率98.1%，"
    "发放宣传资料12000余份，受教育群众达到23456人次，涉及金额104.5万元，群众安全感不断增强，社会大局保持和谐稳定。"
)


@pytest.mark.parametrize("width", [20, 28, 34, 38])
def test_hard_wrapped_text_is_joined(width):
    text = "\n\n".join("\n".join(p[i : i + width] for i in range(0, len(p), width)) for p in [LONG] * 4)
    assert paragraphs(text) == [LONG] * 4


def test_paragraphs_that_a_web_page_broke_at_its_links_are_joined():
    plain = [f"全年开展第{n}批检查，发现问题隐患若干处，均已督促整改到位。" for n in "一二三四五六七"]
    torn = [
        "——\n放管服改革\n深入推进。新建\n便民服务站\n12个、“\n一件事\n”窗口3个。",
        "——实有村道37\n多公里，\n道路硬化率\n达100%。",
    ]
    whole = ["——放管服改革深入推进。新建便民服务站12个、“一件事”窗口3个。", "——实有村道37多公里，道路硬化率达100%。"]
    headed = ["一、工作成效\n依法行政\n全年公开信息31条，办结率\n100%。"]
    assert paragraphs("\n\n".join([*plain, *torn, *headed])) == [
        *plain,
        *whole,
        "一、工作成效",
        "依法行政全年公开信息31条，办结率100%。",
    ]


def test_a_line_of_invisible_characters_parts_nothing(tmp_path):
    path = tmp_path / "云溪镇.txt"
    path.write_text("——实有村道37\n\u200b\n多公里。\n\u200b\n\n第二段\u200b话。", "utf-8")
    assert read(path).text.startswith("——实有村道37\n多公里。\n")
    assert "第二段话。" in read(path).text


def test_lines_of_headings_over_paragraphs_stay_apart():
    plain = [f"全年开展第{n}批检查，发现问题隐患若干处，均已督促整改到位。" for n in "一二三四五六七八九"]
    groups = ["工作成效\n依法行政\n全年公开信息31条。", "规范执法\n办理案件5件。"]
    assert paragraphs("\n\n".join([*plain, *groups])) == [*plain, *"\n".join(groups).split("\n")]


def test_a_number_broken_over_two_lines_is_joined():
    [paragraph] = paragraphs("便民服务中心全年接待群众四十余人次，帮办代办各类事项1 2\n60件，群众满意率百分之百。")
    assert "1 260件" in paragraph


def test_page_numbers_are_taken_out_and_reported():
    lines = [LONG[i : i + 30] for i in range(0, len(LONG), 30)]
    text = "\n".join([*lines[:2], "— 3 —", *lines[2:], "", *lines, "", *lines])
    canonical, found, diagnostics = blocks(text)
    assert [canonical[b.span[0] : b.span[1]] for b in found] == [LONG] * 3
    assert [d.code for d in diagnostics] == ["page-numbers"]


def test_running_headers_beside_page_numbers_are_taken_out():
    header, page = "云溪镇2023年度法治政府建设情况报告", ["全年受理矛盾纠纷1084件。", "法治宣传进村入户。"]
    text = "\n\n".join([*page, "— 1 —", header, *page, "— 2 —", header, *page, "— 3 —"])
    canonical, _, diagnostics = blocks(text)
    assert canonical.split("\n") == page * 3 and [d.code for d in diagnostics] == ["page-numbers", "running-header"]
    assert header in blocks("\n\n".join([*page, "— 1 —", header, *page, "— 2 —"]))[0]  # told once: it may be a title


def test_a_word_that_a_page_break_with_its_header_cuts_is_whole():
    header = "云溪镇2023年度法治政府建设情况报告"
    lines = [LONG[i : i + 30] for i in range(0, len(LONG), 30)]
    text = "\n".join(
        [*lines[:2], "", "— 1 —", "", "", header, "", *lines[2:], "", *lines[:1], "", "— 2 —", "", header, "", *lines[1:]]
    )
    assert paragraphs(text) == [LONG, LONG]


def test_bare_numbers_are_page_numbers_only_where_they_grow_with_text_between_them():
    cells = ["信息内容", "本年制发件数", "规章", "0", "规范性文件", "3", "行政许可", "9", "行政处罚", "47"]
    text, _, diagnostics = blocks("\n\n".join(cells))
    assert text.split("\n") == cells and not diagnostics
    page = ["镇党委会专题研究法治工作。"] * 8
    text, _, diagnostics = blocks("\n\n".join([*page, "1", *page, "2", *page]))
    assert text.split("\n") == page * 3 and [d.code for d in diagnostics] == ["page-numbers"]


def test_a_mark_alone_on_its_line_goes_with_its_title():
    assert blocks("三、\n支出决算情况说明\n本年支出合计62万元。")[0] == "三、支出决算情况说明\n本年支出合计62万元。"


def test_headings_and_titles_stay_apart():
    text = "云溪镇人民政府\n2023年度法治政府建设工作报告\n\n一、主要工作\n\n（一）强化组织领导\n开展学习12次。\n"
    assert len(paragraphs(text)) == 5


@pytest.mark.parametrize("separator", ["|", "\t"])
def test_drawn_tables(separator):
    rows = [["项目", "数量", "备注"], ["行政许可", "142", ""], ["行政处罚", "23", "含简易"]]
    lines = [separator.join(r) if separator == "\t" else "| " + " | ".join(r) + " |" for r in rows]
    canonical, found, _ = blocks("说明如下。\n" + "\n".join(lines) + "\n以上。")
    [table] = [b for b in found if isinstance(b, Table)]
    assert [list(r) for r in table.rows] == rows
    for row, spans in zip(table.rows, table.cells, strict=True):
        for cell, (a, b) in zip(row, spans, strict=True):
            assert canonical[a:b] == cell


SPACED = """各村调解情况如下。
表2　调解情况
类型      受理（件）   成功（件）   成功率（%）
海域养殖      34          32             94.1
劳务 纠纷      5           5            100
合　　计      39          37             94.9
调解员49名。"""


@pytest.mark.parametrize(
    "text", [SPACED, re.sub(" +", " ", SPACED), SPACED.replace("     ", " ")], ids=["wide", "one", "mixed"]
)
def test_columns_that_only_spaces_part(text):
    canonical, found, _ = blocks(text)
    assert [type(b).__name__ for b in found] == ["Paragraph", "Paragraph", "Table", "Paragraph"]
    table = found[2]
    assert [r[1:] for r in table.rows] == [
        ("受理（件）", "成功（件）", "成功率（%）"), ("34", "32", "94.1"), ("5", "5", "100"), ("39", "37", "94.9"),
    ]  # fmt: skip
    assert ["".join(r[0].split()) for r in table.rows] == ["类型", "海域养殖", "劳务纠纷", "合计"]
    assert [[canonical[a:b] for a, b in row] for row in table.cells] == [list(row) for row in table.rows]


@pytest.mark.parametrize(
    "text",
    [
        "云溪镇现有村 12\n社区 3\n网格 40",
        "全镇共有12个村，户数 3200\n人口 9800 人\n党员 410",
        "联系电话：0700-0000000 邮编 000000\n附件 2",
        "办公室  12  电话  34\n全镇有5个村。\n党建办  8  电话  35",
    ],
)
def test_figures_behind_single_spaces_are_no_table(text):
    assert not [b for b in blocks(text)[1] if isinstance(b, Table)]


SIDES = """公开01表
部门：云溪镇        金额单位：万元
收  入          支  出
项目　　金额　　项目　　金额
财政拨款    310.50    一、文化支出    20.00
事业收入        二、农林水支出    280.50
        三、其他支出    12.00
其他收入    8.00
合  计    318.50    合  计    312.50
表二 支出决算表"""


@pytest.mark.parametrize("text", [SIDES, SIDES.replace("    ", "\u3000" * 4)], ids=["spaces", "wide"])
def test_accounts_of_two_sides_that_only_spaces_part(text):
    canonical, found, _ = blocks(text)
    assert [type(b).__name__ for b in found] == ["Paragraph", "Paragraph", "Table", "Paragraph"]
    table = found[2]
    assert table.rows == (
        ("收  入", "收  入", "支  出", "支  出"), ("项目", "金额", "项目", "金额"),
        ("财政拨款", "310.50", "一、文化支出", "20.00"),
        ("事业收入", "", "二、农林水支出", "280.50"), ("", "", "三、其他支出", "12.00"), ("其他收入", "8.00", "", ""),
        ("合  计", "318.50", "合  计", "312.50"),
    )  # fmt: skip
    assert [[canonical[a:b] for a, b in row] for row in table.cells] == [list(row) for row in table.rows]


def test_three_sides_that_only_spaces_part():
    text = "来源  万元  去向  万元  余款  万元\n镇里  3.1  修路  2.0  账上  0.6\n  修渠  0.9\n区里  0.4  合计  2.9  合计  0.6"
    table = blocks(text)[1][0]
    assert [row[2:4] for row in table.rows] == [("去向", "万元"), ("修路", "2.0"), ("", ""), ("合计", "2.9")]


def test_whose_figures_these_are_is_no_row():
    canonical, found, _ = blocks("决算表\n部门：云溪镇\t\t\t单位：万元\n项目\t决算数\n合计\t9.00\n公务接待费\t3.00")
    assert canonical[slice(*found[1].span)] == "部门：云溪镇\t\t\t单位：万元"
    assert found[2].rows[0] == ("项目", "决算数")


@pytest.mark.parametrize("separator", ["\t", "  ", " | "])
def test_names_of_rows_within_a_table(separator):
    lines = [
        ("申请人情况", "自然人", "总计"),
        ("新收申请", "21", "27"),
        ("结转申请", "2", "2"),
        ("三、本年度办理结果",),
        ("（一）予以公开", "9", "12"),
        ("（二）部分公开", "3", "4"),
        ("（三）不予公开",),
        ("1.属于国家秘密", "0", "0"),
        ("2.其他", "0", "0"),
    ]
    _, found, _ = blocks(
        "收到和处理申请情况\n" + "\n".join(separator.join(line) for line in lines) + "\n\n四、复议情况\n没有。"
    )
    tables = [b for b in found if isinstance(b, Table)]
    assert [t.rows for t in tables] == [tuple(lines)]


def test_a_heading_between_two_tables_parts_them():
    _, found, _ = blocks("许可\n内容\t数量\n行政许可\t218\n（六）处罚\n内容\t数量\n行政处罚\t63\n行政强制\t4")
    assert [len(b.rows) for b in found if isinstance(b, Table)] == [2, 3]


def test_cells_broken_over_lines_in_drawn_tables():
    drawn = """┌────┬────┬────┐
│信息│本年│现行│
│内容│制发│有效│
├────┼────┼────┤
│规范│ 2  │ 4  │
│性文│    │    │
│件  │    │    │
├────┼────┼────┤
│许可│142 │    │
└────┴────┴────┘"""
    canonical, found, _ = blocks("说明如下。\n" + drawn + "\n以上。")
    [table] = [b for b in found if isinstance(b, Table)]
    assert table.rows == (("信息内容", "本年制发", "现行有效"), ("规范性文件", "2", "4"), ("许可", "142", ""))
    assert [[canonical[a:b] for a, b in row] for row in table.cells] == [list(row) for row in table.rows]


def test_rows_of_figures_between_two_rules_stay_apart():
    lines = [
        "+----+----+",
        "| 项目 | 数 |",
        "+----+----+",
        "| 甲 | 1 |",
        "| 乙 | 2 |",
        "+----+----+",
        "| 合计 | 3 |",
        "+----+----+",
    ]
    _, found, _ = blocks("\n".join(lines))
    [table] = [b for b in found if isinstance(b, Table)]
    assert [row[0] for row in table.rows] == ["项目", "甲", "乙", "合计"]


@given(st.lists(HAN, min_size=1, max_size=12))
def test_blocks_tile_the_text_and_lose_nothing(lines):
    source = "\n".join(lines)
    canonical, found, diagnostics = blocks(source)
    at = 0
    for block in found:
        assert block.span[0] == at
        at = block.span[1] + 1
    assert not found or found[-1].span[1] == len(canonical)
    if not diagnostics:
        assert "".join(canonical.split()) == "".join(source.split())
