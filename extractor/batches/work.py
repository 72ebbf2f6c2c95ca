"""One file: read, extract, made into rows. Runs in a worker of any engine and never raises for a bad file."""

from __future__ import annotations

import hashlib
import traceback
from pathlib import Path
from time import perf_counter

import msgspec
from msgspec import Struct

from extractor import __version__
from extractor.batches.inputs import shown, stored
from extractor.batches.rows import rows, troubles
from extractor.batches.schema import STEPS
from extractor.errors import GoujiError
from extractor.model import Document, Paragraph, Source
from extractor.model.batch import DEFECT, MEMORY, READ, UNREADABLE, Job, Outcome
from extractor.output.messages import say
from extractor.pipeline import extract
from extractor.readers import read
from extractor.rules import Ruleset


class Orders(Struct, frozen=True, kw_only=True):
    """What a worker must know besides the file: the patterns in force, the language, and the limits of one file.

    ``seconds`` and ``megabytes`` (resident) are what one file may take before its worker is ended.
    """

    patterns: tuple[str, ...] = ()
    lang: str = "zh"
    seconds: float = 300.0
    megabytes: int = 2048

    def ruleset(self) -> Ruleset:
        return Ruleset([Path(p) for p in self.patterns], self.lang)


def recipe(ruleset: Ruleset) -> str:
    """What besides its bytes decides a report: a file is worked on again when this has changed."""
    parts = (__version__, ruleset.digest, ruleset.lang, str(len(STEPS)))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def work(job: Job, ruleset: Ruleset, made_by: str) -> Outcome:
    """Work on one file; whatever is wrong with it stands in the outcome. ``made_by`` is the ``recipe`` of the ruleset."""
    start = perf_counter()
    told = msgspec.structs.replace(job, address=stored(job.address))  # a name of odd bytes could not be sent back
    try:
        document = read(job.address, isolated=False)  # the engine watches this process
        source = msgspec.structs.replace(document.source, path=job.name)
        report = extract(msgspec.structs.replace(document, source=source), ruleset)
        findings, crashed = troubles(report)
        return Outcome(
            job=told,
            status=READ,
            seconds=perf_counter() - start,
            findings=findings,
            crashed=crashed,
            report=rows(report, made_by),
        )
    except GoujiError as error:
        return Outcome(job=told, status=UNREADABLE, reason=reason_of(error, job), seconds=perf_counter() - start)
    except MemoryError:
        return Outcome(job=told, status=MEMORY, reason=say(ruleset.lang, "batch_memory"), seconds=perf_counter() - start)
    except Exception as error:
        # A defect of gouji costs this file its place among the read ones; the place in the code is kept for who mends it.
        at = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{error} ({Path(at.filename).name}:{at.lineno})"
        reason = say(ruleset.lang, "defect", kind=type(error).__name__, what=what)
        return Outcome(job=told, status=DEFECT, reason=reason, seconds=perf_counter() - start)


def warm(ruleset: Ruleset) -> None:
    """Load patterns and models, so that the clock of the first file does not run for them."""
    text = "受理矛盾纠纷1件。"
    source = Source(path="", sha256="", media_type="text/plain")
    extract(Document(source=source, text=text, blocks=(Paragraph((0, len(text))),)), ruleset)


def reason_of(error: GoujiError, job: Job) -> str:
    """What is wrong and the way out; the file is named beside it anyway."""
    text = str(error).encode("utf-8", "replace").decode()
    for name in (job.address, shown(job.address), job.name):
        text = text.removeprefix(f"{name.encode('utf-8', 'replace').decode()}: ")
    return text
