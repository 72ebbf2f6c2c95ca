"""Word documents (.docx, and .wps that are zips): paragraphs with their automatic numbers, tables, text boxes, footnotes.

Read with lxml straight from the package: tracked deletions, hidden and struck-out text are left out, insertions kept; of
alternate contents one is read. Headers and footers go to the metadata. Element names: ECMA-376 part 1, chapter 17.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from extractor.errors import ReadError
from extractor.model import Document, Limits
from extractor.readers.build import Builder
from extractor.readers.grid import Cell
from extractor.readers.numbering import Numbering, W, value_of, whole
from extractor.readers.package import DAMAGED, Package
from extractor.readers.wordstyles import hidden_styles, on, style_hints

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SKIPPED = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "delInstrText", "rt", "sdtPr", "tcPr")
)
_WRITTEN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_TEXT = (f"{W}t", f"{_MATH}t")
_PICTURES = ("blip", "imagedata", "chart", "relIds")
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_ASCII_END = re.compile(r"[\x21-\x7e]$")
_PAGE_ONLY = re.compile(r"[\s\d—\-第页共/／]*")


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a .docx file. Raises ``ReadError`` when it is damaged or holds no text."""
    with Package(name, data) as package:
        return _Reader(name, data, package).document()


class _Text(NamedTuple):
    """A paragraph as read: its automatic label, its text, the style hint, and whether its end mark is deleted.

    With a deleted end mark it goes on in the next paragraph, whose label counts.
    """

    label: str
    text: str
    style: str | None
    open_end: bool


class _Reader:
    """One document on its way: the numbering as far as counted, and what waits or was left out."""

    def __init__(self, name: str, data: bytes, package: Package) -> None:
        self._name, self._package = name, package
        self._out = Builder(name, data, MEDIA_TYPE)
        styles = package.part("styles")
        self._numbering = Numbering(package.part("numbering"), styles)
        self._styles = style_hints(styles)
        self._notes = {**self._notes_of("footnote"), **self._notes_of("endnote")}
        self._met_notes: list[Any] = []
        self._met_boxes: list[Any] = []
        self._hidden_styles = hidden_styles(styles)
        self._comments = sum(1 for root in package.parts("comments") for _ in root.iterchildren(f"{W}comment"))
        self._struck = self._hidden = self._contents = self._objects = self._deleted = self._pictures = 0

    def document(self) -> Document:
        body = self._package.main().find(f"{W}body")
        if body is None:
            raise ReadError(self._name, "文件已损坏，里面没有正文。", DAMAGED)
        self._blocks(body)
        self._objects += sum(1 for _ in body.iter(f"{W}altChunk"))
        self._furniture()
        self._tell()
        empty = "文件里只有图片，没有文字。" if self._pictures else "文件里没有文字。"
        return self._out.document(empty=empty)

    # --- blocks

    def _blocks(self, parent: Any) -> None:
        """Paragraphs and tables under an element, and those of the boxes and notes that hang on them."""
        carried = ""
        for element in _block_children(parent):
            if element.tag == f"{W}p":
                found = self._paragraph(element)
                carried += found.text
                if found.open_end:
                    continue
                if found.style == "contents":
                    self._contents += 1
                elif carried.strip():
                    self._out.paragraph(found.label + carried, style=found.style)
                carried = ""
            else:
                self._table(element)
            self._hanging()
        self._out.paragraph(carried)

    def _hanging(self) -> None:
        """The text boxes and footnotes met in the block before."""
        while self._met_boxes or self._met_notes:
            met = self._met_boxes + self._met_notes
            self._met_boxes, self._met_notes = [], []
            for container in met:
                self._blocks(container)

    def _paragraph(self, element: Any) -> _Text:
        number = level = style = outline = None
        open_end = False
        properties = element.find(f"{W}pPr")
        if properties is not None:
            style = value_of(properties, "pStyle")
            numbered = properties.find(f"{W}numPr")
            if numbered is not None:
                number, level = value_of(numbered, "numId"), whole(value_of(numbered, "ilvl"))
            outline = whole(value_of(properties, "outlineLvl"))
            mark = properties.find(f"{W}rPr")
            open_end = mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)
        pieces: list[str] = []
        self._runs(element, pieces)
        text = "".join(pieces)
        if open_end:
            return _Text("", text, None, True)
        label = self._numbering.label(number, level, style)
        if _ASCII_END.search(label) and not text[:1].isspace():
            label += " "
        hint = self._styles.get(style or "")
        if hint is None and outline is not None and outline < 9:
            hint = "heading"
        return _Text(label, text, hint, False)

    def _runs(self, element: Any, pieces: list[str]) -> None:
        """The text under an element, as it is shown."""
        for child in element:
            tag = child.tag
            if tag in _TEXT:
                pieces.append(child.text or "")
            elif tag == f"{W}r":
                if not self._left_out(child):
                    self._runs(child, pieces)
            elif tag in _WRITTEN:
                if child.get(f"{W}type") != "page":
                    pieces.append(_WRITTEN[tag])
            elif tag in _SKIPPED:
                self._deleted += tag in (f"{W}del", f"{W}moveFrom")
            elif tag == f"{_MC}AlternateContent":
                chosen = child.find(f"{_MC}Choice")
                self._runs(child if chosen is None else chosen, pieces)
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                note = self._notes.pop((tag, child.get(f"{W}id")), None)
                if note is not None:
                    self._met_notes.append(note)
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._drawing(child)
            elif not isinstance(tag, str):
                continue  # a comment or a processing instruction
            elif len(child):
                self._runs(child, pieces)

    def _left_out(self, run: Any) -> bool:
        """Whether a run is hidden or struck out; it is counted where it holds text."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return False
        vanish = properties.find(f"{W}vanish")
        hidden = on(vanish) if vanish is not None else value_of(properties, "rStyle") in self._hidden_styles
        struck = any(on(properties.find(f"{W}{mark}")) for mark in ("strike", "dstrike"))
        if (hidden or struck) and "".join(t.text or "" for t in run.iter(f"{W}t")).strip():
            self._hidden += hidden
            self._struck += struck and not hidden
        return hidden or struck

    def _drawing(self, element: Any) -> None:
        """Text boxes of a drawing wait until their paragraph has ended; what is no text is counted."""
        boxes = [
            box
            for box in element.iter(f"{W}txbxContent")
            if not any(a.tag in (f"{W}txbxContent", f"{_MC}Fallback") for a in _ancestors(box, element))
        ]
        self._met_boxes += boxes
        if not boxes:
            if element.tag == f"{W}object":
                self._objects += 1
            else:  # what is drawn only (the line under a letterhead) is nothing to read
                self._pictures += any(str(e.tag).rpartition("}")[2] in _PICTURES for e in element.iter())

    # --- tables

    def _table(self, table: Any) -> None:
        rows = [row for row in _descend(table, f"{W}tr") if not _deleted_row(row)]
        nested: list[Any] = []
        if all(len(list(_descend(row, f"{W}tc"))) <= 1 for row in rows):
            for row in rows:  # a frame around text
                for cell in _descend(row, f"{W}tc"):
                    self._blocks(cell)
            return
        grid: list[list[Cell]] = []
        merged: list[dict[int, tuple[int, int]]] = []
        for row in rows:
            cells: list[Cell] = []
            starts: dict[int, tuple[int, int]] = {}
            at = _skipped(row, "gridBefore")
            cells += [Cell("")] * at
            for cell in _descend(row, f"{W}tc"):
                properties = cell.find(f"{W}tcPr")
                span, down = 1, None
                if properties is not None:
                    span = max(1, min(whole(value_of(properties, "gridSpan")) or 1, 1000))
                    merge = properties.find(f"{W}vMerge")
                    down = None if merge is None else merge.get(f"{W}val") or "continue"
                    across = properties.find(f"{W}hMerge")
                    if across is not None and across.get(f"{W}val") != "restart" and cells:
                        cells[-1] = cells[-1]._replace(columns=cells[-1].columns + span)
                        at += span
                        continue
                if down == "continue" and merged and at in merged[-1]:
                    r, c = merged[-1][at]
                    grid[r][c] = grid[r][c]._replace(rows=grid[r][c].rows + 1)
                    starts[at] = (r, c)
                else:
                    cells.append(Cell(self._cell(cell, nested), 1, span))
                    if down is not None:
                        starts[at] = (len(grid), len(cells) - 1)
                at += span
            grid.append(cells)
            merged.append(starts)
        self._out.table(grid)
        for inner in nested:
            self._table(inner)

    def _cell(self, cell: Any, nested: list[Any]) -> str:
        lines: list[str] = []
        for element in _block_children(cell):
            if element.tag == f"{W}p":
                found = self._paragraph(element)
                lines.append(found.label + found.text)
            else:
                nested.append(element)
        return "\n".join(lines)

    # --- what is no text

    def _notes_of(self, kind: str) -> dict[tuple[str, str | None], Any]:
        """The foot- or endnotes by the reference that calls them; separators are none."""
        root = self._package.part(f"{kind}s")
        return {
            (f"{W}{kind}Reference", note.get(f"{W}id")): note
            for note in (root.iterchildren(f"{W}{kind}") if root is not None else ())
            if note.get(f"{W}type") in (None, "normal")
        }

    def _furniture(self) -> None:
        """Headers and footers that say more than a page number become metadata."""
        for kind, label in (("header", "页眉"), ("footer", "页脚")):
            lines: list[str] = []
            for root in self._package.parts(kind):
                pieces: list[str] = []
                for paragraph in root.iter(f"{W}p"):
                    self._runs(paragraph, pieces)
                text = " ".join("".join(pieces).split())
                if not _PAGE_ONLY.fullmatch(text) and text not in lines:
                    lines.append(text)
            if lines:
                self._out.metadata[label] = "；".join(lines)

    def _tell(self) -> None:
        if self._deleted:
            self._out.note("tracked-changes", f"文件里有修订痕迹，{self._deleted}处删除的文字没有计入。", "warning")
        if self._hidden:
            self._out.note("hidden-text", f"有{self._hidden}处隐藏的文字没有计入。", "warning")
        if self._struck:
            self._out.note("struck-out", f"有{self._struck}处划掉的文字没有计入。", "warning")
        if self._comments:
            self._out.note("comments", f"有{self._comments}条批注没有计入。")
        if self._pictures:
            self._out.note("pictures", f"有{self._pictures}张图片或图表没有读取，其中的数字请单独核对。")
        if self._contents:
            self._out.note("contents", f"目录（{self._contents}行）没有计入正文。")
        if self._objects:
            words = f"有{self._objects}个嵌入的对象（如 Excel 表、另一个文档）没有读取，请另存为文件后单独核对。"
            self._out.note("embedded", words, "warning")


def _block_children(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables of a container, through content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag == f"{_MC}AlternateContent" and len(child):
            yield from _block_children(child[0])
        elif child.tag in _WRAPPERS:
            yield from _block_children(child)


def _descend(parent: Any, wanted: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, through content controls."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _descend(child, wanted)


def _ancestors(element: Any, top: Any) -> Iterator[Any]:
    for ancestor in element.iterancestors():
        if ancestor is top:
            return
        yield ancestor


def _deleted_row(row: Any) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _skipped(row: Any, name: str) -> int:
    properties = row.find(f"{W}trPr")
    return 0 if properties is None else min(whole(value_of(properties, name)) or 0, 100)
