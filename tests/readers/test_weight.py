"""Long documents are read about as fast as pdfium gives their text, and in little memory."""

from __future__ import annotations

import pytest

from tests.benchmarks.papers import measured


@pytest.mark.slow
def test_five_hundred_pages():
    found = measured()
    assert found.megabytes < 300
    assert found.gouji < 2 * found.bare
