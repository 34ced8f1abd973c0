"""Which ways to pay there are: the parameters that choose, and the choice."""

from typing import Any

from ..errors import StripeError
from ..params import Reader, array_of, hash_of, one_of, required, text
from ..settings import WALLET_CURRENCIES

METHOD_TYPES = (
    "acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay",
    "au_becs_debit", "bacs_debit", "bancontact", "billie", "bizum", "blik", "boleto", "card",
    "cashapp", "crypto", "customer_balance", "eps", "fpx", "giropay", "grabpay", "ideal",
    "kakao_pay", "klarna", "konbini", "kr_card", "link", "mb_way", "mobilepay", "multibanco",
    "naver_pay", "nz_bank_account", "oxxo", "p24", "pay_by_bank", "payco", "paynow", "paypal",
    "paypay", "payto", "pix", "promptpay", "revolut_pay", "samsung_pay", "satispay", "scalapay",
    "sepa_debit", "sequra", "sofort", "sunbit", "swish", "twint", "upi", "us_bank_account",
    "wechat_pay", "zip",
)  # fmt: skip
ENABLED = ("card", "alipay", "wechat_pay")


def retired(value: Any, path: str) -> Any:
    """Since 2026-09-30.endive the list is computed; only a filter on it can be given."""
    raise StripeError(
        f"The `{path}` parameter is no longer supported in this API version. Use dynamic payment "
        "methods, `allowed_payment_method_types` or `excluded_payment_method_types` instead.",
        code="payment_method_types_no_longer_supported",
        param=path,
    )


def only(supported: str, *valid: str) -> Reader:
    """A choice of Stripe's of which the stand-in carries one."""
    read_valid = one_of(*valid)

    def read(value: Any, path: str) -> str:
        if read_valid(value, path) != supported:
            raise StripeError(
                f"The stand-in carries {path}={supported} only, not {value}.", param=path
            )
        return value

    return read


METHOD_FILTERS = {
    "allowed_payment_method_types": array_of(one_of(*METHOD_TYPES)),
    "excluded_payment_method_types": array_of(one_of(*METHOD_TYPES)),
    "payment_method_types": retired,
}
METHOD_OPTIONS = hash_of(
    {
        "card": hash_of({"request_three_d_secure": one_of("any", "automatic", "challenge")}),
        "alipay": hash_of({"setup_future_usage": one_of("none")}),
        "wechat_pay": hash_of(
            {
                "client": required(one_of("android", "ios", "web")),
                "app_id": text(),
                "setup_future_usage": one_of("none"),
            }
        ),
    }
)


def method_types(params: dict[str, Any], currency_: str) -> list[str]:
    """What the page offers: enabled here, fit for the currency, and past the caller's filters."""
    if "allowed_payment_method_types" in params and "excluded_payment_method_types" in params:
        raise StripeError(
            "You may only specify one of these parameters: allowed_payment_method_types, "
            "excluded_payment_method_types.",
            param="excluded_payment_method_types",
        )
    allowed = params.get("allowed_payment_method_types", ENABLED)
    excluded = params.get("excluded_payment_method_types", ())
    offered = [
        kind
        for kind in ENABLED
        if kind in allowed
        and kind not in excluded
        and (kind == "card" or currency_ in WALLET_CURRENCIES)
    ]
    if not offered:
        raise StripeError(
            "No valid payment method types for this Checkout Session. Please ensure that you have "
            "activated payment methods compatible with your chosen currency in your dashboard.",
            param="allowed_payment_method_types" if "allowed_payment_method_types" in params
            else None,
        )  # fmt: skip
    return offered
