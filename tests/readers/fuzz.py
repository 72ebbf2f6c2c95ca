"""Reads mutated files: ``python -m tests.readers.fuzz KEY SEED COUNT``. Prints a line for every result that must not be.

One process reads them all, so that a crash of a library ends it and an endless loop is seen from outside. Mutations: bytes
turned over, pieces cut out, doubled, moved, numbers made huge, the end cut off; in zips also inside the parts.
"""

from __future__ import annotations

import io
import random
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from extractor.errors import ReadError
from extractor.model import Limits
from extractor.readers import confine, ocr, read, read_bytes
from tests.readers.paper import ofd, pdf, ruled, set_out

ROWS = [["项目", "合计", "其中", "<"], ["^", "^", "基本支出", "项目支出"], ["教育", "30", "20", "10"], ["卫生", "6", "5", "1"]]
LIMITS = Limits(pages=50, memory_mb=3000)
CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "develop"


def sample(key: str) -> bytes:
    """A good file of a format."""
    sheets = [*set_out(read(CORPUS / "g01.txt"))[:2], ruled(ROWS, 200)]
    if key == "pdf":
        return pdf(sheets)
    if key == "pdf-plain":
        return pdf(sheets, pageCompression=0)
    if key == "ofd":
        return ofd(sheets)
    if key == "png":
        from PIL import Image

        out = io.BytesIO()
        Image.new("RGB", (60, 80), "white").save(out, "PNG")
        return out.getvalue()
    lines = (CORPUS / "g01.txt").read_text(encoding="utf-8").splitlines()
    if key == "docx":
        from docx import Document

        word, out = Document(), io.BytesIO()
        for line in lines[:20]:
            word.add_paragraph(line, style="List Number")
        table = word.add_table(len(ROWS), len(ROWS[0]))
        for r, row in enumerate(ROWS):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
        word.save(out)
        return out.getvalue()
    if key == "html":
        cells = "".join(f"<tr>{''.join(f'<td colspan=1>{c}</td>' for c in row)}</tr>" for row in ROWS)
        body = "".join(f"<p>{line}</p>" for line in lines[:20])
        return f"<html><title>{lines[0]}</title><body>{body}<table>{cells}</table></body></html>".encode()
    if key == "xlsx":
        import xlsxwriter

        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
            sheet = book.add_worksheet("表")
            for r, row in enumerate(ROWS):
                sheet.write_row(r, 0, row)
        return out.getvalue()
    return "\n".join(lines).encode()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One of the mutations of ``data``, or several."""
    if data.startswith(b"PK") and chance.random() < 0.6:
        return _inside(data, chance)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) or 1)
        size = chance.choice((1, 2, 8, 64, 1000))
        data = chance.choice(_WAYS)(data, at, size, chance)
    return data


def _inside(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as made:
        hit = chance.choice(whole.namelist())
        for name in whole.namelist():
            part = whole.read(name)
            made.writestr(name, mutated(part, chance) if name == hit else part)
    return out.getvalue()


def _huge(data: bytes, at: int, size: int, chance: random.Random) -> bytes:
    number = re.compile(rb"\d+").search(data, at)
    value = chance.choice((b"0", b"-1", b"99999999999", b"2147483647", b"1e308", b"nan"))
    return data if number is None else data[: number.start()] + value + data[number.end() :]


_Way = Callable[[bytes, int, int, random.Random], bytes]
_WAYS: tuple[_Way, ...] = (
    lambda data, at, size, chance: data[:at] + chance.randbytes(min(size, 8)) + data[at + min(size, 8) :],
    lambda data, at, size, chance: data[:at] + data[at + size :],
    lambda data, at, size, chance: data[:at] + data[at : at + size] * 3 + data[at + size :],
    lambda data, at, size, chance: data[at:] + data[:at],
    lambda data, at, size, chance: data[:at],
    _huge,
    _huge,
    _huge,
)


def main() -> None:
    """Read the mutated files and tell what went wrong."""
    key, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    ocr.available = lambda: False
    confine(LIMITS)
    good, chance = sample(key), random.Random(seed)
    seen: Counter[str] = Counter()
    for i in range(count):
        data = mutated(good, chance)
        try:
            document = read_bytes(f"{key}-{seed}-{i}", data, LIMITS)
        except ReadError as error:
            seen["refused"] += 1
            if error.__cause__ is not None:
                seen[f"stumbled: {error.__cause__!r}"[:100]] += 1
            continue
        except Exception as error:
            print(f"{key} {seed} {i}: {error!r}")
            continue
        seen["read"] += 1
        if not document.text.strip() or not document.blocks:
            print(f"{key} {seed} {i}: silently empty")
    print(dict(seen), file=sys.stderr)


if __name__ == "__main__":
    main()
