"""Everything that can be asked and done, by subject."""

from typing import Any

from ledger.domain.commands import Command
from ledger.domain.opening import OpenLedger
from ledger.domain.policies import AdoptPolicy
from ledger.operations import about
from ledger.operations.action import Action
from ledger.operations.appointments import designations, organisations, posts, training
from ledger.operations.credits import credits, expiry, offers, redemptions
from ledger.operations.figures import leaderboards, periods_closed, places
from ledger.operations.occasions import activities, shifts, sign_ups, venues, visits
from ledger.operations.operation import Operation
from ledger.operations.people import histories, listing, members, profiles, volunteers
from ledger.operations.people.persons import REPLACE_PERSON
from ledger.operations.proofs import checkpoints, explanations, proofs
from ledger.operations.proofs.signing import SIGN_CHECKPOINT
from ledger.operations.question import Question
from ledger.operations.service import service
from ledger.operations.several import Several
from ledger.operations.trees import communities, team_figures, teams

_SUBJECTS = (
    about,
    listing,
    profiles,
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


def _all(name: str) -> tuple[Any, ...]:
    """What subjects have under a name, those that have it."""
    return tuple(one for subject in _SUBJECTS for one in getattr(subject, name, ()))


QUESTIONS: tuple[Question, ...] = _all("QUESTIONS")
ACTIONS: tuple[Action, ...] = _all("ACTIONS")
SEVERAL: tuple[Several, ...] = (*sign_ups.SEVERAL, *activities.SEVERAL, *expiry.SEVERAL)

APART: tuple[Operation, ...] = (REPLACE_PERSON, SIGN_CHECKPOINT)
"""What is neither a question nor a command: it changes the directory, or signs what is there."""

INTERNAL: frozenset[type[Command]] = frozenset({OpenLedger, AdoptPolicy})
"""Commands that nobody asks for by name: a ledger begins with them."""
