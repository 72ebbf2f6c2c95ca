"""Zip files: opened only when what they unpack to is bounded, and read as the several documents they hold.

A file inside an archive has an address, ``archive.zip!/folder/name.docx``; nothing is ever unpacked to the disk, so that
names that climb out of the archive do no harm.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from extractor.errors import ReadError
from extractor.text.filenames import opened

INSIDE = "!/"
MOST_MEMBERS = 20_000
MOST_UNPACKED = 1_000_000_000
"""Bytes that all members of one archive may unpack to together."""
MOST_RATIO = 200
"""How many times its size an archive may unpack to, once that is more than ``FREE_UNPACKED`` bytes."""
FREE_UNPACKED = 100_000_000
DEEPEST = 3
"""How many archives may stand inside one another."""

_REPACK = "请向报送单位索取完整的文件，或打开后重新保存、重新打包。"
_LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


def open_zip(name: str, data: bytes) -> zipfile.ZipFile:
    """The zip container of ``data``. Raises ``ReadError`` when it is damaged, or too large when unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, OSError) as error:
        raise ReadError(name, f"文件已损坏，不能解压（{error}）。", _REPACK) from None
    unpacked = sum(i.file_size for i in infos)
    if len(infos) > MOST_MEMBERS:
        raise ReadError(name, f"里面有{len(infos)}个文件，超过{MOST_MEMBERS}个的上限。", "请分成几个压缩包。")
    if unpacked > MOST_UNPACKED or unpacked > max(FREE_UNPACKED, MOST_RATIO * len(data)):
        raise ReadError(name, f"解压后有{unpacked // 1_000_000}兆字节，大得不像正常文件，没有读取。", _REPACK)
    return archive


def unpack(name: str, archive: zipfile.ZipFile, member: str) -> bytes:
    """The bytes of one member (its name as ``zipfile`` gives it). Raises ``ReadError`` when it is damaged or has a password."""
    try:
        return archive.read(member)
    except RuntimeError as error:  # what zipfile raises for a member with a password
        if "password" in str(error) or "encrypted" in str(error):
            raise ReadError(name, "压缩包有密码。", "请解压后再试。") from None
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise ReadError(name, f"压缩包已损坏，“{member}”不能解压（{error}）。", _REPACK) from None


def member_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The files of an archive: their readable name -> the name ``zipfile`` knows them by, litter of systems left out.

    Names that are not marked as UTF-8 are in GB18030 where Chinese Windows packed them, else in UTF-8 or code page 437.
    """
    found: dict[str, str] = {}
    for info in archive.infolist():
        if info.is_dir():
            continue
        shown = info.filename if info.flag_bits & 0x800 else _decoded(info.filename)
        parts = shown.replace("\\", "/").split("/")
        if any(p in _LITTER for p in parts) or parts[-1].startswith("~$"):
            continue
        found["/".join(parts)] = info.filename
    return found


def _decoded(name: str) -> str:
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def split(address: str) -> tuple[str, tuple[str, ...]]:
    """A file on the disk and the members to go through inside it: ``a.zip!/b.zip!/c.doc`` -> ``(a.zip, (b.zip, c.doc))``."""
    if INSIDE not in address or Path(opened(address)).exists():
        return address, ()
    outer, *inner = address.split(INSIDE)
    return outer, tuple(inner)


def member(name: str, data: bytes, inner: str) -> bytes:
    """The bytes of the file ``inner`` of the archive ``data``. Raises ``ReadError`` when there is none."""
    with open_zip(name, data) as archive:
        known = member_names(archive).get(inner)
        if known is None:
            raise ReadError(f"{name}{INSIDE}{inner}", "压缩包里没有这个文件。", "请检查路径和文件名。")
        return unpack(f"{name}{INSIDE}{inner}", archive, known)
