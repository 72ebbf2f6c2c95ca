"""The clauses before a number that name what its own clause leaves out."""

from __future__ import annotations

import re

from extractor.facts.clause import ASPECT_MARK, Lexicon
from extractor.facts.context import Context

LONGEST_OBJECT = 12
_LONGEST_NOUN = 6
_TREATED = re.compile(r"^(?:针|应)?对(.+?)(?:进行|开展|实施|予以|作出|加以|集中|全面)")
_SAYS = re.compile(r"(?:均|都|全部|一律|也)?(?:为|是|系|属)(?![一-龥]{2,8}(?:提供|开展|办理))")  # 均为简易程序 names no matter
_IN_MATTERS = re.compile(r"(?<=..)(?:上|方面|这[一块头]块?)$")  # 案子上，全年立了57起
_CONCEDED = re.compile(r"(?<=..)再[^，。；]{1,4}[也都].*$")  # 经费再紧也要保
_FRAME = re.compile(r"围绕|依托|结合|按照|根据|针对|对照|聚焦|为")
_PERFORMED = re.compile("(?:进行|开展|实施|完成|接受|履行|落实|组织|经过)(?P<what>[\u4e00-\u9fff]{3,6})$")  # 进行合法性审查
_DEED = re.compile("[\u4e00-\u9fff]{2}.")
# 普法活动走进码头，共组织94场次; 执法经费随任务增长，全年安排58万元: a clause that opens with its matter.
_MATTER = re.compile(
    r"[\u4e00-\u9fff“”]{0,6}?(?:活动|培训|宣传|讲座|演练|经费|资金|费用|投资|纠纷|案件|信访件|诉求|工单|申请|提案|隐患)"
    r"(?=[^的、和与及等类量数])"
)
_MARKS = re.compile(r"[，：；（）]")


class Before:
    """Looks for the matter of a number in the clauses before it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def named(self, context: Context) -> str:
        """The matter that a clause of its own names before a bare verb (全镇矛盾纠纷，受理60件), or ''."""
        before = _last_clause(context)
        if _SAYS.match(before):
            return ""
        if match := _TREATED.match(before):
            noun = match[1].rpartition("的")[2]
            return noun if len(noun) <= LONGEST_OBJECT else ""
        core = self._lexicon.without_scope(self._lexicon.trim(before))
        if self._lexicon.anatomy(core).verb or len(core) > LONGEST_OBJECT:
            return ""
        core = _CONCEDED.sub("", _IN_MATTERS.sub("", core))
        if aspect := ASPECT_MARK.search(core):
            core = core[: aspect.start()]  # 旧文件翻了一遍
        named = len(core) >= 2 and not self._lexicon.preposition(core)
        return core if named and not self._lexicon.scope_only(core) else ""

    def opening(self, context: Context) -> str:
        """The matter that the clause before opens with, where it goes on to tell something of it, or ''."""
        core = self._lexicon.without_scope(self._lexicon.trim(_last_clause(context)))
        opened = _MATTER.match(core) if len(core) > _LONGEST_NOUN else None
        return opened.group() if opened and not self._lexicon.anatomy(opened.group()).verb else ""

    def again(self, context: Context, verb: str) -> str:
        """The deed that the clause before ends with, when a bare verb says it again (一律送法制审核，共审核15件), or ''."""
        clause = _last_clause(context)
        performed = _PERFORMED.search(clause) if clause.endswith(verb) else None
        said = performed["what"] if performed and verb != performed["what"] else clause[-2 - len(verb) :]
        told = clause.endswith(verb) and _DEED.match(said) and not self._lexicon.only_verbs(said)
        return said if told else ""

    def clause(self, context: Context) -> str:
        """The clause between the number before and the clause of this one, without lead-in; '' when it is no statement."""
        before = _last_clause(context)
        core = self._lexicon.trim(before)
        return core if len(core) >= 2 and not _FRAME.match(core) else ""

    def object(self, context: Context) -> str:
        """The object of the clause before a bare verb that nothing else tells about (推进“法律明白人”培育，新增17名)."""
        before = _last_clause(context)
        anatomy = self._lexicon.anatomy(self._lexicon.trim(before))
        told = anatomy.verb and anatomy.object and not self._lexicon.only_verbs(anatomy.object)
        return anatomy.object if told and len(anatomy.object) <= LONGEST_OBJECT else ""

    def fallback(self, context: Context, flow: str) -> str:
        """The clause before, when the number's own clause names nothing."""
        start = context.sentence[0]
        before = flow[start : max(start, context.clause - 1)].rstrip("，：；（")
        clause = _MARKS.split(before)[-1]
        core = self._lexicon.without_scope(self._lexicon.trim(clause))
        return core[-20:] if core else self._lexicon.noun_ahead(context.right)


def _last_clause(context: Context) -> str:
    """The clause between the number before and the clause of this one."""
    return _MARKS.split(context.gap[: len(context.gap) - len(context.left)].rstrip("，："))[-1]
