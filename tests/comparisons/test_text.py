"""Copied paragraphs and the sections of two years."""

from __future__ import annotations

SLOGAN = "坚持和发展新时代“枫桥经验”，推动矛盾纠纷就地化解，把问题解决在基层、化解在萌芽状态。"
FIGURES = "镇综合行政执法队全年开展巡查检查312次，发现问题隐患87处，下达整改通知书45份，责令限期整改并逐一销号。"
DATED = "2022年以来，全镇上下认真落实上级决策部署，扎实推进依法行政各项工作，取得了较好成效。"


def text(*paragraphs: str, year: int = 2022) -> str:
    return f"云溪镇{year}年度法治政府建设工作报告\n\n一、主要工作\n\n" + "\n\n".join(paragraphs)


def test_unchanged_paragraph_with_unchanged_figures(compared):
    found = compared(text(SLOGAN, FIGURES), text(SLOGAN, FIGURES, "全年受理矛盾纠纷72件。", year=2023))
    kinds = [(c.kind, [found.this.facts[n].text for n in c.numbers]) for c in found.copied]
    assert kinds == [("unchanged", []), ("unchanged", ["312次", "87处", "45份"])]
    assert {f.rule for f in found.findings()} == {"copied.figures", "change.same"}
    assert found.copied_share > 0.8


def test_only_the_figures_changed(compared):
    found = compared(text(FIGURES), text(FIGURES.replace("312", "340").replace("87", "92").replace("45", "51"), year=2023))
    assert [(c.kind, c.numbers) for c in found.copied] == [("figures", ())] and not list(found.findings())


def test_only_the_year_changed(compared):
    found = compared(text(DATED), text(DATED.replace("2022", "2023"), year=2023))
    assert [(c.kind, c.stale) for c in found.copied] == [("year", False)] and not list(found.findings())


def test_last_years_year_left_standing(compared):
    found = compared(text(DATED), text(DATED, "全年受理矛盾纠纷72件。", year=2023))
    assert [f.rule for f in found.findings()] == ["copied.stale"]


def test_other_words_are_not_copied(compared):
    found = compared(text(SLOGAN), text("健全行政执法监督机制，常态化开展案卷评查，规范执法文书制作和归档。", year=2023))
    assert not found.copied and found.copied_share == 0


def test_sections(compared):
    head = "云溪镇{}年度法治政府建设工作报告\n\n"
    last = "一、主要举措和成效\n\n甲。\n\n二、存在的问题\n\n乙。\n\n三、2023年工作打算\n\n丙。\n\n四、其他事项\n\n丁。"
    this = "一、主要举措及成效\n\n甲甲。\n\n二、2024年工作打算\n\n丙丙。\n\n三、重大事故处置\n\n戊。"
    found = compared(head.format(2022) + last, head.format(2023) + this)
    told = {(s.last_title, s.this_title): s.status for s in found.sections}
    assert told["一、主要举措和成效", "一、主要举措及成效"] == "renamed"
    assert told["三、2023年工作打算", "二、2024年工作打算"] == "kept"
    assert told[None, "三、重大事故处置"] == "new" and told["二、存在的问题", None] == "dropped"
    assert [f.rule for f in found.findings()] == ["section.lost"]


def test_lines_of_tables_are_no_paragraphs(compared):
    table = "项目 | 本年受理数量 | 本年办结数量 | 结转下年继续办理数量\n信访 | {} | 8 | 1\n热线 | 20 | 20 | 0"
    found = compared(text(table.format(9)), text(table.format(9) + "\n\n" + SLOGAN, year=2023))
    assert not found.copied
