"""Reading in a process of its own, so that a hostile or broken file costs time and memory within bounds and nothing else.

``read_isolated`` starts the process, ends it when its time is over and turns whatever happens to it into a ``ReadError``.
Who reads inside worker processes of their own calls ``confine`` in each worker and ``read(…, isolated=False)``, and ends
a worker that is busy with one file for longer than ``Limits.seconds``.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from time import monotonic

import msgspec
import psutil

from extractor.errors import ReadError
from extractor.model import Document, Limits
from extractor.readers.limits import passed
from extractor.text.filenames import shown

CHILD = ("-m", "extractor.readers.child")
_LOOK = 0.2
_REMEDY = "请向报送单位重新索取，或用 WPS 打开后另存一份再读。"


class Task(msgspec.Struct):
    """What the process is to read."""

    path: bytes
    limits: Limits


class Answer(msgspec.Struct):
    """What it read, or the parts of the ``ReadError`` that it met."""

    document: Document | None = None
    failure: tuple[str, str, str] | None = None


def confine(limits: Limits) -> None:
    """Bind this process to the memory of ``limits`` where the system can (on Windows only who started it can watch it).

    It cannot be undone.
    """
    if sys.platform != "win32":
        import resource

        most = limits.memory_mb * 2**20
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def read_isolated(path: str, limits: Limits) -> Document:
    """Read the file or the archive member ``path`` in a process of its own.

    Raises ``ReadError`` as the reader does, and when the process ran out of time or memory or died.
    """
    if getattr(sys, "frozen", False) or not sys.executable:
        from extractor.readers import read

        return read(path, limits, isolated=False)  # a bundle has no interpreter to start
    name = shown(path)
    process = subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", *CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)},  # noqa: PTH109
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        answer = _watched(process, msgspec.json.encode(Task(os.fsencode(path), limits)), name, limits)
    finally:
        end(process)
    if process.returncode:
        raise ReadError(name, f"读取它的程序中途退出（{process.returncode}），文件可能已损坏，或占用内存太多。", _REMEDY)
    try:
        result = msgspec.msgpack.decode(answer, type=Answer)
    except msgspec.MsgspecError:
        result = Answer()
    if result.document is None:
        raise ReadError(*(result.failure or (name, "读取它的程序没有给出结果。", _REMEDY)))
    return result.document


def _watched(process: subprocess.Popen[bytes], task: bytes, name: str, limits: Limits) -> bytes:
    """The answer of the process, as long as it stays within its time and memory."""
    until = monotonic() + limits.seconds
    given: bytes | None = task
    while True:
        try:
            return process.communicate(given, timeout=_LOOK)[0]
        except subprocess.TimeoutExpired:
            given = None
        if monotonic() > until:
            raise passed(limits, name, "seconds", f"读了{limits.seconds}秒还没有读完")
        if _resident(process.pid) > limits.memory_mb * 2**20:
            raise passed(limits, name, "memory_mb", "读取它需要的内存太多")


def _resident(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0  # it has just ended


def end(process: subprocess.Popen[bytes]) -> None:
    """End the process and what it started."""
    if process.poll() is None:
        if sys.platform == "win32":
            with contextlib.suppress(psutil.Error):
                for child in psutil.Process(process.pid).children(recursive=True):
                    child.kill()
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
