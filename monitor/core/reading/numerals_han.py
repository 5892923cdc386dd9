"""Numbers written with place characters, in Chinese, Japanese and Korean: 二十五万, 1.5亿, 3만5000, 1兆2000億."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {
    **{character: Decimal(index) for index, character in enumerate("零一二三四五六七八九")},
    "〇": Decimal(0),
    "两": Decimal(2),
    "兩": Decimal(2),
    "壹": Decimal(1),
    "贰": Decimal(2),
    "叁": Decimal(3),
}
_PLACES = {
    **dict.fromkeys("十拾십", Decimal(10)),
    **dict.fromkeys("百佰백", Decimal(100)),
    **dict.fromkeys("千仟천", Decimal(1000)),
}
_SCALES = {
    **dict.fromkeys("万萬만", Decimal(10**4)),
    **dict.fromkeys("亿億억", Decimal(10**8)),
    **dict.fromkeys("兆조", Decimal(10**12)),
}
_SOME = "数數几幾上好"  # "数十亿" is no number
_VAGUE = "余餘多来來여"

_LONGEST = 40
_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?"
_DIGIT = "[" + "".join(_DIGITS) + "]"
# 千瓦 and 兆瓦 are units, 百货 and 万达 are words; a place character before them is not of the number.
_PLACE = (
    rf"[{_VAGUE}]?(?:十|拾|[百佰](?!货|度|姓|分之|合)|[千仟](?![瓦米克卡伏赫])|[万萬](?!能|达|豪(?!ドル)|科)|[亿億]|兆(?![瓦赫帕])"
    r"|[십백천만억조])"
)
_SPACE = r"(?:(?<=[만억조]) )?"
HAN = (
    rf"(?<!\d)(?<!\d[.,])(?:{_ARABIC})(?: ?{_PLACE})+(?:{_SPACE}(?:{_ARABIC}|{_DIGIT})(?:{_PLACE})*){{0,6}}"
    rf"|{_DIGIT}+点{_DIGIT}+(?:{_PLACE})*"
    rf"|(?:{_DIGIT}|(?<![{_SOME}])(?:十|[百千](?=万|萬|亿|億)))(?:{_PLACE}|{_DIGIT}){{0,24}}"
)
HAN_FIRST = "".join(_DIGITS) + "十百千"
_TOKEN = re.compile(rf"{_ARABIC}|\S")


@dataclass(frozen=True, slots=True)
class HanNumber:
    """A number read from place characters.

    Attributes:
        value: The number.
        scale: The myriads behind its last digit multiplied together: 10**4 for 15万, 10**12 for 3万亿, 1 for 三千.
        is_vague: It says that there is something more: 十余万.
    """

    value: Decimal
    scale: Decimal
    is_vague: bool


def read_han(text: str) -> HanNumber | None:
    """Read a run of digits and place characters; None where it is no number (二三 is "two or three", 二〇二四 a year)."""
    whole, point, decimals = text.partition("点")
    if point:
        return _spoken_decimal(whole, decimals)
    parts: list[Decimal] = []
    section, digit, scale = Decimal(0), None, Decimal(1)
    vague = False
    for token in _TOKEN.findall(text):
        if len(token) > _LONGEST:
            return None
        if token[0].isdigit() and token[0].isascii():
            digit, scale = Decimal(token.replace(",", "")), Decimal(1)
        elif token in _DIGITS:
            if digit:
                return None
            digit, scale = _DIGITS[token], Decimal(1)
        elif token in _PLACES:
            section += (Decimal(1) if digit is None else digit) * _PLACES[token]
            digit = None
        elif token in _SCALES:
            parts = _scaled(parts, section + (digit or 0), _SCALES[token])
            section, digit, scale = Decimal(0), None, scale * _SCALES[token]
        else:
            vague = vague or token in _VAGUE
    return HanNumber(sum(parts, Decimal(0)) + section + (digit or 0), scale, vague)


def _scaled(parts: list[Decimal], section: Decimal, scale: Decimal) -> list[Decimal]:
    """Apply 万 or 亿 to what stands before it: all smaller parts too, so that 3万亿 is three trillion."""
    smaller = sum((part for part in parts if part < scale), Decimal(0))
    kept = [part for part in parts if part >= scale]
    return [*kept, (section + smaller or Decimal(1)) * scale]


def _spoken_decimal(whole: str, decimals: str) -> HanNumber | None:
    """One point five: 一点五亿."""
    digits = re.match(f"{_DIGIT}+", decimals)
    if not digits:
        return None
    number = "".join(str(_DIGITS[character]) for character in digits[0])
    head = "".join(str(_DIGITS[character]) for character in whole)
    scale = Decimal(1)
    for character in decimals[digits.end() :]:
        scale *= _PLACES.get(character) or _SCALES.get(character) or Decimal(1)
    return HanNumber(Decimal(f"{head}.{number}") * scale, scale, is_vague=False)
