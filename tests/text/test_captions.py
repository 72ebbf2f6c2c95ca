"""Lines above a table that tell form, body and unit."""

from __future__ import annotations

import pytest

from extractor.text.captions import captioned


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("公开部门：清泉县水务局　　单位：元", ""),
        ("编制单位（盖章）：清泉县水务局  2023年度  金额单位：万元", ""),
        ("公开03表", ""),
        ("财决公开05表　部门：清泉县水务局", ""),
        ("（计量单位：件）", ""),
        ("填报单位：", ""),
        ("部门：　　单位：万元", ""),
        ("附表2", ""),
        ("支出决算表　　单位：万元", "支出决算表"),
        ("收入决算表 公开02表 部门：清泉县水务局 单位：万元", "收入决算表"),
        ("表2 支出决算表", "表2 支出决算表"),
        ("一、主管部门和单位", "一、主管部门和单位"),
        ("联系单位：清泉县水务局", "联系单位：清泉县水务局"),
        ("各单位：现将有关事项通知如下。", "各单位：现将有关事项通知如下。"),
    ],
)
def test_what_is_left_is_the_title(line, title):
    assert captioned(line) == title
