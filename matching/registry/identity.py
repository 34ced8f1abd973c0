"""Identity data as text: checking a number, and masking what a page may show."""

import re

# GB 11643: 17 digits and a check digit, which is 0 to 9 or X.
ID_NUMBER = re.compile(r"\d{17}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
COMPOUND_SURNAMES = frozenset(
    ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯"]
)


def normal_id_number(text: str) -> str:
    """Return the number without spaces, full-width digits and a small x made plain."""
    table = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")
    return "".join(text.translate(table).split()).upper()


def check_digit_fits(number: str) -> bool:
    """Return whether the 18th character is the one GB 11643-1999 computes (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return number[-1] == _CHECK_DIGITS[total % 11]


def mask_name(name: str) -> str:
    """Return the surname and two stars, whatever the length: ``张**``."""
    if not name:
        return ""
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[0]
    return f"{surname}**"


def mask_id_number(number: str) -> str:
    """Return the province's three digits, stars, and the last four: ``530***********011X``."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else "****"


def mask_phone(phone: str) -> str:
    """Return the last four digits behind stars."""
    return f"*******{phone[-4:]}" if len(phone) > 7 else "*" * len(phone)


def mentions_identity(text: str, *, name: str, secrets: list[str]) -> bool:
    """Return whether a text meant for strangers names the person or gives a number of theirs.

    Any run of 7 digits counts as a number: phones, identity numbers, cards.
    """
    folded = "".join(text.split())
    if len(name) > 1 and name in folded:
        return True
    if re.search(r"\d{7,}", folded):
        return True
    return any(secret in folded for secret in secrets if len(secret) > 3)
