"""Markdown (.md): its headings, lists and tables; what only marks up the text is left out."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from extractor.errors import ReadError
from extractor.model import Document, Limits, Table
from extractor.readers.build import Builder
from extractor.readers.grid import Cell
from extractor.readers.lines import blocks
from extractor.readers.text import decode
from extractor.text.normalize import clean

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a Markdown file. Raises ``ReadError`` when it holds no readable text."""
    text, encoding = decode(data, name)
    text = clean(text)
    out = Builder(name, data, "text/markdown")
    if front := _FRONT.match(text):
        pairs = (line.partition(": ") for line in front[1].split("\n"))
        out.metadata.update({key: value for key, _, value in pairs if value})
        text = text[front.end() :]
    try:
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
    except RecursionError:
        raise ReadError(name, "列表或引用的嵌套太深，不像正常文件。", "请另存为纯文本后再试。") from None
    _Tokens(out).read(tokens)
    return out.document(encoding=encoding)


class _Tokens:
    """Walks the tokens of a file and hands its blocks to a builder."""

    def __init__(self, out: Builder) -> None:
        self._out = out
        self._mark = ""
        self._style: str | None = None
        self._rows: list[list[Cell]] | None = None

    def read(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "heading_open":
                self._style = "heading"
            elif token.type == "heading_close":
                self._style = None
            elif token.type == "list_item_open":
                self._mark = f"{token.info}{token.markup} " if token.info else ""
            elif token.type == "table_open":
                self._rows = []
            elif token.type == "tr_open" and self._rows is not None:
                self._rows.append([])
            elif token.type == "table_close" and self._rows is not None:
                self._out.table(self._rows)
                self._rows = None
            elif token.type == "inline":
                self._inline("".join(map(_plain, token.children or ())))
            elif token.type in ("code_block", "fence"):
                self._paragraphs(token.content)

    def _inline(self, text: str) -> None:
        if self._rows:
            self._rows[-1].append(Cell(text))
        else:
            self._paragraphs(self._mark + text)
            self._mark = ""

    def _paragraphs(self, text: str) -> None:
        """Lines that belong together are joined as in plain text: writers break lines with and without meaning it."""
        joined, found, notes = blocks(text)
        self._out.diagnostics.extend(notes)
        for block in found:
            if isinstance(block, Table):
                self._out.table([[Cell(cell) for cell in row] for row in block.rows])
            else:
                self._out.paragraph(joined[block.span[0] : block.span[1]], style=self._style)


def _plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    return token.content if token.type in ("text", "code_inline", "text_special") else ""
