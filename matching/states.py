"""State tables of needs, notices, reservations and agreements, readable by anyone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Levels of the administrative tree, outermost first."""

    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("地级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")
    VILLAGE = "village", _("村级")


class Category(models.TextChoices):
    """What a need is for; the seven heads of the national need taxonomy."""

    EDUCATION = "education", _("教育")
    MEDICAL = "medical", _("医疗")
    HOUSING = "housing", _("住房")
    INDUSTRY = "industry", _("产业")
    JOBS = "jobs", _("就业")
    TRAINING = "training", _("培训")
    DAILY_GOODS = "daily_goods", _("生活用品")


class Cause(models.TextChoices):
    """Why the household is in need, by the registry's cause codes."""

    ILLNESS = "illness", _("因病")
    DISABILITY = "disability", _("因残")
    SCHOOLING = "schooling", _("因学")
    DISASTER = "disaster", _("因灾")
    LACK_OF_LABOUR = "lack_of_labour", _("缺劳力")
    LACK_OF_FUNDS = "lack_of_funds", _("缺资金")
    LACK_OF_SKILLS = "lack_of_skills", _("缺技术")


class Kind(models.TextChoices):
    """What may be given."""

    MONEY = "money", _("资金")
    GOODS = "goods", _("物资")


class NeedStatus(models.TextChoices):
    """Where a need stands on its way from filing to closing."""

    DRAFT = "draft", _("草稿")
    FILED = "filed", _("待村级初审")
    VILLAGE_APPROVED = "village_approved", _("待乡镇复审")
    TOWNSHIP_APPROVED = "township_approved", _("待县级审定")
    IN_PUBLICITY = "in_publicity", _("公示中")
    VERIFIED = "verified", _("已核实，待发布")
    PUBLISHED = "published", _("筹集中")
    PAUSED = "paused", _("已暂停")
    FUNDED = "funded", _("已筹足")
    DISBURSED = "disbursed", _("已拨付")
    CLOSED = "closed", _("已完成")
    REJECTED = "rejected", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")


S = NeedStatus
NEED_TRANSITIONS: dict[NeedStatus, frozenset[NeedStatus]] = {
    S.DRAFT: frozenset({S.FILED, S.WITHDRAWN}),
    S.FILED: frozenset({S.VILLAGE_APPROVED, S.DRAFT, S.REJECTED, S.WITHDRAWN}),
    S.VILLAGE_APPROVED: frozenset({S.TOWNSHIP_APPROVED, S.DRAFT, S.REJECTED, S.WITHDRAWN}),
    S.TOWNSHIP_APPROVED: frozenset({S.IN_PUBLICITY, S.DRAFT, S.REJECTED, S.WITHDRAWN}),
    # An upheld objection sends the need back to its filer or ends it.
    S.IN_PUBLICITY: frozenset({S.VERIFIED, S.DRAFT, S.REJECTED, S.WITHDRAWN}),
    S.VERIFIED: frozenset({S.PUBLISHED, S.WITHDRAWN}),
    S.PUBLISHED: frozenset({S.FUNDED, S.PAUSED, S.DISBURSED, S.WITHDRAWN}),
    # What had arrived before the pause still reaches the household.
    S.PAUSED: frozenset({S.PUBLISHED, S.FUNDED, S.DISBURSED, S.WITHDRAWN}),
    # A refund may open a funded need again.
    S.FUNDED: frozenset({S.PUBLISHED, S.DISBURSED, S.WITHDRAWN}),
    S.DISBURSED: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
    S.REJECTED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
# Statuses whose need has passed verification and publicity.
VERIFIED_STATUSES = (S.VERIFIED, S.PUBLISHED, S.PAUSED, S.FUNDED, S.DISBURSED, S.CLOSED)
# Statuses in which the last of its money meets a need.
MAY_BE_FUNDED = tuple(status for status, to in NEED_TRANSITIONS.items() if S.FUNDED in to)
# Statuses a stranger may see.
PUBLIC_STATUSES = (S.PUBLISHED, S.FUNDED, S.DISBURSED, S.CLOSED)


class Decision(models.TextChoices):
    """What a verifier can say."""

    APPROVE = "approve", _("通过")
    SEND_BACK = "send_back", _("退回补正")
    REJECT = "reject", _("不予通过")


class Role(models.TextChoices):
    """What a person may do, within a region or an organisation."""

    VILLAGE_OFFICER = "village_officer", _("驻村干部")
    VILLAGE_REVIEWER = "village_reviewer", _("村级初审员")
    TOWNSHIP_REVIEWER = "township_reviewer", _("乡镇复审员")
    COUNTY_APPROVER = "county_approver", _("县级审定员")
    EDITOR = "editor", _("编辑")
    FUND_OFFICER = "fund_officer", _("资金专员")
    AUDITOR = "auditor", _("审计员")
    PARTNER = "partner", _("帮扶单位代表")


# The verification chain 村级初审 → 乡镇复审 → 县级审定: who acts on which status.
STEP_ROLE: dict[NeedStatus, Role] = {
    S.FILED: Role.VILLAGE_REVIEWER,
    S.VILLAGE_APPROVED: Role.TOWNSHIP_REVIEWER,
    S.TOWNSHIP_APPROVED: Role.COUNTY_APPROVER,
}
STEP_APPROVED: dict[NeedStatus, NeedStatus] = {
    S.FILED: S.VILLAGE_APPROVED,
    S.VILLAGE_APPROVED: S.TOWNSHIP_APPROVED,
    S.TOWNSHIP_APPROVED: S.IN_PUBLICITY,
}
# The steps of one need, by the status each acts on; a person may hold only one of them.
# Resolving an objection acts on IN_PUBLICITY, publishing on VERIFIED.
CHAIN = (S.DRAFT, S.FILED, S.VILLAGE_APPROVED, S.TOWNSHIP_APPROVED, S.IN_PUBLICITY, S.VERIFIED)


class ConsentScope(models.TextChoices):
    """What a household agreed to."""

    PUBLISH_NEED = "publish_need", _("公开需求（不含身份信息）")
    PUBLISH_STORY = "publish_story", _("公开故事与图片")


class NoticeStatus(models.TextChoices):
    """A publicity notice."""

    OPEN = "open", _("公示中")
    PASSED = "passed", _("公示无异议")
    FAILED = "failed", _("异议成立")


class ObjectionStatus(models.TextChoices):
    """An objection."""

    OPEN = "open", _("处理中")
    UPHELD = "upheld", _("成立")
    DISMISSED = "dismissed", _("不成立")


class FundStatus(models.TextChoices):
    """A match fund."""

    ACTIVE = "active", _("进行中")
    PAUSED = "paused", _("已暂停")
    CLOSED = "closed", _("已结束")


class FundScope(models.TextChoices):
    """Which gifts a match fund matches."""

    ALL = "all", _("全部需求")
    CATEGORY = "category", _("指定类别")
    REGION = "region", _("指定地区")
    CAMPAIGN = "campaign", _("指定活动")


class ReservationState(models.TextChoices):
    """Match money promised to one gift."""

    HELD = "held", _("已预留")
    CAPTURED = "captured", _("已配捐")
    RELEASED = "released", _("已释放")


# Reservations that a gift can count on.
LIVE = (ReservationState.HELD, ReservationState.CAPTURED)


class AgreementStatus(models.TextChoices):
    """A pairing agreement."""

    PROPOSED = "proposed", _("意向")
    ACTIVE = "active", _("履行中")
    COMPLETED = "completed", _("已完成")
    ENDED = "ended", _("已终止")


class MilestoneStatus(models.TextChoices):
    """A milestone of an agreement; its approver is never from the paying side."""

    PLANNED = "planned", _("计划中")
    REPORTED = "reported", _("已上报")
    APPROVED = "approved", _("已确认")
