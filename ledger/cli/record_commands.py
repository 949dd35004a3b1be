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
    common,
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
    code_option("--role", "As what. [default: volunteer]", default="volunteer"),
    label_option("--place", "Where, if not as the activity says."),
    label_option("--content", "What was done, likewise."),
    label_option("--unit", "Who organised it, likewise."),
    label_option("--programme", "Of which line of activities it was, likewise."),
    option(
        "--host",
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


def _served(day: tuple[date, ...], minutes: tuple[int, ...], **what: Any) -> Any:
    from ledger.cli.served import Served

    if len(day) != len(minutes):
        raise click.UsageError("each --day has its --minutes, in the same order")
    return Served(days=tuple(zip(day, minutes, strict=True)), **what)


@click.group(cls=InOrder)
def record() -> None:
    """Service records: minutes that volunteers served."""


@record.command()
@_service
def report(how: Any, **what: Any) -> None:
    """Report a service; it counts once somebody else approves it.

    Of a published activity the record takes name, place, content, unit, programme, community and person in charge. For
    one that was never published, give at least --place, --content and --unit.
    """
    from ledger.cli.records import enter
    from ledger.domain.service import ReportService

    enter(how, ReportService, _served(**what))


@record.command()
@argument("records", nargs=-1, required=True, callback=as_text, metavar="RECORD...", help="Ids (rec_…).")
@acting
def approve(how: Any, records: tuple[str, ...]) -> None:
    """Let reported records count; not by whom they were reported.

    Of several each is judged by itself: a refusal is told and stops no other.
    """
    from ledger.cli.records import approve as run

    run(how, records)


@record.command()
@_record
@_reason
@acting
def decline(how: Any, record: str, reason: str) -> None:
    """Turn a reported record down."""
    from ledger.cli.records import decide
    from ledger.domain.service import DeclineService

    decide(how, DeclineService, record, reason=reason)


@record.command()
@_service
def attest(how: Any, **what: Any) -> None:
    """Report and approve a service in one step, on the office's authority; it takes what `report` takes."""
    from ledger.cli.records import enter
    from ledger.domain.service import AttestService

    enter(how, AttestService, _served(**what))


@record.command()
@_record
@_reason
@acting
def reverse(how: Any, record: str, reason: str) -> None:
    """Take back a record that counts, with the credits it earned."""
    from ledger.cli.records import decide
    from ledger.domain.service import ReverseService

    decide(how, ReverseService, record, reason=reason)


@record.command("list")
@option("--volunteer", callback=as_text, metavar="VOLUNTEER", help="Only those of one: a number or an id.")
@option("--pending", is_flag=True, help="Only those that wait for a decision.")
@some_period_option
@common
def list_records(data: Path | None, as_json: bool, period: Period | None, **asked: Any) -> None:
    """Records by day of service, with what became of each."""
    from ledger.cli.records import show_records

    show_records(data, period=period, as_json=as_json, **asked)
