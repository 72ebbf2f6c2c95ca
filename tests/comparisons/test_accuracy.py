"""The annotated pairs of reports: figures aligned, false claims caught, no true one accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.evaluation.pairs import evaluate_pairs
from tests.conftest import CORPUS, SHARED, needs_shared


def measured(folder: Path, ruleset) -> dict[str, float]:
    scores = list(evaluate_pairs(folder, ruleset))
    right, wrong, gold = (sum(getattr(s, name) for s in scores) for name in ("right", "wrong", "gold"))
    caught = [s.pairs[k] for s in scores for k in ("claims caught", "carry-over caught") if k in s.pairs]
    return {
        "precision": right / (right + wrong),
        "recall": right / gold,
        "missed": sum(of - hit for hit, of in caught),
        "alarms": sum(s.false_alarms for s in scores),
    }


@pytest.mark.slow
def test_pairs_to_develop_against(ruleset):
    found = measured(CORPUS / "develop", ruleset)
    assert found["precision"] >= 0.97 and found["recall"] >= 0.96, found
    assert found["alarms"] == 0 and found["missed"] == 0, found


@pytest.mark.slow
@pytest.mark.skipif(not any((CORPUS / "holdout").glob("*.pair.gold.json")), reason="no year pair is held back")
def test_pairs_held_back(ruleset):
    found = measured(CORPUS / "holdout", ruleset)
    assert found["precision"] >= 0.98 and found["recall"] >= 0.92, found
    assert found["alarms"] == 0 and found["missed"] == 0, found


@needs_shared
@pytest.mark.slow
def test_pairs_beside_the_project(ruleset):
    found = measured(SHARED / "dev", ruleset)
    assert found["precision"] >= 0.97 and found["alarms"] == 0 and found["missed"] == 0, found
