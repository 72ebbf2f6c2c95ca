"""Decisions on findings: recorded beside the reports, honoured by ``gouji check``, alive as long as the numbers stand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor import reviews
from extractor.cli import main

TEXT = "青禾镇2023年度法治政府建设工作报告\n一、矛盾纠纷化解\n全镇受理矛盾纠纷60件，调处57件，调处率59%。\n"
WHO = ("--by", "张三", "--date", "2024-03-01")


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("报告.txt").write_text(TEXT, encoding="utf-8")
    return lambda *words: CliRunner().invoke(main, list(words))


def dismissed(run) -> None:
    result = run("review", "报告.txt", "c1", "--dismiss", "--reason", "口径“不同”\\n", *WHO)
    assert result.exit_code == 0, result.output


def test_a_dismissed_finding_is_no_finding_any_more(run):
    assert run("check", "报告.txt").exit_code == 1
    dismissed(run)
    [row] = tomllib.loads(Path(reviews.NAME).read_text(encoding="utf-8"))["review"]
    assert (row["report"], row["decision"], row["by"], row["date"]) == ("报告.txt", "dismissed", "张三", "2024-03-01")
    result = run("check", "报告.txt")
    assert (
        result.exit_code == 0 and "已复核，不是问题：口径“不同”" in "".join(result.stdout.split()) and "张三" in result.stdout
    )


def test_a_confirmed_finding_stays(run):
    run("review", "报告.txt", "c1", "--confirm", "--reason", "笔误", *WHO)
    result = run("check", "报告.txt")
    assert result.exit_code == 1 and "已复核，确有问题：笔误" in result.stdout


def test_the_decision_survives_edits_elsewhere(run):
    dismissed(run)
    Path("报告.txt").write_text(TEXT.replace("一、", "一、开头\n全镇召开会议9次。\n二、"), encoding="utf-8")
    assert run("check", "报告.txt").exit_code == 0


def test_a_finding_whose_numbers_change_comes_back(run):
    dismissed(run)
    Path("报告.txt").write_text(TEXT.replace("59%", "69%"), encoding="utf-8")
    result = run("check", "报告.txt")
    assert result.exit_code == 1 and "现已不存在或数字已改" in result.stdout


def test_a_decision_on_a_corrected_report_is_told(run):
    dismissed(run)
    Path("报告.txt").write_text(TEXT.replace("59%", "95%"), encoding="utf-8")
    result = run("check", "报告.txt")
    assert result.exit_code == 0 and "现已不存在或数字已改" in result.stdout
    assert run("check", "--select", "sum.*", "报告.txt").exit_code == 0


def test_a_decision_is_withdrawn(run):
    dismissed(run)
    assert run("review", "报告.txt", "c1", "--undo").exit_code == 0
    assert run("check", "报告.txt").exit_code == 1


def test_findings_are_listed_with_their_decisions(run):
    assert "c1" in run("review", "报告.txt").stdout
    dismissed(run)
    assert "已复核" in run("review", "报告.txt").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("c1", "--dismiss"),
        ("c1", "--reason", "口径不同"),
        ("c9", "--dismiss", "--reason", "口径不同"),
        ("c1", "--dismiss", "--reason", "口径不同", "--date", "3月1日"),
    ],
)
def test_a_decision_needs_finding_reason_and_date(run, words):
    result = run("review", "报告.txt", *words)
    assert result.exit_code == 2 and "gouji:" in result.stderr and not Path(reviews.NAME).exists()


def test_a_wrong_review_file_is_named_and_stops_no_check(run):
    Path(reviews.NAME).write_text("[[review]]\nreport = 1\n", encoding="utf-8")
    result = run("check", "报告.txt")
    assert result.exit_code == 2 and reviews.NAME in result.stderr and "59%" in result.stdout


def test_severity_off_switches_a_rule_off(run):
    Path("gouji.toml").write_text('[severity]\n"rate.*" = "off"\n', encoding="utf-8")
    assert run("check", "报告.txt").exit_code == 0
    Path("gouji.toml").write_text('fail_on = "error"\n[severity]\n"rate.*" = "info"\n', encoding="utf-8")
    assert run("check", "报告.txt").exit_code == 0
