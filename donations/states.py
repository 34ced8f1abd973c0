"""State tables of gifts, payments, refunds and reports; what takes two people is in core."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DonationStatus(models.TextChoices):
    """A gift; its state is set by what the provider reports, never by the browser."""

    PENDING = "pending", _("待付款")
    COLLECTED = "collected", _("已到账")
    EXPIRED = "expired", _("已过期")
    FAILED = "failed", _("付款失败")
    REFUNDED = "refunded", _("已退款")


D = DonationStatus
DONATION_TRANSITIONS: dict[DonationStatus, frozenset[DonationStatus]] = {
    D.PENDING: frozenset({D.COLLECTED, D.EXPIRED, D.FAILED}),
    D.COLLECTED: frozenset({D.REFUNDED}),
    # Money that arrives late is still a gift; it is taken unmatched.
    D.EXPIRED: frozenset({D.COLLECTED}),
    D.FAILED: frozenset({D.COLLECTED, D.PENDING}),
    D.REFUNDED: frozenset(),
}


class DonationSource(models.TextChoices):
    """Which way the money came."""

    ONLINE = "online", _("在线支付")
    BANK = "bank", _("银行转账")


class PaymentStatus(models.TextChoices):
    """One attempt to collect a gift."""

    CREATED = "created", _("已创建")
    OPEN = "open", _("待付款")
    PROCESSING = "processing", _("处理中")
    SUCCEEDED = "succeeded", _("已成功")
    FAILED = "failed", _("失败")
    EXPIRED = "expired", _("已过期")


class EventStatus(models.TextChoices):
    """A stored webhook event."""

    RECEIVED = "received", _("已接收")
    PROCESSED = "processed", _("已处理")
    IGNORED = "ignored", _("无需处理")
    HELD = "held", _("待人工处理")
    SETTLED = "settled", _("人工办结")


class HeldProblem(models.TextChoices):
    """How the provider's word contradicts our record, in words for the money desk."""

    UNKNOWN_GIFT = "unknown_gift", _("支付平台说的捐赠或付款，我们没有记录")
    OTHER_AMOUNT = "other_amount", _("金额或币种与捐赠记录不一致")
    NOT_PAID = "not_paid", _("我们记为已到账，支付平台说没有付成")
    REFUND_RETURNED = "refund_returned", _("退款被银行退回，钱又回到支付平台")
    PAID_OUT = "paid_out", _("支付平台已退款，但这笔善款已经拨付")
    REOPENED = "reopened", _("已结束的争议又有了不同的结果")
    REFUSED = "refused", _("支付平台拒绝了我们的查询")
    STUCK = "stuck", _("一直没有处理成功")


class SettlementKind(models.TextChoices):
    """What a person did with a held event; only the latter moves money, and takes two."""

    EXPLAINED = "explained", _("已查明，不用改账")
    REFUND_RETURNED = "refund_returned", _("退款被退回，按支付平台的金额入账")


class RefundStatus(models.TextChoices):
    """Money set aside to go back to a donor."""

    RESERVED = "reserved", _("已留出，等支付平台")
    BOOKED = "booked", _("已退款")
    RELEASED = "released", _("支付平台没有接受，已放回")


class DisputeStatus(models.TextChoices):
    """A payer's dispute at their bank; while open its money stays where it is."""

    OPEN = "open", _("争议中，已冻结")
    WON = "won", _("已结束，善款保住")
    LOST = "lost", _("已结束，钱退回付款人")


class AccountKind(models.TextChoices):
    """A ledger account; debit is positive."""

    ASSET = "asset", _("资产")
    FUND = "fund", _("限定用途资金")
    EXPENSE = "expense", _("费用")
    GOODS = "goods", _("物资（估值）")
    GOODS_FUND = "goods_fund", _("物资对应权益")


class EntryKind(models.TextChoices):
    """What a ledger entry records."""

    GIFT = "gift", _("捐赠到账")
    MATCH = "match", _("配捐到账")
    FEE = "fee", _("支付手续费")
    REFUND = "refund", _("退款")
    REFUND_RETURNED = "refund_returned", _("退款被退回")
    CHARGEBACK = "chargeback", _("争议退回")
    MATCH_REVERSAL = "match_reversal", _("配捐冲回")
    GOODS = "goods", _("物资入账（估值）")
    INSTALMENT = "instalment", _("结对款到账")
    ALLOCATION = "allocation", _("资金分配")
    DISBURSEMENT = "disbursement", _("拨付")
    REVERSAL = "reversal", _("更正冲回")


class PayeeKind(models.TextChoices):
    """Whom a pay-out goes to."""

    HOUSEHOLD = "household", _("农户本人账户")
    SUPPLIER = "supplier", _("供货商")
    VILLAGE = "village", _("村集体账户")


class ReportKind(models.TextChoices):
    """A transparency report."""

    CAMPAIGN = "campaign", _("活动报告")
    MONTHLY = "monthly", _("月度报告")


class ComplaintSubject(models.TextChoices):
    """What a complaint is about; it decides whose desk it lies on."""

    NEED = "need", _("某个需求")
    GIFT = "gift", _("捐赠或收据")
    CAMPAIGN = "campaign", _("募捐活动")
    CONDUCT = "conduct", _("工作人员的行为")
    OTHER = "other", _("其他")


class ComplaintStatus(models.TextChoices):
    """A complaint; a reply may come before it is closed."""

    OPEN = "open", _("待答复")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("已办结")


class ComplaintOutcome(models.TextChoices):
    """What a complaint came to."""

    UPHELD = "upheld", _("属实，已处理")
    PARTLY = "partly", _("部分属实，已处理")
    UNFOUNDED = "unfounded", _("不属实")
    REFERRED = "referred", _("已转主管部门")
