"""A county of invented townships put together: every finding of the summary has its cause in one of these reports."""

from __future__ import annotations

import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest

from extractor import reviews
from extractor.batches import run, summarise
from extractor.batches.outliers import scores
from extractor.batches.placing import told_by_name
from extractor.batches.work import Orders
from extractor.cli.batch import _summary
from extractor.cli.options import Settings
from extractor.output.county import Words
from extractor.rules import Ruleset
from tests.batches.conftest import in_this_process, text_of, write

NAMES = ["青禾", "石蓬", "柳桥", "南塘", "白沙", "云溪", "黄崖", "桐坪", "清水", "榕埔"]
OWN = (
    "\n（三）特色做法。{}镇在{}建成调解工作室{}个，聘请老支书、老党员和退休教师担任调解员，"
    "每逢圩日现场接待群众，把矛盾化解在家门口，群众评价很好，经验在周边推广。\n"
)


def report(name: str, year: int, accepted: int, **more) -> str:
    return text_of(f"临川县{name}镇", year, accepted=accepted, mediated=accepted, rate="100", **more)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder, out = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("out")
    for n, name in enumerate(NAMES):
        texts = {
            f"2022/{name}": report(name, 2022, 61 + 3 * n, events=11 + n),
            f"2023/{name}": report(name, 2023, 53 + 4 * n, events=12 + n),
        }
        write(folder, **texts)
    write(
        folder,
        # 青禾: a claim that its own report of last year contradicts.
        **{"2023/青禾": report("青禾", 2023, 53, events=12).replace("纠纷53件，", "纠纷53件，同比增长20%，")},
        # 石蓬: a value that stands out, a wrong rate; its text is copied by 南塘 with another name and the same figures.
        **{"2023/石蓬": report("石蓬", 2023, 5231, events=13).replace("100%", "97%") + OWN.format("石蓬", "石蓬村", 17)},
        **{"2023/南塘": report("南塘", 2023, 65, events=15) + OWN.format("南塘", "下塘村", 17)},
        # 柳桥: the same report as another file, spelt another way; 白沙: unreadable; 榕埔: none for 2022.
        **{"2023/柳桥（定稿）": "中共柳桥镇委员会\n" + report("柳桥", 2023, 61, events=14).replace("临川县", "")},
        **{"2023/白沙镇2023年法治政府建设年度报告": ""},
        # The county says less than its townships together.
        **{
            "县/临川县2022": text_of(
                "临川县", 2022, accepted=100, mediated=100, rate="100", events=155, materials=90000
            ).replace("全镇", "全县")
        },
    )
    (folder / "2023" / "白沙.txt").unlink()
    (folder / "2022" / "榕埔.txt").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extractor.batches.local.run", in_this_process)
        run([folder], out)
    return out


@pytest.fixture(scope="module")
def county(out):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extractor.batches.yearly._FEW", 99)  # so few and short: no processes
        return summarise(out, expected=("临川县东岭镇",))


def test_coverage(county):
    status = {(c.body, c.year): c.status for c in county.cells if c.status != "present"}
    assert status == {
        ("柳桥镇", 2023): "duplicate",
        ("白沙镇", 2023): "unreadable",
        ("榕埔镇", 2022): "missing",
        ("东岭镇", 2022): "missing",
        ("东岭镇", 2023): "missing",
    }
    assert county.columns == (("law-government", 2022), ("law-government", 2023))
    assert [b.name for b in county.bodies if b.level == "county"] == ["临川县"]
    [same] = [f for f in county.files if f.duplicate_of]
    assert {same.name, same.duplicate_of} == {"2023/柳桥.txt", "2023/柳桥（定稿）.txt"}


def test_what_only_some_send_is_missing_from_none(tmp_path, monkeypatch):
    write(tmp_path / "in", **{name: report(name, 2023, 53 + n, events=12) for n, name in enumerate(NAMES[:4])})
    write(tmp_path / "in", 总结="青禾镇2023年信访工作总结\n\n全年受理信访事项53件，办结53件，办结率100%。\n")
    monkeypatch.setattr("extractor.batches.local.run", in_this_process)
    run([tmp_path / "in"], tmp_path / "out")
    county = summarise(tmp_path / "out")
    assert len(county.columns) == 2 and len(county.cells) == 5
    assert {c.status for c in county.cells} == {"present"}


def test_findings_name_body_and_sentence(county):
    assert {(f.body, f.rule) for f in county.findings if f.rule.startswith("rate")} == {("石蓬镇", "rate.quotient")}
    [found] = [f for f in county.findings if f.rule == "rate.quotient"]
    assert "97%" in found.sentence and found.file == "2023/石蓬.txt" and found.year == 2023


def test_indicator_table_and_totals(county):
    [row] = [r for r in county.indicators if (r.indicator, r.year) == ("dispute.accepted", 2022)]
    own = [f.value for f in row.figures if f.body != "临川县"]
    assert len(own) == 9 and row.total == sum(own) and not row.incomplete and row.unit == "件"
    totals = {(t.indicator, t.year): t.status for t in county.totals}
    assert totals["dispute.accepted", 2022] == "exceeds"
    assert totals["pub.events", 2022] == "short"
    [rate] = [r for r in county.indicators if (r.indicator, r.year) == ("dispute.mediation_rate", 2022)] or [None]
    assert rate is None or rate.total is None


def test_outliers_are_few_and_right(county):
    values = [o for o in county.outliers if o.type == "value"]
    assert {(o.bodies, o.year) for o in values} == {(("石蓬镇",), 2023)}
    assert all(o.score > 3 for o in values) and "5231件" in {o.value for o in values}
    # 500 leaflets everywhere is a round number: no habit of one body, nothing that was copied.
    assert {o.type for o in county.outliers} == {"value"}


def test_every_report_is_held_against_last_years(county):
    assert county.compared == 8
    assert [(c.body, c.rule, c.severity) for c in county.changes if c.rule.startswith("claim")] == [
        ("青禾镇", "claim.growth", "error")
    ]
    [claim] = [c for c in county.changes if c.rule == "claim.growth"]
    assert "61件" in claim.last and "同比增长20%" in claim.this


def test_a_comparison_that_crashes_stops_no_other(out, monkeypatch, ruleset):
    def crash(*_):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("extractor.batches.yearly._FEW", 99)
    monkeypatch.setattr("extractor.batches.yearly._one", crash)
    monkeypatch.setattr("extractor.batches.yearly.recipe", lambda _: "another recipe")
    found = summarise(out)
    assert found.compared == 0 and {c.rule for c in found.changes} == {"crashed"} and len(found.changes) == 8
    assert Words(ruleset).change(found.changes[0]) == "核对程序出错：ZeroDivisionError: division by zero"


def test_copied_text_is_shown_with_its_figures_and_the_form_is_not(county):
    [pair] = county.copied
    assert {pair.one, pair.other} == {"石蓬镇", "南塘镇"}
    [passage] = pair.passages
    assert passage.figures == ("17",) and "圩日" in passage.one and "圩日" in passage.other
    assert county.boilerplate == 0


def test_the_summary_is_the_same_every_time(out, county):
    assert summarise(out, expected=("临川县东岭镇",)) == county


def test_workbook_json_and_pages(out, capsys):
    assert _summary(out, Orders(), (), Ruleset(), Settings())
    shown = capsys.readouterr().out
    assert "5231件" in shown and "✗" in shown and "石蓬镇与南塘镇" in shown.replace("南塘镇与石蓬镇", "石蓬镇与南塘镇")
    data = json.loads((out / "汇总.json").read_text(encoding="utf-8"))
    assert data["schema_version"] == "1.0" and len(data["files"]) == 21
    with zipfile.ZipFile(out / "汇总.xlsx") as book:
        names = book.read("xl/workbook.xml").decode()
        sheets = [book.read(n).decode() for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
        links = "".join(book.read(n).decode() for n in book.namelist() if n.startswith("xl/worksheets/_rels"))
    for name in ("报送情况", "问题清单", "问题统计", "指标表", "突出数字", "雷同文字", "县镇合计", "文件清单"):
        assert name in names
    assert len(sheets) == 10 and all("<autoFilter" in s and 'state="frozen"' in s and "<f>" not in s for s in sheets)
    assert "临川县人民政府-2022-法治政府建设年度报告" in links
    assert len(list((out / "reports").iterdir())) == 19
    index = (out / "index.html").read_text(encoding="utf-8")
    linked = {unquote(path) for path, _ in re.findall(r'href="(reports/[^"#]+)(#fp-[0-9a-f]+)?"', index)}
    assert linked == {f"reports/{p.name}" for p in (out / "reports").iterdir()}
    for path, print_ in re.findall(r'href="(reports/[^"#]+)#fp-([0-9a-f]+)"', index):
        assert f'data-fp="{print_}"' in (out / unquote(path)).read_text(encoding="utf-8")


def test_scores():
    values = [Decimal(v) for v in (1, 2, 3, 4, 100)]
    found = scores(values)
    assert found is not None and found[-1] > 3.5 > max(map(abs, found[:-1]))
    assert scores([Decimal(3)] * 9) is None
    some = scores([Decimal(3)] * 9 + [Decimal(9)])
    assert some is not None and some[-1] > 3.5


def test_what_was_dismissed_counts_no_more(out, county):
    [found] = [f for f in county.findings if f.rule == "rate.quotient"]
    folder = Path(next(f.path for f in county.files if f.name == found.file)).parent
    book = folder / "gouji-review.toml"
    one = reviews.Review(
        report="石蓬.txt", fingerprint=found.fingerprint, decision="dismissed", reason="口径不同", by="张三", date="2024-03-01"
    )
    reviews.write(book, [one])
    try:
        again = summarise(out)
    finally:
        book.unlink()
    [now] = [f for f in again.findings if f.rule == "rate.quotient"]
    assert now.severity == "info" and "口径不同" in (now.review or "")
    cells = {(c.body, c.year): c.findings for c in again.cells}
    assert cells["石蓬镇", 2023] == {(c.body, c.year): c.findings for c in county.cells}["石蓬镇", 2023] - 1
    [after] = [f for f in summarise(out).findings if f.rule == "rate.quotient"]
    assert after.severity == "error" and after.review is None


@pytest.mark.parametrize(
    ("name", "body", "year", "kind"),
    [
        ("白沙镇2023年法治政府建设年度报告.pdf", "白沙镇人民政府", 2023, "law-government"),
        ("法治政府建设年度报告/2022/白沙镇.doc", "白沙镇人民政府", 2022, "law-government"),
        ("县.zip!/2021年/政府信息公开年报/白沙街道.docx", "白沙街道办事处", 2021, "info-disclosure"),
        ("扫描件001.pdf", None, None, "other"),
    ],
)
def test_what_the_name_of_a_file_tells(ruleset, name, body, year, kind):
    found = told_by_name(name, ruleset)
    assert (found.org, found.year, found.kind) == (body, year, kind)
