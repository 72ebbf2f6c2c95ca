"""What README.zh.md tells a newcomer to type works as it stands, in the order it is told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ("h05.txt", "k01_2021.txt", "k01_2022.txt")


@pytest.mark.slow
def test_every_command_for_auditors_works_in_order(tmp_path):
    """The installation is followed by people; everything after it is run here, in a folder with reports of the corpus."""
    folder = tmp_path / "corpus" / "develop"
    folder.mkdir(parents=True)
    for name in REPORTS:
        shutil.copy(ROOT / "corpus" / "develop" / name, folder / name)
    text = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    typed = re.findall(r"^ *(gouji .+)$", "\n".join(re.findall(r"```bat\n(.*?)```", text, re.S)), re.M)
    assert len(typed) >= 7
    code = "import sys; from extractor.cli import main; main()"
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    for command in typed:
        words = command.replace("\\", "/").split()[1:]
        ran = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=tmp_path, env=env, capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert ran.returncode in (0, 1), f"{command}\n{ran.stderr}"
        assert "Traceback" not in ran.stderr
        if "-o" in words:
            assert (tmp_path / words[words.index("-o") + 1]).exists(), command
    assert (tmp_path / "结果" / "汇总.xlsx").is_file() and (tmp_path / "结果" / "index.html").is_file()
