# ruff: noqa: E501 - a text reads better unbroken
"""Texts a fresh site starts with, in both languages. Editors change them afterwards."""

from typing import Any

HOME = {
    "zh-hans": {
        "title": "爱心：看得见的帮扶",
        "hero_title": "每一份需求都有人核实，每一元都查得到去处",
        "hero_text": "村、乡、县三级核实并公示的家庭需求，由您直接帮助；到账、配捐、拨付逐笔记入公开账。",
    },
    "en": {
        "title": "Aixin: help you can follow",
        "hero_title": "Every need verified, every yuan traceable",
        "hero_text": "Household needs checked by village, township and county and shown in a public notice. You meet one; every gift, match and pay-out goes into an open ledger.",
    },
}

# slug, model, title and intro by language
SECTIONS: tuple[tuple[str, str, dict[str, dict[str, str]]], ...] = (
    (
        "stories",
        "storyindexpage",
        {
            "zh-hans": {
                "title": "故事",
                "intro": "需求从提出到落实的经过。家庭同意后才写，不写姓名，不拍面孔。",
            },
            "en": {
                "title": "Stories",
                "intro": "How needs were met, from filing to delivery. Told with the family's consent, without names or faces.",
            },
        },
    ),
    (
        "campaigns",
        "campaignindexpage",
        {
            "zh-hans": {
                "title": "募捐活动",
                "intro": "每个活动都在民政部门备案，由有公开募捐资格的慈善组织开展，进度实时公开。",
            },
            "en": {
                "title": "Campaigns",
                "intro": "Each campaign is filed with the civil affairs authority and run by a charity licensed to raise funds in public; its progress is live.",
            },
        },
    ),
    (
        "transparency",
        "transparencyindexpage",
        {
            "zh-hans": {
                "title": "透明报告",
                "intro": "报告由公开账直接生成，任何人都可以下载、核对，不必相信我们。",
            },
            "en": {
                "title": "Transparency",
                "intro": "Reports are built from the open ledger itself. Anyone can download and check them without having to trust us.",
            },
        },
    ),
    (
        "about",
        "standardpage",
        {
            "zh-hans": {
                "title": "关于爱心",
                "intro": "爱心把核实过的家庭需求交给能帮上忙的人，并把每一分钱的来去公开。",
            },
            "en": {
                "title": "About Aixin",
                "intro": "Aixin brings verified household needs to those who can meet them, and shows where every fen comes from and goes.",
            },
        },
    ),
)


def _heading(text: str) -> dict[str, Any]:
    return {"type": "heading", "value": text}


def _paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "value": f"<p>{text}</p>"}


ABOUT: dict[str, list[dict[str, Any]]] = {
    "zh-hans": [
        _heading("谁在核实"),
        _paragraph(
            "驻村干部受家庭委托登记需求，村、乡镇、县三级由三个不同的人依次核实。写需求的人不能核实，核实过一步的人不能核实另一步，管理员也不例外。"
        ),
        _heading("为什么要公示"),
        _paragraph(
            "核实之后，隐去身份的需求在当地公示。任何人都可以提出异议；异议处理完、公示期满，需求才会公开求助。"
        ),
        _heading("钱怎么走"),
        _paragraph(
            "捐赠进入有公开募捐资格的慈善组织的账户，属于已备案的慈善项目，不是个人求助。拨付由两人经办，一人提出，另一人复核；送达要有凭证。每一步都记入只能追加、不能改写的公开账。"
        ),
        _heading("家庭的隐私"),
        _paragraph(
            "姓名、证件号、电话、住址、银行卡不会出现在任何公开页面、报告或导出文件里。家庭随时可以撤回同意，撤回后相关页面和图片随即下线。"
        ),
        {
            "type": "action",
            "value": {
                "text": "想自己核对一遍？公开账和报告都可以下载。",
                "button": "看透明报告",
                "page": None,
                "path": "/transparency/",
            },
        },
    ],
    "en": [
        _heading("Who verifies"),
        _paragraph(
            "A village officer files the need on the family's behalf. Village, township and county then check it in turn, three different people. Whoever filed it cannot verify it, and nobody takes two steps; administrators are no exception."
        ),
        _heading("Why there is a public notice"),
        _paragraph(
            "Once verified, the need stands in a local public notice that does not say whose it is. Anyone may object. Only when objections are settled and the notice period is over does the need ask for help."
        ),
        _heading("How money moves"),
        _paragraph(
            "Gifts go to the account of a charity licensed to raise funds in public, for a filed project; they are not personal appeals. Pay-outs take two people, one who proposes and one who checks, and deliveries need evidence. Each step is written to an open ledger that can only be added to."
        ),
        _heading("The family's privacy"),
        _paragraph(
            "No name, identity number, telephone number, address or bank card appears on any public page, report or export. A family may withdraw its consent at any time; its pages and pictures then go offline at once."
        ),
        {
            "type": "action",
            "value": {
                "text": "Would you like to check for yourself? Ledger and reports are there to download.",
                "button": "Open the reports",
                "page": None,
                "path": "/transparency/",
            },
        },
    ],
}
