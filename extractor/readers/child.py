"""The process that ``isolate.read_isolated`` starts: a ``Task`` on standard input, its ``Answer`` on standard output."""

from __future__ import annotations

import os
import sys

import msgspec

from extractor.errors import ReadError
from extractor.readers import confine, read
from extractor.readers.isolate import Answer, Task


def _answer(task: Task) -> Answer:
    try:
        return Answer(document=read(os.fsdecode(task.path), task.limits, isolated=False))
    except ReadError as error:
        return Answer(failure=(error.path, error.reason, error.remedy))


def main() -> None:
    """All of the work. What libraries print goes where errors go: it is no answer."""
    out = os.dup(1)
    os.dup2(2, 1)
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    confine(task.limits)
    with os.fdopen(out, "wb") as answer:
        answer.write(msgspec.msgpack.encode(_answer(task)))


if __name__ == "__main__":
    main()
