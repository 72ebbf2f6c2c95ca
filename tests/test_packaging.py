"""The wheel carries what gouji needs at run time."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling is not installed")
def test_wheel_holds_patterns(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel] = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    patterns = list((ROOT / "patterns").rglob("*.toml"))
    assert patterns
    for path in patterns:
        assert f"extractor/_patterns/{path.relative_to(ROOT / 'patterns').as_posix()}" in names
    for path in (p for p in (ROOT / "extractor").rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        assert path.relative_to(ROOT).as_posix() in names
    assert any(n.endswith("licenses/LICENSE") for n in names)
    assert not any(n.startswith(("tests/", "corpus/")) for n in names)

    # The wheel alone, unpacked in an empty folder, finds its patterns and does its work.
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    report = tmp_path / "report.txt"
    report.write_text(
        "青禾镇2023年度法治政府建设工作报告\n一、工作情况\n受理纠纷60件，调处57件，调处率59%。\n", encoding="utf-8"
    )
    code = "import extractor, sys; print(extractor.__file__); from extractor.cli import main; main(['check', sys.argv[1]])"
    ran = subprocess.run(
        [sys.executable, "-c", code, str(report)],
        cwd=tmp_path / "site", capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.stdout.startswith(str(tmp_path / "site"))
    assert ran.returncode == 1 and "rate.quotient" in ran.stdout, ran.stderr
