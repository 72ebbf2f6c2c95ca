"""``gouji --help`` answers at once: nothing heavy is imported before a command runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "rich",
    "msgspec",
    "spacy",
    "spacy_pkuseg",
    "numpy",
    "pdfplumber",
    "regex",
    "tomllib",
    "extractor.pipeline",
    "extractor.rules",
)


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_nothing_heavy_is_imported_for_help(words):
    code = (
        "import sys\nfrom extractor.cli import main\n"
        f"main({words!r}, standalone_mode=False)\n"
        f"print('heavy:', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert result.stdout.splitlines()[-1] == "heavy: []"


def test_a_text_report_does_not_load_the_pdf_reader(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("青禾镇2023年度法治政府建设工作报告\n一、工作情况\n开展宣传20场次。\n", encoding="utf-8")
    code = (
        "import sys\nfrom extractor.cli import main\n"
        f"main(['extract', {str(path)!r}, '-o', {str(tmp_path)!r}], standalone_mode=False)\n"
        "print([m for m in ('pdfplumber', 'pdfminer') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert result.stdout.splitlines()[-1] == "[]"
