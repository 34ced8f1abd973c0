"""Parameter types: each turns raw form text into a value or refuses it in Stripe's words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .errors import StripeError, missing_param
from .settings import CURRENCIES

Reader = Callable[[Any, str], Any]

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, slots=True)
class Param:
    read: Reader
    required: bool = False


Schema = Mapping[str, Param | Reader]


def validate(schema: Schema, raw: dict[str, Any], path: str = "") -> dict[str, Any]:
    """The given parameters, typed. Unknown names are refused first, then missing, then bad ones."""
    unknown = [_join(path, name) for name in raw if name not in schema]
    if unknown:
        plural = "s" if len(unknown) > 1 else ""
        raise StripeError(
            f"Received unknown parameter{plural}: {', '.join(unknown)}",
            code="parameter_unknown",
            param=unknown[0],
        )
    for name, param in schema.items():
        if isinstance(param, Param) and param.required and name not in raw:
            raise missing_param(_join(path, name))
    return {name: _reader(schema[name])(value, _join(path, name)) for name, value in raw.items()}


def _reader(param: Param | Reader) -> Reader:
    return param.read if isinstance(param, Param) else param


def _join(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def required(read: Reader) -> Param:
    return Param(read, required=True)


def text(*, longest: int = 5000, clearable: bool = False, pattern: str | None = None) -> Reader:
    def read(value: Any, path: str) -> str | None:
        if not isinstance(value, str):
            raise StripeError("Invalid string: value must be a string", param=path)
        if value == "":
            if clearable:
                return None
            raise _empty(path)
        if len(value) > longest:
            raise StripeError(
                f"Invalid string: {value[:10]}...; must be at most {longest} characters",
                param=path,
            )
        if pattern and not re.fullmatch(pattern, value):
            raise StripeError(f"Invalid string: {value}", param=path)
        return value

    return read


def integer(*, smallest: int | None = None, largest: int | None = None) -> Reader:
    def read(value: Any, path: str) -> int:
        if value == "":
            raise _empty(path)
        if not isinstance(value, str) or not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise StripeError(
                f"Invalid integer: {value}", code="parameter_invalid_integer", param=path
            )
        number = int(value)
        if smallest is not None and number < smallest:
            raise _out_of_range(f"greater than or equal to {smallest}", path)
        if largest is not None and number > largest:
            raise _out_of_range(f"less than or equal to {largest}", path)
        return number

    return read


def boolean(value: Any, path: str) -> bool:
    if value not in {"true", "false"}:
        raise StripeError(f"Invalid boolean: {value}", param=path)
    return value == "true"


def one_of(*choices: str) -> Reader:
    def read(value: Any, path: str) -> str:
        if value == "":
            raise _empty(path)
        if value not in choices:
            listed = ", ".join(choices[:-1]) + (", or " if len(choices) > 1 else "") + choices[-1]
            raise StripeError(f"Invalid {path}: must be one of {listed}", param=path)
        return value

    return read


def url(value: Any, path: str) -> str:
    if value == "":
        raise _empty(path)
    given = value if isinstance(value, str) else ""
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"[\s<>]", given):
        raise StripeError("Not a valid URL", code="url_invalid", param=path)
    return given


def email(value: Any, path: str) -> str:
    if value == "":
        raise _empty(path)
    if not isinstance(value, str) or len(value) > 800 or not EMAIL.fullmatch(value):
        raise StripeError(f"Invalid email address: {value}", code="email_invalid", param=path)
    return value


def currency(value: Any, path: str) -> str:
    if value == "":
        raise _empty(path)
    if value not in CURRENCIES:
        raise StripeError(
            f"Invalid currency: {value}. Stripe currently supports these currencies: "
            f"{', '.join(CURRENCIES)}",
            param=path,
        )
    return value


def metadata(value: Any, path: str) -> dict[str, str]:
    """Up to 50 keys; an empty value removes the key on an update, an empty hash all of them."""
    if value == "":
        return {"": ""}
    if not isinstance(value, dict):
        raise StripeError("Invalid object", param=path)
    if len(value) > 50:
        raise StripeError(
            f"Metadata can have up to 50 keys, but you passed in {len(value)}.", param=path
        )
    for key, item in value.items():
        if len(key) > 40:
            raise StripeError(
                f"Metadata keys can have up to 40 characters, but you passed in a key that is "
                f"{len(key)} characters. Invalid key: {key}",
                param=path,
            )
        if not isinstance(item, str):
            raise StripeError("Metadata values must be strings", param=_join(path, key))
        if len(item) > 500:
            raise StripeError(
                f"Metadata values can have up to 500 characters, but you passed in a value that "
                f"is {len(item)} characters. Invalid value: {item}",
                param=path,
            )
    return value


def merged_metadata(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    if "" in new:
        return {}
    return {key: item for key, item in {**old, **new}.items() if item != ""}


def hash_of(schema: Schema) -> Reader:
    def read(value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise StripeError("Invalid object", param=path)
        return validate(schema, value, path)

    return read


def array_of(read_item: Reader, *, longest: int = 100) -> Reader:
    def read(value: Any, path: str) -> list[Any]:
        if not isinstance(value, dict) or not all(key.isdigit() for key in value):
            raise StripeError("Invalid array", param=path)
        if len(value) > longest:
            raise StripeError(
                f"Array {path} exceeded maximum {longest} allowed elements.", param=path
            )
        ordered = sorted(value.items(), key=lambda pair: int(pair[0]))
        return [read_item(item, f"{path}[{index}]") for index, (_, item) in enumerate(ordered)]

    return read


def when(value: Any, path: str) -> dict[str, int]:
    """A list filter on ``created``: a timestamp, or gt, gte, lt and lte of one."""
    stamp = integer(smallest=0)
    if isinstance(value, dict):
        return validate(dict.fromkeys(("gt", "gte", "lt", "lte"), stamp), value, path)
    return {"gte": stamp(value, path), "lte": stamp(value, path)}


def _empty(path: str) -> StripeError:
    return StripeError(
        f"You passed an empty string for '{path}'. We assume empty values are an attempt to unset "
        f"a parameter; however '{path}' cannot be unset. You should remove '{path}' from your "
        "request or supply a non-empty value.",
        code="parameter_invalid_empty",
        param=path,
    )


def _out_of_range(limit: str, path: str) -> StripeError:
    return StripeError(f"This value must be {limit}.", code="parameter_invalid_integer", param=path)


EXPAND = {"expand": array_of(text(), longest=20)}
PAGING = {
    "limit": integer(smallest=1, largest=100),
    "starting_after": text(),
    "ending_before": text(),
    **EXPAND,
}
