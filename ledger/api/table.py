"""Every route of the API, by subject."""

from ledger.api import (
    credits,
    histories,
    members,
    offers,
    redemptions,
    service,
    volunteers,
)
from ledger.api.reading import Read
from ledger.api.writing import Write

_SUBJECTS = (volunteers, histories, members, service, credits, offers, redemptions)

READS: tuple[Read, ...] = tuple(read for subject in _SUBJECTS for read in subject.READS)
WRITES: tuple[Write, ...] = tuple(write for subject in _SUBJECTS for write in subject.WRITES)
