"""Which files a run works on: folders (with everything below), files, wildcards, and what is inside archives."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from extractor import reviews
from extractor.errors import GoujiError, why
from extractor.model.batch import ASIDE, UNREADABLE, Job, Outcome
from extractor.output.messages import say
from extractor.readers import members
from extractor.text.filenames import opened, shown, stored

STORE = "gouji.db"
_OWN = ("gouji.toml", reviews.NAME)  # what an auditor keeps beside the reports is none
_LITTER = ("Thumbs.db", "desktop.ini", ".DS_Store", "__MACOSX")


def find(arguments: Sequence[str | Path], without: Path, lang: str) -> list[Job | Outcome]:
    """Every file of the arguments, in order, each once.

    Parameters: ``arguments`` folders, files and wildcards; ``without`` a folder that is left out (the one written to).
    Returns jobs, and outcomes for what cannot even be listed (a folder without permission, a link in a circle): they are
    told like any file that could not be read. Raises ``GoujiError`` when an argument names nothing at all.
    """
    found: list[Job | Outcome] = []
    seen: set[str] = set()
    for argument in map(str, arguments):
        paths = [argument] if os.path.lexists(argument) else sorted(glob.glob(argument, recursive=True))  # noqa: PTH207
        if not paths:
            raise GoujiError(say(lang, "batch_nothing_there", path=shown(argument)))
        for path in paths:
            root = os.path.realpath(path)
            for entry in _walk(path, root, os.path.realpath(without), set(), lang):
                key = entry.address if isinstance(entry, Job) else f"?{entry.job.address}"
                if key not in seen:
                    seen.add(key)
                    found.append(entry)
    return found


def _walk(path: str, root: str, without: str, above: set[tuple[int, int]], lang: str) -> Iterator[Job | Outcome]:
    try:
        status = Path(opened(path)).stat()
        if not Path(opened(path)).is_dir():
            yield from _members(path, root)
            return
        if os.path.realpath(path) == without:
            return
        place = (status.st_dev, status.st_ino)
        if place in above:
            yield _unlisted(path, root, say(lang, "batch_circle"))
            return
        with os.scandir(opened(path)) as listing:
            names = sorted(e.name for e in listing if e.name not in (*_LITTER, *_OWN) and not e.name.startswith((".", "~$")))
    except OSError as error:
        key = "batch_circle" if error.errno == errno.ELOOP else "batch_not_listed"
        reason = say(lang, key, why=why(error, lang))
        yield _unlisted(path, root, reason)
        return
    if STORE in names:
        yield _unlisted(path, root, say(lang, "batch_own_folder"), ASIDE)
        return
    for name in names:
        yield from _walk(str(Path(path) / name), root, without, above | {place}, lang)


def _members(path: str, root: str) -> Iterator[Job]:
    real = str(Path(path).parent.resolve() / Path(path).name)
    base = str(Path(root).parent) if root == real or not Path(root).is_dir() else root
    for address in members(real):
        yield Job(address=address, name=_relative(address, base), root=stored(root))


def _relative(path: str, base: str, system: ModuleType = os.path) -> str:
    """A path as it is shown: relative to ``base``, its steps parted by ``/`` on every ``system``, as inside archives."""
    return shown(system.relpath(path, base).replace(system.sep, "/"))


def _unlisted(path: str, root: str, reason: str, status: str = UNREADABLE) -> Outcome:
    name = _relative(path, root) if path != root else shown(path)
    return Outcome(job=Job(address=path, name=name, root=stored(root)), status=status, reason=reason)
