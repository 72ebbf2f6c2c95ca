"""Word 97–2003: the Python converter, LibreOffice after it, and a message that helps where neither reads the file."""

from __future__ import annotations

import pytest

from extractor.errors import ReadError
from extractor.readers import convert, doc, read_bytes
from tests.readers.making import p, word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le")
REPORT = word(p("云溪镇2023年度法治政府建设工作报告") + p("全年受理矛盾纠纷36件，调处成功35件，群众满意度不断提高。"))
MOJIBAKE = word(p("ÔÆÏªÕò2023Äê¶È·¨ÖÎÕþ¸®½¨Éè¹¤×÷±¨¸æ"))


def failing(data: bytes, **_: object) -> bytes:
    raise convert.ConversionError("没有安装 LibreOffice")


def giving(result: bytes):
    return lambda data, **_: result


@pytest.mark.parametrize(
    ("first", "second"),
    [(giving(REPORT), failing), (failing, giving(REPORT)), (giving(MOJIBAKE), giving(REPORT)), (giving(b"PK"), giving(REPORT))],
    ids=["first", "second", "mojibake", "broken-result"],
)
def test_the_first_plausible_result_is_taken(monkeypatch, first, second):
    monkeypatch.setattr(doc, "with_doc2docx", first)
    monkeypatch.setattr(doc, "with_libreoffice", second)
    document = read_bytes("报告.doc", OLE)
    assert "36件" in document.text and document.source.media_type == "application/msword"


def test_without_a_result_the_message_tells_the_way_out(monkeypatch):
    monkeypatch.setattr(doc, "with_doc2docx", giving(MOJIBAKE))
    monkeypatch.setattr(doc, "with_libreoffice", failing)
    with pytest.raises(ReadError) as error:
        read_bytes("报告.doc", OLE)
    assert "不是通顺的中文" in error.value.reason and "LibreOffice" in error.value.remedy


def test_a_converter_that_does_not_end_is_ended(monkeypatch):
    with pytest.raises(convert.ConversionError, match="秒内"):
        convert._run([convert.sys.executable, "-c", "while True: pass"], 0.3)


def test_a_broken_file_is_an_error_of_the_converter():
    with pytest.raises(convert.ConversionError):
        convert.with_doc2docx(OLE, 30)


@pytest.mark.skipif(convert.libreoffice() is None, reason="LibreOffice is not installed here")
@pytest.mark.slow
def test_footnotes_of_rtf_are_read_where_libreoffice_is():
    text, note = (
        "".join(f"\\u{ord(c)}?" for c in words) for words in ("云溪镇全年受理矛盾纠纷36件，群众满意。", "其中上年结转2件。")
    )
    found = read_bytes("报告.rtf", rf"{{\rtf1\ansi {text}{{\footnote\pard {note}}}\par}}".encode()).text
    assert "36件" in found and "2件" in found
