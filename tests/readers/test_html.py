"""Web pages: the article out of what frames it, metadata, list numbers, tables, encodings, single-file pages."""

from __future__ import annotations

import quopri

import pytest

from extractor.errors import ReadError
from extractor.model import Document, Table
from extractor.readers import read_bytes

TITLE = "云溪镇2023年度法治政府建设工作报告"
BODY = "<p>一、主要做法</p><p>全年共受理矛盾纠纷36件，调处成功35件，调处成功率97.2%，群众满意度不断提高。</p>"
TEXT = [TITLE, "一、主要做法", "全年共受理矛盾纠纷36件，调处成功35件，调处成功率97.2%，群众满意度不断提高。"]


def page(body: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def read(data: bytes) -> Document:
    return read_bytes("报告.html", data)


def lines(data: bytes) -> list[str]:
    return read(data).text.split("\n")


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{TITLE}</h1><div class='TRS_Editor'>{BODY}</div>",
        f"<div class='nav'><a href=/>首页</a></div><div id=main><div class=crumbs>您的位置：<a href=/>首页</a></div>"
        f"<h1>{TITLE}</h1><div>发布时间：2024-01-22　来源：云溪镇　浏览次数：76</div><div id=zoom>{BODY}</div>"
        "<div>【打印】</div>"
        "<div>上一篇：<a href=1>2022年度报告</a></div></div><div class=footer>版权所有 备案号：蜀ICP备05000001号。</div>",
        f"<table><tr><td>首页 | 概况</td></tr><tr><td><table><tr><td><h1>{TITLE}</h1></td></tr><tr><td id=zoom>{BODY}"
        "</td></tr></table></td></tr></table>",
        f"<h1>{TITLE}</h1>一、主要做法<br>&nbsp;&nbsp;&nbsp;&nbsp;全年共受理矛盾纠纷<b>36</b>件，调处成功35件，\n调处成功率97.2%，"
        "群众满意度不断提高。<br/><br/>",
        f"<h1>{TITLE}</h1>{BODY}<p style='display:none'>隐藏的文字99件。</p><del>删去的98件</del><script>var x='97件'</script>",
    ],
    ids=["editor", "portal", "layout-tables", "line-breaks", "hidden"],
)
def test_the_article_and_nothing_else(body):
    assert lines(page(body)) == TEXT


def test_what_stands_around_the_article_is_left_out_whatever_it_says():
    around = (
        "<div class=a>渠阳县人民政府门户网站</div><div class=b>{}</div><div class=c>地址：渠阳县迎宾路8号 邮编 400000</div>"
    )
    document = read(page(around.format(f"<div class=d><h1>{TITLE}</h1>{BODY * 4}</div>")))
    assert document.text.split("\n") == [TITLE, *TEXT[1:] * 4]
    assert "2处" in document.diagnostics[0].message


def test_an_article_in_several_parts_is_kept_whole():
    parts = "".join(
        f"<div>{part}</div>" for part in (f"<h1>{TITLE}</h1>", "<p>先行的一段话，讲明全年工作的总体情况。</p>", BODY * 4)
    )
    assert "先行的一段话" in read(page(parts)).text


def test_headings_beside_one_long_paragraph_are_kept():
    parts = f"<div>{TITLE}</div><div>一、总体情况</div><div>{TEXT[2] * 20}</div><div>二、问题</div><div>不多。</div>"
    assert read(page(parts)).text.split("\n") == [TITLE, "一、总体情况", TEXT[2] * 20, "二、问题", "不多。"]


def test_a_title_outside_the_article_is_put_before_it():
    head = f"<title>{TITLE}_云溪镇_某县人民政府</title>"
    assert lines(page(f"<div class=x>{BODY}</div>", head)) == TEXT
    assert lines(page(BODY, f'<meta name="ArticleTitle" content="{TITLE}"><title>政府网</title>')) == TEXT


def test_metadata_in_lines_and_tables_is_kept_apart():
    table = (
        "<table><tr><td>索引号：</td><td>000014349/2024-00012</td><td>主题分类：</td><td>综合政务</td></tr>"
        "<tr><td>发布机构</td><td>云溪镇人民政府</td><td>发文日期</td><td>2024年01月22日</td></tr></table>"
    )
    document = read(page(f"{table}<h1>{TITLE}</h1><p>文号：云府发〔2024〕3号 浏览次数：76</p>{BODY}"))
    assert document.text.split("\n") == TEXT
    assert document.source.metadata == {
        "索引号": "000014349/2024-00012",
        "主题分类": "综合政务",
        "发布机构": "云溪镇人民政府",
        "发文日期": "2024年01月22日",
        "文号": "云府发〔2024〕3号",
        "浏览次数": "76",
    }
    assert [d.code for d in document.diagnostics] == ["furniture"]


def test_tables_with_merged_cells_and_captions():
    table = (
        "<table><caption>申请情况（单位：件）</caption><thead><tr><th rowspan=2>项目</th><th colspan=2>行政复议</th></tr>"
        "<tr><th>维持</th><th>纠正</th></tr></thead><tbody><tr><td>新收<br>申请</td><td>1</td><td>2</td></tr></tbody></table>"
    )
    document = read(page(f"<h1>{TITLE}</h1>{BODY}{table}<p>以上。</p>"))
    [found] = [b for b in document.blocks if isinstance(b, Table)]
    assert found.rows == (("项目", "行政复议", "行政复议"), ("项目", "维持", "纠正"), ("新收申请", "1", "2"))
    assert "申请情况（单位：件）" in document.text
    for row, spans in zip(found.rows, found.cells, strict=True):
        assert [document.text[a:b] for a, b in spans] == list(row)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", "1. 甲项"),
        ("start=3", "3. 甲项"),
        ("type=A", "A. 甲项"),
        ("style='list-style-type:cjk-ideographic'", "一、甲项"),
        ("style='list-style: none'", "甲项"),
    ],
)
def test_numbers_of_ordered_lists(attributes, expected):
    found = lines(page(f"<h1>{TITLE}</h1>{BODY}<ol {attributes}><li>甲项</li><li>乙项</li></ol><ul><li>丙项</li></ul>"))
    wrapped = lines(page(f"<h1>{TITLE}</h1>{BODY}<ol {attributes}><li><p>甲项</p><p>又</p></li><li></li></ol><p>丁</p>"))
    assert expected in wrapped and "又" in wrapped and "丁" in wrapped
    assert expected in found and "丙项" in found


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "gb18030"), ("gb2312", "utf-8"), ("utf-16", "utf-16")],
)
def test_bytes_tell_the_encoding_whatever_the_page_says(declared, encoding):
    text = f'<html><head><meta charset="{declared}"></head><body><h1>{TITLE}</h1>{BODY}</body></html>'
    document = read(text.encode(encoding))
    assert document.text.split("\n") == TEXT and document.source.encoding == encoding


def test_a_single_file_page_saved_as_doc():
    body = page(f"<h1>{TITLE}</h1>{BODY}").decode().replace("受理", "&#21463;&#29702;")
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html'
    quoted = quopri.encodestring(body.encode())
    data = head + b"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted + b"\r\n--x--\r\n"
    document = read_bytes("报告.doc", data)
    assert document.text.split("\n") == TEXT
    assert [d.code for d in document.diagnostics] == ["wrong-suffix"]


@pytest.mark.parametrize(
    "data",
    [
        page(""),
        page("<div class=nav><a href=1>首页</a></div>"),
        page("<ul>" + "<li><a href=x>2023年度报告</a></li>" * 30 + "</ul>"),
        b"<html><frameset><frame src=a></frameset></html>",
        page("<div>" * 5000 + "x"),
        b"MIME-Version: 1.0\r\n\r\nx",
        b"<html>" + bytes(range(128, 256)) * 20,
        "<html><body>锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷".encode(),
    ],
    ids=["blank", "navigation", "list-of-links", "frames", "deep", "no-page", "binary", "mojibake"],
)
def test_pages_without_an_article_are_named(data):
    with pytest.raises(ReadError) as error:
        read(data)
    assert "报告.html" in str(error.value) and error.value.remedy
