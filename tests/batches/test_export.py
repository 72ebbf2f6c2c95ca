"""The same rows in every format; what a cluster left in part files is in them."""

from __future__ import annotations

import csv
import importlib.util
import json

import pytest

from extractor.batches import export, parts, run
from extractor.batches.work import Desk, Orders
from extractor.errors import GoujiError
from extractor.model.batch import Job
from tests.batches.conftest import gouji, in_this_process, text_of, write

needs_duckdb = pytest.mark.skipif(importlib.util.find_spec("duckdb") is None, reason="needs gouji[parquet]")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder, out = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("out")
    write(folder, a=text_of(), b=text_of("石蓬镇", rate="59"), c="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extractor.batches.local.run", in_this_process)
        run([folder], out)
    return out


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_csv_and_json_lines_hold_the_same(out, tmp_path):
    named = export(out, tmp_path, "jsonl")
    assert [p.name for p in named] == [
        f"{n}.jsonl" for n in ("files", "reports", "sections", "facts", "checks", "diagnostics", "reviews")
    ]
    export(out, tmp_path, "csv")
    for path in named:
        raw = path.with_suffix(".csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        table = list(csv.DictReader(raw.decode("utf-8-sig").splitlines())) if path.stem != "reports" else None
        if table is not None:
            assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in lines(path)] == table
    facts = lines(tmp_path / "facts.jsonl")
    assert len(facts) == 10 and {f["report_body"] for f in facts} == {"青禾镇", "石蓬镇"}
    assert all(f["text"] in f["sentence"] for f in facts)
    assert [f["status"] for f in lines(tmp_path / "files.jsonl")] == ["read", "read", "unreadable"]


@needs_duckdb
def test_parquet(out, tmp_path):
    import duckdb

    export(out, tmp_path, "parquet")
    export(out, tmp_path, "jsonl")
    for table in ("files", "reports", "sections", "facts", "checks", "reviews"):
        found = duckdb.read_parquet(str(tmp_path / f"{table}.parquet"))
        assert [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()] == lines(tmp_path / f"{table}.jsonl")
    query = f"SELECT sum(amount) FROM '{tmp_path}/facts.parquet' WHERE unit = '件' AND report_body = '青禾镇'"
    assert duckdb.sql(query).fetchall() == [(117.0,)]
    assert not list(tmp_path.glob("*.part"))


def test_a_formula_in_a_csv_is_text(tmp_path):
    from extractor.batches.export import _safe

    assert [_safe(c) for c in ("=1+1", "@a", "-5", "+12.5", "-5%起", 3, None)] == [
        "'=1+1",
        "'@a",
        "-5",
        "+12.5",
        "'-5%起",
        3,
        None,
    ]


def test_what_a_cluster_left_behind_is_taken_over(tmp_path, rows, here):
    folder, out = write(tmp_path / "in", a=text_of(), b=text_of("石蓬镇")), tmp_path / "out"
    run([folder / "a.txt"], out)
    desk = Desk(Orders())
    job = Job(address=str(folder / "b.txt"), name="b.txt", root=str(folder), sha256="x")
    with parts.Part(out / parts.FOLDER, "batch") as part:
        part.write(parts.Line(sha256="x", recipe=desk.recipe))
        part.write(parts.Line(sha256="x", recipe=desk.recipe, outcome=desk.work(job)))
        part._file.write(b'{"sha256":"torn')
    assert len(lines(export(out, tmp_path / "to", "jsonl")[1])) == 2
    assert not (out / parts.FOLDER).exists()


def test_the_command(out, tmp_path):
    done = gouji("export", out, "-o", tmp_path / "csv")
    assert done.returncode == 0 and (tmp_path / "csv" / "facts.csv").is_file()
    none = gouji("export", tmp_path)
    assert none.returncode == 2 and "gouji batch" in none.stderr
    (tmp_path / "file").write_text("x")
    assert gouji("export", out, "-o", tmp_path / "file").returncode == 2
    with pytest.raises(GoujiError):
        export(out, tmp_path / "file" / "below", "csv")
