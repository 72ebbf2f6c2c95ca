"""gouji inside a spaCy pipeline."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
import spacy
from spacy.tokens import DocBin

from extractor import extract
from extractor.spacy_component import _places, view
from extractor.text.normalize import fold
from tests.conftest import CORPUS

TEXT = "青禾镇2023年度法治政府建设工作报告\n一、工作情况\n受理纠纷60件，调处57件，调处率59%。\n"


@pytest.fixture(scope="module")
def nlp():
    found = spacy.blank("zh")
    found.add_pipe("gouji")
    return found


@pytest.mark.parametrize("name", ["develop/h05", "develop/m02_2023", "develop/m03"])
def test_spans_stand_where_the_facts_do(nlp, name):
    """The text has wrapped lines, page numbers and tables: spans still cover the very characters of their facts."""
    path = CORPUS / f"{name}.txt"
    doc = nlp(path.read_text(encoding="utf-8"))
    report = doc._.gouji_report
    assert report.facts == extract(path).facts
    facts = {f.id: f for f in report.facts}
    assert [s.id_ for s in doc.spans["gouji_facts"]] == list(facts)
    for span in doc.spans["gouji_facts"]:
        fact, stands = facts[span.id_], "".join(fold(span.text).split())
        assert "".join(fold(report.text[slice(*fact.span)]).split()) in stands and span.label_ == fact.kind


def test_documents_are_kept_and_sent_whole(nlp):
    doc = nlp(TEXT)
    kept = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    code = (
        "import sys, spacy; from spacy.tokens import DocBin; nlp = spacy.blank('zh'); nlp.add_pipe('gouji');"
        "[doc] = DocBin().from_bytes(sys.stdin.buffer.read()).get_docs(nlp.vocab);"
        "print([s._.gouji_fact.value for s in doc.spans['gouji_facts']], len(doc._.gouji_report.checks))"
    )
    ran = subprocess.run([sys.executable, "-c", code], input=kept, capture_output=True, check=True)
    assert ran.stdout.decode().startswith("[Decimal('60'), Decimal('57'), Decimal('59')]")


@pytest.mark.slow
def test_many_processes(nlp):
    docs = list(nlp.pipe([TEXT, TEXT.replace("59", "95")] * 2, n_process=2, batch_size=1))
    verdicts = [[c.status for c in d._.gouji_report.checks if c.rule == "rate.quotient"] for d in docs]
    assert verdicts == [["fail"], ["pass"]] * 2


def test_the_component_travels(nlp, tmp_path):
    again = pickle.loads(pickle.dumps(nlp.get_pipe("gouji")))
    assert again(spacy.blank("zh")(TEXT)).spans["gouji_facts"]
    nlp.to_disk(tmp_path / "model")
    assert len(spacy.load(tmp_path / "model")(TEXT).spans["gouji_facts"]) == 3


def test_empty_and_foreign_documents(nlp):
    assert len(nlp("").spans["gouji_facts"]) == 0
    assert spacy.blank("zh")("别的文字")._.gouji_report is None


def test_view_marks_the_numbers_and_escapes_the_text(nlp):
    html = view(nlp(TEXT + "<script>alert(1)</script>"))
    assert "percentage" in html and "<script>" not in html


def test_places():
    assert _places("甲乙\n丙", "甲\n乙\n- 2 -\n丙") == [0, 2, 2, 10]
