"""``gouji review``: record what an auditor decided on the findings of a report."""

from __future__ import annotations

import sys
from datetime import date
from getpass import getuser
from pathlib import Path

import click

from extractor.cli.options import common, settings, stop, utf8
from extractor.errors import GoujiError, ReadError
from extractor.model import Check, Report
from extractor.model.check import FAIL


@click.command("review")
@click.argument("file", required=False)
@click.argument("findings", nargs=-1)
@click.option(
    "--from",
    "workbook",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.xlsx",
    help="读入工作簿里填写的处理意见。",
)
@click.option("--confirm", "decision", flag_value="confirmed", help="确有问题。")
@click.option("--dismiss", "decision", flag_value="dismissed", help="不是问题，以后不再提示。")
@click.option("--undo", "decision", flag_value="undo", help="撤销以前的结论。")
@click.option("--reason", help="理由，如 口径不同、跨年结转、四舍五入。")
@click.option("--by", "name", help="复核人，默认当前登录用户。")
@click.option("--date", "day", help="日期（YYYY-MM-DD），默认今天。")
@common
def command(
    file: str | None,
    findings: tuple[str, ...],
    workbook: Path | None,
    decision: str | None,
    reason: str | None,
    name: str | None,
    day: str | None,
    lang: str | None,
    patterns: tuple[str, ...],
) -> None:
    """记录报告 FILE 中问题 FINDINGS（编号如 c12）的复核结论；不写编号则列出全部问题及其结论。

    --from 读入 gouji check --format xlsx 做出的工作簿：“处理意见”选确认、排除或待查，“备注”写理由。
    结论存放在报告所在文件夹的 gouji-review.toml 中；gouji check 不再把“不是问题”的当作问题，数字改动后重新提示。
    """
    from extractor import reviews
    from extractor.output.messages import say
    from extractor.pipeline import extract_file

    utf8()
    if (file is None) == (workbook is None):
        raise click.UsageError("请给出报告 FILE，或用 --from 给出工作簿，二者取一。")
    try:
        chosen = settings(lang, patterns)
        if workbook is not None or file is None:
            _from_workbook(workbook or Path(), name or getuser(), _day(day, chosen.lang), chosen.lang)
            return
        ruleset = chosen.ruleset()
        report = extract_file(file, ruleset)
        path = reviews.beside(file)
        book = reviews.read(path)
        if not findings:
            _list(reviews.applied(report, book, ruleset), chosen.lang)
            return
        if decision is None or (decision != "undo" and not (reason or "").strip()):
            raise GoujiError(say(chosen.lang, "review_needs"))
        for check in [_found(report, wanted, chosen.lang) for wanted in findings]:
            book = [r for r in book if (r.report, r.fingerprint) != (_name(file), check.fingerprint)]
            if decision != "undo":
                book.append(
                    reviews.Review(
                        report=_name(file),
                        fingerprint=check.fingerprint,
                        decision="confirmed" if decision == "confirmed" else "dismissed",
                        reason=(reason or "").strip(),
                        by=name or getuser(),
                        date=_day(day, chosen.lang),
                        rule=check.rule,
                        finding=check.message,
                    )
                )
            click.echo(f"{check.id}  {check.message}  {say(chosen.lang, decision)}")
        reviews.write(path, book)
    except GoujiError as error:
        stop(error)
    sys.exit(0)


def _from_workbook(workbook: Path, name: str, day: str, lang: str) -> None:
    """Take over the reviews of a workbook, each into the file beside its report; an open one withdraws what was decided."""
    from extractor import reviews
    from extractor.output.filled import Filled, filled
    from extractor.output.messages import say

    by_file: dict[str, list[Filled]] = {}
    for row in filled(workbook, lang):
        if not Path(row.file).parent.is_dir():
            raise ReadError(str(workbook), say(lang, "workbook_no_folder", sheet=row.sheet, row=row.row, file=row.file))
        by_file.setdefault(row.file, []).append(row)
    if not by_file:
        click.echo(say(lang, "workbook_nothing"))
    for file, rows in by_file.items():
        path = reviews.beside(file)
        told = {(_name(file), row.fingerprint) for row in rows}
        book = [r for r in reviews.read(path) if (r.report, r.fingerprint) not in told]
        for row in rows:
            if row.decision == "open":
                continue
            book.append(
                reviews.Review(
                    report=_name(file),
                    fingerprint=row.fingerprint,
                    decision="confirmed" if row.decision == "confirmed" else "dismissed",
                    reason=row.note or say(lang, "workbook_without_reason", name=workbook.name),
                    by=name,
                    date=day,
                    rule=row.rule,
                    finding=row.message,
                )
            )
        reviews.write(path, book)
        counts = {key: sum(r.decision == key for r in rows) for key in ("confirmed", "dismissed", "open")}
        click.echo(say(lang, "workbook_taken", file=file, target=path, **counts))


def _name(file: str) -> str:
    return Path(file).name


def _day(given: str | None, lang: str) -> str:
    from extractor.output.messages import say

    try:
        return (date.fromisoformat(given) if given else date.today()).isoformat()
    except ValueError:
        raise GoujiError(say(lang, "review_date", date=given)) from None


def _found(report: Report, wanted: str, lang: str) -> Check:
    """The finding of an id or the start of a fingerprint. Raises ``GoujiError`` when there is none."""
    from extractor.output.messages import say

    for check in report.checks:
        if check.status == FAIL and (check.id == wanted or (len(wanted) >= 6 and check.fingerprint.startswith(wanted))):
            return check
    raise GoujiError(say(lang, "no_such_finding", id=wanted))


def _list(report: Report, lang: str) -> None:
    from rich.text import Text

    from extractor.output.layout import table
    from extractor.output.messages import say
    from extractor.output.terminal import console

    failed = [c for c in report.checks if c.status == FAIL]
    if not failed:
        click.echo(say(lang, "no_findings"))
        return
    rows = [
        (Text(c.id, style="bold"), Text(say(lang, c.severity)), Text(c.message + (f"  ——{c.review}" if c.review else "")))
        for c in failed
    ]
    table(console(), rows)
