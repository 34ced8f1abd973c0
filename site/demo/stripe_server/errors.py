"""Stripe-shaped errors: the exception handlers raise, and the bodies it becomes."""

from typing import Any

DOC_URL = "https://stripe.com/docs/error-codes/"


class StripeError(Exception):
    """An answer that is not a 200.

    ``executed`` says that the endpoint had begun its work, so that the answer is kept under the
    idempotency key; Stripe keeps no refusal of the parameters themselves.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        executed: bool = False,
        **details: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.executed = executed
        self.details = {"type": kind, "message": message, **details}
        if code:
            self.details |= {"code": code, "doc_url": DOC_URL + code.replace("_", "-")}
        if param:
            self.details["param"] = param

    def body(self, request_id: str) -> dict[str, Any]:
        log = f"https://dashboard.stripe.com/test/logs/{request_id}"
        return {"error": {**self.details, "request_log_url": log}}


def missing_resource(label: str, wanted: str, param: str) -> StripeError:
    return StripeError(
        f"No such {label}: '{wanted}'", status=404, code="resource_missing", param=param
    )


def missing_param(param: str) -> StripeError:
    return StripeError(f"Missing required param: {param}.", code="parameter_missing", param=param)


def unexpected_state(message: str, intent: dict[str, Any]) -> StripeError:
    return StripeError(
        message,
        code="payment_intent_unexpected_state",
        payment_intent=intent,
        executed=True,
    )


def unknown_route(method: str, path: str) -> StripeError:
    return StripeError(
        f"Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs or "
        "we can help at https://support.stripe.com/.",
        status=404,
    )


def no_key() -> StripeError:
    return StripeError(
        "You did not provide an API key. You need to provide your API key in the Authorization "
        "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        status=401,
    )


def wrong_key(key: str) -> StripeError:
    hidden = f"{key[:8]}{'*' * max(0, len(key) - 12)}{key[-4:]}" if len(key) > 12 else "****"
    return StripeError(f"Invalid API Key provided: {hidden}", status=401)


def rate_limited() -> StripeError:
    return StripeError(
        "Request rate limit exceeded. Learn more about rate limits here "
        "https://stripe.com/docs/rate-limits.",
        status=429,
        code="rate_limit",
    )


def lock_timeout() -> StripeError:
    return StripeError(
        "This object cannot be accessed right now because another API request or Stripe process "
        "is currently accessing it. If you see this error intermittently, retry the request.",
        status=429,
        code="lock_timeout",
    )


def server_error() -> StripeError:
    return StripeError(
        "Sorry! There was an error while talking to one of our backends. Try again later.",
        status=500,
        kind="api_error",
        executed=True,
    )
