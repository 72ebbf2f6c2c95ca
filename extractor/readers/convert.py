"""Older office formats brought to .docx by a program of its own: msdoc2docx for .doc, LibreOffice where it is installed.

Each runs in its own process with a time limit, in a folder that is deleted afterwards; neither touches the network.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from extractor.readers.isolate import end

_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


class ConversionError(Exception):
    """A converter did not bring forth a file; says why in a few words."""


def with_doc2docx(data: bytes, seconds: float) -> bytes:
    """A .doc (Word 97–2003) as .docx, by msdoc2docx in at most so many ``seconds``. Raises ``ConversionError``."""
    with _folder() as folder:
        source, target = Path(folder) / "in.doc", Path(folder) / "out.docx"
        source.write_bytes(data)
        if getattr(sys, "frozen", False) or not sys.executable:
            return _in_process(source, target)
        _run([sys.executable, "-P", "-X", "utf8", "-m", "doc2docx", str(source), "-o", str(target)], seconds)
        return _result(target)


def with_libreoffice(data: bytes, suffix: str, seconds: float) -> bytes:
    """A file of a format that LibreOffice knows as .docx. Raises ``ConversionError``, also where it is not installed."""
    program = libreoffice()
    if program is None:
        raise ConversionError("没有安装 LibreOffice")
    with _folder() as folder:
        source = Path(folder) / f"in{suffix}"
        source.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        options = ["--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile}"]
        _run([program, *options, "--convert-to", "docx", "--outdir", folder, str(source)], seconds)
        return _result(source.with_suffix(".docx"))


def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that is deleted afterwards; what a program on Windows still holds then stays for the system to clear."""
    return tempfile.TemporaryDirectory(prefix="gouji-", ignore_cleanup_errors=True)


def libreoffice() -> str | None:
    """The LibreOffice program on this machine; None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _in_process(source: Path, target: Path) -> bytes:
    """In a bundle there is no interpreter to start."""
    import doc2docx

    try:
        doc2docx.convert(source, target)
    except (doc2docx.errors.Doc2DocxError, ValueError, LookupError, ArithmeticError, OSError) as error:
        raise ConversionError(str(error)) from None
    return _result(target)


def _run(command: list[str], seconds: float) -> None:
    """Run a program in a session of its own, so that what it starts ends with it."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        _, complaint = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise ConversionError(f"{seconds:.0f}秒内没有转换完") from None
    finally:
        end(process)
    if process.returncode:
        words = complaint.decode("utf-8", "replace").strip().splitlines()
        raise ConversionError(words[-1][:200] if words else f"转换程序退出（{process.returncode}）")


def _result(target: Path) -> bytes:
    if not target.is_file():
        raise ConversionError("转换程序没有写出文件")
    return target.read_bytes()
