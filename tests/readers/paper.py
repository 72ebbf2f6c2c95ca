"""Documents set on paper for the tests: lines broken as an office sets them, then drawn by a writer for some format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from extractor.model import Document, Paragraph, Table

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 80.0, 528.0, 100.0, 760.0
EM, STEP = 16.0, 29.0
CELL = 10.5
NEVER_FIRST = "，。；：！？、）》”%％"


@dataclass
class Word:
    """A piece of text with its baseline's left end, in points from the upper left, and its size."""

    x: float
    y: float
    text: str
    size: float = EM


@dataclass
class Sheet:
    """What is drawn on one page."""

    words: list[Word] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)


def width(text: str, size: float = EM) -> float:
    """Of a text set in half and full widths."""
    return sum(size / 2 if c.isascii() else size for c in text)


def broken(text: str, room: float, indent: float = 0.0, size: float = EM) -> Iterable[tuple[float, str]]:
    """A paragraph in lines, each with its indent; no line starts with a mark that must not stand there."""
    line, used, start = "", indent, indent
    for i, char in enumerate(text):
        wide = width(char, size)
        if used + wide > room + 0.01 and char not in NEVER_FIRST and line:
            yield start, line
            line, used, start = "", 0.0, 0.0
        line, used = line + char, used + wide
        del i
    if line:
        yield start, line


def set_out(document: Document, columns: int = 1, numbered: bool = True, header: str = "") -> list[Sheet]:
    """A document on pages: paragraphs indented by two characters, tables ruled, page numbers below, a header above."""
    gap = 24.0
    room = (RIGHT - LEFT - gap * (columns - 1)) / columns
    size = EM if columns == 1 else 10.5
    step = STEP if columns == 1 else 18.0
    sheets = [Sheet()]
    column, y = 0, TOP

    def turn() -> None:
        nonlocal column, y
        column, y = column + 1, TOP
        if column == columns:
            column = 0
            sheets.append(Sheet())

    for block in document.blocks:
        if isinstance(block, Table):
            for row in _table_rows(block):
                if y + STEP > BOTTOM:
                    turn()
                _draw_row(sheets[-1], row, y)
                y += STEP
            continue
        text = document.text[block.span[0] : block.span[1]]
        for indent, line in broken(text, room, 2 * size, size):
            if y + step > BOTTOM:
                turn()
            y += step
            sheets[-1].words.append(Word(LEFT + column * (room + gap) + indent, y, line, size))
    for number, sheet in enumerate(sheets, 1):
        if numbered:
            sheet.words.append(Word(WIDTH / 2 - 20, HEIGHT - 40, f"- {number} -", 12))
        if header:
            sheet.words.append(Word(LEFT, 50, header, 10.5))
    return sheets


def _table_rows(table: Table) -> list[tuple[str, ...]]:
    wide = max(map(len, table.rows))
    return [(*row, *[""] * (wide - len(row))) for row in table.rows]


def _draw_row(sheet: Sheet, row: tuple[str, ...], y: float) -> None:
    room = (RIGHT - LEFT) / len(row)
    for i, cell in enumerate(row):
        x = LEFT + i * room
        sheet.lines += [(x, y, x + room, y), (x, y + STEP, x + room, y + STEP), (x, y, x, y + STEP)]
        lines = list(broken(cell, room - 6, 0.0, CELL))
        size = CELL if len(lines) <= 2 else CELL * 1.8 / len(lines)
        lines = list(broken(cell, room - 6, 0.0, size))
        for k, (_, text) in enumerate(lines):
            sheet.words.append(Word(x + 3, y + 4 + size * (k + 0.9), text, size))
    sheet.lines.append((RIGHT, y, RIGHT, y + STEP))


def ruled(rows: list[list[str]], top: float, room: float = 30.0, sides: bool = True, last: bool = True) -> Sheet:
    """Rows in a grid; '<' joins a place to the one at its left, '^' to the one above it."""
    sheet = Sheet()
    wide = (RIGHT - LEFT) / len(rows[0])
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            x, y = LEFT + c * wide, top + r * room
            if cell != "^":
                sheet.lines.append((x, y, x + wide, y))
            if cell != "<" and (sides or c):
                sheet.lines.append((x, y, x, y + room))
            if cell not in ("<", "^"):
                sheet.words.append(Word(x + 4, y + 20, cell, 10))
        if sides:
            sheet.lines.append((RIGHT, y, RIGHT, y + room))
    if last:
        sheet.lines.append((LEFT, top + len(rows) * room, RIGHT, top + len(rows) * room))
    return sheet


def pdf(sheets: list[Sheet], watermark: str = "", **settings: object) -> bytes:
    """The pages as a PDF, a ``watermark`` aslant over each. ``settings`` go to the canvas (``encrypt``, ``pagesize``)."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    size = settings.pop("pagesize", (WIDTH, HEIGHT))
    canvas = Canvas(out, pagesize=size, invariant=1, **settings)
    for sheet in sheets:
        for word in sheet.words:
            canvas.setFont("STSong-Light", word.size)
            canvas.drawString(word.x, size[1] - word.y, word.text)
        for x0, y0, x1, y1 in sheet.lines:
            canvas.line(x0, size[1] - y0, x1, size[1] - y1)
        if watermark:
            canvas.translate(150, 200)
            canvas.rotate(45)
            canvas.setFont("STSong-Light", 40)
            canvas.drawString(0, 0, watermark)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def paragraphs(document: Document) -> list[str]:
    """The texts of a document's paragraphs."""
    return [document.text[b.span[0] : b.span[1]] for b in document.blocks if isinstance(b, Paragraph)]


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MM = 25.4 / 72


def ofd(sheets: list[Sheet], pieces: int = 0, header: str = "", members: dict[str, bytes] | None = None) -> bytes:
    """The pages as an OFD file, text as ``pieces`` characters an object (0: a line each), ``header`` in a template."""
    parts = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {WIDTH * _MM:.3f} {HEIGHT * _MM:.3f}</ofd:PhysicalBox></ofd:PageArea>"
        '<ofd:TemplatePage ID="900" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>'
        + "".join(f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(sheets)))
        + "</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": _ofd_page([Word(LEFT, 50, header, 10.5)] if header else [], [], 0, ""),
    }
    template = '<ofd:Template TemplateID="900" ZOrder="Background"/>'
    for i, sheet in enumerate(sheets):
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = _ofd_page(sheet.words, sheet.lines, pieces, template)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, xml in parts.items():
            made.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + xml)
        for name, data in (members or {}).items():
            made.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _ofd_page(words: list[Word], lines: list[tuple[float, float, float, float]], pieces: int, template: str) -> str:
    drawn = []
    for word in words:
        x = word.x
        for at in range(0, len(word.text), pieces or len(word.text)):
            text = word.text[at : at + (pieces or len(word.text))]
            wide = [width(c, word.size) * _MM for c in text]
            steps = " ".join(f"{w:.3f}" for w in wide[:-1])
            if len(set(wide[:-1])) == 1 and len(wide) > 3:
                steps = f"g {len(wide) - 1} {wide[0]:.3f}"
            delta = f' DeltaX="{steps}"' if steps else ""
            box = f"{x * _MM:.3f} {(word.y - word.size) * _MM:.3f} {sum(wide) + 1:.3f} {word.size * 1.2 * _MM:.3f}"
            drawn.append(
                f'<ofd:TextObject ID="1" Boundary="{box}" Font="3" Size="{word.size * _MM:.3f}">'
                f'<ofd:TextCode X="0" Y="{word.size * _MM:.3f}"{delta}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
            )
            x += width(text, word.size)
    for x0, y0, x1, y1 in lines:
        box = f"{x0 * _MM:.3f} {y0 * _MM:.3f} {(x1 - x0) * _MM + 0.1:.3f} {(y1 - y0) * _MM + 0.1:.3f}"
        drawn.append(
            f'<ofd:PathObject ID="2" Boundary="{box}" LineWidth="0.2"><ofd:AbbreviatedData>'
            f"M 0 0 L {(x1 - x0) * _MM:.3f} {(y1 - y0) * _MM:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    layer = f'<ofd:Layer ID="5" Type="Body">{"".join(drawn)}</ofd:Layer>'
    return f"<ofd:Page {_OFD}>{template}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def tables(document: Document) -> list[Table]:
    """The tables of a document."""
    return [b for b in document.blocks if isinstance(b, Table)]


FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "C:/Windows/Fonts/simsun.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)


def font_file() -> str | None:
    """A font with Chinese characters on this machine."""
    return next((f for f in FONTS if Path(f).is_file()), None)


def pictures(sheets: list[Sheet], dpi: int = 200) -> list[Image.Image]:
    """The pages as a scanner would see them."""
    scale = dpi / 72
    made = []
    for sheet in sheets:
        picture = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), "white")
        draw = ImageDraw.Draw(picture)
        for word in sheet.words:
            font = ImageFont.truetype(font_file(), round(word.size * scale))
            draw.text((word.x * scale, word.y * scale), word.text, font=font, fill="black", anchor="ls")
        for line in sheet.lines:
            draw.line([v * scale for v in line], fill="black", width=2)
        made.append(picture)
    return made


def saved(images: list[Image.Image], form: str) -> bytes:
    """Pictures as one file: ``PDF``, ``TIFF``, ``PNG``, ``JPEG``."""
    out = io.BytesIO()
    first, *others = images
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(out, form, dpi=(200, 200), resolution=200, **more)
    return out.getvalue()
