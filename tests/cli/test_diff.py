"""``gouji diff`` as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from extractor.cli import main
from extractor.output.comparison_text import sparkline

HEAD = "云溪镇{}年度法治政府建设工作报告\n\n一、主要工作\n\n"
LAST = HEAD.format(2022) + "全年受理矛盾纠纷60件，化解率95%。培育“法律明白人”84名。\n"
THIS = HEAD.format(2023) + "全年受理矛盾纠纷72件，同比增长20%，化解率96%。培育“法律明白人”90名。\n"
NEXT = HEAD.format(2024) + "全年受理矛盾纠纷90件，同比增长25%，化解率97%。培育“法律明白人”96名。\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = {"a.txt": LAST, "b.txt": THIS, "c.txt": NEXT, "wrong.txt": THIS.replace("20%", "30%"), "empty.txt": ""}
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
    return lambda *words: CliRunner().invoke(main, ["diff", *words])


def test_exit_codes(run):
    assert run("a.txt", "b.txt").exit_code == 0
    assert run("a.txt", "wrong.txt").exit_code == 1
    assert run("a.txt", "wrong.txt", "--fail-on", "never").exit_code == 0
    assert run("a.txt", "wrong.txt", "--ignore", "claim.growth").exit_code == 0
    assert run("a.txt").exit_code == 2
    assert run("a.txt", "empty.txt").exit_code == 2
    swapped = run("b.txt", "a.txt")
    assert swapped.exit_code == 2 and "次序反了" in swapped.stderr and "--force" in swapped.stderr
    assert run("b.txt", "a.txt", "--force").exit_code == 0


def test_text_shows_both_sentences_within_the_width(run):
    found = run("a.txt", "wrong.txt").stdout
    assert "claim.growth" in found and "(72 − 60) ÷ 60 = 20% ≠ 30%" in found
    assert "本年 全年受理矛盾纠纷72件" in found and "上年 全年受理矛盾纠纷60件" in found
    from rich.cells import cell_len

    assert max(map(cell_len, found.splitlines())) <= 80


def test_english(run):
    found = run("a.txt", "wrong.txt", "--lang", "en").stdout
    assert "is 60件 in last year's report and 72件 now" in found and "Figures side by side" in found


def test_json_keeps_its_schema(run):
    for files, name in ((("a.txt", "wrong.txt"), "diff"), (("a.txt", "b.txt", "c.txt"), "trend")):
        schema = json.loads(CliRunner().invoke(main, ["schema", name]).stdout)
        found = json.loads(run(*files, "--format", "json").stdout)
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(found)
    assert found["years"] == [2022, 2023, 2024]
    assert ["60", "72", "90"] in [s["values"] for s in found["series"]]


def test_json_is_the_same_each_time(run):
    assert run("a.txt", "b.txt", "--format", "json").stdout == run("a.txt", "b.txt", "--format", "json").stdout


def test_csv_for_spreadsheets(run):
    found = run("a.txt", "wrong.txt", "--format", "csv", "-o", "out.csv")
    assert found.exit_code == 1
    data = Path("out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") >= 3
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    row = next(r for r in rows if r["计量对象"] == "受理矛盾纠纷")
    assert (row["上年数"], row["本年数"], row["增减数"], row["增减幅度（%）"]) == ("60", "72", "12", "20")
    assert "30%" in row["问题"] and row["级别"] == "错误"
    assert row["指标"] == "受理矛盾纠纷数"  # as the catalogue calls it, not its id


def test_three_years_show_a_curve(run):
    found = run("a.txt", "b.txt", "c.txt")
    assert found.exit_code == 0 and "各年数字（2022年 2023年 2024年）" in found.stdout
    assert any(line.startswith(sparkline([60, 72, 90])) and "90" in line for line in found.stdout.splitlines())


@pytest.mark.parametrize(
    ("values", "curve"),
    [([1, 2, 3], "▁▄█"), ([5, 5], "▄▄"), ([None, 1, 8], " ▁█"), ([Decimal(90), Decimal(94), Decimal(99)], "▁▄█")],
)
def test_sparkline(values, curve):
    assert sparkline(values) == curve


MONEY_LAST = HEAD.format(2022) + "全年罚款1.86万元。公开栏公布村级重点工程项目招标投标及资金使用监督管理信息4条。\n"
MONEY_THIS = (
    HEAD.format(2023) + "全年罚款2.15万元。公开栏公布村级重点工程项目招标投标及资金使用监督管理信息5条。信访积案0件。\n"
)


def test_figures_and_their_difference_are_told_alike(run):
    Path("d.txt").write_text(MONEY_LAST, encoding="utf-8")
    Path("e.txt").write_text(MONEY_THIS, encoding="utf-8")
    found = run("d.txt", "e.txt").stdout
    [money] = [line for line in found.splitlines() if "罚款" in line and "+" in line]
    assert money.split()[:3] == ["1.86万元", "2.15万元", "+0.29万元"]
    assert "信访积案 0件" in found  # nought is a figure, too
    figures = found[found.index("── 两年数字对照") : found.index("── 本年新出现")]
    assert "资金使用监督管理信息" in "".join(figures.split()) and "…" not in figures  # long names go on below


def test_a_change_is_told_with_its_direction(run):
    Path("f.txt").write_text(THIS.replace("72件，同比增长20%", "48件，同比下降30%"), encoding="utf-8")
    found = run("a.txt", "f.txt").stdout
    assert "变化应为−20%" in found and "= −20% ≠ −30%" in found
