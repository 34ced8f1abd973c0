"""Sample contexts of every component; all people and places here are invented."""

import re
from datetime import timedelta
from pathlib import Path

import segno
from django.contrib.staticfiles.finders import find
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import Money


def icon_names() -> list[str]:
    """The symbols of the sprite, so that the page never misses a new one."""
    sprite = find("img/icons.svg")
    return re.findall(r'<symbol id="(\w+)"', Path(sprite).read_text("utf-8")) if sprite else []


def _qr(url: str) -> SafeString:
    code = segno.make(url, error="m", micro=False)
    return mark_safe(code.svg_inline(border=0, scale=4, omitsize=True))  # noqa: S308


NOW = clock.now()
NEED = {
    "code": "N-2611-0042",
    "url": "#need",
    "title": _("为梁上村小学接通自来水，添置 2 台净水器"),
    "place": _("定西市 · 梁上村"),
    "category": _("饮水"),
    "category_icon": "water",
    "arrived_minor": 1_234_000,
    "reserved_minor": 320_000,
    "target_minor": 2_000_000,
    "people": 3,
    "verified_at": NOW - timedelta(days=12),
}
GIFTS = [
    {
        "name": "张**",
        "amount": "¥200",
        "at": NOW - timedelta(minutes=3),
        "message": _("愿孩子们喝上好水"),
    },
    {"name": _("爱心人士"), "amount": "¥1,000", "at": NOW - timedelta(hours=2)},
    {"name": "李*", "amount": "¥50.50", "at": NOW - timedelta(days=1)},
]

# (group title, component names); the test asserts that every component is in one.
GROUPS: list[tuple[object, list[str]]] = [
    (
        _("标志与框架"),
        ["wordmark", "icon", "language_switch", "main_nav", "site_header", "site_footer"],
    ),
    (
        _("页头与去向"),
        ["page_header", "breadcrumb", "tabs", "step_indicator", "pagination", "pager"],
    ),
    (_("动作"), ["button", "button_link", "share"]),
    (_("状态与消息"), ["badge", "verified_badge", "notice", "error_summary", "empty_state"]),
    (
        _("数字"),
        ["money", "progress", "stat", "stat_group", "as_of", "bar_chart", "trio", "sparkline"],
    ),
    (_("卡片"), ["need_card", "card", "donor_ticker"]),
    (_("列表与表格"), ["timeline", "fact_list", "data_table"]),
    (_("表单与筛选"), ["amount_chips", "filter_form", "facet_group"]),
]
SAMPLES: dict[str, list[dict]] = {
    "wordmark": [{}, {"plain": True}],
    "icon": [{"name": name} for name in icon_names()],
    "language_switch": [],
    "main_nav": [],
    "site_header": [],
    "site_footer": [],
    "page_header": [
        {
            "title": _("梁上村小学饮水"),
            "eyebrow": "N-2611-0042",
            "lead": _("全校 86 名师生至今喝窖水。水管离学校 400 米。"),
            "status": _("公示期满"),
            "status_tone": "done",
            "action_url": "#give",
            "action_text": _("立即捐赠"),
            "action_kind": "give",
            "heading": "p",
        }
    ],
    "breadcrumb": [
        {
            "items": [
                {"text": _("首页"), "url": "#home"},
                {"text": _("看需求"), "url": "#needs"},
                {"text": _("梁上村小学饮水")},
            ]
        }
    ],
    "tabs": [
        {
            "label": _("需求的状态"),
            "items": [
                {"text": _("待我办理"), "url": "#inbox", "current": True, "count": 12},
                {"text": _("公示中"), "url": "#notice", "current": False, "count": 3},
                {"text": _("已办结"), "url": "#done", "current": False},
            ],
        }
    ],
    "step_indicator": [{"steps": [_("填写"), _("核对"), _("付款"), _("完成")], "current": 2}],
    "pagination": [
        {"page": 6, "pages": 42, "query": "q=水"},
        {"page": 1, "pages": 2, "label": _("另一列的分页")},
    ],
    "pager": [{"newer_url": "#newer", "older_url": "#older"}],
    "button": [
        {"text": _("确认捐赠"), "kind": "give", "icon": "heart"},
        {"text": _("提交"), "kind": "primary"},
        {"text": _("退回"), "kind": "secondary"},
        {"text": _("取消"), "kind": "quiet"},
        {"text": _("驳回"), "kind": "danger", "type": "button"},
    ],
    "button_link": [
        {"text": _("立即捐赠"), "url": "#give", "kind": "give"},
        {"text": _("下载 CSV"), "url": "#csv", "kind": "secondary", "icon": "download"},
    ],
    "share": [
        {
            "url": "https://example.org/verify/R-2026-000042",
            "caption": _("扫码核对这张收据"),
            "qr": _qr("https://example.org/verify/R-2026-000042"),
        }
    ],
    "badge": [
        {"text": _("草稿"), "tone": "neutral"},
        {"text": _("已送达"), "tone": "done"},
        {"text": _("公示中"), "tone": "waiting"},
        {"text": _("募集中"), "tone": "active"},
        {"text": _("已暂停"), "tone": "stopped"},
    ],
    "verified_badge": [
        {"people": 3, "verified_at": NOW - timedelta(days=12)},
        {"people": 1, "verified_at": NOW - timedelta(hours=4)},
        {"people": 0},
    ],
    "notice": [
        {"kind": "info", "text": _("搜索引擎暂时不可用，以下结果来自数据库。")},
        {"kind": "success", "title": _("已收到您的捐赠"), "text": _("收据已寄到您的邮箱。")},
        {
            "kind": "warning",
            "text": _("配捐为您保留到 14:30。"),
            "link_url": "#why",
            "link_text": _("为什么？"),
        },
        {"kind": "error", "title": _("付款没有成功"), "text": _("没有扣款。请再试一次。")},
    ],
    "error_summary": [
        {
            "errors": [
                {"text": _("请填写金额，最少 1 元。"), "href": "#amount_own_value"},
                {"text": _("这项需求刚刚筹满。"), "href": ""},
            ]
        }
    ],
    "empty_state": [
        {
            "title": _("没有符合条件的需求"),
            "text": _("少选一个条件，或者看看全部需求。"),
            "url": "#all",
            "action": _("看全部需求"),
            "heading": "h3",
        }
    ],
    "money": [{"minor": 123_450}, {"minor": 2_000_000}, {"minor": -5_000}],
    "progress": [
        {"arrived_minor": 1_234_000, "reserved_minor": 320_000, "target_minor": 2_000_000},
        {"arrived_minor": 500_000, "target_minor": 500_000, "compact": True},
        {"arrived_minor": 0, "reserved_minor": 0, "target_minor": 900_000, "compact": True},
    ],
    "stat": [],
    "stat_group": [
        {
            "stats": [
                {
                    "label": _("已到账"),
                    "figure": "¥1,558,340.50",
                    "tone": "arrived",
                    "as_of": NOW,
                    "url": "#ledger",
                },
                {
                    "label": _("已配捐"),
                    "figure": "¥420,000",
                    "tone": "matched",
                    "note": _("来自 3 个配捐基金"),
                },
                {
                    "label": _("已承诺"),
                    "figure": "¥2,000,000",
                    "tone": "promised",
                    "note": _("尚未到账，不计入合计"),
                },
                {"label": _("捐赠笔数"), "figure": "2,018"},
            ]
        }
    ],
    "as_of": [{"at": NOW, "source": _("数据库")}],
    "trio": [
        {
            "promised": Money(86_000_000),
            "arrived": Money(77_400_000),
            "spent": Money(56_330_000),
        },
        {"promised": Money(26_000_000), "arrived": Money(0), "spent": Money(0)},
    ],
    "bar_chart": [
        {
            "caption": _("各乡镇到账金额"),
            "label_head": _("乡镇"),
            "value_head": _("到账"),
            "tone": "arrived",
            "rows": [
                {"label": _("城关镇"), "value": 482_300, "text": "¥4,823", "url": "#town"},
                {"label": _("河畔镇"), "value": 310_000, "text": "¥3,100"},
                {"label": _("新添堡回族乡"), "value": 96_050, "text": "¥960.50"},
                {"label": _("老君坡镇"), "value": 0, "text": "¥0"},
            ],
        }
    ],
    "sparkline": [
        {
            "values": [3, 5, 4, 8, 6, 9, 14, 11, 16, 21, 18, 30],
            "text": _("近 12 个月到账，最高 ¥30 万"),
        }
    ],
    "need_card": [
        {**NEED, "match_text": _("每 1 元配 1 元，剩余 ¥8,200")},
        {
            **NEED,
            "title": _("慢性病用药，半年"),
            "category": _("医疗"),
            "category_icon": "medical",
            "arrived_minor": 86_050,
            "reserved_minor": 0,
            "target_minor": 360_000,
            "people": 2,
            "status": _("公示中"),
            "status_tone": "waiting",
        },
        {
            **NEED,
            "title": _("花椒苗 200 株"),
            "category": _("产业"),
            "category_icon": "livelihood",
            "arrived_minor": 240_000,
            "reserved_minor": 0,
            "target_minor": 240_000,
            "status": _("已送达"),
            "status_tone": "done",
        },
    ],
    "card": [
        {
            "title": _("水通了：梁上村的一个早晨"),
            "url": "#story",
            "meta": "2026-11-02",
            "text": _("从立项到出水用了 41 天，账目公开到分。"),
        },
        {
            "title": _("十月透明报告"),
            "url": "#report",
            "meta": _("月报"),
            "text": _("到账、配捐、支出三个数字分开列。"),
        },
    ],
    "donor_ticker": [{"gifts": GIFTS, "heading": "h3"}, {"gifts": [], "heading": "h3"}],
    "timeline": [
        {
            "events": [
                {
                    "title": _("村级初审通过"),
                    "who": _("驻村第一书记"),
                    "at": NOW - timedelta(days=30),
                },
                {
                    "title": _("乡镇复审通过"),
                    "who": _("乡镇审核员"),
                    "at": NOW - timedelta(days=22),
                    "note": _("入户走访，附照片 3 张。"),
                },
                {
                    "title": _("公示"),
                    "who": _("全村范围"),
                    "at": NOW - timedelta(days=3),
                    "state": "current",
                    "url": "#notice",
                    "url_text": _("看公示"),
                },
                {"title": _("县级审定"), "state": "todo"},
            ]
        },
        {
            "events": [
                {
                    "title": _("已退回"),
                    "who": _("乡镇审核员"),
                    "at": NOW,
                    "state": "stopped",
                    "note": _("缺少同意书。"),
                }
            ]
        },
    ],
    "fact_list": [
        {
            "facts": [
                {"term": _("备案编号"), "value": "DEMO-2026-0001", "url": "#filing"},
                {"term": _("执行机构"), "value": _("示范县慈善会（虚构）")},
                {"term": _("管理费"), "value": "0%", "note": _("由运营方承担，不从善款列支。")},
            ]
        }
    ],
    "data_table": [
        {
            "caption": _("最近的账目"),
            "ledger": True,
            "columns": [
                {"label": _("分录")},
                {"label": _("日期")},
                {"label": _("摘要")},
                {"label": _("借方"), "numeric": True},
                {"label": _("贷方"), "numeric": True},
            ],
            "rows": [
                [{"text": "E-000218", "url": "#e218"}, "2026-11-21", _("捐赠到账"), "¥200", ""],
                [{"text": "E-000219", "url": "#e219"}, "2026-11-21", _("配捐划入"), "¥200", ""],
                [
                    {"text": "E-000220", "url": "#e220"},
                    "2026-11-22",
                    _("拨付供应商"),
                    "",
                    "¥12,340.50",
                ],
            ],
        },
        {
            "caption": _("没有记录的表"),
            "columns": [{"label": _("日期")}, {"label": _("摘要")}],
            "rows": [],
        },
    ],
    "amount_chips": [
        {
            "amounts": [5_000, 10_000, 20_000, 50_000],
            "selected": 10_000,
            "hint": _("100 元约为 20 株花椒苗。"),
        },
        {
            "amounts": [5_000, 10_000],
            "selected": "own",
            "own_value": "0.001",
            "error": _("金额最多两位小数。"),
            "id": "amount_refused",
            "name": "amount_refused",
            "own_name": "own_refused",
        },
    ],
    "filter_form": [
        {
            "action": "#needs",
            "label": _("找需求"),
            "value": _("净水器"),
            "selects": [
                {
                    "name": "sort",
                    "label": _("排序"),
                    "options": [
                        {"value": "new", "label": _("最新"), "selected": True},
                        {"value": "near", "label": _("快筹满")},
                    ],
                }
            ],
            "hidden": [{"name": "category", "value": "water"}],
        }
    ],
    "facet_group": [
        {
            "legend": _("类别"),
            "clear_url": "#clear",
            "options": [
                {"label": _("饮水"), "count": 42, "url": "#water", "selected": True},
                {"label": _("助学"), "count": 31, "url": "#school", "selected": False},
                {"label": _("医疗"), "count": 1_208, "url": "#medical", "selected": False},
            ],
        }
    ],
}
