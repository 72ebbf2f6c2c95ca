"""Mutated files: no crash, no endless loop, no silent empty result (see ``fuzz``)."""

from __future__ import annotations

import subprocess
import sys

import pytest

SECONDS = 100


@pytest.mark.slow
@pytest.mark.parametrize("key", ["pdf", "pdf-plain", "ofd", "png", "docx", "html", "xlsx", "txt"])
def test_mutated_files_are_read_or_refused(key):
    ran = subprocess.run(
        [sys.executable, "-m", "tests.readers.fuzz", key, "20231231", "200"],
        capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, f"{ran.returncode}: {ran.stderr[-2000:]}"
    assert ran.stdout == ""
    assert "refused" in ran.stderr  # some of the mutations must have mattered
