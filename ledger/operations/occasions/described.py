"""What need not be said of a venue or an activity: what goes by itself, and what stays as it is."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.domain.activities import UnknownActivity
from ledger.domain.events import Activity, Coordinates, Crs, Venue
from ledger.domain.venues import UnknownVenue
from ledger.operations.action import Completing, completion
from ledger.operations.refused import Fault, refused, wrong
from ledger.operations.typed_words import NEW_CODE
from projections.activities import ActivityRow
from projections.venues import VenueRow

ON_SITE = "on-site"

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without letters that are taken for figures, or for each other."""
_CODE_PARTS, _PART_LENGTH = 3, 4

_OF_AN_ACTIVITY = tuple(name for name in Activity.__struct_fields__ if name != "id")
_OF_A_VENUE = tuple(name for name in Venue.__struct_fields__ if name != "id")
_OF_A_TURNOUT = tuple(f"turnout.{name}" for name in ("day", "participants", "materials", "online_reach"))


@completion("activity.form", "activity.community", "activity.place", "activity.content")
def new_activity(completing: Completing) -> Mapping[str, Any]:
    """An activity at a venue is held there, by its community; it is of what it is called, and on site."""
    said, found = completing.said, dict[str, Any]()
    if said.get("activity.venue") is not None:
        venue = _venue(completing, completing.thing("venue", "activity.venue"))
        found = {
            "activity.venue": venue.id,
            "activity.place": venue.name,
            "activity.community": venue.community,
        }
    found |= {"activity.form": ON_SITE, "activity.content": said["activity.name"]}
    return _unless_said(found, said, keep=("activity.venue",))


@completion(*(f"activity.{name}" for name in _OF_AN_ACTIVITY), "day")
def revised_activity(completing: Completing) -> Mapping[str, Any]:
    """What is not said of an activity stays as it is, and so does its day."""
    row = _activity(completing, completing.said["activity.id"])
    known = {f"activity.{name}": getattr(row, name) for name in _OF_AN_ACTIVITY}
    return _unless_said({**known, "day": date.fromisoformat(row.day)}, completing.said)


@completion(*_OF_A_TURNOUT)
def turnout(completing: Completing) -> Mapping[str, Any]:
    """An activity was held on the day for which it was planned; what is not said of it was none."""
    row = _activity(completing, completing.said["activity"])
    none = dict.fromkeys(_OF_A_TURNOUT, 0)
    return _unless_said({**none, "turnout.day": date.fromisoformat(row.day)}, completing.said)


@completion("venue.content")
def new_venue(completing: Completing) -> Mapping[str, Any]:
    """Who clocks in at a venue does what it is called; a new code is made where that is asked for."""
    found = _unless_said({"venue.content": completing.said["venue.name"]}, completing.said)
    return found | (_new_code(completing) if completing.said.get("code") == NEW_CODE else {})


@completion(*(f"venue.{name}" for name in _OF_A_VENUE))
def revised_venue(completing: Completing) -> Mapping[str, Any]:
    """What is not said of a venue stays as it is."""
    row = _venue(completing, completing.said["venue.id"])
    known = {name: getattr(row, name) for name in _OF_A_VENUE if name != "coordinates"}
    known["coordinates"] = _coordinates(row)
    return _unless_said({f"venue.{name}": value for name, value in known.items()}, completing.said)


@completion("code")
def renewed_code(completing: Completing) -> Mapping[str, Any]:
    """A code that is not said is made, and told once."""
    return _new_code(completing) if completing.said.get("code", NEW_CODE) == NEW_CODE else {}


def _new_code(completing: Completing) -> dict[str, Any]:
    if completing.keyed:
        en = "a code made anew would make another request each time: say with the key which code is shown"
        raise wrong(Fault(en, "每次生成新码都会成为另一个请求：使用幂等键时请写明所用的码", pointer="/code"))
    parts = ("".join(secrets.choice(_ALPHABET) for _ in range(_PART_LENGTH)) for _ in range(_CODE_PARTS))
    code = completing.once_only["code"] = "-".join(parts)
    return {"code": code}


def _unless_said(
    found: Mapping[str, Any], said: Mapping[str, Any], keep: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name in keep or name not in said}


def _activity(completing: Completing, identifier: str) -> ActivityRow:
    row = completing.sight.views.activities.get(completing.sight.connection, identifier)
    if row is None:
        raise refused(UnknownActivity(activity=identifier))
    return row


def _venue(completing: Completing, identifier: str) -> VenueRow:
    row = completing.sight.views.venues.get(completing.sight.connection, identifier)
    if row is None:
        raise refused(UnknownVenue(venue=identifier))
    return row


def _coordinates(row: VenueRow) -> Coordinates | None:
    if row.latitude is None or row.longitude is None:
        return None
    return Coordinates(latitude=row.latitude, longitude=row.longitude, crs=Crs(row.crs))
