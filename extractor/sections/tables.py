"""The tables of a report: what each is called, which statutory form it is, and where it stands."""

from __future__ import annotations

import re

from extractor.model import Document, Section, Table
from extractor.model.report import TableInfo
from extractor.rules import Ruleset
from extractor.rules.schema import Form
from extractor.text.captions import captioned
from extractor.text.normalize import cell_texts, fold
from extractor.text.tablelayout import Layout

_NOTE = re.compile(r"（[^（）]*）")
_REMARK = re.compile(r"^(?:注|说明)[:：]")
_LONGEST_TITLE, _LEAD = 40, 120


def tables(document: Document, folded: list[str], headings: dict[int, Section], ruleset: Ruleset) -> tuple[TableInfo, ...]:
    """Every table of a document with its title, its form (patterns/tables.toml) and the lines that lead to it.

    Parameters: ``folded`` the blocks' texts; ``headings`` the sections by the number of the block that is their heading.
    """
    forms = ruleset.kept(_forms)
    found: list[TableInfo] = []
    section: Section | None = None
    title, lead = "", ""
    for i, block in enumerate(document.blocks):
        if i in headings:
            section = headings[i]
            title, lead = section.title, ""
        if not isinstance(block, Table):
            line = folded[i].strip()
            if i not in headings:
                lead = f"{lead} {line}"[-_LEAD:]
                written = captioned(document.text[block.span[0] : block.span[1]])
                named = _NOTE.sub("", fold(written))  # 表1 审结结果（单位：件） is a title
                if named and len(written) <= _LONGEST_TITLE and not _REMARK.search(named):
                    title = written
            continue
        rows = list(map(cell_texts, block.rows))
        own = _own_title(rows)
        form = _form(own or fold(title), rows, forms)
        found.append(
            TableInfo(
                id=f"t{len(found) + 1}",
                title=own or title,
                section=section.id if section else None,
                page=block.page,
                header_rows=_header_rows(rows),
                rows=block.rows,
                form=form.id if form else None,
                lead=lead.strip(),
            )
        )
        lead = ""
    return tuple(found)


_Forms = list[tuple[Form, re.Pattern[str], re.Pattern[str]]]


def _forms(ruleset: Ruleset) -> _Forms:
    return [(f, re.compile(f.title or "$^"), re.compile(f.anchor, re.S)) for f in ruleset.forms.values()]


def _header_rows(rows: list[list[str]]) -> int:
    """How many rows name the columns; 0 for a table without figures."""
    header = Layout(rows).header
    return header if header < len(rows) else 0


def _own_title(rows: list[list[str]]) -> str:
    """The title that stands in the table itself, alone in its first row."""
    first = [t for t in rows[0] if t] if rows else []
    alone = len(rows) > 1 and len(rows[0]) > 1 and len(set(first)) == 1 and len([t for t in rows[1] if t]) > 1
    return first[0] if alone and re.search(r"表$|情况$|统计", first[0]) and len(first[0]) <= _LONGEST_TITLE else ""


def _form(title: str, rows: list[list[str]], forms: _Forms) -> Form | None:
    """The statutory form that a table is, told by its title where the form has one, and by its header words."""
    text = " ".join(c for row in rows for c in row)
    plain = "".join(title.split())
    for form, named, anchor in forms:
        if anchor.search(text) and (not form.title or named.search(plain)):
            return form
    return None
