"""Readers: a file in, a ``Document`` out. The format is told by content, never by the suffix (``formats.FORMATS``).

Archives hold several documents: ``members`` gives the address of each (``county.zip!/town.docx``), ``read`` reads one.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from extractor.errors import NotAReport, ReadError, why
from extractor.model import Diagnostic, Document, Limits
from extractor.readers import archive
from extractor.readers.formats import FORMATS, Format, format_of, misnamed
from extractor.readers.isolate import confine, read_isolated
from extractor.readers.limits import passed
from extractor.text.filenames import opened, shown


def read(path: str | Path, limits: Limits | None = None, isolated: bool = True) -> Document:
    """Read one file, or one file inside an archive.

    Parameters: ``path`` of the file, or an address that ``members`` gave; ``limits`` what it may take (by default those of
    ``Limits``); ``isolated`` whether formats that need a parser are read in a process of their own, which alone bounds
    time and memory (see ``isolate``). Returns its canonical text in paragraphs and tables.
    Raises ``ReadError`` (naming the file, what is wrong, and the way out) for a missing, empty, binary, damaged or
    unreadable file, and for one that passes a limit.
    """
    address, limits = str(path), limits or Limits()
    name, data = shown(address), content(address, limits)
    if isolated and data.strip() and format_of(name, data).isolated:
        del data
        return read_isolated(address, limits)
    return read_bytes(name, data, limits)


def read_bytes(name: str, data: bytes, limits: Limits | None = None) -> Document:
    """Read one file's content. ``name`` stands in messages and as the path of the source; errors as for ``read``."""
    if not data.strip():
        raise ReadError(name, "文件是空的。", "请向报送单位索取完整的文件。")
    found = format_of(name, data)
    if found.key == "zip":
        raise ReadError(name, f"这是压缩包，里面有{len(_inside(name, data, 1))}个文件。", "请逐个读取其中的文件。")
    if not found.report:
        raise NotAReport(name, f"这是 {found.name}，不是报告。", found.remedy)
    if not found.module:
        raise ReadError(name, f"暂不能读取这种格式（{found.name}）。", found.remedy)
    document = _parsed(found, name, data, limits or Limits())
    wrong = misnamed(name, found)
    if wrong:
        note = Diagnostic(code="wrong-suffix", message=f"文件名后缀是 {wrong}，内容却是{found.name}，已按内容读取。")
        document = replace(document, diagnostics=(note, *document.diagnostics))
    return document


def _parsed(found: Format, name: str, data: bytes, limits: Limits) -> Document:
    """The document as the format's module reads it. What a parser stumbles over is a fault of the file, and told as one."""
    try:
        document: Document = import_module(found.module).read(name, data, limits)
        return document
    except ReadError:
        raise
    except MemoryError:
        raise passed(limits, name, "memory_mb", "读取它需要的内存太多") from None
    except Exception as error:
        what = f"{type(error).__name__}: {error}"[:200]
        raise ReadError(name, f"读不了这个文件，内容可能已损坏（{what}）。", "请用 WPS 打开后另存一份再读。") from error


def members(path: str | Path) -> tuple[str, ...]:
    """What there is to read in a file: itself, or the address of every file in an archive (archives in archives too).

    A file that cannot be opened, or an archive that cannot be unpacked, stands for itself: reading it tells why.
    """
    name = str(path)
    try:
        with Path(opened(name)).open("rb") as file:
            if file.read(2) != b"PK":
                return (name,)
        data = Path(opened(name)).read_bytes()
        return _inside(name, data, 1) if format_of(name, data).key == "zip" else (name,)
    except (OSError, ReadError):
        return (name,)


def _inside(name: str, data: bytes, depth: int) -> tuple[str, ...]:
    found: list[str] = []
    with archive.open_zip(name, data) as opened:
        for shown, known in archive.member_names(opened).items():
            address = f"{name}{archive.INSIDE}{shown}"
            found.append(address)
            if not shown.lower().endswith(".zip") or depth >= archive.DEEPEST:
                continue
            try:
                inner = archive.unpack(address, opened, known)
                if format_of(address, inner).key == "zip":
                    found[-1:] = _inside(address, inner, depth + 1)
            except ReadError:
                continue  # its address stands in the list: reading it tells what is wrong
    return tuple(found)


def content(path: str | Path, limits: Limits | None = None) -> bytes:
    """The bytes of a file, or of a file inside an archive (an address that ``members`` gave). Raises ``ReadError``."""
    name, limits = shown(str(path)), limits or Limits()
    outer, inner = archive.split(str(path))
    path = Path(opened(outer))
    if path.is_dir():
        raise ReadError(name, "这是一个文件夹，不是报告文件。", "请给出其中的文件，或用 gouji batch 一次处理整个文件夹。")
    try:
        size = path.stat().st_size
        if size > limits.file_mb * 2**20:
            raise passed(limits, name, "file_mb", f"文件有{size // 2**20}兆字节")
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError(name, "找不到这个文件。", "请检查路径和文件名。") from None
    except OSError as error:
        raise ReadError(name, f"打不开这个文件（{why(error)}）。", "请检查它是否被其他程序占用、是否有权限。") from None
    for member in inner:
        data = archive.member(outer, data, member)
        outer = f"{outer}{archive.INSIDE}{member}"
    return data


__all__ = ["FORMATS", "Format", "confine", "content", "members", "read", "read_bytes"]
