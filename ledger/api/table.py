"""Every route of the API, by subject."""

from ledger.api import (
    about,
    activities,
    checkpoints,
    communities,
    credits,
    designations,
    explanations,
    histories,
    leaderboards,
    listing,
    members,
    offers,
    organisations,
    periods_closed,
    places,
    posts,
    proofs,
    redemptions,
    service,
    shifts,
    sign_ups,
    teams,
    training,
    venues,
    visits,
    volunteers,
)
from ledger.api.reading import Read
from ledger.api.writing import Write

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

READS: tuple[Read, ...] = tuple(read for subject in _SUBJECTS for read in subject.READS)
WRITES: tuple[Write, ...] = tuple(write for subject in _SUBJECTS for write in subject.WRITES)
