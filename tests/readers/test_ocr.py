"""Scans: recognised where ``gouji[ocr]`` is installed, and told for what they are where it is not."""

from __future__ import annotations

import io
from collections import Counter

import pypdfium2
import pytest
from PIL import Image

from extractor.errors import ReadError
from extractor.model import Limits
from extractor.pipeline import extract
from extractor.readers import ocr, read, read_bytes
from extractor.readers.text import garbled
from tests.conftest import CORPUS, document_of
from tests.readers.paper import Sheet, Word, font_file, pdf, pictures, ruled, saved, set_out, tables

needs_ocr = pytest.mark.skipif(not ocr.available(), reason="gouji[ocr] is not installed")
needs_font = pytest.mark.skipif(font_file() is None, reason="no font with Chinese characters on this machine")
TEXT = "全镇受理矛盾纠纷254件，调处成功244件，化解率96%。全年开展法治宣传36场次，发放资料1.2万份。"


@pytest.fixture
def without(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)


@needs_font
@pytest.mark.parametrize("form", ["PDF", "PNG", "TIFF", "JPEG"])
def test_without_recognition_the_message_says_what_to_install(form, without):
    data = saved(pictures([Sheet([Word(80, 200, TEXT)])], dpi=80), form)
    with pytest.raises(ReadError) as error:
        read_bytes(f"扫描.{form.lower()}", data)
    assert "没有文字" in error.value.reason and "gouji[ocr]" in error.value.remedy


@needs_font
def test_a_scanned_page_among_others_is_told(without):
    whole = pypdfium2.PdfDocument(pdf(set_out(document_of(TEXT))))
    whole.import_pages(pypdfium2.PdfDocument(saved(pictures([Sheet([Word(80, 200, TEXT)])], dpi=80), "PDF")))
    out = io.BytesIO()
    whole.save(out)
    document = read_bytes("部分扫描.pdf", out.getvalue())
    assert "254件" in document.text and document.source.pages == 2
    [told] = [d for d in document.diagnostics if d.code == "page-scan"]
    assert told.page == 2 and told.severity == "error" and "gouji[ocr]" in told.message


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (TEXT, False),
        ("Total 254 cases in 2023, 244 of them closed.", False),
        ("\ue012\ue3a1" * 10 + "254 244 96", True),
        ("(cid:12)(cid:801)" * 10, True),
        ("È«ÄêÊÜÀíÃ¬¶Ü¾À·×254¼þ" * 3, True),
        ("鎴愬姛璋冨鐭涚浘绾犵悍鍏ㄥ勾鍙楃悊鐭涚浘绾犵悍鍏ㄩ晣娉曟不寤鸿宸ヤ綔鎶ュ憡骞村害鎯呭喌濡備笅閮ㄧ讲" * 2, True),
        ("第3页", False),
    ],
)
def test_a_broken_text_layer_is_recognised(text, wrong):
    assert garbled(text) == wrong


def test_a_broken_text_layer_is_never_read_as_text(without, monkeypatch):
    monkeypatch.setattr("extractor.readers.pdf.garbled", lambda text: "乱" in text)
    sheets = [Sheet([Word(80, 200, TEXT[:20])]), Sheet([Word(80, 200, "乱码的一页乱码的一页")])]
    document = read_bytes("case.pdf", pdf(sheets))
    assert "乱码" not in document.text
    assert [d.page for d in document.diagnostics if d.code == "page-garbled"] == [2]


@needs_ocr
@needs_font
@pytest.mark.slow
def test_a_clean_scan_gives_the_facts_of_the_text(ruleset):
    text = read(CORPUS / "develop" / "g01.txt")
    sheets = set_out(text)[:2]
    report = extract(read_bytes("原文.pdf", pdf(sheets)), ruleset)
    other = extract(read_bytes("扫描.pdf", saved(pictures(sheets), "PDF")), ruleset)
    facts, found = (Counter((f.value, f.unit, f.measure) for f in r.facts) for r in (report, other))
    assert (facts & found).total() >= 0.95 * max(facts.total(), found.total())
    assert len(other.sections) == len(report.sections)
    assert all(f.confidence is not None and f.confidence > 0.5 and f.page and f.box for f in other.facts)


@needs_ocr
@needs_font
@pytest.mark.slow
def test_a_scanned_table_is_a_table():
    rows = [["项目", "上年", "本年"], ["调解纠纷", "36", "41"], ["行政处罚", "7", "12"]]
    sheet = ruled(rows, 200, room=40)
    sheet.words.append(Word(80, 500, TEXT[:28], 14))
    document = read_bytes("图片.png", saved(pictures([sheet]), "PNG"), Limits())
    [table] = tables(document)
    assert table.rows == tuple(map(tuple, rows))


class Recognised:
    """What the engine would give for two lines, one of them hard to read."""

    txts = ("受理矛盾纠纷254件。", "调处成功244件。")
    scores = (0.99, 0.71)
    boxes = ([[0, 0], [700, 0], [700, 40], [0, 40]], [[0, 60], [560, 60], [560, 100], [0, 100]])
    word_results = ((), ())


def test_doubtful_lines_are_told_and_their_facts_carry_the_confidence(monkeypatch, ruleset):
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "_engine", lambda: lambda picture, **_: Recognised)
    monkeypatch.setattr(ocr, "_strokes", lambda picture, dpi: [])
    out = io.BytesIO()
    Image.new("RGB", (1654, 2339), "white").save(out, "PNG", dpi=(200, 200))
    report = extract(read_bytes("扫描.png", out.getvalue()), ruleset)
    assert {f.text: f.confidence for f in report.facts} == {"254件": 0.99, "244件": 0.71}
    [told] = [d for d in report.diagnostics if d.code == "ocr-doubtful"]
    assert "71%" in told.message and "244件" in told.message and told.page == 1
