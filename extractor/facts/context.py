"""The words around each number of a passage: what stands before it in its clause, what behind, and in which sentence."""

from __future__ import annotations

import re
from bisect import bisect_right

from extractor.facts.clause import Lexicon
from extractor.model import Mention, Passage
from extractor.text.stretches import LONGEST_SENTENCE

_SENTENCE = re.compile(r"[。！？…][。！？…]*[”’）]*")  # begins with one mark alone: so a search skips what is none
_BRACKETS = re.compile(r"〔(?!\d{4}〕)([^〔〕]*)〕")  # square brackets around words; those of 〔2024〕31号 stay
_LAST_MARK = re.compile(r"(?s:.*)[，。；：！？…]")
_BEHIND_STARTS = frozenset("（及或以左上余多门大关")
_BEHIND = re.compile(
    r"(?:（[次册本套只台条张人户件场]）)?(?:[及或]?以[上下内]|左右|上下|（含）以上|门槛|大关|关口)?(?:余|多(?![\u4e00-\u9fff\d])|多(?=的))?"
)
_AMONG = re.compile(r"中(?![心小队介药学共国央期层部标])")  # 已审结的7宗中维持6宗
_MARKS = "，。；：、！？（）…"
_ATTRIBUTES = re.compile(r"、[^，。；：、！？（）…]{2,12}的[^，。；：、！？（）…]{2,}")
_RIGHT_END, _ENDS = re.compile(f"[{_MARKS}]"), frozenset(_MARKS)


class Context:
    """One number in its clause.

    ``left``: from the last clause boundary (or the previous number) to the number; ``gap``: all from the previous
    number of the sentence; ``right``: from behind the number to the next boundary or number; ``depth``: open brackets;
    ``sentence``: [start, end) in the flow; ``first``: whether it is the first number of its sentence;
    ``core``: ``left`` without lead-in and copula.
    """

    __slots__ = ("behind", "clause", "core", "depth", "first", "gap", "left", "mention", "right", "sentence")

    def __init__(
        self,
        mention: Mention,
        flow: str,
        previous: int,
        following: int,
        sentence: tuple[int, int],
        depth: int,
        lexicon: Lexicon,
    ) -> None:
        self.mention = mention
        self.sentence, self.depth = sentence, depth
        self.first = previous <= sentence[0]
        start = max(previous, sentence[0])
        self.gap = left = flow[start : mention.start]
        if mark := _LAST_MARK.match(left):
            left = left[mark.end() :]
        if "（" in left or "）" in left:
            left = _in_brackets(left)
        self.left = left
        among = start > sentence[0] and left is self.gap and _AMONG.match(left)
        self.core = lexicon.trim(left[1:] if among else left)
        self.clause = mention.start - len(left)
        self.behind = mention.end
        if flow[mention.end : mention.end + 1] in _BEHIND_STARTS and (behind := _BEHIND.match(flow, mention.end)):
            self.behind = behind.end()
        self.right = ""
        if self.behind < following and flow[self.behind : self.behind + 1] not in _ENDS:
            self.right = _until_mark(flow[self.behind : min(following, sentence[1])])


def _in_brackets(left: str) -> str:
    """What stands behind the last open bracket of a clause, and behind a closing one whose other half stands before it."""
    opened = left.rfind("（")
    if opened >= 0 and "）" not in left[opened:]:
        left = left[opened + 1 :]
    closed = left.find("）")
    return left[closed + 1 :] if closed >= 0 and "（" not in left[:closed] else left


def _until_mark(right: str) -> str:
    """The words up to the next mark; brackets that they go on behind are passed over, and so is the mark between two
    attributes of one noun (名初次违规、当场改正的商贩)."""
    stop = _RIGHT_END.search(right)
    if stop is None:
        return right
    if stop.group() == "、" and (attributes := _ATTRIBUTES.match(right, stop.start())):
        return right[: attributes.end()]
    if stop.group() == "（" and stop.start() and (close := right.find("）", stop.start())) > 0:
        stop = _RIGHT_END.search(right, close + 1)
    return right[: stop.start()] if stop else right


def sentences(flow: str) -> list[int]:
    """Where each sentence of a passage ends (offsets behind 。！？ and closing marks).

    One that is too long to be one ends at its last pause before ``LONGEST_SENTENCE``.
    """
    ends = [m.end() for m in _SENTENCE.finditer(flow)]
    if not ends or ends[-1] < len(flow):
        ends.append(len(flow))
    if len(flow) <= LONGEST_SENTENCE:
        return ends
    cut: list[int] = []
    start = 0
    for end in ends:
        while end - start > LONGEST_SENTENCE:
            start = (
                max(flow.rfind(mark, start + 1, start + LONGEST_SENTENCE) for mark in "，；：、") + 1
                or start + LONGEST_SENTENCE
            )
            cut.append(start)
        cut.append(end)
        start = end
    return cut


class Paragraph:
    """One passage as its numbers are read: ``flow`` with one sort of brackets, and where its sentences end."""

    def __init__(self, passage: Passage) -> None:
        self.flow = _BRACKETS.sub(r"（\1）", passage.flow) if "〔" in passage.flow else passage.flow
        self.ends = sentences(self.flow)


def contexts(paragraph: Paragraph, mentions: list[Mention], lexicon: Lexicon) -> list[Context]:
    """The context of every mention of one paragraph, in order."""
    flow, ends = paragraph.flow, paragraph.ends
    result: list[Context] = []
    previous, sentence, depth = 0, (0, 0), 0
    bracketed = "（" in flow or "）" in flow
    followed = [m.start for m in mentions[1:]] + [len(flow)]
    for mention, following in zip(mentions, followed, strict=False):
        if mention.start >= sentence[1]:
            at = bisect_right(ends, mention.start)
            sentence = (ends[at - 1] if at else 0, ends[at] if at < len(ends) else len(flow))
        if bracketed:
            depth = flow.count("（", sentence[0], mention.start) - flow.count("）", sentence[0], mention.start)
        context = Context(mention, flow, previous, following, sentence, depth, lexicon)
        result.append(context)
        previous = context.behind
    return result
