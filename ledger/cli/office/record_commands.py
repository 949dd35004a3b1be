"""The commands for service records."""

from datetime import date
from pathlib import Path
from typing import Any

import rich_click as click

from ledger.cli.acts.made import group, made
from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import acting, argument, as_text, listing, option, some_period_option
from ledger.cli.terminal.typed import as_day
from projections.figures.periods import Period

_REASON = "Why, as a code such as entered-twice."
_SERVICE = (
    "VOLUNTEER --activity --day --minutes [--role] [--place] [--content] [--unit] [--programme] [--host] [--in-charge]"
    " [--evidence] [--visit] [--again]"
)


def _as_days(context: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[date, ...]:
    return tuple(day for one in value if (day := as_day(context, parameter, one)) is not None)


_HELPS: dict[str, Any] = {
    "activity": "An id or a name.",
    "day": option(
        "--day", required=True, multiple=True, callback=_as_days, metavar="DAY", help="The day of service."
    ),
    "minutes": option(
        "--minutes",
        required=True,
        multiple=True,
        type=WholeNumber(1, 1440),
        metavar="MINUTES",
        help="For how long. Service across midnight has a --day and --minutes for each of its days.",
    ),
    "role": "As what. [default: volunteer]",
    "place": "Where, if not as the activity says.",
    "content": "What was done, likewise.",
    "unit": "Who organised it, likewise.",
    "programme": "Of which line of activities it was, likewise.",
    "host": "The community it was held in, likewise.",
    "in_charge": "Who answered for it, likewise; the name is never in the log.",
    "evidence": "On what it rests. [default: attested; check-in with --visit]",
    "visit": "The visit (vis_…) it is taken from.",
    "again": option("--again", is_flag=True, help="Even if a record that looks the same is there."),
}


def _enter(recording: Any, action: str, said: dict[str, Any]) -> None:
    from ledger.cli.acts.doing import do
    from ledger.cli.office.records import refuse_alike

    day, minutes, again = said.pop("day"), said.pop("minutes"), said.pop("again")
    if len(day) != len(minutes):
        raise click.UsageError("each --day has its --minutes, in the same order")
    days = [{"day": one, "minutes": served} for one, served in zip(day, minutes, strict=True)]
    do(recording, action, {**said, "days": days}, refuse=None if again else refuse_alike)


def _service(action: str, name: str, says: str) -> click.Command:
    return made(action, f"{name} {_SERVICE}", says, {"host": "hosted_by"}, _enter, **_HELPS)


@click.command()
@argument("records", nargs=-1, required=True, callback=as_text, metavar="RECORD...", help="Ids (rec_…).")
@acting
def approve(recording: Any, records: tuple[str, ...]) -> None:
    """Let reported records count; not by whom they were reported.

    Of several each is judged by itself: a refusal is told and stops no other.
    """
    from ledger.cli.acts.doing import do
    from ledger.cli.office.records import approve_several

    if len(records) == 1:
        do(recording, "approveService", {"record": records[0]})
    else:
        approve_several(recording, records)


@click.command("list")
@option("--volunteer", callback=as_text, metavar="VOLUNTEER", help="Only those of one: a number or an id.")
@option("--pending", is_flag=True, help="Only those that wait for a decision.")
@some_period_option
@listing
def list_records(
    data: Path | None, as_json: bool, every: bool, pending: bool, period: Period | None, volunteer: str | None
) -> None:
    """Records by day of service, with what became of each."""
    from ledger.cli.acts.asking import ask
    from ledger.cli.office.records import draw_records
    from projections.records import REPORTED

    said = {
        "volunteer": volunteer,
        "state": REPORTED if pending else None,
        "period": None if period is None else period.name,
    }
    ask(data, "listServiceRecords", said, draw_records, as_json=as_json, every=every)


record = group(
    "record",
    "Service records: minutes that volunteers served.",
    _service(
        "reportService",
        "report",
        "Report a service; it counts once somebody else approves it.\n\nOf a published activity the record takes name,"
        " place, content, unit, programme, community and person in charge. For one that was never published, give at"
        " least --place, --content and --unit.",
    ),
    approve,
    made("declineService", "decline RECORD --reason", "Turn a reported record down.", reason=_REASON),
    _service(
        "attestService",
        "attest",
        "Report and approve a service in one step, on the office's authority; it takes what `report` takes.",
    ),
    made(
        "reverseService",
        "reverse RECORD --reason",
        "Take back a record that counts, with the credits it earned.",
        reason=_REASON,
    ),
    list_records,
)
