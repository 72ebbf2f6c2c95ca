"""Approximate numbers (约数): which words hedge a number, and the closed interval the number stands for.

Plain counts are exact; what is written in 万 or 亿, and every rate, amount and measure, stands for what rounds to it.
余 after 万 leaves less open than 余 before it: 20余万 is up to 30万, 20万余 up to 21万.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.model import Interval
from extractor.rules import Ruleset
from extractor.text.numerals import Numeral

_TENTH, _ZERO, _ONE = Decimal("0.1"), Decimal(0), Decimal(1)
_MYRIAD = Decimal(10000)
_COUNTED = ("count", "frequency")
_TAILS = frozenset("了的")  # may stand between a hedge and its number
_VERB = 12  # so far behind 至少 a number may stand, its verb between them


class Hedges:
    """Finds the hedge around a number in folded text."""

    def __init__(self, ruleset: Ruleset) -> None:
        before = {w: h.approx for h in ruleset.hedges.values() for w in h.before}
        after = {w: h.approx for h in ruleset.hedges.values() for w in h.after}
        self._before, self._after = before, after
        words = {w: "".join(f"(?<!{u})" for u in h.unless) + re.escape(w) for h in ruleset.hedges.values() for w in h.before}
        longest_first = sorted(words, key=len, reverse=True)
        ends = {w[-1] for w in words} | _TAILS
        by_end = {end: [words[w] for w in longest_first if w[-1] == end or end in _TAILS] for end in ends}
        self._before_by_end = {end: re.compile(f"({'|'.join(found)})[了的]?$") for end, found in by_end.items()}
        self._ahead = {w: h.approx for h in ruleset.hedges.values() for w in h.ahead}
        self._ahead_word = re.compile("|".join(self._ahead))
        self._ahead_re = re.compile(rf"({'|'.join(self._ahead)})[^，。；：、（）\d]{{1,{_VERB}}}$")
        self._after_starts = frozenset(w[0] for w in after)
        self._after_re = re.compile("|".join(sorted(map(re.escape, after), key=len, reverse=True)))

    def ahead(self, text: str) -> bool:
        """Whether a passage may hedge a number over a verb (至少组织3次)."""
        return self._ahead_word.search(text) is not None

    def around(self, text: str, start: int, end: int, *, ahead: bool) -> tuple[str | None, bool, int | None]:
        """The hedge of a number with its unit: one that starts behind it, else one that ends before it, ``ahead`` over a verb.

        Returns ``(approx, whether it stands before, where one behind it ends)``, all empty for none.
        """
        if text[end : end + 1] in self._after_starts and (match := self._after_re.match(text, end)):
            return self._after[match.group()], False, match.end()
        before = self._before_by_end.get(text[start - 1 : start])
        if before is not None and (match := before.search(text[max(0, start - 6) : start])):
            return self._before[match[1]], True, None
        if ahead and (match := self._ahead_re.search(text, max(0, start - _VERB - 4), start)):
            return self._ahead[match[1]], True, None
        return None, False, None


def interval(numeral: Numeral, kind: str, approx: str | None, *, open_ended: bool = False) -> Interval:
    """What a number may stand for.

    Parameters: ``numeral`` as written; ``kind`` of the fact; ``approx`` the hedge or None; ``open_ended`` true for
    超/逾 in front (no upper end), false for 余/多 behind (up to the next step of the last place).
    Returns a closed interval in the unit of the value; counts keep whole numbers.
    """
    if numeral.vague:
        return Interval(*numeral.vague)
    value = numeral.value
    if approx is not None:
        whole = kind in _COUNTED and numeral.places == 0
        inside = _ONE if whole else _ZERO
        if approx == "more":
            if open_ended:
                return Interval(value + inside, None)
            room = min(numeral.place, _MYRIAD) if numeral.scaled else numeral.place
            return Interval(value + inside, value + max(room, _ONE if whole else room) - (inside if room > 1 else 0))
        if approx == "less":
            return Interval(value * (1 - _TENTH), value - inside)
        if approx == "about":
            return Interval(value * (1 - _TENTH), value * (1 + _TENTH))
        if approx == "at_least":
            return Interval(value, None)
        if approx == "at_most":
            return Interval(_ZERO, value)
    return Interval(value, value) if stands_alone(numeral, kind) else numeral.rounding()


def stands_alone(numeral: Numeral, kind: str) -> bool:
    """Whether a number without a hedge stands for its value alone: counts do, and 0万元, for that says that there was none
    (0% may be a small share)."""
    if kind in _COUNTED and not numeral.scaled:
        return True
    return not numeral.value and numeral.places == 0 and kind != "percentage"
