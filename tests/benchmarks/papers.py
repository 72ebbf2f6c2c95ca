"""How fast PDF is read: the text of many pages without tables against bare pdfium, and the memory that it takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from time import process_time
from typing import NamedTuple

PAGES = 500
CORPUS = Path(__file__).resolve().parents[2] / "corpus"


class Measured(NamedTuple):
    """Processor seconds of bare pdfium and of gouji over the same file, and the most memory resident, in 2**20 bytes."""

    bare: float
    gouji: float
    megabytes: float


def measured() -> Measured:
    """Measure in a process of its own: what it took before does not count."""
    ran = subprocess.run([sys.executable, "-m", "tests.benchmarks.papers"], capture_output=True, text=True, check=True)
    return Measured(*json.loads(ran.stdout))


def long_pdf() -> bytes:
    """A PDF of ``PAGES`` pages of running text."""
    from extractor.readers import read
    from tests.readers.paper import pdf, set_out

    sheets = [s for path in sorted(CORPUS.rglob("*.txt")) for s in set_out(read(path)) if not s.lines]
    return pdf((sheets * (PAGES // len(sheets) + 1))[:PAGES])


def bare(data: bytes) -> int:
    """What pdfium alone takes: the text of every page."""
    import pypdfium2

    size = 0
    document = pypdfium2.PdfDocument(data)
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        size += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return size


def main() -> None:
    """Make the file elsewhere, read it here, print the measures as JSON."""
    import psutil

    from extractor.readers import read_bytes

    code = "import sys; from tests.benchmarks.papers import long_pdf; sys.stdout.buffer.write(long_pdf())"
    data = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    start = process_time()
    bare(data)
    middle = process_time()
    read_bytes("long.pdf", data)
    end = process_time()
    memory = psutil.Process().memory_info()
    most = getattr(memory, "peak_wset", None) or _peak()
    print(json.dumps([middle - start, end - middle, most / 2**20]))


def _peak() -> int:
    """The most memory this program has held, in bytes; Linux counts that of the program which started it into ``ru_maxrss``."""
    import re
    import resource

    status = Path("/proc/self/status")
    if status.is_file() and (own := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
        return int(own[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    main()
