"""The table of rooms: imports go down only, rooms of one row never import each other, few touch the disk, none the network."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "extractor"
ROWS = {
    "cli": 6, "spacy_component": 6,
    "batches": 5, "evaluation": 5,
    "pipeline": 4,
    "readers": 3, "sections": 3, "mentions": 3, "facts": 3, "indicators": 3,
    "relations": 3, "checks": 3, "comparisons": 3, "output": 3,
    "text": 2, "rules": 2,
    "reviews": 3,
    "model": 1, "errors": 1,
}  # fmt: skip
DISK = ("readers", "rules/load.py", "batches", "evaluation", "output", "cli", "reviews.py")
NETWORK = {"socket", "http", "urllib", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "ssl", "xmlrpc"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_every_room_stands_in_the_table():
    rooms = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in MODULES}
    assert rooms - {"__init__"} <= set(ROWS)


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level, f"{path.name} line {node.lineno}: relative imports hide the room they reach"
            found |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
    return found


def room(dotted: str) -> str:
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_down(path):
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if here == "__init__":
        return
    for name in imports(path):
        if name.startswith("extractor.") and (there := room(name)) in ROWS and there != here:
            assert ROWS[there] < ROWS[here], f"{here} must not import {there}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_network(path):
    assert not {n.split(".")[0] for n in imports(path)} & NETWORK


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_some_rooms_touch_the_disk(path):
    place = path.relative_to(PACKAGE).as_posix()
    if place.startswith(DISK):
        return
    calls = [n.func for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    names = {f.id if isinstance(f, ast.Name) else f.attr for f in calls if isinstance(f, ast.Name | ast.Attribute)}
    assert not names & {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "glob", "rglob"}
