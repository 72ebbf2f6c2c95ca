"""Web pages (.html, .mht): the article of a government page with its title, metadata and tables; what frames it is left out."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

from selectolax.lexbor import LexborHTMLParser

from extractor.errors import ReadError
from extractor.model import Document, Limits
from extractor.readers import webpage
from extractor.readers.build import Builder
from extractor.readers.formats import format_of
from extractor.readers.text import plausible
from extractor.readers.webtext import PageText
from extractor.text.normalize import clean

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_NESTING = re.compile(r"<(/?)(?:div|span|font|table|section|article|blockquote|center|b|i|u|a|em|strong|ul|ol|form)\b", re.I)
_DEEPEST = 400
"""Elements inside elements; no page has so many, and parsers take quadratic time on them."""
_LEAST = 20
"""Chinese characters that an article has at least."""
_SAVE = "请在浏览器中打开这个网页，确认有正文后另存为“网页，仅 HTML”，或把正文复制到 Word 里保存后再试。"


def read(name: str, data: bytes, limits: Limits) -> Document:
    """Read a web page. Raises ``ReadError`` when it holds no article, or no readable Chinese."""
    if format_of(name, data).key == "mhtml":
        return _read(name, data, *_of_mhtml(name, data), "multipart/related")
    return _read(name, data, *decoded(name, data), "text/html")


def _read(name: str, data: bytes, html: str, encoding: str, media_type: str) -> Document:
    html = clean(html)
    if _nesting(html) > _DEEPEST:
        raise ReadError(name, f"网页的标签嵌套超过{_DEEPEST}层，不像正常网页，没有读取。", _SAVE)
    tree = LexborHTMLParser(html)
    out = Builder(name, data, media_type)
    body = tree.body
    if body is None:
        raise ReadError(name, "网页里没有正文。", _SAVE)
    out.metadata.update(webpage.metadata(tree))
    title = webpage.title(tree, out.metadata)
    dropped = webpage.strip(tree)
    article = webpage.article(body)
    around = PageText(Builder(name, data, media_type))
    around.around(body, article)
    out.metadata.update(around.metadata)
    reader = PageText(out)
    reader.read(article, title)
    out.metadata.update(reader.metadata)
    dropped += reader.dropped + webpage.outside(body, article)
    text = "".join(reader.written)
    if webpage.own_text(article) < _LEAST:
        raise ReadError(name, "网页里没有找到报告正文。", _SAVE)
    if not plausible(text):
        raise ReadError(name, "网页的编码已损坏，读出的不是通顺的中文。", _SAVE)
    if dropped:
        out.note("furniture", f"网页上正文以外的{dropped}处文字（导航、页脚、打印链接等）没有计入。")
    return out.document(encoding=encoding)


def decoded(name: str, data: bytes) -> tuple[str, str]:
    """The text of a page and its encoding. What a page says of its encoding counts only where the bytes agree."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        candidates = ["utf-16"]
    else:
        said = _CHARSET.search(data[:4096])
        candidates = ["utf-8-sig", "big5" if said and said[1].lower() == b"big5" else "gb18030"]
    for encoding in candidates:
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    # one broken byte in a page of a hundred thousand is no reason to lose it; more than a few are
    best, encoding = min(((data.decode(c, "replace"), c) for c in candidates), key=lambda x: x[0].count("\ufffd"))
    if best.count("\ufffd") > 5:
        raise ReadError(name, "网页的编码已损坏。", _SAVE)
    return best, encoding.removesuffix("-sig")


def _of_mhtml(name: str, data: bytes) -> tuple[str, str]:
    """The page inside a single-file web page (.mht, also saved as .doc by Word)."""
    for part in message_from_bytes(data.lstrip(), policy=policy.default).walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return decoded(name, content)
    raise ReadError(name, "单个文件网页里没有网页内容。", _SAVE)


def _nesting(html: str) -> int:
    """How deep a page's elements stand inside one another, at most."""
    depth = deepest = 0
    for match in _NESTING.finditer(html):
        depth = max(0, depth + (-1 if match[1] else 1))
        deepest = max(deepest, depth)
    return deepest
