"""Amounts in Chinese capitals (大写), as receipts state them beside the figures.

After the People's Bank's rules for bills (《支付结算办法》 annex 1): zeros between digits are
said once, an amount without 分 ends in 整, and 角 left out before 分 is said as 零.
"""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def in_capitals(minor: int) -> str:
    """Return yuan for ``minor`` fen: 123405 → 壹仟贰佰叁拾肆元零伍分. 0 ≤ minor < 10¹⁸."""
    if not 0 <= minor < 10**18:
        raise ValueError(f"not an amount that can be written out: {minor}")
    yuan, fen = divmod(minor, 100)
    text = f"{_whole(yuan)}元" if yuan or not fen else ""
    tenths, hundredths = divmod(fen, 10)
    if tenths:
        text += f"{DIGITS[tenths]}角"
    elif hundredths and yuan:
        text += DIGITS[0]
    return text + (f"{DIGITS[hundredths]}分" if hundredths else "整")


def _whole(number: int) -> str:
    if not number:
        return DIGITS[0]
    text, pending_zero = "", False
    for position in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**position % 10
        if digit:
            text += (DIGITS[0] if pending_zero else "") + DIGITS[digit] + PLACES[position % 4]
            pending_zero = False
        else:
            pending_zero = bool(text)
        if position % 4 == 0 and number // 10**position % 10_000:
            text += GROUPS[position // 4]
    return text
