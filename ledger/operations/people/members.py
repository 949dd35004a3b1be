"""What happens to volunteers: registering, moving, standing, and what they are known to be and to be able to do."""

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
from ledger.operations.subject import Subject

TO_THE_COMMUNITY = Access(
    roles=STAFF, about=(About("community", "community"), About("place.team", "team", needed=False))
)
"""Whoever registers somebody, and puts them in a team, does so at their own place."""
OF_THE_VOLUNTEER = Access(roles=STAFF, about=(About("volunteer", "volunteer"),))


ANN, FAY = Subject("volunteer", "vol_ann"), Subject("volunteer", "vol_fay")

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
    ANN.action("moveVolunteer", MoveVolunteer, OF_THE_VOLUNTEER, {"community": "com_valley"}),
    ANN.action("suspendVolunteer", SuspendVolunteer, OF_THE_VOLUNTEER, {"reason": "complaint"}),
    FAY.action("reinstateVolunteer", ReinstateVolunteer, OF_THE_VOLUNTEER),
    ANN.action("withdrawVolunteer", WithdrawVolunteer, OF_THE_VOLUNTEER),
    ANN.action("noteAgeBand", NoteAgeBand, OF_THE_VOLUNTEER, {"band": "adult"}),
    ANN.action("recogniseSkill", RecogniseSkill, OF_THE_VOLUNTEER, {"skill": "first-aid"}),
    Action(
        name="endSkill",
        subject=("volunteer", "skill"),
        command=EndSkill,
        access=OF_THE_VOLUNTEER,
        example={"volunteer": "vol_dan", "skill": "first-aid", "body": {}},
    ),
)
