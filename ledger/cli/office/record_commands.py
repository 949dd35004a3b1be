"""The commands for service records."""

from typing import Any

from ledger.cli.acts.made import Made, Read, asked, group, made
from ledger.cli.acts.tables import Column, Table, draw_everything
from ledger.cli.terminal.failures import misused
from ledger.cli.terminal.numbers import Duration
from ledger.cli.words import usage

_SERVICE = (
    "VOLUNTEER --activity --day... --minutes... [--role] [--place] [--content] [--unit] [--programme] [--host]"
    " [--in-charge] [--evidence] [--visit]"
)


_MINUTES = Read({"type": Duration(1, 1440), "metavar": "MINUTES"})


def _days(said: dict[str, Any]) -> None:
    day, minutes = said.pop("day"), said.pop("minutes")
    if len(day) != len(minutes):
        raise misused(usage.MINUTES_OF_EACH_DAY)
    said["days"] = [{"day": one, "minutes": served} for one, served in zip(day, minutes, strict=True)]


def _one_or_each(said: dict[str, Any]) -> None:
    if len(said["record"]) == 1:
        [said["record"]] = said["record"]


def _served(action: str, name: str, more: str = "") -> Made:
    return made(action, f"{name} {_SERVICE}{more}", _days, {"host": "hosted_by"}, minutes=_MINUTES)


record = group(
    "record",
    _served("reportService", "report"),
    made("approveService", "approve RECORD... [--again]", _one_or_each),
    made("declineService", "decline RECORD --reason"),
    _served("attestService", "attest", " [--again]"),
    made("reverseService", "reverse RECORD --reason"),
    asked(
        "listServiceRecords",
        "list [--volunteer] [--pending] [--period]",
        Table(
            (
                "day, volunteer, activity=activity_name, service=minutes, state",
                Column("reported_by", show=str),
                Column("decided_by", show=str, under=True),
                "record=id",
            ),
            empty="no_records",
        ),
        pending=Read({"flag_value": "reported"}, "state"),
    ),
    asked("getServiceRecord", "show RECORD", draw_everything),
    asked("getRecordReceipt", "receipt RECORD", draw_everything),
)
