"""Lines are broken as Chinese is printed."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from extractor.output.layout import listing, table, wrap

CHINESE = st.text(alphabet="受理矛盾纠纷件，。、（）“”0123456789.% ab÷→", max_size=120)


@given(CHINESE, st.integers(min_value=8, max_value=40))
def test_wrapping_keeps_every_character_within_the_width(text, width):
    lines = [line.plain for line in wrap(Text(text), width)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width and line == line.rstrip() for line in lines)


def test_a_number_and_its_mark_stay_together():
    lines = [line.plain for line in wrap(Text("受理矛盾纠纷12345件，办结（交办）107件。"), 16)]
    assert not any(line.startswith(("，", "）", "。")) or line.endswith("（") for line in lines)
    assert any("12345" in line for line in lines) and any("107" in line for line in lines)


def test_a_word_longer_than_the_line_is_broken():
    assert [line.plain for line in wrap(Text("a" * 25), 10)] == ["a" * 10, "a" * 10, "a" * 5]


def test_texts_stand_under_each_other():
    stream = io.StringIO()
    out = Console(file=stream, width=40)
    listing(out, [(Text("算式"), Text("244 ÷ 254 = 96.06%")), (Text("易误报"), Text("分母可能是到期数、参评数、有效件数。"))])
    table(
        out, [(Text("sum.parts"), Text("错误"), Text("分项之和等于总数，列表须完整。")), (Text("a"), Text("提示"), Text("甲"))]
    )
    assert stream.getvalue().splitlines() == [
        "算式   244 ÷ 254 = 96.06%",
        "易误报 分母可能是到期数、参评数、有效件",
        "       数。",
        "sum.parts  错误  分项之和等于总数，列表",
        "                 须完整。",
        "a          提示  甲",
    ]
