# ruff: noqa: E501
"""Reports of invented townships for measurements, the same for the same seed: about 3,500 characters, figures that tie up.

``python -m tests.benchmarks.synthetic FOLDER COUNT [SEED]`` writes them as FOLDER/YEAR/TOWNSHIP.txt. Words are drawn from pools,
so that reports differ in their clauses as real ones do; one report in twenty has a planted error, which ``planted`` names.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

FIRST = "青石云白柳南清黄梧荷沙竹松桐枫杨槐榆柏岚溪泉塘桥坪湾湖渡洲岭峰谷原坝垭堰圩屯寨"
SECOND = "禾蓬溪沙桥塘水崖镇坪木花田林河店亭阳岗口山石泉港沟岸口滩湾台陂庄集埠墩渚浦岙坞坡"
THINGS = ["河道采砂", "占道经营", "违法建设", "秸秆焚烧", "农资打假", "食品小作坊", "烟花爆竹", "校园周边", "货车超载", "畜禽养殖", "集贸市场",
          "乡村客运", "燃气安全", "消防通道", "土地流转", "林木采伐", "水源保护", "农机作业", "工程招标", "殡葬用品"]  # fmt: skip
PEOPLE = [
    "村干部",
    "网格员",
    "老党员",
    "退休教师",
    "个体工商户",
    "种植大户",
    "返乡青年",
    "中小学生",
    "外来务工人员",
    "企业职工",
    "妇女代表",
    "人大代表",
]
PLACES = [
    "便民服务大厅",
    "村级文化广场",
    "农贸市场",
    "中心小学",
    "产业园区",
    "矛盾纠纷调解中心",
    "新时代文明实践所",
    "圩日街口",
    "田间地头",
    "村民小组",
]
TOPICS = [
    "宪法",
    "民法典",
    "行政处罚法",
    "乡村振兴促进法",
    "土地管理法",
    "安全生产法",
    "反有组织犯罪法",
    "老年人权益保障法",
    "信访工作条例",
    "人民调解法",
]
DEEDS = ["建立台账、逐项销号", "定期会商、分类施策", "联合巡查、错时执法", "入户走访、面对面讲解", "挂牌督办、限时办结", "以案说法、现场答疑", "包片到人、责任到岗",
         "专题研究、专班推进", "公开承诺、接受监督", "试点先行、逐步推开"]  # fmt: skip
WEAK = [
    "执法人员数量不足",
    "普法形式较为单一",
    "部分村干部法治意识不强",
    "调解员年龄偏大",
    "法律顾问作用发挥不充分",
    "执法装备配备滞后",
    "制度落实不够经常",
]


class Synthetic(NamedTuple):
    """One report: its ``name`` (YEAR/TOWNSHIP), ``text``, and the figure that was ``planted`` wrong ('' for none)."""

    name: str
    text: str
    planted: str


def township(number: int) -> str:
    """The name of an invented township; numbers below 1,600 have names of their own."""
    first, second = FIRST[number % len(FIRST)], SECOND[number // len(FIRST) % len(SECOND)]
    more = "" if number < len(FIRST) * len(SECOND) else FIRST[number // 7 % len(FIRST)]
    return f"{first}{second}{more}{'乡' if number % 5 == 0 else '镇'}"


def reports(count: int, seed: int = 1, years: int = 5) -> Iterator[Synthetic]:
    """So many reports, ``years`` of each township in turn."""
    for number in range(count):
        yield report(number // years, 2019 + number % years, seed)


def report(number: int, year: int, seed: int = 1) -> Synthetic:
    """The report of one township and year."""
    chance = random.Random(f"{seed}/{number}/{year}")
    name, wrong = township(number), chance.random() < 0.05
    draw = chance.randint
    accepted = draw(60, 400)
    parts = _parts(chance, accepted, 4)
    done = accepted - draw(0, accepted // 12)
    rate = _rate(done, accepted)
    if wrong:
        rate = f"{Decimal(rate) - 7}"
    tickets, pleased = draw(100, 900), 0
    pleased = tickets - draw(0, tickets // 15)
    checks, found = draw(80, 500), draw(20, 79)
    fixed = draw(1, found - 1)
    staff, exam = draw(30, 90), 0
    exam = staff - draw(0, 3)
    opinions, taken = draw(20, 60), 0
    taken = opinions - draw(0, 6)
    legal, units, danger = draw(12, 60), draw(60, 300), draw(30, 200)
    wages, parts2 = draw(3, legal - 3), _parts(chance, danger, 3)
    unit = "乡" if name.endswith("乡") else "镇"
    pick, some = chance.choice, lambda pool, n: "、".join(chance.sample(pool, n))
    text = f"""{name}人民政府{year}年度法治政府建设工作报告

清江县人民政府：
{year}年，{name}坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，围绕{some(THINGS, 3)}等重点工作，把法治建设贯穿基层治理全过程，各项工作取得新的进展。现将有关情况报告如下。

一、{year}年度法治政府建设主要举措和成效
（一）加强组织领导，压实法治建设责任。{unit}党委会专题研究法治建设工作{draw(2, 9)}次，听取依法行政情况汇报{draw(2, 8)}次，研究解决{pick(THINGS)}、{pick(THINGS)}等难点问题{draw(3, 15)}个。全{unit}{staff}名在编干部中{exam}人参加学法考试，参考率{_rate(exam, staff)}%。组织{some(PEOPLE, 2)}学习{pick(TOPICS)}等法律法规{draw(4, 14)}次，{pick(DEEDS)}，推动领导干部带头尊法学法守法用法。
（二）规范重大决策，提高依法决策水平。公布重大行政决策事项目录{draw(2, 6)}项，围绕{some(THINGS, 2)}公开征求意见{draw(3, 20)}次。聘请法律顾问{draw(1, 4)}名，审查合同协议{draw(10, 60)}份，提出法律意见{opinions}条，采纳{taken}条，采纳率{_rate(taken, opinions)}%。{pick(DEEDS)}，对{pick(THINGS)}方面的文件逐件开展合法性审核，全年未发生因决策不当引发的诉讼案件。
（三）严格规范执法，维护良好秩序。持有行政执法证人员{draw(6, 30)}人，配备执法记录仪{draw(4, 20)}台。聚焦{some(THINGS, 3)}等领域开展联合执法{draw(5, 40)}次，出动执法人员{draw(100, 900)}人次，检查经营场所{checks}家，发现隐患问题{found}处，当场整改{fixed}处、限期整改{found - fixed}处。立案查处违法行为{draw(3, 30)}起，罚款{draw(2, 90)}万元。在{pick(PLACES)}设立监督台，{pick(DEEDS)}，受理群众对{pick(THINGS)}的投诉并及时反馈。
（四）多元化解矛盾，筑牢平安防线。坚持和发展新时代“枫桥经验”，在{pick(PLACES)}设立调解室{draw(3, 20)}个，选聘{some(PEOPLE, 3)}担任人民调解员{draw(20, 120)}名。全年受理矛盾纠纷{accepted}件，其中婚姻家庭{parts[0]}件、邻里{parts[1]}件、土地权属{parts[2]}件、其他{parts[3]}件；化解{done}件，化解率{rate}%。针对{pick(THINGS)}引发的纠纷{pick(DEEDS)}，调解成功涉及{pick(PEOPLE)}的案例得到群众好评。
（五）畅通诉求渠道，回应群众关切。承办12345热线工单{tickets}件，按期办结{tickets}件，群众满意{pleased}件，满意率{_rate(pleased, tickets)}%。围绕{some(THINGS, 2)}等群众反映集中的问题{pick(DEEDS)}，班子成员到{pick(PLACES)}接待来访群众{draw(20, 300)}人次，带案下访{draw(5, 40)}次，推动解决{pick(THINGS)}问题{draw(3, 30)}个。未发生越级集体上访事件。
（六）深化法治宣传，营造守法氛围。以{some(TOPICS, 3)}为重点，在{some(PLACES, 2)}开展法治宣传活动{draw(10, 90)}场次，发放宣传资料{draw(500, 9000)}份，受教育群众{draw(2000, 20000)}人次。面向{some(PEOPLE, 2)}举办{pick(TOPICS)}专题讲座{draw(2, 20)}场，培养“法律明白人”{draw(20, 150)}名，创建民主法治示范村{draw(1, 6)}个。通过{pick(DEEDS)}，让{pick(TOPICS)}走进{pick(PLACES)}，{pick(PEOPLE)}遇事找法的意识明显增强。
（七）推进政务公开，接受各方监督。主动公开政府信息{draw(60, 600)}条，办理依申请公开{draw(0, 6)}件。自觉接受人大监督和民主监督，办理代表建议{draw(3, 20)}件，办复率100%。邀请{some(PEOPLE, 2)}到{pick(PLACES)}参加开放日活动{draw(1, 5)}次，就{pick(THINGS)}工作听取意见建议{draw(8, 60)}条，{pick(DEEDS)}。
（八）做实法律服务，惠及困难群众。依托{pick(PLACES)}设立公共法律服务站点{draw(2, 16)}个，解答{some(PEOPLE, 2)}法律咨询{draw(100, 900)}人次，协助办理法律援助案件{legal}件，其中劳动报酬{wages}件、人身损害{legal - wages}件，挽回经济损失{draw(10, 190)}万元。{draw(3, 12)}名村居法律顾问到{some(PLACES, 2)}值班，围绕{some(TOPICS, 2)}{pick(DEEDS)}，为{pick(PEOPLE)}代写法律文书{draw(10, 80)}份，参与调处{pick(THINGS)}纠纷，服务更加贴近群众。
（九）加强重点人群服务，防范化解风险。排查登记重点人员{draw(20, 90)}名，落实帮扶措施{draw(20, 200)}项，走访慰问{draw(30, 300)}人次，会同{some(PEOPLE, 2)}建立帮教小组{draw(4, 20)}个。在{some(PLACES, 2)}开展禁毒、反诈宣传{draw(5, 40)}场次，发放反诈明白卡{draw(800, 6000)}张，劝阻电信诈骗{draw(5, 60)}起，止损{draw(5, 95)}万元。针对{some(THINGS, 2)}中的风险苗头{pick(DEEDS)}，确保早发现、早处置。
（十）守牢安全底线，推进专项治理。聚焦{some(THINGS, 3)}开展安全生产检查{draw(20, 200)}次，检查单位{units}家，查出隐患{danger}处，其中电气线路{parts2[0]}处、消防设施{parts2[1]}处、作业现场{parts2[2]}处；整改到位{danger}处，整改率100%。组织{some(PEOPLE, 2)}在{pick(PLACES)}开展应急演练{draw(2, 14)}场次，{pick(DEEDS)}，对拒不整改的{pick(THINGS)}问题依法移送有关部门处理。
（十一）完善村规民约，提升自治水平。指导{draw(6, 20)}个村修订村规民约，将{some(THINGS, 2)}、移风易俗等内容写入条款{draw(8, 40)}条，召开{some(PEOPLE, 2)}参加的恳谈会{draw(10, 60)}场次，收集意见{draw(50, 400)}条。在{some(PLACES, 2)}设置法治长廊{draw(1, 8)}处、宣传栏{draw(8, 60)}块，{pick(DEEDS)}，推动形成办事依法、遇事找法、解决问题用法、化解矛盾靠法的良好风气。
（十二）优化营商环境，规范涉企服务。梳理涉企服务事项{draw(20, 120)}项，推行“综合查一次”，减少重复检查{draw(5, 50)}次。组织{pick(PEOPLE)}与企业负责人在{pick(PLACES)}座谈{draw(2, 12)}次，帮助解决{some(THINGS, 2)}等方面困难{draw(5, 50)}个，开展{some(TOPICS, 2)}法治体检{draw(6, 40)}次，提出整改建议{draw(10, 80)}条。对轻微违法行为{pick(DEEDS)}，依法不予处罚{draw(1, 15)}起，企业对{pick(THINGS)}监管的获得感不断增强。
（十三）支持司法工作，配合行政监督。全年办理行政诉讼案件{draw(1, 6)}件，负责人出庭应诉率100%；办理行政复议案件{draw(1, 5)}件，均按要求提交答复和证据。收到司法建议、检察建议{draw(1, 5)}份，全部按期回复，并就{some(THINGS, 2)}问题{pick(DEEDS)}。邀请{pick(PEOPLE)}旁听庭审{draw(1, 6)}次，在{pick(PLACES)}通报典型案例{draw(2, 12)}件，引导{some(PEOPLE, 2)}依法表达诉求，支持法院、检察院在{pick(PLACES)}设立服务点。
（十四）保护未成年人权益，共建法治校园。向{draw(2, 9)}所学校选派法治副校长{draw(2, 9)}名，围绕{some(TOPICS, 2)}上法治课{draw(6, 50)}节，覆盖师生{draw(800, 6000)}人次。联合{some(PEOPLE, 2)}排查{some(PLACES, 2)}周边隐患{draw(5, 60)}处，关爱留守儿童{draw(10, 150)}名，{pick(DEEDS)}，对{pick(THINGS)}等影响校园秩序的问题及时制止，学生自我保护意识明显提高。
（十五）强化队伍建设，提升履职本领。组织执法人员参加{some(TOPICS, 2)}培训{draw(2, 14)}期，培训{draw(40, 400)}人次，开展案卷评查{draw(1, 4)}次，评查案卷{draw(10, 70)}卷，指出问题{draw(5, 40)}个。选派{draw(2, 9)}名业务骨干到{some(PLACES, 2)}跟班学习，{pick(DEEDS)}，在{some(THINGS, 2)}等执法实践中锻炼队伍，邀请{some(PEOPLE, 2)}担任监督员{draw(3, 20)}名，听取对{pick(THINGS)}执法的评价，执法规范化水平持续提升。

二、主要负责人履行推进法治建设第一责任人职责情况
{unit}长认真履行第一责任人职责，主持研究{some(THINGS, 2)}等事项{draw(3, 12)}次，带头学习{some(TOPICS, 2)}，到{pick(PLACES)}督导{pick(THINGS)}工作{draw(3, 20)}次，对{pick(THINGS)}执法全过程{pick(DEEDS)}，督促班子成员在各自分管领域落实法治要求，将依法履职情况纳入年度述职内容，对{pick(PEOPLE)}反映的问题逐一回应。

三、存在的主要问题
一是{pick(WEAK)}，在{some(THINGS, 2)}等领域还有差距；二是{pick(WEAK)}，面向{pick(PEOPLE)}的宣传针对性不强，{pick(TOPICS)}的普及还不够深入；三是{pick(WEAK)}，{pick(DEEDS)}的机制有待健全，{pick(PLACES)}的服务功能没有充分发挥；四是{pick(WEAK)}，对{some(THINGS, 2)}的常态监管手段不多，{some(PEOPLE, 2)}参与基层治理的渠道还需拓宽，运用{pick(TOPICS)}解决实际问题的能力有待加强。

四、{year + 1}年工作打算
（一）进一步提升依法履职能力。围绕{some(THINGS, 3)}开展执法培训不少于{draw(2, 8)}期，组织{some(PEOPLE, 2)}学习{some(TOPICS, 2)}，{pick(DEEDS)}。
（二）进一步健全矛盾纠纷化解机制。力争矛盾纠纷化解率保持在{draw(95, 98)}%以上，在{some(PLACES, 2)}新建调解室{draw(1, 4)}个，对{some(THINGS, 2)}引发的苗头隐患{pick(DEEDS)}。
（三）进一步增强普法实效。计划开展{pick(TOPICS)}宣传活动{draw(20, 90)}场，新增“法律明白人”{draw(5, 40)}名，推动{some(TOPICS, 2)}进{pick(PLACES)}，让{some(PEOPLE, 2)}学有所得。
（四）进一步夯实基层基础。依托{some(PLACES, 2)}整合执法、司法、信访力量，对{some(THINGS, 2)}等事项{pick(DEEDS)}，完善{pick(PEOPLE)}参与监督的办法，推动{pick(TOPICS)}落到实处，争取法治建设考核再上新台阶。

{name}人民政府
{year + 1}年1月{draw(4, 28)}日
"""
    return Synthetic(f"{year}/{name}", text, f"{rate}%" if wrong else "")


def write(folder: Path, count: int, seed: int = 1) -> list[Synthetic]:
    """Write so many reports as files, and return them."""
    made = list(reports(count, seed))
    for one in made:
        path = folder / f"{one.name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text, encoding="utf-8")
    return made


def _parts(chance: random.Random, whole: int, count: int) -> list[int]:
    cuts = sorted(chance.sample(range(1, whole), count - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]


def _rate(part: int, whole: int) -> str:
    return f"{(Decimal(100 * part) / whole).quantize(Decimal('0.1'), ROUND_HALF_UP):f}".removesuffix(".0")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:]))
