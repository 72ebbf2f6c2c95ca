"""Word files: automatic numbers as Word shows them, tables, tracked changes, text boxes, notes, furniture."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractor.errors import ReadError
from extractor.model import Document, Table
from extractor.readers import read_bytes
from extractor.readers.listnumbers import written
from tests.benchmarks import wordfiles
from tests.readers.making import W, cell, level, numbered, numbering, p, style, styles, table, word, zipped


def lines(document: Document) -> list[str]:
    return document.text.split("\n")


def read(data: bytes) -> Document:
    return read_bytes("报告.docx", data)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("chineseCounting", {1: "一", 10: "十", 12: "十二", 20: "二十", 99: "九十九", 100: "一○○", 101: "一○一"}),
        ("chineseCountingThousand", {3: "三", 11: "十一", 100: "一百", 101: "一百零一", 110: "一百一十", 1020: "一千零二十"}),
        ("ideographDigital", {9: "九", 10: "一○", 12: "一二", 20: "二○"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 100: "百", 111: "百十一"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰", 105: "壹佰零伍"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {1: "①", 10: "⑩"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉"}),
        ("ideographTraditional", {1: "甲", 10: "癸"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 12: "乙亥"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("upperRoman", {4: "IV", 9: "IX", 14: "XIV", 1990: "MCMXC"}),
        ("none", {1: ""}),
        ("no-such-format", {7: "7"}),
    ],
)  # fmt: skip
def test_number_formats(form, expected):
    assert {n: written(n, form) for n in expected} == expected


OFFICIAL = (
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "（%4）")
    + level(4, "decimalEnclosedCircle", "%5")
)


def shown(body: str, numbers: str, given: str = "") -> list[str]:
    parts = {"numbering": numbers, **({"styles": given} if given else {})}
    return lines(read(word(body, **parts)))


def test_levels_count_and_begin_anew_under_the_next_outer_number():
    order = [(0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (3, "戊"), (4, "己"), (4, "庚"), (0, "辛"), (1, "壬"), (2, "癸")]
    body = "".join(numbered(text, 1, at) for at, text in order)
    assert shown(body, numbering({0: OFFICIAL}, {1: 0})) == [
        "一、甲", "（一）乙", "（二）丙", "1. 丁", "（1）戊", "①己", "②庚", "二、辛", "（一）壬", "1. 癸",
    ]  # fmt: skip


def test_lists_of_one_definition_go_on_counting_unless_overridden():
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = numbered("甲", 1) + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3) + numbered("戊", 1)
    lists = numbering({0: level(0, "chineseCounting", "%1、")}, {1: 0, 2: 0, 3: (0, override)})
    assert shown(body, lists) == ["一、甲", "二、乙", "五、丙", "六、丁", "七、戊"]


def test_an_override_may_change_the_level_itself():
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "第%1条", 3)}</w:lvlOverride>'
    lists = numbering({0: level(0, "chineseCounting", "%1、")}, {1: (0, override)})
    assert shown(numbered("甲", 1) + numbered("乙", 1), lists) == ["第3条甲", "第4条乙"]


@pytest.mark.parametrize(("restart", "second"), [("0", "（三）丁"), ("1", "（一）丁"), ("", "（一）丁")])
def test_restart_of_deeper_levels(restart, second):
    more = f'<w:lvlRestart w:val="{restart}"/>' if restart else ""
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）", more=more)
    body = numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 1) + numbered("新", 1) + numbered("丁", 1, 1)
    assert shown(body, numbering({0: levels}, {1: 0}))[-1] == second


def test_legal_numbering_and_levels_not_yet_counted():
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    body = numbered("早", 1, 1) + numbered("甲", 1) + numbered("乙", 1, 1)
    assert shown(body, numbering({0: levels}, {1: 0})) == ["1.1 早", "一、甲", "1.1 乙"]


def test_numbering_through_styles_and_what_takes_it_away():
    levels = level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="H1"/>') + level(
        1, "chineseCounting", "（%2）", more='<w:pStyle w:val="H2"/>'
    )
    made = styles(
        style("H1", '<w:numPr><w:numId w:val="1"/></w:numPr>', title="heading 1"),
        style("H2", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', title="heading 2"),
        style("Own", based="H2"),
        style("Bare", '<w:numPr><w:numId w:val="0"/></w:numPr>', based="H1"),
    )
    body = "".join(p(t, f'<w:pStyle w:val="{s}"/>') for s, t in [("H1", "甲"), ("H2", "乙"), ("Own", "丙"), ("Bare", "丁")])
    body += p("戊", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>') + p("己", '<w:pStyle w:val="H1"/>')
    document = read(word(body, numbering=numbering({0: levels}, {1: 0}), styles=made))
    assert lines(document) == ["一、甲", "（一）乙", "（二）丙", "丁", "戊", "二、己"]
    assert {b.style for b in document.blocks} == {"heading"}


def test_a_link_to_a_numbering_style():
    linked = '<w:numStyleLink w:val="List"/>'
    made = styles(style("List", '<w:numPr><w:numId w:val="2"/></w:numPr>', kind="numbering"))
    lists = numbering({0: linked, 1: level(0, "chineseCounting", "第%1部分")}, {1: 0, 2: 1})
    assert shown(numbered("甲", 1) + numbered("乙", 2), lists, made) == ["第一部分甲", "第二部分乙"]


def test_bullets_have_no_number_and_empty_paragraphs_count():
    levels = level(0, "chineseCounting", "%1、") + level(1, "bullet", "\uf06c")
    body = numbered("甲", 1) + numbered("点", 1, 1) + numbered("", 1) + numbered("丙", 1)
    assert shown(body, numbering({0: levels}, {1: 0})) == ["一、甲", "点", "三、丙"]


def test_a_number_never_grows_into_the_figure_after_it():
    lists = numbering({0: level(0, "decimal", "%1.")}, {1: 0})
    assert shown(numbered("2023年受理36件", 1), lists) == ["1. 2023年受理36件"]


def test_tracked_changes_hidden_text_and_fields():
    body = (
        "<w:p><w:r><w:t>受理</w:t></w:r><w:del><w:r><w:delText>35</w:delText></w:r></w:del><w:ins><w:r><w:t>36</w:t></w:r></w:ins>"
        "<w:r><w:t>件</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>（内部）</w:t></w:r>"
        "<w:r><w:instrText>PAGEREF _Toc1 \\h</w:instrText></w:r><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>，新</w:t></w:r></w:moveTo></w:p>"
    )
    document = read(word(body))
    assert document.text == "受理36件，新"
    assert {d.code for d in document.diagnostics} == {"tracked-changes", "hidden-text"}


def test_a_deleted_paragraph_mark_joins_and_a_deleted_paragraph_counts_no_number():
    gone = numbered("", 1).replace("</w:numPr>", "</w:numPr><w:rPr><w:del/></w:rPr>")
    joined = p("上半", "<w:rPr><w:del/></w:rPr>") + p("下半")
    lists = numbering({0: level(0, "chineseCounting", "%1、")}, {1: 0})
    assert shown(numbered("甲", 1) + gone + numbered("乙", 1) + joined, lists) == ["一、甲", "二、乙", "上半下半"]


def test_text_boxes_are_read_once_after_their_paragraph():
    box = f"<w:txbxContent>{p('框内36件')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>" + p("尾")
    )
    assert lines(read(word(body))) == ["前后", "框内36件", "尾"]


def test_notes_follow_the_paragraph_that_calls_them():
    note = '<w:footnotes {}><w:footnote w:type="separator" w:id="0">{}</w:footnote>{}</w:footnotes>'
    body = '<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("尾")
    assert lines(
        read(word(body, footnotes=note.format(W, p("线"), f'<w:footnote w:id="2">{p("注：含上年结转2件")}</w:footnote>')))
    ) == [
        "正文",
        "注：含上年结转2件",
        "尾",
    ]


def test_headers_and_footers_are_metadata_and_contents_are_left_out():
    made = styles(style("T1", title="toc 1"), style("T2", based="T1"))
    body = p("一、总体情况 1", '<w:pStyle w:val="T1"/>') + p("（一）情况 1", '<w:pStyle w:val="T2"/>') + p("一、总体情况")
    header = f"<w:hdr {W}>{p('云溪镇人民政府文件')}</w:hdr>"
    footer = f"<w:ftr {W}>{p('— 3 —')}</w:ftr>"
    document = read(word(body, styles=made, header1=header, footer1=footer))
    assert document.text == "一、总体情况"
    assert document.source.metadata == {"页眉": "云溪镇人民政府文件"}
    assert [d.code for d in document.diagnostics] == ["contents"]


def test_tables_are_rectangles_with_merged_cells_filled():
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = p("说明") + table(
        cell("项目", down) + cell("行政复议", '<w:gridSpan w:val="2"/>'),
        cell("", on) + cell("维持") + cell("纠正"),
        cell("三、办理", down) + cell("1") + cell("2"),
        cell("", on) + cell("3") + cell(""),
        cell("合计", '<w:gridSpan w:val="2"/>') + cell("6"),
    )
    document = read(word(body))
    [found] = [b for b in document.blocks if isinstance(b, Table)]
    assert [list(r) for r in found.rows] == [
        ["项目", "行政复议", "行政复议"],
        ["项目", "维持", "纠正"],
        ["三、办理", "1", "2"],
        ["三、办理", "3", ""],
        ["合计", "", "6"],
    ]
    for row, spans in zip(found.rows, found.cells, strict=True):
        for text, (a, b) in zip(row, spans, strict=True):
            assert document.text[a:b] == text
    assert (document.blocks[0].number, found.number) == (1, 1)


def test_a_table_of_one_column_is_a_frame_around_text():
    document = read(
        word(table(cell("一、总体情况"), f"<w:tc><w:tcPr/>{p('全年36件。')}{table(cell('甲') + cell('1'))}</w:tc>"))
    )
    assert [type(b).__name__ for b in document.blocks] == ["Paragraph", "Paragraph", "Table"]


def test_strict_files_and_links_that_lead_nowhere():
    data = word(p("甲"), header1="x")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != "word/header1.xml":
                new.writestr(
                    name,
                    old.read(name).replace(
                        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                    ),
                )
    assert read(out.getvalue()).text == "甲"


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


def test_entities_are_never_resolved():
    body = f'{BOMB}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{p("甲&b;&c;")}</w:body></w:document>'
    document = read(zipped({"word/document.xml": body}))
    assert document.text == "甲"


@pytest.mark.parametrize("body", ["", p(" "), "<w:p><w:r><w:drawing/></w:r></w:p>"], ids=["nothing", "blank", "picture"])
def test_files_without_text_are_errors(body):
    with pytest.raises(ReadError, match="没有文字"):
        read(word(body))


def test_a_damaged_part_is_named():
    with pytest.raises(ReadError, match=r"document\.xml") as error:
        read(word("<w:p>"))
    assert error.value.remedy


@pytest.mark.parametrize("depth", [40, 120])
def test_deep_nesting_is_read_or_refused(depth):
    inner = p("底36件")
    for _ in range(depth):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    if depth < 80:
        assert "底36件" in read(word(p("顶") + inner)).text
    else:
        with pytest.raises(ReadError, match="不能解析"):
            read(word(p("顶") + inner))


@pytest.mark.slow
def test_no_slower_than_twice_python_docx():
    found = wordfiles.measured()
    assert found.gouji <= 2 * found.bare, found


_RUN = "<w:r><w:rPr>{}</w:rPr><w:t>1</w:t></w:r>"
_PICTURE = (
    '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r></w:p>'
)
_CHART = (
    '<w:p><w:r><w:drawing><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></w:drawing></w:r></w:p>'
)
_HIDING = styles('<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>')
_COMMENTS = f'<w:comments {W}><w:comment w:id="0">{p("应为35件")}</w:comment></w:comments>'


@pytest.mark.parametrize(
    ("more", "parts", "told"),
    [
        (_RUN.format("<w:strike/>"), {}, "struck-out"),
        (_RUN.format("<w:dstrike/>"), {}, "struck-out"),
        (_RUN.format('<w:strike w:val="0"/>').replace("1<", "<"), {}, None),
        (_RUN.format('<w:rStyle w:val="H"/>'), {"styles": _HIDING}, "hidden-text"),
        (_RUN.format('<w:rStyle w:val="H"/><w:vanish w:val="0"/>').replace("1<", "<"), {"styles": _HIDING}, None),
        ("", {"comments": _COMMENTS}, "comments"),
        (_PICTURE, {}, "pictures"),
        (_CHART, {}, "pictures"),
        ("<w:p><w:r><w:drawing/></w:r></w:p>", {}, None),
        ('<w:altChunk xmlns:r="urn:r" r:id="r1"/>', {}, "embedded"),
    ],
)
def test_what_is_left_out_is_told(more, parts, told):
    inside = more if more.startswith("<w:r>") else ""
    after = "" if inside else more
    body = f"<w:p><w:r><w:t>全镇受理矛盾纠纷</w:t></w:r>{inside}<w:r><w:t>36件</w:t></w:r></w:p>{after}"
    document = read_bytes("报告.docx", word(body, **parts))
    assert document.text == "全镇受理矛盾纠纷36件"
    assert [d.code for d in document.diagnostics] == ([told] if told else [])
