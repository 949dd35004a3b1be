"""The commands for sign-ups and presence."""

from typing import Any

from ledger.cli.acts.made import Read, asked, group, joined, made
from ledger.cli.acts.tables import Column, Drawn, Item, Table, draw_everything
from ledger.cli.office.shift_commands import WHEN
from ledger.cli.terminal.failures import BadValue, misused
from ledger.cli.terminal.language import here
from ledger.cli.words import usage


def _signed_up(said: dict[str, Any]) -> None:
    """Of a sign-up its id is typed, or a volunteer with the shift."""
    from ledger.cli.acts.words import AN_ID

    if said["shift"] is None and not AN_ID.fullmatch(said["who"]):
        raise BadValue(here(*usage.SHIFT_TOO), code="usage", where="SHIFT")
    joined(said, "sign_up", "who", "shift")


def _withdrawn(said: dict[str, Any]) -> str | None:
    if not said.pop("all"):
        _signed_up(said)
        return None
    if said.pop("shift") is not None:
        raise misused(usage.SHIFT_OR_ALL)
    said["volunteer"] = said.pop("who")
    return "withdrawAllSignUps"


def _visiting(said: dict[str, Any]) -> None:
    """The visit that is open is named by who came."""
    joined(said, "visit", "volunteer")


def _leaving(said: dict[str, Any]) -> str | None:
    """Who is there leaves, wherever they are; or a shift, where that or a sign-up is typed."""
    if said["shift"] is None and not said["who"].startswith("sig_"):
        joined(said, "visit", "who", "shift")
        return None
    joined(said, "sign_up", "who", "shift")
    return "checkOutOfShift"


def _where(item: Item, drawn: Drawn) -> str:
    """The public name of the venue, or of the shift's activity."""
    if item["shift"] is None:
        return drawn.called(item["venue"])
    # A shift is called by its activity and when it begins.
    return drawn.called(item["shift"]).rpartition("@")[0] or item["shift"]


signup = group(
    "signup",
    made("signUp", "add VOLUNTEER SHIFT [--role]"),
    made("placeVolunteer", "place VOLUNTEER SHIFT [--role] --reason"),
    made("withdrawSignUp", "withdraw WHO [SHIFT] [--all]", _withdrawn),
    made("recordNoShow", "no-show WHO [SHIFT]", _signed_up),
    made("liftNoShow", "excuse WHO [SHIFT] --reason", _signed_up),
    asked("getSignUp", "show SIGN-UP", draw_everything),
)
calendar = asked(
    "listCalendar",
    "calendar VOLUNTEER [--from] [--days]",
    Table(
        (
            WHEN,
            Column("shift", show=str, under=True),
            "activity=activity_name / sign_up=id, role, state",
        ),
        empty="nothing_in_days",
    ),
)
checkin = made("checkIn", "checkin WHO [SHIFT]", _signed_up)
clockin = made(
    "clockIn",
    "clockin VOLUNTEER VENUE --code [--online]",
    online=Read({"flag_value": "online"}, "mode"),
)
checkout = made("checkOut", "checkout WHO [SHIFT]", _leaving)
visit = group(
    "visit",
    made("abandonVisit", "abandon VOLUNTEER --reason", _visiting),
    asked(
        "listVisitsOfVolunteer",
        "list VOLUNTEER [--from] [--days]",
        Table(
            (
                Column("came", lambda item, drawn: drawn.local(item["begun"])),
                Column("left", lambda item, drawn: drawn.local(item["ended"])),
                Column("time", "minutes", only=lambda item: item["state"] == "over"),
                Column("where", _where),
                Column("state", in_words=True),
                "visit=id",
            ),
            empty="nowhere_in_days",
        ),
    ),
)
