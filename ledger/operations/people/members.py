"""What happens to volunteers: registering, moving, standing, and what they are known to be and to be able to do."""

from collections.abc import Mapping

from ledger.domain.commands import Command
from ledger.domain.qualifications import EndSkill, NoteAgeBand, RecogniseSkill
from ledger.domain.volunteers import (
    MoveVolunteer,
    RegisterVolunteer,
    ReinstateVolunteer,
    SuspendVolunteer,
    WithdrawVolunteer,
)
from ledger.operations.access import About, Access
from ledger.operations.action import Action
from ledger.operations.callers import STAFF

TO_THE_COMMUNITY = Access(
    roles=STAFF, about=(About("community", "community"), About("place.team", "team", needed=False))
)
"""Whoever registers somebody, and puts them in a team, does so at their own place."""
OF_THE_VOLUNTEER = Access(roles=STAFF, about=(About("volunteer", "volunteer"),))


def _to(volunteer: str, name: str, command: type[Command], body: Mapping[str, object]) -> Action:
    return Action(
        name=name,
        subject=("volunteer",),
        command=command,
        access=OF_THE_VOLUNTEER,
        example={"volunteer": volunteer, "body": body},
    )


QUESTIONS = ()

ACTIONS = (
    Action(
        name="registerVolunteer",
        command=RegisterVolunteer,
        # From a key, for once, also a volunteer's id: the log holds a digest of the key besides, so it tells no more.
        made={"volunteer": "vol", "place.assignment": "asg"},
        access=TO_THE_COMMUNITY,
        person=True,
        example={
            "body": {
                "community": "com_valley",
                "place": {"team": "tea_singers"},
                "person": {"number": "QH0099", "name": "王秀兰", "phone": "13900000000"},
            }
        },
    ),
    _to("vol_ann", "moveVolunteer", MoveVolunteer, {"community": "com_valley"}),
    _to("vol_ann", "suspendVolunteer", SuspendVolunteer, {"reason": "complaint"}),
    _to("vol_fay", "reinstateVolunteer", ReinstateVolunteer, {}),
    _to("vol_ann", "withdrawVolunteer", WithdrawVolunteer, {}),
    _to("vol_ann", "noteAgeBand", NoteAgeBand, {"band": "adult"}),
    _to("vol_ann", "recogniseSkill", RecogniseSkill, {"skill": "first-aid"}),
    Action(
        name="endSkill",
        subject=("volunteer", "skill"),
        command=EndSkill,
        access=OF_THE_VOLUNTEER,
        example={"volunteer": "vol_dan", "skill": "first-aid", "body": {}},
    ),
)
