"""What a service record says, from a few words and from what was published of its activity."""

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.acting import Act
from ledger.cli.failures import BadValue
from ledger.cli.lookup import activity_meant, checked, community_meant, volunteer_meant
from ledger.domain.events import Service
from ledger.domain.ids import new_id
from ledger.domain.presence import EVIDENCE as CHECK_IN
from ledger.domain.text import Label
from ledger.exchange.hours import unpublished_activity
from ledger.exchange.reading import normal
from projections.activities import ActivityRow

_EVIDENCE = "attested"


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """A service as the command line tells of it: what an activity says of itself need not be said again."""

    volunteer: str
    activity: str
    days: tuple[tuple[date, int], ...]
    role: str
    place: str | None = None
    content: str | None = None
    unit: str | None = None
    programme: str | None = None
    host: str | None = None
    in_charge: str | None = None
    evidence: str | None = None
    visit: str | None = None
    again: bool = False


def service_of(how: Act, ledger: Ledger, connection: Connection, served: Served) -> Service:
    """The service that a record is about; refused with BadValue."""
    volunteer = volunteer_meant(ledger, connection, served.volunteer)
    said = _said(ledger, connection, served)
    if served.in_charge is not None:
        said["in_charge"] = _person(how, ledger, said["unit"], served.in_charge)
    if served.host is not None:
        said["hosted_by"] = community_meant(ledger, connection, served.host, "--host").id
    return Service(
        record=how.new_id("rec"),
        volunteer=volunteer,
        role=served.role,
        evidence=served.evidence or (_EVIDENCE if served.visit is None else CHECK_IN),
        visit=served.visit,
        **said,
    )


def _said(ledger: Ledger, connection: Connection, served: Served) -> dict[str, Any]:
    """What the record says of the activity: what is said here, else what was published."""
    typed = {
        name: value
        for name in ("place", "content", "unit", "programme")
        if (value := getattr(served, name)) is not None
    }
    try:
        activity = activity_meant(ledger, connection, served.activity, "--activity", day=served.days[0][0])
    except BadValue as unknown:
        if unknown.code != "unknown-activity":
            raise
        return _unpublished(served, typed, unknown)
    return _published(activity) | typed


def _published(activity: ActivityRow) -> dict[str, Any]:
    return {
        "activity": activity.id,
        "activity_name": activity.name,
        "place": activity.place,
        "content": activity.content,
        "unit": activity.unit,
        "programme": activity.programme,
        "in_charge": activity.in_charge,
        "hosted_by": activity.community,
    }


def _unpublished(served: Served, typed: dict[str, str], unknown: BadValue) -> dict[str, Any]:
    missing = [f"--{name}" for name in ("place", "content", "unit") if name not in typed]
    if missing or served.activity.startswith("act_"):
        raise BadValue(
            f"{unknown.message}; for one that was never published give --place, --content and --unit",
            code=unknown.code,
            where="--activity",
        )
    name = checked(
        served.activity, Label, "--activity", "a public name of 1 to 200 characters that can be seen"
    )
    return {
        "activity": unpublished_activity(name, served.days[0][0], typed["place"]),
        "activity_name": name,
        "programme": None,
        "in_charge": None,
        "hosted_by": None,
    } | typed


def _person(how: Act, ledger: Ledger, unit: str, name: str) -> str:
    """The id of who is in charge, written to the directory before the log learns of it."""
    pair = (unit, checked(normal(name), Label, "--in-charge", "a name"))
    return ledger.directory.persons([pair], add=not how.dry_run).get(pair) or new_id("per")
