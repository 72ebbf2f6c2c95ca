"""A small report made by hand, with one verdict of every sort."""

from __future__ import annotations

from decimal import Decimal

from extractor.model import (
    Check,
    Coverage,
    Diagnostic,
    Fact,
    Interval,
    Period,
    Relation,
    Report,
    ReportInfo,
    Section,
    SetAside,
    Source,
)

TEXT = (
    "青禾镇2023年度法治政府建设工作报告\n一、矛盾纠纷化解\n"
    "全镇受理矛盾纠纷254件，调处244件，调处率69%，群众拨打12345热线反映问题并得到解决。\n"
)


def fact(number: int, text: str, value: str, unit: str, measure: str, **fields: object) -> Fact:
    """A fact of the text above."""
    at = TEXT.index(text)
    known = {
        "kind": "percentage" if unit == "%" else "count",
        "interval": Interval.exactly(Decimal(value)),
        "period": Period(year=2023),
        "section": "s1",
        "page": 3,
    }
    return Fact(
        id=f"f{number}",
        text=text,
        value=Decimal(value),
        unit=unit,
        measure=measure,
        span=(at, at + len(text)),
        sentence=(TEXT.index("全镇"), len(TEXT) - 1),
        **(known | fields),
    )


def check(number: int, status: str, message: str, **fields: object) -> Check:
    """A verdict of the rule ``rate.quotient``."""
    known = {"rule": "rate.quotient", "type": "rate", "severity": "error"}
    return Check(id=f"c{number}", status=status, message=message, **(known | fields))


def report(*checks: Check, path: str = "青禾镇.txt") -> Report:
    """The report with these verdicts."""
    hotline = SetAside(text="12345", span=(TEXT.index("12345"), TEXT.index("12345") + 5), rule="hotline")
    heading = TEXT.index("一、")
    return Report(
        schema_version="1.0",
        generator={"name": "gouji", "version": "0", "patterns": "sha256:0"},
        source=Source(path=path, sha256="0" * 64, media_type="text/plain", encoding="utf-8"),
        report=ReportInfo(kind="law-government", title="青禾镇2023年度法治政府建设工作报告", org="青禾镇", year=2023),
        text=TEXT,
        sections=(
            Section(
                id="s1",
                parent=None,
                level=1,
                number="一",
                title="矛盾纠纷化解",
                span=(heading, heading + 8),
                body=(heading, len(TEXT)),
            ),
        ),
        tables=(),
        facts=(
            fact(1, "254件", "254", "件", "受理矛盾纠纷", indicator="dispute.accepted"),
            fact(2, "244件", "244", "件", "调处矛盾纠纷", part_of="f1", dimension={"outcome": "调处"}),
            fact(3, "69%", "69", "%", "调处率", interval=Interval(Decimal("68.5"), Decimal("69.5")), approx="about"),
        ),
        relations=(Relation(id="r1", type="rate", whole="f3", parts=("f2", "f1"), basis="率"),),
        checks=checks,
        set_aside=(hotline,),
        coverage=Coverage(numbers=5, facts=3, set_aside={"hotline": 1}, checked=3, unread=(hotline,)),
        diagnostics=(Diagnostic(code="text.joined", message="把断开的行接成了段落。"),),
    )
