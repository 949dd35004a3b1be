"""The commands for sign-ups and presence."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import asked, group, joined, made
from ledger.cli.acts.tables import Column, Drawn, Item, Table, in_words
from ledger.cli.office.shift_commands import WHEN
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.options import option

_ROLE = "In which role. [default: the only one that the shift wants]"
_SIGN_UP = {
    "who": "A sign-up's id (sig_…), or a volunteer's number or id.",
    "shift": "With a volunteer: the shift's id, its activity and beginning (NAME@09:30), or an activity with one.",
}


def _signed_up(said: dict[str, Any]) -> None:
    """Of a sign-up its id is typed, or a volunteer with the shift."""
    from ledger.cli.acts.words import AN_ID

    if said["shift"] is None and not AN_ID.fullmatch(said["who"]):
        raise BadValue("with a volunteer, name the shift too", code="usage", where="SHIFT")
    joined(said, "sign_up", "who", "shift")


def _withdrawn(said: dict[str, Any]) -> str | None:
    if not said.pop("all"):
        _signed_up(said)
        return None
    if said.pop("shift") is not None:
        raise click.UsageError("name a shift, or say --all")
    said["volunteer"] = said.pop("who")
    return "withdrawAllSignUps"


def _visiting(said: dict[str, Any]) -> None:
    """The visit that is open is named by who came."""
    joined(said, "visit", "volunteer")


def _where(item: Item, drawn: Drawn) -> str:
    """The public name of the venue, or of the shift's activity."""
    if item["shift"] is None:
        return drawn.called(item["venue"])
    # A shift is called by its activity and when it begins.
    return drawn.called(item["shift"]).rpartition("@")[0] or item["shift"]


signup = group(
    "signup",
    "Volunteers' places on shifts.",
    made(
        "signUp",
        "add VOLUNTEER SHIFT [--role]",
        "Take a place on a shift for a volunteer, or wait for one.",
        role=_ROLE,
    ),
    made(
        "placeVolunteer",
        "place VOLUNTEER SHIFT [--role] --reason",
        "Give a volunteer a place on a coordinator's word, whatever the shift asks for and however full it is.",
        role=_ROLE,
        reason="Why, as a code: needed-skill, asked-for, …",
    ),
    made(
        "withdrawSignUp",
        "withdraw WHO [SHIFT] [--all]",
        "Give up a place, which the first who waits and can come gets at once; or give up the wait.",
        _withdrawn,
        all="Of a volunteer: every shift that has not begun.",
        **_SIGN_UP,
    ),
    made(
        "recordNoShow",
        "no-show WHO [SHIFT]",
        "Note that a volunteer with a place did not come.",
        _signed_up,
        **_SIGN_UP,
    ),
    made(
        "liftNoShow",
        "excuse WHO [SHIFT] --reason",
        "Take a no-show back.",
        _signed_up,
        reason="Why, as a code: fell-ill, had-come, …",
        **_SIGN_UP,
    ),
)
calendar = asked(
    "listCalendar",
    "calendar VOLUNTEER [--from] [--days]",
    "The shifts that a volunteer has a place on, or waits for.",
    Table(
        (
            WHEN,
            Column("Shift", "shift", str, under=True),
            Column("Activity", "activity_name"),
            Column("Sign-up", "id", under=True),
            "Role",
            "State",
        ),
        empty="Nothing in these days.",
    ),
    days="How many days. [default: 30]",
)
checkin = made(
    "checkIn",
    "checkin WHO [SHIFT]",
    "Come to a shift that one has a place on: from an hour before it begins until it ends.",
    _signed_up,
    **_SIGN_UP,
)
clockin = made(
    "clockIn",
    "clockin VOLUNTEER VENUE --code [--online]",
    "Come to a venue without a shift, by the code that is shown there.",
    code="What the clock-in point shows.",
    online=option("--online", "mode", flag_value="online", help="They come online, not on site."),
)
checkout = made(
    "checkOut",
    "checkout VOLUNTEER",
    "Leave; what was served is reported, for somebody else to approve.",
    _visiting,
)
visit = group(
    "visit",
    "Who was somewhere, and who still is.",
    made(
        "abandonVisit",
        "abandon VOLUNTEER --reason",
        "Close a visit of which nobody knows how long it was; the service is then reported by hand.",
        _visiting,
        reason="Why, as a code: forgot, …",
    ),
    asked(
        "listVisitsOfVolunteer",
        "list VOLUNTEER [--from] [--days]",
        "A volunteer's visits, the latest first.",
        Table(
            (
                Column("Came", lambda item, drawn: drawn.local(item["begun"])),
                Column("Left", lambda item, drawn: drawn.local(item["ended"])),
                Column("Time", "minutes", only=lambda item: item["state"] == "over"),
                Column("Where", _where),
                Column("State", show=in_words),
                Column("Visit", "id"),
            ),
            empty="Nowhere in these days.",
        ),
        days="How many days. [default: all]",
        **{"from": "The first day. [default: with --days, so many days ago that today is the last]"},
    ),
)
