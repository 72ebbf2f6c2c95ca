"""Names shared out over several numbers: A、B分别为3件、5件; A、B各3件、5件; A、B为主，数量依次是3件、5件."""

from __future__ import annotations

import re

from extractor.facts.clause import Lexicon
from extractor.facts.context import Context
from extractor.facts.roles import LEVEL, Role

GENERIC = re.compile(r"(?:总)?(?:数|数量|总量|总数|面积|[人个件户批次处起宗场例份条家项名]数|批次|人次|件次)")
CALLED = re.compile(r"(?:系|为|是|属于?)(?P<what>[\u4e00-\u9fff（）“”]{2,14})")
"""What a part is, told behind its figure (其中78.44万元为非财政拨款资金)."""
JOINING = ("、", "和", "及", "与", "，", "、和")
_COMPARING = re.compile(r"(?:同比|环比|较上年|较去年|比上年|比去年|均|也|则)+$")
_CLAUSES, _NAMES = re.compile(r"[，。；：（）]"), re.compile(r"[、与]|和(?![解谐平])|及(?![格时])")
_FOREMOST = re.compile(r"^(?:[^、]*以)?(.*?)(?:为主|为多|居多)$")
_SHARES_OF = re.compile(r"占(.+?)的$")  # 分别占来访批次和人次的47.4%、49.0%
_LEVELS = re.compile(r"(.{1,3}?)[两二三四五六](级.*)$")
_NAMED_BEHIND = re.compile(r"（(?P<name>[^（）\d]{2,12})）[、，和及与]?")  # 依次为3件（城管）、5件（环保）
_SHARED = re.compile(r"分别|依次|各(?=$|[为有])")


def shared_names(contexts: list[Context], roles: list[Role], flow: str, lexicon: Lexicon) -> dict[int, str]:
    """A、B分别为3件、5件; A、B各3件、5件: which name belongs to which number; ``flow`` is the text of the passage."""
    names: dict[int, str] = {}
    shared = "分别" in flow or "依次" in flow or "各" in flow
    for i, context in enumerate(contexts):
        cue = _SHARED.search(context.gap) if shared else None
        if cue is None and context.mention.kind != "percentage":
            continue
        run = [i]
        for k in range(i + 1, len(contexts)):
            joined = contexts[k].gap in JOINING or (cue and _NAMED_BEHIND.fullmatch(contexts[k].gap))
            if not joined or contexts[k].sentence != context.sentence:
                break
            run.append(k)
        if cue is None and len(run) == 1:
            continue
        behind = [_NAMED_BEHIND.match(flow, contexts[k].behind) for k in run] if cue and len(run) > 1 else []
        if behind and all(behind):
            names.update((k, match["name"]) for k, match in zip(run, behind, strict=True) if match)
            continue
        before = _CLAUSES.split(context.gap[: cue.start()] if cue else context.gap)
        clause = _COMPARING.sub("", before[-1])
        if cue and len(before) > 1 and (not clause or GENERIC.fullmatch(clause)):
            clause = _FOREMOST.sub(r"\1", before[-2])
        clause = lexicon.without_scope(lexicon.trim(clause))
        found = [n for n in _NAMES.split(clause) if n]
        if cue and not found and (of := _SHARES_OF.match(context.gap[cue.end() :])):
            found = [f"占{n}" for n in _NAMES.split(of[1]) if n]
        if len(found) == len(run) > 1:
            levels_of = _LEVELS.match(found[-1])  # 国家、省、市、县四级交办
            head = found[-1][len(found[0]) :] if len(found[0]) <= 3 < len(found[-1]) else ""
            if levels_of:
                found[-1], head = levels_of[1], levels_of[2]
            names.update((k, name + head if len(name) <= 3 else name) for k, name in zip(run, found, strict=True))
        elif len(run) > 1 and not found and all(k - len(run) in names for k in run):
            names.update((k, names[k - len(run)]) for k in run)
        elif cue and len(run) > 1 and not found:
            levels = [k for k in range(i) if roles[k].kind == LEVEL and contexts[k].sentence == context.sentence]
            if len(levels) >= len(run):
                earlier = levels[-len(run) :]
                for k, source in zip(run, earlier, strict=True):
                    core = contexts[source].core
                    if core:
                        names[k] = lexicon.without_scope(core)
    return names
