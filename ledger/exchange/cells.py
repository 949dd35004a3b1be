"""Reading a row's cells field by field, so that a fault names its field."""

import re
from datetime import date
from typing import Any

import msgspec

from ledger.domain.minutes import MINUTES_A_DAY
from ledger.domain.spelling import HIDDEN, normal
from ledger.domain.text import ExternalId, Label
from ledger.exchange.importing import Fault
from ledger.exchange.reading import read_day, read_minutes, squeezed
from ledger.exchange.tables import Row

_BLANK = re.compile(rf"(?![\x00-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\uffff]){HIDDEN.pattern}")
"""What shows nothing and means nothing. A control character, or what could not be read, means a damaged text."""
_DAMAGED = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?E\+[0-9]+|[+-]?[0-9][.,][0-9]+E-?[0-9]+", re.IGNORECASE)
"""A number as a spreadsheet shows it that keeps 15 of its digits: 3.30212E+17."""
_EMPTY = re.compile(r"[+-]?0+(?:[.,]0+)?|[\W_]+")
"""Zeros, or nothing but signs."""
_NOBODYS = frozenset(
    {"n/a", "na", "nan", "nil", "no", "none", "null", "undefined", "unknown", "tbc", "tbd", "true", "false"}
    | {
        "无",
        "無",
        "无编号",
        "无号",
        "没有",
        "暂无",
        "暫無",
        "空",
        "空白",
        "未知",
        "不明",
        "不详",
        "不詳",
        "待定",
        "待补",
    }
    | {"未编号", "未填", "未填写", "待补充", "待填", "待编", "待编号", "待分配"}
)
"""What people write where somebody has no number yet."""
_ERROR = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z0-9/_]{1,20}[!?])", re.IGNORECASE)
"""What a spreadsheet shows where it has no value: #N/A, #REF!, #NAME?."""
_LEFT_BY_ENCODINGS = ("\N{REPLACEMENT CHARACTER}", "锟斤拷")
"""What stands where a program could not read a letter, and the same read once more as GBK."""
_FIRST_YEAR = 1950


def label(row: Row, field: str) -> str:
    """A public name as it was typed, but for white space around it and line breaks within."""
    return _seen(field, _bounded(field, " ".join(row.cells[field].split()), Label))


def optional_label(row: Row, field: str) -> str | None:
    """The same, None for an empty cell."""
    return label(row, field) if row.cells[field].strip() else None


def identifier(row: Row, field: str) -> str:
    """Somebody else's id, after NFKC and without white space."""
    return identifier_in(field, row.cells[field])


def identifier_in(field: str, text: str) -> str:
    """The same, of a text that stands in no row."""
    return _bounded(field, squeezed(text), ExternalId)


def number(row: Row, field: str) -> str:
    """How offices know a volunteer; raises Fault for what a spreadsheet damaged, and for what is nobody's."""
    return number_in(field, row.cells[field])


def number_in(field: str, text: str) -> str:
    """The same, of a text that stands in no row: after NFKC, without white space and letters that show nothing."""
    said = _bounded(field, _BLANK.sub("", squeezed(text)), ExternalId)
    if _DAMAGED.fullmatch(said):
        raise Fault(field, "damaged-number")
    if said.casefold() in _NOBODYS or _EMPTY.fullmatch(said) or _ERROR.fullmatch(said):
        raise Fault(field, "nobodys-number")
    return said


def optional_identifier(row: Row, field: str) -> str | None:
    """The same, None for what can be nobody's id."""
    try:
        return identifier(row, field)
    except Fault:
        return None


def private_text_in(field: str, text: str, *, needed: bool = False) -> str:
    """Something personal, after NFKC: bounded like a label, but it goes to the directory only."""
    text = normal(text)
    return _bounded(field, text, Label) if text or needed else ""


def name_in(field: str, text: str) -> str:
    """The name of somebody, which goes to the directory only: every letter of it shows."""
    return _seen(field, private_text_in(field, text, needed=True))


def refuse_unmeant(row: Row) -> None:
    """Raise Fault for a cell that holds no text of anybody's: an error, or what an encoding left of it."""
    for field, text in row.cells.items():
        if "#" in text and _ERROR.fullmatch(text.strip()):
            raise Fault(field, "error-cell")
        if any(scrap in text for scrap in _LEFT_BY_ENCODINGS):
            raise Fault(field, "garbled")


def past_day(row: Row, field: str, today: date) -> date:
    """A day up to today, from 1950 on."""
    day = read_day(row.cells[field])
    if day is None:
        raise Fault(field, "no-day")
    if day.year < _FIRST_YEAR:
        raise Fault(field, "early-day")
    if day > today:
        raise Fault(field, "day-to-come")
    return day


def minutes_of_a_day(row: Row, field: str) -> int:
    """Minutes served on one day."""
    minutes = read_minutes(row.cells[field])
    if minutes is None:
        raise Fault(field, "no-minutes")
    if minutes <= 0:
        raise Fault(field, "not-above-zero")
    if minutes > MINUTES_A_DAY:
        raise Fault(field, "beyond-a-day")
    return minutes


def _seen(field: str, text: str) -> str:
    if HIDDEN.search(text):
        raise Fault(field, "unfit")
    return text


def _bounded(field: str, text: str, kind: Any) -> str:
    if not text:
        raise Fault(field, "blank")
    try:
        return msgspec.convert(text, kind)
    except msgspec.ValidationError:
        raise Fault(field, "unfit") from None
