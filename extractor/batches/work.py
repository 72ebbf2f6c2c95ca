"""One file: read, extract, made into rows. Runs in a worker of any engine and never raises for a bad file."""

from __future__ import annotations

import hashlib
import traceback
from pathlib import Path
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace

from extractor import __version__
from extractor.batches.rows import rows, troubles
from extractor.batches.schema import STEPS
from extractor.errors import GoujiError, NotAReport
from extractor.model import Document, Limits, Paragraph, Source
from extractor.model.batch import ASIDE, DEFECT, MEMORY, READ, UNREADABLE, Job, Outcome
from extractor.output.messages import say
from extractor.pipeline import extract
from extractor.readers import read
from extractor.rules import Ruleset
from extractor.text.filenames import shown, stored


class Orders(Struct, frozen=True, kw_only=True):
    """What a worker must know besides the file: the patterns in force, the language, and the limits of one file."""

    patterns: tuple[str, ...] = ()
    lang: str = "zh"
    limits: Limits = Limits()

    def ruleset(self) -> Ruleset:
        return Ruleset([Path(p) for p in self.patterns], self.lang)


def recipe(ruleset: Ruleset) -> str:
    """What besides its bytes decides a report: a file is worked on again when this has changed."""
    parts = (__version__, ruleset.digest, ruleset.lang, str(len(STEPS)))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def refused(made_by: str, limits: Limits) -> str:
    """What decides that a file could not be read: the ``recipe``, and the limits, which may have been raised since."""
    return hashlib.sha256(f"{made_by}|{limits}".encode()).hexdigest()[:16]


class Desk:
    """What one worker works with, loaded once."""

    def __init__(self, orders: Orders) -> None:
        self.orders, self.ruleset = orders, orders.ruleset()
        self.recipe = recipe(self.ruleset)

    def warm(self) -> None:
        """Load patterns and models, so that the clock of the first file does not run for them."""
        text = "受理矛盾纠纷1件。"
        source = Source(path="", sha256="", media_type="text/plain")
        extract(Document(source=source, text=text, blocks=(Paragraph((0, len(text))),)), self.ruleset)

    def work(self, job: Job) -> Outcome:
        """Work on one file; whatever is wrong with it stands in the outcome."""
        start = perf_counter()
        told = replace(job, address=stored(job.address))  # a name of odd bytes could not be sent back
        try:
            document = read(job.address, self.orders.limits, isolated=False)  # the engine watches this process
            report = extract(replace(document, source=replace(document.source, path=job.name)), self.ruleset)
            findings, crashed = troubles(report)
            made = rows(report, self.recipe)
            seconds = perf_counter() - start
            return Outcome(job=told, status=READ, seconds=seconds, findings=findings, crashed=crashed, report=made)
        except GoujiError as error:
            status, reason = ASIDE if isinstance(error, NotAReport) else UNREADABLE, reason_of(error, job)
        except MemoryError:
            status, reason = MEMORY, say(self.ruleset.lang, "batch_memory")
        except Exception as error:
            # A defect of gouji costs this file its place among the read ones; its place in the code is kept for who mends it.
            at = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{error} ({Path(at.filename).name}:{at.lineno})"
            status, reason = DEFECT, say(self.ruleset.lang, "defect", kind=type(error).__name__, what=what)
        return Outcome(job=told, status=status, reason=reason, seconds=perf_counter() - start)


def reason_of(error: GoujiError, job: Job) -> str:
    """What is wrong and the way out; the file is named beside it anyway."""
    text = str(error).encode("utf-8", "replace").decode()
    for name in (job.address, shown(job.address), job.name):
        text = text.removeprefix(f"{name.encode('utf-8', 'replace').decode()}: ")
    return text
