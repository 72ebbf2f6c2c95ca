"""What all tests share: the built-in ruleset, short texts as reports, the corpus, and the material beside the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.model import Document, Report, Source
from extractor.pipeline import extract
from extractor.readers.lines import blocks
from extractor.rules import Ruleset

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports beside the project are not here")


def reports_of(folder: Path) -> list[Path]:
    """The texts of a folder that have a gold file, in order."""
    return sorted(p for p in folder.glob("*.txt") if p.with_suffix(".gold.json").is_file())


@pytest.fixture(scope="session")
def ruleset() -> Ruleset:
    return Ruleset()


@pytest.fixture(scope="session")
def report_of(ruleset: Ruleset) -> Callable[[str], Report]:
    """A function that extracts a text as a report of an invented township."""

    def run(text: str) -> Report:
        return extract(document_of(text), ruleset)

    return run


def document_of(text: str) -> Document:
    canonical, found, diagnostics = blocks(text)
    source = Source(path="case.txt", sha256="", media_type="text/plain")
    return Document(source=source, text=canonical, blocks=found, diagnostics=diagnostics)
