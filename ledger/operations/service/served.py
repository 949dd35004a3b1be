"""What a service record need not say, as it was published of its activity."""

from collections.abc import Mapping
from typing import Any

from ledger.domain.events import Service
from ledger.domain.presence import EVIDENCE as CHECK_IN
from ledger.exchange.hours import unpublished_activity
from ledger.operations.action import Completing, completion
from ledger.operations.refused import Problem
from projections.activities import ActivityRow

ATTESTED = "attested"
VOLUNTEER = "volunteer"
_LEFT_OUT = frozenset(
    f"service.{name}"
    for name in Service.__struct_fields__
    if name not in {"record", "volunteer", "activity", "visit"}
)
_NEEDED = ("place", "content", "unit")
"""What must be said of a service in an activity that was never published."""


@completion(*_LEFT_OUT)
def service_said(completing: Completing) -> Mapping[str, Any]:
    """A service is told by what was published of its activity, and by what is said beside.

    Of several activities of a name, the one that is held on the first day of service is meant. One that was never
    published is named, with its place, its content and the unit.
    """
    said = completing.said
    if _says_all(said):
        return {}
    found = _of_the_activity(completing)
    found["service.role"] = VOLUNTEER
    found["service.evidence"] = ATTESTED if said.get("service.visit") is None else CHECK_IN
    return {name: value for name, value in found.items() if name == "service.activity" or name not in said}


def _says_all(said: Mapping[str, Any]) -> bool:
    """Whether nothing has to be looked up, as of a platform that knows its ids: that takes a thread."""
    return said.keys() >= _LEFT_OUT and said["service.activity"].startswith("act_")


def _of_the_activity(completing: Completing) -> dict[str, Any]:
    said, days = completing.said, completing.said["days"]
    day = days[0].day
    try:
        activity = completing.thing("activity", "service.activity", day)
    except Problem as problem:
        if problem.kind.code != "unknown-activity":
            raise
        if any(f"service.{name}" not in said for name in _NEEDED):
            raise _undescribed(problem) from None
        name = said["service.activity"]
        identifier = unpublished_activity(name, day, said["service.place"])
        return {"service.activity": identifier, "service.activity_name": name}
    row = completing.sight.views.activities.get(completing.sight.connection, activity)
    if row is None and "service.activity_name" not in said:
        raise completing.meaning.unknown("activity", at="/service/activity")
    return {"service.activity": activity, **({} if row is None else _published(row))}


def _undescribed(problem: Problem) -> Problem:
    """The problem of an activity that is not there, with what would have to be said of it."""
    faults = [
        one._replace(
            en=f"{one.en}; of one that was never published say place, content and unit too",
            zh=f"{one.zh}；未发布过的活动须同时写明地点、内容和组织单位",
        )
        for one in problem.errors
    ]
    return Problem(problem.kind, problem.en, problem.zh, errors=faults, details=problem.details)


def _published(row: ActivityRow) -> dict[str, Any]:
    return {
        "service.activity_name": row.name,
        "service.place": row.place,
        "service.content": row.content,
        "service.unit": row.unit,
        "service.programme": row.programme,
        "service.in_charge": row.in_charge,
        "service.hosted_by": row.community,
    }
