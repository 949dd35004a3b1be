"""What a number format adds to a cell: `"V"0000` shows 1 as V0001, and that is what a person means."""

import re
from collections.abc import Mapping
from typing import NamedTuple

BUILT_IN: Mapping[int, str] = {9: "0%", 10: "0.00%"}
"""The formats without a code of their own that add something to what a cell holds."""

_CONDITION = re.compile(r"\[[<>=]")
_PARTS = re.compile(r"""\[[^\]]*\]|[_*].|\\(?P<letter>.)|"(?P<text>[^"]*)"|(?P<other>.)""", re.DOTALL)
_SECTIONS = re.compile(r"""((?:[^;"\\]|\\.|"[^"]*")*)(?:;|\Z)""", re.DOTALL)
_DIGITS = re.compile(r"([0#?,]*)((?:\.[0#?]*)?)(,*)")
_NO_PLACEHOLDER = re.compile(r"""\\.|"[^"]*"|\[\$[^\]]*\]|\[[A-Za-z]{3,}[0-9]*\]""")
_OF_DAYS = re.compile("[ymdhs]", re.IGNORECASE)
_SHOWN_AS_THEY_ARE = "+-()/ :%$"
_UNKNOWN = "#FORMAT!"
"""What a cell shows whose format we cannot follow: its row is refused, like one with an error."""


class _Section(NamedTuple):
    """What stands before and after the digits (or the text) of a cell, and the digits as they are asked for."""

    before: str
    digits: str
    after: str
    """None of it is shown where all three are empty."""

    @property
    def adds(self) -> bool:
        """Whether a value looks otherwise than it is, but for the number of its digits behind the point."""
        if self.digits == "@":
            return bool(self.before or self.after)
        whole = self.digits.partition(".")[0]
        return bool(
            self.before or self.after or whole.count("0") > 1 or whole.endswith(",") or not self.digits
        )


_PLAIN = _Section("", "#", "")


class Format(NamedTuple):
    """A format by its sections: of numbers above zero, below zero and zero, and of texts."""

    sections: tuple[_Section | None, ...]
    """None is a section that cannot be followed."""

    def text(self, value: object, plain: str) -> str:
        """What a cell with the format shows, whose value is this, and plain text without any."""
        if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
            return plain
        if isinstance(value, str):
            texts = [one for one in self.sections if one is not None and "@" in one.digits]
            if None in self.sections:
                return _UNKNOWN
            return f"{texts[-1].before}{plain}{texts[-1].after}" if texts else plain
        numbers = self.sections[:3]
        place = 0 if value > 0 else 2 if value == 0 else 1
        section = numbers[place] if place < len(numbers) else numbers[0]
        if section is None:
            return _UNKNOWN
        sign = "-" if value < 0 and place >= len(numbers) else ""
        return f"{sign}{_figures(abs(value), section)}"


def _figures(value: float, section: _Section) -> str:
    if not section.digits:
        return section.before
    thousands = len(section.digits) - len(section.digits.rstrip(","))
    hundreds = section.after.count("%") + section.before.count("%")
    shown = format(round(value / 1000**thousands * 100**hundreds, 12), ".15G")
    whole, point, rest = shown.partition(".")
    asked = section.digits.split(".")[0].count("0")
    return f"{section.before}{whole.zfill(asked)}{point}{rest}{section.after}"


def adding(code: str) -> Format | None:
    """The format of a code, None if it shows a value as it is, or is of days."""
    if not code or code == "General" or _OF_DAYS.search(_NO_PLACEHOLDER.sub("", code)):
        return None
    if _CONDITION.search(code):
        return Format((None,))
    sections = tuple(_section(text) for text in _SECTIONS.findall(code)[: code.count(";") + 1])
    # Of numbers below zero nothing is wanted, and brackets add nothing to them.
    telling = (*sections[:1], *sections[2:])
    return Format(sections) if any(one is None or one.adds for one in telling) else None


def _section(text: str) -> _Section | None:
    before = digits = after = ""
    for found in _PARTS.finditer(text.replace("General", "#.#")):
        literal, other = found["letter"] or found["text"] or "", found["other"] or ""
        if other and other in "0#?.,@":
            if after:
                # A fraction, which only looks different from its value, or digits in groups.
                return _PLAIN if "/" in text else None
            digits += other
        elif other in ("E", "e"):
            return _PLAIN
        elif other and other.isascii() and other not in _SHOWN_AS_THEY_ARE:
            return None
        elif digits:
            after += literal + other
        else:
            before += literal + other
    if digits and digits != "@" and not _DIGITS.fullmatch(digits):
        return None
    return _Section(before.lstrip(), digits, after.rstrip())
