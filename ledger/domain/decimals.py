"""Decimals as text that are kept as whole numbers: degrees in millionths, sums of yuan in fen. No float is exact."""

import re

_DECIMALS = 6
_DEGREES = re.compile(r"([+-]?)(0|[1-9][0-9]{0,2})(?:\.([0-9]{1,6}))?")
_YUAN = re.compile(r"(0|[1-9][0-9]{0,9}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,2}))?")


def read_degrees(text: str) -> tuple[int, int] | None:
    """Latitude and longitude in millionths of a degree, from `30.123456,120.5`; None if it is no place on earth."""
    latitude, _, longitude = text.partition(",")
    read = _millionths(latitude, 90), _millionths(longitude, 180)
    return None if read[0] is None or read[1] is None else (read[0], read[1])


def _millionths(text: str, most: int) -> int | None:
    match = _DEGREES.fullmatch(text.strip())
    if match is None:
        return None
    sign, whole, decimals = match.groups(default="")
    found = int(whole) * 10**_DECIMALS + int(decimals.ljust(_DECIMALS, "0"))
    if found > most * 10**_DECIMALS:
        return None
    return -found if sign == "-" else found


def in_degrees(millionths: int) -> str:
    """Millionths of a degree as people read them."""
    whole, decimals = divmod(abs(millionths), 10**_DECIMALS)
    return f"{'-' if millionths < 0 else ''}{whole}.{decimals:0{_DECIMALS}}"


def read_yuan(text: str) -> int | None:
    """A sum in fen, from yuan with up to two decimals and commas or none, as `5,000.50`; None if it is none."""
    match = _YUAN.fullmatch(text)
    if match is None:
        return None
    return int(match[1].replace(",", "")) * 100 + int((match[2] or "").ljust(2, "0"))


def in_yuan(fen: int) -> str:
    """A sum in fen as people read it."""
    return f"{fen // 100:,}.{fen % 100:02}"
