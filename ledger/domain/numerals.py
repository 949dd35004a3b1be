"""Whole numbers as text: written in one way, as JSON writes them."""

import re

_WHOLE = re.compile("0|-?[1-9][0-9]*")
_MOST_CHARACTERS = 40
"""Beyond 64 bits in any case; thousands of digits would take their time, or be refused by Python itself."""


def whole(text: str) -> int | None:
    """The whole number that a text is, None if it is none: ASCII digits, no plus, leading zero, exponent or space.

    Of a number beyond 64 bits no more is told than that it is.
    """
    return int(text[:_MOST_CHARACTERS]) if _WHOLE.fullmatch(text) else None
