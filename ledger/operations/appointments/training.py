"""What volunteers were trained in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ledger.domain.training import AnnulTraining, CompleteTraining
from ledger.operations.access import About, Access
from ledger.operations.action import Action, Completing, completion
from ledger.operations.callers import OVERSIGHT, STAFF, Role
from ledger.operations.paging import Page, PageQuery, page_of_stays
from ledger.operations.question import Moment, Question
from ledger.operations.shapes import each, shaped
from ledger.operations.subject import Subject
from ledger.operations.trees.communities import homes_asked_for
from projections.affairs import Homes
from projections.stays import Part
from projections.training import Training

ABOUT = (About("training", "training"),)
READ_BY_ITS_OWN = Access(roles=frozenset(Role), about=ABOUT)
OF_THE_OFFICE = Access(roles=OVERSIGHT)
"""A coordinator is told what their own area's volunteers completed."""
OF_THE_TRAINED = Access(roles=STAFF, about=(About("volunteer", "volunteer"),))
OF_THE_TRAINING = Access(roles=STAFF, about=ABOUT)
TRAINING, ANN = Subject("training", "trn_ann"), "vol_ann"

TrainingItem = shaped("Training", Training)


class TrainingQuery(PageQuery, frozen=True, kw_only=True):
    """Training by id, with `annulled=true` what counts no more too: with `on` what was valid on that day.

    With `volunteer` (an id) theirs, with `community` that of everybody at home there, or beneath it, today.
    """

    community: str | None = None
    volunteer: str | None = None
    annulled: bool = False
    on: date | None = None


def _trainings(moment: Moment) -> Page[Struct]:
    query: TrainingQuery = moment.query
    trained = _trained(moment, query.community)

    def read(part: Part) -> Sequence[Training]:
        return moment.views.training.listed(
            moment.connection, part, volunteer=query.volunteer, at_home=trained, annulled=query.annulled
        )

    return page_of_stays(moment, read, each(TrainingItem))


def _trained(moment: Moment, community: str | None) -> tuple[Collection[str], Homes] | None:
    """Where those are at home whose training is asked for and the caller may know of; None for anywhere."""
    homes, members = homes_asked_for(moment, community), moment.views.members
    return None if homes is None else (homes, members.homes_on(moment.today))


@completion("content")
def _taught(completing: Completing) -> Mapping[str, Any]:
    """What was taught is what it is called, unless said."""
    return {} if "content" in completing.said else {"content": completing.said["name"]}


QUESTIONS = (
    Question(
        name="listTraining",
        answers=Page[TrainingItem],
        views=("training", "members", "communities"),
        access=OF_THE_OFFICE,
        tell=_trainings,
        query=TrainingQuery,
        example={"query": {"community": "com_valley", "on": "2026-03-01"}},
    ),
    TRAINING.question("getTraining", TrainingItem, ("training", "members", "communities"), READ_BY_ITS_OWN),
)

ACTIONS = (
    Action(
        name="completeTraining",
        command=CompleteTraining,
        complete=_taught,
        made={"training": "trn"},
        access=OF_THE_TRAINED,
        example={
            "body": {
                "volunteer": ANN,
                "name": "急救",
                "content": "心肺复苏",
                "minutes": 90,
                "organiser": "县红十字会",
                "day": "2026-03-01",
            }
        },
    ),
    TRAINING.action("annulTraining", AnnulTraining, OF_THE_TRAINING, {"reason": "mistake"}),
)
