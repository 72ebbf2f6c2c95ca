"""The words that open a breakdown list (其中、包括、分别为、按类型分、括号), the surest first."""

from __future__ import annotations

import re
from typing import NamedTuple


class Opener(NamedTuple):
    """Words that open a list; ``needs`` are characters of which all that ``pattern`` matches holds one."""

    name: str
    needs: frozenset[str]
    pattern: re.Pattern[str]


# What things are sorted by: 按类型分, 按受理层级，, 来源上看.
_VIEW = (
    r"(?:类[型别]|层级|来源|渠道|程序|对象|主体|领域|区域|地域|内容|性质|形式|方式|结果|结构|构成|级别|用途|年龄|学历"
    r"|途径|身份|行业|阶段)"
)

OPENERS = (
    Opener("其中", frozenset("其"), re.compile(r"其中")),
    Opener("分别为", frozenset("分依由"), re.compile(r"(?:分别|依次)(?:为|是|有|达)?|分为|由[^，]{0,20}(?:组成|构成)")),
    Opener(
        "按类分",
        frozenset("按从依以就论分上果"),
        re.compile(
            r"(?:^|[，；。（])(?:按|从|依|以|就)[^，、；]{1,14}(?:分|看|划分|来看|统计|区分|分类|而言|来说|论)|"
            r"(?:^|[；。])论[^，、；]{2,4}，|按[^，、；]{1,8}(?:划分|分)[：，]|(?:^|[，；。（])[^，、；。：]{0,8}(?<![部积十百充])分[^，、；。：\d]{1,4}：|"
            r"(?:分类|分领域|分类型)(?:来)?看?[：，]|(?:^|[。；])[^，、；。：]{2,6}结果(?:分别)?(?:为|是|如下)?：|"
            rf"(?:^|[，；。（])(?:按照?[^，、；。]{{0,6}}{_VIEW}(?=[，：])|[^，、；。]{{0,4}}{_VIEW}上(?:来?看|讲|说)?[：，]?)"
        ),
    ),
    Opener("按期", frozenset("季半"), re.compile(r"^[，：（；]?(?:第?[一二三四]季度|[上下]半年)(?!以来|共|累计|末)")),
    Opener("由…组成", frozenset("由"), re.compile(r"^，?由(?!于)|(?:^|[，。；])[^，。；、]{1,8}部分由(?!于)")),
    Opener(
        "包括",
        frozenset("包涵主具来即"),
        re.compile(
            r"(?<!不)包括|涵盖|主要(?:为|是|有|包括|涉及)|具体(?:为|是|来说|来看)|主要集中在|来源于|^[，：]?即(?![将时可每])"
        ),
    ),
    Opener(
        "含",
        frozenset("含涉"),
        re.compile(r"^[，（）]{0,2}(?:含(?!量)|内含|含有)|^[^，。；（]{0,14}（含(?!量)[^）]*$|^[，；]?涉及"),
    ),
    Opener("冒号", frozenset("："), re.compile(r"^(?:[，（]?[^，。；]{0,6})?：")),
    Opener("括号", frozenset("（"), re.compile(r"^(?:份|件|人|次)?（")),
    Opener(
        "构成",
        frozenset("中里"),
        re.compile(r"^[，；]?[^，。；、]{0,16}(?:中[，]?(?!心|队|小|介|药|医|央|层|共|国|期|学|”|等)|里(?:[头面]，?|，))"),
    ),
)

# The largest of several, told before the next ones (以物业纠纷427件居首，其后依次是…; 邻里纠纷最多，35件，其次是…).
RANKED = "居首"
NEXT = re.compile(
    r"^(?P<told>，?[^，；。]{0,10}?)[，；](?:排在)?(?:其[次后]|随后|再次|接下来|之后|后面|往后|紧随其后)"
    r"(?:的|依次|分别)*(?:是|为|有|依次)?"
)
