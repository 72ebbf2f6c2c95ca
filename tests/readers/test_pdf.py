"""PDF: the same report gives the same facts as its text; tables, furniture, layouts, and files that cannot be read."""

from __future__ import annotations

import io
import json
import logging
from collections import Counter
from itertools import zip_longest

import pypdfium2
import pytest

from extractor.errors import ReadError
from extractor.model import Document, Fact, Limits, Paragraph
from extractor.pipeline import extract
from extractor.readers import read, read_bytes
from tests.conftest import CORPUS, SHARED, document_of, needs_shared, reports_of
from tests.readers.paper import BOTTOM, Sheet, Word, paragraphs, pdf, ruled, set_out, tables

REPORT = "云溪镇2023年度法治政府建设工作报告\n\n" + "\n\n".join(
    f"（{'一二三四五六七八九十'[i]}）第{i}项工作。"
    + f"全镇受理矛盾纠纷{i * 37 + 254}件，调处成功{i * 30 + 201}件，其余正在办理。" * 5
    for i in range(10)
)


def opened(sheets: list[Sheet], **settings: object) -> Document:
    return read_bytes("case.pdf", pdf(sheets, **settings))


def key(fact: Fact) -> tuple[object, ...]:
    return fact.kind, fact.value, fact.unit, fact.measure, fact.period, fact.status, fact.approx


@pytest.mark.parametrize("folder", ["develop", pytest.param("holdout", marks=pytest.mark.slow)])
def test_reports_give_the_facts_and_sections_of_their_text(folder, ruleset):
    if not (CORPUS / folder).is_dir():
        pytest.skip("no report is held back")
    same, all_facts, same_sections, all_sections = 0, 0, 0, 0
    for path in reports_of(CORPUS / folder)[:4]:
        text = read(path)
        other = extract(read_bytes(str(path), pdf(set_out(text, header="内部资料 注意保存"))), ruleset)
        report = extract(text, ruleset)
        facts, found = Counter(map(key, report.facts)), Counter(map(key, other.facts))
        same += (facts & found).total()
        all_facts += max(facts.total(), found.total())
        sections = [Counter((s.level, s.number, s.title) for s in r.sections) for r in (report, other)]
        same_sections += (sections[0] & sections[1]).total()
        all_sections += max(s.total() for s in sections)
    assert all_facts > 400 and all_sections > 40
    assert same >= 0.98 * all_facts
    assert same_sections >= 0.98 * all_sections


@pytest.mark.parametrize("columns", [1, 2])
def test_lines_are_joined_inside_words_and_numbers(columns):
    text = document_of(REPORT)
    document = opened(set_out(text, columns=columns))
    assert paragraphs(document) == paragraphs(text)
    assert any(d.code == "page-numbers" for d in document.diagnostics)


def test_two_pages_on_one_sheet_are_read_one_after_the_other():
    text = document_of(REPORT)
    sheets = set_out(text)
    wide = []
    for left, right in zip_longest(sheets[::2], sheets[1::2], fillvalue=Sheet()):
        moved = [Word(w.x + 595, w.y, w.text, w.size) for w in right.words]
        wide.append(Sheet([*moved, *left.words]))
    document = opened(wide, pagesize=(1190, 842))
    assert paragraphs(document) == paragraphs(text)
    assert document.source.pages == len(wide)


def test_furniture_is_taken_out_and_told():
    document = opened(set_out(document_of(REPORT), header="云溪镇人民政府文件"))
    assert "云溪镇人民政府文件" not in document.text
    told = {d.code: d.message for d in document.diagnostics}
    assert document.source.metadata == {"页眉": "云溪镇人民政府文件"}
    assert "云溪镇人民政府文件" in told["running-header"] and "- 1 -" in told["page-numbers"]


def test_a_watermark_set_aslant_is_no_text():
    text = document_of(REPORT)
    document = opened(set_out(text), watermark="内部文件严禁外传2023")
    assert paragraphs(document) == paragraphs(text)
    assert [d.message for d in document.diagnostics if d.code == "watermark"] == ["去掉了斜排的水印（内部文件严禁外传2023）。"]


def test_every_number_has_the_page_and_the_line_it_stands_on(ruleset):
    sheets = set_out(document_of(REPORT))
    report = extract(opened(sheets), ruleset)
    assert len({f.page for f in report.facts}) > 1
    for fact in report.facts:
        assert fact.page is not None and fact.box is not None
        lines = [w for w in sheets[fact.page - 1].words if fact.box[1] <= w.y <= fact.box[3] + 1]
        assert any(fact.text[:2] in w.text or w.text.endswith(fact.text[0]) for w in lines), fact


def test_merged_headings_are_filled_and_merged_figures_are_not():
    sheet = ruled(
        [
            ["项目", "合计", "其中", "<"],
            ["^", "^", "基本支出", "项目支出"],
            ["教育", "30", "20", "10"],
            ["卫生", "^", "5", "1"],
        ],
        200,
    )
    [table] = tables(opened([sheet]))
    assert table.rows == (
        ("项目", "合计", "其中", "其中"),
        ("项目", "合计", "基本支出", "项目支出"),
        ("教育", "30", "20", "10"),
        ("卫生", "", "5", "1"),
    )


def test_a_stray_border_in_a_heading_is_none_and_one_among_figures_is():
    rows = [["合计", "", "支出"], ["^", "基本支出和项目支出", "<"], ["30", "", "20"], ["备注", "<", "<"]]
    sheet = ruled(rows, 200)
    [table] = tables(opened([sheet]))
    assert table.rows[:3] == (("合计", "支出", ""), ("合计", "基本支出和项目支出", ""), ("30", "", "20"))


def test_a_table_of_contents_is_told_and_left_out():
    heads = ["第一部分 单位概况", "一、主要职责", "二、机构设置", "第二部分 决算情况"]
    listed = [Word(90, 130 + i * 30, f"{head}........{i + 2}") for i, head in enumerate(heads)]
    said = [text for head in heads for text in (head, "全年支出36万元。" * 5)]
    document = opened([Sheet([Word(280, 100, "目 录"), *listed]), *set_out(document_of("\n\n".join(said)))])
    assert paragraphs(document) == said
    assert [d.message for d in document.diagnostics if d.code == "contents"] == ["目录（4行）没有计入正文。"]
    unlike = opened([Sheet([Word(280, 100, "目 录"), Word(90, 130, "一、主要职责"), Word(90, 160, "全年支出36万元。")])])
    assert len(paragraphs(unlike)) == 3


@pytest.mark.parametrize("sides", [True, False])
def test_cells_keep_blank_nought_and_dash_apart(sides):
    [table] = tables(opened([ruled([["项目", "上年", "本年"], ["罚款", "0", ""], ["收费", "-", "/"]], 200, sides=sides)]))
    assert table.rows == (("项目", "上年", "本年"), ("罚款", "0", ""), ("收费", "-", "/"))


def test_a_table_over_a_page_break_is_one_table_with_the_labels_of_its_groups():
    above = ruled([["类别", "项目", "件数"], ["调解", "婚姻", "3"], ["^", "邻里", "4"]], BOTTOM - 60, last=False)
    below = ruled([["类别", "项目", "件数"], ["", "土地", "5"], ["信访", "来信", "6"]], 80)
    document = opened([above, below])
    [table] = tables(document)
    assert table.rows[1:] == (
        ("调解", "婚姻", "3"),
        ("调解", "邻里", "4"),
        ("", "土地", "5"),
        ("信访", "来信", "6"),
    )
    assert [document.page_at(row[-1][0]) for row in table.cells] == [1, 1, 1, 2, 2]
    cut = ruled([["", "土地", "5"], ["信访", "来信", "6"]], 80)
    [table] = tables(opened([above, cut]))
    assert table.rows[3] == ("调解", "土地", "5")


def test_a_table_goes_on_below_its_title_said_again():
    above = ruled([["项目", "金额"], ["教育", "30"]], BOTTOM - 60)
    above.words += [Word(200, BOTTOM - 90, "收入决算表"), Word(400, BOTTOM - 70, "单位：万元", 10)]
    below = ruled([["项目", "金额"], ["卫生", "6"]], 140)
    below.words += [Word(200, 95, "收入决算表"), Word(400, 120, "单位：万元", 10)]
    document = opened([above, below])
    [table] = tables(document)
    assert table.rows == (("项目", "金额"), ("教育", "30"), ("卫生", "6"))
    assert paragraphs(document) == ["收入决算表", "单位：万元"] * 2
    other = ruled([["项目", "金额"], ["卫生", "6"]], 140)
    other.words.append(Word(200, 95, "支出决算表"))
    assert len(tables(opened([above, other]))) == 2


def test_a_page_ruled_like_graph_paper_is_told_and_read_as_text():
    across = [(40.0, 40 + i * 6.0, 550.0, 40 + i * 6.0) for i in range(125)]
    down = [(40 + i * 6.0, 40.0, 40 + i * 6.0, 790.0) for i in range(85)]
    document = opened([Sheet([Word(80, 300, "全镇受理矛盾纠纷254件。")], across + down)])
    assert "254件" in document.text and not tables(document)
    assert [d.code for d in document.diagnostics] == ["dense-drawing"]


def test_a_frame_around_text_is_no_table():
    sheet = ruled([["全镇受理矛盾纠纷254件。"], ["调处成功244件。"]], 200)
    document = opened([sheet])
    assert not tables(document) and "254件" in document.text


def test_cells_of_a_table_are_spans_of_the_text():
    document = opened([ruled([["项目", "件数"], ["调解", "36"]], 200)])
    for table in tables(document):
        for texts, spans in zip(table.rows, table.cells, strict=True):
            assert [document.text[a:b] for a, b in spans] == list(texts)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_are_read_with_their_text_upright_however_they_are_turned(turn):
    document = pypdfium2.PdfDocument(pdf([ruled([["项目", "件数"], ["调解", "36"], ["信访", "7"]], 200)]))
    document[0].set_rotation(turn)
    out = io.BytesIO()
    document.save(out)
    [table] = tables(read_bytes("turned.pdf", out.getvalue()))
    assert table.rows == (("项目", "件数"), ("调解", "36"), ("信访", "7"))


def test_a_row_cut_by_the_end_of_a_page_is_one_row():
    above = ruled([["类别", "项目", "件数"], ["（一）调", "1.婚姻", "3"]], BOTTOM - 60, last=False)
    below = ruled([["解", "家庭", ""], ["^", "2.邻里", "4"], ["（二）信访", "1.来信", "6"]], 80)
    [table] = tables(opened([above, below]))
    assert table.rows[1:] == (("（一）调解", "1.婚姻家庭", "3"), ("（一）调解", "2.邻里", "4"), ("（二）信访", "1.来信", "6"))
    other = ruled([["（二）信访", "家庭", ""], ["^", "2.邻里", "4"]], 80)
    [table] = tables(opened([above, other]))
    assert len(table.rows) == 4


def test_a_page_number_in_pieces_is_one():
    sheets = [Sheet([Word(80, 100, "全镇受理矛盾纠纷254件。"), *_number(n)]) for n in (1, 2, 3)]
    document = opened(sheets)
    assert paragraphs(document) == ["全镇受理矛盾纠纷254件。"] * 3
    assert [d.code for d in document.diagnostics] == ["page-numbers"]


def _number(page: int) -> list[Word]:
    """A page number whose dashes stand a little lower, so that the reader gets three pieces."""
    return [Word(280, 800, "—"), Word(296, 798, str(page)), Word(304, 800, "—")]


def test_headings_that_hang_over_indented_paragraphs_stand_alone():
    room = "全镇受理矛盾纠纷件调处成功件其余正在办理群众满意度不断提高社会大局保持"
    body = [Word(80 + 32, 180, room[:26]), Word(80, 206, room[:28]), Word(80, 232, room[:28]), Word(80, 258, room[:9] + "。")]
    words = [Word(80, 100, "第二部分决算情况说明的总体情况及有关事项"), Word(80, 126, "一、收入支出决算总体情况"), *body]
    more = [Word(w.x, w.y + 104, w.text) for w in body]
    found = paragraphs(opened([Sheet([*words, *more])]))
    assert found[:2] == [words[0].text, words[1].text]


def test_text_drawn_twice_at_one_place_is_read_once():
    words = [Word(80, 100, "⾏政执法⼈员36名，执法车辆3辆。"), Word(80.4, 100.3, "行政执法人员36名，执法车辆3辆。")]
    assert paragraphs(opened([Sheet(words)])) == ["行政执法人员36名，执法车辆3辆。"]


def test_radicals_become_characters():
    assert paragraphs(opened([Sheet([Word(80, 100, "⾏政执法⼈员36名")])])) == ["行政执法人员36名"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (pdf([Sheet([Word(80, 100, "全镇受理矛盾纠纷254件")])], encrypt="secret"), "密码"),
        (b"%PDF-1.7\n" + b"\x00" * 500, "损坏"),
        (pdf([Sheet([Word(80, 100, "全镇受理矛盾纠纷254件")])])[:400], "损坏"),
        (pdf([Sheet(lines=[(80, 80, 400, 80)])]), "没有文字"),
    ],
    ids=["locked", "noise", "cut", "blank"],
)
def test_what_cannot_be_read_is_told_with_the_way_out(data, says, tmp_path):
    path = tmp_path / "坏.pdf"
    path.write_bytes(data)
    for isolated in (True, False):
        with pytest.raises(ReadError) as error:
            read(path, isolated=isolated)
        assert says in str(error.value) and str(path) in str(error.value) and error.value.remedy


def test_too_many_pages_are_refused():
    data = pdf([Sheet([Word(80, 100, "全镇受理矛盾纠纷254件")])] * 4)
    with pytest.raises(ReadError, match=r"4页.*pages"):
        read_bytes("long.pdf", data, Limits(pages=3))


def test_the_table_finder_says_nothing(capfd, caplog):
    with caplog.at_level(logging.DEBUG):
        opened([ruled([["项目", "件数"], ["调解", "36"]], 200)])
    assert not caplog.records and capfd.readouterr() == ("", "")


@needs_shared
@pytest.mark.parametrize("year", [2023, 2024])
def test_statutory_tables_cell_by_cell(year):
    found = tables(read(SHARED / "data" / f"hongze_{year}.pdf"))
    gold = json.loads((SHARED / "gold" / f"hongze_{year}.gold.json").read_text(encoding="utf-8"))["tables"]
    assert len(found) == len(gold)
    for table, wanted in zip(found, gold, strict=True):
        rows, head = [tuple(row) for row in wanted["rows"]], max(wanted["header_rows"] - 1, 0)
        assert table.rows[head - len(rows) :] == tuple(rows[head:])  # the last heading row and all below it
        if head:
            above = zip(*table.rows[: head + 1], strict=True), zip(*rows[: head + 1], strict=True)
            assert [list(dict.fromkeys(x)) for x in above[0]] == [list(dict.fromkeys(x)) for x in above[1]]


@needs_shared
@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("template", "4:9x3 5:30x4 6:10x9 7:10x8 8:32x7 10:10x5 11:40x6 12:5x12 13:6x8 14:6x8"),
        ("putuo_finance_2024", "5:4x3 6:32x4 8:23x11 10:23x10 12:34x7 15:24x7 16:42x8 18:6x12 19:12x10 20:12x10"),
    ],
)
def test_final_accounts_have_their_nine_tables(name, places):
    """The list of units, and the nine tables; those that go on over a page are one."""
    found = tables(read(SHARED / "data" / f"final_accounts_{name}.pdf"))
    assert " ".join(f"{t.page}:{len(t.rows)}x{len(t.rows[0])}" for t in found) == places


@needs_shared
def test_the_figures_of_a_final_account_stand_in_their_cells():
    found = tables(read(SHARED / "data" / "final_accounts_putuo_finance_2024.pdf"))
    rows = {tuple(row) for table in found for row in table.rows}
    assert ("201", "06", "01", "行政运行", "1,511.90", "1,511.89", "", "", "", "", "0.01") in rows
    assert ("总计", "2,961.68", "总计", "2,961.68", "2,961.68", "", "") in rows
    assert ("303", "05", "生活补助", "", "302", "25", "专用燃料费", "") in rows


def test_the_text_of_a_table_stays_out_of_the_paragraphs():
    document = opened([ruled([["项目", "件数"], ["调解", "36"]], 200)])
    assert not [b for b in document.blocks if isinstance(b, Paragraph)]
