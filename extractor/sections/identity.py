"""What a report is: title, reporting body, year and kind."""

from __future__ import annotations

import re
from collections import Counter

from extractor.model import ReportInfo
from extractor.rules import Ruleset

_BODY = re.compile(
    r"(?:中共[\u4e00-\u9fff]{2,16}?(?:委员会|党委|工委)[、和\s]*)?(?P<body>[\u4e00-\u9fff]{2,24}?(?:人民政府[\u4e00-\u9fff]{2,8}街道办事处|人民政府(?:办公室)?|街道办事处|管理委员会|管委会|办事处|"
    r"(?:管理|监督|司法|财政|教育|民政|公安|农业农村|水利|水务|交通运输|卫生健康|应急管理|综合行政执法|城市管理|自然资源|生态环境|住房和城乡建设|人力资源和社会保障|文化和旅游|发展和改革|市场监督管理|医疗保障|审计|统计|林业|信访|退役军人事务|行政审批服务|商务|科技|工业和信息化|税务|气象|乡村振兴)?局|"
    r"(?:健康|改革|工作|监督管理)委员会|税务局|开发区(?![\u4e00-\u9fff]{1,6}(?:街道|镇|乡|苏木))|司法所|总队|支队|大队|中心))"
)
_TOWNSHIP = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{1,22}?(?:民族乡|苏木|街道|[镇乡]))(?=20\d\d|二零|关于|法治|政府|信访|平安|综治|$|（|依法|工作|年度|推进)"
)
_COUNTY = re.compile(
    r"^(?P<body>[\u4e00-\u9fff]{2,10}?[县区市旗])(?=(?:关于)?20\d\d年?度?(?:推进)?(?:法治政府|政府信息公开|政府工作))"
)
_BYLINE = re.compile(
    r"（|—|[\u4e00-\u9fff]{2,30}会议上$|"
    r"(?:[\u4e00-\u9fff]{0,16}?)(?:镇长|乡长|县长|区长|市长|主任|局长|书记)[ \s][\u4e00-\u9fff\s]{2,6}$"
)
_SPEAKER = re.compile(r"代表(?P<body>[\u4e00-\u9fff]{2,24}?(?:人民政府|办事处))")
_NOT_BODY = re.compile(
    r"^(?:关于|印发|公布|年度?|度|20\d\d)|(?:[开布格大全结僵破当变危时]|复杂)局$|"
    r"^[我本该]?[省市县区镇乡]?(?:委|党委|人民政府|政府|办事处)(?:$|[、和及与])"
)
_NOT_NAMED = re.compile(r"[的是为把]|始终|面对|围绕|依法")  # words of a sentence, not of a body's name
# Words that lead up to a body in a sentence: 我代表…, 现公布…, 经…汇总, 请与…联系.
_LEAD = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,16}?(?:代表|现公布|现公开|结合|请联系)|经(?![开济贸信])|请与|由)(?=[\u4e00-\u9fff]{4})"
)
_ABOVE = re.compile(r"的?(?:坚强|正确|统一|有力)?(?:领导|指导|支持|关心)|工作|任务|大局|组")
_YEAR = re.compile(r"(20\d\d|二[零][零一二三四五六七八九]{2})(?!年?\d{1,2}月)年?")  # a date tells when it was said
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")}
_BODY_YEAR = re.compile(r"(20\d\d)年(?!\d{1,2}月)(?:度|以来|，|,|[\u4e00-\u9fff]{1,8}(?:镇|乡|街道|局|苏木|我|政府|全))?")
# 现将我镇2023年度法治政府建设工作情况报告如下: what a report without a title says it is.
_ANNOUNCED = re.compile(r"现(?:将|就|把)([^。；]{2,50}(?:报告|汇报|公布|公开|通报|总结))(?:如下|[：。，])")
_REVIEW = re.compile(r"回顾|总结|成效|完成情况|开展情况|主要工作")
_LATER = re.compile(r"打算|计划|安排|思路|下一?步|展望|目标")


def identify(
    title_lines: list[str], opening: list[str], headings: list[str], inner: list[str], closing: list[str], ruleset: Ruleset
) -> ReportInfo:
    """Title, body, year and kind.

    Parameters, all folded: ``title_lines`` the lines of the title; ``opening`` the first paragraphs; ``headings`` the
    titles of the first-level headings, ``inner`` of those below; ``closing`` the last lines (signature, date).
    """
    title = "".join(dict.fromkeys("".join(t.split()) for t in title_lines if not _BYLINE.match(t)))
    body_text = ["".join(t.split()) for t in opening]
    signature = ["".join(t.split()) for t in closing]
    return ReportInfo(
        kind=_kind(title, body_text, headings, inner, ruleset),
        title=title,
        org=_in_full(_org(title, body_text, signature, title_lines), body_text),
        year=_year(title, body_text, headings),
    )


def _kind(title: str, opening: list[str], headings: list[str], inner: list[str], ruleset: Ruleset) -> str:
    """What the title says; else what the opening announces or the first-level headings say, all headings by their own
    patterns, and the opening itself."""
    first = "".join(opening[:3])
    announced = _ANNOUNCED.search(first)
    titled = {k.id: k.title for k in ruleset.kinds.values()}
    headed = {k.id: k.headings for k in ruleset.kinds.values()}
    return (
        _told(titled, title)
        or _told(titled, announced[1] if announced else "", " ".join(headings))
        or _told(headed, " ".join((*headings, *inner)))
        or _told(titled, first)
        or "other"
    )


def _told(patterns: dict[str, tuple[str, ...]], *texts: str) -> str | None:
    """The first kind one of whose patterns stands in one of the texts."""
    return next(
        (kind for kind, own in patterns.items() if any(text and re.search(p, text) for p in own for text in texts)), None
    )


def _year(title: str, opening: list[str], headings: list[str]) -> int | None:
    """The year reported on: a report titled with the year it is given in (2024年政府工作报告) reviews the one before."""
    if match := _YEAR.search(title):
        year = _as_year(match[1])
        reviewed = (m for h in headings if (m := _YEAR.search(h)) and _REVIEW.search(h))
        return year - 1 if any(_as_year(m[1]) == year - 1 for m in reviewed) else year
    years = Counter(_as_year(m[1]) for text in opening for m in _BODY_YEAR.finditer(re.sub(r"《[^》]*》|〔[^〕]*〕", "", text)))
    opened = years.most_common(1)[0][0] if years else None
    for i, heading in enumerate(headings):
        if match := _YEAR.search(heading):
            year = _as_year(match[1])
            coming = _LATER.search(heading) or (i and opened == year - 1)  # 一、过去一年走过的路 …… 二、2024年要走的路
            return year - 1 if coming else year
    return opened


def _as_year(text: str) -> int:
    return int("".join(_DIGITS.get(c, c) for c in text))


def _org(title: str, opening: list[str], signature: list[str], lines: list[str]) -> str | None:
    for line in (*["".join(t.split()) for t in lines], title):
        if match := _best(_BODY, line):
            return match
    named = None
    for line in (*["".join(t.split()) for t in lines], title):
        if named := _best(_TOWNSHIP, re.sub(r"^(?:20\d\d年度?|二零[零一二三四五六七八九]{2}年度?)", "", line)):
            break
    if named is None and (county := _best(_COUNTY, title)):
        return county + "人民政府"
    full = next((m for s in reversed(signature) if (m := _best(_BODY, s, whole=True))), None)
    if named:
        if full and (full.startswith(named) or named[-4:] in full):
            return full
        return named + ("办事处" if named.endswith("街道") else "人民政府")
    if full:
        return full
    for line in opening:
        if match := _best(_BODY, line[:60], spoken=True):
            return match
    return None


def _in_full(org: str | None, opening: list[str]) -> str | None:
    """The body with its county, where the one who reports names it in full (我代表清河县云溪镇人民政府)."""
    spoken = (m["body"] for line in opening for m in _SPEAKER.finditer(line))
    return next((b for b in spoken if org and b.endswith(org)), org)


def _best(pattern: re.Pattern[str], line: str, *, whole: bool = False, spoken: bool = False) -> str | None:
    """The body that ``pattern`` finds: at the end of the line if ``whole``, inside a sentence if ``spoken``; None if none."""
    line = re.sub(r"^(?:中共[\u4e00-\u9fff]{2,16}?(?:委员会|工委|党委)[、和]?)(?=[\u4e00-\u9fff]{2,})", "", line)
    line = re.sub(r"^(?:20\d\d年度?|二零[零一二三四五六七八九]{2}年度?|第[一二三四五六七八九十]部分)", "", line)
    match = pattern.search(line)
    if match is None:
        return None
    body = re.sub(r"^(?:20\d\d年度?|二零..年度?|关于|报告单位[：:])", "", match["body"])
    if spoken:
        body = _LEAD.sub("", body)
        if _NOT_NAMED.search(body) or _ABOVE.match(line, match.end()):
            return None
    if _NOT_BODY.search(body) or len(body) < 3 or (whole and match.end() < len(line) - 2):
        return None
    return body
