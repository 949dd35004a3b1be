"""Puts into the OpenAPI document what fields mean: in words, as formats of text, and as lists of closed values."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from ledger.domain.events import Crs, Level
from ledger.operations.words.fields import said_of_field
from projections.activities import CANCELLED, HELD, PLANNED
from projections.records import APPROVED, ATTESTED, DECLINED, REPORTED, REVERSED
from projections.sign_ups import NO_SHOW, PLACED, RELEASED, WAITING, WITHDRAWN
from projections.visits import ABANDONED, GOING_ON, OVER

Schema = dict[str, Any]

PERIOD = r"^(all|(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4])?)$"
"""A period as JavaScript checks it."""

_DAYS = {"day", "since", "until", "expires", "annulled", "renewed", "on"}
_INSTANTS = {"at", "begins", "ends", "begun"}
_FORMATS = {
    ("Offer", "begins"): "date",
    ("Redemption", "placed"): "date",
    ("Venue", "closed"): "date",
    ("Visit", "ended"): "date-time",
}
_CLOSED: Mapping[tuple[str, str], Sequence[str]] = {
    ("Activity", "state"): (PLANNED, HELD, CANCELLED),
    ("ServiceRecord", "state"): (REPORTED, APPROVED, DECLINED, ATTESTED, REVERSED),
    ("SignUp", "state"): (PLACED, WAITING, WITHDRAWN, RELEASED, NO_SHOW),
    ("RosterLine", "state"): (PLACED, WAITING, NO_SHOW),
    ("Visit", "state"): (GOING_ON, OVER, ABANDONED),
    ("Community", "level"): tuple(Level),
    ("CommunityContribution", "level"): tuple(Level),
    ("Venue", "crs"): tuple(Crs),
}


def meant(name: str, schema: Schema) -> Schema:
    """A schema of a name, each of whose fields says what it means."""
    if "properties" not in schema:
        return schema
    fields = cast(Mapping[str, Schema], schema["properties"])
    return {**schema, "properties": {field: _told(name, field, one) for field, one in fields.items()}}


def _told(name: str, field: str, schema: Schema) -> Schema:
    told = said_of_field(name, field)
    if told is not None:
        schema = {"description": told, **schema}
    kind = _FORMATS.get((name, field))
    if kind is None and field in _DAYS | _INSTANTS:
        kind = "date" if field in _DAYS else "date-time"
    if kind is not None:
        schema = _narrowed(schema, {"format": kind})
    closed = _CLOSED.get((name, field))
    return schema if closed is None else _narrowed(schema, {"enum": list(closed)})


def _narrowed(schema: Schema, more: Schema) -> Schema:
    """The schema of a text, or of a text or null, that is held to more."""
    if schema.get("type") == "string":
        return {**schema, **more}
    if "anyOf" in schema:
        return {**schema, "anyOf": [_narrowed(one, more) for one in schema["anyOf"]]}
    return schema
