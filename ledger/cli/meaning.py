"""Which venue, activity, shift, sign-up, team or organisation the words of a command line mean."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from ledger.bootstrap import Ledger
from ledger.cli.failures import BadValue
from ledger.cli.lookup import community_meant, volunteer_meant
from ledger.cli.moments import read_instant, stretch
from ledger.cli.naming import names_of
from ledger.cli.output import printable
from ledger.domain.text import same_name
from projections.activities import CANCELLED, ActivityRow
from projections.shifts import ShiftRow
from projections.sign_ups import SignUpRow
from projections.teams import Team
from projections.venues import VenueRow
from projections.view import instant_text

T = TypeVar("T")

_AT_A_TIME = re.compile(r"(.+)@([0-9][0-9:TZ+. -]*)")


class Word(NamedTuple):
    """What was typed, where, and of what kind the thing is."""

    text: str
    where: str
    kind: str
    plural: str = ""
    otherwise: str = ""
    """How one may be named but by its id."""


def only(found: Sequence[T], word: Word, described: Callable[[T], dict[str, Any]]) -> T:
    """The one thing that is meant; refused with BadValue, which lists the candidates where there are several."""
    if not found:
        raise BadValue(
            f"no {word.kind} has the name or id {printable(word.text)}",
            code=f"unknown-{word.kind}",
            where=word.where,
        )
    if len(found) > 1:
        candidates = [described(one) for one in found]
        rows = "".join(f"\n  {_row(one)}" for one in candidates)
        count = f"{len(found)} {word.plural or word.kind + 's'}"
        raise BadValue(
            f"{printable(word.text)} may be {count}; name one by its id{word.otherwise}:{rows}",
            code=f"ambiguous-{word.kind}",
            where=word.where,
            details={"candidates": candidates},
        )
    return found[0]


def _row(candidate: dict[str, Any]) -> str:
    told = (printable(str(value)) for name, value in candidate.items() if name != "id" and value)
    return f"{candidate['id']}  {', '.join(told)}"


def venue_meant(ledger: Ledger, connection: Connection, text: str, where: str = "VENUE") -> VenueRow:
    """The venue that an id or a name means."""
    one = ledger.views.venues.get(connection, text)
    found = ledger.views.venues.called(connection, text) if one is None else [one]

    def described(row: VenueRow) -> dict[str, Any]:
        community = names_of(ledger, connection, [row.community]).get(row.community)
        return {"id": row.id, "name": row.name, "kind": row.kind, "community": community}

    return only(found, Word(text, where, "venue"), described)


def activity_meant(ledger: Ledger, connection: Connection, text: str, where: str = "ACTIVITY") -> ActivityRow:
    """The activity that an id or a name means; one that was called off only where no other has the name."""
    one = ledger.views.activities.get(connection, text)
    every = ledger.views.activities.called(connection, text) if one is None else [one]
    found = [row for row in every if row.state != CANCELLED] or every

    def described(row: ActivityRow) -> dict[str, Any]:
        community = names_of(ledger, connection, [row.community]).get(row.community)
        return {"id": row.id, "name": row.name, "day": row.day, "state": row.state, "community": community}

    return only(found, Word(text, where, "activity", "activities"), described)


def shift_meant(ledger: Ledger, connection: Connection, text: str, where: str = "SHIFT") -> ShiftRow:
    """The shift that an id means, that of an activity `@` a time, or the only one of an activity."""
    shifts, zone = ledger.views.shifts, ZoneInfo(ledger.opened().zone)
    one = shifts.get(connection, text)
    if one is not None:
        return one
    if text.startswith("shi_"):
        return only([], Word(text, where, "shift"), ShiftRow._asdict)
    timed = _AT_A_TIME.fullmatch(text)
    name, time = timed.groups() if timed else (text, None)
    activity = activity_meant(ledger, connection, name, where)
    every = shifts.of(connection, activity.id)
    if time is not None:
        begins = instant_text(read_instant(time, zone, where, day=date.fromisoformat(activity.day)))
        every = [row for row in every if row.begins == begins]
    found = [row for row in every if not row.cancelled] or every

    def described(row: ShiftRow) -> dict[str, Any]:
        return {"id": row.id, "when": stretch(row.begins, row.ends, zone), "activity": activity.name}

    return only(found, Word(text, where, "shift", otherwise=f", or as {name}@09:30"), described)


def sign_up_meant(ledger: Ledger, connection: Connection, who: str, shift: str | None) -> SignUpRow:
    """The sign-up that an id means, or that of a volunteer for a shift, whatever became of it."""
    sign_ups = ledger.views.sign_ups
    if shift is None:
        found = sign_ups.get(connection, who)
        if found is None:
            raise BadValue(
                f"no sign-up has the id {printable(who)}; name a volunteer together with a shift",
                code="unknown-sign-up",
                where="SHIFT",
            )
        return found
    volunteer = volunteer_meant(ledger, connection, who)
    row = shift_meant(ledger, connection, shift)
    found = sign_ups.latest(connection, row.id, volunteer)
    if found is None:
        raise BadValue(
            f"{printable(who)} has not signed up for the shift {row.id}",
            code="unknown-sign-up",
            where="SHIFT",
        )
    return found


def team_meant(ledger: Ledger, connection: Connection, text: str, where: str) -> Team:
    """The team that an id or a name means; a disbanded one only where no other has the name."""
    teams = ledger.views.teams.all(connection)
    every = [one for one in teams if one.id == text] or [
        one for one in teams if same_name(one.name) == same_name(text)
    ]
    found = [one for one in every if not one.ended] or every
    names = {one.id: one.name for one in teams}

    def described(row: Team) -> dict[str, Any]:
        return {"id": row.id, "name": row.name, "parent": names.get(row.parent or "")}

    return only(found, Word(text, where, "team"), described)


def communities_within(ledger: Ledger, connection: Connection, text: str | None) -> set[str] | None:
    """The ids of the community that an id or a name means and of those beneath it; None where none is named."""
    if text is None:
        return None
    top = community_meant(ledger, connection, text, "--within").id
    return {one.id for one in ledger.views.communities.subtree(connection, top)}
