"""Names of reporting bodies (报告单位) brought to one form, so that years, files and tables speak of the same body.

``XX镇人民政府``, ``中共XX镇委员会 XX镇人民政府``, ``湘梧县XX镇`` and ``XX镇`` are one body to a reader.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.text.normalize import fold

_REGION = r"(?:[\u4e00-\u9fff]{2,12}?(?:特别行政区|自治区|自治州|自治县|自治旗|林区|特区|省|市|州|盟|地区|县|区|旗))"
_PARTY = re.compile(
    r"^(?:中国共产党|中共)[\u4e00-\u9fff]{2,24}?(?:工作委员会|委员会|工委|党委)(?:办公室)?(?=[\u4e00-\u9fff]{2})"
)
_LONE_PARTY = re.compile(r"^(?:中国共产党|中共)(?P<name>[\u4e00-\u9fff]{2,24}?)(?:工作委员会|委员会|工委|党委)$")
_OWN = re.compile(r"^(?:党工委|党委|委员会|工委)*(?:人民政府|政府)?(?:办事处)?(?:办公室)?$")
_ABOVE = re.compile(rf"^({_REGION}+?)人民政府(?=[\u4e00-\u9fff]{{1,10}}(?:街道|镇|乡))")
_LOCAL = re.compile(
    rf"^(?P<region>{_REGION}*)(?P<name>[\u4e00-\u9fff]{{1,10}}?(?:民族乡|民族苏木|苏木|街道|镇|乡))(?P<office>.*)$"
)
_HIGHER = re.compile(rf"^(?P<region>{_REGION}*)(?P<office>[\u4e00-\u9fff]*)$")
_JOINTS = re.compile(r"[\s、和及与，,·/()（）]+")


class Body(NamedTuple):
    """A body taken apart: ``region`` the county or city above it as far as it is written (湘梧县), ``name`` the township or
    the office itself (石蓬镇, 市场监督管理局; the region's own name for its government), ``office`` a township's own office."""

    region: str
    name: str
    office: str = ""

    @property
    def key(self) -> str:
        """The name by which reports of one county are put together: without the county, which many titles leave out."""
        return self.name + self.office


def body(org: str) -> Body:
    """The body that a name means.

    Parameters: ``org`` as a title or signature writes it, joint names (党委、政府) included.
    Returns a ``Body`` whose name is empty when nothing is left of ``org``.
    """
    text = _JOINTS.sub("", fold(org))
    if lone := _LONE_PARTY.match(text):
        text = lone["name"]
    text = _PARTY.sub("", text)
    text = _twice(_ABOVE.sub(r"\1", text))
    local = _LOCAL.match(text)
    if local and not _office(local["office"]).startswith(("市", "区", "县", "州", "旗")):
        return Body(local["region"], local["name"], _office(local["office"]))
    higher = _HIGHER.match(text)
    if higher is None:
        return Body("", text)
    if office := _office(higher["office"]):
        return Body(higher["region"], office)
    units = re.findall(_REGION, higher["region"])
    return Body("".join(units[:-1]), units[-1]) if units else Body("", "")


def same_body(one: str, other: str) -> bool:
    """Whether two names mean one body: the same name, and no two different counties written out.

    Parameters: ``one`` and ``other`` as in ``body``.
    """
    a, b = body(one), body(other)
    if not a.name or a.key != b.key:
        return False
    return not a.region or not b.region or a.region.endswith(b.region) or b.region.endswith(a.region)


def _office(text: str) -> str:
    """The office that remains when the government of the place itself is meant: none."""
    return "" if _OWN.match(text) else text


def _twice(text: str) -> str:
    """石蓬镇石蓬镇人民政府: a joint title whose party half has lost its marks names the place twice."""
    match = re.match(r"^(?P<place>[\u4e00-\u9fff]{2,16}[镇乡木道])(?P=place)(?P<rest>.*)$", text)
    return match["place"] + match["rest"] if match else text
