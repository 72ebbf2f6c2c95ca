"""The commands as a user runs them: output, exit codes, settings, and what happens with bad files."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import extractor.pipeline
from extractor.cli import main

RIGHT = "青禾镇2023年度法治政府建设工作报告\n一、矛盾纠纷化解\n全镇受理矛盾纠纷60件，调处57件，调处率95%。\n"
WRONG = RIGHT.replace("95%", "59%")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in an empty folder that holds a right and a wrong report."""
    monkeypatch.chdir(tmp_path)
    Path("right.txt").write_text(RIGHT, encoding="utf-8")
    Path("wrong.txt").write_text(WRONG, encoding="utf-8")
    return lambda *words: CliRunner().invoke(main, list(words))


def test_check_exits_by_what_it_found(run):
    assert run("check", "right.txt").exit_code == 0
    found = run("check", "wrong.txt")
    assert found.exit_code == 1 and "57 ÷ 60 = 95%" in found.stdout and "rate.quotient" in found.stdout
    assert run("check").exit_code == 2
    assert run("check", "--format", "yaml", "right.txt").exit_code == 2
    assert run("no-such-command").exit_code == 2


def test_passed_checks_are_listed_with_their_formula(run):
    assert "57 ÷ 60 = 95%" in run("check", "right.txt").stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("blank.txt", b" \n\n"), ("binary.txt", bytes(range(256)) * 8), ("missing.txt", None), ("folder", "")],
)
@pytest.mark.parametrize("command", ["check", "extract"])
def test_a_bad_file_is_named_and_stops_no_other(run, command, name, content):
    if content == "":
        Path(name).mkdir()
    elif content is not None:
        Path(name).write_bytes(content)
    result = run(command, name, "right.txt")
    assert result.exit_code == 2
    assert name in result.stderr and "Traceback" not in result.stderr
    assert "青禾镇" in result.stdout
    assert run("explain", name, "60件").exit_code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode on Windows")
@pytest.mark.parametrize("isolated", [".txt", ".html"])
def test_a_name_in_another_encoding_is_read_and_shown(run, isolated):
    name = os.fsdecode("青禾镇".encode("gb18030") + isolated.encode())
    body = "".join(f"<p>{line}</p>" for line in RIGHT.splitlines()) if isolated == ".html" else RIGHT
    Path(name).write_text(body, encoding="utf-8")
    assert f"青禾镇{isolated}" in run("check", name).stdout
    assert json.loads(run("extract", name).stdout)["source"]["path"] == f"青禾镇{isolated}"
    assert run("extract", name, "-o", "out").exit_code == 0 and [p.name for p in Path("out").iterdir()] == ["青禾镇.json"]


def test_a_defect_of_gouji_stops_no_other_file_and_is_not_hidden(run, monkeypatch):
    whole = extractor.pipeline.extract_file

    def fragile(path, *given):
        if path == "wrong.txt":
            raise IndexError("out of range")
        return whole(path, *given)

    monkeypatch.setattr(extractor.pipeline, "extract_file", fragile)
    result = run("check", "wrong.txt", "right.txt")
    assert result.exit_code == 2 and "IndexError" in result.stderr and "57 ÷ 60" in result.stdout


def test_check_as_json(run):
    [line] = run("check", "--format", "json", "wrong.txt").stdout.splitlines()
    assert any(c["status"] == "fail" for c in json.loads(line)["checks"])


def test_select_and_ignore(run):
    assert run("check", "--ignore", "rate.*", "wrong.txt").exit_code == 0
    assert run("check", "--select", "sum.*,outline.*", "wrong.txt").exit_code == 0
    assert run("check", "--select", "rate.quotient", "wrong.txt").exit_code == 1
    assert run("check", "--fail-on", "never", "wrong.txt").exit_code == 0


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit"])
def test_check_into_a_file(run, form):
    result = run("check", "--format", form, "-o", "out", "wrong.txt", "right.txt")
    assert result.exit_code == 1 and result.stdout == ""
    assert "57" in Path("out").read_text(encoding="utf-8")
    bad = run("check", "--format", form, "-o", "no/such/out", "right.txt")
    assert bad.exit_code == 2 and "no/such/out" in bad.stderr and "Traceback" not in bad.stderr


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_does_not_exist_is_an_error(run, option):
    result = run("check", option, "rate.qoutient", "right.txt")
    assert result.exit_code == 2 and "rate.qoutient" in result.stderr


def test_extract_one_report_is_one_json_object(run):
    data = json.loads(run("extract", "right.txt").stdout)
    assert [f["text"] for f in data["facts"]] == ["60件", "57件", "95%"]
    schema = json.loads(run("schema").stdout)
    assert not list(Draft202012Validator(schema).iter_errors(data))


def test_extract_several_reports_as_lines(run):
    lines = run("extract", "right.txt", "wrong.txt").stdout.splitlines()
    assert [json.loads(line)["source"]["path"] for line in lines] == ["right.txt", "wrong.txt"]


def test_extract_into_a_folder_tells_names_apart(run):
    for folder in ("a", "b"):
        Path(folder).mkdir()
        Path(folder, "Right.txt").write_text(RIGHT, encoding="utf-8")
    assert run("extract", "right.txt", "a/Right.txt", "b/Right.txt", "-o", "out/json").exit_code == 0
    names = sorted(p.name.casefold() for p in Path("out/json").iterdir())
    assert names == ["right-2.json", "right-3.json", "right.json"]


def test_a_folder_that_cannot_be_written_is_named(run):
    Path("taken").write_text("", encoding="utf-8")
    result = run("extract", "right.txt", "-o", "taken/out")
    assert result.exit_code == 2 and "taken" in result.stderr and "Traceback" not in result.stderr


def test_explain(run):
    assert "受理矛盾纠纷" in run("explain", "right.txt", "60件").stdout
    missing = run("explain", "right.txt", "61件")
    assert missing.exit_code == 2 and "61件" in missing.stderr


def test_indicators(run):
    listed = run("indicators").stdout
    assert "dispute.accepted" in listed and "dispute.mediated" in listed
    one = run("indicators", "dispute.accepted").stdout
    assert "常见写法" in one and "单位" in one
    missing = run("indicators", "dispute.no")
    assert missing.exit_code == 2 and "dispute.no" in missing.stderr


def test_rules(run):
    listed = run("rules").stdout
    assert "sum.parts" in listed and "rate.quotient" in listed
    one = run("rules", "rate.quotient").stdout
    for words in ("核对什么", "公式", "正确示例", "错误示例", "依据"):
        assert words in one
    assert run("rules", "rate.no").exit_code == 2


def test_rules_that_are_not_built_are_marked(run):
    Path("mine/rules").mkdir(parents=True)
    Path("mine/rules/new.toml").write_text(
        '[[rule]]\nid = "x.later"\ntype = "x"\nname = "以后"\nname_en = "later"\nseverity = "info"\n'
        'verifies = "甲"\nverifies_en = "a"\nformula = "甲 = 乙"\nbuilt = false\n',
        encoding="utf-8",
    )
    assert "以后（未实现）" in run("rules", "--patterns", "mine").stdout
    assert "未实现" in run("rules", "x.later", "--patterns", "mine").stdout


def test_english(run):
    text = run("check", "--lang", "en", "wrong.txt").stdout
    assert "Findings" in text and "a rate is numerator over denominator" in text


def test_settings_file(run):
    Path("gouji.toml").write_text('lang = "en"\nignore = ["rate.quotient"]\n', encoding="utf-8")
    result = run("check", "wrong.txt")
    assert result.exit_code == 0 and "No findings" in result.stdout
    assert "没有发现问题" in run("check", "--lang", "zh", "wrong.txt").stdout
    Path("gouji.toml").write_text('fail_on = "error"\n[severity]\n"rate.quotient" = "warning"\n', encoding="utf-8")
    assert run("check", "wrong.txt").exit_code == 0
    assert run("check", "--fail-on", "warning", "wrong.txt").exit_code == 1


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('langauge = "zh"', "langauge"),
        ('lang = "fr"', "lang"),
        ("ignore = [1]", "ignore"),
        ('select = "sum.parts"', "select"),
        ('fail_on = "info"', "fail_on"),
        ('severity = {"sum.parts" = "fatal"}', "severity"),
        ("lang = ", ""),
    ],
)
def test_a_wrong_settings_file_gives_file_line_and_key(run, line, key):
    Path("gouji.toml").write_text("# settings\n\n" + line + "\n", encoding="utf-8")
    result = run("check", "right.txt")
    assert result.exit_code == 2
    assert f"gouji.toml:3: {key}" in result.stderr


def test_a_missing_pattern_folder_is_an_error(run):
    result = run("check", "--patterns", "nowhere", "right.txt")
    assert result.exit_code == 2 and "nowhere" in result.stderr
