"""How a batch scales: ``python -m tests.benchmarks.batch [COUNT] [WORKERS]``, 10,000 synthetic reports and 2 by default.

One run over a fresh folder is watched from inside: rate, processor time and resident memory at marks along the way. The
yardstick is the pipeline alone on one core, warm (models loaded, hundreds of such reports seen), over reports it has not
seen. On a machine that others use too, processor seconds say more than seconds on the clock; both are printed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import psutil

from extractor.batches import run, summarise
from extractor.batches.store import NAME
from extractor.batches.work import Desk, Orders
from extractor.model.batch import Progress
from extractor.output.json import encode
from extractor.pipeline import extract
from extractor.readers import read
from tests.benchmarks.synthetic import write

SAMPLE = 300


class Mark(NamedTuple):
    """The state of a run when ``done`` files were told: seconds, processor seconds of all processes, megabytes of each."""

    done: int
    clock: float
    cpu: float
    resident: tuple[int, ...]


def pipeline_rate(folder: Path) -> tuple[float, float]:
    """Reports per second and per processor second of the pipeline alone, warm, reading and JSON included."""
    desk = Desk(Orders())
    made = write(folder, 2 * SAMPLE, seed=99)
    paths = [folder / f"{one.name}.txt" for one in made]
    for path in paths[:SAMPLE]:
        encode(extract(read(path), desk.ruleset))
    clock, cpu = perf_counter(), process_time()
    for path in paths[SAMPLE:]:
        encode(extract(read(path), desk.ruleset))
    return SAMPLE / (perf_counter() - clock), SAMPLE / (process_time() - cpu)


def watched(folder: Path, out: Path, workers: int, every: int) -> list[Mark]:
    """One run with a mark every so many files, printed as it comes (what a broken-off measurement has shown stays)."""
    spent: dict[int, float] = {}
    marks: list[Mark] = []
    me, start = psutil.Process(), perf_counter()
    print(f"{'reports':>8}{'s':>9}{'reports/s':>11}{'ms':>8}{'cpu ms':>8}  resident MB (parent, workers)")

    def look(step: Progress) -> None:
        if step.done % every and step.done not in (1, 100):
            return
        processes = [me, *me.children(recursive=True)]
        spent.update((p.pid, sum(p.cpu_times()[:2])) for p in processes)  # what ended workers spent stays counted
        resident = tuple(p.memory_info().rss >> 20 for p in processes if p.memory_info().rss >> 20 > 40)
        mark = Mark(step.done, perf_counter(), sum(spent.values()), resident)
        marks.append(mark)
        if len(marks) > 1:
            before = marks[-2]
            done, clock, cpu = mark.done - before.done, mark.clock - before.clock, mark.cpu - before.cpu
            figures = f"{done / clock:11.1f}{1e3 * clock / done:8.1f}{1e3 * cpu / done:8.1f}"
            print(f"{mark.done:8}{mark.clock - start:9.1f}{figures}  {' '.join(map(str, mark.resident))}", flush=True)

    run([folder], out, workers=workers, progress=look)
    return marks


def main(count: int = 10_000, workers: int = 2) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "in", Path(place) / "out"
        start = perf_counter()
        characters = sum(len(one.text) for one in write(folder, count))
        taken = perf_counter() - start
        print(f"{count} reports of {characters / count:.0f} characters written in {taken:.1f} s; {os.cpu_count()} cores")
        clock_rate, cpu_rate = pipeline_rate(Path(place) / "sample")
        print(
            f"pipeline alone, one core, warm: {clock_rate:.1f} reports/s, {cpu_rate:.1f} reports per processor second\n",
            flush=True,
        )
        start = perf_counter()
        marks = watched(folder, out, workers, max(100, count // 10))
        whole = perf_counter() - start
        steady = [m for m in marks if m.done in (100, count - count % max(100, count // 10))]
        if len(steady) == 2:
            cpu = (steady[1].done - steady[0].done) / (steady[1].cpu - steady[0].cpu)
            print(f"\nper processor second from the 100th on: {cpu:.1f} reports = {cpu / cpu_rate:.2f} x pipeline")
        rate = count / whole
        print(f"end to end {whole:.1f} s: {rate:.1f} reports/s = {rate / (workers * clock_rate):.2f} x {workers} x pipeline")
        start = perf_counter()
        run([folder], out, workers=workers)
        again = perf_counter() - start
        print(f"second run, nothing changed: {again:.2f} s, {whole / again:.0f} times as fast")
        size = sum(p.stat().st_size for p in out.glob(f"{NAME}*")) / count / 1e3
        print(f"store: {size:.1f} kB per report")
        if count <= 2_000:
            start = perf_counter()
            county = summarise(out)
            taken = perf_counter() - start
            print(f"summary: {taken:.1f} s ({county.compared} comparisons, {len(county.indicators)} indicator rows)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
