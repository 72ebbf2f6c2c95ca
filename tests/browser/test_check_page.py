"""The page of a report as an auditor uses it, in a real browser."""

from __future__ import annotations

import base64
from io import BytesIO

import pdfplumber
import pytest
from msgspec.structs import replace

from extractor.pipeline import extract
from tests.conftest import CORPUS, document_of
from tests.output.factory import check, report

pytestmark = pytest.mark.slow
KEYS = {"enter": "\ue007", "escape": "\ue00c"}


WRONG = "\n七、信访工作\n全年受理信访事项60件，办结57件，办结率59%。\n"


@pytest.fixture(scope="module")
def found(ruleset):
    """A report with tables, breakdowns and rates, one of which is wrong for certain."""
    text = (CORPUS / "develop" / "m02_2023.txt").read_text(encoding="utf-8")
    return extract(document_of(text + WRONG), ruleset)


def failed(report_):
    return next(c for c in report_.checks if c.status == "fail" and c.rule == "rate.quotient" and "59%" in c.message)


def test_every_verdict_and_every_number_is_on_the_page(opened, found):
    page = opened(found)
    assert {e.get_attribute("id") for e in page.all("details.card")} == {f"r1-{c.id}" for c in found.checks}
    assert {e.get_attribute("id") for e in page.all(".facts tbody tr")} == {f"r1-{f.id}" for f in found.facts}
    marked = page.js("[...document.querySelectorAll('.text a.n')].map(a => [a.dataset.f, a.textContent])")
    assert {f: t for f, t in marked if f} == {f.id: found.text[f.span[0] : f.span[1]] for f in found.facts}
    code = """[...document.querySelectorAll('.line')].map(e => { const c = e.cloneNode(true);
        c.querySelectorAll('.notes, .page').forEach(n => n.remove()); return c.textContent }).join('')"""
    bare = page.js(code)
    assert "".join(bare.split()) == "".join(found.text.split())


def test_a_finding_opens_with_formula_numbers_and_rule_and_lights_its_sentence(opened, found):
    page, wrong = opened(found), failed(found)
    card = page.one(f"#r1-{wrong.id}")
    card.find_element("css selector", "summary").click()
    page.settle()
    assert card.get_attribute("open") is not None
    for text in (wrong.formula, wrong.rule, wrong.fingerprint, *(f.measure for f in found.facts if f.id in wrong.facts)):
        assert text in card.text
    lit = "".join(e.text for e in page.all(".s.lit"))
    sentence = next(f.sentence for f in found.facts if f.id == wrong.facts[0])
    assert "".join(found.text[slice(*sentence)].split()) in "".join(lit.split())
    place = page.js("document.querySelector('.s.lit').getBoundingClientRect().toJSON()")
    assert place["top"] >= 0 and place["bottom"] <= page.js("innerHeight")


def test_the_note_beside_the_sentence_opens_the_finding(opened, found):
    page, wrong = opened(found), failed(found)
    note = page.one(f".line a.note[data-c='{wrong.id}']")
    sentence = page.one(f".line .s[data-c~='{wrong.id}']")
    line = "ancestor::div[@class='line']"
    assert note.find_element("xpath", line) == sentence.find_element("xpath", line)
    note.click()
    page.settle()
    assert page.one(f"#r1-{wrong.id}").get_attribute("open") is not None


def test_a_number_tells_its_interval_and_its_verdicts(opened, found):
    page, wrong = opened(found), failed(found)
    rate = next(f for f in found.facts if f.id == wrong.facts[0])
    page.one(f"#r1-t-{rate.id}").click()
    page.settle()
    pop = page.one("#pop")
    assert pop.is_displayed() and str(rate.interval) in pop.text and rate.measure in pop.text
    pop.find_element("css selector", f"a[data-c='{wrong.id}']").click()
    page.settle()
    assert not pop.is_displayed() and page.one(f"#r1-{wrong.id}").get_attribute("open") is not None


def test_filters_leave_what_was_asked_for(opened, found):
    page = opened(found)
    total = len(found.checks)
    assert page.shown("details.card") == total

    def left() -> int:
        page.settle()
        count = page.shown("details.card")
        assert page.one("output").text.startswith(f"显示{count}条")
        return count

    page.one("input[name=status][value=pass]").click()
    assert left() == sum(c.status != "pass" for c in found.checks)
    assert not page.shown(".line a.note.pass") and page.shown(".line a.note.error")
    page.one("button[type=reset]").click()
    assert left() == total
    box = page.one("input[name=search]")
    box.send_keys("受理信访事项")
    assert 0 < left() < total
    assert all("受理信访事项" in e.get_attribute("textContent") for e in page.all("details.card:not([hidden])"))
    box.clear()
    box.send_keys("没有这样的词")
    assert left() == 0
    page.one("button[type=reset]").click()
    indicator = page.js("(() => { const s = document.querySelector('select[name=indicator]'); s.selectedIndex = 1;"
                        "s.dispatchEvent(new Event('input', {bubbles: true})); return s.value })()")  # fmt: skip
    by_id = {f.id: f for f in found.facts}
    assert left() == sum(any(by_id[f].indicator == indicator for f in c.facts) for c in found.checks)
    page.one("button[type=reset]").click()
    page.js("(() => { const s = document.querySelector('select[name=section]'); s.selectedIndex = 2;"
            "s.dispatchEvent(new Event('input', {bubbles: true})) })()")  # fmt: skip
    assert 0 < left() < total


def test_severities_filter_what_failed(opened):
    page = opened(report(*(check(n, "fail", f"第{n}条", severity=s) for n, s in enumerate(("error", "warning", "info"), 1))))
    page.one("input[name=severity][value=info]").click()
    page.settle()
    assert [e.get_attribute("id") for e in page.all("details.card:not([hidden])")] == ["r1-c1", "r1-c2"]


def test_all_of_it_by_keyboard(opened, found):
    page = opened(found)
    body = page.one("body")
    body.send_keys("j")
    assert page.js("document.activeElement.parentElement.id") == f"r1-{page.js('document.querySelector(`.card`).dataset.c')}"
    page.driver.switch_to.active_element.send_keys("j")
    page.driver.switch_to.active_element.send_keys("k")
    page.driver.switch_to.active_element.send_keys(KEYS["enter"])
    page.settle()
    assert page.js("document.activeElement.parentElement.open") and page.all(".s.lit")
    page.driver.switch_to.active_element.send_keys("/")
    assert page.js("document.activeElement.name") == "search"
    page.one(".text a.n").send_keys(KEYS["enter"])
    assert page.one("#pop").is_displayed()
    page.driver.switch_to.active_element.send_keys(KEYS["escape"])
    assert not page.one("#pop").is_displayed()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_screen_readers_and_weak_eyes(opened, found, scheme):
    """Few verdicts of every sort: the examination looks at every element."""
    axe = pytest.importorskip("axe_selenium_python", reason="axe-selenium-python is not installed (extra: browser)")
    sorts = {(c.status, c.severity, c.type): c for c in found.checks}
    verdicts = (*sorts.values(), check(99, "crashed", "出错"))
    shown = tuple(f for f in found.facts if f.span[1] <= 900)
    page = opened(replace(found, checks=verdicts, facts=shown, text=found.text[:900]))
    page.driver.set_script_timeout(120)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen", "features": features})
    dark = page.js("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")
    page.js("document.querySelectorAll('details').forEach(d => { d.open = true })")
    run = axe.Axe(page.driver)
    run.inject()
    problems = run.run()["violations"]
    assert not problems, [(p["id"], [n["html"][:150] for n in p["nodes"]][:3]) for p in problems]


def test_a_printed_page_has_every_finding_open_and_no_controls(opened, found):
    page = opened(found)
    data = page.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})["data"]
    with pdfplumber.open(BytesIO(base64.b64decode(data))) as pdf:
        assert 3 <= len(pdf.pages) <= 20 and abs(pdf.pages[0].width - 595) < 2
        text = "".join("".join((p.extract_text() or "").split()) for p in pdf.pages)
    for c in found.checks:
        if c.status == "fail":
            assert c.fingerprint in text, c.message
    assert "重置" not in text and "看原文" not in text
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    assert not page.shown(".filters") and page.js("document.documentElement.scrollWidth <= innerWidth")


def test_a_report_full_of_markup_is_shown_as_text(opened, ruleset):
    evil = "<script>window.hacked=1</script><img src=x onerror=window.hacked=2>\"'><svg onload=window.hacked=3>{{7*7}}"
    text = f"{evil}镇2023年度法治政府建设工作报告\n一、{evil}\n全镇{evil}受理{evil}纠纷254件，调处{evil}244件，调处率69%。\n"
    found = extract(document_of(text), ruleset)
    found = replace(found, source=replace(found.source, path=evil), report=replace(found.report, org=evil, title=evil))
    found = replace(found, checks=tuple(replace(c, message=c.message + evil, hint=evil, formula=evil) for c in found.checks))
    found = replace(found, facts=tuple(replace(f, measure=evil + f.measure, indicator=evil) for f in found.facts))
    page = opened(found)
    for card in page.all("details.card summary")[:2]:
        card.click()
    page.one(".text a.n").click()
    page.settle()
    assert page.js("typeof window.hacked") == "undefined"
    assert not page.all("img") and len(page.all("script")) == 1 and "49" not in page.one("h1").text
    assert page.js("document.querySelectorAll('[onerror], [onload]').length") == 0
    assert "<script>window.hacked=1</script>" in page.one(".text").text


def test_a_thousand_findings_answer_at_once(opened, found):
    wrong = failed(found)
    many = [replace(wrong, id=f"c{n}", message=f"第{n}条：{wrong.message}", fingerprint=f"{n:016x}") for n in range(1000)]
    page = opened(replace(found, checks=tuple(many)))
    assert len(page.all("details.card")) == 1000
    code = """(() => { const box = document.querySelector('input[name=search]'), start = performance.now(); box.value = '第99';
        box.dispatchEvent(new Event('input', {bubbles: true})); return new Promise(done =>
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)))) })()"""
    assert page.js(code) < 1000
    page.settle()
    assert page.shown("details.card") == 11


def test_several_reports_share_a_page_and_a_link_from_elsewhere_lands(opened, found):
    wrong = failed(found)
    page = opened(report(path="b.txt"), found, fragment=f"#r2-{wrong.id}")
    page.settle()
    assert page.one(f"#r2-{wrong.id}").get_attribute("open") is not None
    assert len(page.all("nav tbody tr")) == 2 and len(page.all("article.report")) == 2


def test_english(opened, found):
    page = opened(found, lang="en")
    assert page.js("document.documentElement.lang") == "en" and "Verdicts" in page.one("h2").text
