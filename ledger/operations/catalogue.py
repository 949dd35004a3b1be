"""Everything that can be asked and done, by subject."""

from ledger.operations import about
from ledger.operations.action import Action
from ledger.operations.appointments import designations, organisations, posts, training
from ledger.operations.credits import credits, offers, redemptions
from ledger.operations.figures import leaderboards, periods_closed, places
from ledger.operations.occasions import activities, shifts, sign_ups, venues, visits
from ledger.operations.people import histories, listing, members, volunteers
from ledger.operations.proofs import checkpoints, explanations, proofs
from ledger.operations.question import Question
from ledger.operations.service import service
from ledger.operations.trees import communities, team_figures, teams

_SUBJECTS = (
    about,
    listing,
    volunteers,
    histories,
    members,
    service,
    credits,
    offers,
    redemptions,
    leaderboards,
    places,
    communities,
    periods_closed,
    teams,
    team_figures,
    venues,
    activities,
    shifts,
    sign_ups,
    visits,
    posts,
    organisations,
    designations,
    training,
    checkpoints,
    proofs,
    explanations,
)

QUESTIONS: tuple[Question, ...] = tuple(one for subject in _SUBJECTS for one in subject.QUESTIONS)
ACTIONS: tuple[Action, ...] = tuple(one for subject in _SUBJECTS for one in subject.ACTIONS)
