"""How fast gouji is: ``python -m tests.benchmarks [FOLDER …]`` (by default all texts of corpus/, and the real
reports beside the project where they are). One process, one core.

The yardsticks run over the same texts in the same run, so that their ratios mean the same on every machine: one regular
expression that finds digits, and word segmentation with the model that gouji itself uses. Nothing here is a test: a busy
machine must not fail anybody.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

from extractor import pipeline
from extractor.evaluation.pairs import load_pair
from extractor.model import Document
from extractor.output.json import encode
from extractor.readers import read
from extractor.rules import Ruleset
from extractor.text.words import model_path
from tests.benchmarks import wordfiles
from tests.benchmarks.papers import PAGES, measured

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
BESIDE = CORPUS.parents[1] / "shared" / "data"  # real reports, where they are: they tell far fewer figures than the corpus
STAGES = ("sections", "mentions", "facts", "indicators", "relations", "checks")
ROUNDS = 5
NUMBER = re.compile(r"[0-9０-９]+(?:[.,][0-9]+)*|[零〇一二两三四五六七八九十百千万亿]+")


def seconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Processor seconds of one run: the median of several, after one that warms up."""
    run()
    taken = []
    for _ in range(rounds):
        start = process_time()
        run()
        taken.append(process_time() - start)
    return statistics.median(taken)


def by_stage(documents: list[Document], ruleset: Ruleset) -> dict[str, float]:
    """Processor seconds of every stage of the pipeline over all documents, the JSON included."""
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, stage: Callable[..., object]) -> Callable[..., object]:
        def run(*words: object) -> object:
            start = process_time()
            result = stage(*words)
            spent[name] += process_time() - start
            return result

        return run

    kept = {name: getattr(pipeline, name) for name in STAGES}
    try:
        for name, stage in kept.items():
            setattr(pipeline, name, timed(name, stage))
        reports = [pipeline.extract(document, ruleset) for document in documents]
    finally:
        for name, stage in kept.items():
            setattr(pipeline, name, stage)
    start = process_time()
    for report in reports:
        encode(report)
    spent["json"] = process_time() - start
    return spent


def startup(words: list[str], rounds: int = 15) -> float:
    """Seconds on the clock until a command of the interpreter ends (median)."""
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        subprocess.run([sys.executable, *words], stdout=subprocess.DEVNULL, check=True)
        taken.append(perf_counter() - start)
    return statistics.median(taken)


def compare(folder: Path, documents: list[Document], ruleset: Ruleset) -> None:
    """Print how fast the pipeline and its yardsticks run over the texts of a folder, and how many facts these tell: a text
    costs the pipeline what its facts cost, and segmentation what its characters cost."""
    size = sum(len(d.text) for d in documents)
    start = process_time()
    facts = 0
    for document in documents:
        report = pipeline.extract(document, ruleset)
        encode(report)
        facts += len(report.facts)
    first = process_time() - start
    print(f"{folder.name}: {len(documents)} texts, {size} characters, {facts / size * 1000:.0f} facts in a thousand of them")
    print(f"median of {ROUNDS} runs on one core\n")
    whole = seconds(lambda: [encode(pipeline.extract(d, ruleset)) for d in documents])
    scan = seconds(lambda: [NUMBER.findall(d.text) for d in documents])
    rows = [("pipeline, first run", first), ("pipeline, warm", whole), ("one regular expression", scan)]
    if model_path().is_dir():
        import spacy_pkuseg

        words = spacy_pkuseg.pkuseg(str(model_path()))
        rows.append(("word segmentation", seconds(lambda: [words.cut(d.text) for d in documents], rounds=3)))
    else:
        print(f"No segmentation model in {model_path()}: word segmentation is not measured.\n")
    for name, taken in rows:
        print(
            f"{name:26}{taken * 1e3:10.1f} ms  {size / taken / 1e6:8.3f} M characters/s  {taken / whole:8.3f} x warm pipeline"
        )
    if len(rows) == 4:
        print(f"\nThe warm pipeline is {rows[3][1] / whole:.1f} times as fast as word segmentation over the same text.\n")


def main() -> None:
    """Measure and print."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    folders = [Path(word) for word in sys.argv[1:]] or [CORPUS, *(f for f in (BESIDE,) if f.is_dir())]
    ruleset = Ruleset()
    read_from = {folder: [read(path) for path in sorted(folder.rglob("*.txt"))] for folder in folders}
    for folder, documents in read_from.items():
        if not documents:
            sys.exit(f"No texts in {folder}.")
        compare(folder, documents, ruleset)
    documents = read_from[folders[0]]

    print("\nWhere the time of the warm pipeline goes")
    spent = by_stage(documents, ruleset)
    for name in (*STAGES, "json"):
        print(f"  {name:24}{spent[name] * 1e3:10.1f} ms  {spent[name] / sum(spent.values()):6.1%}")

    years = [load_pair(path) for path in sorted(CORPUS.rglob("*.pair.gold.json"))]
    if years:
        found = {p.name: p for p in CORPUS.rglob("*.txt")}
        pairs = [[pipeline.extract_file(found[name], ruleset) for name in (year.last, year.this)] for year in years]
        taken = seconds(lambda: [pipeline.compare(last, this, ruleset, force=True) for last, this in pairs], rounds=3)
        print(f"\nThis year against last year, both extracted: {taken / len(pairs) * 1e3:.0f} ms a pair of township reports")

    paper = measured()
    print(
        f"\nPDF of {PAGES} pages: {paper.gouji:.1f} s, {paper.gouji / paper.bare:.2f} times bare pdfium, "
        f"{paper.megabytes:.0f} MB of memory"
    )
    word = wordfiles.measured()
    print(f"Word file: {word.gouji * 1e3:.0f} ms, {word.gouji / word.bare:.2f} times bare python-docx")
    pause, shown = startup(["-c", "pass"]), startup(["-c", "from extractor.cli import main; main(['--help'])"])
    print(f"\ngouji --help {shown * 1e3:.0f} ms, python -c pass {pause * 1e3:.0f} ms: {shown / pause:.1f} times")


if __name__ == "__main__":
    main()
