"""The commands for service records."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.numbers import WholeNumber
from ledger.cli.options import (
    acting,
    argument,
    as_text,
    listing,
    option,
    some_period_option,
    volunteer_argument,
)
from ledger.cli.program import InOrder
from ledger.cli.typed import as_day, code_option, label_option
from projections.figures.periods import Period

_record = argument("record", callback=as_text, metavar="RECORD", help="The record's id (rec_…).")
_reason = code_option("--reason", "Why, as a code such as entered-twice.", required=True)


def _as_days(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[date, ...]:
    return tuple(day for one in value if (day := as_day(context, parameter, one)) is not None)


_SERVICE = (
    volunteer_argument,
    option("--activity", required=True, callback=as_text, metavar="ACTIVITY", help="An id or a name."),
    option(
        "--day",
        required=True,
        multiple=True,
        callback=_as_days,
        metavar="DAY",
        help="The day of service.",
    ),
    option(
        "--minutes",
        required=True,
        multiple=True,
        type=WholeNumber(1, 1440),
        metavar="MINUTES",
        help="For how long. Service across midnight has a --day and --minutes for each of its days.",
    ),
    code_option("--role", "As what. [default: volunteer]"),
    label_option("--place", "Where, if not as the activity says."),
    label_option("--content", "What was done, likewise."),
    label_option("--unit", "Who organised it, likewise."),
    label_option("--programme", "Of which line of activities it was, likewise."),
    option(
        "--host",
        "hosted_by",
        callback=as_text,
        metavar="COMMUNITY",
        help="The community it was held in, likewise.",
    ),
    option(
        "--in-charge",
        callback=as_text,
        metavar="PERSON",
        help="Who answered for it, likewise; the name is never in the log.",
    ),
    code_option("--evidence", "On what it rests. [default: attested; check-in with --visit]"),
    option("--visit", callback=as_text, metavar="VISIT", help="The visit (vis_…) it is taken from."),
    option("--again", is_flag=True, help="Even if a record that looks the same is there."),
    acting,
)
"""What `report` and `attest` take."""


def _service(command: Callable[..., Any]) -> Callable[..., Any]:
    for add in reversed(_SERVICE):
        command = add(command)
    return command


def _enter(
    how: Any, action: str, day: tuple[date, ...], minutes: tuple[int, ...], *, again: bool, **said: Any
) -> None:
    from ledger.cli.doing import do
    from ledger.cli.records import refuse_alike

    if len(day) != len(minutes):
        raise click.UsageError("each --day has its --minutes, in the same order")
    days = [{"day": one, "minutes": served} for one, served in zip(day, minutes, strict=True)]
    within = {name: f"service.{name}" for name in said}
    do(how, action, {**said, "days": days}, within, refuse=None if again else refuse_alike)


@click.group(cls=InOrder)
def record() -> None:
    """Service records: minutes that volunteers served."""


@record.command()
@_service
def report(how: Any, **said: Any) -> None:
    """Report a service; it counts once somebody else approves it.

    Of a published activity the record takes name, place, content, unit, programme, community and person in charge. For
    one that was never published, give at least --place, --content and --unit.
    """
    _enter(how, "reportService", **said)


@record.command()
@argument("records", nargs=-1, required=True, callback=as_text, metavar="RECORD...", help="Ids (rec_…).")
@acting
def approve(how: Any, records: tuple[str, ...]) -> None:
    """Let reported records count; not by whom they were reported.

    Of several each is judged by itself: a refusal is told and stops no other.
    """
    from ledger.cli.doing import do
    from ledger.cli.records import approve_several

    if len(records) == 1:
        do(how, "approveService", {"record": records[0]})
    else:
        approve_several(how, records)


@record.command()
@_record
@_reason
@acting
def decline(how: Any, **said: Any) -> None:
    """Turn a reported record down."""
    from ledger.cli.doing import do

    do(how, "declineService", said)


@record.command()
@_service
def attest(how: Any, **said: Any) -> None:
    """Report and approve a service in one step, on the office's authority; it takes what `report` takes."""
    _enter(how, "attestService", **said)


@record.command()
@_record
@_reason
@acting
def reverse(how: Any, **said: Any) -> None:
    """Take back a record that counts, with the credits it earned."""
    from ledger.cli.doing import do

    do(how, "reverseService", said)


@record.command("list")
@option("--volunteer", callback=as_text, metavar="VOLUNTEER", help="Only those of one: a number or an id.")
@option("--pending", is_flag=True, help="Only those that wait for a decision.")
@some_period_option
@listing
def list_records(
    data: Path | None, as_json: bool, every: bool, pending: bool, period: Period | None, volunteer: str | None
) -> None:
    """Records by day of service, with what became of each."""
    from ledger.cli.asking import ask
    from ledger.cli.records import draw_records
    from projections.records import REPORTED

    said = {
        "volunteer": volunteer,
        "state": REPORTED if pending else None,
        "period": None if period is None else period.name,
    }
    ask(data, "listServiceRecords", said, draw_records, as_json=as_json, every=every)
