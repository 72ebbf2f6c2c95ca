"""What names a fact: its own words, or bare words beside others; the whole, the change, the declared zero."""

from __future__ import annotations

import pytest

from extractor.errors import PatternError
from extractor.rules import Ruleset
from tests.conftest import document_of

TITLE = "云溪镇2023年度法治政府建设工作报告\n\n"
NAMES = [
    # The head of a phrase decides, not what stands before it.
    ("受理信访事项60件，办结率98%。", "98%", "petition.closure_rate"),
    ("村（社区）人民调解委员会调解矛盾纠纷329起。", "329起", "dispute.level.village"),
    ("制作合法性审查台账12本。", "12本", None),
    # Bare words mean what their surroundings speak of, and nothing without any.
    ("全年满意率98%。", "98%", None),
    ("办理12345热线工单400件，满意率98%。", "98%", "hotline.satisfaction"),
    ("便民服务中心办件2000件，满意率98%。", "98%", "service.satisfaction"),
    ("受理信访事项60件，办结58件，满意率98%。", "98%", "petition.satisfaction"),
    ("开展行政执法检查30次，立案5件，结案4件。", "4件", "penalty.closed"),
    ("受理信访事项60件。办结58件。", "58件", "petition.closed"),
    # The nearer theme wins.
    ("办理12345热线工单400件；受理信访事项60件，办结58件。", "58件", "petition.closed"),
    ("受理信访事项60件；办理12345热线工单400件，办结398件。", "398件", "hotline.closed"),
    # Words borrowed from the figure before do not name what is done next.
    ("作出不予处罚决定9件。全年立案58件，结案56件。", "56件", "penalty.closed"),
    ("受理投诉举报47件，办结47件，准予许可3件。", "3件", "license.granted"),
    ("领导干部接访48次，接待群众126批次。", "126批次", "petition.reception"),
    # A part is neither its whole nor its sibling; it is named by its own words and its whole's theme.
    ("受理信访事项60件，其中来信20件、来访40件。", "20件", "petition.letters"),
    ("受理矛盾纠纷90件，其中果园用水纠纷40件、噪音纠纷50件。", "40件", None),
    ("化解矛盾纠纷90件，其中镇级30件、村级60件。", "60件", "dispute.level.village"),
    # A change has the name of the figure that changed.
    ("受理矛盾纠纷90件，同比下降10%。", "10%", "dispute.accepted"),
    ("建立人民调解委员会17个，其中街道1个、社区16个。", "16个", None),
    ("群众果园面积较上年增长10%。", "10%", None),
    # A figure said again under a shorter name keeps it; a value below ten comes up twice by chance.
    ("下辖17个社区。开展培训3期，17个社区均有法律顾问。", "17个", "base.villages"),
    # A denial must be in the words of the indicator.
    ("执法人员没有取得执法证的4名。", "4名", "enforce.cert_pending"),
    ("仍有3名执法人员没有取证。", "3名", "enforce.cert_pending"),
    ("尚有6个村没有建立调解室。", "6个", None),
    ("受理矛盾纠纷90件，化解81件，9件仍在调处。", "9件", "dispute.pending"),
    # Whom one plans to train are new ones, and so is what came to a stock; other changes are changes of the stock.
    ("2024年，计划培养法律明白人20名。", "20名", "literate.new"),
    ("法律明白人126名，较上年净增31名。", "31名", "literate.new"),
    ("法律明白人126名，比上年增长14.5%。", "14.5%", "literate.people"),
    # Parts take the theme that their whole's words tell.
    ("司法所把关审查涉法事务34件，其中合同21件、重大决策13件。", "13件", "review.decision"),
    # Of “…”等活动 the head is what follows.
    ("开展普法宣传，举办“院坝法治课”等活动53场。", "53场", "pub.events"),
    # What rules an indicator out for the whole measure does so for its own words.
    ("行政应诉案件14件，已审结11件。", "11件", None),
    # Others of the same words: a kind's success rate, the dearest fine, guests, a found problem.
    ("受理物业纠纷57件，物业纠纷调解成功率91%。", "91%", None),
    ("罚没款合计31万元，单笔最高罚款4.5万元。", "4.5万元", None),
    ("公务接待费2万元，接待国内来访25批次。", "25批次", None),
    ("县法治督察反馈问题12个。", "12个", "audit.issues"),
    ("县法治督察反馈问题12个，完成整改11个。", "11个", "org.rectified"),
    # Examples before 等 do not stand in the way of what is counted.
    ("化解婚姻、邻里等矛盾纠纷73件。", "73件", "dispute.mediated"),
    # A part is not the total of its theme by bare words; both levels together are none of them.
    ("12345热线受理来电2800件，其中转办530件。", "530件", None),
    ("镇、村（社区）人民调解组织化解矛盾纠纷35件。", "35件", "dispute.mediated"),
    # What a list goes on with is of the first one's theme: all of them were looked at.
    ("审查规范性文件4件、重大决策7件、各类合同协议58份。", "7件", "review.decision"),
    ("审查规范性文件4件、重大决策7件、各类合同协议58份。", "58份", "review.contract"),
    # What was prevented did not happen.
    ("调解矛盾纠纷63件，防止群体性上访3起。", "3起", None),
    # Bare words of another matter: an examination for a licence, proceedings after an application, what funds come to.
    ("开展行政执法资格考试2期，参考86人。", "86人", None),
    ("收到行政复议申请86件，审结74件。", "74件", None),
    ("公开资金公示26条，涉及资金83万元。", "83万元", None),
    # The rest of a division by type is another type, the rest of what was settled is under way.
    ("受理纠纷210件，按种类分，劳资纠纷90件、邻里纠纷80件、物业纠纷20件、其余20件。", "20件", "dispute.type.other"),
    ("受理矛盾纠纷186件，从类型看，土地承包57件，邻里关系62件，婚姻家庭49件，其余18件。", "18件", "dispute.type.other"),
    ("受理矛盾纠纷186件，调解成功180件，其余6件正在调处。", "6件", "dispute.pending"),
    # Who asks to build asks for a licence; a mailbox is a channel unless petitions are told by it.
    ("公开信息80条。收到村民建房申请46宗，准予建房40宗。", "46宗", "license.applied"),
    ("收到宅基地申请88件，批准建房80件。", "80件", "license.granted"),
    ("公开信息80条，收到申请12件。", "12件", "disclosure.requests"),
    ("收到群众诉求528件，12345热线343件、区长信箱110件、微信小程序75件。", "110件", "hotline.mailbox"),
    # A station of legal services is asked, and visited.
    ("公共法律服务站接待来访460人次，其中现场咨询305人次、代拟文书155人次。", "305人次", "pls.consult"),
    ("公共法律服务站接待来访460人次，其中现场咨询305人次、代拟文书155人次。", "460人次", "pls.visits"),
    # Matters of all sorts are the whole, the other matters are a sort.
    ("全年审查各类涉法事务73件，分别是重大决策7件、合同协议58件、其他事项8件。", "73件", "review.total"),
    ("全年审查各类涉法事务73件，分别是重大决策7件、合同协议58件、其他事项8件。", "8件", "review.other"),
    ("出具合法性审核意见38件：行政规范性文件3件，合同及合作协议35件。", "35件", "review.contract"),
    # Leaders receive whoever comes.
    ("两位主要负责人接待来访群众45批。", "45批", "petition.reception"),
    ("镇长全年接待村民27批次。", "27批次", "petition.reception"),
    # Certificates: new ones, those still studied for, those of an inspectorate.
    ("综合行政执法队现有执法人员32人，持证30人，当年新考取证件5人。", "5人", "enforce.cert_new"),
    ("综合行政执法队核定执法人员24名，持证21名，尚在备考的3名。", "3名", "enforce.cert_pending"),
    ("执法人员20名，持证17名，还在考证的3名。", "3名", "enforce.cert_pending"),
    ("综合行政执法队核定执法人员24名，持证21名。", "24名", "enforce.officers"),
    ("县水政监察大队现有14人，持执法证上岗13人。", "13人", "enforce.cert_holders"),
    # Counsel in the villages; who lifts a dispute to the town, and who ends it at home, in any region's words.
    ("法律顾问全年驻点、下村合计68次。", "68次", "counsel.services"),
    ("受理矛盾纠纷305件，最终调成297件，村级就地了结226件，提级到镇处理71件。", "71件", "dispute.level.town"),
    ("受理矛盾纠纷305件，最终调成297件，村级就地了结226件，提级到镇处理71件。", "226件", "dispute.level.village"),
    ("受理矛盾纠纷305件，最终调成297件。", "297件", "dispute.success"),
    ("受理纠纷53件，嘎查调解38件，苏木调解15件。", "38件", "dispute.level.village"),
    ("查干苏木现有9个嘎查，人口5872人。", "9个", "base.villages"),
    # What is within its term is under way.
    ("登记信访事项62件，办结59件，尚有3件仍在办理期限内。", "3件", "petition.pending"),
    ("受理信访58件，办结55件，余下3件仍在规定期限之内。", "3件", "petition.pending"),
    ("办理12345热线工单343件，已办结339件，尚未到期4件。", "4件", "hotline.pending"),
    ("承接12345热线工单892件，办结886件，还在办理期限内的6件。", "6件", "hotline.pending"),
    ("制发行政规范性文件1件，因有效期届满废止2件。", "2件", "norm.abolished"),
    ("经复议后起诉的行政诉讼1件。", "1件", "litig.total"),
    ("安全隐患排查出48处，改完45处。", "48处", "safe.hazards"),
    # What sums up several sorts is their total; each of the sorts was looked at like the first.
    ("审查合同184份、重大决策9件、其他文件27件，合计220件。", "9件", "review.decision"),
    ("审查合同184份、重大决策9件、其他文件27件，合计220件。", "220件", "review.total"),
    ("审核行政协议35件、重大决策事项4件，共计39件。", "39件", "review.total"),
    # Counsel whose services are told by examples.
    ("聘请法律顾问2名，全年提供咨询、审稿等服务120次。", "120次", "counsel.services"),
    ("村级法律顾问目前只聘到3名。", "3名", "counsel.village"),
    # A certificate that is earned is a new one, one that is held is not.
    ("执法人员30名，年内考取执法证3名。", "3名", "enforce.cert_new"),
    ("执法人员30名，持有执法证27名。", "27名", "enforce.cert_holders"),
    ("受理矛盾纠纷186件，5件未能达成协议。", "5件", "dispute.failed"),
    ("收到信息公开申请11件，办结10件，另有1件转入2024年接着办。", "1件", "disclosure.carried"),
    ("年初现行有效规范性文件7件，当年印发2件，宣布废止3件。", "2件", "norm.issued"),
    ("法律明白人102名，年内参加县镇两级培训的96名。", "96名", "literate.trained"),
    ("镇长办公会敲定重大事项6项。", "6项", "decision.major"),
    # Declared zeros; of several the first names the figure.
    ("全年无行政复议、行政诉讼案件。", "无行政复议、行政诉讼案件", "recon.total"),
    ("全年未制发行政规范性文件。", "未制发行政规范性文件", "norm.issued"),
    ("全年无行政复议被纠错案件。", "无行政复议被纠错案件", "recon.corrected"),
    ("全年未发生5人以上到省集体上访事件。", "未发生5人以上到省集体上访事件", "petition.collective"),
    # A number told again, or the sum of a list, whose things stand behind it; another number of them is no such.
    ("下辖14个村、3个社区。培训网格员4期，17个村（社区）都有调解室。", "17个", "base.villages"),
    ("下辖14个村、3个社区。培训网格员4期，12个村（社区）都种脐橙。", "12个", None),
    # The unit tells a figure right behind one of the same words.
    ("拆掉乱搭乱建6处、340平方米。", "340平方米", "enforce.demolish_area"),
    ("改造厕所6处、340平方米。", "340平方米", None),
    # A list goes on under one verb, unless an item has its own.
    ("检查货运车辆240辆次、运输企业83家次。", "83家次", "enforce.inspections"),
    ("发生行政复议案件5件，撤销1件、终止4件。", "4件", None),
    # What is done stands behind the number.
    ("对现存16件规范性文件逐一清理。", "16件", "norm.cleaned"),
    ("选派13名律师担任村（社区）法律顾问。", "13名", "counsel.village"),
    # What is left of a list of kinds is the other kinds; what is left of cases is still being done.
    ("调解邻里纠纷21件、婚姻家庭纠纷15件，剩下34件是零星小事。", "34件", "dispute.type.other"),
    ("受理矛盾纠纷85件，谈拢80件，剩下5件还在谈。", "5件", "dispute.pending"),
    # A part is not named by the words it borrows from another figure.
    ("摸出矛盾纠纷83件，受理79件：地界林权42件，牲口毁庄稼37件。", "42件", "dispute.type.land"),
]


@pytest.mark.parametrize(("text", "number", "name"), NAMES, ids=[f"{t}-{n}" for t, n, _ in NAMES])
def test_name(text, number, name, report_of):
    fact, *_ = reversed([f for f in report_of(TITLE + "2023年，" + text).facts if f.text == number])
    assert fact.indicator == name


def test_heading_gives_the_theme(report_of):
    text = TITLE + "一、主要举措\n\n（一）办好12345热线。\n\n全年共计受理400件，满意率98%。\n\n二、存在问题\n\n无。\n"
    assert [f.indicator for f in report_of(text).facts if f.text == "98%"] == ["hotline.satisfaction"]


def test_own_indicators_of_a_folder(tmp_path):
    from extractor.pipeline import extract

    (tmp_path / "indicators.toml").write_text(
        '[[indicator]]\nid = "orchard.trees"\ntheme = "果园"\nname = "果树数"\nname_en = "fruit trees"\nunits = ["株"]\n'
        'kind = "stock"\nmatch = ["栽种|种植 果树|*果树"]\nbare = ["成活"]\n',
        encoding="utf-8",
    )
    report = extract(document_of(TITLE + "2023年，种植脐橙果树300株，成活290株。"), Ruleset([tmp_path]))
    assert [f.indicator for f in report.facts] == ["orchard.trees", "orchard.trees"]


def test_a_statutory_cell_is_what_the_form_says(report_of):
    text = (
        "云溪镇2023年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n\n"
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n行政规范性文件 | 2 | 1 | 6\n"
    )
    found = {f.dimension["column"]: f.indicator for f in report_of(text).facts if f.dimension.get("row") == "normative"}
    assert found == {"本年制发件数": "norm.issued", "本年废止件数": "norm.abolished", "现行有效件数": "norm.valid"}


def test_a_report_of_one_theme_gives_it(report_of):
    text = "云溪镇2023年政府信息公开工作年度报告\n\n五、监督保障\n\n举办业务培训4期。\n"
    assert [f.indicator for f in report_of(text).facts] == ["disclosure.training"]


def test_a_change_is_no_level(report_of):
    facts = report_of(TITLE + "2023年，受理矛盾纠纷90件，同比下降10%，是上年的0.9倍。").facts
    assert {f.text: f.is_change for f in facts} == {"90件": False, "10%": True, "0.9倍": True}


ORCHARD = (
    '[[indicator]]\nid = "orchard.trees"\ntheme = "果园"\nname = "果树数"\nname_en = "fruit trees"\nunits = ["株"]\n'
    'kind = "stock"\n'
)
HEDGE = '[[hedge]]\napprox = "about"\nbefore = ["{}"]\n'


@pytest.mark.parametrize(
    ("name", "text", "line", "key"),
    [
        ("indicators", ORCHARD + 'match = ["<deed.graft> 果树"]\n', 8, "deed.graft"),
        ("indicators", ORCHARD + 'match = ["果树"]\nexcludes = ["(苗"]\n', 9, "excludes"),
        ("hedges", HEDGE.format("大致") + HEDGE.format("约摸"), 4, "about"),
    ],
    ids=["no such class", "a wrong expression", "two entries of one name"],
)
def test_a_mistake_in_a_pattern_names_its_place(tmp_path, name, text, line, key):
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PatternError) as error:
        getattr(Ruleset([tmp_path]), name)
    assert (error.value.path, error.value.line, error.value.key) == (str(path), line, key)
