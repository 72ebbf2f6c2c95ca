"""Which single slip of the pen would explain a failed check. A hint only: no number is ever changed.

A clerk swaps two neighbouring digits, drops a digit or writes one twice, mistakes 元 for 万元, leaves an addend out or
counts it twice, or divides by the wrong year. A repair is named only when it is the only one of its sort that balances; of a
number that several failed checks share, the value that balances all of them is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from operator import itemgetter

from msgspec.structs import replace

from extractor.checks.equation import Equation
from extractor.checks.frame import Frame
from extractor.model import Check, Fact
from extractor.model.check import FAIL, PASS, UNVERIFIABLE
from extractor.model.compare import EXACT
from extractor.model.number import ZERO, plain

_WRITTEN = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_MYRIAD = Decimal(10_000)
_HUNDRED, _TEN, _LONG, _TWICE = Decimal(100), Decimal(10), 3, 11
_VALUE = itemgetter(0)
_WRITING = ("swapped", "doubled", "dropped", "unit")
# Checks whose numbers are bound by the words around them: what is bound wrongly shows by values that are far apart.
_ONE_MATTER = frozenset(
    ("sum.parts", "sum.balance", "sum.excess", "bound.part", "bound.pipeline", "bound.capacity", "rate.quotient", "table.prose")
)


def diagnose(frame: Frame, checks: list[Check]) -> list[Check]:
    """The same checks, the failed ones with the hint that explains them, where there is one."""
    checks = [_doubted(frame, c) for c in checks]
    shared = _shared(frame, checks)
    found = []
    for check in checks:
        equation = frame.equations.get(check.fingerprint) if check.status == FAIL else None
        if equation is not None:
            hint = shared.get(check.fingerprint) or _hint(frame, check, equation)
            rule = "unit.magnitude" if hint and check.type == "sum" and hint == _unit(frame, equation) else check.rule
            check = replace(check, hint=hint, rule=rule) if hint else check
        found.append(check)
    return found


def _doubted(frame: Frame, check: Check) -> Check:
    """The same check, or an open question where its two sides are so far apart that they may speak of two matters."""
    if check.status != FAIL or check.rule not in _ONE_MATTER or _near(*_sides(frame, check)):
        return check
    equation = frame.equations.get(check.fingerprint)
    if equation is not None and check.type != "bound" and any(_fitting(equation, sort) for sort in _WRITING):
        return check
    apart = _say(frame, "apart", frame.fact[check.facts[0]], "")
    return replace(check, status=UNVERIFIABLE, severity="info", hint=apart)


def _sides(frame: Frame, check: Check) -> tuple[Decimal, Decimal]:
    """The two values that should agree."""
    if check.reported is None or check.expected is None:
        whole, part = (frame.fact[f].value for f in check.facts[:2])
        return whole, part
    if check.type == "rate" and Decimal(check.reported) == _HUNDRED and len(check.facts) == _LONG:
        return frame.fact[check.facts[1]].value, frame.fact[check.facts[2]].value
    return Decimal(check.reported), Decimal(check.expected)


def _near(a: Decimal, b: Decimal) -> bool:
    """Whether a slip of the pen may lie between two values: a factor of two, a last digit, a lone digit written twice, or one
    digit of a long number.

    Figures further apart are more likely two matters than one mistake, and an accusation of them a false alarm.
    """
    low, high = sorted((abs(a), abs(b)))
    if high <= low * 2 or high - low < _TEN or not low or (low < _TEN and high == low * _TWICE):
        return True
    one, other = f"{plain(low):f}", f"{plain(high):f}"
    return len(one) == len(other) >= _LONG and sum(x != y for x, y in zip(one, other, strict=True)) == 1


def _unit(frame: Frame, equation: Equation) -> str | None:
    """The hint that 元 and 万元 were confused, where that is the one explanation."""
    found = _fitting(equation, "unit")
    return _say(frame, "unit", *found[0]) if len(found) == 1 else None


def _fitting(equation: Equation, sort: str) -> list[tuple[Fact, str]]:
    """The numbers that balance the check without one slip of a sort, each as it would be written."""
    return [found for i, fact in enumerate(equation.facts) for found in _fitting_at(equation, i, fact, sort)]


def _fitting_at(equation: Equation, index: int, fact: Fact, sort: str) -> Iterator[tuple[Fact, str]]:
    """Those of one number. What balances lies together around the value that is needed, so the search goes outwards from there
    and ends where nothing balances; it does not end within one of it, for that value is rounded."""
    rewritten = sorted(_rewritten(fact, sort), key=_VALUE)
    needed = equation.needed(equation.facts, index) if rewritten else None
    split = 0 if needed is None else bisect_left(rewritten, needed, key=_VALUE)
    for side in (rewritten[split:], rewritten[:split][::-1]):
        for value, number in side:
            if equation.with_value(index, value):
                yield fact, _as_written(fact, sort, number)
            elif needed is not None and abs(value - needed) > 1:
                break


def _hint(frame: Frame, check: Check, equation: Equation) -> str | None:
    for sort in _WRITING:
        fits = _fitting(equation, sort)
        if len(fits) == 1:
            fact, text = fits[0]
            return _say(frame, sort, fact, text)
        if fits:
            return None
    if check.type == "sum":
        return _addend(frame, equation)
    if check.rule == "growth.base":
        return _other_base(frame, equation)
    return None


def _rewritten(fact: Fact, sort: str) -> list[tuple[Decimal, str]]:
    """The ways a number reads without one slip of a sort: its value, and its figures (with the unit where that is the slip)."""
    written = _WRITTEN.search(fact.text)
    number = written.group().replace(",", "").replace("，", "") if written else ""
    others = dict.fromkeys(_SLIPS[sort](number)) if sort in _SLIPS else {}
    base = Decimal(number) if others or (number and fact.kind == "amount") else ZERO
    if not base or not fact.value:
        return []
    if sort == "unit":
        factor, unit = (1 / _MYRIAD, "元") if fact.text.rstrip("余多左右").endswith("万元") else (_MYRIAD, "万元")
        return [(fact.value * factor, number + unit)]
    scale = fact.value / base
    return [(Decimal(n) * scale, n) for n in others if n != number and (n[0] != "0" or n[1:2] == ".")]


def _as_written(fact: Fact, sort: str, number: str) -> str:
    """A number in the words of a fact."""
    return number if sort == "unit" else _WRITTEN.sub(number, fact.text, count=1)


def _swapped(number: str) -> Iterator[str]:
    places = [i for i, c in enumerate(number) if c != "."]
    for a, b in pairwise(places):
        digits = list(number)
        digits[a], digits[b] = digits[b], digits[a]
        yield "".join(digits)


def _one_less(number: str) -> list[str]:
    """Only a digit that stands twice in a row may have been doubled."""
    return [number[:i] + number[i + 1 :] for i in range(1, len(number)) if number[i] == number[i - 1]]


def _one_more(number: str) -> list[str]:
    """A lone digit with any other beside it explains too much."""
    ends = [(number[:i], number[i:]) for i in range(len(number) + 1)] if len(number) > 1 else []
    return [f"{start}{digit}{end}" for start, end in ends for digit in "0123456789"]


_SLIPS = {"swapped": _swapped, "doubled": _one_less, "dropped": _one_more}


def _addend(frame: Frame, equation: Equation) -> str | None:
    """The parts fall short by a figure of the same sentence, or exceed by one of themselves."""
    whole, *parts = equation.facts
    gap = whole.value - sum([p.value for p in parts], ZERO)
    if gap < 0:
        twice = [p for p in parts if p.value == -gap]
        return _say(frame, "twice", twice[0], "") if twice else None
    used = {f.id for f in equation.facts}
    beside = [
        f for f in frame.beside(whole) if f.id not in used and f.kind == whole.kind and f.unit == whole.unit and f.value == gap
    ]
    return _say(frame, "left-out", beside[0], "") if len(beside) == 1 else None


def _other_base(frame: Frame, equation: Equation) -> str | None:
    change, this, last = equation.facts
    needed = equation.needed(equation.facts, 0)
    if change.kind != "percentage" or this.kind == "percentage" or not this.value or needed is None:
        return None
    if change.interval.holds(abs(this.value - last.value) * _HUNDRED / this.value):
        return _say(frame, "base", this, f"{needed:f}%", number=change.text)
    return None


def _shared(frame: Frame, checks: list[Check]) -> dict[str, str]:
    """For failed checks that share a number: the number whose one other value balances all of them."""
    failed = {
        c.fingerprint: frame.equations[c.fingerprint] for c in checks if c.status == FAIL and c.fingerprint in frame.equations
    }
    sure = {f for c in checks if c.status == PASS and c.outcome == EXACT for f in c.facts}
    uses: dict[str, list[tuple[str, int]]] = {}
    for key, equation in failed.items():
        for i, fact in enumerate(equation.facts):
            uses.setdefault(fact.id, []).append((key, i))
    hints: dict[str, str] = {}
    ranked = sorted(uses.items(), key=lambda use: (-len(use[1]), use[0] in sure))
    for name, places in ranked:
        if len(places) < 2 or any(key in hints for key, _ in places):
            continue
        fact = frame.fact[name]
        for value, text in _candidates(fact, [(failed[k], i) for k, i in places]):
            if value != fact.value and all(failed[k].with_value(i, value) for k, i in places):
                hint = _say(frame, "shared", fact, text, count=len(places))
                hints.update((key, hint) for key, _ in places)
                break
    return hints


def _candidates(fact: Fact, places: list[tuple[Equation, int]]) -> Iterator[tuple[Decimal, str]]:
    for sort in ("swapped", "doubled", "unit"):
        for value, number in _rewritten(fact, sort):
            yield value, _as_written(fact, sort, number)
    for equation, index in places:
        needed = equation.needed(equation.facts, index)
        if needed is not None and needed > 0:
            yield needed, f"{needed:f}{fact.unit}"


def _say(frame: Frame, name: str, fact: Fact, value: str, *, number: str = "", count: int = 0) -> str:
    repair = frame.ruleset.repairs[name]
    text = repair.message if frame.ruleset.lang == "zh" else repair.message_en
    return text.format(measure=fact.measure, number=number or fact.text, value=value, count=count)
