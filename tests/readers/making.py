"""Word files made for tests: raw parts in a zip, and reports written with python-docx and real automatic numbering."""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def zipped(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A .docx of raw XML: ``body`` the content of ``w:body``; ``parts`` other parts by kind (``numbering``, ``styles``, …)."""
    links = "".join(
        f'<Relationship Id="r{kind}" Type="{_OFFICE}/{kind.rstrip("0123456789")}" Target="{kind}.xml"/>' for kind in parts
    )
    return zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
            f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>',
            "word/document.xml": f"<w:document {W} {_MORE}><w:body>{body}</w:body></w:document>",
            **{f"word/{kind}.xml": xml for kind, xml in parts.items()},
        }
    )


def p(text: str, properties: str = "") -> str:
    """One paragraph; ``properties`` the content of ``w:pPr``."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, number: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(at: int, form: str, label: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{label}"/></w:lvl>'
    )


def numbering(abstracts: dict[int, str], lists: dict[int, int | tuple[int, str]]) -> str:
    """The numbering part: abstract definitions by id, and lists by id (the abstract id, with overrides)."""
    out = "".join(f'<w:abstractNum w:abstractNumId="{i}">{levels}</w:abstractNum>' for i, levels in abstracts.items())
    for number, made in lists.items():
        abstract, overrides = (made, "") if isinstance(made, int) else made
        out += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
    return f"<w:numbering {W}>{out}</w:numbering>"


def style(name: str, properties: str = "", based: str = "", title: str = "", kind: str = "paragraph") -> str:
    basis = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{title or name}"/>{basis}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def styles(*made: str) -> str:
    return f"<w:styles {W}>{''.join(made)}</w:styles>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{r}</w:tr>' for r in rows)}</w:tbl>"
