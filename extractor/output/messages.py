"""Every word that gouji itself says to people, in Chinese and English."""

from __future__ import annotations

_TABLE: dict[str, tuple[str, str]] = {
    "file": ("文件", "File"),
    "title": ("标题", "Title"),
    "org": ("单位", "Body"),
    "year": ("年度", "Year"),
    "kind": ("种类", "Kind"),
    "unknown": ("未识别", "unknown"),
    "year_suffix": ("{}年", "{}"),
    "read": ("读取", "Read"),
    "read_line": (
        "{characters}字，{sections}个标题，{tables}张表",
        "{characters} characters, {sections} headings, {tables} tables",
    ),
    "numbers": ("数字", "Numbers"),
    "numbers_line": (
        "共{numbers}处：事实{facts}，排除{aside}，未能读出{unread}；{checked}个事实参与核对",
        "{numbers} in all: {facts} facts, {aside} set aside, {unread} not read; {checked} facts entered a check",
    ),
    "aside": ("排除", "Set aside"),
    "unread": ("未读出", "Not read"),
    "findings": ("发现的问题", "Findings"),
    "no_findings": ("没有发现问题。", "No findings."),
    "notes": ("提示", "Notes"),
    "unverifiable": ("未能核对", "Not verifiable"),
    "passed": ("核对通过", "Passed"),
    "crashed": ("核对程序出错", "Crashed checks"),
    "formula": ("算式", "Formula"),
    "evidence": ("原文", "Text"),
    "place": ("位置", "Place"),
    "hint": ("可能", "Perhaps"),
    "page": ("第{}页", "page {}"),
    "error": ("错误", "error"),
    "warning": ("疑点", "warning"),
    "info": ("提示", "info"),
    "pass": ("通过", "pass"),
    "fail": ("不符", "fail"),
    "summary": (
        "{files}份报告：{failed}处不符（错误{errors}，疑点{warnings}），{passed}处通过，{unverifiable}处未能核对",
        "{files} reports: {failed} failed ({errors} errors, {warnings} warnings), {passed} passed, {unverifiable} open",
    ),
    "not_read": ("未能读取的文件", "Files that could not be read"),
    "rule_verifies": ("核对什么", "Verifies"),
    "rule_formula": ("公式", "Formula"),
    "rule_basis": ("依据", "Basis"),
    "rule_right": ("正确示例", "Right"),
    "rule_wrong": ("错误示例", "Wrong"),
    "rule_severity": ("级别", "Severity"),
    "rule_traps": ("易误报情形", "Known traps"),
    "not_built": ("未实现", "not built"),
    "no_such_rule": (
        "没有这条规则：{}。用 gouji rules 查看全部规则。",
        "No such rule: {}. Run gouji rules for the list.",
    ),
    "no_such_number": (
        "{path}: 文中没有“{number}”这个数字。",
        "{path}: the text does not hold the number '{number}'.",
    ),
    "fact": ("事实", "Fact"),
    "not_fact": ("不作为事实", "No fact"),
    "value": ("数值", "Value"),
    "interval": ("取值范围", "Interval"),
    "measure": ("计量对象", "Measure"),
    "indicator": ("指标", "Indicator"),
    "period": ("期间", "Period"),
    "status": ("状态", "Status"),
    "actual": ("本期实际", "actual"),
    "planned": ("计划", "planned"),
    "prior": ("上期", "prior"),
    "several_years": ("多年或未定", "several years or open"),
    "part_of": ("属于", "Part of"),
    "used_by": ("参与核对", "Used by"),
    "rule": ("规则", "Rule"),
    "pattern": ("读数规则", "Read by"),
    "section": ("章节", "Section"),
    "set_aside_by": ("按规则“{name}”（{id}）排除：{text}", "set aside by rule '{name}' ({id}): {text}"),
    "quoted": ("引号或书名号内的名称、口号", "a name or slogan in quotes"),
    "no-unit": ("数字后没有可识别的单位", "a number without a unit that can be read"),
    "small-number": ("一、二、三等只作指称、不作计数的小数", "a small numeral that names rather than counts"),
    "heading": ("标题中的数字", "a number in a heading"),
    "title-role": ("报告标题中的数字", "a number in the title"),
    "furniture": ("落款、日期、联系方式等页面要素", "signature, date and contact lines"),
    "duration": ("时间、期限", "a time or duration"),
    "age": ("年龄", "an age"),
    "grade": ("等级、届次", "a grade or session"),
    "score": ("分值", "a score"),
    "written": ("已写入 {}", "written to {}"),
}


def say(lang: str, key: str, **words: object) -> str:
    """The message ``key`` in ``lang`` (zh or en), filled with ``words``. Raises ``KeyError`` for an unknown key."""
    text = _TABLE[key][0 if lang == "zh" else 1]
    return text.format(**words) if words else text


def known(key: str) -> bool:
    """Whether there is a message of that key."""
    return key in _TABLE
