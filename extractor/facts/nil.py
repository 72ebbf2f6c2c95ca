"""What a declared zero says there was none of."""

from __future__ import annotations

import re

_HEAD = re.compile(
    r"^(?:保持|实现)?(?:均|从|再|也|尚)?(?:未|没有|无)(?:曾|再|新)?(?:发生|见|出现|引发|产生|发现|收到|接到|受理|制发|制定|出台|新?[出发](?=规范)|被提起|被申请|收取|办理)?(?:过|有)?(?:一[起件例人名宗份次个位户家处批笔条辆]|人(?=因|被|受)(?:因.{1,14}?(?=被|受))?)?"
)
_ZERO = re.compile(r"(?:均|都|全部|继续)*(?:为|是|保持)?“?零(?:发生|增长)?”?|^(?:保持|实现)|[“”]")
_BEHIND = re.compile(r"(?:均|都|也|一[起件]也?)?(?:没有|未|没)再?(?:发生|出现)过?$")
_LONGEST = 30


def nil_measure(phrase: str) -> str:
    """The measure of a declared zero: 未发生行政诉讼败诉案件 -> 行政诉讼败诉案件."""
    what = _HEAD.sub("", _BEHIND.sub("", phrase)) if "零" not in phrase else _ZERO.sub("", phrase)
    what = re.split(r"[，。；]", what)[0].strip("、")
    return (what or phrase)[:_LONGEST]
