"""Cells that would be formulas stay text; links and numbers are what they are."""

from __future__ import annotations

import zipfile
from decimal import Decimal

from extractor.output.sheets import Book, Value, file_link


def test_nothing_is_ever_a_formula(tmp_path):
    path = tmp_path / "a.xlsx"
    evil = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "{=1}", "=HYPERLINK(1)", "http://a.example", "12", "\x01控制"]
    with Book(path) as book:
        book.sheet("甲", ["a", "=b", "c"], [[text, Value(text, tone="bad"), Decimal("1.5")] for text in evil])
        book.sheet("空", ["a"], [])
        book.sheet("链", ["a"], [[Value("看", link=file_link("reports/甲#1 50%.txt"))]], note="=说明")
    with zipfile.ZipFile(path) as file:
        sheets = [file.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2, 3)]
        strings = file.read("xl/sharedStrings.xml").decode()
        links = file.read("xl/worksheets/_rels/sheet3.xml.rels").decode()
    assert not any("<f>" in s or "<f " in s for s in sheets) and "hyperlink" not in sheets[0]
    assert all(text.replace("'", "'") in strings for text in ("=1+1", "-2+3", "@SUM(A1)", "{=1}", "12", "控制"))
    assert "<v>1.5</v>" in sheets[0] and "%23" in links and "%25" in links
