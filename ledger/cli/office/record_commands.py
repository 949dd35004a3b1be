"""The commands for service records."""

from typing import Any

import rich_click as click

from ledger.cli.acts.made import EACH, Made, Read, asked, group, made
from ledger.cli.acts.tables import Column, Table, draw_everything
from ledger.cli.terminal.numbers import WholeNumber

_SERVICE = (
    "VOLUNTEER --activity --day... --minutes... [--role] [--place] [--content] [--unit] [--programme] [--host]"
    " [--in-charge] [--evidence] [--visit] [--again]"
)


_HELPS: dict[str, Any] = {
    "day": ("The day of service.", "服务日。"),
    "minutes": Read(
        (
            "For how long. Service across midnight has a --day and --minutes for each of its days.",
            "服务时长，以分钟计。跨零点的服务，每个服务日各填一组 --day 和 --minutes。",
        ),
        {"type": WholeNumber(1, 1440), "metavar": "MINUTES"},
    ),
    "role": ("As what, as a code. [default: volunteer]", "岗位或角色，代码。[默认：volunteer]"),
    "evidence": (
        "On what it rests, as a code. [default: attested; check-in with --visit]",
        "依据，代码。[默认：attested；使用 --visit 时为 check-in]",
    ),
    "again": ("Even if a record that looks the same is there.", "即使已有看似相同的记录，也照常办理。"),
}
_OF_AN_ACTIVITY = (
    "Of a published activity the record takes name, place, content, unit, programme, community and person in charge."
    " For one that was never published, give at least --place, --content and --unit.",
    "已发布的活动，记录沿用其名称、地点、内容、组织单位、品牌项目、社区（村）和负责人。"
    "未发布过的活动，至少填写 --place、--content 和 --unit。",
)


def _days(said: dict[str, Any]) -> None:
    day, minutes = said.pop("day"), said.pop("minutes")
    if len(day) != len(minutes):
        raise click.UsageError("each --day has its --minutes, in the same order")
    said["days"] = [{"day": one, "minutes": served} for one, served in zip(day, minutes, strict=True)]


def _one_or_each(said: dict[str, Any]) -> None:
    if len(said["record"]) == 1:
        [said["record"]] = said["record"]


def _served(action: str, name: str) -> Made:
    return made(action, f"{name} {_SERVICE}", _days, {"host": "hosted_by"}, more=_OF_AN_ACTIVITY, **_HELPS)


record = group(
    "record",
    ("Service records: minutes that volunteers served.", "服务记录：志愿者的服务时长。"),
    _served("reportService", "report"),
    made("approveService", "approve RECORD...", _one_or_each, more=EACH),
    made("declineService", "decline RECORD --reason"),
    _served("attestService", "attest"),
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
        says=(
            "Service records by first day, and what became of each.",
            "服务记录，按首个服务日排列，及其当前状态。",
        ),
        pending=Read(
            ("Only those that wait for a decision.", "只列出待审核的。"), {"flag_value": "reported"}, "state"
        ),
    ),
    asked("getServiceRecord", "show RECORD", draw_everything),
    asked("getRecordReceipt", "receipt RECORD", draw_everything),
)
