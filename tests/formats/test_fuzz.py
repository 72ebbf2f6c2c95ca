"""Mutated files of every office format: each is read or refused with a reason, in bounded time, and never silently empty."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections.abc import Callable

import pytest

from extractor.errors import ReadError
from extractor.readers import members, read, read_bytes
from tests.conftest import CORPUS, document_of
from tests.formats import writers
from tests.readers.test_sheets import accounts, saved

REPORT = document_of((CORPUS / "develop" / "g04.txt").read_text(encoding="utf-8"))
ROUNDS = 40
SECONDS = 20


def packed(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("全县/云溪镇.docx", data)
        made.writestr("全县/说明.txt", REPORT.text.encode("gb18030"))
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "报告.docx": lambda: writers.to_docx(REPORT),
    "报告.html": lambda: writers.to_html(REPORT),
    "报告.htm": lambda: writers.to_old_html(REPORT),
    "报告.md": lambda: writers.to_markdown(REPORT),
    "报告.txt": lambda: REPORT.text.encode("gb18030"),
    "决算.xlsx": lambda: saved(accounts()),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes changed, lost, doubled or moved."""
    at, size = chance.randrange(len(data)), chance.randrange(1, max(2, len(data) // 8))
    kind = chance.randrange(5)
    if kind == 0:
        return data[:at]
    if kind == 1:
        return data[:at] + data[at + size :]
    if kind == 2:
        return data[:at] + data[at : at + size] + data[at:]
    if kind == 3:
        return data[:at] + bytes(chance.randrange(256) for _ in range(min(size, 64))) + data[at + 64 :]
    return data[:at] + data[at + size : at + 2 * size] + data[at : at + size] + data[at + 2 * size :]


def garbled(markup: bytes, chance: random.Random) -> bytes:
    """XML that stays well formed more often than not: values made absurd, tags renamed, stretches lost or doubled."""
    kind = chance.randrange(5)
    if kind == 0:
        spots = list(re.finditer(rb'="(\d+)"', markup))
        if spots:
            spot = chance.choice(spots)
            value = chance.choice([b"-1", b"0", b"999999999", b"99999999999999999999", b"x", b""])
            return markup[: spot.start(1)] + value + markup[spot.end(1) :]
    if kind == 1:
        tags = sorted(set(re.findall(rb"</?([\w:]+)", markup)))
        return re.sub(rb"(</?)" + chance.choice(tags) + rb"\b", rb"\1" + chance.choice(tags), markup) if tags else markup
    if kind == 2:
        elements = list(re.finditer(rb"<([\w:]+)(?: [^>]*)?>[^<]*</\1>", markup))
        if elements:
            spot = chance.choice(elements)
            return markup[: spot.start()] + spot.group() * chance.choice([0, 2, 50]) + markup[spot.end() :]
    if kind == 3:
        return markup.replace(b"<w:p>", b"<w:p><w:r><w:t>" + b"\xe4\xb8\x80" * 50 + b"</w:t></w:r></w:p><w:p>", 3)
    return damaged(markup, chance)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A zip with one of its parts garbled, its checksums right."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        likely = [n for n in names if re.search(r"document\.xml|numbering|styles|sheet1|workbook|\.rels", n)]
        victim = chance.choice(likely or names)
        for name in names:
            if name != victim or chance.random() > 0.1:
                new.writestr(name, garbled(old.read(name), chance) if name == victim else old.read(name))
    return out.getvalue()


def outcome(name: str, data: bytes) -> str:
    """``read`` or ``refused``; anything else is a failure of the test."""
    start = time.monotonic()
    try:
        document = read_bytes(name, data)
    except ReadError as error:
        assert error.reason and error.path == name
        result = "refused"
    else:
        assert document.text.strip() and document.blocks
        for block in document.blocks:
            assert 0 <= block.span[0] <= block.span[1] <= len(document.text)
        result = "read"
    assert time.monotonic() - start < SECONDS, f"{name} took too long"
    return result


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_mutated_files_are_read_or_refused(name):
    chance = random.Random(name)
    data = FILES[name]()
    assert outcome(name, data) == "read"
    results = {outcome(name, damaged(data, chance)) for _ in range(ROUNDS)}
    change = repacked if data.startswith(b"PK") else garbled
    results |= {outcome(name, change(data, chance)) for _ in range(ROUNDS * 2)}
    assert results == {"read", "refused"} or name in ("报告.md", "报告.txt", "报告.html", "报告.htm")


@pytest.mark.slow
def test_mutated_archives(tmp_path):
    chance = random.Random("zip")
    data = packed(FILES["报告.docx"]())
    path = tmp_path / "全县.zip"
    for _ in range(ROUNDS):
        path.write_bytes(damaged(data, chance))
        for address in members(path):
            try:
                assert read(address, isolated=False).text.strip()
            except ReadError as error:
                assert error.reason
