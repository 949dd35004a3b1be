"""The commands for sign-ups and presence."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import Read, asked, group, joined, made
from ledger.cli.acts.tables import Column, Drawn, Item, Table, draw_everything
from ledger.cli.office.shift_commands import WHEN
from ledger.cli.terminal.failures import BadValue

_ROLE = (
    "In which role, as a code. [default: the only one that the shift wants]",
    "岗位，代码。[默认：班次唯一的岗位]",
)
_SIGN_UP = {
    "who": (
        "A volunteer's number or id, or the id of the sign-up (sig_…).",
        "志愿者编号或系统编号，或报名的编号（sig_…）。",
    ),
    "shift": (
        "With a volunteer: the shift's id, its activity and beginning (NAME@09:30), or an activity with one.",
        "填写志愿者时，指明班次：编号、活动及其开始时间（名称@09:30），或只有一个班次的活动。",
    ),
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
    ("Volunteers' places on shifts.", "志愿者在班次上的报名。"),
    made("signUp", "add VOLUNTEER SHIFT [--role]", role=_ROLE),
    made("placeVolunteer", "place VOLUNTEER SHIFT [--role] --reason", role=_ROLE),
    made(
        "withdrawSignUp",
        "withdraw WHO [SHIFT] [--all]",
        _withdrawn,
        all=("Of a volunteer: every shift that has not begun.", "志愿者全部未开始的班次。"),
        **_SIGN_UP,
    ),
    made("recordNoShow", "no-show WHO [SHIFT]", _signed_up, **_SIGN_UP),
    made("liftNoShow", "excuse WHO [SHIFT] --reason", _signed_up, **_SIGN_UP),
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
checkin = made("checkIn", "checkin WHO [SHIFT]", _signed_up, **_SIGN_UP)
clockin = made(
    "clockIn",
    "clockin VOLUNTEER VENUE --code [--online]",
    online=Read(("They come online, not on site.", "线上签到，不在现场。"), {"flag_value": "online"}, "mode"),
)
checkout = made("checkOut", "checkout VOLUNTEER", _visiting)
visit = group(
    "visit",
    ("Who was somewhere, and who still is.", "签到记录：何人何时在何处。"),
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
        days=("How many days; all unless said.", "天数；未填写时不限。"),
        **{
            "from": (
                "The first day; with --days alone, so many days ago that today is the last.",
                "起始日期；只填写 --days 时，算到今天为止。",
            )
        },
    ),
)
