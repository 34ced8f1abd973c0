"""An explained match in sentences of the language being read."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.clock import PROGRAMME_ZONE
from core.money import Money
from matching.funds.engine import rules
from matching.funds.engine.explain import MATCHED
from matching.models.places import in_language


def explanation_sentences(items: list[dict]) -> list[str]:
    """Return one sentence per item of ``engine.explain.explanation``, plain text."""
    return [_sentence(item) for item in items]


def _sentence(item: dict) -> str:
    texts = _matched_texts() if item["code"] == MATCHED else _unmatched_texts()
    words = {
        "fund": in_language(item["name"], item["name_en"]),
        "sponsor": in_language(item["sponsor"], item["sponsor_en"]),
        "amount": Money(item["amount_minor"], item["currency"]).format(),
        "limit": Money(item["limit_minor"] or 0, item["currency"]).format(),
        "ratio": item["ratio_percent"],
        "at": _when(item["at"]),
    }
    return texts.get(item["limited_by"], texts[""]) % words


def _when(instant: str) -> str:
    if not instant:
        return ""
    return datetime.fromisoformat(instant).astimezone(PROGRAMME_ZONE).strftime("%Y-%m-%d %H:%M")


def _matched_texts() -> dict[str, str]:
    return {
        "": _("%(sponsor)s的“%(fund)s”配捐 %(amount)s。"),
        rules.GIFT_CAP: _("%(sponsor)s的“%(fund)s”配捐 %(amount)s：每笔最多配捐 %(limit)s。"),
        rules.DONOR_DAY_CAP: _(
            "%(sponsor)s的“%(fund)s”配捐 %(amount)s：每人每天最多配捐 %(limit)s。"
        ),
        rules.FUND_EMPTY: _("%(sponsor)s的“%(fund)s”配捐 %(amount)s：这是基金最后的余额。"),
        rules.NEED_FULL: _("%(sponsor)s的“%(fund)s”配捐 %(amount)s：至此这项需求已经筹足。"),
    }


def _unmatched_texts() -> dict[str, str]:
    return {
        "": _("“%(fund)s”没有为这笔捐赠配捐。"),
        rules.DONOR_DAY_CAP: _(
            "“%(fund)s”每人每天最多配捐 %(limit)s，您今天的额度已经用完，这笔没有配捐。"
        ),
        rules.FUND_EMPTY: _("“%(fund)s”的余额已经用完，这笔没有配捐。"),
        rules.NEED_FULL: _("这笔捐赠之后这项需求已经筹足，不再需要配捐。"),
        rules.NOT_OPEN_YET: _("“%(fund)s”从 %(at)s（北京时间）开始配捐。"),
        rules.CLOSED: _("“%(fund)s”已于 %(at)s（北京时间）结束配捐。"),
        rules.OWN_FUND: _("“%(fund)s”由%(sponsor)s出资，不为本单位的捐赠配捐。"),
        rules.MIN_GIFT: _("“%(fund)s”为满 %(limit)s 的捐赠配捐。"),
    }
