"""The commands for sign-ups and presence."""

from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import group, made
from ledger.cli.office.shift_commands import days_options
from ledger.cli.terminal.options import acting, argument, as_text, listing, option, volunteer_argument

_ROLE = "In which role. [default: the only one that the shift wants]"
_WHO = argument(
    "who", callback=as_text, metavar="WHO", help="A sign-up's id (sig_…), or a volunteer's number or id."
)
_SHIFT = argument(
    "shift",
    required=False,
    callback=as_text,
    metavar="[SHIFT]",
    help="With a volunteer: the shift's id, its activity and beginning (NAME@09:30), or an activity with one.",
)


def _of_sign_up(action: str, typed: str, says: str, **helps: str) -> click.Command:
    """What is done to a sign-up: it is named by its id, or as `VOLUNTEER SHIFT`."""

    def run(recording: Any, _: str, said: dict[str, Any]) -> None:
        from ledger.cli.acts.doing import do, sign_up_of

        do(recording, action, {"sign_up": sign_up_of(said.pop("who"), said.pop("shift")), **said})

    return made(action, typed, says, {}, run, who=_WHO, shift=_SHIFT, **helps)


def _of_visit(action: str, typed: str, says: str, **helps: str) -> click.Command:
    """What is done to the visit that is open: it is named by who came."""

    def run(recording: Any, _: str, said: dict[str, Any]) -> None:
        from ledger.cli.acts.doing import do, typed_word

        do(recording, action, {"visit": typed_word("volunteer", said.pop("volunteer")), **said})

    return made(action, typed, says, {}, run, volunteer=volunteer_argument, **helps)


@click.command()
@_WHO
@_SHIFT
@option("--all", "every", is_flag=True, help="Of a volunteer: every shift that has not begun.")
@acting
def withdraw(who: str, shift: str | None, every: bool, recording: Any) -> None:
    """Give up a place, which the first who waits and can come gets at once; or give up the wait."""
    from ledger.cli.acts.doing import do, sign_up_of
    from ledger.cli.acts.several import do_to_several

    if not every:
        do(recording, "withdrawSignUp", {"sign_up": sign_up_of(who, shift)})
    elif shift is None:
        do_to_several(recording, "withdrawAllSignUps", {"volunteer": who}, nothing="No shift lies ahead.")
    else:
        raise click.UsageError("name a shift, or say --all")


@click.command()
@volunteer_argument
@days_options("today", "30", 366)
@listing
def calendar(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """The shifts that a volunteer has a place on, or waits for."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.sign_ups import draw_calendar

    ask(data, "listCalendar", said, draw_calendar, as_json=as_json, every=every)


@click.command("list")
@volunteer_argument
@days_options("with --days, so many days ago that today is the last", "all", 366)
@listing
def list_visits(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """A volunteer's visits, the latest first."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.presence import draw_visits

    ask(data, "listVisitsOfVolunteer", said, draw_visits, as_json=as_json, every=every)


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
    withdraw,
    _of_sign_up("recordNoShow", "no-show WHO [SHIFT]", "Note that a volunteer with a place did not come."),
    _of_sign_up(
        "liftNoShow",
        "excuse WHO [SHIFT] --reason",
        "Take a no-show back.",
        reason="Why, as a code: fell-ill, had-come, …",
    ),
)
checkin = _of_sign_up(
    "checkIn",
    "checkin WHO [SHIFT]",
    "Come to a shift that one has a place on: from an hour before it begins until it ends.",
)
clockin = made(
    "clockIn",
    "clockin VOLUNTEER VENUE --code [--online]",
    "Come to a venue without a shift, by the code that is shown there.",
    code="What the clock-in point shows.",
    online=option("--online", "mode", flag_value="online", help="They come online, not on site."),
)
checkout = _of_visit(
    "checkOut",
    "checkout VOLUNTEER",
    "Leave; what was served is reported, for somebody else to approve.",
)
visit = group(
    "visit",
    "Who was somewhere, and who still is.",
    _of_visit(
        "abandonVisit",
        "abandon VOLUNTEER --reason",
        "Close a visit of which nobody knows how long it was; the service is then reported by hand.",
        reason="Why, as a code: forgot, …",
    ),
    list_visits,
)
