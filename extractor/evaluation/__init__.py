"""How well gouji does on annotated reports: for users who tune their own patterns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from extractor.errors import ReadError
from extractor.evaluation.gold import Gold, load
from extractor.evaluation.score import Score, score, summed
from extractor.pipeline import extract_file
from extractor.rules import Ruleset


def evaluate(folder: Path, ruleset: Ruleset) -> Iterator[tuple[Gold, Score]]:
    """Score every report of a folder that has a gold file.

    Parameters: ``folder`` with ``NAME.gold.json`` beside the report each names in ``doc``. Yields gold and score.
    Raises ``ReadError`` when the folder holds no gold file, or a gold file or its report cannot be read.
    """
    paths = sorted(p for p in folder.glob("*.gold.json") if not p.name.endswith(".pair.gold.json"))
    if not paths:
        raise ReadError(str(folder), "这个文件夹里没有标注文件（*.gold.json）。", "标注文件的写法见 docs/annotation.md。")
    for path in paths:
        try:
            gold = load(path)
        except (json.JSONDecodeError, KeyError, IndexError, TypeError, UnicodeDecodeError) as error:
            raise ReadError(str(path), f"标注文件有误（{error}）。", "请检查 JSON 格式和必填字段。") from None
        yield gold, score(gold, extract_file(path.parent / gold.doc, ruleset))


__all__ = ["Gold", "Score", "evaluate", "load", "score", "summed"]
