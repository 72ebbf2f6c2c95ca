"""Every format gives the facts and sections of the text."""

from __future__ import annotations

import pytest

from tests.formats import writers
from tests.formats.parity import parity

FORMATS = [
    (writers.to_docx, "报告.docx"),
    (writers.to_html, "报告.html"),
    (writers.to_old_html, "报告.htm"),
    (writers.to_markdown, "报告.md"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("writer", "name"), FORMATS, ids=[n for _, n in FORMATS])
def test_formats_say_what_the_text_says(writer, name, ruleset):
    share, differences = parity(writer, name, ruleset)
    assert share >= 0.99, differences
