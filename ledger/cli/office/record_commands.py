"""The commands for service records."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Table
from ledger.cli.terminal.numbers import WholeNumber
from ledger.cli.terminal.options import option

_REASON = "Why, as a code such as entered-twice."
_SERVICE = (
    "VOLUNTEER --activity --day... --minutes [--role] [--place] [--content] [--unit] [--programme] [--host]"
    " [--in-charge] [--evidence] [--visit] [--again]"
)


_HELPS: dict[str, Any] = {
    "activity": "An id or a name.",
    "day": "The day of service.",
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
    "again": "Even if a record that looks the same is there.",
}


def _days(said: dict[str, Any]) -> None:
    day, minutes = said.pop("day"), said.pop("minutes")
    if len(day) != len(minutes):
        raise click.UsageError("each --day has its --minutes, in the same order")
    said["days"] = [{"day": one, "minutes": served} for one, served in zip(day, minutes, strict=True)]


def _one_or_each(said: dict[str, Any]) -> None:
    if len(said["record"]) == 1:
        [said["record"]] = said["record"]


record = group(
    "record",
    "Service records: minutes that volunteers served.",
    made(
        "reportService",
        f"report {_SERVICE}",
        "Report a service; it counts once somebody else approves it.\n\n"
        "Of a published activity the record takes name, place, content, unit, programme, community and person in"
        " charge. For one that was never published, give at least --place, --content and --unit.",
        _days,
        {"host": "hosted_by"},
        **_HELPS,
    ),
    made(
        "approveService",
        "approve RECORD...",
        "Let reported records count; not by whom they were reported.\n\n"
        "Of several each is judged by itself: a refusal is told and stops no other.",
        _one_or_each,
        record="Ids (rec_…).",
    ),
    made("declineService", "decline RECORD --reason", "Turn a reported record down.", reason=_REASON),
    made(
        "attestService",
        f"attest {_SERVICE}",
        "Report and approve a service in one step, on the office's authority; it takes what `report` takes.",
        _days,
        {"host": "hosted_by"},
        **_HELPS,
    ),
    made(
        "reverseService",
        "reverse RECORD --reason",
        "Take back a record that counts, with the credits it earned.",
        reason=_REASON,
    ),
    asked(
        "listServiceRecords",
        "list [--volunteer] [--pending] [--period]",
        "Records by day of service, with what became of each.",
        Table(
            (
                "Day",
                "Volunteer",
                Column("Activity", "activity_name"),
                Column("Service", "minutes"),
                "State",
                Column("Reported by", "reported_by", str),
                Column("Decided by", "decided_by", str, under=True),
                Column("Record", "id"),
            ),
            empty="There are no such records.",
        ),
        volunteer="Only those of one: a number or an id.",
        pending=option(
            "--pending", "state", flag_value="reported", help="Only those that wait for a decision."
        ),
    ),
)
