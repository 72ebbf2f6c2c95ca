"""Text that one body's report shares with another body's: paragraphs, found by MinHash and confirmed by their own pieces.

Names of places and numbers are masked first, so that a paragraph taken from a neighbour is found although the name was
changed. A paragraph that many bodies share is the form's wording (a county hands out templates) and is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.batches.placing import Placed
from extractor.batches.store import Store
from extractor.model.compare import rounded
from extractor.model.county import Copied, Passage
from extractor.text.normalize import fold

SHORTEST = 60  # characters of a paragraph worth comparing
ALIKE = 0.8  # of the pieces of both paragraphs
SHARE = Decimal(10)  # percent of the shorter report from which a pair is told
FORM = 4  # more bodies than this, and more than a quarter of all, share it: the form's wording
_CELLS = " | "  # how rows of tables stand in the canonical text: forms are the same everywhere
_PIECE = 5  # characters
_HASHES = 64
_MOST_SHOWN = 20
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:镇|乡|街道|苏木|村|社区|县|区|市)")
_MARK = re.compile(r"[^\u4e00-\u9fffA-Za-z#]+")


class _Paragraph(NamedTuple):
    report: int
    line: int
    text: str
    pieces: frozenset[bytes]


_Pair = tuple[_Paragraph, _Paragraph, float]


def copied(store: Store, placed: Sequence[Placed]) -> tuple[list[Copied], int]:
    """Pairs of reports of different bodies (one kind) that share paragraphs, most first; and how many paragraphs were left
    out as the form's wording."""
    files = {f.report: f for f in placed if f.usable and f.place and f.report is not None}
    kinds: dict[str, list[int]] = defaultdict(list)
    for report, file in files.items():
        if report is not None and file.kind:
            kinds[file.kind].append(report)
    found: list[Copied] = []
    left = 0
    for kind in sorted(kinds):
        paragraphs = [p for r in sorted(kinds[kind], key=lambda r: files[r].name) for p in _paragraphs(store, r)]
        whole: dict[int, int] = defaultdict(int)
        for paragraph in paragraphs:
            whole[paragraph.report] += len(paragraph.text)
        alike, form = _alike(paragraphs, {r: files[r].body or "" for r in kinds[kind]})
        left += form
        for (a, b), candidates in alike.items():
            one, other = files[a], files[b]
            pairs = _one_to_one(candidates)
            characters = sum(min(len(x.text), len(y.text)) for x, y, _ in pairs)
            share = rounded(Decimal(100 * characters) / min(whole[a], whole[b]), 1)
            if share < SHARE or one.body is None or other.body is None:
                continue
            passages = tuple(
                Passage(one=x.text, other=y.text, alike=rounded(Decimal(str(s)), 2), figures=_figures(x.text, y.text))
                for x, y, s in pairs[:_MOST_SHOWN]
            )
            found.append(
                Copied(
                    kind=kind,
                    one=one.body,
                    one_year=one.year,
                    other=other.body,
                    other_year=other.year,
                    share=share,
                    characters=characters,
                    passages=passages,
                    one_report=a,
                    other_report=b,
                )
            )
    return sorted(found, key=lambda c: (-c.share, c.one, c.other)), left


def _paragraphs(store: Store, report: int) -> Iterable[_Paragraph]:
    [(text,)] = store.rows("SELECT text FROM reports WHERE id = ?", report)
    for number, line in enumerate(map(str.strip, str(text).split("\n"))):
        if len(line) < SHORTEST or _CELLS in line:
            continue
        masked = _MARK.sub("", _NUMBER.sub("#", _NAME.sub("@", fold(line))))
        pieces = frozenset(masked[i : i + _PIECE].encode() for i in range(len(masked) - _PIECE + 1))
        if len(pieces) >= SHORTEST // 2:
            yield _Paragraph(report, number, line, pieces)


def _alike(paragraphs: list[_Paragraph], bodies: dict[int, str]) -> tuple[dict[tuple[int, int], list[_Pair]], int]:
    """Pairs of alike paragraphs of different bodies, by pair of reports; and how many are the form's wording."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=ALIKE - 0.1, num_perm=_HASHES)
    sketches = []
    for number, paragraph in enumerate(paragraphs):
        sketch = MinHash(num_perm=_HASHES, seed=1)
        sketch.update_batch(sorted(paragraph.pieces))
        index.insert(number, sketch)
        sketches.append(sketch)
    limit = max(FORM, len(set(bodies.values())) // 4)
    pairs: dict[tuple[int, int], list[_Pair]] = defaultdict(list)
    form = 0
    for number, paragraph in enumerate(paragraphs):
        near: list[tuple[int, float]] = []
        sharing: set[str] = set()
        for other in sorted(index.query(sketches[number])):
            body = bodies[paragraphs[other].report]
            if body != bodies[paragraph.report] and (share := _share(paragraph.pieces, paragraphs[other].pieces)) >= ALIKE:
                near.append((other, share))
                sharing.add(body)
            if len(sharing) >= limit:
                break
        if len(sharing) >= limit:
            form += 1
            continue
        for other, share in near:
            if other > number:
                pairs[paragraph.report, paragraphs[other].report].append((paragraph, paragraphs[other], share))
    return pairs, form


def _one_to_one(candidates: list[_Pair]) -> list[_Pair]:
    """Each paragraph with the one it is most alike, longest first."""
    taken: set[tuple[int, int]] = set()
    pairs = []
    for one, other, share in sorted(candidates, key=lambda c: -c[2]):
        both = {(one.report, one.line), (other.report, other.line)}
        if not taken & both:
            taken |= both
            pairs.append((one, other, share))
    return sorted(pairs, key=lambda p: -len(p[0].text))


def _share(one: frozenset[bytes], other: frozenset[bytes]) -> float:
    return len(one & other) / len(one | other)


def _figures(one: str, other: str) -> tuple[str, ...]:
    """The numbers that both paragraphs state, in the order of the first."""
    theirs = set(_NUMBER.findall(fold(other)))
    return tuple(dict.fromkeys(n for n in _NUMBER.findall(fold(one)) if n in theirs))
