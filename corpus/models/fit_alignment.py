"""Fits what the features of extractor/comparisons/scores.py are worth and prints patterns/alignment.toml.

Run in a checkout: ``python corpus/models/fit_alignment.py FOLDER... > patterns/alignment.toml`` with folders that hold
``NAME.pair.gold.json``. ``--leave-out`` prints instead how well each pair of reports is aligned by what the others teach.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from extractor.comparisons.align import CERTAIN, assigned, levels
from extractor.comparisons.profile import Profiler
from extractor.comparisons.scores import company, features
from extractor.evaluation.pairs import load_pair, places
from extractor.pipeline import extract_file
from extractor.rules import Ruleset

NAMES = {
    "bias": "起点",
    "measure": "计量对象的词相同的比例",
    "measure_held": "较短的计量对象含于较长者的比例",
    "letters": "计量对象的字相同的比例",
    "clause": "所在分句的词相同的比例",
    "clause_held": "较短的分句含于较长者的比例",
    "context": "前后文的词相近的程度",
    "named": "计量对象、数字后的名词、分句中最相近的一对",
    "same_measure": "计量对象完全相同",
    "same_indicator": "目录中的同一指标",
    "only_indicator": "同一指标且两年各只有一处",
    "other_indicator": "目录中的不同指标",
    "near_unit": "单位相近而不相同",
    "nil": "一方是声明为零",
    "one_is_part": "只有一方是分项",
    "part": "分项类别相近的程度",
    "again": "只有一方是重复提到",
    "other_state": "一方已了结、一方未了结",
    "catalogue": "与目录中同一指标的常见写法相近",
    "size": "数值相差的倍数",
    "aside": "只有一方在问题部分",
    "around": "周围的数字彼此对应的程度",
    "best_around": "周围最相近的一对数字",
    "lead": "领先于最接近的竞争者",
    "score": "上一轮的得分",
}
ROUNDS = 3


def logistic(x, y, penalty=1.0):
    """Weights of a logistic regression with ridge penalty, the bias last, by Newton's method."""
    x = np.c_[x, np.ones(len(x))]
    weights = np.zeros(x.shape[1])
    ridge = penalty * np.r_[np.ones(len(weights) - 1), 0]
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + ridge * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge + 1e-9)
        weights -= np.linalg.solve(curve, slope)
    return weights


class Case:
    """One annotated pair of reports."""

    def __init__(self, path: Path, ruleset: Ruleset, profiler: Profiler) -> None:
        self.name = path.name
        gold = load_pair(path)
        reports = [extract_file(path.parent / name, ruleset) for name in (gold.last, gold.this)]
        self.last, self.this = (profiler.profiles(r, levels(r)) for r in reports)
        self.alone, self.fits = features(self.last, self.this, ruleset)
        rows, columns = ({p.fact.id: i for i, p in enumerate(side)} for side in (self.last, self.this))
        self.gold = len(gold.aligned)
        self.right = np.zeros(self.fits.shape)
        for last, this in places(gold, *reports):
            if last in rows and this in columns:
                self.right[rows[last], columns[this]] = 1

    def layers(self, score):
        found = self.alone if score is None else {**self.alone, **company(score, self.last, self.this)}
        return list(found), np.stack(list(found.values()), axis=2)


def fit(cases):
    """``[(names, weights)]``, one entry for each round."""
    fitted, scores = [], [None] * len(cases)
    for _ in range(ROUNDS):
        built = [case.layers(score) for case, score in zip(cases, scores, strict=True)]
        x = np.concatenate([values[case.fits] for case, (_, values) in zip(cases, built, strict=True)])
        y = np.concatenate([case.right[case.fits] for case in cases])
        weights = logistic(x, y)
        fitted.append((built[0][0], weights))
        scores = [judged(case, values, weights) for case, (_, values) in zip(cases, built, strict=True)]
    return fitted


def judged(case, values, weights):
    return np.where(case.fits, 1 / (1 + np.exp(-(values @ weights[:-1] + weights[-1]))), 0.0)


def final(case, fitted):
    score = None
    for _, weights in fitted:
        score = judged(case, case.layers(score)[1], weights)
    return score


def main() -> None:
    folders = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    ruleset = Ruleset()
    profiler = Profiler(ruleset)
    cases = [Case(p, ruleset, profiler) for f in folders for p in sorted(f.glob("*.pair.gold.json"))]
    if "--leave-out" in sys.argv:
        for case in cases:
            score = final(case, fit([c for c in cases if c is not case]))
            pairs = assigned(score, CERTAIN)
            hit = sum(case.right[i, j] for i, j in pairs)
            wrong = sum(not case.right[i, j] and case.right[i].any() + case.right[:, j].any() > 0 for i, j in pairs)
            print(f"{case.name}: of {case.gold} {hit:.0f} right, {wrong} wrong, {len(pairs) - hit - wrong:.0f} others")
        return
    worth = {name: [0.0] * ROUNDS for name in NAMES}
    for turn, (names, weights) in enumerate(fit(cases)):
        for name, weight in zip([*names, "bias"], weights, strict=True):
            worth[name][turn] = round(float(weight), 3)
    print("# What it is worth (log odds) that two facts of two years have something in common, for each round of judging")
    print(
        "# (extractor/comparisons/scores.py). Written by corpus/models/fit_alignment.py; fitted on annotated pairs of reports."
    )
    for name, label in NAMES.items():
        print(f'\n[[feature]]\nid = "{name}"\nname = "{label}"\nworth = {worth[name]}')


if __name__ == "__main__":
    main()
