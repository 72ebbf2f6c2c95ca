"""OFD: the same report gives the same facts as its text, however its writer cut the text into objects."""

from __future__ import annotations

from collections import Counter

import pytest

from extractor.errors import ReadError
from extractor.model import Limits
from extractor.pipeline import extract
from extractor.readers import read, read_bytes
from extractor.readers.ofd_drawing import steps
from tests.conftest import CORPUS, document_of, reports_of
from tests.readers.paper import Sheet, Word, ofd, paragraphs, ruled, set_out, tables

TEXT = "云溪镇2023年度法治政府建设工作报告\n\n" + "全镇受理矛盾纠纷254件，调处成功244件，其余10件正在办理。" * 20


@pytest.mark.parametrize("pieces", [0, 1, 7])
def test_reports_give_the_facts_and_sections_of_their_text(pieces, ruleset):
    same = everything = 0
    for path in reports_of(CORPUS / "develop")[:3]:
        text = read(path)
        document = read_bytes(str(path), ofd(set_out(text), pieces, header="云溪镇人民政府文件"))
        report, other = extract(text, ruleset), extract(document, ruleset)
        facts, found = (
            Counter((f.kind, f.value, f.unit, f.measure, f.period, f.status) for f in r.facts) for r in (report, other)
        )
        same += (facts & found).total()
        everything += max(facts.total(), found.total())
        assert [(s.level, s.number, s.title) for s in report.sections] == [(s.level, s.number, s.title) for s in other.sections]
        assert all(f.page and f.box for f in other.facts)
        assert any(d.code == "running-header" for d in document.diagnostics)
    assert everything > 300 and same >= 0.99 * everything


def test_tables_from_ruling_lines():
    rows = [["项目", "合计", "其中", "<"], ["^", "^", "基本支出", "项目支出"], ["教育", "30", "20", "10"]]
    [table] = tables(read_bytes("表.ofd", ofd([ruled(rows, 200)])))
    assert table.rows == (
        ("项目", "合计", "其中", "其中"),
        ("项目", "合计", "基本支出", "项目支出"),
        ("教育", "30", "20", "10"),
    )


def test_pages_are_those_of_the_file():
    document = read_bytes("页.ofd", ofd([Sheet([Word(80, 200, "第一页的文字")]), Sheet([Word(80, 200, "第二页的文字")])]))
    assert [(b.page, document.page_at(b.span[0])) for b in document.blocks] == [(1, 1), (2, 2)]
    assert document.source.pages == 2 and document.source.media_type == "application/ofd"


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("1 2 3", [1, 2, 3]),
        ("g 3 2.5 1", [2.5, 2.5, 2.5, 1]),
        ("g 999999999 1", [1] * 5),
        ("g x", []),
        (None, []),
        ("1 nan", []),
    ],
)
def test_steps_between_characters(said, means):
    assert steps(said, 5) == means[:5]


def damaged(part: str, xml: bytes) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ofd([Sheet([Word(80, 200, TEXT[:20])])]))) as whole, zipfile.ZipFile(out, "w") as made:
        for name in whole.namelist():
            made.writestr(name, xml if name == part else whole.read(name))
    return out.getvalue()


BOMB = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "0123456789">"""
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]><x>&j;</x>"
)


@pytest.mark.parametrize(
    ("part", "xml"),
    [
        ("OFD.xml", b"<x/>"),
        ("OFD.xml", b"\x00\x01"),
        ("Doc_0/Document.xml", b"<x/>"),
        ("Doc_0/Document.xml", BOMB),
        ("Doc_0/Pages/Page_0/Content.xml", b"<x>" * 3000),
        ("Doc_0/Pages/Page_0/Content.xml", b"<x/>"),
        ("Doc_0/Document.xml", b"<D><Pages><Page BaseLoc='../../../../etc/passwd'/></Pages></D>"),
    ],
)
def test_what_cannot_be_read_is_told(part, xml):
    with pytest.raises(ReadError) as error:
        read_bytes("坏.ofd", damaged(part, xml))
    assert "坏.ofd" in str(error.value) and error.value.remedy


def test_a_broken_text_layer_is_told_page_by_page():
    sheets = [Sheet([Word(80, 200, TEXT[:40])]), Sheet([Word(80, 200, "\ue012\ue3a1" * 12)])]
    document = read_bytes("乱.ofd", ofd(sheets))
    assert [(d.code, d.page) for d in document.diagnostics] == [("page-garbled", 2)]


def test_too_many_pages_are_refused():
    with pytest.raises(ReadError, match=r"3页.*pages"):
        read_bytes("长.ofd", ofd([Sheet([Word(80, 200, "文字")])] * 3), Limits(pages=2))


def test_paragraphs_go_on_over_lines():
    text = document_of(TEXT)
    assert paragraphs(read_bytes("段.ofd", ofd(set_out(text)))) == paragraphs(text)
