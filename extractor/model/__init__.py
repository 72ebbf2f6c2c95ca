"""Frozen records that every stage passes on; no logic beyond arithmetic on themselves."""

from extractor.model.check import Check
from extractor.model.document import Box, Diagnostic, Document, Paragraph, Place, Source, Span, Table
from extractor.model.fact import Fact, Mention, Period, SetAside
from extractor.model.limits import Limits
from extractor.model.number import Interval, plain
from extractor.model.relation import Relation
from extractor.model.report import BlockInfo, Coverage, Outline, Passage, Report, ReportInfo, Section

__all__ = [
    "BlockInfo",
    "Box",
    "Check",
    "Coverage",
    "Diagnostic",
    "Document",
    "Fact",
    "Interval",
    "Limits",
    "Mention",
    "Outline",
    "Paragraph",
    "Passage",
    "Period",
    "Place",
    "Relation",
    "Report",
    "ReportInfo",
    "Section",
    "SetAside",
    "Source",
    "Span",
    "Table",
    "plain",
]
