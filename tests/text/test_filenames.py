"""Names of files as text, and as a system wants them."""

from __future__ import annotations

import pytest

from extractor.text.filenames import opened, shown, stored

DEEP = "\\".join(["年报资料"] * 60)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("C:\\年报\\a.docx", "C:\\年报\\a.docx"),
        (f"C:\\{DEEP}", f"\\\\?\\C:\\{DEEP}"),
        (f"C:/{DEEP}/./a.docx", f"\\\\?\\C:\\{DEEP}\\a.docx"),
        (f"\\\\服务器\\共享\\{DEEP}", f"\\\\?\\UNC\\服务器\\共享\\{DEEP}"),
        (f"\\\\?\\C:\\{DEEP}", f"\\\\?\\C:\\{DEEP}"),
    ],
)
def test_long_paths_on_windows(path, wanted):
    assert opened(path, windows=True) == wanted
    assert opened(path, windows=False) == path


@pytest.mark.parametrize(
    ("raw", "text"), [("青禾镇".encode(), "青禾镇"), ("青禾镇".encode("gb18030"), "青禾镇"), (b"\xff\x81", "\\xff\\x81")]
)
def test_names_that_are_bytes_are_shown_as_text(raw, text):
    assert shown(raw.decode("utf-8", "surrogateescape")) == text


@pytest.mark.parametrize("name", ["青禾镇", "\udcff\udc81.txt", "\ud800a"])
def test_stored_names_are_text_and_stay_as_they_are(name):
    once = stored(name)
    assert once.encode() and stored(once) == once and shown(name).encode()
