"""A government web page: which of its parts is the article, what its title is, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NO_CONTENT = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "select", "button", "input", "textarea",
    "nav", "svg", "audio", "video", "map", "del",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
# Containers of site furniture by the names that site builders give them, whole words of class or id.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|position|location|dqwz|mianbaoxie|footer|foot|header|"
    r"topbar|sidebar|share|bdsharebuttonbox|sharebox|print|tools?bar|related|pagination|pager|qrcode|ewm|copyright|banner|"
    r"search|login|toolbar|prenext|prevnext|jiathis\w*)(?:$|[\s_-])",
    re.I,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[\u3400-\u9fff][^。！？]{13,300}?[。；！？]")
_MARKED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)")
_SITE = re.compile(r"版权所有|备案|技术支持|主办[单位：:]|承办[单位：:]|建议使用|浏览器|网站标识码|公网安备|网站地图|联系我们")
_CONTAINERS = frozenset(
    ("div", "section", "article", "main", "table", "tbody", "tr", "td", "form", "center", "body", "ul", "li")
)
_BLOCKS = "p, br, div, table, tr, li, section, h1, h2, h3, h4"
_SHARE = 0.8
_METAS = {
    "articletitle": "标题",
    "pubdate": "发布日期",
    "contentsource": "来源",
    "sitename": "网站",
    "columnname": "栏目",
    "author": "作者",
}
LABELS = (
    "索引号|信息索引号|索引编号|统一编号|发文字号|发文文号|文号|文件编号|发布机构|发文机构|发文机关|发布单位|信息来源|来源|责任部门|公开责任部门|"
    "主办单位|成文日期|成文时间|发文日期|发布日期|发布时间|公开日期|公开时间|生成日期|生效日期|失效日期|更新时间|日期|公开方式|公开形式|公开范围|公开时限|公开类别|"
    "主题分类|主题词|体裁分类|分类|信息分类|服务对象|有效性|信息有效性|时效性|效力状态|关键词|关键字|名称|标题|信息名称|文件名称|内容概述|作者|"
    "责任编辑|编辑|审核|初审|复审|终审|一审|二审|三审|浏览次数|访问次数|点击次数|点击数|点击量|阅读次数|阅读量|浏览量|字号|字体|字体大小|视力保护色|监督索引号|栏目"
)
_LABEL = re.compile(rf"^[\[【]?({LABELS})[\]】]?\s*[:：]?$")


def metadata(tree: LexborHTMLParser) -> dict[str, str]:
    """What the page's head says of the article (the meta elements that the rules for government sites prescribe)."""
    found: dict[str, str] = {}
    for meta in tree.css("meta[name]"):
        label = _METAS.get((meta.attributes.get("name") or "").strip().lower())
        value = " ".join((meta.attributes.get("content") or "").split())
        if label and value:
            found.setdefault(label, value)
    return found


def title(tree: LexborHTMLParser, known: dict[str, str]) -> str:
    """The title of the article; '' when nothing on the page tells it."""
    if known.get("标题"):
        return known["标题"]
    heads = [" ".join(h.text().split()) for h in tree.css("h1")]
    heads = [h for h in heads if len(_HAN.findall(h)) >= 6]
    if len(heads) == 1:
        return heads[0]
    node = tree.css_first("title")
    whole = " ".join(node.text().split()) if node else ""
    parts = [p.strip() for p in re.split(r"[_|]| [-—–] |-{1,2}(?=[^\d])|——", whole) if p.strip()]
    named = [p for p in parts if re.search(r"20\d\d年|报告|年报|总结|决算", p)]
    return max(named, key=len, default="")


def strip(tree: LexborHTMLParser) -> int:
    """Take out of a page what never is article: scripts, hidden parts, navigation. Returns how many parts held text."""
    return 0 if tree.body is None else _strip(tree.body, own_text(tree.body))


def _strip(node: LexborNode, total: int) -> int:
    removed = 0
    for child in list(node.iter()):
        if child.tag in _NO_CONTENT:
            child.decompose()
        # a wrapper of the whole page may be called anything: it goes only when it holds little of the text
        elif _frames(child) and own_text(child) < total * 0.5:
            removed += bool(child.text().strip())
            child.decompose()
        else:
            removed += _strip(child, total)
    return removed


def _frames(node: LexborNode) -> bool:
    """Whether an element is hidden or named as furniture of the site."""
    if node.tag in ("header", "footer"):
        return True
    attributes = node.attributes
    if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
        return True
    return bool(_FURNITURE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"))


def article(body: LexborNode) -> LexborNode:
    """The smallest part of a page that holds the article: downwards as long as nearly all text stands in one child.

    It never goes down to a single paragraph, nor where what would be left behind is a heading or a sentence.
    """
    node = body
    total = own_text(body)
    while True:
        children = [(c, own_text(c)) for c in node.iter() if c.tag in _CONTAINERS]
        best, size = max(children, key=lambda x: x[1], default=(node, 0))
        if best.mem_id == node.mem_id or size < _SHARE * total or _is_table(best) or len(best.css(_BLOCKS)) < 2:
            return node
        if any(c.mem_id != best.mem_id and _speaks(c) for c in node.iter(include_text=True)):
            return node
        node = best


def outside(body: LexborNode, chosen: LexborNode) -> int:
    """How many parts with text stand on the page outside the article."""
    count = 0
    node = chosen
    while node.mem_id != body.mem_id and node.parent is not None:
        parent = node.parent
        count += sum(bool(c.text().strip()) for c in parent.iter() if c.mem_id != node.mem_id)
        node = parent
    return count


def label_of(text: str) -> str | None:
    """The metadata label that a short text is (``索引号：``), or None."""
    match = _LABEL.match("".join(text.split()))
    return match[1] if match else None


def own_text(node: LexborNode) -> int:
    """Chinese characters under a node that are no links."""
    return len(_HAN.findall(node.text())) - sum(len(_HAN.findall(a.text())) for a in node.css("a[href]"))


def _speaks(node: LexborNode) -> bool:
    """Whether a part of a page holds a heading mark, or a sentence that is neither link nor site furniture."""
    text = (node.text_content or "") if node.is_text_node else node.text()
    if _MARKED.match(text):
        return True
    if not _SENTENCE.search(text) or _SITE.search(text):
        return False
    return node.is_text_node or own_text(node) >= 15


def _is_table(node: LexborNode) -> bool:
    """Whether a table is one of data: more than one row of more than one cell, and no table inside."""
    if node.tag != "table":
        return False
    return is_data(node)


def rows_of(table: LexborNode) -> Iterator[LexborNode]:
    """The rows of a table, not those of tables inside it."""
    for child in table.iter():
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (c for c in child.iter() if c.tag == "tr")


def cells_of(row: LexborNode) -> list[LexborNode]:
    """The cells of a row."""
    return [c for c in row.iter() if c.tag in ("td", "th")]


def is_data(table: LexborNode) -> bool:
    """Whether a table holds data and is no frame for the layout of the page."""
    rows = [cells_of(row) for row in rows_of(table)]
    if sum(len(r) > 1 for r in rows) < 2:
        return False
    if any(c.css_first("table") is not None for r in rows for c in r):
        return False
    longest = max(len(_SENTENCE.findall(c.text())) for r in rows for c in r)
    return longest < 4
