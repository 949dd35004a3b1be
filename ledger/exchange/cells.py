"""Reading a row's cells field by field, so that a fault names its field."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from ledger.domain.text import ExternalId, Label
from ledger.exchange.importing import Fault
from ledger.exchange.reading import normal, read_day, squeezed
from ledger.exchange.tables import Row

BLANK = "this is empty"


def label(row: Row, field: str) -> str:
    """A public name as it was typed, without the space around it."""
    return _bounded(row, field, row.cells[field].strip(), Label)


def optional_label(row: Row, field: str) -> str | None:
    """The same, None for an empty cell."""
    return label(row, field) if row.cells[field].strip() else None


def identifier(row: Row, field: str) -> str:
    """Somebody else's id, after NFKC and without white space."""
    return _bounded(row, field, squeezed(row.cells[field]), ExternalId)


def private_text(row: Row, field: str, *, needed: bool = False) -> str:
    """Something personal, after NFKC: bounded like a label, but it goes to the directory only."""
    text = normal(row.cells[field])
    return _bounded(row, field, text, Label) if text or needed else ""


def past_day(row: Row, field: str, today: date) -> date:
    """A day up to today."""
    day = read_day(row.cells[field])
    if day is None:
        raise Fault(field, "no day can be read here, such as 2026-09-05")
    if day > today:
        raise Fault(field, "this day has not come yet")
    return day


def commitment(salt: str, content: Mapping[str, str] | Sequence[str]) -> str:
    """What a row said, as a digest (64 hex digits) that tells nothing to whom the salt is unknown."""
    return hmac.new(
        bytes.fromhex(salt), msgspec.json.encode(content, order="sorted"), hashlib.sha256
    ).hexdigest()


def _bounded(row: Row, field: str, text: str, kind: Any) -> str:
    if not text:
        raise Fault(field, BLANK)
    try:
        return msgspec.convert(text, kind)
    except msgspec.ValidationError:
        raise Fault(field, "this is too long, or holds characters that cannot be seen") from None
