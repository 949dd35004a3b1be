"""What the commands about sign-ups and presence are called and take."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.options import acting, argument, as_text, listing, option, volunteer_argument
from ledger.cli.program import InOrder
from ledger.cli.shift_commands import days_options, shift_argument
from ledger.cli.typed import code_option

_REASON = "Why, as a code: fell-ill, had-come, …"


def _role(command: Callable[..., Any]) -> Callable[..., Any]:
    return code_option("--role", "In which role. [default: the only one that the shift wants]")(command)


def _sign_up(command: Callable[..., Any]) -> Callable[..., Any]:
    """`SIGNUP`, or `VOLUNTEER SHIFT`."""
    who = argument(
        "who", callback=as_text, metavar="WHO", help="A sign-up's id (sig_…), or a volunteer's number or id."
    )
    shift = argument(
        "shift",
        required=False,
        callback=as_text,
        metavar="[SHIFT]",
        help="With a volunteer: the shift's id, its activity and beginning (NAME@09:30), or an activity with one.",
    )
    return who(shift(command))


@click.group(cls=InOrder)
def signup() -> None:
    """Volunteers' places on shifts."""


@signup.command()
@volunteer_argument
@shift_argument
@_role
@acting
def add(how: Any, **said: Any) -> None:
    """Take a place on a shift for a volunteer, or wait for one."""
    from ledger.cli.doing import do

    do(how, "signUp", said)


@signup.command()
@volunteer_argument
@shift_argument
@_role
@code_option("--reason", "Why, as a code: needed-skill, asked-for, …", required=True)
@acting
def place(how: Any, **said: Any) -> None:
    """Give a volunteer a place on a coordinator's word, whatever the shift asks for and however full it is."""
    from ledger.cli.doing import do

    do(how, "placeVolunteer", said)


@signup.command()
@_sign_up
@option("--all", "every", is_flag=True, help="Of a volunteer: every shift that has not begun.")
@acting
def withdraw(who: str, shift: str | None, every: bool, how: Any) -> None:
    """Give up a place, which the first who waits and can come gets at once; or give up the wait."""
    from ledger.cli.doing import do, sign_up_of
    from ledger.cli.several import do_to_several

    if not every:
        do(how, "withdrawSignUp", {"sign_up": sign_up_of(who, shift)})
    elif shift is None:
        do_to_several(how, "withdrawAllSignUps", {"volunteer": who}, nothing="No shift lies ahead.")
    else:
        raise click.UsageError("name a shift, or say --all")


@signup.command("no-show")
@_sign_up
@acting
def no_show(who: str, shift: str | None, how: Any) -> None:
    """Note that a volunteer with a place did not come."""
    from ledger.cli.doing import do, sign_up_of

    do(how, "recordNoShow", {"sign_up": sign_up_of(who, shift)})


@signup.command()
@_sign_up
@code_option("--reason", _REASON, required=True)
@acting
def excuse(who: str, shift: str | None, reason: str, how: Any) -> None:
    """Take a no-show back."""
    from ledger.cli.doing import do, sign_up_of

    do(how, "liftNoShow", {"sign_up": sign_up_of(who, shift), "reason": reason})


@click.command()
@volunteer_argument
@days_options("today", "30", 366)
@listing
def calendar(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """The shifts that a volunteer has a place on, or waits for."""
    from ledger.cli.asking import ask
    from ledger.cli.signups import draw_calendar

    ask(data, "listCalendar", said, draw_calendar, as_json=as_json, every=every)


@click.command()
@_sign_up
@acting
def checkin(who: str, shift: str | None, how: Any) -> None:
    """Come to a shift that one has a place on: from an hour before it begins until it ends."""
    from ledger.cli.doing import do, sign_up_of

    do(how, "checkIn", {"sign_up": sign_up_of(who, shift)})


@click.command()
@volunteer_argument
@argument("venue", callback=as_text, metavar="VENUE", help="An id (ven_…) or a name.")
@option("--code", required=True, callback=as_text, metavar="TEXT", help="What the clock-in point shows.")
@option("--online", "mode", flag_value="online", help="They come online, not on site.")
@acting
def clockin(how: Any, **said: Any) -> None:
    """Come to a venue without a shift, by the code that is shown there."""
    from ledger.cli.doing import do

    do(how, "clockIn", said)


@click.command()
@volunteer_argument
@acting
def checkout(volunteer: str, how: Any) -> None:
    """Leave; what was served is reported, for somebody else to approve."""
    from ledger.cli.doing import do, typed_word

    do(how, "checkOut", {"visit": typed_word("volunteer", volunteer)})


@click.group(cls=InOrder)
def visit() -> None:
    """Who was somewhere, and who still is."""


@visit.command()
@volunteer_argument
@code_option("--reason", "Why, as a code: forgot, …", required=True)
@acting
def abandon(volunteer: str, reason: str, how: Any) -> None:
    """Close a visit of which nobody knows how long it was; the service is then reported by hand."""
    from ledger.cli.doing import do, typed_word

    do(how, "abandonVisit", {"visit": typed_word("volunteer", volunteer), "reason": reason})


@visit.command("list")
@volunteer_argument
@days_options("with --days, so many days ago that today is the last", "all", 366)
@listing
def list_visits(data: Path | None, as_json: bool, every: bool, **said: Any) -> None:
    """A volunteer's visits, the latest first."""
    from ledger.cli.asking import ask
    from ledger.cli.presence import draw_visits

    ask(data, "listVisitsOfVolunteer", said, draw_visits, as_json=as_json, every=every)
