"""RTF as Word, WPS and office systems write it, without LibreOffice."""

from __future__ import annotations

import pytest

from extractor.errors import ReadError
from extractor.model import Limits, Table
from extractor.readers import read_bytes, rtf
from extractor.readers.formats import format_of

HEAD = (
    r"{\rtf1\ansi\ansicpg936\uc2{\fonttbl{\f0\fnil\fcharset134 \'b7\'c2\'cb\'ce;}{\f1\froman\fcharset0 Times New Roman;}}"
    r"{\stylesheet{\s0 Normal;}}{\info{\title 36}}{\header\pard 99\par}"
)


def quoted(text: str) -> str:
    """Text as RTF writes it: two bytes of GBK, or its number in Unicode where GBK has none."""
    out = []
    for c in text:
        raw = c.encode("gb18030")
        two = "".join(rf"\'{b:02x}" for b in raw) if len(raw) == 2 else rf"\u{ord(c)}??"
        out.append(c if ord(c) < 128 else two)
    return "".join(out)


def made(*parts: str) -> bytes:
    return (HEAD + "\n".join(parts) + "}").encode("ascii")


def p(text: str, more: str = "") -> str:
    return rf"\pard\plain\f0 {quoted(text)}{more}\par"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    monkeypatch.setattr(rtf, "libreoffice", lambda: None)


def text_of(*parts: str) -> str:
    return read_bytes("报告.rtf", made(*parts)).text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([p("全镇受理矛盾纠纷36件。")], "全镇受理矛盾纠纷36件。"),
        ([p("全镇受理矛盾纠纷㛃36件。")], "全镇受理矛盾纠纷㛃36件。"),
        ([p("全镇受理矛盾", r"{\deleted 1" + quoted("件") + "}" + quoted("纠纷36件"))], "全镇受理矛盾纠纷36件"),
        ([p("全镇受理矛盾", r"{\v 1" + quoted("件") + "}" + quoted("纠纷36件"))], "全镇受理矛盾纠纷36件"),
        ([p("全镇受理矛盾", r"{\v0 1" + quoted("纠纷") + "}" + quoted("36件"))], "全镇受理矛盾1纠纷36件"),
        ([r"{\listtext\pard\plain\f0 " + quoted("一、") + r"\tab}" + p("主要工作情况")], "一、主要工作情况"),
        ([r"{\pntext\pard\plain\f0 " + quoted("（二）") + r"\tab}" + p("化解矛盾纠纷")], "（二）化解矛盾纠纷"),
        (
            [
                p(
                    "详见",
                    r'{\field{\*\fldinst{HYPERLINK "http://x.gov.cn/2023/11"}}{\fldrslt ' + quoted("县门户网站的说明") + "}}",
                )
            ],
            "详见县门户网站的说明",
        ),
        ([p("全镇受理矛盾纠纷", r"{\*\bkmkstart a}36{\*\bkmkend a}" + quoted("件。"))], "全镇受理矛盾纠纷36件。"),
        ([p("全镇受理", r"{\pict\pngblip 89504e47}" + quoted("矛盾纠纷36件。"))], "全镇受理矛盾纠纷36件。"),
    ],
)
def test_text_as_it_is_shown(parts, text):
    assert text_of(*parts) == text


def test_tables_are_tables():
    rows = [("项目", "受理（件）", "办结（件）"), ("矛盾纠纷", "36", "35"), ("信访事项", "12", "11")]
    cells = [
        r"\trowd\cellx900\cellx1800\cellx2700 " + "".join(rf"\pard\intbl {quoted(c)}\cell " for c in r) + r"\row" for r in rows
    ]
    document = read_bytes("报告.rtf", made(p("一、工作情况"), *cells, p("二、下一步的打算")))
    [table] = [b for b in document.blocks if isinstance(b, Table)]
    assert table.rows == tuple(rows)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (r"{\deleted 1}", "修订痕迹，1处"),
        (r"{\v 1}", "有1处隐藏"),
        (r"{\footnote\pard 1}", "1处）没有读取"),
    ],
)
def test_what_is_left_out_is_told(more, told):
    notes = [d.message for d in read_bytes("报告.rtf", made(p("全镇受理矛盾纠纷36件。", more))).diagnostics]
    assert len(notes) == 1 and told in notes[0]


@pytest.mark.parametrize("content", [r"{\rtf1\ansi}", r"{\rtf1\ansi abc 12\par}", r"{\rtf1", r"{\rtf1 }}}}{{"])
def test_files_without_a_report_are_errors(content):
    with pytest.raises(ReadError):
        rtf.read("x.rtf", content.encode(), Limits())


def test_rtf_under_the_name_of_doc():
    data = made(p("全镇受理矛盾纠纷36件。"))
    assert format_of("报告.doc", data).key == "rtf"
    document = read_bytes("报告.doc", data)
    assert "36件" in document.text and document.source.media_type == rtf.MEDIA_TYPE and not document.diagnostics
