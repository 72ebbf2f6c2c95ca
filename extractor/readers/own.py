"""What gouji itself has written: it stands in the folders of auditors beside the reports, and is none.

Known by its content, as every format is. The heads of CSV and text files are those of ``extractor.output``; a test writes
every format and holds them together.
"""

from __future__ import annotations

import re
import zipfile

from extractor.errors import ReadError
from extractor.readers.archive import unpack

_HEAD = 4096
_MARKS = re.compile(
    rb'\A\s*\{\s*"schema_version"\s*:\s*"[^"]+"\s*,\s*"generator"\s*:\s*\{\s*"name"\s*:\s*"gouji"'
    rb'|\A\s*\{\s*"\$schema"[^{]*\{\s*"tool"\s*:\s*\{\s*"driver"\s*:\s*\{\s*"name"\s*:\s*"gouji"'
    rb'|<testsuites name="gouji"'
    rb'|<meta name="generator" content="gouji">'
)
_LINES = re.compile(
    "\\A(?:乡镇（部门）,年度,结论,规则,|Body,Year,Verdict,Rule,|问题,级别,指标,计量对象,|Finding,Severity,Indicator,Measure,)"
    "|^文件 .*(?:\n .*)*\n读取 \\d+字，\\d+个标题，\\d+张表"
    "|^File +.*(?:\n .*)*\nRead +\\d+ characters, \\d+ headings"
    "|^数字 +两年对应\\d+个"
    "|^Numbers \\d+ aligned",
    re.M,
)
CREATOR = "gouji"
_CREATOR = re.compile(rf"<dc:creator>{CREATOR}</dc:creator>".encode())
_PROPERTIES = "docProps/core.xml"


def is_own(data: bytes) -> bool:
    """Whether a text file (JSON, SARIF, JUnit, HTML, CSV, plain text) is one that gouji wrote."""
    if _MARKS.search(data[:_HEAD]):
        return True
    return bool(_LINES.search(data[:_HEAD].decode("utf-8-sig", "ignore")))


def is_own_book(archive: zipfile.ZipFile) -> bool:
    """Whether a workbook is one that gouji wrote."""
    if _PROPERTIES not in archive.namelist() or archive.getinfo(_PROPERTIES).file_size > _HEAD:
        return False
    try:
        return bool(_CREATOR.search(unpack("", archive, _PROPERTIES)))
    except ReadError:
        return False  # damaged, but its sheets may be whole
