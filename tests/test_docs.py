"""What is documented is true: commands, public names, and no word that does not belong to the project."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from extractor.cli import _COMMANDS, main
from extractor.cli.options import Settings
from extractor.output.reference import reference
from extractor.rules import Ruleset

ROOT = Path(__file__).resolve().parent.parent
README, README_ZH = (ROOT / n for n in ("README.md", "README.zh.md"))
FORBIDDEN = re.compile(r"(?:^|[\s\"'(=])/(?:home|root|mnt|Users|work)/\w|pypi\.org|\bsubagent|\bthis session\b", re.M)


@pytest.mark.parametrize("name", sorted(_COMMANDS))
def test_command_has_help_and_stands_in_both_readmes(name):
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0 and len(result.output) > 80
    for readme in (README, README_ZH):
        assert f"gouji {name}" in readme.read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", [README, README_ZH], ids=lambda p: p.name)
def test_readme_names_only_commands_that_exist(readme):
    named = set(re.findall(r"\bgouji ([a-z]+)\b", "\n".join(_code(readme))))
    assert named <= set(_COMMANDS)


def _code(readme: Path) -> list[str]:
    """Everything in a readme that is set as code."""
    text = readme.read_text(encoding="utf-8")
    return re.findall(r"```\w*\n(.*?)```", text, re.S) + re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S))


@pytest.mark.parametrize("readme", [README, README_ZH], ids=lambda p: p.name)
def test_readme_blocks_parse(readme):
    blocks = re.findall(r"^ *```(\w+)\n(.*?)^ *```", readme.read_text(encoding="utf-8"), re.S | re.M)
    assert blocks
    for kind, text in blocks:
        if kind == "python":
            ast.parse(text)
        elif kind == "toml":
            msgspec.convert(tomllib.loads(text), Settings)
        elif kind == "sh":
            assert shlex.split(text)
        else:
            assert kind == "bat"


def test_readme_has_the_two_commands_on_one_line_each():
    lines = [text.strip() for text in re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.S)]
    run, test = lines[:2]
    assert "\n" not in run and "gouji check corpus/" in run
    assert "\n" not in test and "pytest" in test


def test_readme_commands_name_files_that_exist():
    for readme in (README, README_ZH):
        for path in re.findall(r"\bcorpus[/\\][\w./\\-]+\.txt", readme.read_text(encoding="utf-8")):
            assert (ROOT / path.replace("\\", "/")).is_file(), path


@pytest.mark.parametrize("path", sorted((ROOT / "extractor").rglob("*.py")), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_public_names_have_docstrings(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    nodes += [
        m
        for n in tree.body
        if isinstance(n, ast.ClassDef) and not n.name.startswith("_")
        for m in n.body
        if isinstance(m, ast.FunctionDef)
    ]
    missing = [n.name for n in nodes if not n.name.startswith("_") and not ast.get_docstring(n) and not _obvious(n)]
    assert not missing


def _obvious(node: ast.AST) -> bool:
    """Overrides of click and cached pattern tables whose name says it all."""
    return isinstance(node, ast.FunctionDef) and len(node.body) <= 3


def test_the_reference_of_rules_is_not_stale(ruleset):
    stale = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") != reference(ruleset)
    assert not stale, "run: gouji rules --format markdown > docs/rules.md"


@pytest.mark.parametrize("name", ["extractor", "extractor.spacy_component"])
def test_examples_in_docstrings_are_true(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted and not result.failed


def test_examples_of_the_library_are_true(monkeypatch):
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "docs" / "library.md"), module_relative=False, encoding="utf-8")
    assert result.attempted and not result.failed


def test_entries_shown_in_the_guide_to_patterns_are_read(tmp_path):
    text = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
    tables = {"indicator": "indicators/own.toml", "nonfact": "nonfacts.toml"}
    for block in re.findall(r"```toml\n(.*?)```", text, re.S):
        table = re.match(r"\[\[(\w+)\]\]", block)
        if table is None:
            msgspec.convert(tomllib.loads(block), Settings)
            continue
        path = tmp_path / tables[table[1]]
        path.parent.mkdir(exist_ok=True)
        path.write_text(block, encoding="utf-8")
    own = Ruleset([tmp_path])
    assert "school.law_lessons" in own.indicators and "room" in own.nonfacts


def test_documents_link_to_what_exists():
    ours = (ROOT / "docs" / f"{n}.md" for n in ("architecture", "json", "library", "patterns", "rules"))
    for path in (README, README_ZH, *ours):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert target.startswith("http") or (path.parent / target).exists(), f"{path.name}: {target}"


def test_no_foreign_words():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
    for name in filter(None, listed):
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".txt", "") and path.is_file() and not name.startswith("tests/"):
            assert not FORBIDDEN.search(path.read_text(encoding="utf-8", errors="replace")), name
