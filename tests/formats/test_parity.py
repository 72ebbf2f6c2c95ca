"""Every format gives the facts and sections of the text."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from extractor.model import Document
from extractor.readers import read
from extractor.readers.convert import libreoffice
from tests.formats import writers
from tests.formats.parity import parity, reports

FORMATS = [
    (writers.to_docx, "报告.docx"),
    (writers.to_html, "报告.html"),
    (writers.to_old_html, "报告.htm"),
    (writers.to_markdown, "报告.md"),
]
ENOUGH = 0.99


@pytest.mark.slow
@pytest.mark.parametrize(("writer", "name"), FORMATS, ids=[n for _, n in FORMATS])
def test_formats_say_what_the_text_says(writer, name, ruleset):
    share, differences = parity(writer, name, ruleset)
    assert share >= ENOUGH, differences


@pytest.mark.slow
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice, which writes .doc, is not installed here")
@pytest.mark.parametrize("name", ["报告.doc", "报告.wps"])
def test_word_97_says_what_the_text_says(name, ruleset, tmp_path):
    originals = reports()[:: 4 if name.endswith("doc") else 12]
    made = in_word_97([read(path) for path in originals], tmp_path)
    share, differences = parity(lambda document: made[document.text], name, ruleset, originals)
    assert share >= ENOUGH, differences


def in_word_97(documents: list[Document], folder: Path) -> dict[str, bytes]:
    """The documents as .doc files by their text, all written in one run of LibreOffice."""
    for i, document in enumerate(documents):
        (folder / f"{i}.docx").write_bytes(writers.to_docx(document, jumps=False))
    program = libreoffice()
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{i}.docx") for i in range(len(documents))]
    command = [program, "--headless", "--norestore", profile, "--convert-to", "doc", "--outdir", str(folder), *files]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    return {document.text: (folder / f"{i}.doc").read_bytes() for i, document in enumerate(documents)}
