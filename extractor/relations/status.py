"""Finished and pending make the accepted: 受理24件，办结22件，正在办理2件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from extractor.model import Fact, Relation
from extractor.model.fact import COUNT
from extractor.model.number import total
from extractor.model.slips import sum_slip
from extractor.relations.bind import bind
from extractor.relations.divisions import divided_by
from extractor.relations.figures import kin
from extractor.relations.scene import Scene
from extractor.rules import Ruleset

_INTAKE = re.compile(
    r"受理|承办|承接|接收|接到|收到|排查|立案|交办|转办|接办|新收|登记|发现|任务|对象|案件|积案|工单|事项|提交|申请|反馈|问题|隐患"
)
_AMONG = re.compile(r"(?:案件|事项|纠纷|申请|问题|隐患|的)中[，：]?[^，。；中]*$")
_CARRIED = re.compile(r"结转|遗留|上年(?:未|转)|年初|期初|跨年|加上|连同")
_DENIED = re.compile(r"(?:未|不|没有)([\u4e00-\u9fff]{2})")
REST = "余数"  # the values tie up, no word names the whole: such a relation can only confirm
BALANCE = "办结与在办"
BALANCES = (BALANCE, REST)
# What the words that are listed (patterns/lexicon/clause.toml) leave to grammar: 仍在规定期限内, 还有没结的, 办完, 已结.
# Each begins with a character of its own: so a search skips what begins with none of them.
_STILL = (
    "仍[在未]|尚[在未]|还[在未]|没[有能]?[办结审完调说修改化整处]|未[办结审完调改化整处取建拆修]|继续[办审整处推]|"
    "(?<![接招优对看])待[办审调整改化修处建核验]|等着|转[入到].年"
)
_ENDED = "已[结办审改修调拆]|办[完了]|结[完了]|审[完了]|改[完正]|修完|说成|入库|续建成|新建成|竣(?:建成|工)"
_SURE = re.compile(r"正在|仍在|在办|未办结|剩余|其余|尚有|未化解|未完成|未审结|待办|余下|尚未|办理中")


@lru_cache(maxsize=8)
def _words(ruleset: Ruleset) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = ruleset.lexicon
    pending = re.compile("|".join((*map(re.escape, (*lexicon["pending"], *lexicon["residual"])), _STILL)))
    finished = re.compile("|".join((*map(re.escape, lexicon["finished"]), _ENDED)))
    return pending, finished


def finished_or_pending(scene: Scene, index: int) -> bool | None:
    """True for a figure whose words say that it is finished, False for a pending one, None where they say neither."""
    if index not in scene.settled:
        pending, finished = _words(scene.ruleset)
        own = scene.lefts[index] + "|" + scene.rights[index]
        scene.settled[index] = False if pending.search(own) else True if finished.search(own) else None
    return scene.settled[index]


def took_in(words: str) -> bool:
    """Whether words say that what is counted came in (受理, 立案) and is dealt with."""
    return _INTAKE.search(words) is not None


def balances(scene: Scene) -> Iterator[Relation]:
    """Relations whole = finished + pending (+ …), one for each pending figure."""
    pending, finished = _words(scene.ruleset)
    for i, fact in enumerate(scene.facts):
        if not scene.levels[i]:
            continue
        own = scene.lefts[i] + "|" + fact.measure + "|" + scene.rights[i]
        if not pending.search(own):
            continue
        if fact.id in scene.part_of:
            yield from _aside(scene, i)
            continue
        sure = bool(_SURE.search(own))
        for done in scene.before(i):
            if scene.facts[done].id in scene.part_of or not _is_done(scene, done, finished):
                if "；" in scene.gaps[done] and _INTAKE.search(scene.facts[done].measure):
                    break  # a statement with an intake of its own: what stands before it is another matter
                continue
            if scene.facts[done].sentence != fact.sentence:
                break
            done = _counterpart(scene, done, i)
            found = _whole(scene, done, i, sure and not _others_between(scene, done, i))
            if found is not None:
                sure_of = _said(scene, done, i, sure) == found
                yield bind("sum", BALANCE if sure_of else REST, scene.facts[found], scene.facts[done], fact, closed=True)
            break


def _aside(scene: Scene, rest: int) -> Iterator[Relation]:
    """应考142人，参考141人（1人请假）: the rest stands in brackets behind those who were there, and ties up with them."""
    done = rest - 1
    if done < 0 or scene.gaps[rest][:1] != "（" or scene.part_of[scene.facts[rest].id] != scene.facts[done].id:
        return
    for k in islice(scene.before(done), 3):
        if scene.same_sentence(k, done) and scene.facts[k].value == scene.facts[done].value + scene.facts[rest].value:
            yield bind("sum", REST, scene.facts[k], scene.facts[done], scene.facts[rest], closed=True)
            return


def _others_between(scene: Scene, done: int, rest: int) -> bool:
    """Whether other figures stand between finished and pending, which may be further outcomes (维持9件、终止3件、未审结1件)."""
    like = scene.kins[rest]
    return any(
        scene.levels[k] and scene.kins[k] == like and scene.facts[k].id not in scene.part_of for k in range(done + 1, rest)
    )


def _counterpart(scene: Scene, done: int, rest: int) -> int:
    """The figure of the sentence whose very deed the rest denies (到期应办结197批次，实际办结197批次，…6批次未到期)."""
    denied = _DENIED.search(scene.lefts[rest] + "|" + scene.rights[rest])
    for k in scene.before(done):
        if not scene.same_sentence(k, done) or denied is None:
            break
        words = scene.lefts[k] + scene.facts[k].measure
        if denied[1] in words and denied[0] not in words and denied[1] not in scene.lefts[done]:
            return k
    return done


def _is_done(scene: Scene, index: int, finished: re.Pattern[str]) -> bool:
    behind = scene.rights[index]
    return bool(finished.search(scene.lefts[index]) or finished.match(behind) or finished.search(scene.facts[index].measure))


def _whole(scene: Scene, done: int, rest: int, sure: bool) -> int | None:
    """The accepted figure: one that ties up, else the nearest intake of the same sentence when the words are sure."""
    parts: list[Fact] = [scene.facts[done], scene.facts[rest]]
    made = total(p.interval for p in parts)
    candidates = [k for k in scene.before(done) if scene.kins[k] == kin(parts[0])]
    candidates.sort(key=lambda k: scene.facts[k].id in scene.part_of)  # wholes before the parts of lists
    tied = next((k for k in candidates[:8] if scene.facts[k].interval.meets(made)), None)
    if tied is None:
        return _said(scene, done, rest, sure)
    if not scene.one_statement(tied, done):
        # 被申请行政复议3件，…；行政诉讼案件2件，胜诉1件，另1件正在审理: of the matter of its own statement, but for a slip
        here = (k for k in candidates if scene.one_statement(k, done) and scene.facts[k].id not in scene.part_of)
        near = next(here, None)
        if near is not None and sum_slip(scene.facts[near], parts):
            return near
    return tied


def _said(scene: Scene, done: int, rest: int, sure: bool) -> int | None:
    """The accepted figure that the words point to, whether or not it ties up."""
    value = scene.facts[done].value
    flow, at = scene.passage.flow, scene.starts[done]
    if _CARRIED.search(flow, flow.rfind("。", 0, at) + 1, at):
        return None  # what was carried over is among the finished, too
    free = [k for k in scene.before(done) if scene.kins[k] == scene.kins[done] and scene.facts[k].id not in scene.part_of]
    for place, k in enumerate(free[:3]):
        own = scene.same_sentence(k, done) or (place == 0 and not any(scene.same_sentence(f, done) for f in free))
        large = scene.facts[k].value >= value or place == 0
        if own and sure and large and _INTAKE.search(scene.facts[k].measure):
            left_over = "结转" in scene.lefts[rest] + scene.rights[rest]
            more = value + scene.facts[rest].value > scene.facts[k].value
            return None if left_over and more else k  # 新收14件，办结14件，结转下年2件: some came over from the year before
    return None


_TELLING, _REACH = 10, 4
_BESIDE = ("、", "，", "和")
_OUTCOMES = (
    "准予|不予|未予|撤回|维持|撤销|变更|驳回|和解|终止|终结|中止|确认违法|责令履行|胜诉|败诉|撤诉|审结|未审结|未审|未结|建成|在建|"
    "新建|续建|消除|未消除|采纳|未采纳|部分采纳|解决|列入计划|解释说明|成功|失败|合格|不合格|不成|引导诉讼|予以公开|部分公开|"
    "无法提供|不支持|支持|部分支持|办结|未办结|在办|正在|尚在|待[判审决]|审理中|继续有效|保留|修改|修订|废止|失效"
)
_GRADE = re.compile(
    "^[，、；和及与]?(?:其中)?(?:评|获评|评定|确定|结果|等[级次])*为?“?(?:优秀?|良好?|中等?|差)”?(?:等[级次])?的?(?:有|为)?$"
)
_OUTCOME = re.compile(rf"^[，、；和及与并]?(?:其中)?(?:依法|已|主动|申请人|当事人|结果|原告|调解|[一二再终]审)*(?:{_OUTCOMES})")
_SETTLED = re.compile("[办审]结|结案|建成|解决|消除|成功|采纳$|支持$")  # outcomes that have outcomes of their own
_OUTCOME_WITHIN = re.compile(_OUTCOMES)


def outcomes(scene: Scene) -> Iterator[Relation]:
    """被申请复议4件，维持2件，和解1件，撤销1件: outcomes that follow their whole and share it out."""
    yield from _opposites(scene)
    i = 0
    while i < len(scene.facts) - 2:
        parts = _outcome_run(scene, i) if scene.levels[i] else []
        if len(parts) >= 2 and (relation := _shares_out(scene, i, parts)) is not None:
            yield relation
            i = parts[-1]
        i += 1
    yield from _shared_out(scene)


def _opposites(scene: Scene) -> Iterator[Relation]:
    """案件7件，一审5件、二审2件；胜诉6件，败诉1件: neighbours that name a division make a figure before them, however small."""
    for k in range(2, len(scene.facts)):
        first, second = scene.facts[k - 1], scene.facts[k]
        if not first.kind == second.kind == COUNT or scene.gaps[k][:1] not in _BESIDE or second.id in scene.part_of:
            continue
        if not (scene.levels[k - 1] and scene.levels[k] and scene.same_sentence(k - 1, k)):
            continue
        made = first.value + second.value
        like = first if scene.kins[k - 1] == scene.kins[k] else second  # 成功231件，书面协议88份、口头协议143件
        before = (w for w in scene.before(k - 1, like=like) if scene.same_sentence(w, k) and not scene.facts[w].approx)
        whole = next((w for w in islice(before, _REACH) if scene.facts[w].value == made), None)
        if whole is not None and divided_by([scene.lefts[k - 1], scene.lefts[k]], scene.ruleset):
            yield bind("sum", "结果", scene.facts[whole], first, second, closed=True)


def _shares_out(scene: Scene, index: int, run: list[int]) -> Relation | None:
    """The relation of a figure and the outcomes behind it, where they are its own and tie up, or are told in one row."""
    whole, parts = scene.facts[index], [scene.facts[k] for k in run]
    free = all(scene.part_of.get(p.id, whole.id) == whole.id for p in parts)
    if not free or whole.value < max(p.value for p in parts):
        return None
    tied = total(p.interval for p in parts).meets(whole.interval)
    own = scene.gaps[index].rpartition("：")[2]
    if not tied and _OUTCOME.match(own) and not _SETTLED.search(own):
        return None  # 予以公开7件，部分公开2件、不予公开1件…: itself an outcome, of a whole that stands elsewhere
    sure = run[-1] == index + len(run) and all(_OUTCOME.match(scene.gaps[k]) for k in run)
    told = sure and len(run) >= 3
    # 清理文件14件，继续有效7件、修改1件、废止3件: what becomes of each is one of a division that leaves nothing out.
    closed = tied or (told and divided_by([scene.lefts[k] for k in run], scene.ruleset) and sum_slip(whole, parts, sure=False))
    return bind("sum", "结果", whole, *parts, closed=closed or None) if tied or told else None


def _shared_out(scene: Scene) -> Iterator[Relation]:
    """发现隐患47条，当场整改39条、限期整改8条: the figures right behind a whole, joined by 、, make exactly it."""
    kins, levels, gaps = scene.kins, scene.levels, scene.gaps
    for i in range(len(scene.facts) - 2):
        whole = scene.facts[i]
        if not (levels[i] and kins[i] == kins[i + 1] == kins[i + 2] and gaps[i + 1].startswith(("，", "："))):
            continue
        if whole.value < _TELLING or whole.approx:
            continue
        parts: list[int] = []
        for k in range(i + 1, len(scene.facts)):
            same = levels[k] and kins[k] == kins[i] and scene.same_sentence(k, i)
            linked = not parts or gaps[k].startswith(("、", "和"))
            if not same or not linked or scene.facts[k].id in scene.part_of:
                break
            parts.append(k)
        if len(parts) >= 2 and sum(scene.facts[k].value for k in parts) == whole.value:
            yield bind("sum", "结果", whole, *(scene.facts[k] for k in parts), closed=True)


def _tells_outcome(scene: Scene, index: int) -> bool:
    if index not in scene.outcomes:
        left = scene.lefts[index]
        scene.outcomes[index] = bool(
            _OUTCOME.match(scene.gaps[index]) or _GRADE.match(left) or _OUTCOME_WITHIN.search(left + scene.rights[index])
        )
    return scene.outcomes[index]


def _denies(scene: Scene, index: int, whole: int) -> bool:
    denied = _DENIED.search(scene.lefts[index])
    return denied is not None and denied[1] in scene.lefts[whole] and denied[0] not in scene.lefts[whole]


def _outcome_run(scene: Scene, whole: int) -> list[int]:
    """The outcomes behind a whole; figures of other kinds (负责人出庭2次) may stand between."""
    run: list[int] = []
    sentence, like = scene.facts[whole].sentence, scene.kins[whole]
    for k in range(whole + 1, len(scene.facts)):
        if scene.facts[k].sentence != sentence:
            break
        if not scene.levels[k] or scene.kins[k] != like:
            continue
        if not _tells_outcome(scene, k) or _AMONG.search(scene.gaps[k]) or (not run and _denies(scene, k, whole)):
            break  # of another matter, a division of its own, or what was left beside the whole (审结4件，未审结1件)
        run.append(k)
    return run
