"""The format is told by content; archives are read as the several documents they hold, and never without bounds."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractor.errors import ReadError
from extractor.readers import archive, members, read
from extractor.readers.formats import format_of

TEXT = "云溪镇2023年度法治政府建设工作报告\n\n全年受理矛盾纠纷36件，调处成功35件。\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


class RawName(zipfile.ZipInfo):
    """A member whose name is written in GB18030 without a mark, as Chinese Windows packs it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def packed(inner: dict[str, bytes], encoding: str = "utf-8") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in inner.items():
            made.writestr(name if encoding == "utf-8" else RawName(name), data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n  %PDF-1.4\n", "pdf"),
        (packed({"word/document.xml": b"<x/>"}), "docx"),
        (packed({"xl/workbook.xml": b"<x/>"}), "sheet"),
        (packed({"OFD.xml": b"<x/>"}), "ofd"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "odt"),
        (packed({"a.txt": b"x"}), "zip"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "Workbook".encode("utf-16-le"), "sheet"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (OLE, "ole"),
        (rb"{\rtf1\ansi", "rtf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "html"),
        (b'<?xml version="1.0"?>\n<!-- saved -->\n<HTML>', "html"),
        (b"<div class=content><p>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mhtml"),
        (b"From: <Saved by Blink>\r\nSubject: =?utf-8?B?\r\n eA==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart", "mhtml"),
        ("主送: 各乡镇\nMIME-Version: 1.0".encode(), "text"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "wordxml"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (TEXT.encode("gb18030"), "text"),
        ("BM云溪镇".encode(), "text"),
    ],
)
def test_content_tells_the_format(data, key):
    assert format_of("报告.xyz", data).key == key


def test_markdown_is_told_by_its_suffix_or_its_headings():
    assert format_of("报告.md", TEXT.encode()).key == "markdown"
    assert format_of("报告.txt", f"# 报告\n\n## 一、做法\n\n{TEXT}".encode("gb18030")).key == "markdown"
    assert format_of("报告.txt", f"{TEXT}\n# 3 号楼\n#2 机组\n# 话题 #".encode()).key == "text"


def test_a_wrong_suffix_is_noted_and_read_anyway(tmp_path):
    path = tmp_path / "报告.docx"
    path.write_bytes(TEXT.encode())
    found = read(path)
    assert "36件" in found.text
    assert [d.code for d in found.diagnostics] == ["wrong-suffix"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_archive_is_read_as_the_documents_it_holds(tmp_path, encoding):
    path = tmp_path / "全县.zip"
    inner = {"云溪镇/2023年报告.txt": TEXT.encode(), "__MACOSX/x": b"x", "~$报告.docx": b"x"}
    path.write_bytes(packed(inner, encoding))
    assert members(path) == (f"{path}!/云溪镇/2023年报告.txt",)
    [address] = members(path)
    assert read(address).source.path == address
    assert "36件" in read(address).text


def test_archives_in_archives_are_entered_so_deep_and_no_deeper(tmp_path):
    data = packed({"报告.txt": TEXT.encode()})
    for depth in range(4):
        data = packed({f"{depth}.zip": data, "readme.txt": TEXT.encode()})
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    found = members(path)
    assert max(a.count(archive.INSIDE) for a in found) == archive.DEEPEST
    for address in found:
        if address.endswith(".txt"):
            assert "36件" in read(address).text


@pytest.mark.parametrize(
    "data",
    [
        packed({"a.txt": b"x"})[:-30],
        b"PK\x03\x04....",
        packed({"__MACOSX/x": b"x"}),
        packed({"bomb.txt": bytes(archive.FREE_UNPACKED + 1)}),
    ],
    ids=["cut", "no-zip", "empty", "bomb"],
)
def test_archives_that_cannot_be_unpacked_are_named(tmp_path, data):
    path = tmp_path / "坏.zip"
    path.write_bytes(data)
    assert members(path) == (str(path),)
    with pytest.raises(ReadError) as error:
        read(path)
    assert "坏.zip" in str(error.value) and error.value.remedy


def test_names_that_climb_out_of_an_archive_reach_nothing(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"../../etc/报告.txt": TEXT.encode()}))
    [address] = members(path)
    assert "36件" in read(address).text
    with pytest.raises(ReadError):
        read(f"{path}!/../../etc/passwd")


def test_a_member_with_a_damaged_checksum_is_named(tmp_path):
    data = bytearray(packed({"报告.txt": TEXT.encode()}))
    at = data.find(b"PK\x01\x02")
    data[at + 16] ^= 0xFF
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    with pytest.raises(ReadError, match="损坏"):
        read(f"{path}!/报告.txt")
